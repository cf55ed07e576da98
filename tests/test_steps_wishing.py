"""Wishes from a planner's file: read by their headings, kept with the plan, and refused with row and column."""

import pandas as pd
import pytest

import words
import workflow
from geo.errors import InputError
from tests.hamlet import DAY, a_hamlet
from tests.test_cli import diaban, document

HEADINGS = ("Mong muốn", "Mã hộ", "Hộ thứ hai", "Tổ viên", "Đặc điểm", "Kỹ năng", "Trong vòng (m)")
FIELDS = ("wish", "household_id", "other_household_id", "member_id", "trait", "skill", "within_m")


def wish(kind, **said):
    return {"wish": kind, **said}


def wish_file(folder, *rows, headings=HEADINGS, name="mong muốn.xlsx"):
    """Write wishes below a title, as planners do."""
    frame = pd.DataFrame(list(rows), columns=list(FIELDS)).set_axis(list(headings), axis=1)
    path = folder / name
    if path.suffix == ".csv":
        frame.to_csv(path, index=False)
    else:
        frame.to_excel(path, index=False, startrow=2)
    return path


@pytest.fixture(scope="module")
def hamlet(tmp_path_factory):
    """The hamlet; `m0` and `m1` live in it and are called An and Bình, `m1` knows signs; `h05` is elderly."""
    folder = tmp_path_factory.mktemp("hamlet")
    store = a_hamlet(folder)
    pd.DataFrame(
        {
            "member_id": ["m0", "m1", "m2"],
            "name": ["An", "Bình", "Chi"],
            "neighbourhood_id": "T1",
            "lat": [16.4612, 16.4624, None],
            "lon": [107.5912, 107.5927, None],
            "minutes_per_week": 120,
            "skills": [None, "lái xe, thủ ngữ", None],
        }
    ).to_csv(folder / "members.csv", index=False)
    pd.DataFrame({"household_id": ["h05"], "traits": ["người cao tuổi"]}).to_csv(
        folder / "households.csv", index=False
    )
    for kind in ("members", "households"):
        workflow.import_file(store, folder / f"{kind}.csv", kind=workflow.Kind(kind))
    yield store
    store.close()


def shared(store, path):
    """Plan with a file of wishes; return the document and the member of each household."""
    made = workflow.suggest_plan(store, area="T1", wishes=path, on=DAY)
    rows = store.load("assignments")
    own = rows[rows["plan_id"] == made["plan"]].set_index("household_id")
    return made, own["member_id"]


def test_every_kind_of_wish_is_read_and_honoured(hamlet, tmp_path):
    path = wish_file(
        tmp_path,
        wish("Khóa", household_id="h00", member_id="m2"),
        wish("tránh", household_id="h29", member_id="Bình"),
        wish("Cùng người", household_id="h10", other_household_id="h11"),
        wish("cần kỹ năng", trait="người cao tuổi", skill="Thủ ngữ"),
        wish("khu riêng", member_id="An", within_m=80),
    )

    made, member = shared(hamlet, path)

    assert member["h00"] == "m2"
    assert member["h29"] != "m1"
    assert member["h10"] == member["h11"]
    assert member["h05"] == "m1"
    homes = hamlet.load("households").set_index("household_id").to_crs("EPSG:32648")
    people = hamlet.load("members").set_index("member_id").to_crs("EPSG:32648")
    own = homes.loc[member.index[member == "m0"]]
    assert len(own) and own.distance(people.geometry["m0"]).max() <= 80
    assert made["wishes"] == [
        {"wish": "lock", "household_id": "h00", "member_id": "m2"},
        {"wish": "forbid", "household_id": "h29", "member_id": "m1"},
        {"wish": "together", "household_id": "h10", "other_household_id": "h11"},
        {"wish": "skill", "trait": "elderly", "skill": "Thủ ngữ"},
        {"wish": "home_area", "member_id": "m0", "within_m": 80.0},
    ]


def test_the_wishes_of_a_plan_are_known_to_who_asks_later(hamlet, tmp_path):
    path = wish_file(tmp_path, wish("tránh", household_id="h07", member_id="m1"))
    made, _ = shared(hamlet, path)

    told = workflow.why_member(hamlet, made["plan"], "h07", on=DAY).set_index("member_id")

    assert told["barred_by"].to_dict() == {"m0": "none", "m1": "forbidden", "m2": "none"}


def test_the_command_line_takes_the_file_beside_locks(hamlet, tmp_path):
    path = wish_file(tmp_path, wish("giữ", household_id="h00", member_id="Chi"), name="w.csv")
    locks = tmp_path / "locks.csv"
    locks.write_text("household_id,member_id\nh01,m2\n", encoding="utf-8")
    base = hamlet.engine.url.database

    made = document("plan", "--area", "T1", "--wishes", path, "--lock", locks, database=base)

    assert [one["household_id"] for one in made["wishes"]] == ["h01", "h00"]


