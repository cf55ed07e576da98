"""Digital addresses as people write them; the ward is a square of about 11 km around 16.45, 107.55."""

import pandas as pd
import pytest
from shapely.geometry import box

import words
from geo.addresses.address import AddressContext, Scheme, Why
from geo.addresses.lookup import make_lookup
from geo.addresses.reading import read_address, read_addresses, repeated
from geo.errors import InputError

WARD = AddressContext(area=box(107.5, 16.4, 107.6, 16.5))
HOME = (16.443492, 107.544053)
# The same home in VN-2000 on the meridian of Huế, 107°: X to the north, Y to the east.
X, Y = "1818728.75", "557901.69"
# The columns of a table of codes.
CODES = {"code": ["HUE-001"], "lat": [16.45], "lon": [107.55]}


def read(text, context=WARD):
    return read_address(text, context=context)


def place(address, digits=4):
    return round(address.lat, digits), round(address.lon, digits)


# --- every scheme, by an example ---


@pytest.mark.parametrize(
    ("text", "scheme", "why", "precision_m"),
    [
        ("7P89CGVV+9JV", Scheme.PLUS_CODE, Why.PLUS_CODE, 2.2),
        ("7p89cgvv+9j", Scheme.PLUS_CODE, Why.PLUS_CODE, 9.6),
        ("7P89CGVV+9JV Hương Trà, Huế", Scheme.PLUS_CODE, Why.PLUS_CODE, 2.2),
        ("CGVV+9JV", Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE, 2.2),
        ("CGVV+9J Huế", Scheme.SHORT_PLUS_CODE, Why.SHORT_PLUS_CODE, 9.6),
        ("49619CGVV9JV", Scheme.VPOSTCODE, Why.VPOSTCODE, 2.2),
        ("49619-CGVV9JV", Scheme.VPOSTCODE, Why.VPOSTCODE, 2.2),
        ("w6umx1rnq", Scheme.GEOHASH, Why.GEOHASH, 3.3),
        ("8c4160a558535ff", Scheme.H3, Why.H3, 11.6),
        ("48QYD7165919701", Scheme.MGRS, Why.MGRS, 0.7),
        ("48Q YD 71659 19701", Scheme.MGRS, Why.MGRS, 0.7),
        ("48N 771659 1819701", Scheme.UTM, Why.UTM, 0.7),
        ("48Q 771659mE 1819701mN", Scheme.UTM, Why.UTM, 0.7),
        ("UTM zone 48N: N=1.819.701,2; E=771.659,4", Scheme.UTM, Why.UTM, 0.1),
        ("geo:16.443492,107.544053", Scheme.GEO_URI, Why.GEO_URI, 0.1),
        ("geo:16.443492,107.544053;u=35", Scheme.GEO_URI, Why.GEO_URI, 35),
        ("geo:0,0?q=16.443492,107.544053(Nhà)", Scheme.GEO_URI, Why.GEO_URI, 0.1),
        (f"X={X} Y={Y} KTT 107°00'", Scheme.VN2000, Why.VN2000, 1.0),
        (f"VN-2000: {X}; {Y} (kinh tuyến trục 107)", Scheme.VN2000, Why.VN2000, 1.0),
        (f"{X} {Y}", Scheme.VN2000, Why.VN2000_JUDGED, 1.0),
        (f"{Y}, {X}", Scheme.VN2000, Why.VN2000_JUDGED, 1.0),
        ("1.818.728,75; 557.901,69", Scheme.VN2000, Why.VN2000_JUDGED, 1.0),
        ("1,818,728.75, 557,901.69", Scheme.VN2000, Why.VN2000_JUDGED, 1.0),
        ("1 818 729 557 902", Scheme.VN2000, Why.VN2000_JUDGED, 1.7),
        ("1.818.729 557.902", Scheme.VN2000, Why.VN2000_JUDGED, 1.7),
    ],
)
def test_each_way_of_writing_leads_to_the_home(text, scheme, why, precision_m):
    address = read(text)

    assert (address.scheme, address.why) == (scheme, why)
    assert (address.lat, address.lon) == pytest.approx(HOME, abs=0.0001)
    assert address.precision_m == pytest.approx(precision_m, abs=0.06)
    assert 0 < address.confidence <= 1


