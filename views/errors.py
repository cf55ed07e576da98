"""What went wrong, told to the person in their words instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.errors import DiabanError
from views.text import plain
from words import TEXTS, sentence


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Show an error that a person can mend where it happened; anything else is a fault of ours."""
    try:
        yield
    except DiabanError as error:
        st.error(plain(sentence_of(error, lang)))


def sentence_of(error: DiabanError, lang: str) -> str:
    """Return what an error says on a page, where nobody has a command line to add options to."""
    on_page = f"page_{error.code}"
    return sentence(on_page if on_page in TEXTS else error.code, lang, **error.facts)
