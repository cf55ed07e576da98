"""What one file of the corpus is, and the cells that many of them share."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from tests.corpus_files import HEAD, ONE, TWO, html, tr, xlsx

PEOPLE = {"household_id": ["H1", "H2"], "head": ["Lê Thị Ổn", "Trần Văn Đức"]}
MOTTO = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file: how it is made, and either what its fields hold or the code it is refused with."""

    says: str
    file: str
    make: Callable[[Path], None]
    gives: dict[str, list[str | None]] | None = None
    code: str | None = None
    skipped: dict[str, int] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    asked: dict[str, str] = field(default_factory=dict)
    lists: bool = True  # whether the file is a list of households


BOOK = xlsx([HEAD, ONE, TWO])
FINE = html(tr(*HEAD) + tr(*map(str, ONE)) + tr(*map(str, TWO)))
