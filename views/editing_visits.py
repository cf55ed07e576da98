"""Record a visit: whom, who went, what for, how it ended. Visits are only ever added."""

from datetime import datetime, time

import streamlit as st

import workflow
from geo.terms import Outcome
from views import editing_state as state
from views import session
from views.editing_choose import choose_reference, choose_row, labels_of
from words import column, say

Kind = workflow.Kind
LONGEST_NOTE = 500
NOON = time(12, 0)
FIELDS = ("household_given", "member_given", "goal_given", "visited_at", "outcome")


def record(ward: str, lang: str) -> None:
    """Ask for a household, then for the visit."""
    household = choose_row(Kind.HOUSEHOLDS, ward, lang)
    if household is None:
        return
    name = f"visit_{household}"
    with st.form(f"form_{name}", border=True):
        visit = {"household_given": household, **_visit(name, household, ward, lang)}
        goals = _goals(name, lang)
        for field in FIELDS:
            state.show_fault(name, field, lang)
        usual = say("editing_visit_why", lang)
        why = state.ask_why(name, lang, usual=usual)
        wanted = st.form_submit_button(say("editing_save_visit", lang), type="primary")
    state.show_refusal(name)
    if wanted:
        rows = [visit | {"goal_given": goal} for goal in goals] or [visit]
        state.save(
            name,
            lambda: workflow.add(
                session.store(), Kind.VISITS, *rows, ward=ward, why=why, on=session.today()
            ),
            lang,
        )


def _visit(name: str, household: str, ward: str, lang: str) -> dict[str, str]:
    outcome = st.segmented_control(
        column("outcome", lang),
        [*Outcome],
        format_func=lambda one: say(f"outcome_{one}", lang),
        default=Outcome.MET,
        required=True,
        key=state.widget(f"outcome_{name}"),
    )
    left, middle, right = st.columns([2, 1, 1])
    with left:
        key = state.widget(f"member_{name}")
        label = column("member_given", lang)
        usual = state.editing_in_charge(household)
        member = choose_reference(label, Kind.MEMBERS, usual, ward, key=key, lang=lang)
    with middle:
        day = st.date_input(
            say("editing_visit_day", lang),
            value=session.today(),
            max_value=session.today(),
            format="DD/MM/YYYY",
            key=state.widget(f"day_{name}"),
        )
    with right:
        hour = st.time_input(
            say("editing_visit_time", lang), value=NOON, key=state.widget(f"hour_{name}")
        )
    note = st.text_input(
        column("note", lang), max_chars=LONGEST_NOTE, key=state.widget(f"note_{name}")
    )
    moment = datetime.combine(day, hour)
    return {
        "outcome": str(outcome),
        "member_given": member,
        "visited_at": f"{moment:%Y-%m-%d %H:%M}",
        "note": note,
    }


def _goals(name: str, lang: str) -> list[str]:
    """The goals that were gone through; where there is one, that one."""
    rows = state.editing_rows(str(Kind.GOALS), None)
    labels = labels_of(rows[rows["ended"].isna()], lang)
    chosen = st.multiselect(
        say("editing_visit_goals", lang),
        [*labels],
        default=[*labels] if len(labels) == 1 else [],
        format_func=lambda one: labels[one],
        placeholder=say("editing_choose_none", lang),
        key=state.widget(f"goals_{name}"),
    )
    return [str(one) for one in chosen]
