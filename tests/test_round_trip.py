"""The made-up ward written out with every defect at once, and read back: who is where, and who is listed."""

from datetime import date

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest

import workflow
from data.samples.defects import Defect, with_defects
from data.samples.files import write_ward
from data.samples.ward import make_ward
from geo.terms import Kind

pytestmark = pytest.mark.slow
DAY = date(2026, 11, 1)
HOUSEHOLDS = 1_500
NEAR_M, WRONG_M = 15.0, 50.0
# Metres are measured in the zone of the made-up ward.
METRIC = "EPSG:32649"
REPAIRED = {Defect.SWAPPED, Defect.VN2000}


@pytest.fixture(scope="module")
def trip(tmp_path_factory):
    """A store that read the typed ward; each household with its defect, its error in metres, and whether listed."""
    typed = with_defects(make_ward(households=HOUSEHOLDS, seed=1, until=DAY), seed=1)
    folder = tmp_path_factory.mktemp("phường")
    write_ward(typed, folder)
    store = workflow.open_store(str(folder / "kho.sqlite"))
    reports = {
        kind: workflow.import_file(store, next(folder.glob(f"{kind}.*")))
        for kind in (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.STREETS, Kind.HOUSEHOLDS)
    }
    yield told(store, typed, reports[Kind.HOUSEHOLDS])
    store.close()


def told(store, typed, report):
    homes = store.load("households").set_index("household_id")
    defects = typed.defects.set_index("household_id")
    ids = homes.index.to_series()
    true = typed.ward.households.set_index("household_id").geometry
    true = true.reindex(ids.map(defects["same_as"]).fillna(ids))
    true = gpd.GeoSeries(true.to_numpy(), index=homes.index, crs=typed.ward.households.crs)
    return pd.DataFrame(
        {
            "defect": ids.map(defects["defect"]),
            "off_m": homes.geometry.to_crs(METRIC).distance(true.to_crs(METRIC)),
            "source": homes["location_source"],
            "radius_m": homes["precision_m"],
            # a household that stands twice is listed as a pair: its first row too
            "repeated": ids.isin(defects["same_as"].dropna()),
            "listed": ids.isin(listed(store, typed, report)),
        }
    )


def listed(store, typed, report):
    """Ids of households that the import or `check` lists."""
    rows = report.problems["row"].dropna().astype(int)
    ids = typed.typed["household_id"]
    by_import = ids.iloc[[row - 2 for row in rows]]
    found = workflow.check(store, on=DAY)
    by_check = found.loc[found["table"] == Kind.HOUSEHOLDS, "id"]
    return {*by_import, *by_check}


def test_nearly_all_households_are_where_they_were_or_listed(trip):
    assert ((trip["off_m"] <= NEAR_M) | trip["listed"]).mean() >= 0.99


def test_no_household_is_silently_far_from_where_it_was(trip):
    assert not ((trip["off_m"] > WRONG_M) & ~trip["listed"]).any()


def test_at_most_16_rows_in_a_hundred_are_listed(trip):
    assert trip["listed"].mean() <= 0.16


def test_no_untouched_row_is_listed(trip):
    untouched = trip["defect"].isna() & ~trip["repeated"]

    assert not (trip["listed"] & untouched).any()


@pytest.mark.parametrize("defect", sorted(REPAIRED))
def test_swapped_and_vn2000_rows_are_repaired(trip, defect):
    rows = trip[trip["defect"] == defect]

    assert len(rows) > 0
    assert (rows["off_m"] <= NEAR_M).all()


def test_rows_without_coordinates_are_estimated_within_their_radius_nine_times_in_ten(trip):
    rows = trip[trip["defect"] == Defect.NO_COORDINATES]

    assert (rows["source"] == "estimated").mean() >= 0.95
    assert (rows["off_m"] <= rows["radius_m"]).mean() >= 0.9
    assert np.median(rows["radius_m"]) <= 40
