"""Sentences of codes and facts, put into words: shares as percent, ids as names, places as people say them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from planning.telling import Told
from words import number, percent, say, written

# So many people or places are named; the rest are counted.
NAMED = 3
METRE_FACTS = ("distance_m", "within_m")
RATE_FACTS = ("a_week", "a_week_last")


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """A sentence in words, and the filter that shows its rows (see `planning.telling.Told`)."""

    text: str
    code: str
    kind: str
    area: str | None
    key: str | None
    count: int | None


def said(told: Told, lang: str, *, people: Mapping[str, str], places: Mapping[str, str]) -> Said:
    """Return a sentence in words; `people` and `places`: names by id, where somebody has one."""
    facts = {name: _fact(name, value, lang) for name, value in told.facts.items()}
    outside = say("told_outside", lang)
    more = {
        "area": places.get(str(told.facts.get("area")), outside),
        "areas": _listed(told.facts.get("area_ids", []), places, "places", lang),
        "where": _where(told.facts, lang),
        "charge": _charge(told.facts, people, lang),
        "counts": "; ".join(_count(one, lang) for one in told.facts.get("counts", [])),
        "count_said": _count(told.facts, lang) if "counted" in told.facts else "",
    }
    text = say(told.code, lang, **(facts | more))
    return Said(
        text=text, code=told.code, kind=told.kind, area=told.area, key=told.key, count=told.count
    )


def _fact(name: str, value: Any, lang: str) -> Any:
    if name.startswith("share_") and value is not None:
        return percent(value, lang)
    if name in METRE_FACTS and value is not None:
        return number(value, lang)
    if name in RATE_FACTS and value is not None:
        return number(value, lang, decimals=0 if value >= 10 else 1)  # noqa: PLR2004  two digits
    return value


def _where(facts: Mapping[str, Any], lang: str) -> str:
    """Return street, alley and house numbers, as far as they are known."""
    street = " ".join(str(facts[one]) for one in ("alley", "street") if facts.get(one))
    if not street:
        return say("told_where_unknown", lang)
    if facts.get("number_from") is None:
        return street
    ends = {name: facts[name] for name in ("number_from", "number_to")}
    return say("told_where_numbers", lang, street=street, **ends)


def _charge(facts: Mapping[str, Any], people: Mapping[str, str], lang: str) -> str:
    """Return who is in charge, and for how many households nobody is."""
    members, nobody = facts.get("member_ids", []), facts.get("unassigned") or 0
    told = []
    if members:
        told.append(say("told_charge", lang, members=_listed(members, people, "people", lang)))
    if nobody:
        told.append(say("told_nobody", lang, count=nobody))
    return " ".join(told)


def _listed(ids: list[str], names: Mapping[str, str], what: str, lang: str) -> str:
    named = [names.get(one, one) for one in ids]
    shown = ", ".join(named[:NAMED])
    more = len(named) - NAMED
    return say(f"told_more_{what}", lang, shown=shown, more=more) if more > 0 else shown


def _count(counted: Mapping[str, Any], lang: str) -> str:
    """Return one count of households, with its day and source where it has them."""
    day = counted.get("as_of")
    as_of = written(date.fromisoformat(str(day)[:10]), lang) if day else None
    origin = [one for one in (counted.get("source"), as_of) if one]
    what = say(f"counted_{counted['counted']}", lang, households=counted["households"])
    return f"{what} ({', '.join(origin)})" if origin else what
