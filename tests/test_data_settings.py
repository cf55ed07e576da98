"""What planners decide is kept with the store, also in a store of an older program."""

from data.migrate import HEAD
from data.settings import LOAD, keep_setting, setting
from data.store import open_store
from tests.old_stores import revision_of, store_as_of


def test_a_setting_is_kept_and_replaced_and_forgotten(store):
    keep_setting(store, LOAD, {"elderly": 20.0})
    keep_setting(store, LOAD, {"poor": 8.0})

    assert setting(store, LOAD) == {"poor": 8.0}

    keep_setting(store, LOAD, {})
    assert setting(store, LOAD) == {}


def test_a_setting_moves_the_version_so_that_figures_are_worked_out_anew(store):
    before = store.version()

    keep_setting(store, LOAD, {"elderly": 20.0})

    assert store.version() > before


def test_a_store_of_the_program_before_is_brought_up_to_date(folder):
    """A store as the migration before the settings left it, whatever came since."""
    path = folder / "old.sqlite"
    store_as_of(path, "0002")

    again = open_store(str(path))
    keep_setting(again, LOAD, {"elderly": 20.0})

    assert setting(again, LOAD) == {"elderly": 20.0}
    assert revision_of(again) == HEAD
    again.close()
