"""The bench of routes: every stop once, added up apart from the planner."""

import json
import sys

import numpy as np
import pandas as pd
import pytest

from bench import routes, timing
from planning.routes import Route


def run(capsys, monkeypatch, *words):
    monkeypatch.setattr(routes, "HOUSEHOLDS", 200)
    monkeypatch.setattr(timing, "REFERENCE_LOOPS", 1000)
    monkeypatch.setattr(sys, "argv", ["bench.routes", "--sizes", "8", "--seeds", "1", *words])
    routes.main()
    return capsys.readouterr().out


def test_it_prints_one_document(capsys, monkeypatch):
    told = json.loads(run(capsys, monkeypatch, "--json"))

    (row,) = told["rows"]
    assert (row["stops"], row["seed"], row["once"]) == (8, 0, True)
    assert row["over"] == pytest.approx(row["walk_m"] / row["peer_m"] - 1)
    assert told["total"]["once"]


def test_it_prints_a_table(capsys, monkeypatch):
    assert "every stop once: True" in run(capsys, monkeypatch)


def test_a_stop_that_is_left_out_is_seen(monkeypatch):
    stops = pd.DataFrame({"household_id": ["a", "b", "c"], "load_min": 30.0})
    forgetful = Route(stops=stops.iloc[:2], left=("c",), walk_m=0.0)
    monkeypatch.setattr(routes, "visit_order", lambda *_: forgetful)

    row = routes._row(stops, 1 - np.eye(4, dtype=np.int64), seed=0)

    assert not row["once"]
