"""Độ phủ: who is reached and who is not, by goal, neighbourhood, team and member, and why."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

import workflow
from views import figures, session
from views.live_map import Click, live_map
from views.text import plain
from words import say

MAP_PX = 420
COUNTED_BY = ("neighbourhood", "team", "member", "ward")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def page() -> None:
    """Show coverage on the map, with its table and causes beside it."""
    lang, ward, day = session.lang(), session.ward(), session.on()
    goal, by, place = _choices(ward, lang)
    area = place or ward
    counted = session.coverage(by, goal, area, day)

    figures.coverage_line(counted.total, lang)
    left, right = st.columns(2)
    with left:
        layers = session.coverage_layers(ward, goal, day, lang)
        picked = live_map(layers, key="coverage_map", height=MAP_PX, lang=lang, focus=place or None)
        _offer(picked.clicked, ward, place, lang)
    with right:
        rows = counted.rows
        chosen = rows["goal"].isna() if goal is None else rows["goal"] == goal
        tabs = st.tabs([say("page_coverage", lang), say("table_cause", lang)])
        with tabs[0]:
            figures.coverage_table(rows[chosen], lang)
        with tabs[1]:
            _causes(goal, area, lang)
        _downloads(by, goal, area, lang)


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


def _offer(click: Click | None, ward: str, place: str, lang: str) -> None:
    """Offer to look at the neighbourhood that was clicked alone."""
    if click is None or click.layer != "neighbourhoods" or click.key == place:
        return
    name = session.area_names(ward)[click.key]
    label = say("only_this_area", lang, name=name)
    st.button(plain(label), on_click=_look_at, args=(click.key,))


def _look_at(area: str) -> None:
    st.session_state["area"] = area


def _causes(goal: str | None, area: str, lang: str) -> None:
    counts = session.causes(goal, area, session.on())
    if counts.empty:
        st.info(say("nobody_unreached", lang))
        return
    told = counts.rename_axis("cause").reset_index(name="households")
    told["cause"] = [say(f"cause_{cause}", lang) for cause in told["cause"]]
    headings = {"cause": "table_cause", "households": "table_households"}
    figures.table(told, headings, lang=lang)


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
        _download("get_table", table, f"do-phu-{day.isoformat()}.xlsx", lang)
        _download("get_unreached", left, f"chua-tiep-can-{day.isoformat()}.xlsx", lang)


def _download(code: str, write: Callable[[Path], Path], name: str, lang: str) -> None:
    """Offer a spreadsheet that is written only when somebody asks for it."""

    def content() -> bytes:
        with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
            return write(Path(folder) / name).read_bytes()

    st.download_button(say(code, lang), content, file_name=name, mime=XLSX, on_click="ignore")
