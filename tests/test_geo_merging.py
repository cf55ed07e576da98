from shapely.geometry import box

from geo.merging import Carry, match_merge
from tests.boundaries import square, zones


def carried(merge):
    return merge.carried.set_index("old_id")[["what", "new_id"]].to_dict("index")


def test_old_ones_go_to_the_new_one_that_has_nearly_all_of_them():
    old = zones(a=square(0, 0), b=square(100, 0), c=square(200, 0))
    new = zones(x=box(0, 0, 202, 100), y=box(202, 0, 300, 100))

    merge = match_merge(old, new)

    assert carried(merge) == {
        "a": {"what": Carry.CARRIED, "new_id": "x"},
        "b": {"what": Carry.CARRIED, "new_id": "x"},
        "c": {"what": Carry.CARRIED, "new_id": "y"},
    }
    assert merge.carried["others"].tolist() == [(), (), ("x",)]
    assert merge.fresh == ()


def test_one_that_mostly_goes_somewhere_is_carried_but_doubtful():
    merge = match_merge(zones(a=square(0, 0)), zones(x=box(0, 0, 70, 100), y=box(70, 0, 100, 100)))

    assert carried(merge) == {"a": {"what": Carry.DOUBTFUL, "new_id": "x"}}
    assert merge.carried["share"].round(2).tolist() == [0.7]
    assert merge.fresh == ("y",)


def test_one_that_is_split_or_lies_nowhere_cannot_be_carried():
    old = zones(split=square(0, 0), gone=square(900, 900))
    new = zones(x=box(0, 0, 40, 100), y=box(40, 0, 80, 100))

    merge = match_merge(old, new)

    assert merge.carried["what"].tolist() == [Carry.NOWHERE, Carry.SPLIT]
    assert merge.carried["new_id"].isna().all()
    assert merge.carried["others"].tolist() == [(), ("y",)]
    assert merge.fresh == ("x", "y")


def test_shares_sum_to_what_lies_in_new_ones():
    old = zones(a=square(0, 0), b=square(50, 0))
    new = zones(x=box(0, 0, 75, 100), y=box(75, 0, 150, 100)).to_crs("EPSG:4326")

    shares = match_merge(old, new).shares

    assert shares.groupby("old_id")["share_of_old"].sum().round(6).tolist() == [1, 1]
    assert shares[["old_id", "new_id"]].values.tolist() == [
        ["a", "x"],
        ["a", "y"],
        ["b", "y"],
        ["b", "x"],
    ]
