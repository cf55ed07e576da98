"""What a page of one file carries in itself: scripts, styles and fonts, and the policy that allows nothing else."""

import base64
import hashlib
import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

STATIC = Path(__file__).resolve().parent.parent / "static"
FONT_WEIGHTS = ("400", "600")
# The last one wins where two hold a letter.
FONT_SUBSETS = {
    "latin": "U+0000-00FF,U+02C6,U+02DC,U+2000-206F,U+20AC,U+2122,U+2212",
    "vietnamese": "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,"
    "U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+1EA0-1EF9,U+20AB",
}


@cache
def script(name: str) -> str:
    """Return a script without the addresses it only mentions; the licence of a vendored one beside it."""
    text = (STATIC / name).read_text("utf-8").replace("https://", "")
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    licence = (STATIC / name).parent / "LICENSE"
    return f"/*\n{licence.read_text('utf-8')}\n*/\n{text}" if licence.exists() else text


@cache
def styles(names: tuple[str, ...]) -> str:
    """Return styles with the fonts in them; comments and images that are never shown left out."""
    text = "\n".join((STATIC / name).read_text("utf-8") for name in names)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    text = re.sub(r"(background-image|behavior):\s*url\([^)]*\);", "", text)
    return _fonts() + text


def _fonts() -> str:
    rules = []
    for weight in FONT_WEIGHTS:
        for subset, letters in FONT_SUBSETS.items():
            path = STATIC / "fonts" / f"be-vietnam-pro-{subset}-{weight}-normal.woff2"
            content = base64.b64encode(path.read_bytes()).decode()
            rules.append(
                f'@font-face {{ font-family: "Be Vietnam Pro"; font-weight: {weight};'
                f" unicode-range: {letters};"
                f' src: url("data:font/woff2;base64,{content}") format("woff2"); }}\n'
            )
    return "".join(rules)


def policy(scripts: Sequence[str]) -> str:
    """Return the element that forbids a page everything but these scripts, its own styles and its own fonts."""
    hashes = " ".join(f"'sha256-{_digest(one)}'" for one in scripts)
    rules = (
        f"default-src 'none'; script-src {hashes}; style-src 'unsafe-inline'; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    return f'<meta http-equiv="Content-Security-Policy" content="{rules}" />'


def _digest(text: str) -> str:
    return base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
