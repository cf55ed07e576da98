"""What stands around every page: choices at the side, the mark of made-up data, errors in words."""

from pathlib import Path
from threading import Event

import streamlit as st

import workflow
from views import coverage, editing, intake, meeting, overview, plan, session, takeaway
from views.errors import told
from words import Lang, say

# Whether this server has answered a page yet.
ANSWERED = Event()
STYLES = Path(__file__).resolve().parent.parent / "static" / "app.css"
# Streamlit says these in English only.
UPLOAD_BUTTON = """
[data-testid="stFileUploaderDropzone"] button p { font-size: 0; }
[data-testid="stFileUploaderDropzone"] button p::after { content: "%s"; font-size: 0.9rem; }
[data-testid="stFileUploaderDropzoneInstructions"] * { font-size: 0; }
[data-testid="stFileUploaderDropzoneInstructions"]::after { content: "%s"; font-size: 0.9rem; }
"""
PAGES = {
    "tong-quan": ("page_overview", overview.page),
    "do-phu": ("page_coverage", coverage.page),
    "phuong-an": ("page_plan", plan.page),
    "trinh-chieu": ("page_meeting", meeting.page),
    "sua": ("page_editing", editing.page),
    "nhap": ("page_intake", intake.page),
    "xuat": ("page_takeaway", takeaway.page),
}


def run() -> None:
    """Show the page that was asked for, within its frame."""
    session.restore()
    st.html(STYLES)
    texts = say("choose_file", session.lang()), say("drop_file", session.lang())
    st.html(f"<style>{UPLOAD_BUTTON % texts}</style>")
    pages = {
        path: st.Page(page, title=say(title, session.lang()), url_path=path, default=not place)
        for place, (path, (title, page)) in enumerate(PAGES.items())
    }
    st.session_state["pages"] = pages
    chosen = st.navigation(list(pages.values()))
    with told(session.lang()):
        _side()
        _mark()
        if _is_empty() and chosen != pages["nhap"]:
            _welcome(pages["nhap"])
        else:
            chosen.run()
    session.remember()
    ANSWERED.set()


def _side() -> None:
    """Ward, day and language, the same on every page."""
    lang = session.lang()
    named = dict(session.wards().itertuples(index=False, name=None))
    with st.sidebar:
        if len(named) > 1:
            session.choose(say("choose_ward", lang), named, key="ward")
        else:
            st.session_state.pop("ward", None)
        day = session.mirrored("on", session.on())
        st.date_input(say("choose_day", lang), format="DD/MM/YYYY", **day)
        st.segmented_control(
            say("choose_language", lang),
            list(Lang),
            format_func=lambda one: say(f"lang_{one}", lang),
            required=True,
            **session.mirrored("lang", lang),
        )


def _mark() -> None:
    """Say on every page that the data are made up, where they are."""
    if session.made_up():
        lang = session.lang()
        st.warning(say("made_up_note", lang, made_up=say("made_up_data", lang)))


def _is_empty() -> bool:
    return session.wards().empty and session.imports().empty


def _welcome(intake_page: st.Page) -> None:
    """Offer the made-up ward or the first import."""
    lang = session.lang()
    st.header(say("empty_title", lang))
    st.text(say("empty_text", lang))
    with st.container(horizontal=True):
        wanted = st.button(say("open_made_up", lang), type="primary")
        if st.button(say("first_import", lang)):
            st.switch_page(intake_page)
    if wanted:
        _open_made_up(lang)


def _open_made_up(lang: str) -> None:
    """Make the ward with a bar to watch."""
    bar = st.progress(0.0, text=say("opening_made_up", lang))

    def tell(file: str, share: float) -> None:
        stem = Path(file).stem
        named = say(f"kind_{stem}", lang) if stem in list(workflow.Kind) else ""
        bar.progress(share, text=say("importing_kind", lang, kind=named))

    workflow.load_made_up_ward(session.store(), until=session.today(), progress=tell)
    st.rerun()
