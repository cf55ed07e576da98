"""Độ phủ: who is reached and who is not, by goal, neighbourhood, team and member, why, and where the gaps are."""

from pathlib import Path

import streamlit as st

import workflow
from views import figures, session
from views import leader_questions as questions
from views.downloads import download
from views.gap_cards import cards
from views.gap_list import cause_list, gap_list
from views.live_map import Click, live_map
from views.text import plain
from views.trend_chart import outlook, trend_part
from words import say

MAP_PX = 420
# A list of households needs more room than the figures.
EVEN, LIST_WIDER = (1, 1), (2, 3)
COUNTED_BY = ("neighbourhood", "team", "member", "ward")


def page() -> None:
    """Show coverage on the map, with its table, causes and gaps beside it."""
    lang, ward, day = session.lang(), session.ward(), session.on()
    goal, by, place = _choices(ward, lang)
    area = place or ward
    gap = _gap(goal, ward, lang)
    counted = session.coverage(by, goal, area, day)

    figures.coverage_line(counted.total, lang)
    left, right = st.columns(EVEN if gap is None else LIST_WIDER)
    with left:
        layers = session.coverage_layers(ward, goal, day, lang)
        key = None if gap is None else gap.key
        gaps = questions.gap_layers(goal, ward, day, chosen=key, language=lang)
        # The ground, the gaps, then the households, which lie on top.
        drawn = [*layers[:-1], *gaps, *layers[-1:]]
        focus = key or place or None
        picked = live_map(
            drawn,
            key="coverage_map",
            height=MAP_PX,
            lang=lang,
            focus=focus,
            find=session.finder(ward),
        )
        _offer(picked.clicked, ward, place, lang)
    with right:
        if gap is not None:
            gap_list(gap, goal, ward, lang)
            return
        _figures(counted, by, goal, area, lang)


def _choices(ward: str, lang: str) -> tuple[str | None, str, str]:
    """Goal (None for every goal), what to count by, and the neighbourhood ("" for all)."""
    with st.container(key="choices"):
        first, second, third = st.columns(3)
    with first:
        goal = session.choose(say("choose_goal", lang), session.goal_names(), key="goal")
    with second:
        kinds = {kind: say(f"by_{kind}", lang) for kind in COUNTED_BY}
        by = session.choose(say("choose_by", lang), kinds, key="by")
    with third:
        places = session.area_names(ward)
        place = session.choose(say("choose_area", lang), places, key="area")
    return goal or None, by, place


def _gap(goal: str | None, ward: str, lang: str) -> workflow.Said | None:
    """The gap that was chosen; one that is no more is said to be gone."""
    wanted = st.session_state.get("gap")
    if not wanted:
        return None
    for one in questions.gap_sentences(goal, ward, session.on(), lang):
        if one.key == wanted:
            return one
    st.session_state.pop("gap", None)
    st.info(say("gap_gone", lang))
    return None


def _offer(click: Click | None, ward: str, place: str, lang: str) -> None:
    """Offer to look at the neighbourhood, or the gap, that was clicked alone."""
    if click is None:
        return
    if click.layer == "gaps" and click.key != st.session_state.get("gap"):
        st.button(say("gap_open", lang), on_click=_look_into, args=(click.key,))
    if click.layer == "neighbourhoods" and click.key != place:
        name = session.area_names(ward)[click.key]
        label = say("only_this_area", lang, name=name)
        st.button(plain(label), on_click=_look_at, args=(click.key,))


def _look_at(area: str) -> None:
    st.session_state["area"] = area


def _look_into(gap: str) -> None:
    st.session_state["gap"] = gap


def _figures(counted: workflow.Coverage, by: str, goal: str | None, area: str, lang: str) -> None:
    """Table, gaps, causes and weeks of what was chosen."""
    rows = counted.rows
    chosen = rows["goal"].isna() if goal is None else rows["goal"] == goal
    codes = ("page_coverage", "gaps_title", "tab_causes", "trend_title")
    table, gaps, causes, weeks = st.tabs([say(code, lang) for code in codes])
    with table:
        figures.coverage_table(rows[chosen], lang)
        _downloads(by, goal, area, lang)
    with gaps:
        cards(goal, area, lang)
    with causes:
        _causes(goal, area, lang)
    with weeks:
        outlook(goal, area, lang)
        trend_part(goal, area, lang, beside=False)


def _causes(goal: str | None, area: str, lang: str) -> None:
    counts = session.causes(goal, area, session.on())
    if counts.empty:
        st.info(say("nobody_unreached", lang))
        return
    causes = [str(cause) for cause in counts.index]
    told = counts.rename_axis("cause").reset_index(name="households")
    told["cause"] = [say(f"cause_{cause}", lang) for cause in told["cause"]]
    headings = {"cause": "table_cause", "households": "table_households"}
    figures.table(told, headings, lang=lang)
    cause_list(causes, goal, area, lang)


def _downloads(by: str, goal: str | None, area: str, lang: str) -> None:
    day = session.on()

    def table(to: Path) -> Path:
        return workflow.coverage_workbook(
            session.store(), to, by=by, goal=goal, area=area, on=day, lang=lang
        )

    def left(to: Path) -> Path:
        return workflow.unreached_workbook(
            session.store(), to, goal=goal, area=area, on=day, lang=lang
        )

    with st.container(horizontal=True):
        download("get_table", table, f"do-phu-{day.isoformat()}.xlsx", lang)
        download("get_unreached", left, f"chua-tiep-can-{day.isoformat()}.xlsx", lang)
