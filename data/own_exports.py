"""Files that this program wrote itself and that come back: which part of them is what a person says they are.

A plan as GeoPackage has a layer for each table, and as GeoJSON says of each feature in `layer` what it is; its
households name their members and are the `assignments`.
"""

from dataclasses import replace

from data.reading import RawTable
from geo.errors import InputError
from geo.terms import Kind

LAYERS = {Kind.ASSIGNMENTS: str(Kind.HOUSEHOLDS)}
FEATURES = {Kind.ASSIGNMENTS: "household"}
HEADING = "layer"


def layer_of(kind: Kind | None, fault: InputError) -> str | None:
    """Return the layer of a GeoPackage that holds a KIND, where the file was refused for having several; else None."""
    if kind is None or fault.code != "layer_needed":
        return None
    named = LAYERS.get(kind, str(kind))
    return named if named in fault.facts.get("layers", ()) else None


def features_of(raw: RawTable, kind: Kind) -> RawTable:
    """Return the features of a file that are a KIND, where the file says of each what it is; else the file as it is."""
    if kind not in FEATURES or not raw.located or HEADING not in raw.headings:
        return raw
    own = raw.cells[raw.headings.index(HEADING)] == FEATURES[kind]
    if not own.any():
        return raw
    return replace(
        raw,
        cells=raw.cells[own].reset_index(drop=True),
        rows=raw.rows[own].reset_index(drop=True),
        geometry=raw.geometry[own].reset_index(drop=True),
    )
