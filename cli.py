"""The command line: one command per workflow function; `docs/commands.md` is its contract."""

import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import pandas as pd
import typer

import words
from console import (
    VIETNAM,
    calendar_table,
    comparison_table,
    language,
    moves_table,
    plan_table,
    print_cells,
    print_json,
    print_table,
    progress_bar,
    records,
    recruits_table,
    report_document,
    rows_of_cells,
    span,
    staffing_table,
    tell,
    tell_report,
    today,
    what_if_table,
)
from geo.errors import DiabanError, InputError
from geo.terms import WARD_CODE, Kind

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
        sys.stderr.write(words.sentence(error.code, language(), **error.facts) + "\n")
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

        with _store(database) as store, progress_bar() as progress:
            workflow.ensure_made_up_ward(store, until=today(), progress=progress)
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
    tell("demo_written", files=len(files), folder=str(folder))


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
        on=today(),
    )
    with _store(database) as store:
        if path.is_dir():
            if kind is not None:
                raise typer.BadParameter(words.say("usage_as_folder", language()))
            with progress_bar() as progress:
                reports = workflow.import_folder(
                    store, path, options=options, lang=language(), progress=progress
                )
        else:
            reports = [
                workflow.import_file(store, path, kind=kind, options=options, lang=language())
            ]
    documents = [report_document(report) for report in reports]
    if as_json:
        print_json({"imports": documents} if path.is_dir() else documents[0])
        return
    for report, document in zip(reports, documents, strict=True):
        tell_report(report, document)


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
        {"encoding": one.encoding, "headings": [*one.first], "rows": rows_of_cells(one.first)}
        for one in looks
    ]
    if as_json:
        print_json({"previews": told})
        return
    for one in told:
        tell("preview_encoding", encoding=one["encoding"] or words.say("encoding_own", language()))
        print_cells(one["headings"], [[cell or "" for cell in row] for row in one["rows"]])


@app.command()
def imports(as_json: AsJson = False, database: Database = None) -> None:
    """List what was imported."""
    import workflow

    with _store(database) as store:
        found = workflow.imports(store)
    if as_json:
        print_json({"imports": records(found)})
    else:
        print_table(found[[*IMPORT_COLUMNS]])


@app.command()
def mappings(as_json: AsJson = False, database: Database = None) -> None:
    """List the headings remembered for files of the same shape."""
    import workflow

    with _store(database) as store:
        found = workflow.mappings(store)
    if as_json:
        print_json({"mappings": records(found)})
        return
    pairs = [
        "; ".join(f"{field} = {heading or words.NO_FIGURE}" for field, heading in one.items())
        for one in found["columns"]
    ]
    print_table(found[["kind", "used_at"]].assign(columns=pairs))


WardCode = Annotated[str, typer.Option("--ward", help="The ward's 5-digit code.")]