@pytest.mark.parametrize(
    "text",
    [
        "16.443492, 107.544053",
        "16.443492; 107.544053",
        "16.443492 107.544053",
        "(16.443492, 107.544053)",
        "16,443492 107,544053",
        "16,443492, 107,544053",
        "16,443492,107,544053",
        "16,443492°B 107,544053°Đ",
        "16.443492N 107.544053E",
        "N16.443492 E107.544053",
        "N 16.443492, E 107.544053",
        "107.544053E 16.443492N",
        "Vĩ độ: 16,443492; Kinh độ: 107,544053",
        "Kinh độ 107.544053 Vĩ độ 16.443492",
        "Tọa độ: 16.443492, 107.544053",
        "lat 16.443492 lng 107.544053",
        "16.443492\u00a0\u00a0107.544053",
        "POINT(107.544053 16.443492)",
        "16.443492 độ Bắc, 107.544053 độ Đông",
        "https://www.google.com/maps/place/Nhà/@16.4,107.5,17z/data=!3m1!8m2!3d16.443492!4d107.544053",
        "https://www.google.com/maps?q=16.443492,107.544053&z=17",
        "https://www.google.com/maps/search/?api=1&query=16.443492%2C107.544053",
        "maps.google.com/?ll=16.443492,107.544053",
        "https://www.google.com.vn/maps?q=loc:16.443492,107.544053",
        "https://www.openstreetmap.org/?mlat=16.443492&mlon=107.544053#map=19/16.4/107.5",
    ],
)
def test_six_decimals_are_read_to_the_last_however_they_are_dressed(text):
    address = read(text)

    assert place(address, 6) == HOME
    assert address.precision_m == pytest.approx(0.08, abs=0.005)


@pytest.mark.parametrize(
    "text",
    [
        "16°26′37″B 107°32′39″Đ",
        "16°26'37\"B107°32'39\"Đ",
        "16º26’37”B, 107º32’39”Ð",
        "16°26'37''N 107°32'39''E",
        "B 16°26'37\" Đ 107°32'39\"",
        "16 26 37 107 32 39",
        "16 độ 26 phút 37 giây Bắc, 107 độ 32 phút 39 giây Đông",
        "107°32'39\"E 16°26'37\"N",
    ],
)
def test_degrees_minutes_and_seconds_say_how_rough_they_are(text):
    address = read(text)

    assert place(address, 5) == (16.44361, 107.54417)
    assert address.precision_m == pytest.approx(21.4, abs=0.1)


def test_degrees_with_decimal_minutes_are_read():
    assert place(read("16°26.6095'N, 107°32.6432'E"), 6) == HOME


# --- what is ambiguous is settled by where Vietnam is, and said ---


@pytest.mark.parametrize("text", ["16.443492N, 107.544053", "16,443492°N 107,544053°Đ"])
def test_a_bare_n_is_north_because_nam_would_be_outside_vietnam(text):
    address = read(text)

    assert (address.why, place(address, 6)) == (Why.DEGREES_NORTH, HOME)


@pytest.mark.parametrize(
    "text", ["107.544053, 16.443492", "107,544053 16,443492", "107.544053N 16.443492E"]
)
def test_swapped_degrees_are_put_right_and_said(text):
    address = read(text)

    assert (address.why, place(address, 6)) == (Why.DEGREES_SWAPPED, HOME)
    assert address.confidence < read("16.443492, 107.544053").confidence


@pytest.mark.parametrize(
    "text", ["48.8566, 2.3522", "16.443492 Nam, 107.544053 Đông", "-16.44, 107.54", "8FVC9G8F+6X"]
)
def test_a_place_outside_vietnam_is_no_place(text):
    address = read(text)

    assert (address.why, address.located) == (Why.OUTSIDE_VIETNAM, False)


