"""The front door of the screen: the page's name, and the pages."""

from pathlib import Path

import streamlit as st

from views import frame
from words import say

ICON = Path(__file__).resolve().parent / "static" / "icon.png"
SIDE_PX = 250

st.set_page_config(
    page_title=say("app_name"), page_icon=str(ICON), layout="wide", initial_sidebar_state=SIDE_PX
)
frame.run()
