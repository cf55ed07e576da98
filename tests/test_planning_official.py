"""Official figures: what can honestly be said of them, and what cannot. Public figures: `docs/figures.md`."""

import math
from pathlib import Path

import pandas as pd
import pytest

from geo.tables import Figures, Households, Members, Teams, checked
from planning.official import counts, official, recognised, teams_of, totals
from words import percent

NOTHING = pd.DataFrame({"area": [], "known": [], "count": []}).astype(
    {"area": "str", "known": "str", "count": "float64"}
)


WARDS = pd.DataFrame({"ward_code": ["00004"], "name": ["Phường Thử"]})


def figure(indicator, value, of=None, *, area="Đà Nẵng", at=None, on="2025-12-31", source="báo"):
    return {
        "area_given": area,
        "neighbourhood_id": at,
        "indicator": indicator,
        "value": value,
        "of": of,
        "as_of": on,
        "source": source,
    }


def told(*figures, counted=NOTHING):
    rows = pd.DataFrame(figures).assign(figure_id=[f"F{i}" for i in range(len(figures))])
    return official(checked(rows, Figures), counted, WARDS)


# --- the worked example ---


def test_da_nang_lacks_2059_members_for_seven_a_team():
    figures = told(figure("Số tổ CNSCĐ", 3_766), figure("Thành viên", 24_303))

    (teams,) = teams_of(figures, least=7).to_dict("records")

    assert teams["short"] == 2_059
    assert round(teams["members_a_team"], 2) == 6.45


def test_my_thuong_has_five_tech_savvy_people_in_a_hundred():
    (row,) = told(figure("Người rành công nghệ số", 2_249, 44_693, area="Mỹ Thượng")).to_dict(
        "records"
    )

    assert percent(row["share"], decimals=2) == "5,03\u00a0%"


def test_of_670_poor_households_5_are_left():
    (row,) = told(figure("Hộ nghèo có địa chỉ số", 665, 670, area="Quảng Điền")).to_dict("records")

    assert percent(row["share"], decimals=2) == "99,25\u00a0%"
    assert row["left"] == 5


def test_digital_addresses_without_a_number_of_households_have_no_share():
    (row,) = told(figure("Hộ có địa chỉ số", 24_124, area="Quảng Điền")).to_dict("records")

    assert row["known"] == "digital_addresses"
    assert math.isnan(row["share"]) and math.isnan(row["left"])
    assert percent(row["share"]) == "chưa có mẫu số"


def test_the_page_of_figures_tells_the_worked_example():
    page = (Path(__file__).parent.parent / "docs" / "figures.md").read_text(encoding="utf-8")

    for figure_told in ("2,059", "27,115,200,000", "6.45", "5.03", "99.25", "24,124"):
        assert figure_told in page


# --- rules ---


@pytest.mark.parametrize(("value", "of"), [(3, 0), (3, None), (7, 5), (-1, 5)])
def test_a_share_is_told_only_where_part_and_whole_make_sense(value, of):
    assert told(figure("x", value, of))["share"].isna().all()


def test_sources_that_disagree_stand_side_by_side():
    figures = told(
        figure("Số hộ", 300, source="phường"),
        figure("Nhân khẩu", 900),
        figure("hộ", 310, source="tổ dân phố"),
        figure("Số hộ", 280, on="2024-12-31"),
    )

    assert figures["value"].tolist() == [280, 300, 310, 900]
    assert figures["contradicted"].tolist() == [False, True, True, False]
    assert figures["source"].tolist() == ["báo", "phường", "tổ dân phố", "báo"]


def test_a_source_that_gives_no_whole_contradicts_nobody():
    figures = told(figure("Số hộ", 3, 5), figure("Số hộ", 3, None, source="b"))

    assert not figures["contradicted"].any()


def test_common_indicators_are_recognised_and_others_kept_as_written():
    named = recognised(
        pd.Series(["SỐ HỘ", "so_nhan_khau", "households", "Chợ không tiền mặt", None])
    )

    assert named.fillna("").tolist() == ["households", "residents", "households", "", ""]


def test_a_figure_stands_beside_the_count_of_the_same_thing_and_never_in_it():
    homes = checked(
        pd.DataFrame(
            {
                "household_id": ["h1", "h2", "h3"],
                "neighbourhood_id": ["A", "A", "B"],
                "ward_code": "00004",
                "residents": [3, 4, None],
                "traits": ["poor", None, None],
                "vanished_at": [None, None, None],
            }
        ),
        Households,
    )
    teams = checked(pd.DataFrame({"team_id": ["t"], "neighbourhood_id": ["A"]}), Teams)
    members = checked(
        pd.DataFrame(
            {
                "member_id": ["m", "n"],
                "neighbourhood_id": "A",
                "active_to": [None, "2026-01-01"],
            }
        ),
        Members,
    )

    counted = counts(homes, teams, members, on="2026-11-21")
    figures = told(
        figure("Số hộ", 300, at="A"),
        figure("Nhân khẩu", 900, at="A"),
        figure("Nhân khẩu", 500, at="B"),
        figure("Thành viên", 8, at="A"),
        figure("Hộ nghèo", 2, at="A"),
        counted=counted,
    )

    beside = {
        (row["area"], row["known"]): (row["value"], None if math.isnan(c := row["counted"]) else c)
        for row in figures.to_dict("records")
    }
    assert beside == {
        ("A", "households"): (300, 2),
        ("A", "residents"): (900, 7),
        ("B", "residents"): (500, None),
        ("A", "members"): (8, 1),
        ("A", "poor"): (2, 1),
    }


def test_a_figure_of_a_place_nobody_knows_is_not_the_wards():
    rows = [figure("Số hộ", 5, area="Tổ 99"), figure("Số hộ", 9, area="phường thử")]

    figures = told(*({**row, "ward_code": "00004"} for row in rows))

    areas = dict(zip(figures["name"], figures["area"].fillna(""), strict=True))
    assert areas == {"Tổ 99": "", "phường thử": "00004"}


def test_totals_say_of_how_many_nothing_can_be_said():
    figures = told(figure("Số hộ", 3, 5), figure("Số hộ", 4, 5), figure("x", 1))

    assert totals(figures) == {"figures": 3, "without_share": 1, "contradicted": 2, "unplaced": 3}
