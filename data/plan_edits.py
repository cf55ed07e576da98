"""Drafts changed by hand: every change is kept with what was before, taken back and done again."""

from typing import Any

import pandas as pd
import sqlalchemy as sa

from data import schema
from data.plans import PlannedArea, find_plan, keep_plan, replace_areas
from data.records import note, user
from data.store import Store, now
from geo.errors import ConflictError, NotFoundError
from geo.terms import PlanStatus


def keep_edit(
    store: Store,
    plan_id: str,
    areas: list[PlannedArea],
    *,
    what: str,
    changes: pd.DataFrame,
    why: str | None = None,
) -> None:
    """Put the areas of a draft in the place of what they were, and keep what changed.

    Raises `ConflictError` where the plan is no draft, or somebody changed the same households meanwhile.
    """
    edits = schema.plan_edits
    with store.writing() as connection:
        _refuse_other_than_draft(connection, plan_id)
        _refuse_stale(connection, plan_id, changes, before="before")
        replace_areas(connection, plan_id, areas)
        connection.execute(
            sa.insert(edits).values(
                plan_id=plan_id,
                at=now(),
                who=user(),
                what=what,
                why=why,
                changes=_document(changes),
                undone=False,
            )
        )


def turn_edit(store: Store, plan_id: str, areas: list[PlannedArea], *, edit: Any) -> None:
    """Take an edit back, or do it again where it was taken back; `areas` as they are then."""
    edits = schema.plan_edits
    back = not edit.undone
    with store.writing() as connection:
        _refuse_other_than_draft(connection, plan_id)
        _refuse_stale(connection, plan_id, changes_of(edit), before="after" if back else "before")
        replace_areas(connection, plan_id, areas)
        connection.execute(
            sa.update(edits).where(edits.c.edit_id == edit.edit_id).values(undone=back)
        )


def last_edit(store: Store, plan_id: str, *, undone: bool = False) -> Any:
    """Return the edit that `undo` takes back next, or the one that `redo` does again.

    Raises `NotFoundError` where there is none.
    """
    undo, redo = _ways(_edits(store, plan_id))
    found = redo if undone else undo
    if found is None:
        raise NotFoundError("nothing_to_redo" if undone else "nothing_to_undo")
    return found


def ways(store: Store, plan_id: str) -> tuple[bool, bool]:
    """Return whether there is an edit to take back, and one to do again."""
    undo, redo = _ways(_edits(store, plan_id))
    return undo is not None, redo is not None


def _ways(edits: list[Any]) -> tuple[Any, Any]:
    """Return the edit to take back next and the one to do again, None for none: a new edit ends what was undone."""
    done = [one for one in edits if not one.undone]
    last = done[-1] if done else None
    later = [one for one in edits if one.undone and (last is None or one.edit_id > last.edit_id)]
    return last, later[0] if later else None


def list_edits(store: Store, plan_id: str) -> pd.DataFrame:
    """Return what was changed by hand, newest first: at, who, what, why, households, undone."""
    rows = [
        {
            "at": one.at,
            "who": one.who,
            "what": one.what,
            "why": one.why,
            "households": len(one.changes),
            "undone": bool(one.undone),
        }
        for one in reversed(_edits(store, plan_id))
    ]
    return pd.DataFrame(rows, columns=["at", "who", "what", "why", "households", "undone"])


def changes_of(edit: Any) -> pd.DataFrame:
    """Return what an edit changed, as `planning.adjusting.differences` gave it."""
    return pd.DataFrame(edit.changes)


def copy_plan(
    store: Store, plan_id: str, name: str, rules: dict[str, Any], areas: list[PlannedArea]
) -> str:
    """Keep a draft that begins as another plan is; return its id."""
    copied = keep_plan(
        store, areas, name=name, rules=rules, seed=find_plan(store, plan_id).seed or 0
    )
    with store.writing() as connection:
        note(connection, "copy", copied, plan_id)
    return copied


def note_decision(store: Store, text: str, plan_id: str | None) -> None:
    """Keep what was decided, about a plan or on its own."""
    with store.writing() as connection:
        note(connection, "decide", plan_id or "", text)


def list_history(store: Store) -> pd.DataFrame:
    """Return what was decided about plans, newest first: at, who, action (approve, retire, decide), subject, why."""
    audit = schema.audit
    query = (
        sa.select(audit.c.at, audit.c.who, audit.c.action, audit.c.subject, audit.c.why)
        .where(audit.c.action.in_(("approve", "retire", "decide")))
        .order_by(audit.c.audit_id.desc())
    )
    with store.engine.connect() as connection:
        return pd.read_sql(query, connection)


def _edits(store: Store, plan_id: str) -> list[Any]:
    edits = schema.plan_edits
    with store.engine.connect() as connection:
        query = sa.select(edits).where(edits.c.plan_id == plan_id).order_by(edits.c.edit_id)
        return list(connection.execute(query).all())


def _document(changes: pd.DataFrame) -> list[dict[str, Any]]:
    plain = changes.astype(object).where(changes.notna(), None)
    return [{str(name): cell for name, cell in row.items()} for row in plain.to_dict("records")]


def _refuse_other_than_draft(connection: sa.Connection, plan_id: str) -> None:
    plans = schema.plans
    row = connection.execute(sa.select(plans).where(plans.c.plan_id == plan_id)).one()
    if row.status != PlanStatus.DRAFT or row.import_id is not None:
        raise ConflictError("plan_not_editable", name=row.name)


def _refuse_stale(
    connection: sa.Connection, plan_id: str, changes: pd.DataFrame, *, before: str
) -> None:
    """Raise where households are no longer with the member from whom they are to be taken."""
    rows = schema.assignments
    query = sa.select(rows.c.household_id, rows.c.member_id).where(rows.c.plan_id == plan_id)
    stored = {row.household_id: row.member_id for row in connection.execute(query)}
    said = changes[f"member_id_{before}"]
    for home, member in zip(changes["household_id"], said, strict=True):
        if stored.get(home) != (None if pd.isna(member) else member):
            raise ConflictError("plan_changed_meanwhile")
