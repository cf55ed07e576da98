"""Nhập dữ liệu: hand over a file, see what was understood, store it, take it back."""

import re
import tempfile
from pathlib import Path
from typing import Any

import pandas as pd
import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

import workflow
from views import figures, session
from views.asking import asks, close
from views.coverage import XLSX
from views.errors import told
from views.text import plain
from words import problem, say

AUTOMATIC = ""
WARD_CODE = re.compile(r"\d{5}")
# What a file may be called here; its own name never reaches the disk otherwise.
ODD_LETTERS = re.compile(r"[^\w\-. ]")
LONGEST_NAME = 80
IMPORTS = {
    "imported_at": "table_when",
    "kind": "table_kind",
    "file_name": "table_file",
    "added": "table_added",
    "changed": "table_changed",
    "set_aside": "table_set_aside",
    "state": "table_state",
    "import_id": "table_import",
}


def page() -> None:
    """Take a file in, in two steps, and list what came in so far."""
    lang = session.lang()
    st.header(say("page_intake", lang))
    if done := st.session_state.pop("intake_done", None):
        st.success(plain(done))
    uploaded = st.file_uploader(
        say("upload", lang), type=[ending.lstrip(".") for ending in sorted(workflow.ACCEPTED)]
    )
    if uploaded is not None:
        _take(uploaded, lang)
    _so_far(lang)


# --- one file ---


def _take(uploaded: UploadedFile, lang: str) -> None:
    """Ask what the file is, show what would happen, and store it when told to."""
    kind, asked = _questions(lang)
    if asked is None:
        return
    with st.container(horizontal=True):
        preview = st.button(say("rehearse", lang), type="primary")
        wanted = st.button(say("import_go", lang))
    if not (preview or wanted):
        return
    with st.spinner(say("reading_file", lang)):
        report, rejects = _read(uploaded, kind, {**asked, "dry_run": not wanted}, lang)
    _tell(report, rejects, lang)


def _questions(lang: str) -> tuple[workflow.Kind | None, dict[str, Any] | None]:
    """What the person says about the file; None where an answer cannot be used."""
    first, second = st.columns(2)
    kinds = {AUTOMATIC: say("kind_automatic", lang)}
    kinds |= {str(kind): say(f"kind_{kind}", lang) for kind in workflow.Kind}
    with first:
        kind = session.choose(say("choose_kind", lang), kinds, key="intake_kind")
    with second:
        ward = st.text_input(say("import_ward", lang), max_chars=5).strip()
    with st.expander(say("import_more", lang)):
        lines = st.text_area(say("import_columns", lang), placeholder="head = Họ và tên")
        layer = st.text_input(say("import_layer", lang)).strip()
        crs = st.text_input(say("import_crs", lang)).strip()
        mix = st.checkbox(say("import_mix", lang))
    if ward and not WARD_CODE.fullmatch(ward):
        st.error(say("import_ward_odd", lang))
        return None, None
    columns = _pairs(lines, lang)
    if columns is None:
        return None, None
    asked = {
        "ward": ward or None,
        "layer": layer or None,
        "crs": crs or None,
        "columns": columns,
        "mix_made_up": mix,
    }
    return (workflow.Kind(kind) if kind else None), asked


def _pairs(lines: str, lang: str) -> dict[str, str] | None:
    """Read `field = heading` line by line; None, said on the page, where a line is not so."""
    pairs = {}
    for line in filter(None, map(str.strip, lines.splitlines())):
        field, mark, heading = line.partition("=")
        if not (mark and field.strip() and heading.strip()):
            st.error(plain(say("import_columns_odd", lang, line=line)))
            return None
        pairs[field.strip()] = heading.strip()
    return pairs


def _read(
    uploaded: UploadedFile, kind: workflow.Kind | None, asked: dict[str, Any], lang: str
) -> tuple[workflow.ImportReport, bytes | None]:
    """Import the file from a folder of its own; return the report and the rows set aside."""
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        path = Path(folder) / own_name(uploaded.name)
        path.write_bytes(uploaded.getbuffer())
        rejects = Path(folder) / "rejects" / "rejects.xlsx"
        options = workflow.ImportOptions(**asked, rejects=rejects if asked["dry_run"] else None)
        report = workflow.import_file(session.store(), path, kind=kind, options=options, lang=lang)
        kept = report.rejects
        return report, kept.read_bytes() if kept is not None and kept.exists() else None


