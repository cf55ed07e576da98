"""What a meeting is shown of a ward."""

from collections.abc import Collection
from datetime import date

import pandas as pd

from data.store import Store
from geo.terms import Kind
from layers.layer import Layer
from layers.shares import share_layers as draw_shares
from steps.counting import coverage
from steps.gathering import areas, of_wards
from steps.leader import gaps
from steps.showing import PublicCoverage, shown_of, together_in_public, with_shares


def public_coverage(
    store: Store, ward: str, *, goal: str | None = None, on: date, lang: str = "vi"
) -> PublicCoverage:
    """Return coverage as a meeting may see it: nothing that tells of fewer than five households."""
    return shown_of(coverage(store, goal=goal, area=ward, on=on), goal, lang=lang)


def public_gaps(store: Store, ward: str, *, goal: str | None = None, on: date) -> pd.DataFrame:
    """Return in which neighbourhoods many unreached households lie together, and about how many."""
    shown = public_coverage(store, ward, goal=goal, on=on)
    return together_in_public(gaps(store, goal=goal, area=ward, on=on), shown)


def share_layers(
    store: Store,
    ward: str,
    *,
    marked: Collection[str] = (),
    goal: str | None = None,
    on: date,
    lang: str = "vi",
) -> list[Layer]:
    """Draw the shares of neighbourhoods that a meeting may see; some `marked` with a heavy rim."""
    shown = public_coverage(store, ward, goal=goal, on=on)
    return draw_shares(
        with_shares(areas(store, ward, on=on), shown),
        streets=of_wards(store, Kind.STREETS, {ward}),
        marked=frozenset(marked),
        lang=lang,
    )
