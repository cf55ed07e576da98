"""What the command line prints: sentences, tables, documents, in the user's language."""

import json
import math
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import typer

import words

if TYPE_CHECKING:
    import pandas as pd

VIETNAM = timezone(timedelta(hours=7))
# A table in a pipe is as wide as it needs; a terminal says its own width.
PIPE_WIDTH = 160


@contextmanager
def progress_bar() -> Iterator[Any]:
    """A bar on a terminal, nothing in a pipe."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda what, share: bar.update(task, description=what, completed=share)


def language() -> str:
    """Return the language a person asked for."""
    wanted = os.environ.get("DIABAN_LANG", "vi")
    return wanted if wanted in list(words.Lang) else words.Lang.VI


def today() -> date:
    """Return the day it is in Vietnam."""
    return datetime.now(UTC).astimezone(VIETNAM).date()


def tell(code: str, **facts: Any) -> None:
    """Print a sentence."""
    typer.echo(words.say(code, language(), **facts))


def report_document(report: Any) -> dict[str, Any]:
    """An import as `--json` shows it."""
    numbers = ("read", "added", "changed", "unchanged", "set_aside", "waiting", "placed_again")
    problems = [
        {**row, "message": words.problem(row["check"], language())}
        for row in records(report.problems)
    ]
    return {
        "import_id": report.import_id,
        "kind": report.kind,
        "file": report.file,
        **{name: getattr(report, name) for name in numbers},
        **{name: len(getattr(report, name)) for name in LISTS},
        "repeats": report.repeats,
        **({} if report.import_id else {"differences": _differences(report)}),
        "rejects": str(report.rejects) if report.rejects else None,
        "columns": dict(report.columns),
        "remembered": dict(report.remembered),
        "unused": list(report.unused),
        "findings": finding_counts(report),
        "problems": problems,
    }


def finding_counts(report: Any) -> dict[str, int]:
    """Return how often what was decided about boundaries."""
    if report.findings.empty:
        return {}
    return {str(what): int(n) for what, n in report.findings["what"].value_counts().items()}


LISTS = ("vanished", "returned", "doubtful")
# So many changed cells are shown of a rehearsal; all of them in JSON.
CHANGES_SHOWN = 20


def _differences(report: Any) -> dict[str, Any]:
    """What a rehearsed list of households would change, row by row."""
    added = report.placed
    if "fate" in added and "household_id" in added:
        added = added.loc[added["fate"] == "added", ["row", "sheet", "household_id", "head"]]
    else:
        added = pd.DataFrame()
    lists = {name: getattr(report, name) for name in (*LISTS, "changes")}
    return {name: records(frame) for name, frame in {"added": added, **lists}.items()}


def _tell_lists(report: Any) -> None:
    """Tell who has vanished or come back, which rows are in doubt, and before storing which cells change."""
    for name in LISTS:
        if count := len(getattr(report, name)):
            since = report.vanished["vanished_at"].max() if name == "vanished" else None
            tell(f"import_{name}", count=count, on=since)
    if report.import_id or report.repeats:
        return
    for change in records(report.changes.head(CHANGES_SHOWN)):
        facts = {name: change[name] for name in ("row", "before", "after")}
        what = words.column(change["field"], language())
        tell("import_change", what=what, household=change["household_id"], **facts)
    if (more := len(report.changes) - CHANGES_SHOWN) > 0:
        tell("import_changes_more", count=more)


def tell_report(report: Any, document: dict[str, Any]) -> None:
    """Print what an import did."""
    if report.repeats:
        tell("import_repeated", repeats=report.repeats)
        return
    tell("import_done" if report.import_id else "import_rehearsed", **document)
    _tell_lists(report)
    for check, count in report.problems["check"].value_counts().items():
        typer.echo(f"  {words.number(count, language())} × {words.problem(str(check), language())}")
    for what, count in finding_counts(report).items():
        told = words.say(f"boundary_{what}", language())
        typer.echo(f"  {words.number(count, language())} × {told}")
    if report.remembered:
        pairs = [f"{field} = {heading or '–'}" for field, heading in report.remembered.items()]
        tell("columns_remembered", pairs="; ".join(pairs))
    if report.unused:
        tell("columns_unused", headings=list(report.unused))
    if report.rejects:
        tell("rejects_saved", file=str(report.rejects))


def span(bounds: dict[str, Any]) -> str:
    """Return a range as people write it; one figure where it is none."""
    told = {name: _tenths(value) for name, value in bounds.items()}
    if len(set(told.values())) == 1:
        return words.written(told["expected"], language())
    return words.say("what_if_range", language(), **told)


def dong_told(amount: float | dict[str, Any] | None) -> str:
    """Return đồng as people write them, a range where it is one."""
    return span(amount) if isinstance(amount, dict) else words.written(amount, language())


def _tenths(value: float | None) -> float | None:
    return None if value is None else round(float(value), 1)


def tell_conflict(area: str, conflict: dict[str, Any]) -> None:
    """Print which rules of an area cannot be met together, and what would resolve it."""
    for line in words.conflict_lines(area, conflict, language()):
        sys.stdout.write(line + "\n")


def print_table(frame: "pd.DataFrame", *, shares: tuple[str, ...] = ()) -> None:
    """Print a table; the columns of `shares` as percent."""
    rows = [
        [
            words.percent(value, language()) if name in shares else words.written(value, language())
            for name, value in row.items()
        ]
        for row in records(frame)
    ]
    print_cells([words.column(name, language()) for name in frame.columns], rows)


def print_cells(headings: list[str], rows: list[list[str]]) -> None:
    """Print a table of texts."""
    from rich.console import Console
    from rich.table import Table

    table = Table()
    for heading in headings:
        table.add_column(_plain_text(heading))
    for row in rows:
        table.add_row(*map(_plain_text, row))
    width = None if sys.stdout.isatty() else PIPE_WIDTH
    Console(width=width).print(table, markup=False)


def _plain_text(text: str) -> Any:
    """A cell as it is: what looks like markup is somebody's name."""
    from rich.text import Text

    return Text(text)


def rows_of_cells(frame: "pd.DataFrame") -> list[list[Any]]:
    """Return the rows of a table, missing cells as None."""
    cells = frame.astype(object).where(frame.notna(), None)
    return [list(row) for row in cells.itertuples(index=False, name=None)]


def records(frame: "pd.DataFrame") -> list[dict[str, Any]]:
    """Return the rows of a table as JSON takes them."""
    import pandas as pd

    return [
        {str(name): _plain(value) for name, value in row.items()}
        for row in pd.DataFrame(frame).to_dict("records")
    ]


def _plain(value: Any) -> Any:
    """A cell as JSON takes it: missing is null, times are ISO."""
    import pandas as pd

    if value is None or value is pd.NaT or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime | date):
        return value.isoformat()
    return value.item() if hasattr(value, "item") else value


def print_json(document: Any) -> None:
    """Print one JSON document."""
    sys.stdout.write(json.dumps(document, ensure_ascii=False, allow_nan=False) + "\n")
