"""A law: a place written in any scheme is read back within the precision that the reader claims."""

import math

import h3
import mgrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import box

from geo.addresses import plus_codes
from geo.addresses.address import AddressContext
from geo.addresses.grids import GEOHASH_DIGITS
from geo.addresses.reading import read_address
from geo.crs import UTM_48N, UTM_49N
from geo.vn2000 import ZONES, to_metres

EARTH = Geod(ellps="WGS84")
# Rounding in the last place of a double.
HAIR_M = 1e-6
MAINLAND = st.tuples(st.floats(8.4, 23.3), st.floats(102.2, 109.4))
# Central Vietnam, where geohashes begin with w6 and w7.
NEAR_HUE = st.tuples(st.floats(16.3, 16.6), st.floats(107.3, 107.8))
WARD = AddressContext(area=box(107.3, 16.3, 107.8, 16.6))
# The first call reads tables; a busy machine takes its time.
unhurried = settings(deadline=None)
MARKS = {"point": ".", "comma": ","}


def off_m(address, home):
    """Metres between what was read and the true place."""
    assert address.located, address
    return EARTH.inv(address.lon, address.lat, home[1], home[0])[2]


def is_within_precision(address, home):
    return off_m(address, home) <= address.precision_m + HAIR_M


def parts(degrees, units):
    """Degrees as whole degrees, minutes and seconds, rounded to `units` of a second."""
    seconds = round(abs(degrees) * 3600, units)
    whole, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"{int(whole)}", f"{int(minutes):02d}", f"{left:0{3 + units if units else 2}.{units}f}"


def sexagesimal(degrees, letter, units, style):
    whole, minutes, seconds = parts(degrees, units)
    return style.format(d=whole, m=minutes, s=seconds, letter=letter)


@unhurried
@given(home=MAINLAND, digits=st.integers(10, 15))
def test_whole_plus_codes(home, digits):
    assert is_within_precision(read_address(plus_codes.encode(*home, digits=digits)), home)


@unhurried
@given(home=NEAR_HUE, digits=st.integers(10, 13))
def test_short_plus_codes(home, digits):
    code = plus_codes.encode(*home, digits=digits)[4:]

    assert is_within_precision(read_address(code, context=WARD), home)


@unhurried
@given(home=NEAR_HUE, dash=st.sampled_from(["", "-", " "]))
def test_vpostcodes_as_they_are_understood(home, dash):
    tail = plus_codes.encode(*home, digits=11)[4:].replace("+", "")
    address = read_address(f"49619{dash}{tail}", context=WARD)

    # Within 2 m of the ward's edge, the middle of the cell may lie outside it.
    if address.located:
        assert is_within_precision(address, home)


@unhurried
@given(home=NEAR_HUE, length=st.integers(7, 12))
def test_geohashes(home, length):
    assert is_within_precision(read_address(geohash(*home, length)), home)


def geohash(lat, lon, length):
    """By halving, as its inventor describes it: not the way it is read."""
    ranges = {0: [-180.0, 180.0], 1: [-90.0, 90.0]}
    bits = ""
    for turn in range(5 * length):
        low, high = ranges[turn % 2]
        middle = (low + high) / 2
        upper = (lon, lat)[turn % 2] >= middle
        ranges[turn % 2][0 if upper else 1] = middle
        bits += "01"[upper]
    return "".join(GEOHASH_DIGITS[int(bits[i : i + 5], 2)] for i in range(0, len(bits), 5))


@unhurried
@given(home=MAINLAND, resolution=st.integers(9, 15))
def test_h3_cells(home, resolution):
    assert is_within_precision(read_address(h3.latlng_to_cell(*home, resolution)), home)


@unhurried
@given(home=MAINLAND, digits=st.integers(3, 5), spaced=st.booleans())
def test_mgrs_references(home, digits, spaced):
    code = mgrs.MGRS().toMGRS(*home, MGRSPrecision=digits)
    text = f"{code[:3]} {code[3:5]} {code[5 : 5 + digits]} {code[5 + digits :]}" if spaced else code

    assert is_within_precision(read_address(text), home)


@unhurried
@given(home=MAINLAND, decimals=st.integers(0, 3), turned=st.booleans())
def test_utm(home, decimals, turned):
    zone = 48 if home[1] < 108 else 49
    north, east = to_metres(*home, crs=UTM_48N if zone == 48 else UTM_49N)
    pair = [f"{north:.{decimals}f}", f"{east:.{decimals}f}"]

    text = f"{zone}N {' '.join(reversed(pair) if turned else pair)}"

    assert is_within_precision(read_address(text), home)


