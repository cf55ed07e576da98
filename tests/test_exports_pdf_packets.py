"""Packets as other programs see them: every household once, every name whole, every code readable, without colour."""

import html
import re
import subprocess
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from shapely import Point

from exports.packets import write_packets
from exports.packets_list import LEFT, pages_of, row_of
from exports.packets_team import ROWS_A_PAGE, MemberLine, team_pages
from geo.errors import InputError
from tests.paper import READERS, bound, codes_in, lines_of, packets, pictures_of

pytestmark = READERS

HOSTILE = "<img src=x onerror=alert(1)>"
LONG = "Công Tằng Tôn Nữ " * 40
UNBROKEN = "W" * 400
NUMBERED = re.compile(r"\(?(\d+)\)? (.+)")


def listed(path):
    """Return number, name and id of each row of all lists."""
    lines = lines_of(path)
    rows = pairwise(lines)
    return [
        (int(found[1]), found[2], below)
        for line, below in rows
        if (found := NUMBERED.fullmatch(line)) and re.fullmatch(r"m\d-\d{3}", below)
    ]


@pytest.fixture(scope="module")
def paper(tmp_path_factory):
    return bound(tmp_path_factory.mktemp("paper"))


def test_every_household_stands_once_in_walking_order_with_its_name_whole(paper):
    homes = packets().households

    found = listed(paper)

    expected = zip(homes["stop"], homes["head"], homes["household_id"], strict=True)
    assert sorted(found) == sorted(expected)
    for member in homes["member_id"].unique():
        own = [stop for stop, _, name in found if name.startswith(member)]
        assert own == sorted(own)


def test_headings_and_pages_stand_on_every_page_of_a_list(paper):
    # one team page each for two teams, and a map and a list for each of four members; the list of 30 takes two pages
    pages = [lines_of(paper, page=page) for page in range(1, 12)]

    last = pages[-3:]
    told = [[line for line in page if "trang" in line][-1] for page in last]
    assert [line[-9:] for line in told] == ["trang 1/3", "trang 2/3", "trang 3/3"]
    assert all(any(line.startswith("Số Hộ (chủ hộ") for line in page) for page in last[1:])
    assert all("DỮ LIỆU MẪU" in page for page in pages)
    assert all("Phương án tháng 6 · 01/06/2026" in page for page in pages)


def test_the_page_of_a_team_sums_up_its_members(paper):
    lines = lines_of(paper, page=1)

    assert "Tổ công nghệ số 1" in lines
    assert "Tổ viên m1 7 4 210 3 2" in lines
    assert "Tổ viên m2 12 8 360 1 2" in lines
    assert "Cả tổ 19 12 570 3 4" in lines


def test_a_team_page_tells_of_households_nobody_has(paper):
    lines = [line for page in range(1, 12) for line in lines_of(paper, page=page)]

    assert "1 hộ trong khu vực này chưa có tổ viên nào phụ trách." in lines


def test_every_page_of_a_packet_has_a_code_that_tells_which_it_is(paper):
    read = [codes_in(picture) for picture in pictures_of(paper, dots=110)]

    packets_of_pages = [("m1", 2), ("m2", 2), ("m3", 2), ("m4", 3)]
    told = [
        {f"diaban:p1/{member}/{page}"}
        for member, pages in packets_of_pages
        for page in range(1, pages + 1)
    ]
    # a page for each team stands before its members, and is nobody's packet
    assert read == [set(), *told[:4], set(), *told[4:]]


def test_codes_are_read_from_a_grey_copy(paper):
    pictures = pictures_of(paper, dots=110, grey=True)

    assert codes_in(pictures[2]) == {"diaban:p1/m1/2"}


def test_a_second_code_opens_the_zone_only_where_the_ward_has_an_address(tmp_path):
    one = bound(tmp_path, counts={"m1": 3}, address="https://diaban.phuong.vn/")

    pictures = pictures_of(one)

    address = "https://diaban.phuong.vn/phuong-an?plan=p1&plan_part=weeks&weeks_member=m1"
    assert codes_in(pictures[1]) == {"diaban:p1/m1/1", address}
    assert codes_in(pictures[2]) == {"diaban:p1/m1/2"}


def test_paper_has_no_colour_so_nothing_depends_on_it(paper):
    pages = [np.asarray(Image.open(page).convert("RGB")) for page in pictures_of(paper, dots=40)]

    assert all((page == page[:, :, :1]).all() for page in pages)


