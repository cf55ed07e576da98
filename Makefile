# make run: set up, then the app on a made-up ward.  make test: set up, then every check.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
# Windows Git Bash puts programs of a virtual environment elsewhere.
ifeq ($(OS),Windows_NT)
PYTHON := py -3
BIN := .venv/Scripts
endif
READY := .venv/ready

.PHONY: run test install bench lint screenshots lock clean

run: install
	$(BIN)/diaban app --made-up --database build/demo.sqlite --port $(PORT)

test: lint
	$(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --cov --cov-report=term:skip-covered

install: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $(READY)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: install
	$(BIN)/python -m bench.ward
	$(BIN)/python -m bench.intake
	$(BIN)/python -m bench.first_map

screenshots: install
	$(BIN)/python docs/screenshots.py

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra dev pyproject.toml -o requirements.lock

clean:
	rm -rf build .venv
