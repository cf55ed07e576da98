"""Make one folder to carry to a ward's computer that has no internet: `make offline`.

In it: the wheels of all that the lock names (for this system, and for Windows), the project's own, a launcher for each,
the made-up ward as files, and what to do. Run with the project's own Python; nothing is installed here. The network is
asked for wheels only, through pip.
"""

import argparse
import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements.lock"
PYTHON_VERSION = "3.11"
LAUNCHERS = ("diaban.bat", "diaban.sh", "DOC-TRUOC.txt")
MADE_UP_HOUSEHOLDS = 2_000
MADE_UP_UNTIL = date(2026, 11, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class System:
    """A system: the platforms that pip knows it by, and what conditions of requirements are judged by."""

    platforms: tuple[str, ...]
    conditions: dict[str, str]


SYSTEMS = {
    "linux": System(
        platforms=("manylinux_2_28_x86_64", "manylinux_2_27_x86_64", "manylinux2014_x86_64"),
        conditions={"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"},
    ),
    "windows": System(
        platforms=("win_amd64",),
        conditions={"sys_platform": "win32", "platform_system": "Windows", "os_name": "nt"},
    ),
}


def main() -> None:
    """Build the folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--to", type=Path, default=ROOT / "build" / "diaban-offline")
    asked = parser.parse_args()
    shutil.rmtree(asked.to, ignore_errors=True)
    asked.to.mkdir(parents=True)
    lay_out(asked.to)
    lists = {one: needed(LOCK.read_text("utf-8"), one) for one in SYSTEMS}
    wheels = asked.to / "wheels"
    built = fetch_here(wheels / "linux", lists["linux"])
    fetch_for(wheels / "windows", lists["windows"], "windows", built)
    for system in SYSTEMS:
        listed = hashed(wheels / system)
        (asked.to / f"requirements-{system}.txt").write_text(listed, encoding="utf-8")
        _pip(*("wheel", "--no-deps", "--wheel-dir", str(wheels / system), str(ROOT)))
    make_up_a_ward(asked.to / "phuong-mau")


def lay_out(folder: Path) -> None:
    """Copy the launchers and what to read first."""
    for name in LAUNCHERS:
        shutil.copy(Path(__file__).with_name("offline_files") / name, folder / name)
    (folder / "diaban.sh").chmod(0o755)


def needed(lock: str, system: str) -> str:
    """Return what of the lock the program itself needs on a system, with the hashes and without conditions.

    What it needs is what `pyproject.toml` names and what this leads to, as the packages installed here tell.
    """
    there = environment(system)
    wanted = _reached(there)
    kept = []
    for block in re.split(r"\n(?=\S)", lock.strip()):
        first, _, hashes = block.partition("\n")
        said = Requirement(first.rstrip(" \\"))
        if canonicalize_name(said.name) in wanted and (
            not said.marker or said.marker.evaluate(there)
        ):
            kept.append(f"{said.name}{said.specifier} \\\n{hashes}")
    return "\n".join(kept) + "\n"


def environment(system: str) -> dict[str, str]:
    """Return what conditions of requirements are judged by on a system."""
    here = {key: str(value) for key, value in default_environment().items()}
    python = {"python_version": PYTHON_VERSION, "python_full_version": f"{PYTHON_VERSION}.9"}
    return here | python | SYSTEMS[system].conditions | {"extra": ""}


def _reached(there: dict[str, str]) -> set[str]:
    """Return the names of all packages that the program needs on a system."""
    named = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["dependencies"]
    waiting = [(one, "") for one in map(Requirement, named)]
    found: set[str] = set()
    seen: set[tuple[str, str]] = set()
    while waiting:
        one, extra = waiting.pop()
        if one.marker is not None and not one.marker.evaluate(there | {"extra": extra}):
            continue
        found.add(canonicalize_name(one.name))
        for more in {"", *one.extras}:
            if (one.name, more) not in seen:
                seen.add((one.name, more))
                waiting += [(needs, more) for needs in _requires(one.name)]
    return found


def _requires(package: str) -> list[Requirement]:
    try:
        return [Requirement(one) for one in requires(package) or []]
    except PackageNotFoundError:
        return []  # of another system: those in the lock need nothing more


def fetch_here(folder: Path, listed: str) -> list[Path]:
    """Fetch the wheels of this system; return those built here, of packages that are published as source alone."""
    _pip(*("wheel", "--no-deps", "--require-hashes", "--wheel-dir", str(folder)), listed=listed)
    return [wheel for wheel in sorted(folder.glob("*.whl")) if _digest(wheel) not in listed]


def fetch_for(folder: Path, listed: str, system: str, built: list[Path]) -> None:
    """Fetch the wheels of another system, and copy those `built` here, which must be for any."""
    folder.mkdir(parents=True, exist_ok=True)
    named = {canonicalize_name(wheel.name.partition("-")[0]) for wheel in built}
    for wheel in built:
        if not wheel.stem.endswith("-none-any"):
            raise SystemExit(f"{wheel.name} is for this system alone")
        shutil.copy(wheel, folder)
    blocks = re.split(r"\n(?=\S)", listed.strip())
    rest = [one for one in blocks if canonicalize_name(one.partition("==")[0]) not in named]
    platforms = [part for one in SYSTEMS[system].platforms for part in ("--platform", one)]
    _pip(
        *("download", "--no-deps", "--require-hashes", "--only-binary", ":all:", *platforms),
        *("--python-version", PYTHON_VERSION, "--implementation", "cp", "--dest", str(folder)),
        listed="\n".join(rest) + "\n",
    )


def hashed(folder: Path) -> str:
    """Return what pip is to install from a folder, each wheel with its own hash."""
    lines = []
    for wheel in sorted(folder.glob("*.whl")):
        name, version = wheel.name.split("-")[:2]
        lines.append(f"{name}=={version} --hash=sha256:{_digest(wheel)}")
    return "\n".join(lines) + "\n"


def _digest(wheel: Path) -> str:
    return hashlib.sha256(wheel.read_bytes()).hexdigest()


def make_up_a_ward(folder: Path) -> None:
    """Write the made-up ward as the files that a ward would have."""
    sys.path.insert(0, str(ROOT))
    import workflow  # noqa: PLC0415

    folder.mkdir()
    workflow.write_made_up_ward(folder, households=MADE_UP_HOUSEHOLDS, until=MADE_UP_UNTIL)


def _pip(*arguments: str, listed: str | None = None) -> None:
    """Run pip, with a list of requirements where there is one."""
    with tempfile.TemporaryDirectory() as folder:
        asked = Path(folder) / "requirements.txt"
        asked.write_text(listed or "", encoding="utf-8")
        more = [] if listed is None else ["--requirement", str(asked)]
        command = [sys.executable, "-m", "pip", "--disable-pip-version-check", "-qq"]
        subprocess.run([*command, *arguments, *more], check=True, cwd=ROOT)  # noqa: S603


if __name__ == "__main__":
    main()
