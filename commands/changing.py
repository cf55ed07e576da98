"""Look at a plan closely: what else there would be, and why this member."""

from typing import Annotated, Any

import typer

import words
from commands.common import AsJson, Database, Day, day_of, opened
from console import language, print_json, print_table, records, tell

commands = typer.Typer()

PROVING_S = 60.0
SHOWN = ("keep", "moved", "outside_min", "walk_m", "zones_disconnected")


@commands.command()
def options(
    area: Annotated[str, typer.Option("--area", help="A neighbourhood's code.")],
    balance: Annotated[float, typer.Option("--balance", help="0.10 = ten percent.")] = 0.10,
    seed: Annotated[int, typer.Option("--seed", help="Another number, another search.")] = 0,
    prove: Annotated[
        bool, typer.Option("--prove", help="Also prove how few households must change members.")
    ] = False,
    time_limit: Annotated[
        float, typer.Option("--time-limit", min=1.0, help="Seconds for the options and the proof.")
    ] = PROVING_S,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show plans of a neighbourhood from fewest moves to least walking, to choose from."""
    import pandas as pd

    import workflow

    rules = workflow.PlanRules(balance=balance, seed=seed)
    with opened(database) as store:
        document = workflow.plan_options(
            store, area, rules=rules, prove=prove, time_limit_s=time_limit, on=day_of(on)
        )
    if as_json:
        print_json(document)
        return
    told = [
        {name: row[name] for name in SHOWN} | {"why": _reasons(row["why"])}
        for row in document["rows"]
    ]
    print_table(pd.DataFrame(told, columns=[*SHOWN, "why"]))
    tell("options_now", **document["total"])
    if prove:
        _tell_fewest(document["fewest"])


def _tell_fewest(fewest: dict[str, Any] | None) -> None:
    if fewest is None:
        tell("fewest_unknown")
    else:
        tell("fewest_proven" if fewest["proven"] else "fewest_between", **fewest)


@commands.command()
def explain(
    plan: str,
    household: str,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Say why a household has its member: what it would mean to give it to each of the others."""
    import workflow

    with opened(database) as store:
        rows = workflow.why_member(store, plan, household, on=day_of(on))
    if as_json:
        print_json({"rows": records(rows)})
        return
    barred = [
        words.say(f"rule_{by}", language()) if by != "none" else "" for by in rows["barred_by"]
    ]
    named = rows.assign(barred_by=barred).drop(columns="member_id")
    print_table(named[["name", *named.columns.drop("name")]])


def _reasons(why: dict[str, int]) -> str:
    return "; ".join(
        f"{words.say(f'move_{one}', language(), about='…')}: {words.number(count, language())}"
        for one, count in why.items()
    )
