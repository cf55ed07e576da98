"""The pipeline on one page: import → check → store → cover → plan → draw → export.

Each function gathers from the store, lets the core decide, and applies what was decided. It is the only place where
the store, the core and the drawing meet; the command line and the pages call nothing else.
"""

import tempfile
from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pandas as pd

from data import plans as kept
from data.basemap import Basemap, open_basemap
from data.columns import fields, match_columns
from data.edits import Edited
from data.findings import load_findings
from data.intake import put_in
from data.intake import undo as take_import_back
from data.looking import Look, look_of
from data.mappings import mappings as remembered_mappings
from data.mappings import recalled, remember, together
from data.plan_edits import list_edits, list_history, note_decision
from data.plan_edits import ways as ways_of_edits
from data.problems import COLUMNS as PROBLEM_COLUMNS
from data.reading import ACCEPTED, ENCODINGS, LEGACY
from data.records import ImportOptions, ImportReport
from data.redrawn import drawn_rows, estimated_rows
from data.rehearsal import trying
from data.rows import rows_of, stem_kind
from data.samples.defects import with_defects
from data.samples.files import write_ward
from data.samples.ward import make_ward
from data.settings import LOAD, SUPPORT, keep_setting
from data.shapes import known_area
from data.status import import_problems, import_rows, made_up
from data.store import Store, open_store
from data.suited import suited
from exports.content import PlanExport
from exports.sheets import table_xlsx
from geo.checks import check as check_tables
from geo.crs import UTM_48N, UTM_49N
from geo.errors import DiabanError, InputError
from geo.folding import fold
from geo.network import WalkingNetwork
from geo.succession import in_force_now
from geo.terms import MADE_UP_WARD, STORED_CRS, Kind, PlanStatus
from geo.units import current_ward
from geo.vn2000 import VN2000_48N, VN2000_49N, ZONES, zones_of_provinces
from geo.weighing import counted, weighed
from layers.boundary import boundary_layers as draw_boundary
from layers.coverage import coverage_layers as draw_coverage
from layers.difference import difference_layers as draw_difference
from layers.gaps import gap_layer
from layers.layer import Layer
from layers.plan import plan_layers as draw_plan
from layers.shares import share_layers as draw_shares
from planning import coverage as cover
from planning.adjusting import EditKind, handed_over, held_fast
from planning.comparing import Comparison, compare
from planning.coverage import Coverage
from planning.coverage_range import CoverageRange
from planning.figures import total
from planning.gaps import GapRules, Gaps
from planning.load import LoadTable
from planning.official import LEAST_MEMBERS, official, teams_of
from planning.official import counts as counts_of_lists
from planning.official import totals as reported_totals
from planning.reallocation import Reallocation, reallocate
from planning.routes import RouteRules
from planning.rules import PlanRules
from planning.staffing import Staffing, StaffingRules
from planning.staffing import staffing as staff
from planning.support import checked_support, staffing_with_support, what_if_with_support
from planning.telling import of_coverage, of_gaps, of_range, of_staffing, of_trend
from planning.trend import Trend
from planning.volunteers import ReallocationRules
from planning.what_if import WhatIf, by_day, with_members
from steps import leading
from steps.adjusting import Trial, changed, copied, drafted, served_by, touched, tried, turned
from steps.covering import (
    OfficialFigures,
    address_line,
    by_goal,
    found_households,
    goal_names,
    grouping,
)
from steps.deciding import Trials, ground_of, laid_out, names_of, places_asked, work_left
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
from steps.exporting import WRITERS
from steps.gathering import (
    areas,
    goals,
    households,
    households_to_plan,
    load_table,
    members_in_force,
    of_area,
    of_wards,
    people_in_charge,
    planned_places,
    support,
    teams,
    walking_checks,
    wards,
)
from steps.importing import HandedOver, Rehearsal, kind_of, raw_of, rehearsed, save_rejects
from steps.listing import listing_of, members_asked
from steps.member_sheets import MEMBER_SHEETS, writer_of_member_sheet
from steps.phone_pages import phone_page
from steps.planning_areas import (
    PlanFrames,
    figures_of_imported,
    loads_of,
    places_of,
    plan_area,
    rows_of_plan,
    zones_of,
)
from steps.progress import Progress, told
from steps.reasons import (
    explained,
    neighbourhood,
    options_document,
    place_of_household,
    rules_of,
    wishes_of,
)
from steps.redividing import (
    Redividing,
    corners_text,
    places_in,
    redivide,
    shape_of_corners,
    shape_of_file,
    shape_of_text,
)
from steps.rounds import rounds_of
from steps.saying import Said
from steps.showing import PublicCoverage, shown_of, together_in_public, with_shares
from steps.trying import TeamTrial, team_tried
from steps.walking_networks import walking_network
from steps.warming import warm_planning
from steps.wishing import budget, until, wished, wishes_from
from words import say