@unhurried
@given(
    home=MAINLAND,
    meridian=st.sampled_from(sorted(ZONES)),
    decimals=st.integers(0, 3),
    turned=st.booleans(),
    thousands=st.sampled_from(["", ".", " "]),
)
def test_vn2000_in_every_zone(home, meridian, decimals, turned, thousands):
    home = home[0], min(max(home[1], meridian - 1.5), meridian + 1.5)
    pair = [
        f"{number:,.{decimals}f}".replace(".", "?").replace(",", thousands).replace("?", ",")
        for number in to_metres(*home, crs=ZONES[meridian])
    ]
    degrees, minutes = divmod(round(meridian * 60), 60)

    text = "; ".join(reversed(pair) if turned else pair) + f" KTT {degrees}°{minutes:02d}'"

    assert is_within_precision(read_address(text), home)


@unhurried
@given(
    home=MAINLAND,
    decimals=st.integers(3, 9),
    mark=st.sampled_from(sorted(MARKS)),
    between=st.sampled_from([", ", "; ", " ", " | "]),
    turned=st.booleans(),
)
def test_decimal_degrees(home, decimals, mark, between, turned):
    pair = [f"{number:.{decimals}f}".replace(".", MARKS[mark]) for number in home]

    assert is_within_precision(read_address(between.join(reversed(pair) if turned else pair)), home)


@unhurried
@given(home=MAINLAND, decimals=st.integers(4, 7))
def test_decimal_degrees_that_lost_the_zeros_at_their_end(home, decimals):
    lat, lon = (round(number, decimals) for number in home)
    address = read_address(f"{lat!r}, {lon!r}")

    # Both may have lost zeros: then the claim is rougher than the truth, or too rough to be a household.
    assert not address.located or is_within_precision(address, (lat, lon))


@unhurried
@given(
    home=MAINLAND,
    units=st.integers(0, 3),
    style=st.sampled_from(
        [
            "{d}°{m}'{s}\"{letter}",
            "{letter}{d}°{m}′{s}″",
            "{d} {m} {s} {letter}",
            "{d}º{m}’{s}” {letter}",
        ]
    ),
    letters=st.sampled_from(["NE", "BĐ", "BE", "NĐ"]),
    turned=st.booleans(),
)
def test_degrees_minutes_and_seconds(home, units, style, letters, turned):
    pair = [
        sexagesimal(number, letter, units, style)
        for number, letter in zip(home, letters, strict=True)
    ]

    assert is_within_precision(read_address(", ".join(reversed(pair) if turned else pair)), home)


@unhurried
@given(home=MAINLAND, decimals=st.integers(3, 6))
def test_degrees_with_decimal_minutes(home, decimals):
    lat, lon = (
        f"{math.floor(number)}°{(number - math.floor(number)) * 60:.{decimals}f}'"
        for number in home
    )
    # 59.9999' rounds to 60.000', which nobody writes.
    if "60." not in lat + lon:
        assert is_within_precision(read_address(f"{lat}B {lon}Đ"), home)


@pytest.mark.parametrize(
    "style",
    [
        "geo:{lat},{lon}",
        "geo:{lat},{lon};u=12.5",
        "geo:0,0?q={lat},{lon}(Nhà văn hóa)",
        "https://www.google.com/maps?q={lat},{lon}",
        "https://www.google.com/maps/place/X/@{lat},{lon},17z/data=!8m2!3d{lat}!4d{lon}",
        "https://www.google.com/maps/search/?api=1&query={lat}%2C{lon}",
        "https://www.google.com/maps/@{lat},{lon},18z",
        "https://www.openstreetmap.org/?mlat={lat}&mlon={lon}#map=17/{lat}/{lon}",
        "https://www.openstreetmap.org/#map=18/{lat}/{lon}",
    ],
)
@unhurried
@given(home=MAINLAND)
def test_links(style, home):
    text = style.format(lat=f"{home[0]:.6f}", lon=f"{home[1]:.6f}")

    assert is_within_precision(read_address(text), home)


@unhurried
@given(text=st.text(max_size=60))
def test_no_text_makes_the_reader_fail(text):
    address = read_address(text, context=WARD)

    assert address.located == (address.confidence is not None)


@unhurried
@given(text=st.text(alphabet="0123456789.,;°'\"+-/ NBĐETWSXYm:wkHUE", max_size=40))
def test_no_text_made_of_coordinates_makes_the_reader_fail(text):
    address = read_address(text, context=WARD)

    assert not address.located or (6.5 <= address.lat <= 23.5 and 102 <= address.lon <= 117.5)
