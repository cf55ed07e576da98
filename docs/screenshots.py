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
PICTURES = ROOT / "docs" / "pictures"
SIZES = {"1366": (1366, 768), "1920": (1920, 1080), "phone": (390, 844)}
PAGES = {
    "overview": "",
    "coverage": "do-phu",
    "plan": "phuong-an",
    "editing": "sua",
    "intake": "nhap",
    "takeaway": "xuat",
}
WITH_MAP = ("overview", "coverage", "plan")


def main() -> None:
    """Fill a store with the made-up ward, make a plan, and look at every page."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        database = folder / "demo.sqlite"
        store = workflow.open_store(str(database))
        workflow.load_made_up_ward(store, until=DAY)
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
    if page in WITH_MAP:
        watched.drawn()  # type: ignore[attr-defined]
    watched.page.wait_for_timeout(2500)  # type: ignore[attr-defined]


def _save(watched: object, name: str) -> None:
    """Save what is seen with a palette of 256 colours, a third of the size."""
    shot = Image.open(io.BytesIO(watched.page.screenshot()))  # type: ignore[attr-defined]
    shot.convert("RGB").quantize(256).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
