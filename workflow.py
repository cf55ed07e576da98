"""The pipeline on one page: import → check → store → cover → plan → draw → export.

Each function gathers from the store, lets the core decide, and applies what was decided. It is the only place where
the store, the core and the drawing meet; the command line and the pages call nothing else.
"""

import tempfile
from collections.abc import Collection
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.basemap import Basemap, open_basemap
from data.columns import match_columns
from data.edits import Edited
from data.intake import put_in
from data.intake import undo as take_import_back
from data.looking import Look, look_of
from data.mappings import mappings as remembered_mappings
from data.mappings import recalled, remember, together
from data.own_exports import features_of
from data.reading import ACCEPTED, ENCODINGS, LEGACY
from data.records import ImportOptions, ImportReport
from data.rehearsal import trying
from data.rows import rows_of, stem_kind
from data.samples.defects import with_defects
from data.samples.files import write_ward
from data.samples.ward import make_ward
from data.shapes import known_area
from data.status import import_problems, import_rows, made_up
from data.store import Store, open_store
from data.suited import suited
from exports.content import Listing, PlanExport
from exports.packets import write_packets
from exports.public import public_plan
from exports.report import Side
from exports.sheets import table_xlsx
from exports.wall import write_wall
from geo.errors import DiabanError, InputError
from geo.network import WalkingNetwork
from geo.succession import in_force_now
from geo.terms import MADE_UP_WARD, Kind, PlanStatus
from geo.units import current_ward
from layers.boundary import boundary_layers as draw_boundary
from layers.coverage import coverage_layers as draw_coverage
from layers.difference import difference_layers as draw_difference
from layers.layer import Layer
from layers.plan import plan_layers as draw_plan
from planning.comparing import Comparison
from planning.coverage import Coverage
from planning.coverage_range import CoverageRange
from planning.figures import total
from planning.gaps import GapRules, Gaps
from planning.reallocation import Reallocation
from planning.routes import RouteRules
from planning.rules import PlanRules
from planning.staffing import Staffing, StaffingRules
from planning.trend import Trend
from planning.volunteers import ReallocationRules
from planning.what_if import WhatIf
from steps.adjusting import Trial
from steps.counting import (
    check,
    coverage,
    find_households,
    household_status,
    official_figures,
    unreached,
)
from steps.covering import (
    OfficialFigures,
    address_line,
    by_goal,
    goal_names,
)
from steps.drafting import (
    copy_plan,
    edit_ways,
    load_rows,
    lock_households,
    member_choices,
    member_loads,
    members_of,
    move_households,
    plan_edits,
    plan_history,
    plan_options,
    record_decision,
    redo_edit,
    set_load,
    suggest_again,
    try_move,
    try_team,
    undo_edit,
    why_member,
)
from steps.editing import (
    MOST_FOUND_BY_HAND,
    add,
    edit,
    edits,
    end,
    fields_by_hand,
    found_by_hand,
    in_charge_by_hand,
    move_household,
    place_typed,
    resume,
    rows_by_hand,
    values_by_hand,
    vanished_by_hand,
)
from steps.editing_map import cutting_layers, ground_layers, place_layers
from steps.exporting import REPORT_WRITERS, WRITERS
from steps.gathering import (
    areas,
    goals,
    households_to_plan,
    load_table,
    members_in_force,
    of_wards,
    planned_places,
    support,
    wards,
)
from steps.importing import HandedOver, Rehearsal, kind_of, raw_of, rehearsed, save_rejects
from steps.intake import (
    boundary_findings,
    coordinate_systems,
    cut_overlaps,
    estimate_boundaries,
    fields_of,
    import_order,
    keeping_rejects,
    problem_counts,
    weighed_problems,
)
from steps.leader import (
    coverage_between,
    gap_households,
    gap_layers,
    gap_sentences,
    gap_workbook,
    gaps,
    sentences,
    staffing_table,
    staffing_workbook,
    trend,
    trend_workbook,
)
from steps.listing import listing_of, members_asked
from steps.meeting import public_coverage, public_gaps, share_layers
from steps.member_sheets import MEMBER_SHEETS, SHEET_OF_ENDING, member_sheet
from steps.packet_pages import packets_of
from steps.paper import (
    PACKETS,
    PAPER_SHEETS,
    WALL,
    is_paper,
    is_public,
    public_address,
    set_public_address,
)
from steps.planning_areas import (
    PlanFrames,
    figures_of_imported,
    loads_of,
    places_of,
    plan_area,
    rows_of_plan,
    zones_of,
)
from steps.progress import Progress, halves, told
from steps.proving import FewestPlan, fewest_plan, keep_fewest
from steps.redividing import (
    Redividing,
    corners_text,
    places_in,
    redivide,
    shape_of_corners,
    shape_of_file,
    shape_of_text,
)
from steps.reporting import plans_before, report_of
from steps.rounds import rounds_of
from steps.saying import Said
from steps.showing import PublicCoverage
from steps.staffing import compare_plans, reallocation, set_support, staffing, team_names, what_if
from steps.trying import TeamTrial
from steps.walking_networks import walking_network
from steps.warming import warm_planning
from steps.wishing import budget, until, wished, wishes_from
from words import say

