"""Trying imports: later ones see earlier ones, and nothing of it stays."""

import pytest

import workflow
from data.rehearsal import trying
from geo.errors import InputError
from geo.terms import Kind
from tests.intake import dump, put


@pytest.fixture
def store(tmp_path):
    opened = workflow.open_store(str(tmp_path / "store.sqlite"))
    yield opened
    opened.close()


def handed(path, kind=None):
    return workflow.HandedOver(path=path, kind=kind)


def test_what_was_tried_leaves_nothing_behind(store, ward):
    before = dump(store), store.version()

    with trying(store) as trial:
        put(trial, ward.neighbourhoods(), "neighbourhoods")
        assert len(trial.load("neighbourhoods")) == 2

    assert (dump(store), store.version()) == before


def test_an_import_that_fails_in_a_trial_takes_back_only_itself(store, ward):
    with trying(store) as trial:
        put(trial, ward.ward(), "wards")
        with pytest.raises(InputError):
            put(trial, ward.table("goals.csv", cột=["lạ"]), "goals")
        assert len(trial.load("wards")) == 1


def test_files_are_tried_in_the_order_in_which_they_build_on_each_other(store, ward):
    homes = ward.households(("h1", 0.5, 0.5), ("h2", 5.0, 0.5))
    files = [handed(homes, Kind.HOUSEHOLDS), handed(ward.neighbourhoods(), Kind.NEIGHBOURHOODS)]

    first, second = workflow.rehearse(store, files)

    assert (first.report.kind, second.report.kind) == ("households", "neighbourhoods")
    assert first.report.placed["neighbourhood_id"].fillna("").to_list() == ["A", ""]
    assert list(first.report.placed["fate"]) == ["added", "added"]
    assert first.report.import_id is None
    assert any(layer.name == "intake_points" for layer in first.layers)
    assert len(workflow.imports(store)) == 0


def test_a_file_that_cannot_be_imported_does_not_hinder_the_others(store, ward):
    odd = ward.table("goals.csv", cột=["lạ"])

    bad, good = workflow.rehearse(store, [handed(odd, Kind.GOALS), handed(ward.ward())])

    assert bad.fault.code == "columns_missing"
    assert good.report.added == 1


def test_a_look_spares_reading_the_file_again(store, ward):
    homes = ward.households(("h1", 0.5, 0.5))
    seen = workflow.look(homes)
    homes.unlink()

    report = workflow.HandedOver(path=homes, kind=Kind.HOUSEHOLDS, look=seen)

    assert workflow.rehearse(store, [report])[0].report.added == 1
