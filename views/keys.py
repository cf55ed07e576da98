"""The keys of a meeting: next, back, first, last, end."""

from pathlib import Path

import streamlit as st

STATIC = Path(__file__).resolve().parent.parent / "static"
MOUNT = st.components.v2.component(
    "diaban_keys", html="<span></span>", js=(STATIC / "keys.js").read_text("utf-8")
)


def pressed(key: str) -> str | None:
    """Listen to the keys, and return which was pressed just now: next, back, first, last or end."""
    state = MOUNT(key=key, on_pressed_change=lambda: None)
    found = state.get("pressed")
    return str(found) if found else None
