"""Finding a household in the store's table: the likeliest first, with its address in one line."""

import pandas as pd

from geo.tables import Households, typed
from steps.covering import found_households

HOMES = typed(
    pd.DataFrame(
        {
            "household_id": ["h1", "h2"],
            "head": ["Nguyễn Thị Đào", "Trần Văn Ước"],
            "house_number": ["12/5", None],
            "street": ["Lê Lợi", None],
            "address_raw": [None, "7P28+9XQ"],
        }
    ),
    Households,
)


def test_a_name_or_an_address_finds_its_household():
    (found,) = found_households(HOMES, "dao", most=20).to_dict("records")

    assert found == {"head": "Nguyễn Thị Đào", "address": "12/5 Lê Lợi", "household_id": "h1"}
    assert list(found_households(HOMES, "12/5 le loi", most=20)["household_id"]) == ["h1"]


def test_a_digital_address_finds_its_household_and_is_its_address_line():
    (found,) = found_households(HOMES, "7p289xq", most=20).to_dict("records")

    assert (found["household_id"], found["address"]) == ("h2", "7P28+9XQ")


def test_nobody_meant_is_nobody_found():
    assert found_households(HOMES, "xyz", most=20).empty
