"""The command line: one command per workflow function; `docs/commands.md` is its contract."""

import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

import words
from geo.errors import DiabanError, InputError
from geo.terms import Kind

VIETNAM = timezone(timedelta(hours=7))
IMPORT_COLUMNS = (
    "import_id",
    "kind",
    "file_name",
    "imported_at",
    "added",
    "changed",
    "set_aside",
    "undone_at",
)
# A table in a pipe is as wide as it needs; a terminal says its own width.
PIPE_WIDTH = 160
AREAS = ("ward", "neighbourhood", "team", "member")

app = typer.Typer(
    name="diaban",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="Địa bàn: where teams have reached, who is left, and who takes which households.",
)

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="DIABAN_DATABASE",
        help="A file path or a database URL.",
        show_envvar=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Area = Annotated[str | None, typer.Option("--area", help="A ward's or neighbourhood's code.")]
Goal = Annotated[str | None, typer.Option("--goal", help="A goal's id; all goals without it.")]
Day = Annotated[
    str | None, typer.Option("--on", help="The day (YYYY-MM-DD) to judge on; today without it.")
]


def main() -> None:
    """Run the command; what a person can mend is told in a line or two, exit 1."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Windows consoles are not by default
    try:
        _in_words(typer.main.get_command(app))()
    except DiabanError as error:
        sys.stderr.write(words.sentence(error.code, _lang(), **error.facts) + "\n")
        sys.exit(1)


# --- the app and the made-up ward ---


@app.command("app")
def run_app(
    database: Database = None,
    port: Annotated[int, typer.Option("--port", help="The port to listen on.")] = 8501,
    headless: Annotated[bool, typer.Option("--headless", help="Open no browser.")] = False,
    made_up: Annotated[
        bool, typer.Option("--made-up", help="Fill an empty store with the made-up ward first.")
    ] = False,
) -> None:
    """Open the app."""
    from data.serving import serve

    if made_up:
        import workflow

        with _store(database) as store, _progress() as progress:
            workflow.ensure_made_up_ward(store, until=_today(), progress=progress)
    serve(database=database, port=port, open_browser=not headless)


@app.command()
def demo(
    folder: Annotated[Path, typer.Argument(help="Where to write the files.")],
    households: Annotated[int, typer.Option("--households", min=50, max=200_000)] = 11_000,
    seed: Annotated[int, typer.Option("--seed", min=0)] = 1,
    until: Annotated[str | None, typer.Option("--until", help="The day the visits end.")] = None,
) -> None:
    """Write a made-up ward as the files that people would have."""
    import workflow

    try:
        files = workflow.write_made_up_ward(
            folder, households=households, seed=seed, until=_day(until)
        )
    except OSError as error:
        raise InputError("export_unwritable", file=str(folder)) from error
    _say("demo_written", files=len(files), folder=str(folder))


# --- import ---


@app.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR")],
    kind: Annotated[Kind | None, typer.Option("--as", help="What the file holds.")] = None,
    layer: Annotated[str | None, typer.Option("--layer", help="The layer or sheet.")] = None,
    crs: Annotated[str | None, typer.Option("--crs", help="As EPSG:N.")] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=HEADING", help="Repeatable.")
    ] = None,
    ward: Annotated[str | None, typer.Option("--ward", help="The ward's 5-digit code.")] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", help="tcvn3, vni, windows-1258 or windows-1252, where known."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing.")] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Save the rows set aside here (.xlsx).")
    ] = None,
    mix_made_up: Annotated[
        bool, typer.Option("--mix-made-up", help="Let made-up and real rows share a store.")
    ] = False,
    tolerance: Annotated[
        float | None,
        typer.Option("--tolerance", help="Metres: narrower gaps and overlaps are mended; 5."),
    ] = None,
    trust_ids: Annotated[
        bool, typer.Option("--trust-ids", help="Take ids for what they say, whatever else.")
    ] = False,
    cut_wide: Annotated[
        bool, typer.Option("--cut-wide", help="Cut wider overlaps along their middle.")
    ] = False,
    valid_from: Annotated[
        str | None, typer.Option("--valid-from", help="The day neighbourhoods begin; today.")
    ] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Import a file, or a folder of files named after their kinds."""
    import workflow

    options = workflow.ImportOptions(
        ward=_ward(ward),
        layer=layer,
        crs=crs,
        encoding=encoding,
        columns=_pairs(column or []),
        rejects=rejects,
        dry_run=dry_run,
        mix_made_up=mix_made_up,
        tolerance_m=tolerance,
        trust_ids=trust_ids,
        cut_wide=cut_wide,
        valid_from=None if valid_from is None else _day(valid_from),
        on=_today(),
    )
    with _store(database) as store:
        if path.is_dir():
            if kind is not None:
                raise typer.BadParameter(words.say("usage_as_folder", _lang()))
            with _progress() as progress:
                reports = workflow.import_folder(
                    store, path, options=options, lang=_lang(), progress=progress
                )
        else:
            reports = [workflow.import_file(store, path, kind=kind, options=options, lang=_lang())]
    documents = [_report(report) for report in reports]
    if as_json:
        _print_json({"imports": documents} if path.is_dir() else documents[0])
        return
    for report, document in zip(reports, documents, strict=True):
        _tell_report(report, document)


