"""What a person has handed over and said about it, kept for the session while going to and fro."""

import hashlib
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import streamlit as st

import workflow
from geo.errors import DiabanError
from views import session
from views.errors import sentence_of
from words import say

# What a file may be called here; its own name never reaches the disk otherwise.
ODD_LETTERS = re.compile(r"[^\w\-. ]")
LONGEST_NAME = 80
STEPS = ("file", "understood", "wrong", "done")
# Parts of a shapefile: they go with the .shp of the same name, not for themselves.
SIDES = (".shx", ".dbf", ".prj", ".cpg")


@dataclass
class File:
    """One file: its bytes, what was said about it, and what the first look at it gave."""

    name: str
    content: bytes
    token: str
    sides: dict[str, bytes] = field(default_factory=dict)
    kind: workflow.Kind | None = None
    layer: str | None = None
    encoding: str | None = None
    crs: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    look: workflow.Look | None = None
    fault: DiabanError | None = None
    looked: tuple[Any, ...] | None = None
    report: workflow.ImportReport | None = None

    def said(self) -> tuple[Any, ...]:
        """Return all that a rehearsal depends on."""
        chosen = sorted(self.columns.items()), sorted(self.more.items())
        sides = len(self.sides)
        return (self.token, sides, self.kind, self.layer, self.encoding, self.crs, str(chosen))


@dataclass
class Intake:
    """One going through the four steps."""

    step: str = STEPS[0]
    files: list[File] = field(default_factory=list)
    ward: str | None = None
    mix: bool = False
    rounds: int = 0
    wanted: bool = False
    finished: bool = False
    rehearsed: tuple[Any, ...] | None = None
    results: list[workflow.Rehearsal] = field(default_factory=list)
    rejects: list[bytes | None] = field(default_factory=list)
    loose: dict[str, bytes] = field(default_factory=dict)


def current() -> Intake:
    """Return the intake of this session."""
    kept: Intake = st.session_state.setdefault("intake", Intake())
    return kept


def begin_again() -> None:
    """Forget the files and what was said about them."""
    rounds = current().rounds + 1
    st.session_state["intake"] = Intake(rounds=rounds)


def go(step: str) -> None:
    """Show another step from the next run on."""
    current().step = step


# --- files ---


def add(intake: Intake, given: str, content: bytes) -> None:
    """Take a file in; the parts of a shapefile go with it, in whatever order they come."""
    name = own_name(given)
    stem, ending = Path(name).stem, Path(name).suffix
    if ending in SIDES:
        intake.loose[name] = content
    else:
        token = hashlib.sha256(content).hexdigest()[:16]
        if token not in {file.token for file in intake.files}:
            intake.files.append(File(name=name, content=content, token=token))
    for file in intake.files:
        if Path(file.name).suffix == ".shp":
            stem = Path(file.name).stem
            mine = [side for side in intake.loose if Path(side).stem == stem]
            file.sides |= {side: intake.loose.pop(side) for side in mine}


def own_name(given: str) -> str:
    """Return a harmless file name as near as may be to the one given."""
    last = Path(given.replace("\\", "/")).name
    stem, ending = Path(last).stem, Path(last).suffix.lower()
    clean = ODD_LETTERS.sub("_", stem).strip(" .")[:LONGEST_NAME]
    return (clean or "upload") + ODD_LETTERS.sub("_", ending)


@contextmanager
def on_disk(intake: Intake, files: list[File]) -> Iterator[list[workflow.HandedOver]]:
    """Lay the files in a folder that is gone afterwards, each in one of its own."""
    with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
        laid = []
        for number, file in enumerate(files):
            place = Path(folder) / str(number)
            place.mkdir()
            for name, content in {file.name: file.content, **file.sides}.items():
                (place / name).write_bytes(content)
            laid.append(_handed(intake, file, place))
        yield laid


def _handed(intake: Intake, file: File, place: Path) -> workflow.HandedOver:
    options = workflow.ImportOptions(
        ward=intake.ward,
        layer=file.layer,
        encoding=file.encoding,
        crs=file.crs,
        columns=file.columns,
        mix_made_up=intake.mix,
        on=session.today(),
        **file.more,
    )
    return workflow.HandedOver(
        path=place / file.name, kind=file.kind, options=options, look=file.look
    )


# --- questions to the workflow ---


def look_at(intake: Intake, file: File) -> None:
    """Have a first look at a file, again only where layer or letters were chosen anew."""
    wanted = (file.layer, file.encoding, len(file.sides))
    if file.looked == wanted:
        return
    file.looked, file.fault, file.look = wanted, None, None
    try:
        with on_disk(intake, [file]) as (laid,):
            file.look = workflow.look(laid.path, options=laid.options)
    except DiabanError as fault:
        file.fault = fault
    if file.kind is None and file.look is not None:
        file.kind = file.look.kind


def rehearse(intake: Intake, lang: str) -> None:
    """Try the import of all files, again only where something was said anew or the store changed."""
    for file in intake.files:
        look_at(intake, file)
    store = session.store()
    told = tuple(file.said() for file in intake.files)
    wanted = (workflow.store_version(store), lang, intake.ward, intake.mix, told)
    if intake.rehearsed == wanted:
        return
    bar = st.progress(0.0, text=say("reading_file", lang))

    def tell(file: str, share: float) -> None:
        bar.progress(share, text=say("rehearsing", lang, file=file))

    with on_disk(intake, intake.files) as laid:
        kept = [with_rejects(one) for one in laid]
        intake.results = workflow.rehearse(store, kept, lang=lang, progress=tell)
        intake.rejects = [_rejects_of(result) for result in intake.results]
    intake.rehearsed = wanted
    bar.empty()


def with_rejects(handed: workflow.HandedOver) -> workflow.HandedOver:
    """Return the same file, its rows set aside to be kept beside it."""
    return workflow.keeping_rejects(handed, handed.path.with_name("rejects.xlsx"))


def _rejects_of(result: workflow.Rehearsal) -> bytes | None:
    kept = result.report.rejects if result.report is not None else None
    return kept.read_bytes() if kept is not None and kept.exists() else None


def faults(intake: Intake, lang: str) -> list[tuple[str, str]]:
    """Return the files that cannot be imported as they stand, each with the reason in words."""
    return [
        (file.name, sentence_of(result.fault, lang))
        for file, result in zip(intake.files, intake.results, strict=True)
        if result.fault is not None
    ]
