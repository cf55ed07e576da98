"""Step 1 of the intake: which files, what they hold, for which ward, and whether their letters read well."""

import re
from pathlib import Path

import streamlit as st

import workflow
from geo.terms import WARD_CODE
from views import intake_state as state
from views import session
from views.errors import sentence_of
from views.intake_parts import cells, onward
from views.text import plain
from words import say

UNKNOWN = ""
FONTS = (None, "tcvn3", "vni")


def page(intake: state.Intake, lang: str) -> None:
    """Take files in, and ask of each what only a person can say."""
    _upload(intake, lang)
    if not intake.files:
        return
    ward_known = _ward(intake, lang)
    for file in list(intake.files):
        with st.spinner(say("reading_file", lang)):
            state.look_at(intake, file)
        _card(intake, file, lang)
    if session.wards().empty or not session.made_up():
        intake.mix = False
    else:
        intake.mix = st.checkbox(say("import_mix", lang), value=intake.mix)
    ready = ward_known and all(file.look and file.kind for file in intake.files)
    onward(intake, lang, ready=bool(ready), why="intake_files_first")


def _upload(intake: state.Intake, lang: str) -> None:
    """Take over what is dropped, and offer an empty place for more."""
    endings = sorted({*workflow.ACCEPTED, *state.SIDES})
    uploaded = st.file_uploader(
        say("upload", lang),
        type=[ending.lstrip(".") for ending in endings],
        accept_multiple_files=True,
        key=f"upload_{intake.rounds}",
    )
    if uploaded:
        for one in uploaded:
            state.add(intake, one.name, bytes(one.getbuffer()))
        intake.rounds += 1
        st.rerun()
    if intake.loose:
        st.info(plain(say("intake_sides_alone", lang, files=sorted(intake.loose))))


def _ward(intake: state.Intake, lang: str) -> bool:
    """Ask for the ward, by name or code; return whether the answer can be used."""
    named = dict(session.wards().itertuples(index=False, name=None))
    options = [UNKNOWN, *named]
    typed = intake.ward or UNKNOWN
    if typed not in options:
        options.append(typed)
    chosen = st.selectbox(
        say("intake_ward", lang),
        options,
        index=options.index(typed),
        format_func=lambda code: (
            f"{named[code]} · {code}" if code in named else code or say("intake_ward_of_file", lang)
        ),
        accept_new_options=True,
        key=f"intake_ward_{lang}",
        help=say("intake_ward_help", lang),
    )
    return _understood(intake, str(chosen or UNKNOWN).strip(), lang)


def _understood(intake: state.Intake, typed: str, lang: str) -> bool:
    """Take a code or the name of one ward; say what to choose from where it names several."""
    if typed in ("", *session.wards()["ward_code"]) or re.fullmatch(WARD_CODE, typed):
        intake.ward = typed or None
        return True
    found = workflow.wards_called(typed)
    if len(found) == 1:
        ((intake.ward, name),) = found.items()
        st.caption(plain(say("intake_ward_found", lang, name=name, ward=intake.ward)))
        return True
    intake.ward = None
    several = [f"{name} ({code})" for code, name in found.items()]
    told = say("intake_ward_several" if found else "import_ward_odd", lang, wards=several)
    st.error(plain(told))
    return False


# --- one file ---


def _card(intake: state.Intake, file: state.File, lang: str) -> None:
    with st.container(border=True, key=f"card_{file.token}"):
        left, right = st.columns([5, 1], vertical_alignment="center")
        with left:
            st.markdown(f"**{plain(file.name)}**")
        with right:
            if st.button(say("intake_drop", lang), key=f"drop_{file.token}"):
                intake.files.remove(file)
                st.rerun()
        if file.fault is not None:
            _ask_layer(file, lang)
            st.error(plain(sentence_of(file.fault, lang)))
            return
        if file.look is not None:
            _questions(file, file.look, lang)


def _questions(file: state.File, look: workflow.Look, lang: str) -> None:
    left, right = st.columns(2)
    with left:
        _kind(file, look, lang)
    with right:
        if look.located:
            types = [say(f"shape_{name}", lang) for name in look.shapes]
            st.text(say("intake_rows_of_map", lang, rows=look.rows, types=types))
        else:
            _letters(file, lang)
    if not look.located:
        cells(look.first, lang)
        st.caption(say("intake_rows_of_table", lang, rows=look.rows, first=len(look.first)))
    if look.national_ids:
        st.caption(plain(say("intake_ids_dropped", lang, headings=list(look.national_ids))))


def _kind(file: state.File, look: workflow.Look, lang: str) -> None:
    """Say what the file seems to hold, and let it be changed."""
    options = [*workflow.Kind] if file.kind else [None, *workflow.Kind]
    file.kind = st.selectbox(
        say("choose_kind", lang),
        options,
        index=options.index(file.kind),
        format_func=lambda kind: say(f"kind_{kind}" if kind else "intake_kind_ask", lang),
        key=f"kind_{file.token}_{lang}",
    )
    if look.kind is None:
        st.caption(say("intake_kind_unsure", lang))
    elif file.kind == look.kind:
        by_name = Path(file.name).stem.lower() == look.kind
        guessed_by = "name" if by_name else "shape" if look.located else "headings"
        st.caption(say(f"intake_guessed_by_{guessed_by}", lang))


def _letters(file: state.File, lang: str) -> None:
    """Ask whether the first rows can be read, and convert them before the person's eyes."""
    options = [*FONTS] if file.encoding in FONTS else [*FONTS, file.encoding]
    chosen = st.radio(
        say("intake_letters", lang),
        options,
        index=options.index(file.encoding),
        format_func=lambda font: say(f"intake_letters_{font}", lang) if font in FONTS else font,
        key=f"letters_{file.token}_{lang}",
        horizontal=True,
    )
    if chosen != file.encoding:
        file.encoding = chosen
        st.rerun()


def _ask_layer(file: state.File, lang: str) -> None:
    """Let one layer or sheet be chosen where a file has several."""
    fault = file.fault
    layers = [str(name) for name in fault.facts.get("layers", ())] if fault is not None else []
    if not layers:
        return
    chosen = st.selectbox(
        say("import_layer", lang), layers, index=None, key=f"layers_{file.token}_{lang}"
    )
    if chosen is not None and chosen != file.layer:
        file.layer = str(chosen)
        st.rerun()
