"""Decide above the neighbourhood: who is missing where, and what if."""

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
from console import (
    dong_told,
    language,
    print_json,
    print_table,
    span,
    tell,
)

commands = typer.Typer()


LeastMembers = Annotated[
    int, typer.Option("--least-members", min=1, help="What a team has at least.")
]
PerMember = Annotated[
    float | None,
    typer.Option(
        "--households-per-member",
        help="At most so many households a member; no such rule without it.",
    ),
]
Skills = Annotated[
    list[str] | None, typer.Option("--skill", help="A skill that every team needs; repeatable.")
]


@commands.command()
def staffing(
    area: Area = None,
    least: LeastMembers = 7,
    per_member: PerMember = None,
    skill: Skills = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Show what each team has and lacks: members, roles, skills, training."""
    import workflow
    from commands.tables import staffing_table

    with opened(database) as store:
        rules = workflow.StaffingRules(
            least_members=least, households_per_member=per_member, skills=tuple(skill or ())
        )
        document = workflow.staffing(store, area=area, rules=rules, on=day_of(on)).as_dict()
    if as_json:
        print_json(document)
        return
    total = document["total"]
    print_table(staffing_table(document["rows"]))
    tell("staffing_told", **total)
    if total["members_unplaced"] or total["households_unplaced"]:
        outside = {name: total[f"{name}_unplaced"] for name in ("members", "households")}
        tell("staffing_unplaced", **outside)
    if total["support_dong_month"] is not None:
        tell("support_staffing", dong=total["support_dong_month"])


@commands.command()
def reallocate(
    area: Area = None,
    least: LeastMembers = 7,
    per_member: PerMember = None,
    skill: Skills = None,
    within: Annotated[
        float, typer.Option("--within", help="Metres from home within which people may serve.")
    ] = 3_000.0,
    across_wards: Annotated[
        bool, typer.Option("--across-wards", help="Let people serve another ward.")
    ] = False,
    pass_on: Annotated[
        bool,
        typer.Option("--pass-on", help="Let a team give somebody whom another team replaces."),
    ] = False,
    weeks: Annotated[
        float, typer.Option("--weeks", help="Weeks within which households reached are counted.")
    ] = 4.0,
    goal: Goal = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Suggest which volunteers to move between teams, and where to recruit."""
    import workflow
    from commands.tables import moves_table, recruits_table

    with opened(database) as store:
        rules = workflow.ReallocationRules(
            staffing=workflow.StaffingRules(
                least_members=least, households_per_member=per_member, skills=tuple(skill or ())
            ),
            at_most_m=within,
            across_wards=across_wards,
            passing_on=pass_on,
            horizon_weeks=weeks,
        )
        told = workflow.reallocation(store, area=area, rules=rules, goal=goal, on=day_of(on))
        names = workflow.team_names(store)
    document = told.as_dict()
    if as_json:
        print_json(document)
        return
    tell("reallocation_told", **document["total"])
    if document["moves"]:
        tell("reallocation_gain", **document["total"])
        if document["total"]["weeks_after"] is not None:
            tell("reallocation_weeks", **document["total"])
        tell("reallocation_moves")
        print_table(moves_table(document["moves"], names))
    if document["recruits"]:
        tell("reallocation_recruits")
        print_table(recruits_table(document["recruits"]))


@commands.command("what-if")
def what_if(
    area: Area = None,
    members: Annotated[
        int | None,
        typer.Option(
            "--members", min=0, help="Members in each neighbourhood; those there are without it."
        ),
    ] = None,
    by: Annotated[
        str | None,
        typer.Option("--by", help="The day (YYYY-MM-DD) by which everyone is to be reached."),
    ] = None,
    exact: Annotated[
        bool,
        typer.Option(
            "--exact", help="Make the plans instead of estimating; slower, nothing is kept."
        ),
    ] = False,
    goal: Goal = None,
    on: Day = None,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Ask what so many members, or a day to be done by, would come to."""
    import workflow
    from commands.tables import what_if_table

    if by is not None and (members is not None or exact):
        raise typer.BadParameter(words.say("usage_what_if", language()))
    with opened(database) as store:
        answer = workflow.what_if(
            store,
            area=area,
            members=members,
            until=None if by is None else day_of(by),
            exact=workflow.PlanRules() if exact else None,
            goal=goal,
            on=day_of(on),
        )
    document = answer.as_dict()
    if as_json:
        print_json(document)
        return
    print_table(what_if_table(document["rows"]), shares=("balance",))
    total = document["total"]
    if total["members_minutes_unknown"]:
        tell("what_if_unknown", count=total["members_minutes_unknown"])
    if total["support_dong"] is not None:
        tell("support_what_if", dong=dong_told(total["support_dong"]))
    if by is not None:
        tell("what_if_by_day", until=day_of(by), more=span(total["members_more"]))
        return
    if total["neighbourhoods_nobody_reaches"]:
        tell("what_if_nobody", count=total["neighbourhoods_nobody_reaches"])
    elif total["weeks"]["expected"] is not None:
        names = {row["neighbourhood_id"]: row["name"] for row in document["rows"]}
        tell("what_if_slowest", weeks=span(total["weeks"]), slowest=names.get(total["slowest"]))


@commands.command()
def compare(
    first: Annotated[str, typer.Argument(metavar="PLAN")],
    second: Annotated[str, typer.Argument(metavar="PLAN")],
    full: Annotated[
        bool, typer.Option("--full", help="Tell in JSON which households change.")
    ] = False,
    as_json: AsJson = False,
    database: Database = None,
) -> None:
    """Compare two plans: loads, walking, households that change hands."""
    import workflow
    from commands.tables import comparison_table

    with opened(database) as store:
        compared = workflow.compare_plans(store, first, second)
    document = compared.as_dict(full=full)
    if as_json:
        print_json({"first": first, "second": second, **document})
        return
    print_table(comparison_table(document["rows"]))
    tell("compare_told", **document["total"])
