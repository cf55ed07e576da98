"""The app as people start it, on a port of its own, unable to reach any other host."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).parent.parent
LONGEST_START_S = 90

# Read by every Python process that finds it on its path: refuses and notes each call that leaves this machine.
GUARD = """
import os, socket
_connect, _connect_ex, _getaddrinfo = socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo
def _note(where):
    with open(os.environ["DIABAN_TEST_CALLS"], "a") as calls:
        calls.write(repr(where) + "\\n")
def _outside(address):
    if not isinstance(address, tuple):
        return False
    return not str(address[0]).startswith("127.") and address[0] not in ("::1", "localhost")
def connect(self, address):
    if _outside(address):
        _note(address); raise OSError("refused by the test")
    return _connect(self, address)
def connect_ex(self, address):
    if _outside(address):
        _note(address); raise OSError("refused by the test")
    return _connect_ex(self, address)
def getaddrinfo(host, *more, **said):
    if host not in (None, "", "localhost", "127.0.0.1", "::1", "0.0.0.0", socket.gethostname()):
        _note(host); raise OSError("refused by the test")
    return _getaddrinfo(host, *more, **said)
socket.socket.connect, socket.socket.connect_ex, socket.getaddrinfo = connect, connect_ex, getaddrinfo
"""
# Read there too: no plan is made ready beforehand, which takes many seconds of a slow processor.
UNPREPARED = """
import sys, types
sys.modules["steps.warming"] = types.ModuleType("steps.warming")
sys.modules["steps.warming"].warm_planning = lambda: None
"""


@contextmanager
def served(database: Path, folder: Path, *, prepared: bool = True) -> Iterator[tuple[str, Path]]:
    """Yield the app's address, and the file in which calls to other hosts are noted.

    Where it is not `prepared`, nothing is made ready for the first plan.
    """
    (folder / "sitecustomize.py").write_text(GUARD if prepared else GUARD + UNPREPARED)
    calls = folder / "calls"
    calls.touch()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(folder), str(ROOT)]),
        "DIABAN_TEST_CALLS": str(calls),
        "HOME": str(folder),
    }
    words = ["app", "--headless", "--port", str(port), "--database", str(database)]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen(
            [sys.executable, str(ROOT / "cli.py"), *words],
            env=environment,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        wait_for(port, server)
        yield f"http://localhost:{port}", calls
    finally:
        os.killpg(server.pid, 15)
        server.wait(timeout=30)


def wait_for(port: int, server: "subprocess.Popen[bytes]") -> None:
    """Wait until a server answers; raise where it ends by itself, or takes too long."""
    until = time.monotonic() + LONGEST_START_S
    while time.monotonic() < until:
        with socket.socket() as trial:
            if trial.connect_ex(("127.0.0.1", port)) == 0:
                return
        if server.poll() is not None:
            raise RuntimeError("the server ended by itself")
        time.sleep(0.2)
    raise TimeoutError("the server does not answer")
