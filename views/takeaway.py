"""Xuất: take a plan away as a file."""

import tempfile
from pathlib import Path
from typing import Any

import streamlit as st

import workflow
from views import session
from views.errors import told
from views.intake_state import own_name
from views.plan import plan_names
from views.plan_board import progress_bar
from views.takeaway_address import ward_address
from views.text import plain
from words import Lang, say

FORMATS = (
    *("html", "pdf", "pptx", "docx", "xlsx", "phone", "form"),
    *("gpkg", "geojson", "kml", "gpx", "csv"),
)
# What members take along, never public: the ending of each.
CARRIED = {"phone": "zip", "form": "zip", "gpx": "gpx"}
PAPER = "pdf"
PUBLIC, FULL = "public", "full"
PACKETS = "packets"
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
        sheet = _sheet(lang) if ending == PAPER else ending if ending in CARRIED else None
    with second:
        alone = sheet == PACKETS or sheet in CARRIED
        offered = (FULL,) if alone else (PUBLIC, FULL)
        readers = {who: say(f"export_{who}", lang) for who in offered}
        # A choice of its own: what packets must be is not what comes after them.
        key = "export_packets_who" if alone else "export_who"
        who = session.choose(say("export_who", lang), readers, key=key)
    with third:
        spoken = {str(one): say(f"lang_{one}", lang) for one in Lang}
        language = session.choose(say("export_lang", lang), spoken, key="export_lang")
    if who == FULL:
        st.warning(say("export_full_note", lang))
    if sheet == PACKETS:
        ward_address(lang)
    if st.button(say("export_go", lang), type="primary"):
        _offer(plan_id, ending, sheet=sheet, public=who == PUBLIC, language=language)


def _sheet(lang: str) -> str:
    """Ask what is to be printed."""
    sheets = {sheet: say(f"sheet_{sheet}", lang) for sheet in workflow.PAPER_SHEETS}
    return session.choose(say("choose_sheet", lang), sheets, key="export_sheet")


def _offer(plan_id: str, ending: str, *, sheet: str | None, public: bool, language: str) -> None:
    lang = session.lang()
    plans = session.plans()
    names = dict(zip(plans["plan_id"], plans["name"], strict=True))
    name = own_name(f"{names[plan_id]}.{CARRIED.get(ending, ending)}".replace("/", "-"))
    content = None
    with told(lang), st.spinner(say("preparing", lang)):
        content = _written(plan_id, name, sheet=sheet, public=public, language=language)
    if content is None:
        return
    label = say("export_get", lang, file=name, size=-(-len(content) // KILOBYTE))
    st.download_button(plain(label), content, file_name=name, on_click="ignore", type="primary")


def _written(plan_id: str, name: str, *, sheet: str | None, public: bool, language: str) -> bytes:
    said: dict[str, Any] = {"public": public, "lang": language, "on": session.on()}
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        to = Path(folder) / name
        if sheet is None or to.suffix in workflow.SHEET_OF_ENDING:
            workflow.export_plan(session.store(), plan_id, to, **said)
        elif sheet in workflow.MEMBER_SHEETS:
            workflow.export_member_sheet(session.store(), plan_id, to, sheet=sheet, **said)
        else:
            bar = progress_bar("binding", session.lang())
            workflow.export_paper(session.store(), plan_id, to, sheet=sheet, **said, progress=bar)
        return to.read_bytes()
