"""The app's server: all that the first page needs is loaded before anybody opens it."""

import os
import sys
import threading
from pathlib import Path

from streamlit.web import cli as streamlit

import workflow
from geo.errors import DiabanError
from views import frame, session

# So long the first page may keep the first plan from being made ready.
LONGEST_WAIT_S = 60.0
APP = Path(__file__).resolve().parent.parent / "app.py"


def main() -> None:
    """Serve the app with Streamlit's own options, until it is stopped."""
    threading.Thread(target=_warm, daemon=True).start()
    sys.argv = ["streamlit", "run", str(APP), *sys.argv[1:]]
    streamlit.main()


def _warm() -> None:
    """Draw the first map once for nobody, and plan once the first page is answered.

    Libraries load half of themselves at their first use, and planning is compiled at its first.
    """
    try:
        store = workflow.open_store(os.environ.get("DIABAN_DATABASE"))
        workflow.coverage_layers(store, ward_code=None, goal=None, on=session.today())
        store.close()
    except DiabanError:
        return  # the page itself will say what is wrong
    frame.ANSWERED.wait(LONGEST_WAIT_S)
    workflow.warm_planning()


if __name__ == "__main__":
    main()