__all__ = [
    "ACCEPTED",
    "MADE_UP_WARD",
    "MEMBER_SHEETS",
    "MOST_FOUND_BY_HAND",
    "PAPER_SHEETS",
    "SHEET_OF_ENDING",
    "Basemap",
    "Comparison",
    "Coverage",
    "CoverageRange",
    "Edited",
    "FewestPlan",
    "GapRules",
    "Gaps",
    "HandedOver",
    "ImportOptions",
    "ImportReport",
    "Kind",
    "Look",
    "OfficialFigures",
    "PlanFrames",
    "PlanRules",
    "PlanStatus",
    "Progress",
    "PublicCoverage",
    "Reallocation",
    "ReallocationRules",
    "Redividing",
    "Rehearsal",
    "Said",
    "Staffing",
    "StaffingRules",
    "Store",
    "TeamTrial",
    "Trend",
    "Trial",
    "WhatIf",
    "add",
    "areas",
    "boundary_findings",
    "check",
    "compare_plans",
    "coordinate_systems",
    "copy_plan",
    "corners_text",
    "coverage",
    "coverage_between",
    "cut_overlaps",
    "cutting_layers",
    "edit",
    "edit_ways",
    "edits",
    "end",
    "estimate_boundaries",
    "fewest_plan",
    "fields_by_hand",
    "fields_of",
    "find_households",
    "found_by_hand",
    "gap_households",
    "gap_layers",
    "gap_sentences",
    "gap_workbook",
    "gaps",
    "goals",
    "ground_layers",
    "household_status",
    "import_order",
    "import_problems",
    "in_charge_by_hand",
    "is_paper",
    "keep_fewest",
    "keeping_rejects",
    "load_rows",
    "load_table",
    "lock_households",
    "member_choices",
    "member_loads",
    "members_of",
    "move_household",
    "move_households",
    "official_figures",
    "open_basemap",
    "open_store",
    "place_layers",
    "place_typed",
    "places_in",
    "plan_edits",
    "plan_history",
    "plan_options",
    "problem_counts",
    "public_address",
    "public_coverage",
    "public_gaps",
    "reallocation",
    "record_decision",
    "redivide",
    "redo_edit",
    "resume",
    "rows_by_hand",
    "sentences",
    "set_load",
    "set_public_address",
    "set_support",
    "shape_of_corners",
    "shape_of_file",
    "shape_of_text",
    "share_layers",
    "staffing",
    "staffing_table",
    "staffing_workbook",
    "suggest_again",
    "support",
    "team_names",
    "trend",
    "trend_workbook",
    "try_move",
    "try_team",
    "undo_edit",
    "unreached",
    "values_by_hand",
    "vanished_by_hand",
    "wards",
    "warm_planning",
    "weighed_problems",
    "what_if",
    "why_member",
]

