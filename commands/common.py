"""What the commands share: options, the store, and what a person typed."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from typing import Annotated, Any

import typer

import words
from console import VIETNAM, language, today
from geo.terms import WARD_CODE

Database = Annotated[
    str | None,
    typer.Option(
        "--database",
        envvar="DIABAN_DATABASE",
        help="A file path or a database URL.",
        show_envvar=True,
    ),
]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document.")]
Area = Annotated[str | None, typer.Option("--area", help="A ward's or neighbourhood's code.")]
Goal = Annotated[str | None, typer.Option("--goal", help="A goal's id; all goals without it.")]
Day = Annotated[
    str | None, typer.Option("--on", help="The day (YYYY-MM-DD) to judge on; today without it.")
]


@contextmanager
def opened(database: str | None) -> Iterator[Any]:
    """Open the store, and close it afterwards."""
    from data.store import open_store

    store = open_store(database)
    try:
        yield store
    finally:
        store.close()


def day_of(typed: str | None) -> date:
    """Return the day that was typed, else today."""
    if typed is None:
        return today()
    try:
        return datetime.strptime(typed, "%Y-%m-%d").replace(tzinfo=VIETNAM).date()
    except ValueError as error:
        raise typer.BadParameter(words.say("usage_day", language(), typed=typed)) from error


def ward_of(typed: str | None) -> str | None:
    """Return a ward's code as typed, if it looks like one."""
    if typed is not None and not re.fullmatch(WARD_CODE, typed):
        raise typer.BadParameter(words.say("usage_ward", language()))
    return typed


def minutes_of(typed: list[str]) -> dict[str, float]:
    """ITEM=MINUTES, the minutes with a point or a comma."""
    pairs = [pair.partition("=") for pair in typed]
    try:
        return {item.strip(): float(number.replace(",", ".")) for item, _, number in pairs}
    except ValueError as error:
        raise typer.BadParameter(words.say("usage_minutes", language())) from error


def pairs_of(typed: list[str]) -> dict[str, str]:
    """Return `field=heading` pairs as typed."""
    if any("=" not in pair for pair in typed):
        raise typer.BadParameter(words.say("usage_column", language()))
    return dict(pair.split("=", 1) for pair in typed)
