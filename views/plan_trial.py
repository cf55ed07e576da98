"""What if: members away or joining, limits, and how much is left as it was; answered before anything is kept."""

from typing import Any

import altair as alt
import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views import plan_questions as questions
from views.errors import told
from views.plan_board import progress_bar
from views.plan_tables import loads_table
from views.text import plain
from words import conflict_lines, number, percent, say

PERCENT = 100
# Minutes of walking that keeping a household with its member is worth.
KEEPS = {"keep_most": 30.0, "keep_some": 5.0, "keep_none": 0.0}
CHART_PX = 240


def what_if(ward: str, lang: str) -> None:
    """Try other members and limits in one neighbourhood."""
    places = {code: name for code, name in session.area_names(ward).items() if code}
    if not places:
        st.info(say("no_areas_yet", lang))
        return
    left, right = st.columns([2, 3])
    with left:
        place = session.choose(say("choose_area", lang), places, key="trial_area")
        asked = _question(place, lang)
    with right, told(lang):
        _answer(place, asked, lang)
    with st.expander(say("curve_title", lang)), told(lang):
        _curve(place, lang)
    with st.expander(say("prove_go", lang)), told(lang):
        _fewest(place, lang)
    with st.expander(say("how_many_title", lang)), told(lang):
        _how_many(place, lang)


# --- other members ---


def _question(place: str, lang: str) -> dict[str, Any]:
    """What is to be different."""
    people = questions.members_of(place, session.on())
    names = dict(people[["member_id", "name"]].itertuples(index=False, name=None))
    away = st.multiselect(
        say("members_away", lang),
        list(names),
        format_func=lambda code: names.get(code, code),
        key=f"away_{place}",
        placeholder=say("nobody_away", lang),
    )
    first, second = st.columns(2)
    with first:
        more = st.number_input(say("members_joining", lang), 0, 20, 0)
        balance = st.number_input(say("suggest_balance", lang), 0, 50, 10)
    with second:
        most = st.number_input(say("most_minutes", lang), 0, 100_000, 0, step=60)
        keep = st.selectbox(
            say("keep_as_is", lang), list(KEEPS), format_func=lambda code: say(code, lang)
        )
    return {
        "away": tuple(away),
        "more": int(more),
        "most_min": float(most) or None,
        "balance": balance / PERCENT,
        "keep": KEEPS[keep],
    }


def _answer(place: str, asked: dict[str, Any], lang: str) -> None:
    with st.spinner(say("working_out", lang)):
        trial = questions.try_team(place, session.on(), **asked)
    found = trial.figures
    load = found["load_min"]
    spread = [number(load[end], lang) for end in ("min", "max")]
    line = [
        (say("figure_changed_households", lang), number(found["changed_households"], lang)),
        (say("figure_load", lang), say("from_to", lang, least=spread[0], most=spread[1])),
        (say("figure_outside", lang), number(found["members_outside_window"], lang)),
    ]
    if found["walk_m"]["mean"] is not None:
        length = number(found["walk_m"]["mean"], lang)
        line.append((say("figure_walk", lang), say("metres", lang, length=length)))
    figures.line(line)
    if trial.conflict:
        for sentence in conflict_lines(
            session.area_names(session.ward())[place], trial.conflict, lang
        ):
            st.warning(plain(sentence))
    loads_table(trial.loads, lang)
    _keep(place, asked, lang)


def _keep(place: str, asked: dict[str, Any], lang: str) -> None:
    """Keep what was tried as a draft, where the store knows everybody in it."""
    if asked["more"] or asked["most_min"]:
        st.caption(say("keep_needs_people", lang))
        return
    if st.button(say("keep_as_draft", lang), type="primary"):
        rules = workflow.PlanRules(balance=asked["balance"], keep=asked["keep"])
        _suggest(place, rules, asked["away"], lang)


def _suggest(place: str, rules: workflow.PlanRules, away: tuple[str, ...], lang: str) -> None:
    made = workflow.suggest_plan(
        session.store(),
        area=place,
        rules=rules,
        away=away,
        on=session.on(),
        lang=lang,
        progress=progress_bar("suggesting", lang),
    )
    st.session_state["plan"] = made["plan"]
    st.session_state["plan_made"] = say("plan_made", lang, name=made["name"])
    st.rerun()


# --- moves, balance and walking to choose from ---


