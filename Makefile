# make run: set up, then the app on a made-up ward.  make test: set up, then every check.  make cover: what no test runs.
PYTHON ?= python3
PORT ?= 8501
BIN := .venv/bin
# Windows Git Bash puts programs of a virtual environment elsewhere.
ifeq ($(OS),Windows_NT)
PYTHON := py -3
BIN := .venv/Scripts
endif
READY := .venv/ready
PEERS := .venv/peers
KERNELS := .venv/kernels

.PHONY: run test compiled cover install bench lint screenshots offline offline-test lock clean

run: install $(KERNELS)
	$(BIN)/diaban app --made-up --database build/demo.sqlite --port $(PORT)

TESTS := $(BIN)/python -m pytest -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

# One processor checks types while another compiles what planning needs.
test: install
	$(MAKE) --jobs=2 lint compiled
	$(TESTS)

compiled: $(KERNELS)
	$(BIN)/python -m steps.warming

# Counting which lines ran takes half as long again.
cover: $(READY) $(KERNELS)
	$(TESTS) --cov --cov-report=term:skip-covered

install: $(READY)

$(READY): requirements.lock pyproject.toml
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --no-deps --editable .
	@touch $(READY)

# Machine code is cached beside each module and made anew when that module changes, but not when one that it calls does.
$(KERNELS): $(READY) $(wildcard planning/*.py)
	rm -f planning/__pycache__/*.nbi planning/__pycache__/*.nbc
	@touch $(KERNELS)

lint: install
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

# Peers come into the same .venv, each to run in a process of its own; published tables are read where they lie.
REAL ?= $(or $(DIABAN_REAL_DATA),../shared/data)
SAP = $(filter-out %_connectivity.txt,$(wildcard $(REAL)/bench/sap/*.txt))
CPMP = $(wildcard $(REAL)/bench/cpmp/*.txt $(REAL)/bench/cpmp/*.dat)
STREETS = $(wildcard $(REAL)/walking/saigon_peninsula/*.shp)
HOUSES = $(wildcard $(REAL)/households/saigon_peninsula/*.shp)

bench: $(PEERS) $(KERNELS)
	$(BIN)/python -m bench.ward
	$(BIN)/python -m bench.intake
	$(BIN)/python -m bench.first_map
	$(BIN)/python -m bench.load
	$(BIN)/python -m bench.map
	$(BIN)/python -m bench.zones
	$(BIN)/python -m bench.replan
	$(BIN)/python -m bench.routes
	$(BIN)/python -m bench.city
	$(BIN)/python -m bench.exports
	$(if $(STREETS),$(BIN)/python -m bench.walking --streets $(STREETS) --houses $(HOUSES))
	$(if $(SAP),$(BIN)/python -m bench.sap $(SAP))
	$(if $(CPMP),$(BIN)/python -m bench.cpmp $(CPMP))

$(PEERS): $(READY) requirements-peers.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-peers.lock
	@touch $(PEERS)

screenshots: install
	$(BIN)/python docs/screenshots.py

# One folder for a computer without internet; `make offline-test` installs it here with the network off.
offline: install
	$(BIN)/python deploy/offline.py

offline-test: offline
	$(BIN)/python deploy/offline_try.py

lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra dev pyproject.toml -o requirements.lock
	sed 's/ \\$$//; /--hash/d; /^protobuf/d' requirements.lock > build/same.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url \
		--no-header --no-annotate --extra peers -c build/same.txt pyproject.toml -o requirements-peers.lock

clean:
	rm -rf build .venv