@pytest.mark.parametrize(
    "text", ["16.4, 107.5", "7P890000+", "48QYD71", "geo:16.4,107.5", "w6umx1"]
)
def test_a_code_of_a_wide_area_is_no_household(text):
    address = read_address(text)

    assert (address.why, address.located) == (Why.TOO_COARSE, False)
    assert address.precision_m > 500


# --- codes that need the ward ---


def test_a_short_plus_code_needs_to_know_the_ward():
    assert read_address("CGVV+9JV").why == Why.SHORT_PLUS_CODE_WITHOUT_WARD


def test_a_short_plus_code_is_recovered_up_to_045_degrees_from_the_reference():
    near = AddressContext(reference=(HOME[0] - 0.44, HOME[1] + 0.44))
    far = AddressContext(reference=(HOME[0] - 0.47, HOME[1]))

    assert place(read("CGVV+9JV", near), 3) == (16.443, 107.544)
    assert read("CGVV+9JV", far).why == Why.SHORT_PLUS_CODE_FAR
    assert not read("CGVV+9JV", far).located


def test_a_short_plus_code_that_several_places_of_the_ward_share_is_not_guessed():
    yard = AddressContext(area=box(107.543, 16.4425, 107.545, 16.4445))

    assert read("VV+9JV").why == Why.SHORT_PLUS_CODE_TOO_SHORT
    assert read("VV+9JV", AddressContext(reference=HOME)).why == Why.SHORT_PLUS_CODE_TOO_SHORT
    assert place(read("VV+9JV", yard), 3) == (16.443, 107.544)


def test_a_short_plus_code_outside_the_ward_is_doubtful():
    address = read("FJ2X+22")

    assert address.why == Why.SHORT_PLUS_CODE_OUTSIDE_WARD
    assert address.confidence < 0.5


def test_a_vpostcode_is_an_inference_taken_only_inside_the_ward():
    elsewhere = AddressContext(area=box(108.1, 16.0, 108.2, 16.1))

    assert read("49619CGVV9JV").confidence < 0.7
    assert read("49619CGVV9JV", elsewhere).why == Why.VPOSTCODE_OUTSIDE_WARD
    assert not read("49619CGVV9JV", elsewhere).located
    assert read_address("49619CGVV9JV").why == Why.VPOSTCODE_WITHOUT_WARD


def test_twelve_figures_are_rather_a_national_id_than_a_vpostcode():
    address = read("046092345678")

    assert (address.scheme, address.located) == (Scheme.OPAQUE, False)


def test_a_code_that_looks_like_a_geohash_elsewhere_is_a_code_of_its_own():
    address = read("w3gvk08ef")

    assert (address.scheme, address.why) == (Scheme.OPAQUE, Why.GEOHASH_OUTSIDE_WARD)
    assert read_address("w3gvk08ef").located


def test_metres_without_a_zone_and_without_a_ward_are_kept_unlocated():
    assert read_address(f"{X} {Y}").why == Why.VN2000_WITHOUT_ZONE


def test_metres_are_read_in_the_zone_that_a_person_said():
    said = AddressContext(crs="EPSG:9214")

    assert (read(f"{X} {Y}", said).why, place(read(f"{X} {Y}", said))) == (
        Why.VN2000,
        place(read(f"{X} {Y}")),
    )


def test_metres_that_no_zone_brings_into_the_ward_are_kept_unlocated():
    assert read("1255172.510 568262.924").why == Why.VN2000_UNKNOWN


def test_metres_around_105_degrees_are_asked_about():
    hanoi = AddressContext(area=box(105.7, 20.95, 105.9, 21.1))

    address = read("2325000.00 583000.00", hanoi)

    assert (address.why, address.located) == (Why.VN2000_ASK, False)


# --- what says nothing by itself ---


@pytest.mark.parametrize("text", ["49619", "19969", " 00004 "])
def test_a_bare_number_of_five_digits_is_never_a_household(text):
    address = read(text, AddressContext(lookup=make_lookup(pd.DataFrame(CODES)).places))

    assert (address.scheme, address.why) == (Scheme.AREA_CODE, Why.FIVE_DIGITS)
    assert not address.located