@app.command()
def preview(
    path: Path,
    layer: Annotated[str | None, typer.Option("--layer", help="The layer or sheet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the first rows of a file in each encoding it may be in, to choose one by eye."""
    import workflow

    looks = workflow.preview(path, options=workflow.ImportOptions(layer=layer))
    told: list[dict[str, Any]] = [
        {"encoding": one.encoding, "headings": [*one.first], "rows": _rows(one.first)}
        for one in looks
    ]
    if as_json:
        _print_json({"previews": told})
        return
    for one in told:
        _say("preview_encoding", encoding=one["encoding"] or words.say("encoding_own", _lang()))
        _print_table(one["headings"], [[cell or "" for cell in row] for row in one["rows"]])


@app.command()
def imports(as_json: AsJson = False, database: Database = None) -> None:
    """List what was imported."""
    import workflow

    with _store(database) as store:
        found = workflow.imports(store)
    if as_json:
        _print_json({"imports": _records(found)})
    else:
        _table(found[[*IMPORT_COLUMNS]])


@app.command()
def mappings(as_json: AsJson = False, database: Database = None) -> None:
    """List the headings remembered for files of the same shape."""
    import workflow

    with _store(database) as store:
        found = workflow.mappings(store)
    if as_json:
        _print_json({"mappings": _records(found)})
        return
    pairs = [
        "; ".join(f"{field} = {heading or words.NO_FIGURE}" for field, heading in one.items())
        for one in found["columns"]
    ]
    _table(found[["kind", "used_at"]].assign(columns=pairs))


WardCode = Annotated[str, typer.Option("--ward", help="The ward's 5-digit code.")]


@app.command("estimate-boundaries")
def estimate_boundaries(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Estimate the neighbourhoods of a ward that has none from its list of households."""
    import workflow

    with _store(database) as store:
        report = workflow.estimate_boundaries(store, ward, on=_today(), lang=_lang())
    _told_or_printed(report, as_json=as_json)


@app.command("cut-overlaps")
def cut_overlaps(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Cut the overlaps that an import asked about along their middle."""
    import workflow

    with _store(database) as store:
        report = workflow.cut_overlaps(store, ward, on=_today(), lang=_lang())
    _told_or_printed(report, as_json=as_json)


def _told_or_printed(report: Any, *, as_json: bool) -> None:
    document = _report(report)
    if as_json:
        _print_json(document)
    else:
        _tell_report(report, document)


@app.command("boundary-findings")
def boundary_findings(
    import_id: Annotated[str | None, typer.Argument(metavar="[IMPORT_ID]")] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """List what imports decided about boundaries, or ask."""
    import workflow

    with _store(database) as store:
        found = workflow.boundary_findings(store, import_id)
    columns = ["import_id", "what", "neighbourhoods", "value", "area_m2", "width_m", "moved_m"]
    listed = pd.DataFrame(found[[*columns, "stands"]])
    if as_json:
        _print_json({"rows": _records(listed)})
        return
    told = [words.say(f"boundary_{what}", _lang()) for what in listed["what"]]
    _table(listed[columns].assign(what=told))


@app.command()
def undo(import_id: str, database: Database = None) -> None:
    """Take an import back."""
    import workflow

    with _store(database) as store:
        workflow.undo(store, import_id)
    _say("import_undone", import_id=import_id)


@app.command()
def check(as_json: AsJson = False, database: Database = None) -> None:
    """List what should be mended in the ward's data."""
    import workflow

    with _store(database) as store:
        found = workflow.check(store, on=_today())
    counts = found["check"].value_counts().to_dict()
    if as_json:
        _print_json(
            {"rows": _records(found), "total": {"problems": len(found), "by_check": counts}}
        )
        return
    summary = pd.DataFrame({"check": list(counts), "count": list(counts.values())})
    summary["check"] = [words.say(f"check_{name}", _lang()) for name in counts]
    _table(summary)


# --- cover ---


@app.command()
def coverage(
    goal: Goal = None,
    by: Annotated[str, typer.Option("--by", help=", ".join(AREAS))] = "neighbourhood",
    area: Area = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Count reached and unreached households."""
    import workflow

    if by not in AREAS:
        raise typer.BadParameter(words.say("usage_by", _lang(), known=", ".join(AREAS)))
    with _store(database) as store:
        counted = workflow.coverage(store, by=by, goal=goal, area=area, on=_day(on), lang=_lang())
    if as_json:
        _print_json(counted.as_dict())
    else:
        total = counted.total | {"name": words.say("total", _lang())}
        _table(pd.concat([counted.rows, pd.DataFrame([total])]), shares=("share_reached",))


@app.command()
def unreached(
    goal: Goal = None,
    area: Area = None,
    on: Day = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write the list as .xlsx.")] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """List every unreached household with the first cause that applies."""
    import workflow

    if to is not None and to.suffix.lower() != ".xlsx":
        raise typer.BadParameter(words.say("usage_xlsx", _lang(), file=to.name))
    with _store(database) as store:
        left = workflow.unreached(store, goal=goal, area=area, on=_day(on))
        if to is not None:
            workflow.unreached_workbook(store, to, goal=goal, area=area, on=_day(on), lang=_lang())
    if as_json:
        _print_json({"rows": _records(left.drop(columns="geometry"))})
        return
    causes = left["cause"].value_counts()
    summary = pd.DataFrame({"cause": causes.index, "households": causes.to_numpy()})
    summary["cause"] = [words.say(f"cause_{name}", _lang()) for name in causes.index]
    _table(summary)
    if to is not None:
        _say("file_written", file=str(to))


@app.command()
def figures(
    area: Area = None,
    least: Annotated[
        int, typer.Option("--least-members", min=1, help="What a team has at least.")
    ] = 7,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show the figures of reports beside what the lists count; neither is mixed into the other."""
    import workflow

    with _store(database) as store:
        told = workflow.official_figures(store, area=area, on=_day(on), least_members=least)
    if as_json:
        rows, teams = _records(told.rows), _records(told.teams)
        _print_json({"rows": rows, "teams": teams, "total": told.total})
        return
    shown = [*("name", "indicator", "value", "of", "share", "counted", "as_of", "source")]
    _table(told.rows[shown], shares=("share",))
    for team in _records(told.teams):
        _say("figures_short", **team, least=least)
    if told.total["contradicted"]:
        _say("figures_contradicted", count=told.total["contradicted"])


# --- plan ---


@app.command()
def plan(
    area: Area = None,
    everything: Annotated[bool, typer.Option("--all", help="Every neighbourhood.")] = False,
    name: Annotated[str | None, typer.Option("--name")] = None,
    balance: Annotated[float, typer.Option("--balance", help="0.10 = ten percent.")] = 0.10,
    reach: Annotated[float, typer.Option("--reach", help="Metres to the nearest street.")] = 100.0,
    seed: Annotated[int, typer.Option("--seed")] = 0,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Suggest which member takes which households."""
    import workflow

    if everything == (area is not None):
        raise typer.BadParameter(words.say("usage_area_or_all", _lang()))
    rules = workflow.PlanRules(balance=balance, reach_m=reach, seed=seed)
    with _store(database) as store, _progress() as progress:
        document = workflow.suggest_plan(
            store, area=area, rules=rules, name=name, on=_day(on), lang=_lang(), progress=progress
        )
    if as_json:
        _print_json(document)
        return
    _say("plan_kept", plan=document["plan"], name=document["name"])
    _table(_plan_table(document), shares=("gap",))


@app.command()
def plans(as_json: AsJson = False, database: Database = None) -> None:
    """List the plans."""
    import workflow

    with _store(database) as store:
        found = workflow.plans(store)
    if as_json:
        _print_json({"plans": _records(found)})
    else:
        _table(found)


@app.command()
def approve(
    plan: str,
    why: Annotated[str | None, typer.Option("--why", help="The reason, kept.")] = None,
    database: Database = None,
) -> None:
    """Put a plan in force."""
    import workflow

    with _store(database) as store:
        plan_id = workflow.approve_plan(store, plan, why=why)
    _say("plan_approved", plan=plan_id)


@app.command()
def retire(plan: str, database: Database = None) -> None:
    """Take a plan out of use; nothing of it is deleted."""
    import workflow

    with _store(database) as store:
        plan_id = workflow.retire_plan(store, plan)
    _say("plan_retired", plan=plan_id)


# --- export ---


@app.command()
def export(
    plan: str,
    to: Annotated[Path, typer.Option("--to", help="The ending says the format.")],
    public: Annotated[bool, typer.Option("--public", help="Without people's data.")] = False,
    full: Annotated[bool, typer.Option("--full", help="With people's data.")] = False,
    lang: Annotated[words.Lang | None, typer.Option("--lang")] = None,
    on: Day = None,
    database: Database = None,
) -> None:
    """Write a plan as gpkg, geojson, xlsx, csv or html."""
    import workflow

    if public and full:
        raise typer.BadParameter(words.say("usage_public_or_full", _lang()))
    asked = public if public or full else None
    with _store(database) as store:
        workflow.export_plan(store, plan, to, public=asked, lang=str(lang or _lang()), on=_day(on))
    _say("file_written", file=str(to))


# --- helpers ---


def _in_words(command: Any) -> Any:
    """Say what a command, its options and the commands below it are for in the user's language."""
    if command.help:
        command.help = words.help_text(command.help, _lang())
    for option in command.params:
        if getattr(option, "help", None):
            option.help = words.help_text(option.help, _lang())
    for below in getattr(command, "commands", {}).values():
        _in_words(below)
    return command


@contextmanager
def _store(database: str | None) -> Iterator[Any]:
    from data.store import open_store

    store = open_store(database)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def _progress() -> Iterator[Any]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def _lang() -> str:
    wanted = os.environ.get("DIABAN_LANG", "vi")
    return wanted if wanted in list(words.Lang) else words.Lang.VI


def _today() -> date:
    return datetime.now(UTC).astimezone(VIETNAM).date()


def _day(typed: str | None) -> date:
    if typed is None:
        return _today()
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=VIETNAM).date()
    except ValueError as error:
        raise typer.BadParameter(words.say("usage_day", _lang(), typed=typed)) from error


def _ward(typed: str | None) -> str | None:
    if typed is not None and not (len(typed) == len("00000") and typed.isdigit()):
        raise typer.BadParameter(words.say("usage_ward", _lang()))
    return typed


def _pairs(typed: list[str]) -> dict[str, str]:
    if any("=" not in pair for pair in typed):
        raise typer.BadParameter(words.say("usage_column", _lang()))
    return dict(pair.split("=", 1) for pair in typed)


def _say(code: str, **facts: Any) -> None:
    typer.echo(words.say(code, _lang(), **facts))


def _report(report: Any) -> dict[str, Any]:
    """An import as `--json` shows it."""
    numbers = ("read", "added", "changed", "unchanged", "set_aside", "waiting", "placed_again")
    problems = [
        {**row, "message": words.problem(row["check"], _lang())}
        for row in _records(report.problems)
    ]
    return {
        "import_id": report.import_id,
        "kind": report.kind,
        "file": report.file,
        **{name: getattr(report, name) for name in numbers},
        **{name: len(getattr(report, name)) for name in LISTS},
        "repeats": report.repeats,
        **({} if report.import_id else {"differences": _differences(report)}),
        "rejects": str(report.rejects) if report.rejects else None,
        "columns": dict(report.columns),
        "remembered": dict(report.remembered),
        "unused": list(report.unused),
        "findings": _finding_counts(report),
        "problems": problems,
    }


def _finding_counts(report: Any) -> dict[str, int]:
    if report.findings.empty:
        return {}
    return {str(what): int(n) for what, n in report.findings["what"].value_counts().items()}


LISTS = ("vanished", "returned", "doubtful")
# So many changed cells are shown of a rehearsal; all of them in JSON.
CHANGES_SHOWN = 20


def _differences(report: Any) -> dict[str, Any]:
    """What a rehearsed list of households would change, row by row."""
    added = report.placed
    if "fate" in added and "household_id" in added:
        added = added.loc[added["fate"] == "added", ["row", "sheet", "household_id", "head"]]
    else:
        added = pd.DataFrame()
    lists = {name: getattr(report, name) for name in (*LISTS, "changes")}
    return {name: _records(frame) for name, frame in {"added": added, **lists}.items()}


def _tell_lists(report: Any) -> None:
    """Tell who has vanished or come back, which rows are in doubt, and before storing which cells change."""
    for name in LISTS:
        if count := len(getattr(report, name)):
            since = report.vanished["vanished_at"].max() if name == "vanished" else None
            _say(f"import_{name}", count=count, on=since)
    if report.import_id or report.repeats:
        return
    for change in _records(report.changes.head(CHANGES_SHOWN)):
        facts = {name: change[name] for name in ("row", "before", "after")}
        what = words.column(change["field"], _lang())
        _say("import_change", what=what, household=change["household_id"], **facts)
    if (more := len(report.changes) - CHANGES_SHOWN) > 0:
        _say("import_changes_more", count=more)


def _tell_report(report: Any, document: dict[str, Any]) -> None:
    if report.repeats:
        _say("import_repeated", repeats=report.repeats)
        return
    _say("import_done" if report.import_id else "import_rehearsed", **document)
    _tell_lists(report)
    for check, count in report.problems["check"].value_counts().items():
        typer.echo(f"  {words.number(count, _lang())} × {words.problem(str(check), _lang())}")
    for what, count in _finding_counts(report).items():
        told = words.say(f"boundary_{what}", _lang())
        typer.echo(f"  {words.number(count, _lang())} × {told}")
    if report.remembered:
        pairs = [f"{field} = {heading or '–'}" for field, heading in report.remembered.items()]
        _say("columns_remembered", pairs="; ".join(pairs))
    if report.unused:
        _say("columns_unused", headings=list(report.unused))
    if report.rejects:
        _say("rejects_saved", file=str(report.rejects))


def _plan_table(document: dict[str, Any]) -> pd.DataFrame:
    rows = []
    for area in [*document["areas"], {**document["total"], "area": None}]:
        rows.append(
            {
                "area": area["area"],
                "name": area.get("name"),
                "households": area["households"],
                "members": area["members"],
                "assigned": area["assigned"],
                "load_min": (area.get("load_min") or {}).get("mean"),
                "walk_m": (area.get("walk_m") or {}).get("mean"),
                "zones_disconnected": area.get("zones_disconnected"),
                "gap": area.get("gap"),
            }
        )
    return pd.DataFrame(rows)


def _table(frame: pd.DataFrame, *, shares: tuple[str, ...] = ()) -> None:
    rows = [
        [
            words.percent(value, _lang()) if name in shares else words.written(value, _lang())
            for name, value in row.items()
        ]
        for row in _records(frame)
    ]
    _print_table([words.column(name, _lang()) for name in frame.columns], rows)


def _print_table(headings: list[str], rows: list[list[str]]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for heading in headings:
        table.add_column(_plain_text(heading))
    for row in rows:
        table.add_row(*map(_plain_text, row))
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    Console(width=width).print(table, markup=False)


def _plain_text(text: str) -> Any:
    """A cell as it is: what looks like markup is somebody's name."""
    from rich.text import Text

    return Text(text)


def _rows(frame: pd.DataFrame) -> list[list[Any]]:
    cells = frame.astype(object).where(frame.notna(), None)
    return [list(row) for row in cells.itertuples(index=False, name=None)]


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in pd.DataFrame(frame).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A cell as JSON takes it: missing is null, times are ISO."""
    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def _print_json(document: Any) -> None:
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
