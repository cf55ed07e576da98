"""The same store on PostgreSQL with PostGIS: many users, one schema."""

import shutil
import subprocess
from pathlib import Path
from tempfile import gettempdir

import pytest
import sqlalchemy as sa

from data.intake import undo
from data.store import open_store
from tests.intake import dump, put

pytestmark = pytest.mark.postgres

PROGRAMS = next(iter(sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)), None)


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """A PostgreSQL server of its own, on a socket in a temporary folder, run by `nobody` as it refuses root."""
    if PROGRAMS is None:
        pytest.skip("PostgreSQL with PostGIS is not installed")
    home = tmp_path_factory.mktemp("postgres")
    for folder in [home, *home.parents]:
        if Path(gettempdir()) in folder.parents:
            folder.chmod(0o755)
    shutil.chown(home, "nobody")

    def as_nobody(command: str) -> None:
        shell = ["su", "nobody", "-s", "/bin/sh", "-c", command]
        subprocess.run(shell, check=True, capture_output=True, timeout=60)

    as_nobody(f"{PROGRAMS}/initdb -D {home}/data -A trust -E UTF8 -U postgres")
    options = f"-k {home} -c listen_addresses= -c fsync=off"
    as_nobody(f"{PROGRAMS}/pg_ctl -D {home}/data -o '{options}' -w -l {home}/log start")
    yield f"postgresql://postgres@/postgres?host={home}"
    as_nobody(f"{PROGRAMS}/pg_ctl -D {home}/data -m immediate stop")


@pytest.fixture
def postgres(server):
    """A store in an empty database."""
    engine = sa.create_engine(server.replace("postgresql://", "postgresql+psycopg://"))
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("drop database if exists ward"))
        connection.execute(sa.text("create database ward"))
    engine.dispose()
    opened = open_store(server.replace("/postgres?", "/ward?"))
    yield opened
    opened.close()


def test_the_same_files_give_the_same_rows_on_both(postgres, store, ward):
    files = {
        "households": ward.households(("h1", 0.5, 0.5), ("h2", 1.5, 0.5)),
        "neighbourhoods": ward.neighbourhoods(),
        "wards": ward.ward(),
        "teams": ward.table("teams.csv", team_id=["t1"], neighbourhood=["Tổ 1"], name=["T"]),
        "visits": ward.table(
            "v.csv", household_id=["h1"], visited_at=["2026-11-01 19:30"], outcome=["gặp"]
        ),
    }
    for kind, file in files.items():
        put(postgres, file, kind)
        put(store, file, kind)

    assert dump(postgres) == dump(store)


def test_undo_brings_back_the_state_before(postgres, ward):
    put(postgres, ward.ward(), "wards")
    put(postgres, ward.households(("h1", 0.5, 0.5)), "households")
    before = dump(postgres)

    report = put(postgres, ward.neighbourhoods(), "neighbourhoods")
    assert dump(postgres) != before
    undo(postgres, report.import_id)

    assert dump(postgres) == before
