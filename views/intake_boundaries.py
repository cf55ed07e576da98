"""Boundaries in the intake: as drawn and as they would be stored, what was decided, what is asked."""

import workflow
from views import intake_state as state


def boundaries(file: state.File, result: workflow.Rehearsal, lang: str) -> None:
    """Show what was decided about the boundaries of a file, and ask about wide overlaps."""
