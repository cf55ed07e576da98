"""Finding people and places by what is typed: any words, in any order, with or without diacritics."""

import numpy as np
import pandas as pd

from geo.folding import fold

SHORTEST = 2


def matching(told: pd.DataFrame, codes: pd.Series, text: str, *, most: int) -> pd.Index:
    """Return the index of the rows that hold every word of `text`, the likeliest first, at most `most`.

    Parameters
    ----------
    told
        Columns of text in the order of their weight: a hit in the first comes first.
    codes
        A code of each row, such as its digital address, which may be typed without its signs.
    text
        As typed: each word may be the beginning of one. Fewer than two letters or digits find
        nothing.

    Returns
    -------
    found
        Rows that hold the text as one run of words before others, the spelling with its diacritics before others,
        then in the order of `told`.
    """
    words = fold(text).split()
    if sum(map(len, words)) < SHORTEST or told.empty:
        return told.index[:0]
    plain = told.assign(code=codes).fillna("").astype(str)
    folded = plain.map(lambda cell: " " + fold(cell))
    whole = _joined(folded)
    held = pd.Series(True, index=told.index)
    for word in words:
        held &= whole.str.contains(f" {word}", regex=False)
    run = f" {' '.join(words)}"
    near = pd.DataFrame({name: folded[name].str.contains(run, regex=False) for name in folded})
    near["code"] |= folded["code"].str.replace(" ", "").str.startswith("".join(words))
    found = held | near.any(axis=1)
    order = pd.DataFrame({"place": _first(near[found]), "other": ~_spelled(plain[found], text)})
    return order.sort_values(["place", "other"], kind="stable").index[:most]


def _first(near: pd.DataFrame) -> pd.Series:
    """Return the place of the first column that is near, the number of columns where none is."""
    flags = near.to_numpy()
    return pd.Series(
        np.where(flags.any(axis=1), flags.argmax(axis=1), flags.shape[1]), index=near.index
    )


def _spelled(plain: pd.DataFrame, text: str) -> pd.Series:
    """Whether a row holds the text letter by letter, capitals aside."""
    wanted = " ".join(text.split()).casefold()
    return _joined(plain).str.casefold().str.contains(wanted, regex=False)


def _joined(columns: pd.DataFrame) -> pd.Series:
    """Return the texts of each row, one after the other."""
    joined: pd.Series = columns.iloc[:, 0].str.cat(columns.iloc[:, 1:], sep=" ")
    return joined