def test_the_zone_is_white_and_zones_around_are_grey(paper):
    page = np.asarray(Image.open(pictures_of(paper, dots=40)[1]).convert("L"))

    map_part = page[70:420, 20:310]
    pale = (map_part > 230) & (map_part < 245)
    assert (map_part == 255).mean() > 0.2
    assert pale.mean() > 0.1


def test_hostile_names_are_text_and_stay_in_their_cells(tmp_path):
    names = [HOSTILE, "<b>", "A & B", LONG, UNBROKEN, "Lê <i>Thị</i> &amp; Mẫu"]
    path = bound(tmp_path, counts={"m1": 7}, heads=names, notes=[f"{HOSTILE} {LONG}"])

    lines = lines_of(path)

    assert "2 <b>" in lines
    assert "3 A & B" in lines
    assert "Lê <i>Thị</i> &amp; Mẫu" in " ".join(lines)
    assert re.sub(r"\W", "", HOSTILE) in re.sub(r"\W", "", "".join(lines))
    for left, right, word in words_of(path, page=3):
        edges = [x for x in LEFT.values() if left + 0.5 < x < right - 0.5]
        assert not edges or word in {"tìm", "không"}, word


def words_of(path, *, page):
    """Return where each word of a page begins and ends, and the word, below the head."""
    told = subprocess.run(
        ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), str(path), "-"],
        capture_output=True,
        check=True,
    ).stdout.decode()
    found = re.findall(
        r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">(.*?)</word>', told
    )
    return [
        (float(left), float(right), html.unescape(word))
        for left, top, right, low, word in found
        if float(top) > 130 and float(low) < 800
    ]


def test_a_row_higher_than_its_text_needs_is_never_torn():
    household = packets(counts={"m1": 1}).households.drop(columns="geometry").iloc[0].to_dict()
    low, high = (row_of(household | {"note": note}, "vi") for note in ("", LONG))

    pages = pages_of([low, high, low, high], low.height + high.height)

    assert high.height > low.height
    assert [len(page) for page in pages] == [2, 2]


def test_what_is_unknown_is_said(tmp_path):
    made = packets(counts={"m1": 2})
    homes = made.households.assign(
        head=None,
        address=None,
        located=False,
        last_on=None,
        last_outcome=None,
        note=None,
        goals_first=[[""], []],
        goals_again=[[], [""]],
    )
    path = tmp_path / "unknown.pdf"
    write_packets(replace(made, households=homes.set_geometry([Point(), None])), path)

    text = " ".join(lines_of(path))

    for told in (
        "(chưa rõ chủ hộ)",
        "chưa có địa chỉ (chưa có vị trí)",
        "chưa thăm lần nào",
        "• gặp hộ",
        "• gặp hộ (gặp lại)",
        "2 hộ chưa có vị trí, ở cuối danh sách",
    ):
        assert told in text


def test_english_packets_say_so(tmp_path):
    text = " ".join(lines_of(bound(tmp_path, counts={"m1": 2}, lang="en")))

    assert "Still to do" in text
    assert "page 1/2" in text


def test_the_same_plan_gives_the_same_bytes(tmp_path):
    (tmp_path / "again").mkdir()

    assert bound(tmp_path).read_bytes() == bound(tmp_path / "again").read_bytes()


def test_whoever_waits_is_told_who_is_being_bound(tmp_path):
    heard = []

    write_packets(
        packets(), tmp_path / "p.pdf", progress=lambda what, share: heard.append((what, share))
    )

    assert [what for what, _ in heard] == [*(f"Tổ viên m{i}" for i in range(1, 5)), ""]
    assert [share for _, share in heard] == [0, 0.25, 0.5, 0.75, 1.0]


def test_only_letters_used_are_embedded(paper):
    told = subprocess.run(["pdffonts", str(paper)], capture_output=True, check=True).stdout.decode()

    fonts = [line for line in told.splitlines() if "BeVietnamPro" in line]
    assert len(fonts) == len(told.splitlines()) - 2
    assert all(re.search(r"\+BeVietnamPro.* yes yes yes", font) for font in fonts)


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(InputError, match="export_folder_missing"):
        write_packets(packets(counts={"m1": 2}), tmp_path / "no" / "p.pdf")


def test_a_large_team_takes_several_pages():
    one = MemberLine(name="m", households=1, to_do=1, minutes=1.0, weeks=1, pages=2)

    assert [len(page) for page in team_pages([one] * (ROWS_A_PAGE + 1))] == [ROWS_A_PAGE, 1]
