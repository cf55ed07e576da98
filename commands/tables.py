"""Tables that the command line prints; apart from `console`, which must not wait for pandas to say what there is."""

from typing import Any

import pandas as pd

import words
from console import language, span


def plan_table(document: dict[str, Any]) -> pd.DataFrame:
    """Return the figures of a plan, a row an area and one for all."""
    rows = []
    for area in [*document["areas"], {**document["total"], "area": None}]:
        rows.append(
            {
                "area": area["area"],
                "name": area.get("name"),
                "households": area["households"],
                "members": area["members"],
                "assigned": area["assigned"],
                "load_min": (area.get("load_min") or {}).get("mean"),
                "walk_m": (area.get("walk_m") or {}).get("mean"),
                "zones_disconnected": area.get("zones_disconnected"),
                "gap": area.get("gap"),
            }
        )
    return pd.DataFrame(rows)


def staffing_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return what each team has and lacks, issues in words."""
    shown = ["name", "team_name", "members", "households", "households_per_member"]
    told = pd.DataFrame(rows, columns=[*shown, "needed", "short", "spare", "issues"])
    issues = [
        [words.say(f"staffing_issue_{one}", language()) for one in row] for row in told["issues"]
    ]
    return told.assign(issues=["; ".join(row) for row in issues])


def moves_table(rows: list[dict[str, Any]], names: dict[str, str]) -> pd.DataFrame:
    """Return who moves where; teams by their names, neighbourhoods without one by theirs."""
    told = pd.DataFrame(
        {
            "member_id": [row["member_id"] for row in rows],
            **{f"{way}_team": [_team(row, way, names) for row in rows] for way in ("from", "to")},
        }
    )
    figures = ["distance_m", "households_gained", "weeks_before", "weeks_after"]
    return told.join(pd.DataFrame(rows, columns=figures))


def _team(row: dict[str, Any], way: str, names: dict[str, str]) -> str | None:
    named: str | None = row[f"{way}_team_id"] or row[f"{way}_neighbourhood_id"]
    return None if named is None else names.get(named, named)


def recruits_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return where to recruit."""
    shown = ["name", "team_id", "people", "households_gained", "weeks_before", "weeks_after"]
    return pd.DataFrame(rows, columns=shown)


def what_if_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return what each neighbourhood comes to, ranges in one cell."""
    asked = ["members_needed", "members_more"] if rows and "members_needed" in rows[0] else []
    shown = asked or ["members", "weeks", "balance", "walk_mean_m", "basis"]
    told = pd.DataFrame(rows, columns=["name", "unreached", "members_now", *shown])
    if "basis" in told:
        told["basis"] = [words.say(f"what_if_{one}", language()) for one in told["basis"]]
    for name in (*asked, "weeks"):
        if name in told:
            told[name] = [span(one) for one in told[name]]
    return told


def comparison_table(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Return two plans side by side; A is the first."""
    figures = ("households", "load_min", "walk_mean_m", "zones_disconnected")
    sides = [f"{name}_{side}" for name in figures for side in ("first", "second")]
    told = pd.DataFrame(rows, columns=["kind", "name", *sides, "received", "given_up", "changed"])
    kinds = [words.say(f"compare_{kind}", language()) for kind in told["kind"]]
    return told.assign(kind=kinds).rename(columns={"changed": "changed_hands"})


def calendar_table(document: dict[str, Any]) -> pd.DataFrame:
    """Return the weeks of a calendar as a table for people: how many visits of which kind."""
    rows = [
        {
            "week": row["week"],
            "begins": row["begins"],
            "member_id": row["member_id"],
            "first_visits": row["first_visits"],
            "revisits": row["revisits"],
            "minutes": row["minutes"],
            "minutes_free": row["minutes_free"],
        }
        for row in document["rows"]
    ]
    return pd.DataFrame(rows)
