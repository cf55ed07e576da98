"""By whom, where and what households are filtered: member in charge, neighbourhood, kind."""

from collections.abc import Mapping

import pandas as pd

from geo.terms import Trait
from layers.facets import Facet, any_of, one_of
from words import say


def belongings(
    households: pd.DataFrame, places: Mapping[str, str], lang: str
) -> list[Facet | None]:
    """Return what households can be filtered by beside their status, None for what is the same for all.

    Of the columns member_id with member_name, neighbourhood_id (called as in `places`) and traits, those there are.
    """
    found: list[Facet | None] = []
    if {"member_id", "member_name"} <= set(households.columns):
        known = households.dropna(subset=["member_id", "member_name"])
        names = dict(zip(known["member_id"], known["member_name"], strict=True))
        found.append(one_of("member", households["member_id"], names, lang=lang))
    if "neighbourhood_id" in households.columns:
        found.append(one_of("neighbourhood", households["neighbourhood_id"], places, lang=lang))
    if "traits" in households.columns:
        traits = {str(trait): say(f"trait_{trait}", lang) for trait in Trait}
        found.append(any_of("trait", households["traits"], traits))
    return found
