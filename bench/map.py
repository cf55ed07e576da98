"""The live map beside st_folium, in Chromium: `python -m bench.map [--households 50000] [--many 200000] [--json]`.

Seconds are wall clock from asking for the page to the last mark drawn, every other host refused, the server warm; an
empty page's seconds are taken off both. The peer's CircleMarkers double in number until a page takes longer than
`--patience` seconds or fails; its largest finished size is compared per point. Without the peer (`pip install
diaban[peers]`) its rows are missing.
"""

import argparse
import importlib.util
import json
import statistics
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.map_demo import page_changes
from bench.map_pages import EMPTY, OURS, PEER, made_up_layers
from bench.timing import reference_s
from layers.packed import header_of, packed
from tests.chromium import Watched, opened
from tests.map_pages import page_served

FIRST_PEER = 1_000
PATIENCE_S = 60
RUNS = 3
# A page that takes this part of the patience is not measured again.
ONCE_FROM = 6
TOGGLES = 6
NEAR = 5
MS = 1_000

Row = dict[str, Any]

# Choose the next option of a filter, and say when the frame after it was shown.
TOGGLE = """(select, place) => new Promise(done => {
  const began = performance.now();
  select.selectedIndex = place;
  select.dispatchEvent(new Event("change"));
  requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
})"""
WATCH = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const beat = () => {
    const now = performance.now();
    window.frames_ms.push(now - last);
    last = now;
    window.watching = requestAnimationFrame(beat);
  };
  window.watching = requestAnimationFrame(beat);
}"""
WORST = "() => { cancelAnimationFrame(window.watching); return Math.max(...window.frames_ms); }"


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--households", type=int, default=50_000)
    parser.add_argument("--many", type=int, default=200_000)
    parser.add_argument("--patience", type=int, default=PATIENCE_S)
    parser.add_argument("--json", action="store_true")
    said = parser.parse_args()
    rows = []
    for row in measured(said.households, said.many, said.patience):
        rows.append(row)
        if not said.json:
            sys.stdout.write(f"{row['what']:<66}{row['value']:>12.4g} {row['unit']}\n")
            sys.stdout.flush()
    if said.json:
        sys.stdout.write(json.dumps({"rows": rows}) + "\n")


def measured(households: int, many: int, patience_s: int) -> Iterator[Row]:
    """Yield every figure as soon as it is known."""
    yield {"what": "reference loop", "value": reference_s(), "unit": "CPU s"}
    yield from payload(households)
    yield from filtered(households)
    yield from panned(many)
    yield from page_changes()
    yield from shown_beside_the_peer(households, patience_s)


def shown_beside_the_peer(households: int, patience_s: int) -> list[Row]:
    """Return the seconds of both maps, and how many times fewer ours takes for a point."""
    with _page(EMPTY) as address:
        empty_s = _seconds(address, 1, _told, patience_s)
    with _page(OURS) as address:
        ours_s = _seconds(address, households, Watched.drawn, patience_s) - empty_s
    rows = [
        {"what": "an empty page", "value": empty_s, "unit": "s"},
        {"what": f"{households} households, our map", "value": ours_s, "unit": "s"},
    ]
    if importlib.util.find_spec("streamlit_folium") is None:
        return rows
    with _page(PEER) as address:
        size, peer_s = _largest(address, patience_s)
    per_point = (peer_s - empty_s) / size / (ours_s / households)
    return [
        *rows,
        {"what": f"{size} CircleMarkers, st_folium", "value": peer_s - empty_s, "unit": "s"},
        {"what": "st_folium, for a point, takes", "value": per_point, "unit": "times ours"},
    ]


def _largest(address: str, patience_s: int) -> tuple[int, float]:
    """Return the most markers the peer has shown within patience, and its seconds for them."""
    size, best = FIRST_PEER, (0, 0.0)
    while True:
        until = partial(_markers, count=size, patience_s=patience_s)
        taken = _seconds(address, size, until, patience_s)
        if taken > patience_s:
            return best
        best = (size, taken)
        size *= 2


def _markers(watched: Watched, count: int, patience_s: int) -> None:
    drawn = watched.page.frame_locator("iframe").locator("path.leaflet-interactive")
    drawn.nth(count - 1).wait_for(state="attached", timeout=patience_s * MS)


def _told(watched: Watched) -> None:
    watched.page.get_by_text("nothing").wait_for()


def _seconds(address: str, count: int, until: Any, patience_s: int) -> float:
    """Return the median seconds until a page with so many households is shown; infinite past patience."""
    from playwright.sync_api import Error  # noqa: PLC0415

    taken: list[float] = []
    for _ in range(RUNS + 1):
        with opened() as watched:
            begun = perf_counter()
            try:
                watched.page.goto(f"{address}?n={count}")
                until(watched)
            except Error:
                return float("inf")
            taken.append(perf_counter() - begun)
        if taken[-1] > patience_s / ONCE_FROM:
            return taken[-1]
    # The first one makes the households.
    return statistics.median(taken[1:])


def payload(households: int) -> list[Row]:
    """Return the bytes a household that the browser gets, ground and names of members included."""
    layers = made_up_layers(households)
    blob = packed(layers, on_demand=True)
    places = header_of(blob)["layers"][-1]["xy"]
    off_m = max(places["step"]) / 2 * 111_320 * 2**0.5 if places["bits"] == 16 else 0.01  # noqa: PLR2004
    return [
        {"what": "payload, everything", "value": len(blob) / households, "unit": "bytes/household"},
        {"what": "a place is off by at most", "value": off_m, "unit": "m"},
    ]


def filtered(households: int) -> list[Row]:
    """Return the milliseconds from a filter's change to the frame that shows it, without a rerun."""
    with _page(OURS) as address, opened() as watched:
        page = watched.page
        page.goto(f"{address}?n={households}")
        watched.drawn()
        page.locator(".diaban-filter").click()
        select = page.locator(".diaban-field select").first
        far = [select.evaluate(TOGGLE, place % 3) for place in range(TOGGLES)]
        _near(page)
        near = [select.evaluate(TOGGLE, place % 3) for place in range(TOGGLES)]
        runs = page.get_by_text("runs ").inner_text()
    if runs != "runs 1":
        raise RuntimeError("a filter ran the page again")
    return [
        {
            "what": f"a filter of {households}, all in view, at worst",
            "value": max(far),
            "unit": "ms",
        },
        {"what": f"a filter of {households}, nearer, at worst", "value": max(near), "unit": "ms"},
        {"what": "both, usually", "value": statistics.median([*far, *near]), "unit": "ms"},
    ]


