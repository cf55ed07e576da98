"""Changing things by hand: add, correct, end and bring back rows, record visits, move households."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
from pandas import DataFrame, Series

from data.edit_fields import FIELDS, PLACE, read_place, surroundings
from data.edit_history import edit_rows, row_of
from data.edits import Act, Edited, add_rows, put_row, put_values
from data.records import ByHand
from data.schema import KEYS
from data.store import Store
from geo.errors import NotFoundError
from geo.folding import fold
from geo.succession import in_force_now
from geo.terms import Kind
from steps.covering import address_line
from steps.gathering import people_in_charge

# The kinds whose rows end on a day, and the column that keeps it.
ENDS: dict[Kind, str] = {
    Kind.MEMBERS: "active_to",
    Kind.TEAMS: "active_to",
    Kind.GOALS: "active_to",
    Kind.HOUSEHOLDS: "gone_on",
}
BETWEEN = " · "
# Enough to choose from; who finds more types another word.
MOST_FOUND_BY_HAND = 50


def edit(
    store: Store,
    kind: Kind,
    typed: Mapping[str, Any],
    *,
    key: str,
    why: str,
    who: str | None = None,
    on: date,
) -> Edited:
    """Correct the row `key` by typed fields (`fields_by_hand`); a blank field is emptied. Visits stay as they are.

    Raises
    ------
    InputError
        `edit_faults`: what is wrong with which field (`faults`, codes of `words.problem`).
    """
    if kind == Kind.VISITS:
        raise NotFoundError("edit_row_unknown", kind=str(kind), key=key)
    return put_row(store, kind, typed, key=key, said=ByHand(why=why, who=who, on=on))


def add(
    store: Store,
    kind: Kind,
    *rows: Mapping[str, Any],
    ward: str | None = None,
    sure: bool = False,
    why: str,
    who: str | None = None,
    on: date,
) -> Edited:
    """Add rows of typed fields to a ward as one change; errors as of `edit`.

    `sure` adds a household though one like it is there.
    """
    said = ByHand(why=why, who=who, on=on)
    return add_rows(store, kind, rows, ward=ward, sure=sure, said=said)


def move_household(
    store: Store, household: str, place: str, *, why: str, who: str | None = None, on: date
) -> Edited:
    """Put a household where coordinates or a digital address say; its neighbourhood is worked out anew."""
    said = ByHand(why=why, who=who, on=on)
    typed = {PLACE: place}
    return put_row(store, Kind.HOUSEHOLDS, typed, key=household, act=Act.MOVED, said=said)


def end(
    store: Store, kind: Kind, key: str, *, day: date, why: str, who: str | None = None, on: date
) -> Edited:
    """Let a member, team, goal or household end on a day; nothing of it is deleted."""
    told = {ENDS[kind]: day.isoformat()}
    if kind == Kind.HOUSEHOLDS:
        marked = row_of(store, kind, key).get("vanished_at")
        told["vanished_at"] = told["gone_on"] if pd.isna(marked) else str(marked)
    said = ByHand(why=why, who=who, on=on)
    return put_values(store, kind, [key], told, Act.RETIRED, said=said)


def resume(
    store: Store, kind: Kind, key: str, *, why: str, who: str | None = None, on: date
) -> Edited:
    """Bring back what has ended; of a household that a list lacks: it is still there."""
    told = {ENDS[kind]: None} | ({"vanished_at": None} if kind == Kind.HOUSEHOLDS else {})
    said = ByHand(why=why, who=who, on=on)
    return put_values(store, kind, [key], told, Act.RESUMED, said=said)


def place_typed(store: Store, ward: str, text: str) -> tuple[tuple[float, float], ...]:
    """Return latitude and longitude of the place that a text means in a ward; nothing where it means none."""
    around = surroundings(store.load(Kind.WARDS), store.load(Kind.ADDRESSES), ward)
    point, _ = read_place(text.strip() or None, around)
    return () if point is None else ((point.y, point.x),)


# --- what there is to choose from ---


def fields_by_hand(kind: Kind) -> tuple[str, ...]:
    """Return the fields that a person may fill by hand."""
    return FIELDS[kind]


def rows_by_hand(store: Store, kind: Kind, ward: str | None = None) -> DataFrame:
    """Return the rows of a kind to choose from, by name: `key`, `label`, `folded`, `ended` (a day, or missing)."""
    table = store.load(kind)
    if kind == Kind.NEIGHBOURHOODS:
        table = table[in_force_now(table)]
    if ward is not None and kind != Kind.GOALS:
        table = table[table["ward_code"].eq(ward) | table["ward_code"].isna()]
    label = labels_of(store, kind, table)
    rows = DataFrame(
        {
            "key": table[KEYS[kind]],
            "label": label,
            "folded": [fold(text) for text in label],
            "ended": table[ENDS[kind]] if kind in ENDS else None,
        }
    )
    return rows.sort_values(["folded", "key"], ignore_index=True)


def found_by_hand(rows: DataFrame, words: str) -> DataFrame:
    """Return the rows that hold every typed word, diacritics or not, at most `MOST_FOUND_BY_HAND`.

    Those that hold the words one after the other come first.
    """
    told = fold(words)
    found = Series(True, index=rows.index)
    for word in told.split():
        found &= rows["folded"].str.contains(word, regex=False)
    matching = rows[found]
    whole = matching["folded"].str.contains(told, regex=False)
    return pd.concat([matching[whole], matching[~whole]]).head(MOST_FOUND_BY_HAND)


def in_charge_by_hand(store: Store, household: str) -> str:
    """Return the id of the member who has a household in the plan in force; blank where nobody has."""
    assigned = people_in_charge(store)["assigned"].set_index("household_id")["member_id"]
    return str(assigned.get(household, ""))


def vanished_by_hand(store: Store, ward: str | None = None) -> DataFrame:
    """Return the households that a newer list lacks and nobody has decided about, with the day `since` when."""
    homes = store.load(Kind.HOUSEHOLDS)
    asked = homes[homes["vanished_at"].notna() & homes["gone_on"].isna()]
    since = asked.set_index("household_id")["vanished_at"]
    rows = rows_by_hand(store, Kind.HOUSEHOLDS, ward)
    rows = rows[rows["key"].isin(since.index)]
    return rows.assign(since=rows["key"].map(since)).reset_index(drop=True)


def values_by_hand(store: Store, kind: Kind, key: str) -> dict[str, str]:
    """Return the present values of a row's fields as a form shows them; blank where there is none."""
    row = row_of(store, kind, key)
    if not row:
        raise NotFoundError("edit_row_unknown", kind=str(kind), key=key)
    named = {"team_given": "team_id", "neighbourhood_given": "neighbourhood_id"}
    values = {name: _shown(row[named.get(name, name)]) for name in FIELDS[kind] if name != PLACE}
    if PLACE in FIELDS[kind]:
        values[PLACE] = _coordinates(row["geometry"])
    return values


