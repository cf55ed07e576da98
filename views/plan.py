"""Phương án: suggest who takes which households, change it, ask what if, compare, put it in force."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views.asking import asks, close
from views.errors import told
from views.plan_board import board, progress_bar
from views.plan_compare import comparison
from views.plan_history import history
from views.plan_trial import what_if
from views.plan_weeks import weeks
from views.text import plain
from words import number, percent, say

PERCENT = 100
LONGEST_NAME = 80
LONGEST_WHY = 300
PARTS = ("board", "trial", "compare", "weeks", "history")


def page() -> None:
    """Show one plan in the part that is asked for, and the ways to put it in force and to make another."""
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
    figures.line(_figures(session.plan_document(plan_id)["total"], lang))
    _part(chosen, ward, lang)


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


def _part(plan: pd.Series, ward: str, lang: str) -> None:
    """Show the part of the page that is asked for; only that one is worked out."""
    names, plan_id = plan_names(lang), str(plan["plan_id"])
    if st.session_state.get("plan_part") not in PARTS:
        st.session_state["plan_part"] = PARTS[0]
    part = st.segmented_control(
        say("plan_parts", lang),
        PARTS,
        format_func=lambda one: say(f"part_{one}", lang),
        key="plan_part",
        label_visibility="collapsed",
        required=True,
    )
    if part == "trial":
        what_if(ward, lang)
    elif part == "compare":
        comparison(plan_id, names, lang)
    elif part == "weeks":
        weeks(plan_id, lang)
    elif part == "history":
        history(plan_id, names, lang)
    else:
        board(plan, ward, lang)


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
            wishes = st.file_uploader(
                say("suggest_wishes", lang),
                type=["xlsx", "csv"],
                help=say("suggest_wishes_help", lang),
            )
            wanted = st.form_submit_button(say("suggest_go", lang), type="primary")
        if wanted:
            with told(lang), _as_file(wishes) as path:
                rules = workflow.PlanRules(balance=balance / PERCENT, reach_m=float(reach))
                _make(area or ward, rules, name.strip() or None, lang, wishes=path)

    if asks(say("suggest", lang), "suggest"):
        ask()


@contextmanager
def _as_file(handed: Any) -> Iterator[Path | None]:
    """Yield where a file that somebody handed over lies while it is read; None where nobody did."""
    if handed is None:
        yield None
        return
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        path = Path(folder) / Path(handed.name).name
        path.write_bytes(handed.getvalue())
        yield path


def _make(
    area: str, rules: workflow.PlanRules, name: str | None, lang: str, *, wishes: Path | None
) -> None:
    """Make the plan with a bar to watch and a way to stop, and come back with it chosen."""
    document = workflow.suggest_plan(
        session.store(),
        area=area,
        rules=rules,
        name=name,
        wishes=wishes,
        on=session.on(),
        lang=lang,
        progress=progress_bar("suggesting", lang),
    )
    close("suggest")
    st.session_state["plan"] = document["plan"]
    st.session_state["plan_made"] = say("plan_made", lang, name=document["name"])
    st.rerun()


# --- one plan ---


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


def _approve(plan: pd.Series, plan_id: str, lang: str) -> None:
    @st.dialog(say("approve_title", lang), on_dismiss=lambda: close("approve"))
    def confirm() -> None:
        st.text(say("approve_sure", lang, name=plan["name"], areas=int(plan["areas"])))
        why = st.text_area(say("approve_why", lang), max_chars=LONGEST_WHY).strip() or None
        with st.container(horizontal=True):
            sure = st.button(say("approve_go", lang), type="primary")
            if st.button(say("cancel", lang)):
                close("approve")
                st.rerun()
        if sure:
            with told(lang):
                workflow.approve_plan(session.store(), plan_id, why=why)
                close("approve")
                st.session_state["plan_made"] = say("approved_now", lang, name=plan["name"])
                st.rerun()

    if asks(say("approve", lang), "approve", type="primary"):
        confirm()
