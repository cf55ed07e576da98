"""The wall map: public unless asked otherwise, every zone numbered, hatches where colours are."""

from dataclasses import replace

import numpy as np
from PIL import Image

from exports.pdf_map import HATCH_DEGREES, HATCH_STEPS
from exports.wall import SIZES, _disc_size, _type_for, write_wall
from layers.palette import ZONE_COLORS
from tests.made_up_plan import a_plan
from tests.paper import READERS, lines_of, pictures_of, some_streets

pytestmark = READERS


def wall(folder, *, counts=None, **how):
    path = folder / "wall.pdf"
    write_wall(replace(a_plan(counts=counts), streets=some_streets()), path, **how)
    return path


def test_the_public_wall_map_tells_of_no_person(tmp_path):
    content = a_plan()
    path = wall(tmp_path)

    text = " ".join(lines_of(path)).casefold()

    people = [*content.households["head"], *content.members["name"], *content.zones["member_name"]]
    ids = [*content.households["household_id"], *content.members["member_id"]]
    phones = [*content.households["phone"], *content.members["phone"]]
    assert not [one for one in {*people, *ids, *phones} if one.casefold() in text]
    assert b"0905" not in path.read_bytes()
    assert "bản công khai" in text


def test_small_counts_are_hidden_with_what_gives_them_away(tmp_path):
    lines = lines_of(wall(tmp_path, counts={"m1": 3, "m2": 12, "m3": 9, "m4": 30}))

    assert "1 Địa bàn 01 <5" in lines
    assert "2 Địa bàn 02 ≥5" in lines
    assert not [line for line in lines if line.endswith((" 3", " 12"))]


def test_asked_for_it_names_members_and_counts(tmp_path):
    lines = lines_of(wall(tmp_path, public=False))

    assert "1 Tổ viên m1 7" in lines
    assert "4 Tổ viên m4 30" in lines
    assert any("bản nội bộ" in line for line in lines)
    assert "DỮ LIỆU MẪU" in lines


def test_zones_stand_under_their_neighbourhoods_in_order(tmp_path):
    lines = lines_of(wall(tmp_path, public=False))

    told = [line for line in lines if line in {"Tổ 1", "Tổ 2"} or "Tổ viên m" in line][-6:]
    assert told == [
        "Tổ 1",
        "1 Tổ viên m1 7",
        "2 Tổ viên m2 12",
        "Tổ 2",
        "3 Tổ viên m3 9",
        "4 Tổ viên m4 30",
    ]


def test_every_colour_has_a_hatch_of_its_own():
    assert len(ZONE_COLORS) <= len(HATCH_DEGREES) * len(HATCH_STEPS)


def test_in_grey_zones_are_told_apart_by_lines(tmp_path):
    page = np.asarray(Image.open(pictures_of(wall(tmp_path), dots=60, grey=True)[0]))

    assert page.shape == (702, 993)
    dark = page < 140
    assert 0.002 < dark.mean() < 0.2


def test_numbers_shrink_where_zones_lie_close():
    apart = np.array([(0.0, 0.0), (100.0, 0.0)])

    sizes = [_disc_size(["1", "22"], apart * share) for share in (1, 0.16, 0.001)]

    assert sizes[0] > sizes[1] > sizes[2] > 0
    assert _disc_size(["1"], apart[:1]) == sizes[0]


def test_a_long_list_takes_more_columns_and_smaller_letters():
    assert _type_for(10, 700) == (SIZES[0], 1)
    assert _type_for(200, 700)[1] > 1
    size, columns = _type_for(1_000, 700)
    assert columns * int(700 / (size * 1.35) + 1e-9) >= 1_000
