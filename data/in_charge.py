"""Who is in charge of a household, as its list says: a draft plan named after the list, taken back with it."""

from pathlib import Path

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.assigned import keep_draft
from data.problems import COLUMNS
from data.rows import Rows

FIELD = "in_charge_given"


def put_in_charge(
    connection: sa.Connection, import_id: str, rows: Rows, placed: pd.DataFrame, file: Path
) -> pd.DataFrame:
    """Keep who a list of households puts in charge as a draft plan; return what to tell of it, as problems.

    `placed` has the `household_id` under which each `row` and `sheet` of the list is stored. A list that says what a
    draft which stands says already makes no other.
    """
    said = _said(rows, placed)
    if said.empty:
        return pd.DataFrame(columns=[*COLUMNS], dtype=object)
    known = _same_draft(connection, said)
    name = known or keep_draft(connection, import_id, said, file)
    check = "in_charge_known" if known else "in_charge_kept"
    return pd.DataFrame([(None, None, check, name, None)], columns=[*COLUMNS], dtype=object)


def _said(rows: Rows, placed: pd.DataFrame) -> pd.DataFrame:
    """Household and member as given; of a household listed twice what stands first."""
    if FIELD not in rows.frame or rows.frame.empty:
        return pd.DataFrame(columns=["household_id", "member_given"])
    given = rows.origin.assign(member_given=rows.frame[FIELD]).dropna(subset="member_given")
    stored = placed[["row", "sheet", "household_id"]]
    both = given.merge(stored, on=["row", "sheet"]).drop_duplicates("household_id")
    return both[["household_id", "member_given"]].reset_index(drop=True)


def _same_draft(connection: sa.Connection, said: pd.DataFrame) -> str | None:
    """The name of a plan from a file that shares out the same households to the same people."""
    plans, rows = schema.plans, schema.assignments
    query = (
        sa.select(plans.c.name, rows.c.household_id, rows.c.member_given)
        .join(rows, rows.c.plan_id == plans.c.plan_id)
        .where(plans.c.import_id.is_not(None), plans.c.status != "retired")
    )
    wanted = set(said.itertuples(index=False, name=None))
    for name, own in pd.read_sql(query, connection).groupby("name"):
        if set(own[["household_id", "member_given"]].itertuples(index=False, name=None)) == wanted:
            return str(name)
    return None
