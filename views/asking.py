"""Dialogs that stay open until they are answered, whatever reruns in between."""

from typing import Any

import streamlit as st


def asks(label: str, key: str, **look: Any) -> bool:
    """Show the button of a dialog; return whether the dialog is open."""
    if st.button(label, key=f"ask_{key}", **look):
        st.session_state[_flag(key)] = True
    return bool(st.session_state.get(_flag(key)))


def close(key: str) -> None:
    """Let the dialog be closed from the next run on."""
    st.session_state.pop(_flag(key), None)


def _flag(key: str) -> str:
    return f"asking_{key}"
