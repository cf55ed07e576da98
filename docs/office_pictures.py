"""Make the pictures of `exports-office.md`: slides, minutes and a list of the made-up ward, as LibreOffice shows them.

Run from anywhere: `.venv/bin/python docs/office_pictures.py`. Needs `soffice` (Impress, Writer, Calc) and `pdftoppm`.
"""

import os
import subprocess
import sys
import tempfile
from datetime import date
from pathlib import Path

from PIL import Image

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import workflow  # noqa: E402

DAY = date(2026, 11, 21)
HOUSEHOLDS = 3_000
PICTURES = ROOT / "docs" / "pictures"
FILES = ("slides.pptx", "minutes.docx", "list.xlsx")
# Pages of each picture, how many side by side, and dots to the inch.
SHOWN = {"slides": ((2, 3, 4, 5), 2, 64), "minutes": ((1, 2), 2, 70), "list": ((1,), 1, 80)}
EDGE = 6


def main() -> None:
    """Fill a store with the made-up ward, write a plan as office files, and look at them."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        _write(folder)
        _print(folder)
        for stem, (pages, across, dpi) in SHOWN.items():
            shots = [_page(folder / f"{stem}.pdf", page, dpi) for page in pages]
            _beside(shots, across).quantize(256).save(
                PICTURES / f"office-{stem}.png", optimize=True
            )


def _write(folder: Path) -> None:
    store = workflow.open_store(str(folder / "demo.sqlite"))
    workflow.load_made_up_ward(store, until=DAY, households=HOUSEHOLDS)
    plan = workflow.suggest_plan(store, name="Đợt 1", time_limit_s=20, on=DAY)["plan"]
    members = workflow.plan_frames(store, plan).households["member_id"].value_counts()
    for file in FILES:
        member = str(members.index[-1]) if file.endswith("xlsx") else None
        workflow.export_plan(store, plan, folder / file, member=member, on=DAY)
    store.close()


def _print(folder: Path) -> None:
    """Print the files with our own letters at hand, as they are where these are installed."""
    fonts = folder / "fonts.conf"
    fonts.write_text(
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>'
        f"<include>/etc/fonts/fonts.conf</include><dir>{ROOT / 'exports' / 'fonts'}</dir></fontconfig>"
    )
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless"]
    subprocess.run(  # noqa: S603
        [*command, "--convert-to", "pdf", "--outdir", folder, *(folder / file for file in FILES)],
        check=True,
        capture_output=True,
        env=os.environ | {"FONTCONFIG_FILE": str(fonts)},
    )


def _page(pdf: Path, page: int, dpi: int) -> Image.Image:
    target = pdf.with_name(f"{pdf.stem}-{page}")
    asked = ["pdftoppm", "-r", str(dpi), "-f", str(page), "-l", str(page), "-singlefile", "-png"]
    subprocess.run([*asked, pdf, target], check=True, capture_output=True)  # noqa: S603
    return Image.open(target.with_suffix(".png")).convert("RGB")


def _beside(shots: list[Image.Image], across: int) -> Image.Image:
    wide, high = shots[0].width + EDGE, shots[0].height + EDGE
    down = -(-len(shots) // across)
    whole = Image.new("RGB", (wide * across + EDGE, high * down + EDGE), "#8A8A8A")
    for at, shot in enumerate(shots):
        whole.paste(shot, (EDGE + at % across * wide, EDGE + at // across * high))
    return whole


if __name__ == "__main__":
    main()
