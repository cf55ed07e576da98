"""The points of households and members from the coordinates typed in columns."""

import geopandas as gpd
import pandas as pd

from data.columns import Columns
from data.problems import Problems
from geo.terms import STORED_CRS
from geo.vietnam import in_vietnam


def typed_points(frame: pd.DataFrame, columns: Columns, problems: Problems) -> gpd.GeoSeries:
    """Return points from `lat` and `lon`; half pairs and places abroad are listed."""
    typed = frame[["lat", "lon"]].notna().all(axis=1)
    half = frame["lat"].isna() != frame["lon"].isna()
    problems.add(half, "coordinates_half", columns.positions["lat"])
    abroad = typed & ~in_vietnam(frame["lat"], frame["lon"])
    problems.add(abroad, "outside_vietnam", columns.positions["lat"])
    known = typed & ~abroad
    points = gpd.GeoSeries([None] * len(frame), index=frame.index, crs=STORED_CRS)
    points[known] = gpd.points_from_xy(frame.loc[known, "lon"], frame.loc[known, "lat"])
    return points
