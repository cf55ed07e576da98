"""Reading what people hand over, trying it, and saving what was set aside."""

from dataclasses import dataclass, field, replace
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.findings import BETWEEN_IDS
from data.kinds import guessed_kind
from data.looking import Look
from data.odk import submissions_as_visits
from data.own_exports import layer_of
from data.reading import RawTable, read
from data.records import ImportOptions, ImportReport
from data.schema import KEYS
from data.status import made_up
from data.store import Store
from exports.sheets import rejects_xlsx
from geo.errors import DiabanError, InputError
from geo.succession import drawn_ground
from geo.terms import STORED_CRS, Kind, LocationSource
from geo.weighing import heaviest_first, states
from layers.intake import finding_layer
from layers.intake import intake_layers as draw_intake
from layers.layer import Layer
from steps.gathering import of_wards
from words import problem, say

OWNER_ONLY_FOLDER = 0o700
OWNER_ONLY_FILE = 0o600


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOver:
    """A file that a person hands over, what the person says about it, and the look that was had at it so."""

    path: Path
    kind: Kind | None = None
    options: ImportOptions = field(default_factory=ImportOptions)
    look: Look | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsal:
    """What importing a file would do: the report and its drawing, or the fault that stands in the way.

    `drawn` shows boundaries as the file draws them, and `findings` tells in names what was decided about them.
    """

    report: ImportReport | None = None
    layers: list[Layer] = field(default_factory=list)
    drawn: list[Layer] = field(default_factory=list)
    findings: pd.DataFrame = field(default_factory=pd.DataFrame)
    fault: DiabanError | None = None


def raw_of(path: Path, options: ImportOptions, kind: Kind | None = None) -> RawTable:
    """Return the cells of a file, read as the person said; submissions of a campaign's form as a list of visits.

    Of a GeoPackage with several layers, that of the KIND.
    """
    try:
        raw = read(path, layer=options.layer, encoding=options.encoding)
    except InputError as fault:
        layer = layer_of(kind, fault)
        if layer is None:
            raise
        raw = read(path, layer=layer, encoding=options.encoding)
    return submissions_as_visits(raw)


def rehearsed(trial: Store, report: ImportReport, lang: str) -> Rehearsal:
    """Return what an import did to a store that keeps nothing, drawn."""
    layers = _placed_layers(trial, report, lang)
    if report.kind != Kind.NEIGHBOURHOODS:
        return Rehearsal(report=report, layers=layers)
    told = _named_findings(trial, heaviest_first(report.findings))
    places = finding_layer(told.set_geometry("before"), lang=lang)
    marks = [] if places is None else [places]
    as_drawn = replace(report, placed=drawn_ground(report.placed))
    drawn = _placed_layers(trial, as_drawn, lang)
    return Rehearsal(report=report, layers=layers + marks, drawn=drawn + marks, findings=told)


def _named_findings(trial: Store, findings: pd.DataFrame) -> gpd.GeoDataFrame:
    """Findings with the names of their neighbourhoods, in `names`, the place as it was as geometry."""
    names = trial.load(Kind.NEIGHBOURHOODS).set_index("neighbourhood_id")["name"]
    told = [
        BETWEEN_IDS.join(str(names.get(one, one)) for one in str(ids).split(BETWEEN_IDS))
        for ids in findings["neighbourhoods"].fillna("")
    ]
    places = gpd.GeoSeries(findings["before"], index=findings.index, crs=STORED_CRS)
    return gpd.GeoDataFrame(findings.assign(names=told, before=places), geometry="before")


def _placed_layers(trial: Store, report: ImportReport, lang: str) -> list[Layer]:
    """What an import puts on the map, over the ground that is there."""
    placed, kind = report.placed, Kind(report.kind)
    if "geometry" not in placed or placed.empty:
        return []
    key = KEYS[kind]
    estimated = pd.Series(False, index=placed.index)
    if "location_source" in placed:
        estimated = placed["location_source"].eq(LocationSource.ESTIMATED)
    codes = set(placed["ward_code"].dropna())
    below = {
        str(table): of_wards(trial, table, codes)
        for table in (Kind.WARDS, Kind.NEIGHBOURHOODS, Kind.STREETS)
        if table != kind
    }
    standing = states(placed, report.problems, key=key, estimated=estimated)
    return draw_intake(placed, standing, key=key, ground=below, lang=lang)


def kind_of(path: Path, raw: RawTable) -> Kind:
    """Return what a file holds, guessed from its name and headings; raise `InputError` where nothing tells."""
    kind = guessed_kind(path, raw)
    if kind is None:
        raise InputError("kind_unknown", file=path.name, kinds=[str(kind) for kind in Kind])
    return kind


def save_rejects(
    store: Store, report: ImportReport, options: ImportOptions, lang: str
) -> Path | None:
    """Save the rows set aside, each with what was wrong, where only their owner can read them."""
    wanted = options.rejects or (None if options.dry_run else _rejects_path(store, report))
    if wanted is None or report.aside.empty:
        return None
    wanted.parent.mkdir(parents=True, exist_ok=True, mode=OWNER_ONLY_FOLDER)
    faults = report.problems.assign(
        fault=[problem(check, lang) for check in report.problems["check"]]
    )
    place = [faults["sheet"].fillna(""), faults["row"]]
    because = faults.groupby(place)["fault"].agg("; ".join)
    stood = zip(report.aside.iloc[:, 1].fillna(""), report.aside.iloc[:, 0], strict=True)
    rejects_xlsx(
        report.aside,
        wanted,
        because=pd.Series([because.get(where) for where in stood], report.aside.index),
        title=say("rejects_title", lang, file=report.file),
        lang=lang,
        made_up=made_up(store),
    )
    wanted.chmod(OWNER_ONLY_FILE)
    return wanted


def _rejects_path(store: Store, report: ImportReport) -> Path:
    return store.folder / f"{report.import_id}.xlsx"
