"""Step 3 of the intake: what is wrong and where, what to do about it, and what the import would change."""

from pathlib import Path

import pandas as pd
import streamlit as st

import workflow
from views import figures
from views import intake_state as state
from views.downloads import XLSX
from views.intake_parts import as_stored, cells, choose_file, fault, onward, repeated, ward_missing
from words import column, number, say

EVERY = ""
LONGEST_LIST = 2_000
COUNTS = ("read", "added", "changed", "unchanged", "set_aside")
FATES = ("added", "changed", "unchanged")
# Further lists that a report may hold: rows of the store that the file no longer names, and unsure matches.
LISTS = ("doubtful", "vanished", "returned")
# What somebody should do something about.
OPEN = ("aside", "look")
OTHER_UNDER_ID = "household_other_under_id"
HEADINGS = {
    "sheet": "table_sheet",
    "row": "column_row",
    "column": "table_column",
    "value": "column_value",
    "what": "table_problem",
}


def page(intake: state.Intake, lang: str) -> None:
    """Tell what would happen and what is wrong, file by file."""
    state.rehearse(intake, lang)
    place = choose_file(intake, lang)
    file, result = intake.files[place], intake.results[place]
    report = result.report
    if report is not None:
        repeated(report, lang)
        _counts(report, lang)
        ward_missing(report, lang)
        _problems(file, result, intake.rejects[place], lang)
        _changes(report, lang)
    onward(intake, lang, ready=not state.faults(intake, lang), why="intake_fault_first")


def _counts(report: workflow.ImportReport, lang: str) -> None:
    """Say how many rows would be what, each figure with its words."""
    told = [(say(f"intake_count_{name}", lang), number(n, lang)) for name, n in of(report)]
    figures.line(told)
    st.caption(say("intake_rehearsal", lang))


def of(report: workflow.ImportReport) -> list[tuple[str, int]]:
    """Return the counts of a report that say something, with their names."""
    lists = [(name, len(found)) for name in LISTS if (found := listed(report, name)) is not None]
    waiting = [(name, getattr(report, name)) for name in ("waiting", "placed_again")]
    always = [(name, getattr(report, name)) for name in COUNTS]
    return [*always, *((name, count) for name, count in [*lists, *waiting] if count)]


def listed(report: workflow.ImportReport, name: str) -> pd.DataFrame | None:
    """Return a list of a report, None where it holds none of that name."""
    found = getattr(report, name, None)
    return found if isinstance(found, pd.DataFrame) else None


# --- what is wrong ---


def _problems(
    file: state.File, result: workflow.Rehearsal, rejects: bytes | None, lang: str
) -> None:
    st.subheader(say("intake_step_wrong", lang))
    weighed = workflow.weighed_problems(result)
    if weighed.empty:
        st.success(say("intake_nothing_wrong", lang))
        return
    still = int(weighed["weight"].isin(OPEN).sum())
    st.text(say("intake_problems", lang, open=still, rest=len(weighed) - still))
    counts = workflow.problem_counts(weighed)
    shown = counts.assign(
        weight=[say(f"weight_{weight}", lang) for weight in counts["weight"]],
        what=[fault(check, lang) for check in counts["check"]],
        todo=[
            todo(check, weight, lang)
            for check, weight in zip(counts["check"], counts["weight"], strict=True)
        ],
    )
    headings = {
        "rows": "table_rows",
        "what": "table_problem",
        "weight": "table_weight",
        "todo": "table_todo",
    }
    figures.table(shown, headings, lang=lang)
    if rejects is not None:
        download_rejects(rejects, file.name, lang)
        st.caption(say("intake_rejects_help", lang))
    _trust(file, counts, lang)
    _each(weighed, counts, lang, key=file.token)


def _trust(file: state.File, counts: pd.DataFrame, lang: str) -> None:
    """Let the person say that ids are right even where name and place contradict them."""
    trusted = bool(file.more.get("trust_ids", False))
    if not trusted and OTHER_UNDER_ID not in set(counts["check"]):
        return
    wanted = st.checkbox(
        say("intake_trust_ids", lang), value=trusted, key=f"trust_{file.token}_{lang}"
    )
    if wanted != trusted:
        file.more = {**file.more, "trust_ids": wanted}
        st.rerun()


def todo(check: str, weight: str, lang: str) -> str:
    """Return what to do about a problem: by its own words, else by its weight."""
    try:
        return say(f"todo_{check}", lang)
    except KeyError:
        return say(f"todo_{weight}", lang)


def _each(weighed: pd.DataFrame, counts: pd.DataFrame, lang: str, *, key: str) -> None:
    """List the problems one by one, of one kind or of all."""
    with st.expander(say("intake_each_problem", lang)):
        options = [EVERY, *counts["check"].drop_duplicates()]
        wanted = st.selectbox(
            say("intake_only_kind", lang),
            options,
            format_func=lambda check: (
                fault(check, lang) if check else say("intake_all_kinds", lang)
            ),
            key=f"only_{key}_{lang}",
        )
        chosen = weighed if wanted == EVERY else weighed[weighed["check"] == wanted]
        named = chosen.assign(what=[fault(check, lang) for check in chosen["check"]])
        named = named.reindex(columns=[*HEADINGS]).head(LONGEST_LIST)
        told = {name: code for name, code in HEADINGS.items() if named[name].notna().any()}
        rows = ["" if pd.isna(row) else str(int(row)) for row in named["row"]]
        figures.table(named.assign(row=rows), told, lang=lang)
        if len(chosen) > LONGEST_LIST:
            st.caption(say("intake_list_cut", lang, shown=LONGEST_LIST, rows=len(chosen)))


def download_rejects(content: bytes, file: str, lang: str) -> None:
    """Offer the rows set aside as a spreadsheet that can be mended and imported again."""
    name = f"{Path(file).stem}-de-rieng.xlsx"
    st.download_button(
        say("get_rejects", lang), content, file_name=name, mime=XLSX, on_click="ignore"
    )


# --- what would change ---


def _changes(report: workflow.ImportReport, lang: str) -> None:
    """List what would be added, changed, left, has vanished or is doubtful."""
    lists = {name: _of_fate(report.placed, name) for name in FATES}
    if len(report.changes):
        lists["changed"] = _in_words(report.changes, lang)
    lists |= {name: found for name in LISTS if (found := listed(report, name)) is not None}
    lists = {name: rows for name, rows in lists.items() if len(rows)}
    if not lists:
        return
    st.subheader(say("intake_changes", lang))
    tabs = st.tabs(
        [
            f"{say(f'intake_count_{name}', lang)} ({number(len(rows), lang)})"
            for name, rows in lists.items()
        ]
    )
    for tab, (name, rows) in zip(tabs, lists.items(), strict=True):
        with tab:
            if f"intake_about_{name}" in ABOUT:
                st.caption(say(f"intake_about_{name}", lang))
            _rows(rows, lang)


ABOUT = ("intake_about_vanished", "intake_about_doubtful", "intake_about_returned")


def _in_words(changes: pd.DataFrame, lang: str) -> pd.DataFrame:
    """One line a cell that differs: which, what stands there and what would."""
    return changes.assign(field=[column(str(field), lang) for field in changes["field"]])


def _of_fate(placed: pd.DataFrame, fate: str) -> pd.DataFrame:
    return placed[placed["fate"] == fate] if "fate" in placed else placed


def _rows(rows: pd.DataFrame, lang: str) -> None:
    cells(as_stored(rows.head(LONGEST_LIST), lang), lang, most=8)
