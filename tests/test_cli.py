"""The command line, as people and scripts run it: a small made-up ward from the first file to the last."""

import io
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import NamedTuple
from unittest import mock

import pytest
import typer

import cli
from words import HELP

ROOT = Path(__file__).parent.parent
DAY = "2026-11-21"
EMPTY = {"households": 0, "reached": 0, "unreached": 0, "due_again": 0, "ever_reached": 0}


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


def diaban(*words, database=None, lang="vi", expect=0):
    """Run a command as `diaban` does, in this process: starting a new one each time takes longer than the work."""
    said = {"DIABAN_LANG": lang, "DIABAN_DATABASE": str(database or "")}
    out, err = io.StringIO(), io.StringIO()
    with (
        mock.patch.dict(os.environ, said),
        mock.patch.object(sys, "argv", ["diaban", *map(str, words)]),
        redirect_stdout(out),
        redirect_stderr(err),
        pytest.raises(SystemExit) as ended,
    ):
        cli.main()
    done = Done(int(ended.value.code or 0), out.getvalue(), err.getvalue())
    assert done.returncode == expect, done.stderr
    return done


def document(*words, **said):
    done = diaban(*words, "--json", **said)
    assert done.stdout.count("\n") == 1, "nothing but one document on stdout"
    return json.loads(done.stdout)


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A folder with spaces and Vietnamese letters, holding a small made-up ward and its store."""
    folder = tmp_path_factory.mktemp("Phường thử")
    diaban("demo", folder / "tệp", "--households", 400, "--seed", 1, "--until", DAY)
    document("import", folder / "tệp", database=folder / "cơ sở.sqlite")
    return folder


@pytest.fixture(scope="module")
def base(place):
    return place / "cơ sở.sqlite"


@pytest.fixture(scope="module")
def plan(base):
    return document("plan", "--all", "--name", "Đợt 1", "--on", DAY, database=base)


def test_a_demo_folder_that_cannot_be_made_is_told_in_a_line(tmp_path):
    taken = tmp_path / "taken"
    taken.write_text("a file")

    done = diaban("demo", taken, "--households", 50, expect=1)

    assert str(taken) in done.stderr
    assert done.stderr.count("\n") == 1


def test_a_demo_folder_holds_one_file_a_kind_and_says_that_it_is_made_up(place):
    stems = {path.stem for path in (place / "tệp").iterdir()}

    assert stems == {
        *("wards", "neighbourhoods", "streets", "barriers", "households"),
        *("teams", "members", "goals", "visits", "assignments", "DU-LIEU-MAU"),
        *("addresses", "figures"),
    }


def test_the_files_imported_one_by_one_in_any_order_give_the_same_figures(place, base, tmp_path):
    other = tmp_path / "khác.sqlite"
    files = sorted(path for path in (place / "tệp").iterdir() if path.suffix != ".txt")
    for path in [*files[5:], *files[:5][::-1]]:
        document("import", path, "--as", path.stem, database=other)

    for by in ("ward", "neighbourhood", "team"):
        question = ("coverage", "--by", by, "--on", DAY)
        assert document(*question, database=other) == document(*question, database=base)
    question = ("unreached", "--on", DAY)
    assert document(*question, database=other) == document(*question, database=base)


def test_ward_totals_equal_the_neighbourhoods_and_the_listed_outsiders(base):
    by_ward = document("coverage", "--by", "ward", "--on", DAY, database=base)
    by_place = document("coverage", "--on", DAY, database=base)

    for count in EMPTY:
        overall = [row[count] for row in by_place["rows"] if row["goal"] is None]
        assert sum(overall) == by_ward["total"][count] == by_place["total"][count]
    outside = [r for r in by_place["rows"] if r["area"] is None and r["goal"] is None]
    assert len(outside) == 1 and outside[0]["households"] > 0


def test_every_unreached_household_has_one_cause(base):
    rows = document("unreached", "--on", DAY, database=base)["rows"]
    total = document("coverage", "--by", "ward", "--on", DAY, database=base)["total"]

    assert len(rows) == len({row["household_id"] for row in rows}) == total["unreached"]
    assert all(row["cause"] for row in rows)


def test_the_list_of_the_unreached_can_be_taken_away(base, tmp_path):
    import openpyxl

    done = diaban("unreached", "--on", DAY, "--to", tmp_path / "x.xlsx", database=base)

    rows = document("unreached", "--on", DAY, database=base)["rows"]
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0]
    assert sheet.max_row == len(rows) + 1
    assert str(tmp_path / "x.xlsx") in done.stdout


def test_a_plan_answers_with_the_agreed_keys_and_no_zone_disconnected(plan):
    agreed = {"area", "households", "members", "assigned", "unassigned", "load_min", "walk_m"}
    agreed |= {"zones_disconnected", "lower_bound", "gap", "changed_households", "seconds", "seed"}

    assert set(plan) == {"plan", "name", "areas", "total", "wishes"}
    assert all(agreed <= set(area) for area in plan["areas"])
    assert agreed - {"area"} <= set(plan["total"])
    assert plan["total"]["zones_disconnected"] == 0
    for area in plan["areas"]:
        assert area["assigned"] + len(area["unassigned"]) == area["households"]


def test_the_same_seed_gives_the_same_plan(base, plan):
    again = document("plan", "--all", "--name", "Đợt 1 lặp lại", "--on", DAY, database=base)

    def timeless(answer):
        areas = [{k: v for k, v in area.items() if k != "seconds"} for area in answer["areas"]]
        return areas, {k: v for k, v in answer["total"].items() if k != "seconds"}

    assert timeless(again) == timeless(plan)


def test_a_plan_in_force_says_who_is_in_charge(base, plan):
    diaban("approve", "Đợt 1", database=base)

    by_member = document("coverage", "--by", "member", "--on", DAY, database=base)["rows"]
    served = sum(r["households"] for r in by_member if r["goal"] is None and r["area"])
    assert served == plan["total"]["assigned"]
    assert [row["status"] for row in document("plans", database=base)["plans"]].count(
        "approved"
    ) == 1


@pytest.mark.parametrize("ending", ["gpkg", "geojson", "xlsx", "csv", "html"])
def test_a_plan_is_written_in_every_format(base, plan, tmp_path, ending):
    target = tmp_path / f"kế hoạch.{ending}"

    diaban("export", plan["plan"], "--to", target, database=base)

    assert target.stat().st_size > 1_000
    assert list(tmp_path.iterdir()) == [target]


def test_a_written_plan_comes_back_as_assignments(base, plan, tmp_path):
    diaban("export", plan["plan"], "--to", tmp_path / "về.csv", "--full", database=base)

    report = document("import", tmp_path / "về.csv", "--as", "assignments", database=base)

    assert report["added"] == plan["total"]["assigned"]
    diaban("undo", report["import_id"], database=base)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["plan"], 2),
        (["plan", "--all", "--area", "x"], 2),
        (["plan", "--area", "x"], 1),
        (["coverage", "--by", "planet"], 2),
        (["coverage", "--on", "hôm nay"], 2),
        (["coverage", "--goal", "x"], 1),
        (["export", "x", "--to", "a.gpkg"], 1),
        (["import", "not-there.csv"], 1),
        (["import", "x.csv", "--ward", "12"], 2),
        (["undo", "I99999"], 1),
        (["approve", "x"], 1),
        (["backup", "x"], 2),
        (["export", "x", "--to", "a.gpkg", "--public", "--full"], 2),
        (["unreached", "--to", "a.csv"], 2),
    ],
)
@pytest.mark.parametrize("lang", ["vi", "en"])
def test_mistakes_end_with_a_sentence_and_no_traceback(base, words, code, lang):
    done = diaban(*words, database=base, lang=lang, expect=code)

    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    if code == 1:
        assert 1 <= done.stderr.count("\n") <= 2
        assert "_" not in done.stderr.replace("I99999", "")


def test_rows_set_aside_are_saved_for_their_owner_only_and_the_path_printed(base, tmp_path):
    import openpyxl

    file = tmp_path / "visits.csv"
    file.write_text(
        "household_id,visited_at,outcome,CCCD\nMAU-1,hôm kia,gặp,046099001234\n", encoding="utf-8"
    )

    report = document("import", file, "--mix-made-up", database=base)

    saved = Path(report["rejects"])
    cells = [cell.value for row in openpyxl.load_workbook(saved).worksheets[0] for cell in row]
    assert report["set_aside"] == 1
    assert saved.stat().st_mode & 0o077 == 0
    assert "hôm kia" in cells and "046099001234" not in cells
    assert report["problems"][-1]["message"]


def test_kill_during_an_import_leaves_the_store_as_it_was(place, tmp_path):
    """Killed at ten moments of the same import; nothing of it stays, and the next one works."""
    target = tmp_path / "x.sqlite"
    document("import", place / "tệp" / "wards.gpkg", database=target)
    before = contents(target)
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "import",
        str(place / "tệp" / "households.xlsx"),
    ]
    environment = {**os.environ, "DIABAN_DATABASE": str(target), "PYTHONPATH": str(ROOT)}

    for moment in range(10):
        running = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE)
        time.sleep(0.4 + 0.15 * moment)
        running.send_signal(signal.SIGKILL)
        running.communicate()
        if contents(target) != before:
            assert contents(target)["households"] > 0, "whole or not at all"
            break

    document("import", place / "tệp" / "households.xlsx", database=target)
    assert contents(target)["households"] == 408


def contents(path):
    with sqlite3.connect(path) as connection:
        tables = ("wards", "households", "imports", "changes", "problems")
        counts = {t: connection.execute(f"select count(*) from {t}").fetchone()[0] for t in tables}
    connection.close()
    return counts


def test_every_option_of_the_commands_page_exists_and_every_option_is_on_it():
    import typer

    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    command = typer.main.get_command(cli.app)
    for name, one in command.commands.items():
        assert f" {name} " in page or f" {name}\n" in page, name
        for parameter in one.params:
            for option in parameter.opts + parameter.secondary_opts:
                if option.startswith("--") and option != "--help":
                    assert option in page, f"{name} {option}"


def test_the_installed_command_says_what_it_can_do_and_imports_nothing_heavy_for_that():
    told = subprocess.run(
        [sys.executable, "-X", "importtime", str(ROOT / "cli.py"), "--help"],
        capture_output=True,
        encoding="utf-8",
        check=True,
    )

    assert "unreached" in told.stdout
    assert "pandas" not in told.stderr


def test_every_command_and_option_is_explained_in_vietnamese():
    command = typer.main.get_command(cli.app)
    told = [command, *command.commands.values()]
    told += [option for one in told for option in one.params]
    english = {" ".join(one.help.split()) for one in told if getattr(one, "help", None)}

    ours = {text for text in english if not text.startswith("Show this message")}
    assert ours - set(HELP) == set()