def panned(households: int) -> list[Row]:
    """Return the longest frame while a map of many households is dragged, far away and near."""
    with _page(OURS) as address, opened() as watched:
        watched.page.goto(f"{address}?n={households}")
        watched.drawn()
        far = _worst_frame(watched.page)
        _near(watched.page)
        near = _worst_frame(watched.page)
    return [
        {"what": f"worst frame, {households} panned, as squares", "value": far, "unit": "ms"},
        {"what": f"worst frame, {households} panned, as points", "value": near, "unit": "ms"},
    ]


def _worst_frame(page: Any) -> float:
    box = page.locator(".diaban-stage").bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(WATCH)
    for step in (60, -90, 40):
        page.mouse.move(x, y)
        page.mouse.down()
        page.mouse.move(x + step, y + step / 2, steps=12)
        page.mouse.up()
        page.wait_for_timeout(MS)
    return float(page.evaluate(WORST))


def _near(page: Any) -> None:
    """Zoom in until marks are points."""
    page.locator(".diaban-stage").focus()
    for _ in range(NEAR):
        page.keyboard.press("+")
        page.wait_for_timeout(MS)
        if page.locator("[data-testid=diaban-map]").get_attribute("data-binned") == "0":
            return


@contextmanager
def _page(script: str) -> Iterator[str]:
    with (
        tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder,
        page_served(Path(folder), script) as address,
    ):
        yield address


if __name__ == "__main__":
    main()
