"""Tell where teams have reached, and who is left."""

from pathlib import Path
from typing import Annotated

import typer

import words
from commands.common import (
    Area,
    AsJson,
    Database,
    Day,
    Goal,
    day_of,
    opened,
)
from console import language, print_json, print_table, records, tell

AREAS = ("ward", "neighbourhood", "team", "member")

commands = typer.Typer()


@commands.command()
def coverage(
    goal: Goal = None,
    by: Annotated[str, typer.Option("--by", help=", ".join(AREAS))] = "neighbourhood",
    area: Area = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Count reached and unreached households."""
    import pandas as pd

    import workflow

    if by not in AREAS:
        raise typer.BadParameter(words.say("usage_by", language(), known=", ".join(AREAS)))
    with opened(database) as store:
        counted = workflow.coverage(
            store, by=by, goal=goal, area=area, on=day_of(on), lang=language()
        )
    if as_json:
        print_json(counted.as_dict())
    else:
        total = counted.total | {"name": words.say("total", language())}
        print_table(pd.concat([counted.rows, pd.DataFrame([total])]), shares=("share_reached",))


@commands.command()
def unreached(
    goal: Goal = None,
    area: Area = None,
    on: Day = None,
    to: Annotated[Path | None, typer.Option("--to", help="Write the list as .xlsx.")] = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """List every unreached household with the first cause that applies."""
    import pandas as pd

    import workflow

    if to is not None and to.suffix.lower() != ".xlsx":
        raise typer.BadParameter(words.say("usage_xlsx", language(), file=to.name))
    with opened(database) as store:
        left = workflow.unreached(store, goal=goal, area=area, on=day_of(on))
        if to is not None:
            workflow.unreached_workbook(
                store, to, goal=goal, area=area, on=day_of(on), lang=language()
            )
    if as_json:
        print_json({"rows": records(left.drop(columns="geometry"))})
        return
    causes = left["cause"].value_counts()
    summary = pd.DataFrame({"cause": causes.index, "households": causes.to_numpy()})
    summary["cause"] = [words.say(f"cause_{name}", language()) for name in causes.index]
    print_table(summary)
    if to is not None:
        tell("file_written", file=str(to))


@commands.command()
def figures(
    area: Area = None,
    least: Annotated[
        int, typer.Option("--least-members", min=1, help="What a team has at least.")
    ] = 7,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show the figures of reports beside what the lists count; neither is mixed into the other."""
    import workflow

    with opened(database) as store:
        told = workflow.official_figures(store, area=area, on=day_of(on), least_members=least)
    if as_json:
        rows, teams = records(told.rows), records(told.teams)
        print_json({"rows": rows, "teams": teams, "total": told.total})
        return
    shown = [*("name", "indicator", "value", "of", "share", "counted", "as_of", "source")]
    print_table(told.rows[shown], shares=("share",))
    for team in records(told.teams):
        tell("figures_short", **team, least=least)
    if told.total["contradicted"]:
        tell("figures_contradicted", count=told.total["contradicted"])
