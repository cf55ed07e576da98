"""Make the pictures of `exports-pdf.md`: a packet and the wall map of the made-up ward, as pdftoppm shows them.

Run from anywhere: `.venv/bin/python docs/paper_pictures.py`. Needs `pdftoppm`.
"""

import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import workflow  # noqa: E402
from geo.terms import Kind  # noqa: E402

DAY = date(2026, 11, 21)
HOUSEHOLDS = 3_000
PICTURES = ROOT / "docs" / "pictures"
# The page of the team, the map, and the first page of the list.
PAGES = ("1", "2", "3")
EDGE = 8
PAPER_DPI, WALL_DPI = "62", "75"


def main() -> None:
    """Fill a store with the made-up ward, print the plan in force, and look at it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store = workflow.open_store(str(folder / "demo.sqlite"))
        workflow.load_made_up_ward(store, until=DAY, households=HOUSEHOLDS)
        workflow.set_public_address(store, "https://diaban.phuong-mau.vn")
        for sheet in workflow.PAPER_SHEETS:
            to = folder / f"{sheet}.pdf"
            workflow.export_paper(store, str(Kind.ASSIGNMENTS), to, sheet=sheet, on=DAY)
        store.close()
        pages = [_page(folder / "packets.pdf", page, PAPER_DPI) for page in PAGES]
        _save(_beside(pages), "paper-packet")
        _save(_page(folder / "wall.pdf", "1", WALL_DPI), "paper-wall")


def _page(file: Path, page: str, dpi: str) -> Image.Image:
    stem = file.with_suffix("")
    said = ["pdftoppm", "-png", "-singlefile", "-r", dpi, "-f", page, str(file), f"{stem}-{page}"]
    subprocess.run(said, check=True)  # noqa: S603
    return Image.open(f"{stem}-{page}.png").convert("RGB")


def _beside(pages: list[Image.Image]) -> Image.Image:
    wide = sum(page.width + EDGE for page in pages) + EDGE
    whole = Image.new("RGB", (wide, pages[0].height + 2 * EDGE), "#888888")
    for place, page in enumerate(pages):
        whole.paste(page, (EDGE + place * (page.width + EDGE), EDGE))
    return whole


def _save(picture: Image.Image, name: str) -> None:
    picture.quantize(128).save(PICTURES / f"{name}.png", optimize=True)


if __name__ == "__main__":
    main()
