"""Bring files in, look at what came, and take it back."""

from pathlib import Path
from typing import Annotated, Any

import typer

import words
from commands.common import AsJson, Database, day_of, opened, pairs_of, ward_of
from console import (
    language,
    print_cells,
    print_json,
    print_table,
    progress_bar,
    records,
    report_document,
    rows_of_cells,
    tell,
    tell_report,
    today,
)
from geo.terms import Kind

IMPORT_COLUMNS = (
    "import_id",
    "kind",
    "file_name",
    "imported_at",
    "added",
    "changed",
    "set_aside",
    "undone_at",
)

commands = typer.Typer()


@commands.command("import")
def import_(
    path: Annotated[Path, typer.Argument(metavar="FILE|DIR")],
    kind: Annotated[Kind | None, typer.Option("--as", help="What the file holds.")] = None,
    layer: Annotated[str | None, typer.Option("--layer", help="The layer or sheet.")] = None,
    crs: Annotated[str | None, typer.Option("--crs", help="As EPSG:N.")] = None,
    column: Annotated[
        list[str] | None, typer.Option("--column", metavar="FIELD=HEADING", help="Repeatable.")
    ] = None,
    ward: Annotated[str | None, typer.Option("--ward", help="The ward's 5-digit code.")] = None,
    encoding: Annotated[
        str | None,
        typer.Option("--encoding", help="tcvn3, vni, windows-1258 or windows-1252, where known."),
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Store nothing.")] = False,
    rejects: Annotated[
        Path | None, typer.Option("--rejects", help="Save the rows set aside here (.xlsx).")
    ] = None,
    mix_made_up: Annotated[
        bool, typer.Option("--mix-made-up", help="Let made-up and real rows share a store.")
    ] = False,
    tolerance: Annotated[
        float | None,
        typer.Option("--tolerance", help="Metres: narrower gaps and overlaps are mended; 5."),
    ] = None,
    trust_ids: Annotated[
        bool, typer.Option("--trust-ids", help="Take ids for what they say, whatever else.")
    ] = False,
    cut_wide: Annotated[
        bool, typer.Option("--cut-wide", help="Cut wider overlaps along their middle.")
    ] = False,
    valid_from: Annotated[
        str | None, typer.Option("--valid-from", help="The day neighbourhoods begin; today.")
    ] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Import a file, or a folder of files named after their kinds."""
    import workflow

    options = workflow.ImportOptions(
        ward=ward_of(ward),
        layer=layer,
        crs=crs,
        encoding=encoding,
        columns=pairs_of(column or []),
        rejects=rejects,
        dry_run=dry_run,
        mix_made_up=mix_made_up,
        tolerance_m=tolerance,
        trust_ids=trust_ids,
        cut_wide=cut_wide,
        valid_from=None if valid_from is None else day_of(valid_from),
        on=today(),
    )
    with opened(database) as store:
        if path.is_dir():
            if kind is not None:
                raise typer.BadParameter(words.say("usage_as_folder", language()))
            with progress_bar() as progress:
                reports = workflow.import_folder(
                    store, path, options=options, lang=language(), progress=progress
                )
        else:
            reports = [
                workflow.import_file(store, path, kind=kind, options=options, lang=language())
            ]
    documents = [report_document(report) for report in reports]
    if as_json:
        print_json({"imports": documents} if path.is_dir() else documents[0])
        return
    for report, document in zip(reports, documents, strict=True):
        tell_report(report, document)


@commands.command()
def preview(
    path: Path,
    layer: Annotated[str | None, typer.Option("--layer", help="The layer or sheet.")] = None,
    as_json: AsJson = False,
) -> None:
    """Show the first rows of a file in each encoding it may be in, to choose one by eye."""
    import workflow

    looks = workflow.preview(path, options=workflow.ImportOptions(layer=layer))
    told: list[dict[str, Any]] = [
        {"encoding": one.encoding, "headings": [*one.first], "rows": rows_of_cells(one.first)}
        for one in looks
    ]
    if as_json:
        print_json({"previews": told})
        return
    for one in told:
        tell("preview_encoding", encoding=one["encoding"] or words.say("encoding_own", language()))
        print_cells(one["headings"], [[cell or "" for cell in row] for row in one["rows"]])


@commands.command()
def imports(as_json: AsJson = False, database: Database = None) -> None:
    """List what was imported."""
    import workflow

    with opened(database) as store:
        found = workflow.imports(store)
    if as_json:
        print_json({"imports": records(found)})
    else:
        by_hand = found["source"] == "edit"
        acts = [
            words.say(name, language()) if hand else name
            for name, hand in zip(found["file_name"], by_hand, strict=True)
        ]
        print_table(found.assign(file_name=acts)[[*IMPORT_COLUMNS]])


@commands.command()
def mappings(as_json: AsJson = False, database: Database = None) -> None:
    """List the headings remembered for files of the same shape."""
    import workflow

    with opened(database) as store:
        found = workflow.mappings(store)
    if as_json:
        print_json({"mappings": records(found)})
        return
    pairs = [
        "; ".join(f"{field} = {heading or words.NO_FIGURE}" for field, heading in one.items())
        for one in found["columns"]
    ]
    print_table(found[["kind", "used_at"]].assign(columns=pairs))


WardCode = Annotated[str, typer.Option("--ward", help="The ward's 5-digit code.")]


@commands.command("estimate-boundaries")
def estimate_boundaries(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Estimate the neighbourhoods of a ward that has none from its list of households."""
    import workflow

    with opened(database) as store:
        report = workflow.estimate_boundaries(store, ward, on=today(), lang=language())
    _told_or_printed(report, as_json=as_json)


@commands.command("cut-overlaps")
def cut_overlaps(ward: WardCode, as_json: AsJson = False, database: Database = None) -> None:
    """Cut the overlaps that an import asked about along their middle."""
    import workflow

    with opened(database) as store:
        report = workflow.cut_overlaps(store, ward, on=today(), lang=language())
    _told_or_printed(report, as_json=as_json)


def _told_or_printed(report: Any, *, as_json: bool) -> None:
    document = report_document(report)
    if as_json:
        print_json(document)
    else:
        tell_report(report, document)


@commands.command("boundary-findings")
def boundary_findings(
    import_id: Annotated[str | None, typer.Argument(metavar="[IMPORT_ID]")] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """List what imports decided about boundaries, or ask."""
    import pandas as pd

    import workflow

    with opened(database) as store:
        found = workflow.boundary_findings(store, import_id)
    columns = ["import_id", "what", "neighbourhoods", "value", "area_m2", "width_m", "moved_m"]
    listed = pd.DataFrame(found[[*columns, "stands"]])
    if as_json:
        print_json({"rows": records(listed)})
        return
    told = [words.say(f"boundary_{what}", language()) for what in listed["what"]]
    print_table(listed[columns].assign(what=told))


@commands.command()
def undo(import_id: str, database: Database = None) -> None:
    """Take an import back."""
    import workflow

    with opened(database) as store:
        workflow.undo(store, import_id)
    tell("import_undone", import_id=import_id)


@commands.command()
def check(as_json: AsJson = False, database: Database = None) -> None:
    """List what should be mended in the ward's data."""
    import pandas as pd

    import workflow

    with opened(database) as store:
        found = workflow.check(store, on=today())
    counts = found["check"].value_counts().to_dict()
    if as_json:
        print_json({"rows": records(found), "total": {"problems": len(found), "by_check": counts}})
        return
    summary = pd.DataFrame({"check": list(counts), "count": list(counts.values())})
    summary["check"] = [words.say(f"check_{name}", language()) for name in counts]
    print_table(summary)
