"""Names as people write them, brought to one form so that they can be compared."""

import re
import unicodedata
from functools import lru_cache

# `đ` does not decompose in Unicode, nor does `ð`, which looks alike in capitals (U+0110, U+00D0).
D_STROKES = str.maketrans("đð", "dd")

# The words before a neighbourhood's own name, folded; tổ dân phố has many ways of being written.
PLACE_WORDS = {
    **dict.fromkeys(("to dan pho", "tdp", "t d p", "to"), "tdp"),
    **dict.fromkeys(("khu pho", "kp", "k p"), "kp"),
    **{word: word for word in ("thon", "xom", "ap", "ban", "buon", "bon", "lang", "phum", "khu")},
}
PLACE = re.compile(rf"({'|'.join(PLACE_WORDS)}) (?:so (?=\d))?(?=.)")
LETTER_MEETS_DIGIT = re.compile(r"(?<=[a-z])(?=\d)|(?<=\d)(?=[a-z])")
LEADING_ZEROS = re.compile(r"\b0+(?=\d)")


@lru_cache(maxsize=200_000)
def fold(text: str) -> str:
    """Return `text` without case, diacritics and punctuation, its words one space apart.

    `Tổ dân phố số 5`, its decomposed (NFD) form and `to_dan_pho_so_5` are one.
    """
    letters = text
    for _ in range(
        2
    ):  # what a compatibility letter stands for may itself be a capital (Unicode 3.13, D146)
        letters = unicodedata.normalize("NFKD", letters.casefold())
    letters = letters.translate(D_STROKES)
    bare = "".join(sign for sign in letters if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", " ", bare).strip()


@lru_cache(maxsize=200_000)
def fold_place(text: str) -> tuple[str, str]:
    """Return a place name folded, whole and without the word for what kind of place it is.

    `TDP 05`, `Tổ dân phố số 5` and `TỔ 5` are `("tdp 5", "5")`; `5` is `("5", "5")`.
    """
    apart = LEADING_ZEROS.sub("", LETTER_MEETS_DIGIT.sub(" ", fold(text)))
    found = PLACE.match(apart)
    if found is None:
        return apart, apart
    name = apart[found.end() :]
    return f"{PLACE_WORDS[found[1]]} {name}", name
