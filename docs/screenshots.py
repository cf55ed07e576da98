"""Make the pictures of the docs: every page of the made-up ward at three sizes. Run by `make screenshots`."""

import io
import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import workflow  # noqa: E402
from tests.chromium import opened  # noqa: E402
from tests.serving import served  # noqa: E402

DAY = date(2026, 11, 21)
HOUSEHOLDS = 3_000
PICTURES = ROOT / "docs" / "pictures"
SIZES = {"1366": (1366, 768), "1920": (1920, 1080), "phone": (390, 844)}
PAGES = {
    "overview": "",
    "coverage": "do-phu",
    "plan": "phuong-an",
    "meeting": "trinh-chieu",
    "editing": "sua",
    "intake": "nhap",
    "takeaway": "xuat",
}
WITH_MAP = ("overview", "coverage", "plan")
LONG_MS = 120_000


def main() -> None:
    """Fill a store with the made-up ward, make a plan, and look at every page."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "demo.sqlite"
        store = workflow.open_store(str(database))
        workflow.load_made_up_ward(store, until=DAY, households=HOUSEHOLDS)
        plan = workflow.suggest_plan(store, name="Đợt 1", on=DAY)
        workflow.export_plan(store, plan["plan"], folder / "handout.html", on=DAY)
        store.close()
        with served(database, folder) as (address, _):
            for size, (width, height) in SIZES.items():
                with opened(width=width, height=height) as watched:
                    for page, path in PAGES.items():
                        watched.page.goto(f"{address}/{path}?on={DAY.isoformat()}")
                        _settled(watched, page)
                        _save(watched, f"{page}-{size}")
                    watched.page.goto((folder / "handout.html").as_uri())
                    watched.drawn()
                    _save(watched, f"handout-{size}")


def _settled(watched: object, page: str) -> None:
    """Wait until the page stands still."""
    asked = watched.page  # type: ignore[attr-defined]
    if page == "meeting":
        asked.get_by_role("button", name="Bắt đầu chiếu").click(timeout=LONG_MS)
    if page in (*WITH_MAP, "meeting"):
        watched.drawn(timeout_s=LONG_MS / 1000)  # type: ignore[attr-defined]
    watched.settled(quiet_ms=2_500)  # type: ignore[attr-defined]


def _save(watched: object, name: str) -> None:
    """Save what is seen with a palette of 256 colours, a third of the size."""
    shot = Image.open(io.BytesIO(watched.page.screenshot()))  # type: ignore[attr-defined]
    shot.convert("RGB").quantize(256).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