def edits(store: Store) -> DataFrame:
    """Return what was changed by hand, newest first: edit_id, at, who, act, kind, why, stands, `rows` (their names)."""
    told = edit_rows(store)
    names: dict[str, dict[str, str]] = {}
    for kind in told["kind"].unique():
        table = store.load(kind)
        names[kind] = dict(zip(table[KEYS[kind]], labels_of(store, Kind(kind), table), strict=True))
    rows = [
        ", ".join(names[kind].get(key, key) for key in keys)
        for kind, keys in zip(told["kind"], told["keys"], strict=True)
    ]
    return told.drop(columns="keys").assign(rows=rows)


def labels_of(store: Store, kind: Kind, table: Any) -> Series:
    """Return what each row of a table is called: its name, and what tells it from others of that name."""
    if kind == Kind.VISITS:
        homes = store.load(Kind.HOUSEHOLDS).set_index("household_id")["head"]
        heads = table["household_id"].map(homes)
        days = table["visited_at"].dt.tz_convert("Asia/Ho_Chi_Minh").dt.strftime("%d/%m/%Y")
        return _line(heads.fillna(table["household_given"]), days)
    if kind in (Kind.GOALS, Kind.NEIGHBOURHOODS):
        return _line(table["name"])
    places = store.load(Kind.NEIGHBOURHOODS).set_index("neighbourhood_id")["name"]
    around = table["neighbourhood_id"].map(places)
    if kind == Kind.HOUSEHOLDS:
        return _line(table["head"], address_line(table), around, table["household_id"])
    return _line(table["name"], around, table[KEYS[kind]])


def _line(*parts: Series) -> Series:
    told = pd.concat([part.astype("str") for part in parts], axis=1).fillna("").to_numpy().tolist()
    lines = [BETWEEN.join(part for part in row if part) for row in told]
    return Series(lines, index=parts[0].index, dtype="str")


def _shown(value: Any) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _coordinates(point: Any) -> str:
    return "" if point is None or point.is_empty else f"{point.y:.7f}, {point.x:.7f}"
