"""Shapes taken into metres and back, coordinates that nobody touched coming back bit for bit."""

from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from geopandas import GeoSeries

from geo.crs import metric_crs
from geo.narrow import Places, Shapes


class Plane:
    """Shapes in metres, and the way back to their own coordinate system.

    Neighbours share a border exactly as long as they share its corners; a corner that went through
    a projection and back would no longer be the one that the neighbour kept.
    """

    def __init__(self, shapes: GeoSeries) -> None:
        """Raise `UnknownCrsError` where the shapes have no coordinate system."""
        self.crs = metric_crs(shapes)
        self.metric = shapes.to_crs(self.crs)
        self._own_crs = shapes.crs
        keys = _keys(shapely.get_coordinates(self.metric.to_numpy()))
        self._keys, first = np.unique(keys, return_index=True)
        self._own = shapely.get_coordinates(shapes.to_numpy())[first]

    def there(self, shape: Any) -> Any:
        """Return one shape of the shapes' own coordinate system in metres."""
        return GeoSeries([shape], crs=self._own_crs).to_crs(self.crs).iloc[0]

    def back(self, shapes: Any) -> GeoSeries:
        """Return shapes in metres in the own coordinate system, in order."""
        metric = GeoSeries([*shapes], crs=self.crs)
        returned: Shapes = metric.to_crs(self._own_crs).to_numpy()
        keys = _keys(shapely.get_coordinates(metric.to_numpy()))
        at = np.searchsorted(self._keys, keys).clip(max=max(len(self._keys) - 1, 0))
        known = self._keys[at] == keys if len(self._keys) else np.zeros(len(keys), dtype=bool)
        places: Places = shapely.get_coordinates(returned)
        places[known] = self._own[at[known]]
        return GeoSeries(shapely.set_coordinates(returned, places), crs=self._own_crs)


def _keys(places: Places) -> npt.NDArray[np.complex128]:
    """Return places as single numbers, which can be sorted and compared."""
    return places[:, 0] + 1j * places[:, 1]
