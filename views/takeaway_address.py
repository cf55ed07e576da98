"""The address that codes on members' packets lead to: shown, and kept for all packets to come."""

import streamlit as st

import workflow
from views import session
from views.errors import told
from views.text import plain
from words import say


@session.kept
def _address(asked: workflow.Store) -> str | None:
    return workflow.public_address(asked)


def ward_address(lang: str) -> None:
    """Show where the codes lead, and keep another address."""
    present = _address() or ""
    with st.expander(say("ward_address", lang)), st.form("ward_address", border=False):
        st.text(say("ward_address_told", lang))
        typed = st.text_input(say("ward_address_field", lang), value=present)
        wanted = st.form_submit_button(say("editing_save", lang))
    if wanted:
        with told(lang):
            workflow.set_public_address(session.store(), typed.strip() or None)
            kept = workflow.public_address(session.store())
            st.success(
                plain(say("address_none" if kept is None else "address_kept", lang, address=kept))
            )
