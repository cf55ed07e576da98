"""Paper and office files for a whole ward: `python -m bench.exports [--households 10000] [--zones 20] [--json]`.

The made-up ward is stored, its households are handed to so many members in equal parts, and the packets of all of them
are printed: read from the store, brought into walking order, drawn, written. The limit is 3 CPU seconds for 1,000
households on a machine that adds up twenty million numbers in 0.33 s; `relative_s` is told for such a one.
"""

import argparse
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
from pypdf import PdfReader

import workflow
from bench.timing import reference_s, timed
from geo.crs import to_metric

DAY = date(2026, 11, 21)
NORMAL_S = 0.33
LIMIT_S = 3.0
THOUSAND = 1_000
NAME = "bench"
# Seconds for the slides of 10,000 households in 20 zones; for the others none was set.
OFFICE_LIMITS_S = {"pptx": 15.0, "docx": None, "xlsx": None}


def main() -> None:
    """Measure and print."""
    said = _said()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = workflow.open_store(str(folder / "bench.sqlite"))
        workflow.load_made_up_ward(store, until=DAY, households=said.households)
        _hand_out(store, folder, said.zones)
        rows = [_row(store, folder, sheet) for sheet in workflow.PAPER_SHEETS]
        office = [_office_row(store, folder, ending) for ending in OFFICE_LIMITS_S]
        store.close()
    sys.stdout.write(
        json.dumps({"rows": rows, "office": office}) + "\n"
        if said.json
        else _table(rows) + _table(office)
    )


def _said() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=10_000)
    parser.add_argument("--zones", type=int, default=20)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def _hand_out(store: workflow.Store, folder: Path, zones: int) -> None:
    """Keep a plan in which so many members have households that lie together, equally many each."""
    homes = store.load(workflow.Kind.HOUSEHOLDS)
    place = to_metric(homes).geometry
    homes = homes.assign(x=place.x).sort_values(["neighbourhood_id", "x"], ignore_index=True)
    members = store.load(workflow.Kind.MEMBERS)["member_id"].head(zones)
    own = members.iloc[homes.index * zones // len(homes)].to_numpy()
    rows = pd.DataFrame({"household_id": homes["household_id"], "member_id": own})
    rows.to_csv(folder / f"{NAME}.csv", index=False)
    workflow.import_file(store, folder / f"{NAME}.csv", kind=workflow.Kind.ASSIGNMENTS)


def _row(store: workflow.Store, folder: Path, sheet: str) -> dict[str, Any]:
    plan, to = str(workflow.plans(store)["plan_id"].iloc[0]), folder / f"{sheet}.pdf"
    before = reference_s()
    _, cpu_s = timed(lambda: workflow.export_paper(store, plan, to, sheet=sheet, on=DAY))
    loop_s = (before + reference_s()) / 2
    shared = workflow.plan_frames(store, plan).households["member_id"]
    relative_s = cpu_s / loop_s * NORMAL_S
    return {
        "sheet": sheet,
        "households": int(shared.notna().sum()),
        "zones": int(shared.nunique()),
        "pages": len(PdfReader(to).pages),
        "megabytes": to.stat().st_size / THOUSAND**2,
        "cpu_s": cpu_s,
        "reference_loop_s": loop_s,
        "relative_s": relative_s,
        "relative_s_per_1000": relative_s / shared.notna().sum() * THOUSAND,
        "limit_s_per_1000": LIMIT_S,
    }


def _office_row(store: workflow.Store, folder: Path, ending: str) -> dict[str, Any]:
    """Time one file for an office program, from the store to the disk, all households in it or counted in it."""
    plan, to = str(workflow.plans(store)["plan_id"].iloc[0]), folder / f"office.{ending}"
    before = reference_s()
    _, cpu_s = timed(lambda: workflow.export_plan(store, plan, to, on=DAY))
    loop_s = (before + reference_s()) / 2
    return {
        "format": ending,
        "households": len(workflow.plan_frames(store, plan).households),
        "megabytes": to.stat().st_size / THOUSAND**2,
        "cpu_s": cpu_s,
        "reference_loop_s": loop_s,
        "relative_s": cpu_s / loop_s * NORMAL_S,
        "limit_s": OFFICE_LIMITS_S[ending],
    }


def _table(rows: list[dict[str, Any]]) -> str:
    return pd.DataFrame(rows).round(2).to_string(index=False) + "\n"


if __name__ == "__main__":
    main()