# People's data stay out of these unless `full` is asked for by name.
PUBLIC_FORMATS = frozenset({".html", ".pptx"})


# --- the store ---


def store_version(store: Store) -> int:
    """Return the number that changes with every write, by which front doors know what is old."""
    return store.version()


def is_made_up(store: Store) -> bool:
    """Return whether the ward is made up, which every page and export must say."""
    return made_up(store)


def wards_called(text: str) -> dict[str, str]:
    """Return the present wards that a name or code of either era may mean: code and name."""
    return {ward.code: ward.name for ward in current_ward(text).wards}


# --- import ---


def import_file(
    store: Store,
    path: Path,
    *,
    kind: Kind | None = None,
    options: ImportOptions | None = None,
    lang: str = "vi",
    look: Look | None = None,
) -> ImportReport:
    """Read one file, store what can be used, and save the rows that cannot beside the store.

    A `look` at the same file, with the same layer and encoding, spares reading it again.
    """
    options = options or ImportOptions()
    raw = raw_of(path, options, kind) if look is None else look.raw
    kind = kind or kind_of(path, raw)
    raw = features_of(suited(raw, kind), kind)
    remembered = recalled(store, raw.headings, kind)
    chosen = together(remembered, options.columns, kind)
    columns = match_columns(raw.headings, kind, chosen)
    area = known_area(wards(store), options.ward)
    rows = rows_of(raw, columns, kind, ward=options.ward, crs=options.crs, area=area)

    def save(report: ImportReport) -> Path | None:
        return save_rejects(store, report, options, lang)

    report = put_in(store, rows, kind, file=path, options=options, save=save)
    if options.columns and not options.dry_run:
        remember(store, raw.headings, kind, chosen)
    known = {field: name for field, name in chosen.items() if remembered.get(field) == name}
    headings = {field: raw.headings[place] for field, place in columns.positions.items()}
    return replace(report, columns=headings, remembered=known, unused=columns.unused)


def import_folder(
    store: Store,
    folder: Path,
    *,
    options: ImportOptions | None = None,
    lang: str = "vi",
    progress: Progress | None = None,
) -> list[ImportReport]:
    """Import every file of a folder that is named after a KIND, in the order of the KINDs."""
    order = list(Kind)
    files = [(stem_kind(path), path) for path in sorted(folder.iterdir())]
    named = [(k, p) for k, p in files if k is not None and p.suffix.lower() in ACCEPTED]
    if not named:
        raise InputError("folder_without_files", kinds=[str(kind) for kind in order])
    reports = []
    in_order = sorted(named, key=lambda one: order.index(one[0]))
    for kind, path in told(in_order, progress, lambda one: one[1].name):
        reports.append(import_file(store, path, kind=kind, options=options, lang=lang))
    return reports


def look(path: Path, *, options: ImportOptions | None = None) -> Look:
    """Return what a file shows of itself: what it may hold, its first rows, the sheets that would be taken."""
    return look_of(path, raw_of(path, options or ImportOptions()))


def preview(path: Path, *, options: ImportOptions | None = None) -> list[Look]:
    """Return what a file shows in each encoding it may be in, as recognised first, for a person to choose from.

    Fonts of old (`tcvn3`, `vni`) are tried on every file, other encodings where the file is plain text.
    """
    asked = options or ImportOptions()
    looks = [look(path, options=replace(asked, encoding=None))]
    for encoding in ENCODINGS if looks[0].encoding else LEGACY:
        if encoding != looks[0].encoding:
            told = look(path, options=replace(asked, encoding=encoding))
            looks.append(replace(told, encoding=encoding))
    return looks


def rehearse(
    store: Store,
    files: list[HandedOver],
    *,
    lang: str = "vi",
    progress: Progress | None = None,
) -> list[Rehearsal]:
    """Return what importing files one after the other would do; nothing is kept.

    Each sees what those before it would bring. A file that cannot be imported has its `fault` instead.
    """
    found: dict[Path, Rehearsal] = {}
    with trying(store) as trial:
        for file in told(import_order(files), progress, lambda one: one.path.name):
            found[file.path] = _tried(trial, file, lang)
    return [found[file.path] for file in files]