@pytest.mark.parametrize(
    "text",
    [
        "HUE-001234",
        "16/107",
        "12 Nguyễn Huệ",
        "K16/107",
        "0905 123 456",
        "1234567890",
        "+",
        "22+24",
    ],
)
def test_what_no_scheme_knows_is_kept_as_it_stands(text):
    address = read(f" {text}\u00a0")

    assert (address.raw, address.scheme, address.why) == (text, Scheme.OPAQUE, Why.OPAQUE)
    assert not address.located


def test_a_decomposed_code_is_kept_composed():
    assert read("Ho\u0302\u0323 12").raw == "Hộ 12"


def test_a_code_in_the_lookup_table_is_where_the_table_says():
    table = pd.DataFrame(
        {"code": [" hue-001 234 ", "HUE-9"], "lat": [16.45, 16.46], "lon": [107.55, 107.56]}
    )
    context = AddressContext(lookup=make_lookup(table).places)

    address = read("Hue-001234", context)

    assert (address.scheme, address.why) == (Scheme.OPAQUE, Why.OPAQUE_LOOKED_UP)
    assert place(address) == (16.45, 107.55)
    assert address.precision_m is None


def test_a_lookup_table_leaves_out_codes_of_two_places_and_of_none():
    table = pd.DataFrame(
        {
            "code": ["A", "a", "B", "B", "C", None, "D"],
            "lat": [16.45, 16.47, 16.45, 16.45, None, 16.4, 107.5],
            "lon": [107.55, 107.55, 107.55, 107.55, 107.55, 107.5, 16.45],
            "precision_m": [5.0, 5.0, 5.0, None, 5.0, 5.0, 5.0],
        }
    )

    lookup = make_lookup(table)

    assert (lookup.contradicted, lookup.unplaced) == (("A",), ("C", "D"))
    assert lookup.places == {"B": (16.45, 107.55, 5.0)}


def test_a_code_that_follows_the_wards_pattern_is_read_as_nothing_else():
    context = AddressContext(area=WARD.area, pattern=r"w6[0-9a-z]{7}|HUE-\d{6}")

    assert read("w6umx1rnq", context).why == Why.OPAQUE
    assert read("hue-001234", context).why == Why.OPAQUE
    assert read("HUE-1", context).why == Why.OPAQUE_UNEXPECTED
    assert read("7P89CGVV+9JV", context).located


def test_a_pattern_that_cannot_be_used_is_refused():
    with pytest.raises(InputError, match="address_pattern_unusable"):
        read("HUE-1", AddressContext(pattern="["))


# --- links ---


@pytest.mark.parametrize(
    ("link", "why"),
    [
        ("https://maps.app.goo.gl/AbCd123", Why.LINK_SHORT),
        ("https://goo.gl/maps/AbCd123", Why.LINK_SHORT),
        ("https://osm.org/go/abc", Why.LINK_SHORT),
        ("https://example.org/?q=16.443492,107.544053", Why.LINK_UNKNOWN),
        ("http://[", Why.LINK_UNKNOWN),
        ("https://www.google.com/maps/place/Lang+Xá+Cồn", Why.LINK_WITHOUT_PLACE),
        ("https://www.openstreetmap.org/way/12", Why.LINK_WITHOUT_PLACE),
        (
            "https://www.google.com/maps/dir/data=!3d16.4!4d107.5!3d16.5!4d107.6",
            Why.LINK_MANY_PLACES,
        ),
        ("https://www.google.com/maps/@16.443492,107.544053,12z", Why.TOO_COARSE),
        ("geo:16.443492,107.544053;crs=vn2000", Why.GEO_URI_CRS),
    ],
)
def test_a_link_that_tells_no_place_says_why(link, why):
    address = read(link)

    assert (address.why, address.located) == (why, False)


