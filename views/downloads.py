"""Files that are written only when somebody asks for them."""

import tempfile
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from words import say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(code: str, write: Callable[[Path], Path], name: str, lang: str) -> None:
    """Offer a spreadsheet; `write` makes it at the path it is given."""

    def content() -> bytes:
        with tempfile.TemporaryDirectory(prefix="diaban-") as folder:
            return write(Path(folder) / name).read_bytes()

    st.download_button(say(code, lang), content, file_name=name, mime=XLSX, on_click="ignore")