__all__ = [
    "ACCEPTED",
    "MADE_UP_WARD",
    "MEMBER_SHEETS",
    "MOST_FOUND_BY_HAND",
    "Basemap",
    "Comparison",
    "Coverage",
    "CoverageRange",
    "Edited",
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
    "corners_text",
    "cutting_layers",
    "edit",
    "edits",
    "end",
    "fields_by_hand",
    "found_by_hand",
    "goals",
    "ground_layers",
    "import_problems",
    "in_charge_by_hand",
    "load_table",
    "move_household",
    "open_basemap",
    "open_store",
    "place_layers",
    "place_typed",
    "places_in",
    "redivide",
    "resume",
    "rows_by_hand",
    "shape_of_corners",
    "shape_of_file",
    "shape_of_text",
    "support",
    "values_by_hand",
    "vanished_by_hand",
    "wards",
    "warm_planning",
]

# People's data stay out of these unless `full` is asked for by name.
PUBLIC_FORMATS = frozenset({".html"})


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
    raw = raw_of(path, options) if look is None else look.raw
    kind = kind or kind_of(path, raw)
    raw = suited(raw, kind)
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


def keeping_rejects(file: HandedOver, to: Path) -> HandedOver:
    """Return the same file, told to save the rows set aside in `to`."""
    return replace(file, options=replace(file.options, rejects=to))


def import_order(files: list[HandedOver]) -> list[HandedOver]:
    """Return files in the order in which the later ones build on the earlier."""
    order = list(Kind)
    return sorted(files, key=lambda one: order.index(one.kind) if one.kind else len(order))


def weighed_problems(rehearsal: Rehearsal) -> pd.DataFrame:
    """Return what is to be told of an import, each with its `weight`: what it asks of a person.

    Problems of rows, and what was decided about boundaries (check `boundary_…`, the neighbourhoods as value).
    """
    report = rehearsal.report
    if report is None:
        return pd.DataFrame(columns=["weight", *PROBLEM_COLUMNS])
    found = rehearsal.findings
    told = [report.problems]
    if len(found):
        named = {"check": "boundary_" + found["what"].astype(str), "value": found["names"]}
        told.append(pd.DataFrame(named).reindex(columns=[*PROBLEM_COLUMNS]).astype(object))
    whole = pd.concat([one for one in told if len(one)] or told[:1], ignore_index=True)
    return weighed(whole, report.aside.iloc[:, :2])


def problem_counts(problems: pd.DataFrame) -> pd.DataFrame:
    """Return weight, check and rows of weighed problems, the heaviest first."""
    return counted(problems)


def fields_of(kind: Kind) -> list[str]:
    """Return the fields that a file of a KIND may fill."""
    return fields(kind)


def coordinate_systems(store: Store) -> dict[str, float | None]:
    """Return the systems a file of Vietnam may be in, usual ones first, with the central meridian of a zone.

    Of the zones, those come first that the provinces of the stored wards have.
    """
    zones = {code: meridian for meridian, code in ZONES.items()}
    return {
        STORED_CRS: None,
        **zones_of_provinces(wards(store)["province_code"].dropna()),
        **zones,
        VN2000_48N: None,
        VN2000_49N: None,
        UTM_48N: None,
        UTM_49N: None,
    }


