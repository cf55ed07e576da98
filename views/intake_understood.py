"""Step 2 of the intake: what was understood of each file, in words, as a table and on the map."""

import streamlit as st

import workflow
from geo.errors import DiabanError
from views import intake_state as state
from views import session
from views.errors import sentence_of
from views.intake_boundaries import boundaries
from views.intake_parts import as_stored, cells, choose_file, onward, ward_missing
from views.live_map import live_map
from views.text import plain
from words import column, say

MAP_PX = 380
FIRST_ROWS = 5
NO_HEADING = ""
# Asked about when a file's coordinates cannot be placed.
ABOUT_PLACES = (
    "crs_unknown",
    "crs_unusable",
    "crs_ballpark",
    "crs_belied",
    "crs_nowhere",
    "crs_ask",
)
WAITING_PLACES = ("metres_ask", "metres_unknown", "metres_open")


def page(intake: state.Intake, lang: str) -> None:
    """Show what would be stored, and let columns and coordinate system be chosen anew."""
    state.rehearse(intake, lang)
    place = choose_file(intake, lang)
    file, result = intake.files[place], intake.results[place]
    left, right = st.columns([1, 1])
    with left:
        _facts(file, result, lang)
        if result.fault is not None:
            _fault(result.fault, lang)
        if result.report is not None:
            ward_missing(result.report, lang)
        _sheet(file, lang)
        _system(file, result, lang)
        if result.report is not None:
            _first_rows(result.report, lang)
    with right:
        _map(file, result, lang)
    if result.report is not None:
        boundaries(file, result, lang)
    _mapping(file, result, lang)
    onward(intake, lang, ready=not state.faults(intake, lang), why="intake_fault_first")


# --- in words ---


