"""Households one by one, of a gap or a cause: who, where, why, and the member in charge."""

from pathlib import Path

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views import leader_questions as questions
from views.downloads import download
from views.text import plain
from words import say

LIST_PX = 300
HEADINGS = {
    "head": "table_head",
    "address": "table_address",
    "member_name": "table_member",
    "cause": "table_cause",
}


def gap_list(gap: workflow.Said, goal: str | None, ward: str, lang: str) -> None:
    """Show the sentence of a gap, its households, and the way back."""
    st.markdown(plain(gap.text))
    with st.container(horizontal=True, vertical_alignment="center"):
        st.button(say("gap_back", lang), on_click=_forget)
        phones = st.toggle(say("show_phones", lang), key="gap_phones")
    day = session.on()
    rows = questions.gap_households(gap.key, goal, ward, day, language=lang, phones=phones)
    households(rows, lang, phones=phones)

    def write(to: Path) -> Path:
        return workflow.gap_workbook(
            session.store(), to, gap.key, goal=goal, area=ward, phones=phones, on=day, lang=lang
        )

    download("get_list", write, f"danh-sach-{day.isoformat()}.xlsx", lang)


@st.fragment
def cause_list(causes: list[str], goal: str | None, area: str, lang: str) -> None:
    """Let a person choose a cause, and list its households."""
    cause = st.pills(
        say("list_of_cause", lang),
        causes,
        format_func=lambda code: say(f"cause_{code}", lang),
        key="cause",
    )
    if cause is None:
        return
    phones = st.toggle(say("show_phones", lang), key="cause_phones")
    day = session.on()
    rows = questions.gap_households(None, goal, area, day, language=lang, phones=phones)
    households(rows[rows["cause"] == cause], lang, phones=phones)


def households(rows: pd.DataFrame, lang: str, *, phones: bool) -> None:
    """Show a list of households, causes in words."""
    told = rows.assign(cause=[say(f"cause_{cause}", lang) for cause in rows["cause"]])
    headings = {**HEADINGS, **({"phone": "table_phone"} if phones else {})}
    figures.table(told, headings, lang=lang, most_px=LIST_PX)


def _forget() -> None:
    st.session_state.pop("gap", None)