def own_name(given: str) -> str:
    """Return a harmless file name as near as may be to the one given."""
    last = Path(given.replace("\\", "/")).name
    stem, ending = Path(last).stem, Path(last).suffix.lower()
    clean = ODD_LETTERS.sub("_", stem).strip(" .")[:LONGEST_NAME]
    return (clean or "upload") + ODD_LETTERS.sub("_", ending)


def _tell(report: workflow.ImportReport, rejects: bytes | None, lang: str) -> None:
    """Say what came of it: counts, columns, problems by kind, the rows set aside."""
    code = "imported" if report.import_id else "rehearsed"
    counts = {
        name: getattr(report, name)
        for name in ("read", "added", "changed", "unchanged", "set_aside")
    }
    st.success(say(code, lang, kind=say(f"kind_{report.kind}", lang), **counts))
    left, right = st.columns(2)
    with left:
        st.subheader(say("columns_understood", lang))
        understood = pd.DataFrame(report.columns.items(), columns=["field", "heading"])
        figures.table(understood, {"field": "table_field", "heading": "table_heading"}, lang=lang)
        if report.unused:
            st.caption(plain(say("columns_unused", lang, headings=list(report.unused))))
    with right:
        st.subheader(say("problems_found", lang, count=len(report.problems)))
        _problems(report.problems, lang)
        if rejects is not None:
            _download_rejects(rejects, report.file, lang)


def _problems(problems: pd.DataFrame, lang: str) -> None:
    counts = problems["check"].value_counts().rename_axis("check").reset_index(name="rows")
    if counts.empty:
        return
    counts["check"] = [problem(check, lang) for check in counts["check"]]
    figures.table(counts, {"rows": "table_rows", "check": "table_problem"}, lang=lang)


# --- what came in so far ---


def _so_far(lang: str) -> None:
    """List the imports, and let the person take one back."""
    st.subheader(say("imports_so_far", lang))
    listed = session.imports()
    if listed.empty:
        st.caption(say("no_imports_yet", lang))
        return
    standing = listed["undone_at"].isna()
    moments = [session.local(moment) for moment in listed["imported_at"]]
    shown = listed.assign(
        kind=[say(f"kind_{kind}", lang) for kind in listed["kind"]],
        imported_at=[f"{moment:%d/%m/%Y %H:%M}" for moment in moments],
        state=standing.map({True: say("in_force", lang), False: say("undone", lang)}),
    )
    figures.table(shown, IMPORTS, lang=lang)
    if standing.any():
        _one_import(listed[standing], lang)


def _one_import(standing: pd.DataFrame, lang: str) -> None:
    """Offer the rows that one import set aside, and to take it back."""
    files = dict(zip(standing["import_id"], standing["file_name"], strict=True))
    names = {str(code): f"{code} · {file}" for code, file in files.items()}
    left, right = st.columns([3, 2], vertical_alignment="bottom")
    with left:
        import_id = session.choose(say("choose_import", lang), names, key="undo_import")
    row = standing[standing["import_id"] == import_id].iloc[0]
    with right, st.container(horizontal=True):
        if asks(say("undo", lang), "undo"):
            _take_back(import_id, files[import_id], lang)
        if isinstance(row["rejects"], str) and Path(row["rejects"]).is_file():
            _download_rejects(Path(row["rejects"]).read_bytes(), row["file_name"], lang)


def _download_rejects(content: bytes, file: str, lang: str) -> None:
    name = f"{Path(file).stem}-de-rieng.xlsx"
    label = say("get_rejects", lang)
    st.download_button(label, content, file_name=name, mime=XLSX, on_click="ignore")


def _take_back(import_id: str, file: str, lang: str) -> None:
    @st.dialog(say("undo", lang), on_dismiss=lambda: close("undo"))
    def confirm() -> None:
        st.text(say("undo_sure", lang, file=file))
        with st.container(horizontal=True):
            sure = st.button(say("undo", lang), type="primary", key="undo_sure")
            if st.button(say("cancel", lang)):
                close("undo")
                st.rerun()
        if sure:
            with told(lang):
                workflow.undo(session.store(), import_id)
                close("undo")
                st.session_state["intake_done"] = say("import_undone", lang, import_id=import_id)
                st.rerun()

    confirm()
