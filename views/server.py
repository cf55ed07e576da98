"""The app's server: all that the first page needs is loaded before anybody opens it."""

import os
import sys
import threading
from pathlib import Path
from typing import Any

import streamlit
from streamlit.web import cli

import workflow
from geo.errors import DiabanError
from views import basemap, frame, session
from words import sentence

# So long the first page may keep the first plan from being made ready.
LONGEST_WAIT_S = 60.0
APP = Path(__file__).resolve().parent.parent / "app.py"


def main() -> None:
    """Serve the app with Streamlit's own options, until it is stopped."""
    try:
        routes = basemap.routes()
    except DiabanError as fault:
        sys.stderr.write(sentence(fault.code, session.usual_lang(), **fault.facts) + "\n")
        sys.exit(1)
    threading.Thread(target=_warm, daemon=True).start()
    options = sys.argv[1:]
    if routes:
        sys.argv = [str(APP)]
        streamlit.App(APP, routes=routes).run(config=_config(options))
        return
    sys.argv = ["streamlit", "run", str(APP), *options]
    cli.main()


def _config(options: list[str]) -> dict[str, Any]:
    """Return Streamlit's own options, `--name value` each, as the settings they are."""
    names = [name.removeprefix("--") for name in options[::2]]
    return {
        name: int(value) if value.isdecimal() else value
        for name, value in zip(names, options[1::2], strict=True)
    }


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