def boundary_findings(store: Store, import_id: str | None = None) -> gpd.GeoDataFrame:
    """Return what imports decided about boundaries, or ask: of one import, or of all that stand.

    Columns: `import_id`, `ward_code`, `what` (its words are `boundary_<what>`), `neighbourhoods` (ids), `value`,
    `area_m2`, `width_m`, `moved_m`, `stands` (false: asked once, and no question any more); the place before is the
    geometry, `after` the place as it is.
    """
    return load_findings(store, import_id)


def estimate_boundaries(store: Store, ward: str, *, on: date, lang: str = "vi") -> ImportReport:
    """Estimate the neighbourhoods of a ward that has none from its households; an import like any other.

    Raises `ConflictError` where somebody drew them, `InputError` where no household tells.
    """
    rows = estimated_rows(store.load(Kind.HOUSEHOLDS), areas(store), store.load(Kind.WARDS), ward)
    named = store.folder / say("boundaries_estimated_file", lang, ward=ward)
    options = ImportOptions(ward=ward, on=on)
    return put_in(store, rows, Kind.NEIGHBOURHOODS, file=named, options=options)


def cut_overlaps(store: Store, ward: str, *, on: date, lang: str = "vi") -> ImportReport:
    """Cut the overlaps that were asked about along their middle: the person's word, an import like any other."""
    rows = drawn_rows(areas(store), ward)
    named = store.folder / say("boundaries_cut_file", lang, ward=ward)
    options = ImportOptions(on=on, cut_wide=True)
    return put_in(store, rows, Kind.NEIGHBOURHOODS, file=named, options=options)


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


# --- check and cover ---


def check(store: Store, *, on: date) -> pd.DataFrame:
    """Return what the ward should mend: check, table, id, other, value."""
    tables = {str(kind): store.load(kind) for kind in Kind if kind != Kind.ASSIGNMENTS}
    tables[Kind.NEIGHBOURHOODS] = areas(store, on=on)
    tables |= {Kind.HOUSEHOLDS: households(store, on=on), Kind.TEAMS: teams(store, on=on)}
    return pd.concat([check_tables(tables), walking_checks(store)], ignore_index=True)


def coverage(
    store: Store,
    *,
    by: str = "neighbourhood",
    goal: str | None = None,
    area: str | None = None,
    on: date,
    lang: str | None = None,
) -> Coverage:
    """Count reached and unreached households by ward, neighbourhood, team or member.

    Where a language is named, the names of neighbourhoods say which boundaries are estimated.
    """
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    belongs = homes
    if by in ("team", "member"):
        belongs = cover.explained(
            homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal
        )

    table, area_of = grouping(store, by, belongs, area=area, on=on, lang=lang)
    return cover.coverage(homes, visits, aims, areas=table, area_of=area_of, on=on, goal=goal)


