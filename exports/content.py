"""What an exported plan holds, the same in every format."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import geopandas as gpd
import pandas as pd
from geopandas import GeoDataFrame
from pandas import DataFrame

from exports.public import public_plan
from exports.text import clean_texts
from words import Lang, say

# Of degrees: about 1 cm. RFC 7946, section 11.2, wants no more.
DECIMALS = 7

HOUSEHOLD_COLUMNS = [
    "household_id",
    "member_id",
    "member_name",
    "neighbourhood_id",
    "neighbourhood",
    "head",
    "phone",
    "house_number",
    "street",
    "alley",
    "address_raw",
    "location_source",
    "precision_m",
    "residents",
    "traits",
    "reason",
    "walk_m",
    "load_min",
    "locked",
]
ZONE_COLUMNS = ["member_id", "member_name", "neighbourhood_id", "neighbourhood"]
ZONE_FIGURES = ["households", "load_min", "walk_m"]
MEMBER_COLUMNS = ["member_id", "name", "phone", "role", "team_id", "neighbourhood_id"]
NEIGHBOURHOOD_COLUMNS = ["neighbourhood_id", "neighbourhood", "ward_code"]
COUNTS = ["residents", "households"]
# Of a plan's document, what is no figure: proofs, conflicts and how it was searched for.
NO_FIGURES = ("seconds", "name", "proven", "conflict", "stopped", "seed", "network")
STREET_COLUMNS = ["street_id", "name", "kind", "ward_code"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What lists to be filled in say beyond the plan.

    `goals`: names of those in force; `teams`: names by id; `homes`, by household_id: address, `goal` (the name of the
    first one still to be reached), and of the last visit `at` (UTC), `outcome` and `note`; `only`: the members asked
    for, None for the whole plan.
    """

    goals: tuple[str, ...]
    teams: dict[str, str]
    homes: DataFrame
    only: frozenset[str] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanExport:
    """A plan with all that is drawn or listed of it.

    `plan` is the document of `plan --json`; the frames are those of `workflow.PlanFrames`, in
    EPSG:4326; `made_up` says that nobody in them exists; `on` is the day it is exported. `listing` is there for
    workbooks only.
    """

    plan: dict[str, Any]
    zones: GeoDataFrame
    households: GeoDataFrame
    members: GeoDataFrame
    neighbourhoods: GeoDataFrame
    streets: GeoDataFrame
    made_up: bool
    on: date
    listing: Listing | None = None


def tables_of(content: PlanExport, *, public: bool) -> dict[str, DataFrame]:
    """Return the tables of an export by name, texts cleaned, without a stamp.

    Full: households, zones, neighbourhoods, members, streets, figures. Public: no households, no
    members, counts as `exports.public` allows.
    """
    tables = _public_tables(content) if public else _full_tables(content)
    return {name: clean_texts(table) for name, table in tables.items()}


def _full_tables(content: PlanExport) -> dict[str, DataFrame]:
    places = content.neighbourhoods.rename(columns={"name": "neighbourhood"})
    names = places.set_index("neighbourhood_id")["neighbourhood"]
    households, zones = (
        frame.assign(neighbourhood=frame["neighbourhood_id"].map(names))
        for frame in (content.households, content.zones)
    )
    per_member = zones[["member_id", *ZONE_FIGURES]].drop_duplicates("member_id")
    return {
        "households": _only(households, HOUSEHOLD_COLUMNS),
        "zones": _only(zones, ZONE_COLUMNS + ZONE_FIGURES),
        "neighbourhoods": _only(places, NEIGHBOURHOOD_COLUMNS),
        "members": _only(
            content.members.merge(per_member, on="member_id", how="left"),
            MEMBER_COLUMNS + ZONE_FIGURES,
        ),
        "streets": _only(content.streets, STREET_COLUMNS),
        "figures": _figures(content),
    }


def _public_tables(content: PlanExport) -> dict[str, DataFrame]:
    public = public_plan(content.zones, content.neighbourhoods)
    return {
        "zones": public.zones,
        "neighbourhoods": public.neighbourhoods,
        "streets": _only(content.streets, STREET_COLUMNS),
        "figures": public.figures,
    }


def _only(frame: GeoDataFrame, columns: list[str]) -> GeoDataFrame:
    """Return the columns that are there, in the order of `columns`, and the geometry last."""
    kept = [name for name in columns if name in frame.columns]
    table = GeoDataFrame(frame[kept], geometry=frame.geometry).reset_index(drop=True)
    whole = {name: table[name].round().astype("Int64") for name in COUNTS if name in kept}
    return table.assign(**whole)


def _figures(content: PlanExport) -> DataFrame:
    """Return one row per area of the plan and a last one, area null, over all of them."""
    total = {**content.plan["total"], "area": None}
    rows = [{**row, "unassigned": _count(row)} for row in [*content.plan["areas"], total]]
    plain = [{name: cell for name, cell in row.items() if name not in NO_FIGURES} for row in rows]
    table = pd.json_normalize(plain, sep="_")
    names = content.neighbourhoods.set_index("neighbourhood_id")["name"]
    table.insert(1, "name", table["area"].map(names))
    return table


def _count(row: dict[str, Any]) -> int:
    left = row.get("unassigned", 0)
    return left if isinstance(left, int) else len(left)


def stamp(content: PlanExport, *, public: bool, lang: str = Lang.VI) -> dict[str, str]:
    """Return what an export says of itself: plan, date, source, audience, and `DỮ LIỆU MẪU`."""
    marks = {
        "plan": str(content.plan["name"]),
        "date": content.on.isoformat(),
        "source": say("export_source", lang),
        "audience": say("export_for_public" if public else "export_for_staff", lang),
    }
    return marks | ({"notice": say("made_up_data", lang)} if content.made_up else {})


def stamped(table: DataFrame, marks: dict[str, str]) -> DataFrame:
    """Return `table` with what `stamp` says, all but the audience, in columns of its own."""
    told = {name: text for name, text in marks.items() if name != "audience"}
    return clean_texts(table.assign(**told))


def with_coordinates(table: DataFrame) -> DataFrame:
    """Return a table of points as plain columns, `lat` and `lon` (null where not located) last."""
    if not isinstance(table, gpd.GeoDataFrame):
        return table
    points = table.geometry
    plain = DataFrame(table.drop(columns=points.name))
    if not points.dropna().geom_type.eq("Point").all():
        return plain
    return plain.assign(lat=points.y.round(DECIMALS), lon=points.x.round(DECIMALS))
