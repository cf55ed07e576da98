"""Where the stored households are, and places to type; for tests of locating."""

from datetime import date

from geo.vn2000 import to_metres

HUE = "EPSG:9214"
DAY = date(2026, 11, 21)
# The middle of the test ward's first neighbourhood (`conftest.Ward`).
LAT, LON = 16.405, 107.505


def homes(store):
    return store.load("households").set_index("household_id")


def at(home):
    return round(home.geometry.y, 5), round(home.geometry.x, 5)


def checks(report):
    return dict(zip(report.problems["check"], report.problems["value"], strict=True))


def in_metres(*offsets, crs=HUE):
    """Northings and eastings of places so many thousandths of a degree north-east of the middle."""
    pairs = [to_metres(LAT + off / 1000, LON + off / 1000, crs=crs) for off in offsets]
    return [f"{north:.2f}" for north, _ in pairs], [f"{east:.2f}" for _, east in pairs]
