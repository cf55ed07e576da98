"""Share households out, and say when they are visited."""

from pathlib import Path
from typing import Annotated

import typer

import words
from commands.common import (
    Area,
    AsJson,
    Database,
    Day,
    day_of,
    minutes_of,
    opened,
)
from console import (
    language,
    print_json,
    print_table,
    progress_bar,
    records,
    tell,
    tell_conflict,
)

commands = typer.Typer()


@commands.command("load")
def load_(
    minutes: Annotated[
        list[str] | None, typer.Option("--set", metavar="ITEM=MINUTES", help="Repeatable.")
    ] = None,
    reset: Annotated[bool, typer.Option("--reset", help="Begin with the usual minutes.")] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show the minutes that a household takes, or change them for the plans to come."""
    import workflow

    with opened(database) as store:
        if minutes or reset:
            workflow.set_load(store, minutes_of(minutes or []), anew=reset)
        rows = workflow.load_rows(store)
    if as_json:
        print_json({"rows": records(rows)})
        return
    told = [words.say(f"load_{item}", language()) for item in rows["item"]]
    print_table(rows.assign(what=told))


@commands.command()
def plan(
    area: Area = None,
    everything: Annotated[bool, typer.Option("--all", help="Every neighbourhood.")] = False,
    name: Annotated[str | None, typer.Option("--name")] = None,
    balance: Annotated[float, typer.Option("--balance", help="0.10 = ten percent.")] = 0.10,
    reach: Annotated[float, typer.Option("--reach", help="Metres to the nearest street.")] = 100.0,
    keep: Annotated[
        float, typer.Option("--keep", help="Minutes of walking a household's member is worth.")
    ] = 0.0,
    lock: Annotated[
        Path | None, typer.Option("--lock", help="File of household_id, member_id to keep so.")
    ] = None,
    wishes: Annotated[
        Path | None,
        typer.Option("--wishes", help="File of wishes: locks, pairs, skills, home areas."),
    ] = None,
    time_limit: Annotated[
        float | None, typer.Option("--time-limit", help="Seconds to search in all.")
    ] = None,
    seed: Annotated[int, typer.Option("--seed")] = 0,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Suggest which member takes which households."""
    import workflow
    from commands.tables import plan_table

    if everything == (area is not None):
        raise typer.BadParameter(words.say("usage_area_or_all", language()))
    rules = workflow.PlanRules(balance=balance, reach_m=reach, keep=keep, seed=seed)
    with opened(database) as store, progress_bar() as progress:
        document = workflow.suggest_plan(
            store,
            area=area,
            rules=rules,
            name=name,
            locks=lock,
            wishes=wishes,
            time_limit_s=time_limit,
            on=day_of(on),
            lang=language(),
            progress=progress,
        )
    if as_json:
        print_json(document)
        return
    tell("plan_kept", plan=document["plan"], name=document["name"])
    print_table(plan_table(document), shares=("gap",))
    if (gap := document["total"]["gap"]) is not None:
        tell("plan_bound", gap=words.percent(gap, language()))
    for one in (area for area in document["areas"] if area.get("conflict")):
        tell_conflict(one["name"], one["conflict"])


@commands.command()
def plans(as_json: AsJson = False, database: Database = None) -> None:
    """List the plans."""
    import workflow

    with opened(database) as store:
        found = workflow.plans(store)
    if as_json:
        print_json({"plans": records(found)})
    else:
        print_table(found)


@commands.command()
def approve(
    plan: str,
    why: Annotated[str | None, typer.Option("--why", help="The reason, kept.")] = None,
    database: Database = None,
) -> None:
    """Put a plan in force."""
    import workflow

    with opened(database) as store:
        plan_id = workflow.approve_plan(store, plan, why=why)
    tell("plan_approved", plan=plan_id)


@commands.command()
def retire(plan: str, database: Database = None) -> None:
    """Take a plan out of use; nothing of it is deleted."""
    import workflow

    with opened(database) as store:
        plan_id = workflow.retire_plan(store, plan)
    tell("plan_retired", plan=plan_id)


PlanOrNone = Annotated[
    str | None, typer.Argument(metavar="PLAN", help="An id or name; what is in force without it.")
]
Member = Annotated[str | None, typer.Option("--member", help="Of one member, by id.")]


@commands.command()
def calendar(
    plan: PlanOrNone = None,
    weeks: Annotated[int, typer.Option("--weeks", min=1, max=520, help="So many weeks.")] = 12,
    member: Member = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show who visits how many households in which week: first visits, and those that fall due again."""
    import workflow
    from commands.tables import calendar_table

    with opened(database) as store:
        document = workflow.calendar(store, plan, on=day_of(on), weeks=weeks, member=member)
    if as_json:
        print_json(document)
        return
    print_table(calendar_table(document))
    reached, left = document["total"]["all_reached_week"], len(document["total"]["unreached"])
    code = "calendar_not_all" if left else "calendar_all"
    tell(code, week=reached, weeks=weeks, left=left)


@commands.command()
def routes(
    plan: PlanOrNone = None,
    week: Annotated[int, typer.Option("--week", min=1, max=520, help="Of this week.")] = 1,
    member: Member = None,
    open_: Annotated[bool, typer.Option("--open", help="The way home does not count.")] = False,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show in which order to visit the households of a week."""
    import pandas as pd

    import workflow

    with opened(database) as store:
        document = workflow.routes(
            store, plan, week=week, returns=not open_, member=member, on=day_of(on)
        )
    if as_json:
        print_json(document)
        return
    print_table(pd.DataFrame(document["rows"]))
    total = document["total"]
    tell("routes_told", **total | {"left": len(total["left"])})
