"""Start the app's server in its own folder, where its settings lie."""

import os
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from pathlib import Path

from geo.errors import ConflictError

ROOT = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
LONGEST_START_S = 60.0


def serve(*, database: str | None, port: int, open_browser: bool) -> None:
    """Serve the app until it is stopped; raise `ConflictError` where the port is taken."""
    with socket.socket() as trial:
        if trial.connect_ex((HOST, port)) == 0:
            raise ConflictError("port_taken", port=port)
    environment = dict(os.environ)
    if database:
        environment["DIABAN_DATABASE"] = _absolute(database)
    if open_browser:
        threading.Thread(target=_open_when_up, args=(port,), daemon=True).start()
    sys.stdout.write(f"http://localhost:{port}\n")
    sys.stdout.flush()
    # The child is ours alone: same program, our own module, a number.
    command = [sys.executable, "-m", "views.server", "--server.port", str(port)]
    done = subprocess.run(command, cwd=ROOT, env=environment, check=False)  # noqa: S603
    sys.exit(done.returncode)


def _absolute(database: str) -> str:
    return database if "://" in database else str(Path(database).expanduser().absolute())


def _open_when_up(port: int) -> None:
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex((HOST, port)) == 0:
                webbrowser.open(f"http://localhost:{port}")
                return
        time.sleep(0.2)
