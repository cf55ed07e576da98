"""What planning needs is made ready beforehand, after the first page, and never at the server's cost."""

import sys
import threading
from types import SimpleNamespace

import pytest

from geo.errors import InputError
from planning.handing import wander
from steps import warming
from views import frame, server


def test_planning_nothing_leaves_the_street_planner_compiled():
    warming.plan_nothing()

    assert wander.machine_code.signatures


@pytest.mark.parametrize(("returncode", "planned"), [(0, 1), (1, 0), (-11, 0)])
def test_where_compiling_fails_in_its_own_process_the_server_leaves_it(
    monkeypatch, returncode, planned
):
    ran, here = [], []
    monkeypatch.setattr(
        warming.subprocess,
        "run",
        lambda command, **said: ran.append(command) or SimpleNamespace(returncode=returncode),
    )
    monkeypatch.setattr(warming, "plan_nothing", lambda: here.append(1))

    warming.warm_planning()

    assert ran == [[sys.executable, "-m", "steps.warming"]]
    assert len(here) == planned


def test_planning_is_made_ready_only_once_a_page_was_answered(monkeypatch):
    answered, drawn, ready = threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(frame, "ANSWERED", answered)
    store = SimpleNamespace(close=drawn.set)
    monkeypatch.setattr(server.workflow, "open_store", lambda _: store)
    monkeypatch.setattr(server.workflow, "coverage_layers", lambda *_, **__: None)
    monkeypatch.setattr(server.workflow, "warm_planning", ready.set)
    thread = threading.Thread(target=server._warm)
    thread.start()

    assert drawn.wait(10)
    assert not ready.wait(0.2)
    answered.set()
    assert ready.wait(10)
    thread.join()


def test_a_store_that_cannot_be_read_is_left_to_the_page(monkeypatch):
    def refuse(_):
        raise InputError("store_newer")

    monkeypatch.setattr(server.workflow, "open_store", refuse)
    monkeypatch.setattr(server.workflow, "warm_planning", lambda: pytest.fail("nothing to plan"))

    server._warm()