def _curve(place: str, lang: str) -> None:
    """Show the plans between fewest moves and least walking, and keep the one that is chosen."""
    st.caption(say("curve_help", lang))
    if not st.toggle(say("curve_go", lang), key=f"curve_{place}"):
        return
    with st.spinner(say("working_out", lang)):
        rows = pd.DataFrame(questions.plan_options(place, session.on())["rows"])
    titles = {name: say(f"curve_{name}", lang) for name in ("moved", "walk_m", "outside_min")}
    chart = (
        alt.Chart(rows[list(titles)])
        .mark_line(point={"size": 90, "filled": True}, color="#0072B2")
        .encode(
            x=alt.X("moved", title=titles["moved"]),
            y=alt.Y("walk_m", title=titles["walk_m"], scale=alt.Scale(zero=False)),
            tooltip=[alt.Tooltip(name, title=title) for name, title in titles.items()],
        )
        .properties(height=CHART_PX)
    )
    st.altair_chart(chart)
    lines = {
        float(row["keep"]): say(
            "curve_line",
            lang,
            moved=row["moved"],
            walk=number(row["walk_m"], lang),
            outside=number(row["outside_min"], lang),
        )
        for row in rows.to_dict("records")
    }
    keep = st.radio(
        say("curve_choose", lang), list(lines), format_func=lambda one: lines[one], index=None
    )
    if keep is not None and st.button(say("keep_as_draft", lang), key="keep_curve"):
        _suggest(place, workflow.PlanRules(keep=float(keep)), (), lang)


# --- the fewest that must change, proven ---


def _fewest(place: str, lang: str) -> None:
    """Prove how few households must change members, and keep the plan that does so."""
    st.caption(say("prove_help", lang))
    key = f"fewest_{place}_{session.on()}_{workflow.store_version(session.store())}"
    if st.button(say("prove_go", lang), key=f"prove_{place}"):
        st.session_state[key] = workflow.fewest_plan(
            session.store(), place, on=session.on(), progress=progress_bar("proving", lang)
        )
        st.rerun()
    if key not in st.session_state:
        return
    found = st.session_state[key]
    if found is None:
        st.warning(say("prove_unknown", lang))
        return
    ends = {"moved": number(found.moved, lang), "at_least": number(found.at_least, lang)}
    st.text(say("prove_done" if found.proven else "prove_between", lang, **ends))
    if st.button(say("keep_as_draft", lang), key="keep_fewest"):
        plan = workflow.keep_fewest(session.store(), place, found, on=session.on(), lang=lang)
        made = workflow.plan_document(session.store(), plan)
        st.session_state["plan"] = plan
        st.session_state["plan_made"] = say("plan_made", lang, name=made["name"])
        st.rerun()


# --- how many, and until when ---


def _how_many(place: str, lang: str) -> None:
    """So many members: weeks until everybody is reached; a day: members needed."""
    left, right = st.columns(2)
    with left:
        count = st.number_input(say("so_many_members", lang), 1, 60, 7)
        document = questions.what_if(place, int(count), None, session.on())
        _tell_weeks(document["rows"][0], lang)
        _tell_support(document["rows"][0]["support_dong"], lang)
    with right:
        until = st.date_input(say("done_until", lang), value=None, format="DD/MM/YYYY")
        if until is not None:
            document = questions.what_if(place, None, until, session.on())
            needed = document["rows"][0]["members_needed"]
            st.text(say("members_needed_told", lang, **_ends(needed, lang)))
            _tell_support(document["rows"][0]["support_dong"], lang)


def _tell_weeks(row: dict[str, Any], lang: str) -> None:
    st.text(say("weeks_told", lang, **_ends(row["weeks"], lang)))
    if row["balance"] is not None:
        st.text(say("balance_told", lang, share=percent(row["balance"], lang)))


def _tell_support(amount: float | dict[str, Any] | None, lang: str) -> None:
    """What the team gets until everybody is reached, where support is set."""
    known = amount["expected"] if isinstance(amount, dict) else amount
    if known is not None:
        told = (
            say("what_if_range", lang, **_ends(amount, lang)) if isinstance(amount, dict) else known
        )
        st.text(say("support_what_if", lang, dong=told))


def _ends(span: dict[str, Any], lang: str) -> dict[str, str]:
    return {name: number(value, lang, decimals=0) for name, value in span.items()}
