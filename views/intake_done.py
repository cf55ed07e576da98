"""Step 4 of the intake: store what was looked at, once, and say what came of it."""

import pandas as pd
import streamlit as st

import workflow
from geo.errors import DiabanError
from views import figures, session
from views import intake_state as state
from views.asking import asks
from views.errors import sentence_of
from views.intake_history import take_back
from views.intake_parts import back, repeated, ward_missing
from views.text import plain
from words import say

SUMMARY = {
    "file": "table_file",
    "kind": "table_kind",
    "added": "table_added",
    "changed": "table_changed",
    "unchanged": "intake_count_unchanged",
    "set_aside": "table_set_aside",
    "placed_again": "intake_count_placed_again",
}


def page(intake: state.Intake, lang: str) -> None:
    """Import when told to; a second click finds it done."""
    if intake.wanted and not intake.finished:
        _store(intake, lang)
    if intake.finished:
        _done(intake, lang)
    else:
        _last_look(intake, lang)


def _last_look(intake: state.Intake, lang: str) -> None:
    """Say in one table what is about to be stored, and wait for the word."""
    state.rehearse(intake, lang)
    reports = [result.report for result in intake.results if result.report is not None]
    st.text(say("intake_about_to", lang))
    _summary(reports, lang)
    for report in reports:
        ward_missing(report, lang)
    for name, told in state.faults(intake, lang):
        st.error(f"**{plain(name)}**: {plain(told)}")
    with st.container(horizontal=True, key="intake_nav", vertical_alignment="center"):
        back(intake, lang)
        st.button(
            say("import_go", lang),
            type="primary",
            disabled=bool(state.faults(intake, lang)),
            on_click=_want,
            args=(intake,),
            key="intake_go",
        )


def _want(intake: state.Intake) -> None:
    intake.wanted = True


def _store(intake: state.Intake, lang: str) -> None:
    """Import every file that is not yet, so that whatever interrupts, none comes in twice."""
    bar = st.progress(0.0, text=say("intake_storing", lang, file=""))
    with state.on_disk(intake, intake.files) as laid:
        files = {handed.path: file for handed, file in zip(laid, intake.files, strict=True)}
        for done, handed in enumerate(workflow.import_order(laid)):
            file = files[handed.path]
            if file.report is None:
                text = say("intake_storing", lang, file=file.name)
                bar.progress(done / len(laid), text=text)
                if not _stored(file, handed, lang):
                    intake.wanted = False
                    return
    intake.finished, intake.wanted = True, False
    st.rerun()


def _stored(file: state.File, handed: workflow.HandedOver, lang: str) -> bool:
    try:
        file.report = workflow.import_file(
            session.store(),
            handed.path,
            kind=handed.kind,
            options=handed.options,
            lang=lang,
            look=handed.look,
        )
    except DiabanError as fault:
        st.error(f"**{plain(file.name)}**: {plain(sentence_of(fault, lang))}")
        return False
    return True


# --- what came of it ---


def _done(intake: state.Intake, lang: str) -> None:
    reports = [file.report for file in intake.files if file.report is not None]
    codes = [str(report.import_id) for report in reports if report.import_id is not None]
    if codes:
        st.success(plain(say("intake_stored", lang, count=len(codes), codes=codes)))
    for report in reports:
        repeated(report, lang)
    _summary(reports, lang)
    if any(report.set_aside for report in reports):
        st.info(say("intake_aside_waits", lang))
    with st.container(horizontal=True, key="intake_nav"):
        _to_map(lang)
        st.button(say("intake_more_files", lang), on_click=state.begin_again, key="intake_again")
        for report in reports:
            _offer_undo(report, lang, alone=len(reports) == 1)


def _offer_undo(report: workflow.ImportReport, lang: str, *, alone: bool) -> None:
    """Offer to take back what was just stored, unless that was done."""
    listed = session.imports()
    standing = listed[listed["undone_at"].isna()]["import_id"]
    if report.import_id not in set(standing):
        return
    key = f"undo_{report.import_id}"
    label = say("undo", lang) if alone else say("intake_undo_one", lang, file=report.file)
    if asks(plain(label), key):
        take_back(str(report.import_id), report.file, lang, key=key)


def _to_map(lang: str) -> None:
    pages = st.session_state.get("pages", {})
    wanted = st.button(say("intake_to_map", lang), type="primary", key="intake_map")
    if wanted and "do-phu" in pages:
        st.switch_page(pages["do-phu"])


def _summary(reports: list[workflow.ImportReport], lang: str) -> None:
    """One line a file: what is added, changed, left, set aside, and placed again because of it."""
    rows = pd.DataFrame([{name: getattr(one, name) for name in SUMMARY} for one in reports])
    if rows.empty:
        return
    named = rows.assign(kind=[say(f"kind_{kind}", lang) for kind in rows["kind"]])
    figures.table(named, SUMMARY, lang=lang)
