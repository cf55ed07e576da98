"""What figures say, as sentences in codes and facts: by rule, each with the rows it is about.

`words` has the text of every code. Shares are 0-1, lengths in metres, people and places by id where somebody else knows
their names.
"""

from dataclasses import dataclass, field
from typing import Any

from pandas import DataFrame

from planning.coverage_range import CoverageRange
from planning.gap_ground import GapKind
from planning.gaps import Gaps
from planning.staffing import Staffing, plain_records
from planning.trend import Trend

# What a city aims at: people who know their way with technology among 100 residents.
SAVVY_PER_100 = 5
PLACE_FACTS = ("street", "alley", "number_from", "number_to")
# What keeps a team from its work, first what weighs most.
ISSUES = (
    *("no_team", "no_members", "below_least", "no_leader", "no_deputy"),
    *("not_trained", "several_teams", "training_unknown", "role_unknown"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A sentence: its `code`, its `facts`, and the filter that shows its rows.

    `kind`: what the rows are (a kind of gap, `coverage`, `trend`, `range`, `staffing`); `area`: the neighbourhood, None
    for the whole place; `key`: the gap's id, or the issue of teams; `count`: how many rows there are.
    """

    code: str
    facts: dict[str, Any] = field(default_factory=dict)
    kind: str = ""
    area: str | None = None
    key: str | None = None
    count: int | None = None


# --- gaps ---


def of_gaps(gaps: Gaps) -> list[Told]:
    """Return one sentence for each gap, in their order; one that there is none, where there is none."""
    rows = plain_records(DataFrame(gaps.rows.drop(columns="geometry")))
    if rows:
        return [_of_gap(row) for row in rows]
    facts = {"within_m": gaps.total["within_m"]}
    if not gaps.total["unreached"]:
        return [Told(code="told_all_reached", facts=facts)]
    return [Told(code="told_no_gaps", facts=facts)]


def _of_gap(row: dict[str, Any]) -> Told:
    figures = ("households", "unreached", "share_reached", "share_expected", "unassigned")
    facts = {name: row[name] for name in (*figures, "distance_m", "within_m", *PLACE_FACTS)}
    nobody = row["kind"] == GapKind.BEHIND and 2 * row["unassigned"] > row["unreached"]
    return Told(
        code=f"told_{row['kind']}" + ("_unassigned" if nobody else ""),
        facts=facts | {"area": row["area"], "member_ids": [m["member_id"] for m in row["members"]]},
        kind=row["kind"],
        area=row["area"],
        key=row["gap_id"],
        count=row["unreached"],
    )


# --- coverage and its course ---


def of_coverage(total: dict[str, Any]) -> list[Told]:
    """Return what is told of first-time and of still valid coverage, where they differ."""
    if not total["due_again"]:
        return []
    share = total["ever_reached"] / total["households"]
    facts = {**total, "share_ever_reached": share}
    return [Told(code="told_due_again", facts=facts, kind="coverage", count=total["due_again"])]


def of_trend(trend: Trend) -> Told:
    """Return when it will be done, as far as that can be told."""
    finish = trend.finish
    never = finish["state"] in ("steady", "slowing") and finish["latest"] is None
    code = f"told_finish_{finish['state']}" + ("_never" if never else "")
    if finish["state"] == "steady" and finish["expected"] is None:
        code = "told_finish_beyond"
    return Told(code=code, facts=dict(finish), kind="trend")


def of_range(found: CoverageRange) -> list[Told]:
    """Return the range of coverage and its reasons, where the counts differ."""
    left_out = found.counts[~found.counts["used"]]
    told = [
        Told(code="told_count_too_small", facts={"reached": found.reached, **row}, kind="range")
        for row in plain_records(left_out)
    ]
    if not found.differs:
        return told
    counts = plain_records(found.counts[found.counts["used"]])
    facts = {
        "share_least": found.share_least,
        "share_most": found.share_most,
        "reached": found.reached,
        "least": counts[0]["households"],
        "most": counts[-1]["households"],
        "counts": counts,
    }
    return [Told(code="told_range", facts=facts, kind="range"), *told]


# --- staffing ---


def of_staffing(staffing: Staffing, *, least: int) -> list[Told]:
    """Return what teams lack, what weighs most first, each with how many teams it concerns."""
    rows = staffing.rows
    told = []
    for issue in ISSUES:
        here = rows[[issue in issues and _is_first(issue, issues) for issues in rows["issues"]]]
        if here.empty:
            continue
        facts = {
            "count": len(here),
            "least": least,
            "short": int(here["short_of_least"].sum()),
            "area_ids": [str(one) for one in here["neighbourhood_id"].dropna()],
        }
        told.append(_of_staffing(issue, facts))
    return [*told, *_per_100(staffing)]


def _is_first(issue: str, issues: list[str]) -> bool:
    """Whether it is not told already: where there is no team, nobody expects its members."""
    return issue != "no_members" or "no_team" not in issues


def _of_staffing(issue: str, facts: dict[str, Any]) -> Told:
    code = f"told_staffing_{issue}"
    return Told(code=code, facts=facts, kind="staffing", key=issue, count=facts["count"])


def _per_100(staffing: Staffing) -> list[Told]:
    """Compare members with residents, where the number of residents is known."""
    total = staffing.total
    if not total["residents"]:
        return []
    per_100 = 100 * total["members"] / total["residents"]
    facts = {
        "members": total["members"],
        "residents": int(total["residents"]),
        "per_100": per_100,
        "least": SAVVY_PER_100,
    }
    enough = "" if per_100 >= SAVVY_PER_100 else "_under"
    return [Told(code=f"told_staffing_per_100{enough}", facts=facts, kind="staffing")]
