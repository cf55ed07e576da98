"""A plan printed from the store: by command and by function, whose names, which order, where codes lead."""

import re
from itertools import pairwise

import pytest

import workflow
from data.settings import PUBLIC_ADDRESS, setting
from geo.errors import InputError, NotFoundError
from tests.hamlet import DAY, a_hamlet, planned, write_rows
from tests.paper import READERS, codes_in, lines_of, pictures_of
from tests.test_cli import diaban, document

pytestmark = READERS


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("paper")


@pytest.fixture(scope="module")
def hamlet(folder):
    store = a_hamlet(folder)
    write_rows(
        folder / "more.csv",
        [("h05", "g", "2026-10-01", "absent", "chó dữ"), ("h05", "g", "2026-10-09", "absent", "")],
        "household_id goal_id visited_at outcome note",
    )
    options = workflow.ImportOptions(ward="19969", on=DAY)
    workflow.import_file(store, folder / "more.csv", kind="visits", options=options)
    planned(store, "Đợt 1")
    yield store
    store.close()


def printed(hamlet, folder, **how):
    to = folder / "out.pdf"
    workflow.export_paper(hamlet, "Đợt 1", to, on=DAY, **how)
    return to


def ids_of(path):
    return [line for line in lines_of(path) if re.fullmatch(r"h\d\d", line)]


def test_every_household_of_the_plan_is_printed_once(hamlet, folder):
    rows = workflow.plan_frames(hamlet, "Đợt 1").households

    assert sorted(ids_of(printed(hamlet, folder))) == sorted(
        rows.loc[rows["member_id"].notna(), "household_id"]
    )


def test_one_member_gets_one_packet(hamlet, folder):
    rows = workflow.plan_frames(hamlet, "Đợt 1").households
    own = rows.loc[rows["member_id"] == "m1", "household_id"]

    path = printed(hamlet, folder, member="m1")

    assert sorted(ids_of(path)) == sorted(own)


def test_the_list_goes_from_door_to_door(hamlet, folder):
    places = workflow.plan_frames(hamlet, "Đợt 1").households.to_crs(32648)
    places = places.set_index("household_id").geometry

    order = ids_of(printed(hamlet, folder, member="m0"))

    steps = [places[one].distance(places[to]) for one, to in pairwise(order)]
    # houses stand about 32 m apart, in rows of six
    assert max(steps) < 3 * 34


def test_what_is_left_to_do_and_what_was_last_heard_is_said(hamlet, folder):
    lines = lines_of(printed(hamlet, folder))

    of = {name: " ".join(lines[lines.index(name) :][:5]) for name in ("h00", "h01", "h05")}
    assert "Chỉ tiêu (gặp lại)" in of["h00"]
    assert "đã xong gặp, 20/11/2026" in of["h01"]
    assert "Chỉ tiêu" in of["h05"]
    assert "vắng, 09/10/2026" in of["h05"]
    assert "chó dữ" in of["h05"]


def test_codes_open_the_zone_where_the_ward_has_an_address(hamlet, folder):
    plan = workflow.plans(hamlet)["plan_id"].iloc[0]
    before = codes_in(pictures_of(printed(hamlet, folder, member="m2"))[1])

    workflow.set_public_address(hamlet, " http://10.0.0.7:8501/ ")
    after = codes_in(pictures_of(printed(hamlet, folder, member="m2"))[1])
    workflow.set_public_address(hamlet, None)

    assert before == {f"diaban:{plan}/m2/1"}
    opens = f"http://10.0.0.7:8501/phuong-an?plan={plan}&plan_part=weeks&weeks_member=m2"
    assert after == before | {opens}
    assert setting(hamlet, PUBLIC_ADDRESS) == {}


@pytest.mark.parametrize(
    "address",
    [
        "diaban.vn",
        "ftp://x.vn",
        "http://",
        "http://x.vn/a b",
        "http://[",
        "https://x.vn/" + "a" * 99,
    ],
)
def test_what_is_no_address_is_refused(hamlet, address):
    with pytest.raises(InputError, match="address_wrong"):
        workflow.set_public_address(hamlet, address)


def test_whoever_waits_is_told_of_each_member(hamlet, folder):
    heard = []

    printed(hamlet, folder, progress=lambda what, share: heard.append((share, what)))

    assert heard == sorted(heard, key=lambda one: one[0])
    assert heard[-1] == (1.0, "")
    assert len({what for _, what in heard} - {""}) == 3


def test_packets_are_never_public_and_the_wall_map_is_unless_asked(hamlet, folder):
    with pytest.raises(InputError, match="packets_public"):
        printed(hamlet, folder, public=True)

    wall = lines_of(printed(hamlet, folder, sheet="wall"))
    full = lines_of(printed(hamlet, folder, sheet="wall", public=False))

    assert any("bản công khai" in line for line in wall)
    assert any("bản nội bộ" in line for line in full)


@pytest.mark.parametrize(
    ("sheet", "file", "error"),
    [("poster", "a.pdf", "sheet_unknown"), ("wall", "a.xlsx", "sheet_ending_wrong")],
)
def test_a_sheet_that_is_none_is_said(hamlet, folder, sheet, file, error):
    with pytest.raises(InputError, match=error):
        workflow.export_paper(hamlet, "Đợt 1", folder / file, sheet=sheet, on=DAY)


def test_a_member_without_households_is_said(hamlet, folder):
    with pytest.raises(NotFoundError, match="member_without_list"):
        printed(hamlet, folder, member="nobody")


def test_the_command_writes_packets_and_refuses_public_ones(hamlet, folder):
    base, to = folder / "store.sqlite", folder / "cli.pdf"

    told = diaban("export", "Đợt 1", "--to", to, "--on", DAY.isoformat(), database=base)
    refused = diaban("export", "Đợt 1", "--to", to, "--public", database=base, expect=1)

    assert str(to) in told.stdout
    assert len(ids_of(to)) == len(set(ids_of(to))) == 30
    assert "--sheet wall" in refused.stderr


def test_an_unknown_sheet_is_wrong_usage_and_nothing_is_written(hamlet, folder):
    base, to = folder / "store.sqlite", folder / "poster.pdf"

    said = diaban("export", "Đợt 1", "--to", to, "--sheet", "poster", database=base, expect=2)

    assert "Không có mẫu poster" in said.stderr
    assert not to.exists()


def test_the_command_writes_a_wall_map_in_english(hamlet, folder):
    base, to = folder / "store.sqlite", folder / "wall.pdf"

    diaban("export", "Đợt 1", "--to", to, "--sheet", "wall", "--lang", "en", database=base)

    assert any(line.startswith("Map of the zones") for line in lines_of(to))


def test_the_command_keeps_the_address(hamlet, folder):
    base = folder / "store.sqlite"

    assert document("address", database=base) == {"public_address": None}
    diaban("address", "https://diaban.phuong.vn", database=base)
    assert document("address", database=base) == {"public_address": "https://diaban.phuong.vn"}
    assert "diaban.phuong.vn" in diaban("address", database=base).stdout
    diaban("address", "--none", database=base)
    assert document("address", database=base) == {"public_address": None}
    assert "http" in diaban("address", "x", database=base, expect=1).stderr
