"""Tell the ward's leader where coverage has gaps."""

import typer

from commands.common import Area, AsJson, Database, Day, Goal, day_of, opened
from console import language, print_json, tell

commands = typer.Typer()

# Sentences of these kinds are about gaps.
GAP_KINDS = ("behind", "cluster", "far")


@commands.command()
def gaps(
    goal: Goal = None,
    area: Area = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Tell where coverage has gaps: households left together or far away, neighbourhoods behind."""
    import workflow

    with opened(database) as store:
        found = workflow.gaps(store, goal=goal, area=area, on=day_of(on))
        said = workflow.gap_sentences(store, found, lang=language())
    if as_json:
        print_json(found.as_dict())
        return
    tell("gaps_told", **found.total)
    for place, one in enumerate(said, start=1):
        number = f"{place}. " if one.kind in GAP_KINDS else ""
        typer.echo(f"{number}{one.text}")
