"""Change things by hand: record a visit, let something end, see what was changed, set the support money."""

from typing import Annotated, Any

import typer

import words
from commands.common import AsJson, Database, Day, day_of, opened
from console import language, print_json, print_table, records, tell
from geo.terms import Kind, Outcome

commands = typer.Typer()
ENDING = (Kind.MEMBERS, Kind.TEAMS, Kind.GOALS, Kind.HOUSEHOLDS)
Why = Annotated[str, typer.Option("--why", help="The reason, kept.")]


@commands.command()
def visit(
    household: str,
    outcome: Annotated[Outcome, typer.Option("--outcome", help="How it ended.")] = Outcome.MET,
    member: Annotated[str | None, typer.Option("--member", help="Of one member, by id.")] = None,
    goal: Annotated[list[str] | None, typer.Option("--goal", help="Repeatable.")] = None,
    at: Annotated[str | None, typer.Option("--at", help="When; today at noon without it.")] = None,
    note: Annotated[str | None, typer.Option("--note", help="What else there is to say.")] = None,
    why: Why = "",
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Record a visit to a household; goals gone through with --goal."""
    import workflow

    day = day_of(on)
    told = {"household_given": household, "member_given": member, "note": note}
    told |= {"outcome": str(outcome), "visited_at": at or f"{day} 12:00"}
    rows = [told | {"goal_given": one} for one in goal or [""]]
    reason = why or words.say("editing_visit_why", language())
    with opened(database) as store:
        edited = workflow.add(store, Kind.VISITS, *rows, why=reason, on=day)
    _told(edited, as_json)


@commands.command()
def end(
    kind: Annotated[Kind, typer.Argument(help="members, teams, goals or households.")],
    key: Annotated[str, typer.Argument(metavar="ID")],
    day: Annotated[str | None, typer.Option("--from", help="The day it ends; today.")] = None,
    again: Annotated[bool, typer.Option("--resume", help="Bring it back instead.")] = False,
    why: Why = "",
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Let a member, team, goal or household end on a day; nothing is deleted."""
    import workflow

    if kind not in ENDING:
        raise typer.BadParameter(words.say("usage_end", language()))
    today = day_of(on)
    with opened(database) as store:
        if again:
            edited = workflow.resume(store, kind, key, why=why, on=today)
        else:
            edited = workflow.end(store, kind, key, day=day_of(day or on), why=why, on=today)
    _told(edited, as_json)


@commands.command()
def edits(as_json: AsJson = False, database: Database = None) -> None:
    """List what was changed by hand, with the reasons; `undo` takes one back."""
    import workflow

    with opened(database) as store:
        found = workflow.edits(store)
    if as_json:
        print_json({"edits": records(found)})
        return
    named = found.assign(
        act=[words.say(act, language()) for act in found["act"]],
        kind=[words.say(f"kind_{kind}", language()) for kind in found["kind"]],
    )
    print_table(named[["edit_id", "at", "who", "act", "kind", "rows", "why"]])


@commands.command()
def support(
    dong: Annotated[
        float | None, typer.Argument(help="Đồng for each team and month; shown without it.")
    ] = None,
    none: Annotated[bool, typer.Option("--none", help="There is no support.")] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show or set the support money of a team and month, which staffing and what-if tell."""
    import workflow

    with opened(database) as store:
        if none or dong is not None:
            workflow.set_support(store, None if none else dong)
        kept = workflow.support(store)
    if as_json:
        print_json({"support_dong_team_month": kept})
        return
    tell("support_kept" if kept is not None else "support_none", dong=kept)


def _told(edited: Any, as_json: bool) -> None:
    if as_json:
        keys = {"edit_id": edited.edit_id, "ids": list(edited.keys), "notes": list(edited.notes)}
        print_json(keys | {"placed_again": edited.placed_again})
        return
    tell(
        "editing_done_more" if edited.placed_again else "editing_done",
        edit_id=edited.edit_id,
        what=words.say(f"edit_{edited.act}", language()),
        kind=words.say(f"kind_{edited.kind}", language()),
        rows=edited.placed_again,
    )
