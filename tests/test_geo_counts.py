import numpy as np
import pytest
from pandas import Series

from geo.counts import Indicator, counts_in, filled_in, name_of, place_key

HOUSEHOLDS, RESIDENTS = Indicator.HOUSEHOLDS, Indicator.RESIDENTS


def said(text):
    return [(count.of, count.indicator, count.value) for count in counts_in(text)]


@pytest.mark.parametrize(
    ("text", "households", "residents"),
    [
        ("HỘ: 337      KHẨU 1230", 337, 1230),
        ("HỘ:  542        KHẨU:   1949", 542, 1949),
        ("Hộ: 1.230, nhân khẩu: 4.100", 1230, 4100),
        ("số hộ 70; số khẩu 269.", 70, 269),
    ],
)
def test_a_text_of_nothing_but_figures_states_them(text, households, residents):
    counts = counts_in(text)

    assert [(count.indicator, count.value) for count in counts] == [
        (HOUSEHOLDS, households),
        (RESIDENTS, residents),
    ]
    assert all(count.stated and count.of is None and not count.part for count in counts)


def test_a_story_of_a_merge_tells_the_old_ones_and_the_sum():
    text = "TDP Thử mới:\u00a0 Ghép TDP Thử (546 hộ, 1960 khẩu) + Bên (225 hộ, 675 khẩu) = 771 hộ"

    assert said(text) == [
        ("TDP Thử", HOUSEHOLDS, 546),
        ("TDP Thử", RESIDENTS, 1960),
        ("Bên", HOUSEHOLDS, 225),
        ("Bên", RESIDENTS, 675),
        ("TDP Thử mới", HOUSEHOLDS, 771),
    ]
    assert not any(count.stated or count.part for count in counts_in(text))


def test_a_count_before_a_name_is_a_part_of_that_place():
    (count,) = counts_in("16 hộ tổ 52")

    assert (count.of, count.value, count.part) == ("tổ 52", 16, True)


def test_two_counts_of_one_place_in_one_text_are_both_told():
    assert said("TỔ 9: 502 hộ (610 hộ ; 2452 khẩu)") == [
        ("TỔ 9", HOUSEHOLDS, 502),
        ("TỔ 9", HOUSEHOLDS, 610),
        ("TỔ 9", RESIDENTS, 2452),
    ]


@pytest.mark.parametrize("text", ["HỘ: 0 KHẨU: 0", "Tổ 5 (0 hộ)", "Tổ 12", "hộ gia đình"])
def test_zero_and_no_figure_tell_nothing(text):
    assert counts_in(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Tổ\u00a0 11 (393 Hộ, 1800 khẩu (KDC Mẫu 6).", "Tổ 11"),
        ("TDP Mẫu 2:\u00a0 565 hộ. Giữ nguyên", "TDP Mẫu 2"),
        ("TỔ 24 - HƯỞNG PHƯỚC", "TỔ 24 - HƯỞNG PHƯỚC"),
        ("To\u0302\u0309 3", "Tổ 3"),
        ("Đa giác 137", None),
        ("Đường thẳng 34", None),
        ("Điểm26 HỘ TỔ 24", None),
        ("3 HỘ TỔ 24", None),
        ("Untitled Polygon", None),
        ("  ", None),
    ],
)
def test_a_name_ends_at_a_bracket_a_colon_or_a_count(text, name):
    assert name_of(text) == name


def test_names_of_one_place_have_one_key():
    assert len({place_key(name) for name in ("Tổ DP Mẫu 3", "TDP mẫu 3", "Tổ dân phố Mẫu 3")}) == 1
    assert place_key("Tổ 06") == place_key("TỔ SỐ 6")


def test_zero_households_were_not_filled_in():
    assert filled_in(Series([0, 12, np.nan])).fillna(-1).tolist() == [-1, 12, -1]
