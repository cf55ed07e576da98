"""Every small file of the corpus gives the right rows or a clear refusal, soon, and leaves nothing behind."""

import tempfile
import time
from collections import Counter
from pathlib import Path

import pytest

import words
from data import cells
from data.columns import match_columns
from data.reading import read
from geo.errors import InputError
from geo.terms import Kind
from tests.corpus_read import READ
from tests.corpus_refused import REFUSED

SOON_S = 5.0


@pytest.mark.parametrize("case", READ, ids=[case.says for case in READ])
def test_a_messy_file_gives_the_right_rows(folder, case):
    case.make(folder / case.file)

    raw = read(folder / case.file, **case.asked)

    columns = match_columns(raw.headings, Kind.HOUSEHOLDS, {})
    dropped = [heading.rpartition(" / ")[2] for heading in columns.national_ids]
    given = {
        field: dropped if field == "national_ids" else values(raw, columns, field)
        for field in case.gives
    }
    assert given == case.gives
    assert Counter(why for _, _, why in raw.skipped) == case.skipped
    assert dict(raw.left_out) == case.left_out


def values(raw, columns, field):
    column = cells.text(raw.cells[columns.positions[field]])
    return [
        None if missing else value for value, missing in zip(column, column.isna(), strict=True)
    ]


@pytest.mark.parametrize("case", REFUSED, ids=[case.says for case in REFUSED])
def test_a_hopeless_or_hostile_file_is_refused_soon_and_leaves_nothing(folder, case, monkeypatch):
    case.make(folder / case.file)
    there = sorted(path.name for path in folder.iterdir())
    scratch = folder.parent / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    began = time.monotonic()

    with pytest.raises(InputError) as caught:
        read(folder / case.file, **case.asked)

    assert caught.value.code == case.code
    assert time.monotonic() - began < SOON_S
    assert list(scratch.iterdir()) == []
    assert sorted(path.name for path in folder.iterdir()) == there


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("code", sorted({case.code for case in REFUSED}))
def test_every_refusal_has_a_sentence(code, lang):
    assert code in words.TEXTS
    assert len(words.TEXTS[code][lang == "en"]) > 10


def test_the_table_of_the_corpus_is_in_the_docs():
    told = Path(__file__).parent.parent.joinpath("docs/intake.md").read_text(encoding="utf-8")

    missing = [case.says for case in READ if f"| {case.says} |" not in told]
    missing += [
        c.says
        for c in REFUSED
        if f"| {c.says} | `{Path(c.file).suffix}` | `{c.code}` |" not in told
    ]
    assert missing == []


def test_the_corpus_is_large_and_every_file_is_told_apart():
    said = [case.says for case in READ + REFUSED]
    assert len(said) == len(set(said)) >= 60
