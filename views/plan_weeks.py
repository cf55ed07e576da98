"""The weeks of a plan: how many each member visits for the first time and again, and in which order to walk."""

import pandas as pd
import streamlit as st

from views import figures, session
from views import plan_questions as questions
from views.errors import told
from words import say

WEEKS = 12


def weeks(plan_id: str, lang: str) -> None:
    """Show the calendar of one member, and the order of visits of one week."""
    zones = session.plan_zones(plan_id)
    called = zones["member_name"].fillna(zones["member_id"])
    names = dict(zip(zones["member_id"], called, strict=True))
    if not names:
        st.info(say("no_zones_here", lang))
        return
    with told(lang):
        member = session.choose(say("choose_member", lang), names, key="weeks_member")
        rows = questions.calendar(plan_id, member, session.on(), WEEKS)
        headings = {
            "week": "column_week",
            "begins": "column_begins",
            "first_visits": "column_first_visits",
            "revisits": "column_revisits",
            "minutes": "column_minutes",
            "minutes_free": "column_minutes_free",
        }
        figures.table(rows.assign(begins=_days(rows["begins"])), headings, lang=lang)
        if len(rows):
            _order(plan_id, member, rows, lang)


def _order(plan_id: str, member: str, rows: pd.DataFrame, lang: str) -> None:
    """The households of one week in walking order."""
    week = st.selectbox(say("choose_week", lang), list(rows["week"]))
    stops = questions.route(plan_id, member, int(week), session.on())
    headings = {
        "stop": "column_stop",
        "head": "table_head",
        "address": "table_address",
        "walk_m": "table_walk_so_far",
    }
    figures.table(stops, headings, lang=lang)


def _days(dates: pd.Series) -> pd.Series:
    days: pd.Series = pd.to_datetime(dates).dt.strftime("%d/%m/%Y")
    return days
