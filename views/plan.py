"""Phương án: suggest who takes which households, look at it, put it in force."""

from typing import Any

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views.asking import asks, close
from views.errors import told
from views.live_map import live_map
from views.text import plain
from words import number, percent, say

MAP_PX = 420
MEMBERS_PX = 320
PERCENT = 100
LONGEST_NAME = 80


def page() -> None:
    """Show one plan, and the ways to put it in force and to make another."""
    lang, ward = session.lang(), session.ward()
    if made := st.session_state.pop("plan_made", None):
        st.success(plain(made))
    listed = session.plans()
    left, right = st.columns(2, vertical_alignment="bottom")
    if listed.empty:
        with left:
            st.info(say("no_plans_yet", lang))
        with right:
            _suggest(ward, lang)
        return
    with left:
        plan_id = session.choose(say("choose_plan", lang), plan_names(lang), key="plan")
    chosen = listed[listed["plan_id"] == plan_id].iloc[0]
    with right, st.container(horizontal=True):
        if chosen["status"] != workflow.PlanStatus.APPROVED:
            _approve(chosen, plan_id, lang)
        _suggest(ward, lang)
    _show(plan_id, ward, lang)


def plan_names(lang: str) -> dict[str, str]:
    """Return name, status and day of every plan by its id, newest first."""
    return {
        row["plan_id"]: say(
            "plan_line",
            lang,
            name=row["name"],
            status=say(f"plan_status_{row['status']}", lang),
            on=session.local(row["created_at"]),
        )
        for row in session.plans().to_dict("records")
    }


# --- a new plan ---


def _suggest(ward: str, lang: str) -> None:
    """Ask for what a plan needs, and make one."""

    @st.dialog(say("suggest", lang), on_dismiss=lambda: close("suggest"))
    def ask() -> None:
        with st.form("suggest", border=False):
            places = session.area_names(ward)
            area = st.selectbox(
                say("suggest_for", lang), list(places), format_func=lambda code: places[code]
            )
            name = st.text_input(say("suggest_name", lang), max_chars=LONGEST_NAME)
            balance = st.number_input(say("suggest_balance", lang), 0, 50, 10)
            reach = st.number_input(say("suggest_reach", lang), 0, 5_000, 100, step=50)
            wanted = st.form_submit_button(say("suggest_go", lang), type="primary")
        if wanted:
            with told(lang):
                rules = workflow.PlanRules(balance=balance / PERCENT, reach_m=float(reach))
                _make(area or ward, rules, name.strip() or None, lang)

    if asks(say("suggest", lang), "suggest"):
        ask()


def _make(area: str, rules: workflow.PlanRules, name: str | None, lang: str) -> None:
    """Make the plan with a bar to watch, and come back with it chosen."""
    bar = st.progress(0.0, text=say("suggesting", lang, what=""))

    def tell(what: str, share: float) -> None:
        bar.progress(share, text=plain(say("suggesting", lang, what=what)))

    document = workflow.suggest_plan(
        session.store(), area=area, rules=rules, name=name, on=session.on(), progress=tell
    )
    close("suggest")
    st.session_state["plan"] = document["plan"]
    st.session_state["plan_made"] = say("plan_made", lang, name=document["name"])
    st.rerun()


# --- one plan ---


def _show(plan_id: str, ward: str, lang: str) -> None:
    document = session.plan_document(plan_id)
    figures.line(_figures(document["total"], lang))
    zones = session.plan_zones(plan_id)
    left, right = st.columns(2)
    with right:
        place = _choose_place(zones, ward, lang)
        _members(zones, place, ward, lang)
        _unassigned(document["total"]["reasons"], lang)
    with left:
        layers = session.plan_layers(plan_id, lang)
        live_map(layers, key="plan_map", height=MAP_PX, lang=lang, focus=place or None)


def _figures(total: dict[str, Any], lang: str) -> list[tuple[str, str]]:
    """The figures of a whole plan; what is unknown is left out."""
    load, walk = total["load_min"], total["walk_m"]
    whole = say("figure_of", lang, part=total["assigned"], whole=total["households"])
    told = [(say("figure_assigned", lang), whole)]
    if load["mean"] is not None:
        spread = [number(load[end], lang) for end in ("min", "max")]
        told.append(
            (say("figure_load", lang), say("from_to", lang, least=spread[0], most=spread[1]))
        )
    if walk["mean"] is not None:
        length = number(walk["mean"], lang)
        told.append((say("figure_walk", lang), say("metres", lang, length=length)))
    if total.get("gap") is not None:
        most = percent(total["gap"], lang)
        told.append((say("figure_gap", lang), say("at_most", lang, share=most)))
    for key in ("changed_households", "zones_disconnected"):
        if total.get(key) is not None:
            told.append((say(f"figure_{key}", lang), number(total[key], lang)))
    return told


def _choose_place(zones: pd.DataFrame, ward: str, lang: str) -> str:
    """One neighbourhood of the plan to look at, or all."""
    places = session.area_names(ward)
    held = set(zones["neighbourhood_id"])
    offered = {code: name for code, name in places.items() if code == session.ALL or code in held}
    return session.choose(say("choose_area", lang), offered, key="plan_area")


def _members(zones: pd.DataFrame, place: str, ward: str, lang: str) -> None:
    """Who has how much, in the plan or in one neighbourhood of it."""
    shown = zones[zones["neighbourhood_id"] == place] if place else zones
    if shown.empty:
        st.info(say("no_zones_here", lang))
        return
    named = shown.assign(area=shown["neighbourhood_id"].map(session.area_names(ward)))
    headings = {
        "member_name": "table_member",
        "households": "table_households",
        "load_min": "table_load",
        "walk_m": "table_walk",
        "area": "table_area",
    }
    figures.table(named, headings, lang=lang, most_px=MEMBERS_PX)


def _unassigned(reasons: dict[str, int], lang: str) -> None:
    """Why households stayed without a member."""
    if not reasons:
        return
    told = pd.DataFrame(
        {
            "reason": [say(f"reason_{reason}", lang) for reason in reasons],
            "households": list(reasons.values()),
        }
    )
    figures.table(told, {"reason": "table_reason", "households": "table_households"}, lang=lang)


def _approve(plan: pd.Series, plan_id: str, lang: str) -> None:
    @st.dialog(say("approve_title", lang), on_dismiss=lambda: close("approve"))
    def confirm() -> None:
        st.text(say("approve_sure", lang, name=plan["name"], areas=int(plan["areas"])))
        with st.container(horizontal=True):
            sure = st.button(say("approve_go", lang), type="primary")
            if st.button(say("cancel", lang)):
                close("approve")
                st.rerun()
        if sure:
            with told(lang):
                workflow.approve_plan(session.store(), plan_id)
                close("approve")
                st.session_state["plan_made"] = say("approved_now", lang, name=plan["name"])
                st.rerun()

    if asks(say("approve", lang), "approve", type="primary"):
        confirm()
