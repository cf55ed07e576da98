"""Up to three plans side by side, and on the map which households change hands between two of them."""

from typing import Any

import pandas as pd
import streamlit as st

from views import figures, session
from views import plan_questions as questions
from views.errors import told
from views.live_map import live_map
from words import number, percent, say

MAP_PX = 420
MOST_PLANS = 3
FIGURES = (
    "assigned",
    "load_least",
    "load_most",
    "walk_mean",
    "gap",
    "members_outside_window",
    "zones_disconnected",
    "changed_households",
)


def comparison(plan_id: str, names: dict[str, str], lang: str) -> None:
    """Choose plans to set beside one another."""
    others = [one for one in names if one != plan_id]
    if not others:
        st.info(say("compare_needs_two", lang))
        return
    chosen = st.multiselect(
        say("compare_with", lang),
        others,
        default=others[:1],
        max_selections=MOST_PLANS - 1,
        format_func=lambda one: names[one],
    )
    shown = {one: names[one] for one in (plan_id, *chosen)}
    with st.spinner(say("working_out", lang)):
        rows = _table(shown, lang)
    st.dataframe(rows, hide_index=True)
    if not chosen:
        return
    other = chosen[0]
    if len(chosen) > 1:
        other = st.radio(
            say("compare_map_with", lang),
            chosen,
            format_func=lambda one: names[one],
            horizontal=True,
        )
    with told(lang):
        _difference(plan_id, other, lang)


def _table(shown: dict[str, str], lang: str) -> pd.DataFrame:
    """One row a figure, one column a plan."""
    totals = {one: _told(session.plan_document(one)["total"], lang) for one in shown}
    return pd.DataFrame(
        {say("compare_figure", lang): [say(f"compare_{name}", lang) for name in FIGURES]}
        | {shown[one]: [total[name] for name in FIGURES] for one, total in totals.items()}
    )


def _told(total: dict[str, Any], lang: str) -> dict[str, str]:
    load, walk = total["load_min"], total["walk_m"]
    whole = say("figure_of", lang, part=total["assigned"], whole=total["households"])
    counts = ("members_outside_window", "zones_disconnected", "changed_households")
    return {
        "assigned": whole,
        "load_least": number(load["min"], lang),
        "load_most": number(load["max"], lang),
        "walk_mean": number(walk["mean"], lang),
        "gap": percent(total["gap"], lang),
        **{name: number(total[name], lang) for name in counts},
    }


def _difference(first: str, second: str, lang: str) -> None:
    """Show on the map who changes hands between two plans, and for whom it changes how much."""
    with st.spinner(say("working_out", lang)):
        found = questions.comparison(first, second)
    total = found.total
    figures.line(
        [
            (say(f"fate_{fate}", lang), number(total[fate], lang))
            for fate in ("changed", "newly_assigned", "no_longer_assigned", "kept")
        ]
    )
    left, right = st.columns([3, 2])
    with left:
        layers = questions.difference_layers(first, second, lang)
        live_map(layers, key="difference_map", height=MAP_PX, lang=lang, follow=False)
    with right:
        rows = found.rows[found.rows["kind"] == "member"]
        headings = {
            "name": "table_member",
            "households_first": "table_households_before",
            "households_second": "table_households_after",
            "received": "table_received",
            "given_up": "table_given_up",
        }
        figures.table(rows, headings, lang=lang, most_px=MAP_PX)
