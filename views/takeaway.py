"""Xuất: take a plan away as a file."""

import tempfile
from pathlib import Path

import streamlit as st

import workflow
from views import session
from views.intake_state import own_name
from views.plan import plan_names
from views.text import plain
from words import Lang, say

FORMATS = ("html", "xlsx", "gpkg", "geojson", "csv")
PUBLIC, FULL = "public", "full"
KILOBYTE = 1_000


def page() -> None:
    """Choose plan, format and readers, and take the file."""
    lang = session.lang()
    st.header(say("page_takeaway", lang))
    names = plan_names(lang)
    if not names:
        st.info(say("no_plans_yet", lang))
        return
    plan_id = session.choose(say("choose_plan", lang), names, key="plan")
    first, second, third = st.columns(3)
    with first:
        formats = {ending: say(f"format_{ending}", lang) for ending in FORMATS}
        ending = session.choose(say("export_format", lang), formats, key="export_format")
    with second:
        readers = {who: say(f"export_{who}", lang) for who in (PUBLIC, FULL)}
        who = session.choose(say("export_who", lang), readers, key="export_who")
    with third:
        spoken = {str(one): say(f"lang_{one}", lang) for one in Lang}
        language = session.choose(say("export_lang", lang), spoken, key="export_lang")
    if who == FULL:
        st.warning(say("export_full_note", lang))
    if st.button(say("export_go", lang), type="primary"):
        _offer(plan_id, ending, public=who == PUBLIC, language=language)


def _offer(plan_id: str, ending: str, *, public: bool, language: str) -> None:
    lang = session.lang()
    plans = session.plans()
    names = dict(zip(plans["plan_id"], plans["name"], strict=True))
    name = own_name(f"{names[plan_id]}.{ending}".replace("/", "-"))
    with st.spinner(say("preparing", lang)):
        content = _written(plan_id, name, public=public, language=language)
    label = say("export_get", lang, file=name, size=-(-len(content) // KILOBYTE))
    st.download_button(plain(label), content, file_name=name, on_click="ignore", type="primary")


def _written(plan_id: str, name: str, *, public: bool, language: str) -> bytes:
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        to = Path(folder) / name
        workflow.export_plan(
            session.store(), plan_id, to, public=public, lang=language, on=session.on()
        )
        return to.read_bytes()
