"""Recognise an incoming list of households, tell what it would change, and mark who has vanished."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import geopandas as gpd
import pandas as pd
import sqlalchemy as sa
from shapely import get_coordinates

from data import schema
from data.cells import VIETNAM
from data.changes import Difference, differing
from data.ids import are_made
from data.problems import COLUMNS
from data.reading import SHAPEFILE_SIDES
from data.records import ImportOptions
from data.rows import Rows
from data.store import now
from geo.aliases import with_alias
from geo.among import among
from geo.recognising import Doubt, How, recognise
from geo.recognising_keys import repeats
from geo.stacks import stacked
from geo.terms import Kind

KEY = schema.KEYS[Kind.HOUSEHOLDS]
# What settling works out: it follows from the rest and is no news of the list.
DERIVED = (KEY, "ward_code", "neighbourhood_id", "known_as", "vanished_at", "address_scheme")
# What a person says about a file without changing what is read in it.
SAID_ASIDE = ("on", "dry_run", "rejects", "mix_made_up")


@dataclass(frozen=True, slots=True, kw_only=True)
class Again:
    """A list beside what is stored.

    `incoming` has the rows to store, under the ids of the households they are; `problems` and `aside` tell of the rows
    in doubt, which wait for a person, as `data.rows.Rows` does. `recognised` counts by `How`.
    """

    incoming: Any
    problems: pd.DataFrame
    aside: pd.DataFrame
    origin: pd.DataFrame
    vanished: pd.Series
    recognised: dict[str, int] = field(default_factory=dict)


def among_stored(
    rows: Rows, incoming: Any, tables: dict[str, Any], *, options: ImportOptions
) -> Again:
    """Return the rows of a list of households as what they are among those that are stored."""
    stored = tables[Kind.HOUSEHOLDS]
    names = tables[Kind.NEIGHBOURHOODS].set_index("neighbourhood_id")["name"]
    named = stored.assign(neighbourhood_name=stored["neighbourhood_id"].map(names).astype("str"))
    found = recognise(
        named,
        incoming,
        made_ids=rows.made_ids,
        stored_made_ids=are_made(stored["household_id"]),
        trust_ids=options.trust_ids,
    )
    told = found.rows
    doubtful = told["doubt"].notna().to_numpy()
    known = told["known"].fillna(incoming[KEY])
    alias = incoming[KEY].where((known != incoming[KEY]) & ~rows.made_ids)
    held = stored.set_index(KEY)["known_as"].reindex(known).set_axis(incoming.index)
    named = incoming.assign(**{KEY: known, "known_as": with_alias(held, alias)})
    return Again(
        incoming=named[~doubtful].reset_index(drop=True),
        problems=pd.concat(
            [_questions(told, rows)[doubtful], _repeats(incoming, rows)[~doubtful]]
        ).dropna(subset="check", ignore_index=True),
        aside=rows.stood[doubtful].reset_index(drop=True),
        origin=rows.origin[~doubtful].reset_index(drop=True),
        vanished=found.vanished,
        recognised={str(how): int((told["how"] == how).sum()) for how in How},
    )


def _questions(told: pd.DataFrame, rows: Rows) -> pd.DataFrame:
    """Each doubt as a problem of its row; `value` names the stored households it may be."""
    where = rows.origin.reindex(columns=["row", "sheet"])
    asked = where.assign(column=None, check=told["doubt"], value=told["candidates"]).astype(object)
    return asked.where(asked.notna(), None)[list(COLUMNS)]


def _repeats(incoming: Any, rows: Rows) -> pd.DataFrame:
    """Rows that seem to say once more what an earlier one says (`value`: its number), and those stacked on a point."""
    where = rows.origin.reindex(columns=["row", "sheet"])
    homes = incoming.reindex(columns=[*HOUSE, "geometry"])
    found = repeats(homes)
    found = found[found["first"] != found.index]
    check = ("row_repeats_" + found["kind"]).reindex(incoming.index)
    value = where["row"].reindex(found["first"]).set_axis(found.index)
    crowded = stacked(gpd.GeoSeries(homes["geometry"])) & check.isna()
    check = check.mask(crowded, "row_stacked").astype(object)
    told = where.assign(column=None, check=check, value=value.map("{:.0f}".format))
    return told.astype(object).where(told.notna(), None)[list(COLUMNS)]


# What `geo.recognising_keys` looks at.
HOUSE = (
    *("head", "house_number", "street", "alley", "neighbourhood_given", "phone"),
    *("address_raw", "address_scheme"),
)


def with_marks(homes: Any, again: Again, on: date | None) -> Any:
    """Mark who has vanished with the day; who is listed again has neither vanished nor gone."""
    day = (on or now().astimezone(ZoneInfo(VIETNAM)).date()).isoformat()
    gone, back = among(homes[KEY], again.vanished), among(homes[KEY], again.incoming[KEY])
    marks = homes["vanished_at"].mask(gone, day).mask(back)
    still_gone = homes["gone_on"].mask(back)
    return homes.assign(vanished_at=marks.astype("str"), gone_on=still_gone.astype("str"))


# --- what changes ---


def told(again: Again | None, change: Difference, problems: pd.DataFrame) -> dict[str, Any]:
    """Return what the report says of a list beside its counts; `problems` are those of its settled rows."""
    if again is None:
        return {"open": problems}
    both = [part for part in (again.problems, problems) if len(part)]
    origin = again.origin.reindex(columns=["row", "sheet"]).set_axis(again.incoming[KEY], axis=0)
    listed = among(change.changed[KEY], again.incoming[KEY]).to_numpy()
    old, new = (part[listed].reset_index(drop=True) for part in (change.old, change.changed))
    doubtful = again.problems[again.problems["check"].isin(list(Doubt))]
    doubtful = doubtful.rename(columns={"value": "candidates"}).reset_index(drop=True)
    return {
        "open": pd.concat(both, ignore_index=True) if both else problems,
        "aside": again.aside,
        "vanished": _who(change.changed[change.changed[KEY].isin(again.vanished)]),
        "returned": _who(new[old["vanished_at"].notna().to_numpy()]),
        "doubtful": doubtful[["row", "sheet", "check", "candidates"]],
        "changes": _placed(_fields(old, new), origin),
    }


def _who(homes: Any) -> pd.DataFrame:
    return pd.DataFrame(homes[[KEY, "head", "neighbourhood_id", "vanished_at"]]).reset_index(
        drop=True
    )


def _placed(told: pd.DataFrame, origin: pd.DataFrame) -> pd.DataFrame:
    """The same with row and sheet in the file first."""
    where = origin.reindex(told[KEY]).reset_index(drop=True)
    return pd.concat([where, pd.DataFrame(told).reset_index(drop=True)], axis=1)


def _fields(old: Any, new: Any) -> pd.DataFrame:
    """Every cell that differs: household_id, field, before, after; both states row by row alike."""
    parts = [pd.DataFrame(columns=[KEY, "field", "before", "after"], dtype=object)]
    for name in new.columns.difference(DERIVED, sort=False):
        moved = differing(old[name].to_numpy(), new[name].to_numpy(), geometry=name == "geometry")
        if moved.any():
            both = {"before": _text(old[name][moved]), "after": _text(new[name][moved])}
            parts.append(pd.DataFrame({KEY: new[KEY][moved], "field": name, **both}, dtype=object))
    return pd.concat(parts, ignore_index=True).sort_values(KEY, kind="stable", ignore_index=True)


def _text(column: pd.Series) -> pd.Series:
    """Cells as a person reads them: a point as latitude and longitude, a whole number without its point."""
    if column.name == "geometry":
        points = [None if one is None else get_coordinates(one)[0] for one in column]
        told = [None if at is None else f"{at[1]:.6f}, {at[0]:.6f}" for at in points]
        return pd.Series(told, index=column.index, dtype=object)
    if pd.api.types.is_float_dtype(column):
        return column.map("{:g}".format, na_action="ignore")
    return column


# --- the same file twice ---


def digest_of(path: Path, kind: Kind, options: ImportOptions) -> str | None:
    """Return what tells a file with all that was said about it from any other; None where it cannot be read again."""
    said = {name: str(value) for name, value in asdict(options).items() if name not in SAID_ASIDE}
    mixed = hashlib.sha256(json.dumps([str(kind), sorted(said.items())]).encode())
    sides = [path]
    if path.suffix.lower() == ".shp":
        sides += [path.with_suffix(side) for side in SHAPEFILE_SIDES]
    try:
        for part in sides:
            if part.is_file():
                mixed.update(part.read_bytes())
    except OSError:
        return None
    return mixed.hexdigest()


def same_before(connection: sa.Connection, digest: str | None) -> str | None:
    """Return the import that stands and brought the very same file, if there is one."""
    imports = schema.imports
    if digest is None:
        return None
    found = connection.scalar(
        sa.select(sa.func.min(imports.c.import_id)).where(
            imports.c.digest == digest, imports.c.undone_at.is_(None)
        )
    )
    return None if found is None else str(found)
