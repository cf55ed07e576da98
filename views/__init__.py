"""Streamlit pages, one file a page, and the live map."""
