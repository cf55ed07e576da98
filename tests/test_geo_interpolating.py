"""Houses without coordinates: between their neighbours along the street, with a radius the neighbours vouch for."""

import numpy as np
import pandas as pd
import pytest
from shapely import LineString

from geo.interpolating import estimate, read_doors, street_lines

# A street that runs 100 m east and then 100 m north.
BENT = LineString([(0, 0), (100, 0), (100, 100)])


def doors(*rows):
    """House numbers, alleys and streets as typed, and neighbourhoods."""
    columns = ["house_number", "alley", "street", "area"]
    table = pd.DataFrame(rows, columns=columns).astype("str")
    return read_doors(*(table[name] for name in columns))


def known(*rows):
    """The same with x and y in metres."""
    return doors(*(row[:4] for row in rows)).assign(
        x=[float(row[4]) for row in rows], y=[float(row[5]) for row in rows]
    )


def anywhere(index, x, y):
    return np.ones(len(x), dtype=bool)


def placed(asked, houses, *, lines=None, allowed=anywhere):
    found = estimate(asked, houses, lines=lines or {}, allowed=allowed).iloc[0]
    return found["how"], found["x"], found["y"]


@pytest.mark.parametrize(
    ("typed", "path", "number"),
    [
        (("12", "Kiệt 45", "Lê Lợi"), "le loi|45", 12),
        (("45/12", None, "đường Lê Lợi"), "le loi|45", 12),
        (("K45/12", None, "LÊ LỢI"), "le loi|45", 12),
        (("Số 7", "kiệt 45/3", "Lê Lợi"), "le loi|45/3", 7),
        (("7", None, "3/2"), "3 2|", 7),
        (("9", "Kiệt Ông Ích", "Lê Lợi"), "le loi|kiet ong ich", 9),
        (("12B", None, "Lê Lợi"), "le loi|", 12.08),
        ((None, None, "Xóm 1"), "xom 1|", np.nan),
        (("9", "Kiệt 2", None), "@Tổ 1|2", 9),
        (("9", None, None), "", 9),
    ],
)
def test_an_address_is_a_number_on_a_path(typed, path, number):
    one = doors((*typed, "Tổ 1")).iloc[0]

    assert one["path"] == path
    assert one["number"] == pytest.approx(number, nan_ok=True)


def test_a_house_stands_between_the_numbers_of_its_own_side():
    houses = known(
        ("1", None, "Lê Lợi", "A", 0, 0),
        ("9", None, "Lê Lợi", "A", 80, 0),
        ("2", None, "Lê Lợi", "A", 0, 30),
        ("10", None, "Lê Lợi", "A", 80, 30),
    )

    assert placed(doors(("5", None, "Lê Lợi", "A")), houses) == ("between", 40, 0)
    assert placed(doors(("6", None, "Lê Lợi", "A")), houses) == ("between", 40, 30)


def test_a_house_at_a_bend_stands_along_the_street_and_as_far_beside_it():
    houses = known(
        ("1", None, "Lê Lợi", "A", 50, -5),
        ("3", None, "Lê Lợi", "A", 105, 50),
    )
    lines = street_lines(pd.Series(["Đường Lê Lợi"]), np.array([BENT], dtype=object))

    how, x, y = placed(doors(("2", None, "Lê Lợi", "A")), houses, lines=lines)

    assert (how, x, y) == ("between_sides", 102.5, -2.5)


def test_a_number_beyond_the_last_stands_beside_it_with_a_wider_radius():
    houses = known(("1", None, "Lê Lợi", "A", 0, 0), ("3", None, "Lê Lợi", "A", 10, 0))

    near, far = (
        estimate(doors((number, None, "Lê Lợi", "A")), houses, lines={}, allowed=anywhere).iloc[0]
        for number in ("5", "15")
    )

    assert (near["how"], near["x"]) == ("beside", 10)
    assert near["radius_m"] < far["radius_m"]


def test_a_house_without_a_number_is_amid_its_alley_then_its_street_then_its_neighbourhood():
    houses = known(
        *((str(n), "Kiệt 4", "Lê Lợi", "A", 100 + n, 0) for n in (1, 3, 5)),
        *((str(n), None, "Lê Lợi", "A", n, 0) for n in (10, 12, 14)),
        *((None, None, "Xóm 2", "B", 900 + n, 0) for n in (1, 2, 3)),
    )

    assert placed(doors((None, "K4", "Lê Lợi", "A")), houses)[:2] == ("amid_alley", 103)
    assert placed(doors((None, "K9", "Lê Lợi", "A")), houses)[0] == "amid_street"
    assert placed(doors((None, None, None, "B")), houses)[:2] == ("amid_area", 902)


def test_a_place_that_is_not_allowed_gives_way_to_the_next_best():
    houses = known(
        *((str(n), None, "Lê Lợi", "A", 10 * n, 0) for n in (1, 3, 7, 9)),
        *((None, None, "Xóm 2", "B", 900 + n, 0) for n in (1, 2, 3)),
    )

    found = placed(doors(("5", None, "Lê Lợi", "B")), houses, allowed=lambda index, x, y: x > 500)

    assert found == ("amid_area", 902, 0)


def test_nothing_is_said_of_a_house_nobody_stands_near():
    houses = known(("1", None, "Lê Lợi", "A", 0, 0))

    assert pd.isna(placed(doors(("1", None, "Trần Phú", "B")), houses)[0])
    assert pd.isna(placed(doors(("1", None, "Lê Lợi", "A")), houses.iloc[:0])[0])


@pytest.mark.parametrize("noise_m", [0, 5, 15])
def test_nine_in_ten_houses_lie_within_the_radius_that_their_neighbours_vouch_for(noise_m):
    within = np.concatenate([within_radius(seed, noise_m) for seed in range(8)])

    # of about 600 houses in 8 streets
    assert within.mean() >= 0.88


def within_radius(seed, noise_m):
    rng = np.random.default_rng(seed)
    numbers = np.arange(1, 401)
    x = 4.0 * numbers + rng.normal(0, noise_m, 400)
    y = 10.0 * (numbers % 2) + rng.normal(0, noise_m, 400)
    lost = rng.random(400) < 0.2
    rows = [(str(n), None, "Lê Lợi", "A", *at) for n, *at in zip(numbers, x, y, strict=True)]
    houses = known(*(row for row, out in zip(rows, lost, strict=True) if not out))
    asked = doors(*(row[:4] for row, out in zip(rows, lost, strict=True) if out))

    found = estimate(asked, houses, lines={}, allowed=anywhere)

    return np.hypot(found["x"] - x[lost], found["y"] - y[lost]) <= found["radius_m"]
