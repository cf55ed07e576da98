"""The store: what is written comes back, in a transaction or not at all."""

import geopandas as gpd
import pandas as pd
import pytest
import sqlalchemy as sa
from shapely.geometry import Point

from data import schema
from data.migrate import HEAD
from data.store import insert, load, open_store
from geo.errors import StoreError
from tests.old_stores import revision_of, store_as_of

HOMES = gpd.GeoDataFrame(
    {"household_id": ["h1", "h2"], "head": ["Lê Thị Ổn", None], "residents": [3.0, None]},
    geometry=[Point(107.5, 16.4), None],
    crs="EPSG:4326",
)


def test_a_frame_comes_back_with_its_letters_gaps_and_points(store):
    with store.writing() as connection:
        insert(connection, "households", HOMES)

    back = store.load("households")

    assert back["head"].tolist()[0] == "Lê Thị Ổn"
    assert back[["head", "residents"]].isna().to_numpy().tolist() == [[False, False], [True, True]]
    assert back.geometry.iloc[0] == Point(107.5, 16.4)
    assert back.geometry.iloc[1] is None
    assert back.crs == "EPSG:4326"


def test_every_write_moves_the_version_and_a_rehearsal_does_not(store):
    start = store.version()

    with store.writing() as connection:
        insert(connection, "households", HOMES)
    with store.writing(keep=False) as connection:
        connection.execute(sa.delete(schema.households))

    assert store.version() == start + 1
    assert len(store.load("households")) == 2


def test_a_failed_write_leaves_nothing_behind(store):
    class OnPurposeError(Exception):
        pass

    with pytest.raises(OnPurposeError), store.writing() as connection:
        insert(connection, "households", HOMES)
        raise OnPurposeError

    assert store.load("households").empty
    assert store.version() == 0


def test_a_store_that_cannot_be_written_says_so(store):
    with store.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA query_only = 1")

    with pytest.raises(StoreError, match="store_unusable"), store.writing() as connection:
        insert(connection, "households", HOMES)


def test_an_exception_of_the_database_names_nobody(folder):
    store = open_store(str(folder / "x.sqlite"))
    twice = pd.concat([HOMES, HOMES], ignore_index=True)

    with pytest.raises(sa.exc.IntegrityError) as raised, store.writing() as connection:
        insert(connection, "households", twice)
    store.close()

    assert str(HOMES["household_id"].iloc[0]) not in str(raised.value)


def test_the_database_may_lie_in_a_folder_with_spaces_and_vietnamese_letters(folder):
    path = folder / "cơ sở của phường.sqlite"
    first = open_store(str(path))
    with first.writing() as connection:
        insert(connection, "households", HOMES)
    first.close()

    again = open_store(str(path))

    assert path.is_file()
    assert len(again.load("households")) == 2
    again.close()


def test_a_store_written_by_a_newer_program_is_refused(folder):
    path = str(folder / "x.sqlite")
    opened = open_store(path)
    with opened.writing() as connection:
        connection.execute(sa.text("update alembic_version set version_num = '9999'"))
    opened.close()

    with pytest.raises(StoreError, match="store_newer"):
        open_store(path)


def test_a_database_of_a_kind_that_is_not_installed_is_refused():
    with pytest.raises(StoreError, match="store_unusable"):
        open_store("mysql://nobody@127.0.0.1:1/x")


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(folder):
    path = folder / "x.sqlite"
    path.write_text("this is no database, but the minutes of a meeting" * 100)

    with pytest.raises(StoreError, match="store_unusable"):
        open_store(str(path))

    assert path.read_text().startswith("this is no database")


def test_the_first_schema_opens_and_comes_up_to_date(folder):
    """A store as the first released migration made it, whatever the schema is now."""
    path = folder / "old.sqlite"
    store_as_of(path, "0001", "insert into households (household_id) values ('old')")

    opened = open_store(str(path))

    assert opened.load("households")["household_id"].tolist() == ["old"]
    assert revision_of(opened) == HEAD
    opened.close()


def test_the_migrations_make_exactly_the_schema(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, schema.METADATA) == []


@pytest.mark.parametrize("table", schema.PROMISES)
def test_the_stored_columns_are_the_promised_ones(table):
    promised = set(schema.PROMISES[table].to_schema().columns)
    stored = set(schema.METADATA.tables[table].c.keys()) - {"geometry"}

    assert stored == promised


def test_a_reader_sees_the_old_state_while_a_writer_writes(folder):
    opened = open_store(str(folder / "x.sqlite"))

    with opened.writing() as writer:
        insert(writer, "households", HOMES)
        seen = opened.load("households")
        own = load(writer, "households")

    assert (len(seen), len(own)) == (0, 2)
    opened.close()


def test_a_time_comes_back_in_utc(store):
    moment = pd.Timestamp("2026-11-21 19:30", tz="Asia/Ho_Chi_Minh")
    visit = pd.DataFrame({"visit_id": ["v"], "visited_at": [moment], "outcome": ["met"]})
    with store.writing() as connection:
        insert(
            connection, "visits", visit.assign(visited_at=visit["visited_at"].dt.tz_convert("UTC"))
        )

    assert store.load("visits")["visited_at"].tolist() == [moment]


def test_a_loaded_table_is_held_until_something_is_written_and_nobody_can_spoil_it(store):
    with store.writing() as connection:
        insert(connection, "households", HOMES)
    first = store.load("households")
    first["head"] = "spoilt"

    assert store.load("households")["head"].iloc[0] == "Lê Thị Ổn"
    with store.writing() as connection:
        connection.execute(sa.update(schema.households).values(head="Trần Văn Đổi"))
    assert store.load("households")["head"].tolist() == ["Trần Văn Đổi"] * 2