@pytest.mark.parametrize(
    "link",
    [
        "https://www.google.com/maps/@16.443492,107.544053,18z",
        "https://www.openstreetmap.org/#map=18/16.443492/107.544053",
        "https://www.google.com/maps/@16.443492,107.544053,293m/data=!3m1!1e3",
    ],
)
def test_the_middle_of_a_view_is_a_rough_place(link):
    address = read(link)

    assert (address.why, place(address, 6)) == (Why.LINK_VIEW, HOME)
    assert address.precision_m == pytest.approx(146.6, abs=0.2)
    assert address.confidence == 0.5


def test_a_plus_code_in_a_link_is_read():
    assert place(read("https://maps.google.com/?q=CGVV%2B9JV")) == place(read("CGVV+9JV"))


# --- a whole column ---


def test_a_column_is_read_on_its_own_index():
    column = pd.Series(["CGVV+9JV", None, "49619", " ", "CGVV+9JV"], index=[7, 5, 3, 1, 0])

    addresses = read_addresses(column, context=WARD)

    assert list(addresses.index) == [7, 5, 3, 1, 0]
    assert list(addresses["scheme"].fillna("-")) == [
        *("short_plus_code", "-", "area_code", "-", "short_plus_code"),
    ]
    assert addresses[["lat", "lon", "confidence"]].notna().all(axis=1).tolist() == [
        *(True, False, False, False, True)
    ]
    assert addresses["why"].isna().tolist() == [False, True, False, True, False]


def test_a_column_reads_each_cell_as_it_would_be_read_alone():
    texts = ["CGVV+9JV", "16,443492 107,544053", f"{X} {Y} KTT 107", "HUE-1", "49619"]

    rows = read_addresses(pd.Series(texts), context=WARD).to_dict("records")

    for row, text in zip(rows, texts, strict=True):
        alone = read(text)
        assert (row["raw"], row["scheme"], row["why"]) == (alone.raw, alone.scheme, alone.why)
        if alone.located:
            assert (row["lat"], row["lon"]) == (alone.lat, alone.lon)


def test_an_empty_column_is_read_into_no_rows():
    assert len(read_addresses(pd.Series([], dtype="str"))) == 0
    assert read_addresses(pd.Series([None, None])).isna().all(axis=None)


def test_all_metres_of_a_column_together_decide_its_zone():
    outside = "1818728.75 583000.00"

    addresses = read_addresses(pd.Series([f"{X} {Y}", f"{Y} {X}", outside]), context=WARD)

    assert read(outside).why == Why.VN2000_UNKNOWN
    assert list(addresses["why"]) == [Why.VN2000_JUDGED] * 3


def test_codes_that_look_like_vpostcodes_are_not_placed_by_chance():
    inside, outside = "19969CGVV9JV", ["199692F4W5XG", "199697C2Q8MR"]

    alone = read_addresses(pd.Series([inside]), context=WARD)
    among = read_addresses(pd.Series([inside, *outside]), context=WARD)

    assert alone["lat"].notna().all()
    assert among[["lat", "lon", "confidence"]].isna().all(axis=None)
    assert set(among["why"]) == {Why.VPOSTCODE_OUTSIDE_WARD}


def test_opaque_codes_that_repeat_are_told():
    column = pd.Series(["HUE-1", "hue-1", "HUE-2", None, "CGVV+9JV", "CGVV+9JV"])

    assert repeated(read_addresses(column, context=WARD)).tolist() == [True, True] + [False] * 4


# --- words and hostile texts ---


@pytest.mark.parametrize(
    "code", [*(f"address_{why}" for why in Why), *(f"scheme_{s}" for s in Scheme)]
)
def test_every_reason_and_scheme_has_its_words(code):
    assert all(text.strip() for text in words.TEXTS[code])


@pytest.mark.parametrize(
    "text",
    [
        "1" * 50_000,
        "16 " * 20_000,
        "+" * 3_000,
        "https://www.google.com/maps/" + "@1,1" * 400,
        "\x00",
    ],
)
def test_long_or_odd_texts_are_answered_at_once(text):
    assert not read(text).located
