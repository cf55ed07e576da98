"""What a popup says, column by column."""

import pandas as pd

from geo.terms import LocationSource
from words import say


def lines_of_text(*columns: pd.Series) -> pd.Series:
    """Join columns of text line by line, leaving out empty ones."""
    texts = [column.fillna("").astype(str).str.strip() for column in columns]
    joined = texts[0]
    for text in texts[1:]:
        gap = pd.Series("\n", index=joined.index).where((joined != "") & (text != ""), "")
        joined = joined + gap + text
    return joined


def told(known: pd.Series, code: str, lang: str, *, gap: str) -> pd.Series:
    """Say the text `code` with each value in its `gap`, nothing where the value is unknown."""
    said = {value: say(code, lang, **{gap: value}) for value in known.dropna().unique()}
    return known.map(said).astype(object).fillna("")


def guessed(places: pd.DataFrame, lang: str) -> pd.Series:
    """Say of each place that was estimated how far off it may be, nothing of the others."""
    nothing = pd.Series("", index=places.index, dtype=object)
    if not {"location_source", "precision_m"} <= set(places.columns):
        return nothing
    estimated = places["location_source"] == LocationSource.ESTIMATED
    metres = places["precision_m"].round().where(estimated)
    within = told(metres, "map_estimated", lang, gap="metres")
    unknown = say("map_estimated_unknown", lang)
    return within.where(metres.notna(), nothing.mask(estimated, unknown))


def named(codes: pd.Series, prefix: str, lang: str) -> pd.Series:
    """Say each code in words; unknown ones as empty text."""
    said = {code: say(f"{prefix}_{code}", lang) for code in codes.dropna().unique()}
    return codes.map(said).astype(object).fillna("")