def _tried(trial: Store, file: HandedOver, lang: str) -> Rehearsal:
    options = replace(file.options, dry_run=True)
    try:
        report = import_file(
            trial, file.path, kind=file.kind, options=options, lang=lang, look=file.look
        )
    except DiabanError as fault:
        return Rehearsal(fault=fault)
    return rehearsed(trial, report, lang)


def imports(store: Store) -> pd.DataFrame:
    """Return what was imported, newest first."""
    return import_rows(store)


def mappings(store: Store) -> pd.DataFrame:
    """Return the headings remembered for files of each shape: shape, kind, columns, used_at; newest first."""
    return remembered_mappings(store)


def undo(store: Store, import_id: str) -> None:
    """Take an import back, with everything that was placed again because of it."""
    take_import_back(store, import_id)


def write_made_up_ward(
    folder: Path, *, households: int = 11_000, seed: int = 1, until: date
) -> list[Path]:
    """Write a made-up ward as the files that a ward would have."""
    made = make_ward(households=households, seed=seed, until=until)
    return write_ward(with_defects(made, seed=seed), folder)


def load_made_up_ward(
    store: Store, *, until: date, households: int = 11_000, progress: Progress | None = None
) -> None:
    """Make a ward, import its files like any other, and put its present sharing in force."""
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        write_made_up_ward(Path(folder), households=households, until=until)
        import_folder(store, Path(folder), progress=progress)
    approve_plan(store, str(Kind.ASSIGNMENTS))


def ensure_made_up_ward(store: Store, *, until: date, progress: Progress | None = None) -> None:
    """Fill a store with the made-up ward unless it holds one; half of one is completed."""
    if not (plans(store)["status"] == PlanStatus.APPROVED).any():
        load_made_up_ward(store, until=until, progress=progress)


# --- plan ---


def suggest_plan(
    store: Store,
    *,
    area: str | None = None,
    rules: PlanRules | None = None,
    name: str | None = None,
    locks: Path | None = None,
    wishes: Path | None = None,
    away: Collection[str] = (),
    time_limit_s: float | None = None,
    on: date,
    lang: str = "vi",
    progress: Progress | None = None,
) -> dict[str, Any]:
    """Share the households of one area, or of all, among its members, and keep the draft.

    `locks` is a file of household and member to be kept so, `wishes` one of all that may be wished (`data.wished`);
    `away` are members who get nothing; `time_limit_s` the seconds to search in all.
    """
    rules = replace(rules or PlanRules(), load=load_table(store))
    places = planned_places(store, area, on)
    asked = None if area is None else list(places["neighbourhood_id"])
    homes = households_to_plan(store, on, asked)
    members = members_in_force(store, on, asked)
    members = members[~members["member_id"].isin(list(away))]
    current = kept.current_assignment(store, asked)
    records = wished(store, locks=locks, wishes=wishes, on=on)
    asked_for = wishes_from(records, members)
    planned_homes = int(homes["neighbourhood_id"].isin(places["neighbourhood_id"]).sum())
    rules, keep_going = budget(rules, time_limit_s, planned_homes), until(time_limit_s)
    networks: dict[str, WalkingNetwork] = {}

    planned = []
    for place in told(places.to_dict("records"), progress, lambda one: str(one["name"])):
        ward = place["ward_code"]
        if ward not in networks:
            networks[ward] = walking_network(store, ward)
        ground = gpd.GeoSeries([place["geometry"]], crs=places.crs)
        planned.append(
            plan_area(
                place,
                ground,
                homes,
                members,
                networks[ward],
                rules=rules,
                current=current,
                wishes=asked_for,
                keep_going=keep_going,
            )
        )

    name = name or kept.free_plan_name(store, say("plan_default_name", lang, on=on))
    used = asdict(rules) | {"wishes": records}
    plan_id = kept.keep_plan(store, planned, name=name, rules=used, seed=rules.seed)
    return plan_document(store, plan_id)