def unreached(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> gpd.GeoDataFrame:
    """Return every unreached household once, with the first cause that applies."""
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    left = cover.unreached(homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal)
    return left.join(homes[_SURENESS])


def household_status(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> gpd.GeoDataFrame:
    """Return every household: where it stands, who is in charge, why it is unreached, head and address."""
    homes = households(store, area, on=on)
    visits, aims = store.load(Kind.VISITS), goals(store, on=on)
    standing = cover.explained(
        homes, visits, aims, **people_in_charge(store, on=on), on=on, goal=goal
    )
    words = homes.loc[standing.index, ["head", "house_number", "street", "alley", "address_raw"]]
    told = standing.assign(head=words["head"], address=address_line(words))
    return told.join(homes[["traits", *_SURENESS]])


def find_households(
    store: Store, text: str, *, area: str | None = None, most: int = 20
) -> pd.DataFrame:
    """Return household_id, head and address of those that a name, address or digital address means, likeliest first."""
    homes = of_area(store, store.load(Kind.HOUSEHOLDS), area)
    return found_households(homes, text, most=most)


def official_figures(
    store: Store, *, area: str | None = None, on: date, least_members: int = LEAST_MEMBERS
) -> OfficialFigures:
    """Return the figures that reports give, beside what the lists count on a day; never mixed with it.

    `area` keeps those of a ward, with its neighbourhoods, or of one neighbourhood.
    """
    reported = store.load(Kind.FIGURES)
    if area is not None:
        of_area(store, store.load(Kind.HOUSEHOLDS), area)
        of_ward = reported["ward_code"] == area
        reported = reported[of_ward | (reported["neighbourhood_id"] == area)]
    listed = counts_of_lists(
        households(store, on=on),
        teams(store, on=on),
        store.load(Kind.MEMBERS),
        on=on.isoformat(),
    )
    rows = official(reported, listed, wards(store))
    return OfficialFigures(
        rows=rows, teams=teams_of(rows, least=least_members), total=reported_totals(rows)
    )


# --- for the ward's leader ---


def gaps(
    store: Store,
    *,
    goal: str | None = None,
    area: str | None = None,
    rules: GapRules | None = None,
    on: date,
) -> Gaps:
    """Return where unreached households lie together or far away, and which neighbourhoods are behind."""
    return leading.gaps_of(store, goal=goal, area=area, rules=rules or GapRules(), on=on)


def gap_sentences(store: Store, found: Gaps, *, lang: str = "vi") -> list[Said]:
    """Return a sentence for each gap, in their order; one that there is none, where there is none."""
    return leading.in_words(store, of_gaps(found), lang)


def trend(store: Store, *, goal: str | None = None, area: str | None = None, on: date) -> Trend:
    """Return coverage week by week up to a day, and when everybody will have been met."""
    return leading.trend_of(store, goal=goal, area=area, on=on)


def coverage_between(
    store: Store, *, goal: str | None = None, area: str | None = None, on: date
) -> CoverageRange:
    """Return coverage as a range, where lists, reports and digital addresses count different households."""
    total = coverage(store, by="ward", goal=goal, area=area, on=on).total
    return leading.range_of(store, total, area=area, on=on)


def sentences(
    store: Store,
    *,
    goal: str | None = None,
    area: str | None = None,
    on: date,
    lang: str = "vi",
) -> list[Said]:
    """Return what there is to say of a place on a day but for its gaps: coverage, its end, staffing."""
    total = coverage(store, by="ward", goal=goal, area=area, on=on).total
    told = [
        *of_coverage(total),
        *of_range(leading.range_of(store, total, area=area, on=on)),
        of_trend(trend(store, goal=goal, area=area, on=on)),
        *of_staffing(staffing(store, area=area, on=on), least=StaffingRules().least_members),
    ]
    return leading.in_words(store, told, lang)


def gap_households(
    store: Store,
    gap: str | None = None,
    *,
    goal: str | None = None,
    area: str | None = None,
    found: Gaps | None = None,
    phones: bool = False,
    on: date,
    lang: str = "vi",
) -> pd.DataFrame:
    """Return the unreached households of a gap, or of a place where no gap is named; phones only if asked for.

    The gaps of the same question, where they were `found` already, spare finding them again. Raises `NotFoundError`
    where there is no such gap.
    """
    if gap is None:
        ids, around = None, area
    else:
        found = found or gaps(store, goal=goal, area=area, on=on)
        ids, around = leading.households_of(found, gap), None
    standing = leading.standing_of(store, goal=goal, area=around, on=on)
    return leading.household_rows(store, standing, ids=ids, phones=phones, lang=lang)


def gap_layers(
    store: Store, found: Gaps, *, chosen: str | None = None, lang: str = "vi"
) -> list[Layer]:
    """Draw the gaps that have a shape of their own; of the neighbourhoods behind only the `chosen` one."""
    rows = leading.shaped(found.rows, areas(store), chosen)
    texts = [one.text for one in gap_sentences(store, found, lang=lang)][: len(rows)]
    drawn = gap_layer(rows, pd.Series(texts, rows.index, dtype=str))
    return [] if drawn is None else [drawn]


# How sure the place of a household is: said wherever the place is shown.
_SURENESS = ["location_source", "precision_m"]


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


def plan_options(
    store: Store,
    area: str,
    *,
    rules: PlanRules | None = None,
    prove: bool = False,
    time_limit_s: float | None = None,
    on: date,
) -> dict[str, Any]:
    """Return plans of one neighbourhood from fewest moves to least walking, beside who has which household now.

    Rows, fewest moves first: `keep` (minutes), `moved`, `outside_min`, `walk_m`, `zones_disconnected`, `why` (moves by
    reason) and `moves`. With `prove` also `fewest`: how many households move in the plan with the fewest moves found,
    at least in any plan, and whether that is the same; None where no plan keeps to the windows. `time_limit_s` are the
    seconds to prove it in. Nothing is kept. Raises `InputError` where `area` is a whole ward.
    """
    place = _one_place(store, area, on)
    told = replace(rules or PlanRules(), load=load_table(store))
    here, current = neighbourhood(store, place, on), kept.current_assignment(store)
    return options_document(here, told, current, prove=prove, keep_going=until(time_limit_s))


def try_team(
    store: Store,
    area: str,
    *,
    away: Collection[str] = (),
    more: int = 0,
    most_min: float | None = None,
    rules: PlanRules | None = None,
    on: date,
) -> TeamTrial:
    """Return what one neighbourhood comes to with members `away`, some `more`, and hard limits; nothing is kept.

    Changes are counted from the plan in force. Raises `InputError` where `area` is a whole ward.
    """
    place = _one_place(store, area, on)
    told = replace(rules or PlanRules(), load=load_table(store))
    here, current = neighbourhood(store, place, on), kept.current_assignment(store)
    return team_tried(here, told, current, away=away, more=more, most_min=most_min)


def members_of(store: Store, area: str, *, on: date) -> pd.DataFrame:
    """Return member_id and name of those who serve a neighbourhood on a day, by name."""
    people = pd.DataFrame(members_in_force(store, on, [area])[["member_id", "name"]])
    return people.sort_values("name", key=lambda names: names.map(fold), ignore_index=True)


def _one_place(store: Store, area: str, on: date) -> dict[str, Any]:
    """Return the row of one neighbourhood; raise `InputError` where `area` is a whole ward."""
    places = planned_places(store, area, on)
    if len(places) > 1:
        raise InputError("one_neighbourhood", area=area)
    return {str(name): cell for name, cell in places.iloc[0].items()}


def why_member(store: Store, plan: str, household: str, *, on: date) -> pd.DataFrame:
    """Return, for each member of the neighbourhood, what it would mean to give them a household of a plan."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    place = place_of_household(areas(store), store.load(Kind.HOUSEHOLDS), household)
    rows = kept.plan_part(store, "assignments", plan_id)
    here = neighbourhood(store, place, on)
    wishes = wishes_of(store, plan_id, here.members)
    return explained(here, rows, household, rules_of(store, plan_id), wishes)


def load_rows(store: Store) -> pd.DataFrame:
    """Return the minutes a household takes: `item`, `minutes` as the planner has set them, `usual` as they come."""
    own, usual = asdict(load_table(store)), asdict(LoadTable())
    return pd.DataFrame({"item": [*own], "minutes": [*own.values()], "usual": [*usual.values()]})


def set_load(store: Store, minutes: Mapping[str, float], *, anew: bool = False) -> None:
    """Change some of the minutes a household takes, from what they are or `anew` from the usual ones.

    Plans that are made from then on go by them; those that are kept stay as they are.
    """
    begun = LoadTable() if anew else load_table(store)
    keep_setting(store, LOAD, asdict(begun.changed(minutes)) if minutes or not anew else {})


def try_move(
    store: Store, plan: str, households: Collection[str], member: str, *, on: date
) -> Trial:
    """Return what it would mean for loads and zones to give households of a plan to a member; nothing is kept."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    return tried(served_by(store, plan_id, member, on=on), pd.Series([*households]), member)


def member_choices(
    store: Store, plan: str, households: Collection[str], *, on: date
) -> pd.DataFrame:
    """Return who serves the neighbourhoods of some households of a plan: member_id, name, households, load_min."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    parts = touched(store, plan_id, pd.Series([*households]), on=on)
    loads = pd.concat([one.loads(one.rows) for one in parts], ignore_index=True)
    return loads[["member_id", "name", "households", "load_min"]]


def move_households(
    store: Store,
    plan: str,
    households: Collection[str],
    member: str,
    *,
    why: str | None = None,
    on: date,
) -> int:
    """Give households of a draft to a member, and return how many moved; locked ones stay."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    one = served_by(store, plan_id, member, on=on)
    after = handed_over(one.rows, pd.Series([*households]), member)
    return changed(store, plan_id, [(one, one.become(after))], what=EditKind.MOVE, why=why)


def lock_households(
    store: Store,
    plan: str,
    households: Collection[str],
    *,
    locked: bool = True,
    why: str | None = None,
    on: date,
) -> int:
    """Lock households of a draft to their members, or unlock them, and return how many changed."""
    plan_id, chosen = str(kept.find_plan(store, plan).plan_id), pd.Series([*households])
    parts = [
        (one, one.become(held_fast(one.rows, chosen, locked=locked)))
        for one in touched(store, plan_id, chosen, on=on)
    ]
    what = EditKind.LOCK if locked else EditKind.UNLOCK
    return changed(store, plan_id, parts, what=what, why=why)


def suggest_again(
    store: Store,
    plan: str,
    *,
    area: str | None = None,
    why: str | None = None,
    on: date,
    progress: Progress | None = None,
) -> int:
    """Share one neighbourhood of a draft, or all, anew around its locks; return how many households changed."""
    plan_id = str(kept.find_plan(store, plan).plan_id)
    codes = (
        [area] if area else sorted(kept.plan_part(store, "plan_areas", plan_id)["neighbourhood_id"])
    )
    parts = []
    for code in told(codes, progress, lambda _: ""):
        one = drafted(store, plan_id, code, on=on)
        parts.append((one, one.suggested()))
    return changed(store, plan_id, parts, what=EditKind.SUGGEST, why=why)


def undo_edit(store: Store, plan: str, *, on: date) -> None:
    """Take the last change by hand of a draft back."""
    turned(store, str(kept.find_plan(store, plan).plan_id), redo=False, on=on)


def redo_edit(store: Store, plan: str, *, on: date) -> None:
    """Do the last change of a draft that was taken back again."""
    turned(store, str(kept.find_plan(store, plan).plan_id), redo=True, on=on)


def plan_edits(store: Store, plan: str) -> pd.DataFrame:
    """Return what was changed by hand in a plan, newest first: at, who, what, why, households, undone."""
    return list_edits(store, str(kept.find_plan(store, plan).plan_id))


def copy_plan(
    store: Store,
    plan: str,
    *,
    name: str | None = None,
    on: date,
    lang: str = "vi",
    progress: Progress | None = None,
) -> str:
    """Keep a draft that begins as another plan is, and return its id: plans in force are never rewritten."""
    row = kept.find_plan(store, plan)
    wanted = name or kept.free_plan_name(store, say("plan_copy_name", lang, name=row.name))
    return copied(store, str(row.plan_id), name=wanted, on=on, progress=progress)


def edit_ways(store: Store, plan: str) -> tuple[bool, bool]:
    """Return whether there is a change by hand to undo, and one to redo."""
    return ways_of_edits(store, str(kept.find_plan(store, plan).plan_id))


def plan_history(store: Store) -> pd.DataFrame:
    """Return who approved or retired which plan when and why, newest first."""
    return list_history(store)


def member_loads(store: Store, plan: str, area: str, *, on: date) -> pd.DataFrame:
    """Return what each member of a neighbourhood carries in a plan; see `planning.adjusting.member_loads`."""
    one = drafted(store, str(kept.find_plan(store, plan).plan_id), area, on=on)
    return one.loads(one.rows)


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
    homes, members = store.load(Kind.HOUSEHOLDS), store.load(Kind.MEMBERS)
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


# --- decide above the neighbourhood ---


def set_support(store: Store, dong: float | None) -> None:
    """Keep how many đồng of support each team gets a month; None: there is none."""
    amount = checked_support(dong)
    keep_setting(store, SUPPORT, {} if amount is None else {"dong_team_month": amount})


def staffing(
    store: Store, *, area: str | None = None, rules: StaffingRules | None = None, on: date
) -> Staffing:
    """Return what each team has and lacks on a day."""
    ground = ground_of(store, area, on)
    tables = (ground.places, ground.teams, ground.members, ground.households)
    found = staff(*tables, rules=rules or StaffingRules(), on=on)
    return staffing_with_support(found, support(store))


def reallocation(
    store: Store,
    *,
    area: str | None = None,
    rules: ReallocationRules | None = None,
    goal: str | None = None,
    on: date,
) -> Reallocation:
    """Return which volunteers to move between teams, and where to recruit; nothing is stored."""
    ground = ground_of(store, area, on)
    left = work_left(store, ground, goal=goal, on=on)
    tables = (ground.places, ground.teams, ground.members, ground.households, left)
    return reallocate(*tables, rules=rules or ReallocationRules(), on=on)


def what_if(
    store: Store,
    *,
    area: str | None = None,
    members: int | None = None,
    until: date | None = None,
    exact: PlanRules | None = None,
    goal: str | None = None,
    on: date,
) -> WhatIf:
    """Return what each neighbourhood comes to with so many members, or the members it needs to be done by a day.

    With `exact`, plans are made by these rules (and not kept) where walking and balance are otherwise estimated.
    """
    ground = ground_of(store, area, on)
    left = work_left(store, ground, goal=goal, on=on)
    places = places_asked(store, ground)
    if until is not None:
        found = by_day(places, ground.members, left, on=on, until=until)
        return what_if_with_support(found, ground.teams, support(store))
    trials = Trials(store, ground, exact or PlanRules())
    tried = {"walk_with": trials.walk_m} if exact is None else {"plan_with": trials.planned}
    found = with_members(places, ground.members, left, count=members, **tried)
    return what_if_with_support(found, ground.teams, support(store))


def compare_plans(store: Store, first: str, second: str) -> Comparison:
    """Compare two plans, named by id or name, on the households, members and streets of now."""
    ids = [str(kept.find_plan(store, plan).plan_id) for plan in (first, second)]
    members, places = names_of(store)
    sides = (laid_out(store, ids[0]), laid_out(store, ids[1]))
    return compare(*sides, members=members, places=places)


def team_names(store: Store) -> dict[str, str]:
    """Return what teams and neighbourhoods are called, by id; those without a name are left out."""
    tables = ((Kind.NEIGHBOURHOODS, "neighbourhood_id"), (Kind.TEAMS, "team_id"))
    named = [store.load(table).set_index(key)["name"].dropna() for table, key in tables]
    return {str(key): str(name) for one in named for key, name in one.items()}


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
    return draw_plan(
        frames.zones,
        households=None if public else frames.households,
        members=None if public else frames.members,
        neighbourhoods=frames.neighbourhoods,
        streets=frames.streets,
        public=public,
        lang=lang,
    )


def public_coverage(
    store: Store, ward: str, *, goal: str | None = None, on: date
) -> PublicCoverage:
    """Return coverage as a meeting may see it: nothing that tells of fewer than five households."""
    return shown_of(coverage(store, goal=goal, area=ward, on=on), goal)


def public_gaps(store: Store, ward: str, *, goal: str | None = None, on: date) -> pd.DataFrame:
    """Return in which neighbourhoods many unreached households lie together, and about how many."""
    shown = public_coverage(store, ward, goal=goal, on=on)
    return together_in_public(gaps(store, goal=goal, area=ward, on=on), shown)


def share_layers(
    store: Store,
    ward: str,
    *,
    marked: Collection[str] = (),
    goal: str | None = None,
    on: date,
    lang: str = "vi",
) -> list[Layer]:
    """Draw the shares of neighbourhoods that a meeting may see; some `marked` with a heavy rim."""
    shown = public_coverage(store, ward, goal=goal, on=on)
    return draw_shares(
        with_shares(areas(store, ward, on=on), shown),
        streets=of_wards(store, Kind.STREETS, {ward}),
        marked=frozenset(marked),
        lang=lang,
    )


def record_decision(store: Store, text: str, *, plan: str | None = None) -> None:
    """Keep what a meeting decided in the history, about a plan or on its own."""
    subject = None if plan is None else str(kept.find_plan(store, plan).plan_id)
    note_decision(store, text, subject)


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
) -> Path:
    """Write a plan to a file whose ending names the format; HTML is public unless told otherwise.

    Of a workbook, `member` or `team` asks for the lists of theirs alone. Raises `InputError` for an ending that no
    writer knows, and `NotFoundError` for a member or team without a list.
    """
    ending = to.suffix.lower()
    write = WRITERS.get(ending)
    if write is None:
        raise InputError("export_format_unknown", file=to.name, known=sorted(WRITERS))
    hidden = ending in PUBLIC_FORMATS if public is None else public
    frames = plan_frames(store, plan)
    listing = None
    if ending == ".xlsx" and not hidden:
        only = members_asked(frames.members, member, team)
        listing = listing_of(store, frames.households, only=only, on=on)
    content = PlanExport(
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
    write(content, to, public=hidden, lang=lang)
    return to


def export_member_sheet(
    store: Store,
    plan: str,
    to: Path,
    *,
    sheet: str,
    member: str | None,
    lang: str = "vi",
    on: date,
) -> Path:
    """Write what one member takes along, with people's data: one of `MEMBER_SHEETS`.

    Raises `InputError` for a sheet or an ending that is none, and `NotFoundError` for a member without households.
    """
    write = writer_of_member_sheet(sheet, to)
    frames, document = plan_frames(store, plan), plan_document(store, plan)
    page = phone_page(store, frames, document, member=member, made_up=made_up(store), on=on)
    write(page, to, lang=lang)
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


def gap_workbook(
    store: Store,
    to: Path,
    gap: str | None,
    *,
    goal: str | None,
    area: str | None,
    phones: bool = False,
    on: date,
    lang: str = "vi",
) -> Path:
    """Write the households of a gap, as the page lists them, as a spreadsheet."""
    rows = gap_households(store, gap, goal=goal, area=area, phones=phones, on=on, lang=lang)
    title = say("list_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
    return to


def trend_workbook(
    store: Store, to: Path, *, goal: str | None, area: str | None, on: date, lang: str = "vi"
) -> Path:
    """Write the weeks as a spreadsheet."""
    rows = trend(store, goal=goal, area=area, on=on).rows
    title = say("trend_table_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
    return to


def staffing_table(
    store: Store, *, area: str | None = None, on: date, lang: str = "vi"
) -> pd.DataFrame:
    """Return what each team has and lacks, as a table for people."""
    return leading.staffing_rows(staffing(store, area=area, on=on).rows, lang)


def staffing_workbook(
    store: Store, to: Path, *, area: str | None, on: date, lang: str = "vi"
) -> Path:
    """Write what each team has and lacks as a spreadsheet."""
    rows = staffing_table(store, area=area, on=on, lang=lang)
    title = say("staffing_title", lang, on=on)
    table_xlsx(rows, to, title=title, lang=lang, made_up=made_up(store))
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
