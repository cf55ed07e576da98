"""Write plans to files."""

from pathlib import Path
from typing import Annotated, Any

import typer

import words
from commands.common import AsJson, Database, Day, day_of, opened
from console import language, print_json, progress_bar, tell

commands = typer.Typer()


@commands.command()
def export(
    plan: str,
    to: Annotated[Path, typer.Option("--to", help="The ending says the format.")],
    public: Annotated[bool, typer.Option("--public", help="Without people's data.")] = False,
    full: Annotated[bool, typer.Option("--full", help="With people's data.")] = False,
    sheet: Annotated[
        str | None,
        typer.Option(
            "--sheet", help="Paper as pdf: packets or wall. With --member: phone or form."
        ),
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", help="xlsx, pdf: this member's list alone.")
    ] = None,
    team: Annotated[
        str | None, typer.Option("--team", help="xlsx: the lists of this team's members alone.")
    ] = None,
    lang: Annotated[words.Lang | None, typer.Option("--lang")] = None,
    on: Day = None,
    database: Database = None,
) -> None:
    """Write a plan as gpkg, geojson, kml, gpx, xlsx, csv, html, pdf, pptx or docx."""
    import workflow

    if public and full:
        raise typer.BadParameter(words.say("usage_public_or_full", language()))
    sheets = {*workflow.PAPER_SHEETS, *workflow.MEMBER_SHEETS}
    if sheet is not None and sheet not in sheets:
        known = ", ".join(sorted(sheets))
        raise typer.BadParameter(words.say("sheet_unknown", language(), sheet=sheet, known=known))
    asked = public if public or full else None
    said: dict[str, Any] = {"member": member, "lang": str(lang or language()), "on": day_of(on)}
    with opened(database) as store:
        if sheet in workflow.MEMBER_SHEETS:
            workflow.export_member_sheet(store, plan, to, sheet=sheet, public=asked, **said)
        elif workflow.is_paper(sheet, to):
            with progress_bar() as bar:
                workflow.export_paper(
                    store, plan, to, sheet=sheet, public=asked, **said, progress=bar
                )
        else:
            with progress_bar() as bar:
                workflow.export_plan(store, plan, to, public=asked, team=team, **said, progress=bar)
    tell("file_written", file=str(to))


@commands.command()
def address(
    url: Annotated[
        str | None, typer.Argument(help="Where phones in the ward open the app; shown without it.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="There is no address.")] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show or set the address that the codes on members' packets lead to."""
    import workflow

    with opened(database) as store:
        if none or url is not None:
            workflow.set_public_address(store, None if none else url)
        kept = workflow.public_address(store)
    if as_json:
        print_json({"public_address": kept})
        return
    tell("address_none" if kept is None else "address_kept", address=kept)