def plans(store: Store) -> pd.DataFrame:
    """Return the plans, newest first."""
    return kept.list_plans(store)


def plan_document(
    store: Store, plan: str, *, within: Collection[str] | None = None
) -> dict[str, Any]:
    """Return a plan with the figures of its areas, or of those `within`, as `plan --json` prints it."""
    row = kept.find_plan(store, plan)
    parts = kept.plan_part(store, "plan_areas", row.plan_id)
    found = [one for one in parts["figures"] if one]
    if row.import_id is not None:
        found = figures_of_imported(store, row.plan_id)
    if within is not None:
        found = [one for one in found if one["area"] in within]
    told = {"plan": row.plan_id, "name": row.name, "areas": found, "total": total(found)}
    return told | {"wishes": (row.rules or {}).get("wishes", [])}


def approve_plan(store: Store, plan: str, *, why: str | None = None) -> str:
    """Put a plan in force for its neighbourhoods, and return its id."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    kept.approve(store, plan_id, why=why)
    return plan_id


def retire_plan(store: Store, plan: str) -> str:
    """Take a plan out of use, and return its id."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    kept.retire(store, plan_id)
    return plan_id


def plan_frames(store: Store, plan: str) -> PlanFrames:
    """Return what a plan looks like."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    rows = rows_of_plan(store, plan_id)
    homes, members = kept.homes_of(store, plan_id), store.load(Kind.MEMBERS)
    named = members.set_index("member_id")["name"]
    places = areas(store)
    places = places[places["neighbourhood_id"].isin(places_of(store, plan_id, rows))]

    taken = homes.drop(columns=["neighbourhood_id", "ward_code"]).merge(rows, on="household_id")
    taken = taken.assign(member_name=taken["member_id"].map(named))
    zones = zones_of(store, plan_id, taken, places)
    zones = zones.assign(member_name=zones["member_id"].map(named))
    return PlanFrames(
        zones=zones.merge(loads_of(rows), on="member_id", how="left"),
        households=taken,
        members=members[members["member_id"].isin(rows["member_id"])],
        neighbourhoods=places,
        streets=of_wards(store, Kind.STREETS, set(places["ward_code"])),
    )


def calendar(
    store: Store, plan: str | None = None, *, on: date, weeks: int = 12, member: str | None = None
) -> dict[str, Any]:
    """Return who visits whom in which week, by a plan or by what is in force, as `calendar --json` prints it."""
    return rounds_of(store, plan, on=on, weeks=weeks, member=member).calendar_document()


def routes(
    store: Store,
    plan: str | None = None,
    *,
    week: int = 1,
    returns: bool = True,
    on: date,
    member: str | None = None,
) -> dict[str, Any]:
    """Return in which order to visit the households of a week, as `routes --json` prints it."""
    found = rounds_of(store, plan, on=on, weeks=week, member=member)
    return found.routes_document(week, RouteRules(returns=returns))


def route_sheet(
    store: Store, plan: str | None = None, *, week: int = 1, on: date, member: str
) -> pd.DataFrame:
    """Return the households of a member's week in walking order: stop, household_id, head, address, walk_m."""
    rows = pd.DataFrame(routes(store, plan, week=week, on=on, member=member)["rows"])
    if rows.empty:
        return rows
    homes = store.load(Kind.HOUSEHOLDS)
    homes = homes[homes["household_id"].isin(rows["household_id"])]
    words = homes[["household_id", "head"]].assign(address=address_line(homes))
    return rows.merge(pd.DataFrame(words), on="household_id", how="left")


# --- draw ---