@app.command("estimate-boundaries")
def estimate_boundaries(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Estimate the neighbourhoods of a ward that has none from its list of households."""
    import workflow

    with _store(database) as store:
        report = workflow.estimate_boundaries(store, ward, on=today(), lang=language())
    _told_or_printed(report, as_json=as_json)


@app.command("cut-overlaps")
def cut_overlaps(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Cut the overlaps that an import asked about along their middle."""
    import workflow

    with _store(database) as store:
        report = workflow.cut_overlaps(store, ward, on=today(), lang=language())
    _told_or_printed(report, as_json=as_json)


def _told_or_printed(report: Any, *, as_json: bool) -> None:
    document = report_document(report)
    if as_json:
        print_json(document)
    else:
        tell_report(report, document)


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
        print_json({"rows": records(listed)})
        return
    told = [words.say(f"boundary_{what}", language()) for what in listed["what"]]
    print_table(listed[columns].assign(what=told))


@app.command()
def undo(import_id: str, database: Database = None) -> None:
    """Take an import back."""
    import workflow

    with _store(database) as store:
        workflow.undo(store, import_id)
    tell("import_undone", import_id=import_id)


@app.command()
def check(as_json: AsJson = False, database: Database = None) -> None:
    """List what should be mended in the ward's data."""
    import workflow

    with _store(database) as store:
        found = workflow.check(store, on=today())
    counts = found["check"].value_counts().to_dict()
    if as_json:
        print_json({"rows": records(found), "total": {"problems": len(found), "by_check": counts}})
        return
    summary = pd.DataFrame({"check": list(counts), "count": list(counts.values())})
    summary["check"] = [words.say(f"check_{name}", language()) for name in counts]
    print_table(summary)


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
        raise typer.BadParameter(words.say("usage_by", language(), known=", ".join(AREAS)))
    with _store(database) as store:
        counted = workflow.coverage(
            store, by=by, goal=goal, area=area, on=_day(on), lang=language()
        )
    if as_json:
        print_json(counted.as_dict())
    else:
        total = counted.total | {"name": words.say("total", language())}
        print_table(pd.concat([counted.rows, pd.DataFrame([total])]), shares=("share_reached",))


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
        raise typer.BadParameter(words.say("usage_xlsx", language(), file=to.name))
    with _store(database) as store:
        left = workflow.unreached(store, goal=goal, area=area, on=_day(on))
        if to is not None:
            workflow.unreached_workbook(
                store, to, goal=goal, area=area, on=_day(on), lang=language()
            )
    if as_json:
        print_json({"rows": records(left.drop(columns="geometry"))})
        return
    causes = left["cause"].value_counts()
    summary = pd.DataFrame({"cause": causes.index, "households": causes.to_numpy()})
    summary["cause"] = [words.say(f"cause_{name}", language()) for name in causes.index]
    print_table(summary)
    if to is not None:
        tell("file_written", file=str(to))


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
        rows, teams = records(told.rows), records(told.teams)
        print_json({"rows": rows, "teams": teams, "total": told.total})
        return
    shown = [*("name", "indicator", "value", "of", "share", "counted", "as_of", "source")]
    print_table(told.rows[shown], shares=("share",))
    for team in records(told.teams):
        tell("figures_short", **team, least=least)
    if told.total["contradicted"]:
        tell("figures_contradicted", count=told.total["contradicted"])


# --- plan ---


@app.command("load")
def load_(
    minutes: Annotated[
        list[str] | None, typer.Option("--set", metavar="ITEM=MINUTES", help="Repeatable.")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Begin with the usual minutes.")] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show the minutes that a household takes, or change them for the plans to come."""
    import workflow

    with _store(database) as store:
        if minutes or reset:
            workflow.set_load(store, _minutes(minutes or []), anew=reset)
        rows = workflow.load_rows(store)
    if as_json:
        print_json({"rows": records(rows)})
        return
    told = [words.say(f"load_{item}", language()) for item in rows["item"]]
    print_table(rows.assign(what=told))


@app.command()
def plan(
    area: Area = None,
    everything: Annotated[bool, typer.Option("--all", help="Every neighbourhood.")] = False,
    name: Annotated[str | None, typer.Option("--name")] = None,
    balance: Annotated[float, typer.Option("--balance", help="0.10 = ten percent.")] = 0.10,
    reach: Annotated[float, typer.Option("--reach", help="Metres to the nearest street.")] = 100.0,
    keep: Annotated[
        float, typer.Option("--keep", help="Minutes of walking a household's member is worth.")
    ] = 0.0,
    lock: Annotated[
        Path | None, typer.Option("--lock", help="File of household_id, member_id to keep so.")
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", help="Seconds to search in all.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed")] = 0,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Suggest which member takes which households."""
    import workflow

    if everything == (area is not None):
        raise typer.BadParameter(words.say("usage_area_or_all", language()))
    rules = workflow.PlanRules(balance=balance, reach_m=reach, keep=keep, seed=seed)
    with _store(database) as store, progress_bar() as progress:
        document = workflow.suggest_plan(
            store,
            area=area,
            rules=rules,
            name=name,
            locks=lock,
            time_limit_s=time_limit,
            on=_day(on),
            lang=language(),
            progress=progress,
        )
    if as_json:
        print_json(document)
        return
    tell("plan_kept", plan=document["plan"], name=document["name"])
    print_table(plan_table(document), shares=("gap",))


@app.command()
def plans(as_json: AsJson = False, database: Database = None) -> None:
    """List the plans."""
    import workflow

    with _store(database) as store:
        found = workflow.plans(store)
    if as_json:
        print_json({"plans": records(found)})
    else:
        print_table(found)


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
    tell("plan_approved", plan=plan_id)


@app.command()
def retire(plan: str, database: Database = None) -> None:
    """Take a plan out of use; nothing of it is deleted."""
    import workflow

    with _store(database) as store:
        plan_id = workflow.retire_plan(store, plan)
    tell("plan_retired", plan=plan_id)


PlanOrNone = Annotated[
    str | None, typer.Argument(metavar="PLAN", help="An id or name; what is in force without it.")
]
Member = Annotated[str | None, typer.Option("--member", help="Of one member, by id.")]


@app.command()
def calendar(
    plan: PlanOrNone = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=520, help="So many weeks.")] = 12,
    member: Member = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show who visits how many households in which week: first visits, and those that fall due again."""
    import workflow

    with _store(database) as store:
        document = workflow.calendar(store, plan, on=_day(on), weeks=weeks, member=member)
    if as_json:
        print_json(document)
        return
    print_table(calendar_table(document))
    reached, left = document["total"]["all_reached_week"], len(document["total"]["unreached"])
    code = "calendar_not_all" if left else "calendar_all"
    tell(code, week=reached, weeks=weeks, left=left)


@app.command()
def routes(
    plan: PlanOrNone = None,
    week: Annotated[int, typer.Option("--week", min=1, max=520, help="Of this week.")] = 1,
    member: Member = None,
    open_: Annotated[bool, typer.Option("--open", help="The way home does not count.")] = False,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show in which order to visit the households of a week."""
    import workflow

    with _store(database) as store:
        document = workflow.routes(
            store, plan, week=week, returns=not open_, member=member, on=_day(on)
        )
    if as_json:
        print_json(document)
        return
    print_table(pd.DataFrame(document["rows"]))
    total = document["total"]
    tell("routes_told", **total | {"left": len(total["left"])})


# --- decide above the neighbourhood ---

LeastMembers = Annotated[
    int, typer.Option("--least-members", min=1, help="What a team has at least.")
]
PerMember = Annotated[
    float | None,
    typer.Option(
        "--households-per-member",
        help="At most so many households a member; no such rule without it.",
    ),
]
Skills = Annotated[
    list[str] | None, typer.Option("--skill", help="A skill that every team needs; repeatable.")
]


@app.command()
def staffing(
    area: Area = None,
    least: LeastMembers = 7,
    per_member: PerMember = None,
    skill: Skills = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show what each team has and lacks: members, roles, skills, training."""
    import workflow

    with _store(database) as store:
        rules = workflow.StaffingRules(
            least_members=least, households_per_member=per_member, skills=tuple(skill or ())
        )
        document = workflow.staffing(store, area=area, rules=rules, on=_day(on)).as_dict()
    if as_json:
        print_json(document)
        return
    total = document["total"]
    print_table(staffing_table(document["rows"]))
    tell("staffing_told", **total)
    if total["members_unplaced"] or total["households_unplaced"]:
        outside = {name: total[f"{name}_unplaced"] for name in ("members", "households")}
        tell("staffing_unplaced", **outside)


@app.command()
def reallocate(
    area: Area = None,
    least: LeastMembers = 7,
    per_member: PerMember = None,
    skill: Skills = None,
    within: Annotated[
        float, typer.Option("--within", help="Metres from home within which people may serve.")
    ] = 3_000.0,
    across_wards: Annotated[
        bool, typer.Option("--across-wards", help="Let people serve another ward.")
    ] = False,
    pass_on: Annotated[
        bool,
        typer.Option("--pass-on", help="Let a team give somebody whom another team replaces."),
    ] = False,
    weeks: Annotated[
        float, typer.Option("--weeks", help="Weeks within which households reached are counted.")
    ] = 4.0,
    goal: Goal = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Suggest which volunteers to move between teams, and where to recruit."""
    import workflow

    with _store(database) as store:
        rules = workflow.ReallocationRules(
            staffing=workflow.StaffingRules(
                least_members=least, households_per_member=per_member, skills=tuple(skill or ())
            ),
            at_most_m=within,
            across_wards=across_wards,
            passing_on=pass_on,
            horizon_weeks=weeks,
        )
        told = workflow.reallocation(store, area=area, rules=rules, goal=goal, on=_day(on))
        names = workflow.team_names(store)
    document = told.as_dict()
    if as_json:
        print_json(document)
        return
    tell("reallocation_told", **document["total"])
    if document["moves"]:
        tell("reallocation_gain", **document["total"])
        if document["total"]["weeks_after"] is not None:
            tell("reallocation_weeks", **document["total"])
        tell("reallocation_moves")
        print_table(moves_table(document["moves"], names))
    if document["recruits"]:
        tell("reallocation_recruits")
        print_table(recruits_table(document["recruits"]))


@app.command("what-if")
def what_if(
    area: Area = None,
    members: Annotated[
        int | None,
        typer.Option(
            "--members", min=0, help="Members in each neighbourhood; those there are without it."
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="The day (YYYY-MM-DD) by which everyone is to be reached."),
    ] = None,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact", help="Make the plans instead of estimating; slower, nothing is kept."
        ),
    ] = False,
    goal: Goal = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Ask what so many members, or a day to be done by, would come to."""
    import workflow

    if by is not None and (members is not None or exact):
        raise typer.BadParameter(words.say("usage_what_if", language()))
    with _store(database) as store:
        answer = workflow.what_if(
            store,
            area=area,
            members=members,
            until=None if by is None else _day(by),
            exact=workflow.PlanRules() if exact else None,
            goal=goal,
            on=_day(on),
        )
    document = answer.as_dict()
    if as_json:
        print_json(document)
        return
    print_table(what_if_table(document["rows"]), shares=("balance",))
    total = document["total"]
    if total["members_minutes_unknown"]:
        tell("what_if_unknown", count=total["members_minutes_unknown"])
    if by is not None:
        tell("what_if_by_day", until=_day(by), more=span(total["members_more"]))
        return
    if total["neighbourhoods_nobody_reaches"]:
        tell("what_if_nobody", count=total["neighbourhoods_nobody_reaches"])
    elif total["weeks"]["expected"] is not None:
        names = {row["neighbourhood_id"]: row["name"] for row in document["rows"]}
        tell("what_if_slowest", weeks=span(total["weeks"]), slowest=names.get(total["slowest"]))


@app.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="PLAN")],
    second: Annotated[str, typer.Argument(metavar="PLAN")],
    full: Annotated[
        bool, typer.Option("--full", help="Tell in JSON which households change.")
    ] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Compare two plans: loads, walking, households that change hands."""
    import workflow

    with _store(database) as store:
        compared = workflow.compare_plans(store, first, second)
    document = compared.as_dict(full=full)
    if as_json:
        print_json({"first": first, "second": second, **document})
        return
    print_table(comparison_table(document["rows"]))
    tell("compare_told", **document["total"])


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
        raise typer.BadParameter(words.say("usage_public_or_full", language()))
    asked = public if public or full else None
    with _store(database) as store:
        workflow.export_plan(
            store, plan, to, public=asked, lang=str(lang or language()), on=_day(on)
        )
    tell("file_written", file=str(to))


# --- helpers ---


def _in_words(command: Any) -> Any:
    """Say what a command, its options and the commands below it are for in the user's language."""
    if command.help:
        command.help = words.help_text(command.help, language())
    for option in command.params:
        if getattr(option, "help", None):
            option.help = words.help_text(option.help, language())
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


def _day(typed: str | None) -> date:
    if typed is None:
        return today()
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=VIETNAM).date()
    except ValueError as error:
        raise typer.BadParameter(words.say("usage_day", language(), typed=typed)) from error


def _ward(typed: str | None) -> str | None:
    if typed is not None and not re.fullmatch(WARD_CODE, typed):
        raise typer.BadParameter(words.say("usage_ward", language()))
    return typed


def _minutes(typed: list[str]) -> dict[str, float]:
    """ITEM=MINUTES, the minutes with a point or a comma."""
    pairs = [pair.partition("=") for pair in typed]
    try:
        return {item.strip(): float(number.replace(",", ".")) for item, _, number in pairs}
    except ValueError as error:
        raise typer.BadParameter(words.say("usage_minutes", language())) from error


def _pairs(typed: list[str]) -> dict[str, str]:
    if any("=" not in pair for pair in typed):
        raise typer.BadParameter(words.say("usage_column", language()))
    return dict(pair.split("=", 1) for pair in typed)


if __name__ == "__main__":
    main()
