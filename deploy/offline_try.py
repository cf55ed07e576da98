"""Install the folder that `deploy/offline.py` made as a ward would, with the network off and an empty home, and use it.

Linux only. Of Windows the wheels are looked at, and nothing is run.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BUILT = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "build" / "diaban-offline")
# A network of its own, with nothing in it.
ALONE = ("unshare", "--net", "--map-root-user")


def main() -> None:
    """Try everything; end with an error where something fails."""
    with tempfile.TemporaryDirectory() as place:
        tried(Path(place))


def tried(place: Path) -> None:
    """Copy the folder to a place with blanks and Vietnamese letters, install it there, import the ward, make a plan."""
    folder, home = place / "USB của phường", place / "home"
    shutil.copytree(BUILT, folder, ignore=shutil.ignore_patterns("windows"))
    home.mkdir()
    store = str(place / "kho.sqlite")
    sys.stdout.write(_run(folder, home, "--help").splitlines()[1] + "\n")
    _run(folder, home, "import", str(folder / "phuong-mau"), "--database", store)
    sys.stdout.write(_run(folder, home, "plans", "--database", store))
    _run(folder, home, "export", "assignments", "--to", str(place / "a.html"), "--database", store)
    sys.stdout.write(f"html: {(place / 'a.html').stat().st_size} bytes\n")
    if not any((BUILT / "wheels" / "windows").glob("numpy-*win_amd64.whl")):
        raise SystemExit("no wheels for Windows")


def _run(folder: Path, home: Path, *arguments: str) -> str:
    alone = ALONE if _may_be_alone() else ()
    command = [*alone, str(folder / "diaban.sh"), *arguments]
    away = {"PATH": os.environ["PATH"], "HOME": str(home), "LANG": "C.UTF-8"}
    away |= {"PYTHON": sys.executable, "PIP_NO_INDEX": "1", "PIP_CONFIG_FILE": os.devnull}
    done = subprocess.run(  # noqa: S603
        command, env=away, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        raise SystemExit(f"{arguments}: {done.stderr}")
    return done.stdout


def _may_be_alone() -> bool:
    """Whether this system lets us turn the network off; else pip is told to use none."""
    if shutil.which(ALONE[0]) is None:
        return False
    return subprocess.run([*ALONE, "true"], capture_output=True, check=False).returncode == 0  # noqa: S603


if __name__ == "__main__":
    main()
