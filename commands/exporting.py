"""Write plans to files."""

from pathlib import Path
from typing import Annotated

import typer

import words
from commands.common import Database, Day, day_of, opened
from console import language, tell

commands = typer.Typer()


@commands.command()
def export(
    plan: str,
    to: Annotated[Path, typer.Option("--to", help="The ending says the format.")],
    public: Annotated[bool, typer.Option("--public", help="Without people's data.")] = False,
    full: Annotated[bool, typer.Option("--full", help="With people's data.")] = False,
    sheet: Annotated[
        str | None,
        typer.Option("--sheet", help="phone or form, with --member: what a member takes along."),
    ] = None,
    member: Annotated[
        str | None, typer.Option("--member", help="xlsx: this member's list alone.")
    ] = None,
    team: Annotated[
        str | None, typer.Option("--team", help="xlsx: the lists of this team's members alone.")
    ] = None,
    lang: Annotated[words.Lang | None, typer.Option("--lang")] = None,
    on: Day = None,
    database: Database = None,
) -> None:
    """Write a plan as gpkg, geojson, xlsx, csv or html."""
    import workflow

    if public and full:
        raise typer.BadParameter(words.say("usage_public_or_full", language()))
    asked = public if public or full else None
    said = {"member": member, "lang": str(lang or language()), "on": day_of(on)}
    with opened(database) as store:
        if sheet in workflow.MEMBER_SHEETS:
            workflow.export_member_sheet(store, plan, to, sheet=sheet, **said)
        else:
            workflow.export_plan(store, plan, to, public=asked, team=team, **said)
    tell("file_written", file=str(to))
