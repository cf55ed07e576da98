"""What went wrong, told to the person in their words instead of a traceback."""

from collections.abc import Iterator
from contextlib import contextmanager

import streamlit as st

from geo.errors import DiabanError
from views.text import plain
from words import sentence


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Show an error that a person can mend where it happened; anything else is a fault of ours."""
    try:
        yield
    except DiabanError as error:
        st.error(plain(sentence(error.code, lang, **error.facts)))
