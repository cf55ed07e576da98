"""Whether the teams have their people: what is to be seen to in sentences, and every team in a table."""

from pathlib import Path

import pandas as pd
import streamlit as st

import workflow
from views import figures, session
from views import leader_questions as questions
from views.downloads import download
from views.text import plain
from words import say

HEADINGS = {
    "name": "table_area",
    "issues": "table_issues",
    "members": "table_members",
    "needed": "table_needed",
    "short": "table_short",
    "households": "table_households",
    "households_per_member": "table_per_member",
    "members_per_100_households": "table_per_100",
    "team_name": "table_team",
}


@st.fragment
def staffing_part(goal: str | None, area: str, lang: str) -> None:
    """Show what teams lack, gravest first, then all of them."""
    said = questions.sentences(goal, area, session.on(), lang)
    told = [one for one in said if one.kind == "staffing"]
    if not any(one.key for one in told):
        st.markdown(plain(say("staffing_fine", lang)))
    for one in told:
        st.markdown("- " + plain(one.text))
    rows = _chosen(told, questions.staffing_table(area, session.on(), lang), lang)
    tenths = ("households_per_member", "members_per_100_households")
    figures.table(rows, HEADINGS, lang=lang, tenths=tenths, wide=("issues",))
    paid = questions.support_a_month(area, session.on())
    if paid is not None:
        st.caption(plain(say("support_staffing", lang, dong=paid)))
    _download(area, lang)


def _chosen(told: list[workflow.Said], rows: pd.DataFrame, lang: str) -> pd.DataFrame:
    """Let a person see the teams that one of the sentences is about; all of them where none is chosen."""
    words = {one.key: say(f"staffing_issue_{one.key}", lang) for one in told if one.key}
    if not words:
        return rows
    issue = st.pills(
        say("staffing_only", lang), list(words), format_func=lambda key: words[key], key="issue"
    )
    if issue is None:
        return rows
    return rows[[words[issue] in issues.split("; ") for issues in rows["issues"]]]


def _download(area: str, lang: str) -> None:
    day = session.on()

    def write(to: Path) -> Path:
        return workflow.staffing_workbook(session.store(), to, area=area, on=day, lang=lang)

    download("get_staffing", write, f"nhan-luc-{day.isoformat()}.xlsx", lang)
