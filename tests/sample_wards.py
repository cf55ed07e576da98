"""Made-up wards for the tests of how they are made, each made once."""

from datetime import date
from functools import cache

from data.samples.defects import with_defects
from data.samples.ward import make_ward
from geo.crs import UTM_48N

UNTIL = date(2026, 11, 21)


@cache
def a_ward(households=300, seed=1):
    return make_ward(households=households, seed=seed, until=UNTIL)


@cache
def a_typed_ward():
    return with_defects(a_ward(2_000), seed=3)


def in_metres(frame):
    return frame.geometry.to_crs(UTM_48N).to_numpy()
