"""Text that comes from people's files, made safe for the places where Streamlit reads Markdown."""

import re

# What Markdown, directives or LaTeX could make something of: an image would be fetched.
SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|$:~&^=\"'/@])")

# A space that keeps a number and its unit on one line stays what it is.
SPACES = re.compile(r"[^\S\u00a0]+")


def plain(text: object) -> str:
    """Return `text` so that Markdown shows it letter by letter, on one line."""
    return SPECIAL.sub(r"\\\1", " ".join(SPACES.split(str(text).strip())))
