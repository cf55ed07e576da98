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
    lang: Annotated[words.Lang | None, typer.Option("--lang")] = None,
    on: Day = None,
    database: Database = None,
) -> None:
    """Write a plan as gpkg, geojson, xlsx, csv or html."""
    import workflow

    if public and full:
        raise typer.BadParameter(words.say("usage_public_or_full", language()))
    asked = public if public or full else None
    with opened(database) as store:
        workflow.export_plan(
            store, plan, to, public=asked, lang=str(lang or language()), on=day_of(on)
        )
    tell("file_written", file=str(to))
