"""What a file of neighbourhoods draws: areas, lines that outline areas, points that name them."""

import hashlib
from dataclasses import dataclass, field

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from geopandas import GeoDataFrame, GeoSeries

from data.problems import Problems
from geo.plane import Plane
from geo.rings import LINES, Ring, close_lines
from geo.terms import STORED_CRS

ID_BYTES = 6
# What a label may say; and what became of a line.
TELLING = ("name", "description")
LINE_COLUMNS = ("what", "open_m", "before", "after")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """What a file draws beside its areas, in EPSG:4326.

    labels
        `name`, `description`, points.
    lines
        A row per line: `what` (a `geo.rings.Ring`), `open_m` between its ends, `before` (the line) and `after` (the
        area it outlines, null where it outlines none alone).
    told
        Whatever else there is to tell, as `data.findings` keeps it.
    """

    labels: GeoDataFrame = field(default_factory=lambda: _labels(pd.DataFrame()))
    lines: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=[*LINE_COLUMNS]))
    told: pd.DataFrame = field(default_factory=pd.DataFrame)


def drawn_zones(frame: pd.DataFrame, problems: Problems) -> tuple[pd.DataFrame, Drawing]:
    """Return the rows that are areas, lines among them closed, and what else is drawn.

    Lines that outline nothing are set aside. Areas that several lines enclose together come as further rows.
    """
    usable = frame[~problems.fatal & frame["geometry"].notna()]
    shapes = GeoSeries(usable["geometry"], crs=STORED_CRS)
    is_line, is_label = shapes.geom_type.isin(LINES), shapes.geom_type == "Point"
    areas = frame.drop(index=usable.index[is_line | is_label])
    labels = _labels(usable[is_label])
    if not is_line.any():
        return areas, Drawing(labels=labels)
    plane = Plane(shapes[is_line])
    zones, decisions = close_lines(GeoDataFrame(geometry=plane.metric))
    outlined = GeoSeries(plane.back(zones.geometry).to_numpy(), crs=STORED_CRS)
    alone = zones["row"].notna()
    own = usable.loc[zones.loc[alone, "row"]].assign(geometry=outlined[alone].to_numpy())
    open_rows = decisions.loc[decisions["what"] == Ring.OPEN, "row"]
    problems.add(pd.Series(frame.index.isin(open_rows), frame.index), "geometry_type", fatal=True)
    after = pd.Series(own["geometry"], dtype=object).reindex(decisions["row"])
    lines = pd.DataFrame(
        {
            "what": decisions["what"],
            "open_m": decisions["open_m"],
            "before": shapes.reindex(decisions["row"]).to_numpy(),
            "after": after.to_numpy(),
        }
    )
    together = _enclosed(outlined[~alone], after=frame.index.max())
    found = pd.concat([areas, own, together]) if len(together) else pd.concat([areas, own])
    return found.sort_index(), Drawing(labels=labels, lines=lines)


def _enclosed(shapes: GeoSeries, *, after: int) -> pd.DataFrame:
    """Rows for areas that no row of the file stands for, with ids of their shape."""
    digests = [
        hashlib.blake2b(shapely.to_wkb(shapely.normalize(shape)), digest_size=ID_BYTES).hexdigest()
        for shape in shapes
    ]
    ids = ["N-" + digest for digest in digests]
    index = np.arange(after + 1, after + 1 + len(shapes))
    return pd.DataFrame(
        {"neighbourhood_id": ids, "geometry": shapes.to_numpy()}, index=index, dtype=object
    )


def _labels(rows: pd.DataFrame) -> GeoDataFrame:
    said = rows.reindex(columns=[*TELLING]).astype("str")
    shapes = rows.reindex(columns=["geometry"])["geometry"]
    return gpd.GeoDataFrame(said, geometry=GeoSeries(shapes, crs=STORED_CRS))