def test_a_lock_against_a_greatest_walk_is_told_as_a_conflict(hamlet, tmp_path):
    file = tmp_path / "members.csv"
    table = pd.DataFrame({"member_id": ["m0"], "walks_at_most_m": [30]})
    table.to_csv(file, index=False)
    report = workflow.import_file(hamlet, file, kind=workflow.Kind.MEMBERS)
    path = wish_file(tmp_path, wish("khóa", household_id="h29", member_id="m0"))

    told = diaban("plan", "--area", "T1", "--wishes", path, database=hamlet.engine.url.database)
    last = workflow.plans(hamlet)["plan_id"].iloc[0]
    conflict = workflow.plan_document(hamlet, last)["areas"][0]["conflict"]
    workflow.undo(hamlet, report.import_id)

    assert [(one["rule"], one["member_id"]) for one in conflict["rules"]] == [
        ("locked", "m0"),
        ("too_far", "m0"),
    ]
    assert conflict["households"] == ["h29"]
    assert "hộ đã khóa (m0); quãng đường đi bộ tối đa (m0)" in told.stdout


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        (wish("cấm cửa", household_id="h00"), "wishes_wish_unreadable", "Mong muốn"),
        (wish(None, household_id="h00"), "wishes_cell_missing", "Mong muốn"),
        (wish("khóa", household_id="h00"), "wishes_cell_missing", "Tổ viên"),
        (
            wish("khóa", household_id="h00", member_id="m0", skill="lái xe"),
            "wishes_cell_unused",
            "Kỹ năng",
        ),
        (wish("khóa", household_id="h99", member_id="m0"), "wishes_household_unknown", "Mã hộ"),
        (
            wish("cùng người", household_id="h00", other_household_id="h99"),
            "wishes_household_unknown",
            "Hộ thứ hai",
        ),
        (wish("tránh", household_id="h00", member_id="Dũng"), "wishes_member_unknown", "Tổ viên"),
        (
            wish("cần kỹ năng", trait="cao lớn", skill="lái xe"),
            "wishes_trait_unreadable",
            "Đặc điểm",
        ),
        (wish("cần kỹ năng", trait="nghèo", skill="bơi"), "wishes_skill_unknown", "Kỹ năng"),
        (
            wish("khu riêng", member_id="m0", within_m="gần"),
            "wishes_within_m_unreadable",
            HEADINGS[-1],
        ),
        (wish("khu riêng", member_id="m0", within_m=0), "wishes_within_m_unreadable", HEADINGS[-1]),
        (wish("khu riêng", member_id="m2", within_m=90), "wishes_home_unknown", "Tổ viên"),
    ],
)
def test_a_bad_row_is_refused_with_its_row_and_column(hamlet, tmp_path, row, code, column):
    good = wish("khóa", household_id="h01", member_id="m1")
    path = wish_file(tmp_path, good, row)

    with pytest.raises(InputError, match=code) as raised:
        workflow.suggest_plan(hamlet, area="T1", wishes=path, on=DAY)

    facts = raised.value.facts
    assert (facts["file"], facts["row"], facts["column"], facts["count"]) == (
        path.name,
        "5",
        column,
        1,
    )
    for lang in ("vi", "en"):
        assert all(said in words.sentence(code, lang, **facts) for said in (path.name, "5", column))


def test_two_home_areas_for_one_member_are_refused(hamlet, tmp_path):
    rows = [wish("khu riêng", member_id=name, within_m=90) for name in ("m0", "An")]

    with pytest.raises(InputError, match="wishes_home_area_twice"):
        shared(hamlet, wish_file(tmp_path, *rows))


def test_a_lock_to_somebody_of_another_neighbourhood_is_refused(hamlet, tmp_path):
    table = pd.DataFrame({"member_id": ["x"], "neighbourhood_id": ["T2"]})
    table.to_csv(tmp_path / "members.csv", index=False)
    report = workflow.import_file(hamlet, tmp_path / "members.csv", kind=workflow.Kind.MEMBERS)
    path = wish_file(tmp_path, wish("khóa", household_id="h00", member_id="x"))

    with pytest.raises(InputError, match="wishes_apart"):
        shared(hamlet, path)
    workflow.undo(hamlet, report.import_id)


def test_a_file_without_a_column_of_wishes_or_with_other_sheets_is_refused(hamlet, tmp_path):
    strange = wish_file(tmp_path, wish("khóa"), headings=("Việc", *HEADINGS[1:]))
    two = tmp_path / "hai trang.xlsx"
    with pd.ExcelWriter(two) as book:
        frame = pd.DataFrame([("khóa", "h00", "m0")], columns=["Mong muốn", "Mã hộ", "Tổ viên"])
        frame.to_excel(book, sheet_name="Mong muốn", index=False)
        pd.DataFrame({"Việc": ["a"], "Ai": ["b"]}).to_excel(book, sheet_name="Khác", index=False)

    with pytest.raises(InputError, match="wishes_no_column"):
        shared(hamlet, strange)
    with pytest.raises(InputError, match="wishes_sheets"):
        shared(hamlet, two)