def coverage_layers(
    store: Store, *, ward_code: str | None, goal: str | None, on: date, lang: str = "vi"
) -> list[Layer]:
    """Draw reached and unreached households over their neighbourhoods."""
    standing = household_status(store, goal=goal, area=ward_code, on=on)
    counted = coverage(store, by="neighbourhood", goal=goal, area=ward_code, on=on).rows
    overall = counted[counted["goal"].isna() if goal is None else counted["goal"] == goal]
    places = areas(store, ward_code, on=on, lang=lang).merge(
        overall.drop(columns=["name", "goal"]), left_on="neighbourhood_id", right_on="area"
    )
    names = store.load(Kind.MEMBERS).set_index("member_id")["name"]
    ground = of_wards(store, Kind.STREETS, None if ward_code is None else {ward_code})
    return draw_coverage(
        standing.assign(member_name=standing["member_id"].map(names)),
        places,
        streets=ground,
        wards=of_wards(store, Kind.WARDS, None if ward_code is None else {ward_code}),
        by_goal=by_goal(store, standing, on) if goal is None else None,
        goal_names=goal_names(store),
        lang=lang,
    )


def boundary_layers(store: Store, ward_code: str | None = None, *, lang: str = "vi") -> list[Layer]:
    """Draw wards, neighbourhoods and streets alone."""
    codes = None if ward_code is None else {ward_code}
    places = areas(store, ward_code, lang=lang)
    return draw_boundary(
        neighbourhoods=places[in_force_now(places)],
        streets=of_wards(store, Kind.STREETS, codes),
        wards=of_wards(store, Kind.WARDS, codes),
    )


def plan_layers(
    store: Store,
    plan: str,
    *,
    within: Collection[str] | None = None,
    public: bool = False,
    lang: str = "vi",
) -> list[Layer]:
    """Draw the zones of a plan, or `within` some neighbourhoods, with households and homes unless public."""
    frames = plan_frames(store, plan)
    frames = frames if within is None else frames.within(within)
    zones = public_plan(frames.zones, frames.neighbourhoods).zones if public else frames.zones
    return draw_plan(
        zones,
        households=None if public else frames.households,
        members=None if public else frames.members,
        neighbourhoods=frames.neighbourhoods,
        streets=frames.streets,
        public=public,
        lang=lang,
    )


def difference_layers(store: Store, first: str, second: str, *, lang: str = "vi") -> list[Layer]:
    """Draw which households change hands from one plan to another."""
    changes = compare_plans(store, first, second).changes
    homes = store.load(Kind.HOUSEHOLDS)[["household_id", "geometry"]]
    names = store.load(Kind.MEMBERS).set_index("member_id")["name"]
    told = {f"name_{side}": changes[f"member_{side}"].map(names) for side in ("first", "second")}
    places = areas(store)
    places = places[places["neighbourhood_id"].isin(changes["neighbourhood_id"])]
    return draw_difference(
        homes.merge(changes.assign(**told), on="household_id"),
        neighbourhoods=places,
        streets=of_wards(store, Kind.STREETS, set(places["ward_code"])),
        lang=lang,
    )


# --- export ---


def export_plan(
    store: Store,
    plan: str,
    to: Path,
    *,
    public: bool | None = None,
    member: str | None = None,
    team: str | None = None,
    lang: str = "vi",
    on: date,
    progress: Progress | None = None,
) -> Path:
    """Write a plan to a file whose ending names the format; HTML and slides are public unless told otherwise.

    Of a workbook, `member` or `team` asks for the lists of theirs alone. Raises `InputError` for an ending that no
    writer knows, and `NotFoundError` for a member or team without a list.
    """
    ending = to.suffix.lower()
    if ending in SHEET_OF_ENDING:
        sheet = SHEET_OF_ENDING[ending]
        return export_member_sheet(
            store, plan, to, sheet=sheet, member=member, public=public, lang=lang, on=on
        )
    if ending not in WRITERS | REPORT_WRITERS:
        known = sorted({*WRITERS, *REPORT_WRITERS, *SHEET_OF_ENDING})
        raise InputError("export_format_unknown", file=to.name, known=known)
    hidden = ending in PUBLIC_FORMATS if public is None else public
    frames = plan_frames(store, plan)
    listing = None
    if ending == ".xlsx" and not hidden:
        only = members_asked(frames.members, member, team)
        listing = listing_of(store, frames.households, only=only, on=on)
    content = _content(store, plan, frames, on=on, listing=listing)
    if ending in WRITERS:
        WRITERS[ending](content, to, public=hidden, lang=lang)
        return to
    before = _side_before(store, content)
    report = report_of(store, content, before=before, public=hidden, on=on, lang=lang)
    REPORT_WRITERS[ending](report, to, lang=lang, progress=progress)
    return to


