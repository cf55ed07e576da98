"""What an import decided about boundaries, or asks: kept with the import, and taken away with it."""

from typing import Any

import geopandas as gpd
import pandas as pd
import shapely
import sqlalchemy as sa
from geoalchemy2 import WKBElement
from geopandas import GeoDataFrame, GeoSeries

from data import schema
from data.store import Store, records
from geo.succession import in_force_now
from geo.terms import STORED_CRS, Kind

FIGURES = ("area_m2", "width_m", "moved_m")
SHAPES = ("before", "after")
# `neighbourhoods` and `value` are told as text; several ids are joined so.
COLUMNS = ("ward_code", "what", "neighbourhoods", "value", *FIGURES, *SHAPES)
BETWEEN_IDS = ", "


def findings_of(rows: list[pd.DataFrame]) -> pd.DataFrame:
    """Return frames of findings as one with all `COLUMNS`, missing ones null."""
    whole = [pd.DataFrame(columns=[*COLUMNS], dtype=object)]
    told = pd.concat(
        [*whole, *(frame.reindex(columns=[*COLUMNS]).astype(object) for frame in rows)],
        ignore_index=True,
    )
    return told.assign(what=told["what"].map(str)).astype(dict.fromkeys(FIGURES, float))


def keep_findings(connection: sa.Connection, import_id: str, findings: pd.DataFrame) -> None:
    """Write the findings of an import, in their order."""
    if findings.empty:
        return
    told = findings.astype(object).where(findings.notna(), None)
    for column in SHAPES:
        told[column] = _bound(connection, findings[column])
    rows = [dict(row, import_id=import_id) for row in records(told)]
    connection.execute(sa.insert(schema.findings), rows)


def forget_findings(connection: sa.Connection, import_id: str) -> None:
    """Take the findings of an import away."""
    connection.execute(sa.delete(schema.findings).where(schema.findings.c.import_id == import_id))


def load_findings(store: Store, import_id: str | None = None) -> GeoDataFrame:
    """Return findings in the order in which they were made, of one import or of all that stand.

    Columns: `finding_id`, `import_id` and `COLUMNS`; the geometry is the place as it was, `before` is it too, `after`
    the place as it is (the new borders, or the shape that is left). `stands` is false for an overlap that was asked
    about and is no question any more: it was cut, or its neighbourhoods have ended.
    """
    findings = schema.findings
    query = sa.select(findings).order_by(findings.c.finding_id)
    if import_id is not None:
        query = query.where(findings.c.import_id == import_id)
    with store.engine.connect() as connection:
        rows = connection.execute(query).all()
    frame = pd.DataFrame(rows, columns=[column.name for column in findings.c])
    for column in SHAPES:
        frame[column] = GeoSeries([_shape(one) for one in frame[column]], crs=STORED_CRS)
    frame = frame.astype(dict.fromkeys(FIGURES, float))
    told = gpd.GeoDataFrame(frame, geometry=frame["before"], crs=STORED_CRS)
    return told.assign(stands=~_decided_since(told, store.load(Kind.NEIGHBOURHOODS)))


def _decided_since(found: GeoDataFrame, areas: GeoDataFrame) -> pd.Series:
    """Whether ground that was left out of its neighbourhoods is no question any more."""
    asked = found["what"] == "overlap_asked"
    in_force = areas[in_force_now(areas)]
    shapes = dict(zip(in_force["neighbourhood_id"], in_force.geometry, strict=True))
    decided = [
        any(one not in shapes or _holds(shapes[one], place) for one in str(who).split(BETWEEN_IDS))
        for who, place in zip(
            found.loc[asked, "neighbourhoods"], found.geometry[asked], strict=True
        )
    ]
    return pd.Series(decided, found.index[asked], dtype=bool).reindex(found.index, fill_value=False)


def _holds(area: Any, place: Any) -> bool:
    return area is not None and bool(area.contains(place.point_on_surface()))


def _bound(connection: sa.Connection, shapes: pd.Series) -> list[Any]:
    """Shapes as the database takes them; null for none."""
    drawn = [one if shapely.is_geometry(one) and not one.is_empty else None for one in shapes]
    wkb = [None if one is None else shapely.to_wkb(shapely.force_2d(one)) for one in drawn]
    if connection.dialect.name != "postgresql":
        return wkb
    return [None if one is None else WKBElement(one, srid=4326) for one in wkb]


def _shape(stored: Any) -> Any:
    if stored is None:
        return None
    return shapely.from_wkb(bytes(getattr(stored, "data", stored)))
