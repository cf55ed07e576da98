"""What members carry, as tables people read: before and after, inside the window or not, in one piece or not."""

from collections.abc import Iterator
from typing import Any

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views.text import plain
from words import number, say

MEMBERS_PX = 320


def loads_table(loads: pd.DataFrame, lang: str) -> None:
    """Show what each member of one neighbourhood carries; `name` missing for who would join."""
    shown = loads.assign(
        name=loads["name"].fillna(say("member_joining", lang)),
        window=[_span(*both, lang) for both in _pairs(loads, "low_min", "high_min")],
        state=[_state(*both, lang) for both in _pairs(loads, "inside", "connected")],
    )
    headings = {
        "name": "table_member",
        "households": "table_households",
        "load_min": "table_load",
        "window": "table_window",
        "walk_m": "table_walk",
        "locked": "table_locked",
        "state": "table_state",
    }
    figures.table(shown, headings, lang=lang, most_px=MEMBERS_PX)


def trial_table(trial: workflow.Trial, lang: str) -> None:
    """Show the members whom handing households over would touch, before and after."""
    loads = trial.loads
    counts = _pairs(loads, "households_before", "households_after")
    minutes = _pairs(loads, "load_min_before", "load_min_after")
    states = _pairs(loads, "inside_after", "connected_after")
    shown = {
        "table_member": [plain(name) for name in loads["name"]],
        "table_households": [_change(*both, lang) for both in counts],
        "table_load": [_change(*both, lang) for both in minutes],
        "table_state": [_state(*both, lang) for both in states],
    }
    # Few rows, read at once: a table of text, not one to scroll and sort.
    st.table(
        pd.DataFrame({say(code, lang): column for code, column in shown.items()}).set_index(
            say("table_member", lang)
        )
    )


def zones_table(zones: pd.DataFrame, ward: str, lang: str) -> None:
    """Show who has how much in a whole plan."""
    named = zones.assign(area=zones["neighbourhood_id"].map(session.area_names(ward)))
    headings = {
        "member_name": "table_member",
        "households": "table_households",
        "load_min": "table_load",
        "walk_m": "table_walk",
        "area": "table_area",
    }
    figures.table(named, headings, lang=lang, most_px=MEMBERS_PX)


def unassigned_table(reasons: dict[str, int], lang: str) -> None:
    """Show why households stayed without a member, where some did."""
    if not reasons:
        return
    rows = pd.DataFrame(
        {
            "reason": [say(f"reason_{reason}", lang) for reason in reasons],
            "households": list(reasons.values()),
        }
    )
    figures.table(rows, {"reason": "table_reason", "households": "table_households"}, lang=lang)


def why_table(rows: pd.DataFrame, lang: str) -> None:
    """Show what each member would mean for one household; the one who has it first."""
    ranked = rows.sort_values(["chosen", "cost_m"], ascending=[False, True])
    loads = _pairs(ranked, "load_before_min", "load_after_min")
    shown = ranked.assign(
        load=[_change(*both, lang) for both in loads],
        window=[_span(*both, lang) for both in _pairs(ranked, "low_min", "high_min")],
        state=[
            say("in_charge_now" if chosen else f"barred_{barred}", lang)
            for chosen, barred in _pairs(ranked, "chosen", "barred_by")
        ],
    )
    headings = {
        "name": "table_member",
        "walk_m": "table_walk",
        "load": "table_load",
        "window": "table_window",
        "state": "table_state",
    }
    figures.table(shown, headings, lang=lang)


def _pairs(frame: pd.DataFrame, first: str, second: str) -> Iterator[tuple[Any, Any]]:
    """Go through two columns side by side."""
    return zip(frame[first], frame[second], strict=True)


def _span(least: Any, most: Any, lang: str) -> str:
    return say("from_to", lang, least=number(least, lang), most=number(most, lang))


def _change(before: Any, after: Any, lang: str) -> str:
    """Both numbers, or one where nothing changes."""
    told = number(before, lang), number(after, lang)
    return (
        told[0] if told[0] == told[1] else say("before_after", lang, before=told[0], after=told[1])
    )


def _state(inside: Any, connected: Any, lang: str) -> str:
    """Whether a load is in its window and the zone in one piece, in words."""
    told = [say("load_inside" if inside else "load_outside", lang)]
    return ", ".join(told if connected else [*told, say("zone_apart", lang)])
