"""Whether the teams have their people: what is to be seen to in sentences, and every team in a table."""

from pathlib import Path

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


def staffing_part(goal: str | None, area: str, lang: str) -> None:
    """Show what teams lack, gravest first, then all of them."""
    said = questions.sentences(goal, area, session.on(), lang)
    told = [one for one in said if one.kind == "staffing"]
    if not any(one.key for one in told):
        st.markdown(plain(say("staffing_fine", lang)))
    for one in told:
        st.markdown("- " + plain(one.text))
    rows = questions.staffing_table(area, session.on(), lang)
    tenths = ("households_per_member", "members_per_100_households")
    figures.table(rows, HEADINGS, lang=lang, tenths=tenths)
    _download(area, lang)


def _download(area: str, lang: str) -> None:
    day = session.on()

    def write(to: Path) -> Path:
        return workflow.staffing_workbook(session.store(), to, area=area, on=day, lang=lang)

    download("get_staffing", write, f"nhan-luc-{day.isoformat()}.xlsx", lang)
