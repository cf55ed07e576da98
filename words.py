"""Every text that people read, Vietnamese first, English second.

`say(code, lang, **facts)` is the only door: `code` names the text, `facts` fill its `{gaps}`. Numbers are handed in
as numbers and written the way the language writes them: `1.234` and `99,25 %` in Vietnamese. Imports nothing of ours.
"""

from datetime import date, datetime
from enum import StrEnum
from typing import Any


class Lang(StrEnum):
    """The two languages."""

    VI = "vi"
    EN = "en"


# Written in numbers where a figure is unknown: unknown is said, never shown as 0.
NO_FIGURE = "–"

TEXTS: dict[str, tuple[str, str]] = {
    # --- general ---
    "app_name": ("Địa bàn", "Địa bàn"),
    "made_up_data": ("DỮ LIỆU MẪU", "MADE-UP DATA"),
    "no_denominator": ("chưa có mẫu số", "no denominator yet"),
    # --- command line and errors ---
    # --- coverage ---
    # --- plan ---
    # --- pages ---
    # --- map and exports ---
}


def say(code: str, lang: str = Lang.VI, **facts: Any) -> str:
    """Return the text `code` in `lang`, its gaps filled with `facts`; raise `KeyError` for an unknown code."""
    vietnamese, english = TEXTS[code]
    template = english if lang == Lang.EN else vietnamese
    return template.format(**{name: written(value, lang) for name, value in facts.items()})


def written(value: Any, lang: str = Lang.VI) -> str:
    """Return a value as people of that language write it; unknown (None, NaN) as a dash."""
    if value is None or value != value:
        return NO_FIGURE
    if isinstance(value, bool | str):
        return str(value)
    if isinstance(value, datetime | date):
        return value.strftime("%d/%m/%Y")
    if isinstance(value, int):
        return number(value, lang)
    if isinstance(value, float):
        return number(value, lang, decimals=0 if value == int(value) else 2)
    if isinstance(value, list | tuple):
        return ", ".join(written(item, lang) for item in value)
    return str(value)


def number(value: float | None, lang: str = Lang.VI, *, decimals: int = 0) -> str:
    """Return a number with the thousands and decimal marks of the language; unknown as a dash."""
    if value is None or value != value:
        return NO_FIGURE
    text = f"{value:,.{decimals}f}"
    return text if lang == Lang.EN else text.translate(str.maketrans(",.", ".,"))


def percent(share: float | None, lang: str = Lang.VI, *, decimals: int = 1) -> str:
    """Return a share between 0 and 1 as percent (`99,25 %`); without a denominator, say so."""
    if share is None or share != share:
        return say("no_denominator", lang)
    space = "" if lang == Lang.EN else "\u00a0"
    return f"{number(share * 100, lang, decimals=decimals)}{space}%"