def _facts(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    look = file.look
    if look is None:
        return
    lines = [_size(file, look, lang)]
    if look.taken and look.taken != ("",):
        lines.append(say("intake_sheets_taken", lang, sheets=list(look.taken)))
    lines += [
        say("intake_sheet_left", lang, sheet=sheet, why=say(why, lang))
        for sheet, why in look.left_out
    ]
    if look.skipped:
        told = [f"{count} × {say(f'skip_{why}', lang)}" for why, count in look.skipped.items()]
        lines.append(say("intake_rows_skipped", lang, rows=told))
    if look.national_ids:
        lines.append(say("intake_ids_dropped", lang, headings=list(look.national_ids)))
    if look.encoding:
        lines.append(say("intake_encoding", lang, encoding=look.encoding))
    if result.report is not None and result.report.remembered:
        told = [column(field, lang) for field in result.report.remembered]
        lines.append(say("intake_remembered", lang, fields=told))
    if result.report is not None and result.report.unused:
        lines.append(say("columns_unused", lang, headings=list(result.report.unused)))
    st.markdown("\n".join(f"- {plain(line)}" for line in lines))


def _size(file: state.File, look: workflow.Look, lang: str) -> str:
    kind = say(f"kind_{file.kind}", lang)
    if look.located or look.first_row is None:
        return say("intake_size_map", lang, kind=kind, rows=look.rows)
    return say("intake_size", lang, kind=kind, rows=look.rows, row=look.first_row)


def _fault(fault: DiabanError, lang: str) -> None:
    st.error(plain(sentence_of(fault, lang)))


# --- sheet and coordinate system ---


def _sheet(file: state.File, lang: str) -> None:
    """Let another sheet be taken than those that were."""
    look = file.look
    named = [] if look is None else [*filter(None, look.taken), *(n for n, _ in look.left_out)]
    if file.layer and file.layer not in named:
        named.append(file.layer)
    if len(named) < 2:  # noqa: PLR2004  one sheet is no choice
        return
    options = [None, *named]
    chosen = st.selectbox(
        say("intake_sheet", lang),
        options,
        index=options.index(file.layer),
        format_func=lambda name: name or say("intake_sheet_found", lang),
        key=f"sheet_{file.token}_{lang}",
    )
    if chosen != file.layer:
        file.layer = chosen
        st.rerun()


def _system(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    """Say the coordinate system; ask for it where it is not known."""
    stated = file.look.crs if file.look is not None else None
    asked = _is_asked(result)
    if not asked and not file.crs and not stated and not _has_places(result):
        return
    known = workflow.coordinate_systems(session.store())
    candidates = [code for code in _candidates(result) if code in known]
    options = [None, *candidates, *(code for code in known if code not in candidates)]
    if file.crs and file.crs not in options:
        options.append(file.crs)
    chosen = st.selectbox(
        say("intake_crs_ask" if asked else "intake_crs", lang),
        options,
        index=options.index(file.crs),
        format_func=lambda code: _system_name(code, stated, known, lang),
        key=f"crs_{file.token}_{lang}",
    )
    if chosen != file.crs:
        file.crs = chosen
        st.rerun()


def _is_asked(result: workflow.Rehearsal) -> bool:
    """Whether a person must say which system the file is in."""
    if result.fault is not None:
        return result.fault.code in ABOUT_PLACES
    return result.report is not None and bool(
        result.report.problems["check"].isin(WAITING_PLACES).any()
    )


def _candidates(result: workflow.Rehearsal) -> list[str]:
    """The systems that a fault or a problem names as likely, the likeliest first."""
    if result.fault is not None:
        return [str(one) for one in result.fault.facts.get("candidates", ())]
    if result.report is None:
        return []
    problems = result.report.problems
    named = problems.loc[problems["check"] == WAITING_PLACES[0], "value"].dropna()
    return list(dict.fromkeys(one for text in named.unique() for one in str(text).split(", ")))


def _has_places(result: workflow.Rehearsal) -> bool:
    return result.report is not None and "geometry" in result.report.placed


def _system_name(
    code: str | None, stated: str | None, known: dict[str, float | None], lang: str
) -> str:
    if code is None:
        return say("intake_crs_stated" if stated else "intake_crs_none", lang)
    meridian = known.get(code)
    if meridian is not None:
        degrees, minutes = divmod(round(meridian * 60), 60)
        return say("intake_crs_zone", lang, meridian=f"{degrees}°{minutes:02d}′", system=code)
    named = f"crs_{code.replace(':', '_').lower()}"
    return say(named, lang) if named in ("crs_epsg_4326",) else code


# --- the map ---


def _map(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    layers = list(result.layers)
    if result.report is None:
        return
    if not any(layer.name.startswith("intake") for layer in layers):
        st.info(say("intake_no_places", lang))
        return
    if result.drawn and _as_drawn(file, lang):
        layers = list(result.drawn)
    live_map(layers, key=f"intake_map_{file.token}", height=MAP_PX, lang=lang)


def _as_drawn(file: state.File, lang: str) -> bool:
    """Let the map show the boundaries before or after mending; the map stays where it is."""
    shown = st.segmented_control(
        say("intake_map_shows", lang),
        [False, True],
        format_func=lambda drawn: say("intake_map_before" if drawn else "intake_map_after", lang),
        default=False,
        required=True,
        key=f"drawn_{file.token}_{lang}",
        label_visibility="collapsed",
    )
    return bool(shown)


# --- which heading fills which field ---


def _mapping(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    """Let every field be filled from another column; the filled ones in sight, the others folded."""
    if file.kind is None or file.look is None or not file.look.headings:
        return
    st.subheader(say("columns_understood", lang))
    found = dict(result.report.columns) if result.report is not None else dict(file.columns)
    every = workflow.fields_of(file.kind)
    missing = _missing(result)
    filled = [field for field in every if field in found or field in missing]
    _grid(file, filled, found, lang)
    with st.expander(say("intake_more_fields", lang)):
        _grid(file, [field for field in every if field not in filled], found, lang)


def _missing(result: workflow.Rehearsal) -> list[str]:
    facts = result.fault.facts if result.fault is not None else {}
    return [str(field) for field in facts.get("missing", ())]


def _grid(file: state.File, fields: list[str], found: dict[str, str], lang: str) -> None:
    across = 4
    for begin in range(0, len(fields), across):
        for place, field in zip(st.columns(across), fields[begin : begin + across], strict=False):
            with place:
                _field(file, field, found.get(field, NO_HEADING), lang)


def _field(file: state.File, field: str, heading: str, lang: str) -> None:
    look = file.look
    headings = [] if look is None else [name for name in look.headings if name]
    options = [NO_HEADING, *dict.fromkeys(n for n in headings if n not in _private(file))]
    chosen = st.selectbox(
        column(field, lang),
        options,
        index=options.index(heading) if heading in options else 0,
        format_func=lambda name: name or say("intake_no_column", lang),
        key=f"field_{file.token}_{file.kind}_{field}_{heading}_{lang}",
    )
    if chosen != heading:
        file.columns = {**file.columns, field: str(chosen or NO_HEADING)}
        st.rerun()


def _private(file: state.File) -> tuple[str, ...]:
    return file.look.national_ids if file.look is not None else ()


def _first_rows(report: workflow.ImportReport, lang: str) -> None:
    """Show the first rows as they would be stored."""
    if report.placed.empty:
        return
    st.caption(say("intake_first_rows", lang))
    cells(as_stored(report.placed.head(FIRST_ROWS), lang), lang)
