"""What a person who imports asks before, and decides after: problems, headings, coordinate systems, boundaries."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import geopandas as gpd
import pandas as pd

from data.columns import fields
from data.findings import load_findings
from data.intake import put_in
from data.problems import COLUMNS as PROBLEM_COLUMNS
from data.records import ImportOptions, ImportReport
from data.redrawn import drawn_rows, estimated_rows
from data.store import Store
from geo.crs import UTM_48N, UTM_49N
from geo.terms import STORED_CRS, Kind
from geo.vn2000 import VN2000_48N, VN2000_49N, ZONES, zones_of_provinces
from geo.weighing import counted, weighed
from steps.gathering import areas, wards
from steps.importing import HandedOver, Rehearsal
from words import say


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


def import_order(files: list[HandedOver]) -> list[HandedOver]:
    """Return files in the order in which the later ones build on the earlier."""
    order = list(Kind)
    return sorted(files, key=lambda one: order.index(one.kind) if one.kind else len(order))


def keeping_rejects(file: HandedOver, to: Path) -> HandedOver:
    """Return the same file, told to save the rows set aside in `to`."""
    return replace(file, options=replace(file.options, rejects=to))
