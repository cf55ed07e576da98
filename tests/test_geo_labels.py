import geopandas as gpd
from shapely.geometry import Point, box

from geo.labels import Doubt, Use, name_zones
from tests.boundaries import UTM, place


def zones(*rows):
    """Zones as (name, west, south, east, north) in metres."""
    shapes = [place(box(*bounds)) for _, *bounds in rows]
    return gpd.GeoDataFrame({"name": [name for name, *_ in rows]}, geometry=shapes, crs=UTM)


def labels(*rows):
    """Labels as (name, x, y) or (name, x, y, description)."""
    return gpd.GeoDataFrame(
        {
            "name": [row[0] for row in rows],
            "description": [row[3] if len(row) > 3 else None for row in rows],
        },
        geometry=[place(Point(row[1], row[2])) for row in rows],
        crs=UTM,
    )


def doubts(named, what):
    found = named.doubts[named.doubts["what"] == what]
    return found[["zone", "label"]].values.tolist()


def test_a_label_names_the_zone_around_it():
    named = name_zones(zones(("Đa giác 7", 0, 0, 9, 9)), labels(("Tổ\u00a05", 4, 4)))

    assert named.zones["name"].tolist() == ["Tổ 5"]
    assert named.zones["name_given"].tolist() == ["Đa giác 7"]
    assert named.zones["name_from"].tolist() == [0]
    assert named.labels["use"].tolist() == [Use.NAMES]
    assert named.doubts.empty


def test_a_label_inside_several_zones_names_the_smallest_unnamed_one_and_is_listed():
    drawn = zones((None, 0, 0, 90, 90), ("Tổ 1", 0, 0, 9, 9), ("Đa giác 2", 0, 0, 50, 50))

    named = name_zones(drawn, labels(("Tổ 5", 4, 4)))

    assert named.zones["name"].fillna("?").tolist() == ["?", "Tổ 1", "Tổ 5"]
    assert doubts(named, Doubt.LABEL_IN_SEVERAL) == [[2, 0]]
    assert doubts(named, Doubt.ZONE_UNNAMED) == [[0, None]]


def test_a_label_that_a_zone_already_carries_names_no_other():
    drawn = zones(("TỔ 05", 0, 0, 90, 90), ("Đa giác 2", 0, 0, 50, 50))

    named = name_zones(drawn, labels(("Tổ dân phố số 5", 4, 4)))

    assert named.labels["use"].tolist() == [Use.CONFIRMS]
    assert named.labels["zone"].tolist() == [0]
    assert named.zones["name"].isna().tolist() == [False, True]


def test_of_two_labels_the_plain_one_names_the_smaller_zone():
    drawn = zones((None, 0, 0, 9, 9), (None, 0, 0, 90, 90))

    named = name_zones(drawn, labels(("Tổ 7 (838 hộ)", 4, 4), ("Tổ 45", 5, 5)))

    assert named.zones["name"].tolist() == ["Tổ 45", "Tổ 7"]
    assert doubts(named, Doubt.NAME_FROM_STORY) == [[1, 0]]


def test_counts_and_other_things_are_no_names():
    texts = ("16 hộ tổ 52", "CHỢ MẪU", "PHƯỜNG MẪU", "Điểm 212")

    named = name_zones(
        zones((None, 0, 0, 9, 9)), labels(*((text, 4, 4) for text in texts), ("Tổ 1", 99, 99))
    )

    assert named.labels["use"].tolist() == [Use.NO_NAME] * 4 + [Use.OUTSIDE]
    assert named.zones["name"].isna().all()
    assert len(doubts(named, Doubt.LABEL_UNUSED)) == 5


def test_quan_nam_is_no_district():
    named = name_zones(zones((None, 0, 0, 9, 9)), labels(("QUAN NAM 5", 4, 4)))

    assert named.zones["name"].tolist() == ["QUAN NAM 5"]


def test_repeated_names_are_told_apart_and_the_largest_keeps_its_own():
    drawn = zones(("Tổ 5", 0, 0, 2, 2), ("tổ 5", 10, 0, 90, 90), ("Tổ 5", 20, 0, 23, 3))

    named = name_zones(drawn, labels())

    assert named.zones["name"].tolist() == ["Tổ 5 (3)", "tổ 5", "Tổ 5 (2)"]
    assert doubts(named, Doubt.NAME_REPEATED) == [[0, None], [2, None]]


def test_counts_in_a_description_are_taken_and_counts_in_prose_are_offered():
    named = name_zones(
        zones(("Thử", 0, 0, 9, 9), ("Đa giác 1", 20, 0, 30, 9)),
        labels(
            ("THỬ", 4, 4, "HỘ: 542 KHẨU: 1949"),
            ("Thử mới: Ghép Thử (546 hộ) + 16 hộ tổ 52", 25, 4),
        ),
    )

    counts = named.counts[["of", "value", "source", "taken", "part", "contradicts"]]
    assert counts.values.tolist() == [
        ["THỬ", 542, "description", True, False, True],
        ["THỬ", 1949, "description", True, False, False],
        ["Thử", 546, "label", False, False, True],
        ["tổ 52", 16, "label", False, True, False],
    ]
    assert [zone for zone, _ in doubts(named, Doubt.COUNTS_CONTRADICT)] == [0, 1]


def test_the_order_of_labels_does_not_matter():
    drawn = zones((None, 0, 0, 9, 9), (None, 0, 0, 90, 90), (None, 0, 0, 50, 50))
    written = labels(("Tổ 1", 4, 4), ("Tổ 2", 5, 5), ("Tổ 3", 40, 40))

    names = name_zones(drawn, written).zones["name"]
    turned = name_zones(drawn, written.iloc[::-1]).zones["name"]

    assert names.tolist() == turned.tolist()


def test_zones_without_labels_and_labels_without_zones_are_fine():
    alone = name_zones(zones(("Tổ 1", 0, 0, 9, 9)), labels())

    assert alone.zones["name"].tolist() == ["Tổ 1"]
    assert alone.labels.empty
    assert alone.counts.empty