def _side_before(store: Store, content: PlanExport) -> Side | None:
    """Return the plan that one takes the place of, in the same neighbourhoods; None where there is none."""
    places = set(content.neighbourhoods["neighbourhood_id"])
    for plan in plans_before(store, str(content.plan["plan"])):
        zones = plan_frames(store, plan).within(places).zones
        if len(zones):
            found = plan_document(store, plan, within=places)
            return Side(name=str(found["name"]), total=found["total"], zones=zones)
    return None


def _content(
    store: Store, plan: str, frames: PlanFrames, *, on: date, listing: Listing | None = None
) -> PlanExport:
    """Return what every format is written from."""
    return PlanExport(
        plan=plan_document(store, plan),
        zones=frames.zones,
        households=frames.households,
        members=frames.members,
        neighbourhoods=frames.neighbourhoods,
        streets=frames.streets,
        made_up=made_up(store),
        on=on,
        listing=listing,
    )


def export_paper(
    store: Store,
    plan: str,
    to: Path,
    *,
    sheet: str | None = None,
    public: bool | None = None,
    member: str | None = None,
    lang: str = "vi",
    on: date,
    progress: Progress | None = None,
) -> Path:
    """Write a plan as a PDF to print: `packets` of all members or one, which is usual, or a map for the `wall`.

    The wall map is public unless told otherwise, packets never are. `progress` is told each member twice: as the order
    is found, and as the pages are written. Raises `InputError` for a sheet or an ending that is none, and for public
    packets, and `NotFoundError` where a member, or anybody, has no household in the plan.
    """
    sheet = sheet or PACKETS
    hidden = is_public(sheet, to, public)
    content = _content(store, plan, plan_frames(store, plan), on=on)
    if sheet == WALL:
        write_wall(content, to, public=hidden, lang=lang)
        return to
    found, bound = halves(progress)
    packets = packets_of(store, content, member=member, on=on, progress=found)
    write_packets(packets, to, lang=lang, progress=bound)
    return to


def export_member_sheet(
    store: Store,
    plan: str,
    to: Path,
    *,
    sheet: str,
    member: str | None = None,
    public: bool | None = None,
    lang: str = "vi",
    on: date,
) -> Path:
    """Write what one member, or each, takes along: one of `MEMBER_SHEETS`, never public.

    Raises `InputError` for a sheet or an ending that is none, and `NotFoundError` for a member without households.
    """
    asked = member_sheet(sheet, to, member, public=public)
    frames, document = plan_frames(store, plan), plan_document(store, plan)
    told = asked.gather(store, frames, document, member=member, made_up=made_up(store), on=on)
    asked.write(told, to, lang=lang)
    return to


def unreached_workbook(
    store: Store, to: Path, *, goal: str | None, area: str | None, on: date, lang: str = "vi"
) -> Path:
    """Write the unreached households, with their causes, as a spreadsheet."""
    left = pd.DataFrame(unreached(store, goal=goal, area=area, on=on).drop(columns="geometry"))
    table_xlsx(
        left, to, title=say("unreached_title", lang, on=on), lang=lang, made_up=made_up(store)
    )
    return to


def coverage_workbook(
    store: Store,
    to: Path,
    *,
    by: str,
    goal: str | None,
    area: str | None,
    on: date,
    lang: str = "vi",
) -> Path:
    """Write the coverage table as a spreadsheet."""
    rows = coverage(store, by=by, goal=goal, area=area, on=on).rows
    table_xlsx(
        rows, to, title=say("coverage_title", lang, on=on), lang=lang, made_up=made_up(store)
    )
    return to
