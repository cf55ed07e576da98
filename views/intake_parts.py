"""What the steps of the intake share: the way on and back, the choice among files, plain tables of cells."""

from typing import Any

import pandas as pd
import streamlit as st

import workflow
from views import intake_state as state
from views.text import plain
from words import TEXTS, column, problem, say, written

ROW_PX = 35
BORDER_PX = 2
BLANK = "\u00a0"
DECIMALS = 6
# Columns of the store that are ours, or say again what another one says.
OURS = (
    "fate",
    "geometry",
    "made",
    "coordinates_given",
    "ward_given",
    "known_as",
    "confidence",
    "drawn",
)
# Columns whose cells are codes, each with the beginning of its words.
SAID = {
    "address_scheme": "scheme",
    "location_source": "located",
    "source": "boundary_source",
    "role": "role",
    "outcome": "outcome",
}


def onward(intake: state.Intake, lang: str, *, ready: bool, why: str) -> None:
    """Offer the step before and the next; `why` says what is missing where the next is not ready."""
    at = state.STEPS.index(intake.step)
    with st.container(horizontal=True, key="intake_nav", vertical_alignment="center"):
        if at:
            back(intake, lang)
        if at + 1 < len(state.STEPS):
            following = state.STEPS[at + 1]
            st.button(
                say(f"intake_to_{following}", lang),
                type="primary",
                disabled=not ready,
                on_click=state.go,
                args=(following,),
                key="intake_next",
            )
        if not ready:
            st.caption(say(why, lang))


def back(intake: state.Intake, lang: str) -> None:
    """Offer the step before."""
    before = state.STEPS[state.STEPS.index(intake.step) - 1]
    st.button(say("intake_back", lang), on_click=state.go, args=(before,), key="intake_back")


def choose_file(intake: state.Intake, lang: str) -> int:
    """Let one of several files be looked at; return its place."""
    if len(intake.files) == 1:
        return 0
    places = range(len(intake.files))
    chosen = st.segmented_control(
        say("intake_which_file", lang),
        list(places),
        format_func=lambda place: _marked(intake, place),
        default=0,
        required=True,
        key=f"which_{intake.rounds}",
    )
    return int(chosen or 0)


def _marked(intake: state.Intake, place: int) -> str:
    """The name of a file, marked where something stands in its way."""
    faulty = intake.results and intake.results[place].fault is not None
    return f"⚠ {intake.files[place].name}" if faulty else intake.files[place].name


def cells(frame: pd.DataFrame, lang: str, *, most: int = 6) -> None:
    """Show rows as they are, letter by letter, under headings of their own, repeated ones told apart."""
    if frame.empty:
        st.caption(say("nothing_here", lang))
        return
    again = pd.Series(frame.columns).groupby(list(frame.columns)).cumcount()
    headings = [
        (str(name) or BLANK) + (f" ({number + 1})" if number else "")
        for name, number in zip(frame.columns, again, strict=True)
    ]
    texts = frame.set_axis(headings, axis=1).astype("str").fillna("")
    height = ROW_PX * (min(len(texts), most) + 1) + BORDER_PX
    st.dataframe(texts, hide_index=True, height=height, row_height=ROW_PX)


def fault(check: str, lang: str) -> str:
    """Return what was wrong with a row, in words for a page, where nobody has a command line to add options to."""
    on_page = f"page_problem_{check}"
    if on_page in TEXTS:
        return say(on_page, lang)
    left_out = check.startswith(("skip_", "sheet_"))
    told = problem(check, lang)
    return say("intake_left_out", lang, what=told) if left_out else told


def ward_missing(report: workflow.ImportReport, lang: str) -> None:
    """Warn where rows would wait because nobody knows their ward."""
    if report.waiting:
        st.warning(say("intake_waiting", lang, rows=report.waiting))


def repeated(report: workflow.ImportReport, lang: str) -> None:
    """Say that the very same file came in before, where it did."""
    if report.repeats is not None:
        st.info(plain(say("intake_repeats", lang, import_id=report.repeats)))


def as_stored(rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Return rows of the store under the headings and in the words that people know, empty columns left out."""
    frame = pd.DataFrame(rows)
    for name, prefix in SAID.items():
        if name in frame:
            frame[name] = [_said(code, prefix, lang) for code in frame[name]]
    if "geometry" in frame and set(rows.geometry.geom_type.dropna()) == {"Point"}:
        frame["lat"], frame["lon"] = (
            rows.geometry.y.round(DECIMALS),
            rows.geometry.x.round(DECIMALS),
        )
    if "row" in frame:
        frame["row"] = frame["row"].astype("Float64").astype("Int64").astype("str")
    first = [name for name in ("sheet", "row") if name in frame]
    if "candidates" in frame:
        frame["candidates"] = [written(list(ids), lang) for ids in frame["candidates"]]
    if "check" in frame:
        frame["check"] = [fault(check, lang) for check in frame["check"]]
    rest = [name for name in frame if name not in (*first, *OURS)]
    shown = [name for name in (*first, *rest) if frame[name].notna().any()]
    return frame[shown].rename(columns={name: column(str(name), lang) for name in shown})


def _said(code: Any, prefix: str, lang: str) -> Any:
    named = f"{prefix}_{code}"
    return say(named, lang) if named in TEXTS else code
