"""What was changed in a plan by hand, and which plans were put in force when, by whom and why."""

import pandas as pd
import streamlit as st

from views import figures, session
from views import plan_questions as questions
from words import say


def history(plan_id: str, names: dict[str, str], lang: str) -> None:
    """Show the changes of one plan, and the approvals of all."""
    st.subheader(say("history_edits", lang))
    edits = questions.plan_edits(plan_id)
    told = edits.assign(
        at=_moments(edits["at"]),
        what=[say(f"edit_{what}", lang) for what in edits["what"]],
        state=[say("edit_undone", lang) if undone else "" for undone in edits["undone"]],
    )
    headings = {
        "at": "table_at",
        "what": "table_what",
        "households": "table_households",
        "who": "table_who",
        "why": "table_why",
        "state": "table_state",
    }
    figures.table(told, headings, lang=lang)
    st.subheader(say("history_approvals", lang))
    st.caption(say("history_return", lang))
    done = questions.plan_history()
    approvals = done.assign(
        at=_moments(done["at"]),
        what=[say(f"history_{action}", lang) for action in done["action"]],
        plan=[names.get(one, one) for one in done["subject"]],
    )
    headings = {
        "at": "table_at",
        "what": "table_what",
        "plan": "table_plan",
        "who": "table_who",
        "why": "table_why",
    }
    figures.table(approvals, headings, lang=lang)


def _moments(at: pd.Series) -> list[str]:
    return [session.local(one).strftime("%d/%m/%Y %H:%M") for one in at]
