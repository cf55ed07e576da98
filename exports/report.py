"""What slides and minutes tell of a plan and its ward, gathered by somebody else and already fit for its readers."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from geopandas import GeoDataFrame
from pandas import DataFrame

from exports.content import PlanExport


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sentence, and what it is about: `coverage`, `range`, `trend`, `staffing`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A plan beside another: its name, the `total` of its figures in the same neighbourhoods, and its zones."""

    name: str
    total: dict[str, Any]
    zones: GeoDataFrame


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided about the plan, or beside it; `what`: approve, retire or decide."""

    on: date
    who: str
    what: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """A plan, and how far its ward has come.

    `rows`, one a neighbourhood: neighbourhood_id, name, households, reached, unreached, share_reached, missing where
    it may not be told; `total`: the ward's own figures, None where these may not be; `shares`: neighbourhoods with
    `share_reached`; `staffing`: see `steps.leading.staffing_rows`, with `households` only where all may be told;
    `weeks`: week_begins and share_reached, empty where it may not be told. Nothing in it tells more than `public` says,
    but for `plan`.
    """

    plan: PlanExport
    ward: str
    status: str
    public: bool
    total: dict[str, Any] | None
    rows: DataFrame
    shares: GeoDataFrame
    staffing: DataFrame
    weeks: DataFrame
    lines: tuple[Line, ...]
    before: Side | None
    decisions: tuple[Decision, ...] = ()

    def said(self, *kinds: str) -> list[str]:
        """Return the sentences of some kinds, in their order."""
        return [line.text for line in self.lines if line.kind in kinds]
