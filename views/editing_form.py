"""A form for one row: a widget a field with its present value, what is wrong below it, and what was changed."""

from collections.abc import Callable
from datetime import date
from typing import Any

import streamlit as st

import workflow
from geo.terms import Role, Trait
from views import editing_state as state
from views.editing_choose import choose_reference
from words import column, say

DAYS = ("founded_on", "trained_on", "active_from", "active_to")
NUMBERS = ("minutes_per_week", "max_load_min", "walks_at_most_m", "residents", "valid_days")
TRAITS = ("traits", "concerns")
REFERENCES = {
    "team_given": workflow.Kind.TEAMS,
    "neighbourhood_given": workflow.Kind.NEIGHBOURHOODS,
}
PLACE = "place"
LONGEST = 200
FIRST_DAY, LAST_DAY = date(1975, 1, 1), date(2100, 12, 31)
COLUMNS = 3


def fields(
    form: str, kind: workflow.Kind, present: dict[str, str], ward: str, lang: str
) -> dict[str, str]:
    """Show every field of a kind but its place, three side by side; return what they hold as text."""
    asked = [name for name in workflow.fields_by_hand(kind) if name != PLACE]
    typed = {}
    for start in range(0, len(asked), COLUMNS):
        for box, name in zip(st.columns(COLUMNS), asked[start : start + COLUMNS], strict=False):
            with box:
                typed[name] = field(form, name, present.get(name, ""), ward, lang)
                state.show_fault(form, name, lang)
    return typed


def field(form: str, name: str, present: str, ward: str, lang: str) -> str:
    """Show one field; return what it holds as text, blank for nothing."""
    label, key = column(name, lang), state.widget(f"{form}_{name}")
    if name in REFERENCES:
        return choose_reference(label, REFERENCES[name], present, ward, key=key, lang=lang)
    return _widget(name)(label, present, key, lang)


def changed(typed: dict[str, str], present: dict[str, str]) -> dict[str, str]:
    """Return the fields that hold something else than before."""
    return {name: text for name, text in typed.items() if text != present.get(name, "")}


def _widget(name: str) -> Callable[[str, str, str, str], str]:
    if name in DAYS:
        return _day
    if name in NUMBERS:
        return _number
    if name in TRAITS:
        return _traits
    return _role if name == "role" else _text


def _text(label: str, present: str, key: str, _lang: str) -> str:
    return st.text_input(label, value=present, max_chars=LONGEST, key=key).strip()


def _day(label: str, present: str, key: str, _lang: str) -> str:
    chosen: Any = st.date_input(
        label,
        value=date.fromisoformat(present) if present else None,
        min_value=FIRST_DAY,
        max_value=LAST_DAY,
        format="DD/MM/YYYY",
        key=key,
    )
    return chosen.isoformat() if isinstance(chosen, date) else ""


def _number(label: str, present: str, key: str, _lang: str) -> str:
    chosen = st.number_input(
        label, min_value=0.0, value=float(present) if present else None, format="%g", key=key
    )
    return "" if chosen is None else f"{chosen:g}"


def _traits(label: str, present: str, key: str, lang: str) -> str:
    chosen = st.multiselect(
        label,
        [*Trait],
        default=[Trait(one) for one in present.split(",") if one],
        format_func=lambda one: say(f"trait_{one}", lang),
        placeholder=say("editing_choose_none", lang),
        key=key,
    )
    return ",".join(one for one in Trait if one in chosen)


def _role(label: str, present: str, key: str, lang: str) -> str:
    options = ["", *Role]
    return str(
        st.selectbox(
            label,
            options,
            index=options.index(present),
            format_func=lambda one: say(f"role_{one}" if one else "editing_blank", lang),
            key=key,
        )
    )
