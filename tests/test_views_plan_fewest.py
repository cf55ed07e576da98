"""The fewest households that must change members, asked from the page."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

import workflow


def page():
    from views.plan_trial import _fewest

    _fewest("T1", "vi")


@pytest.fixture
def shown(monkeypatch):
    """Return a function that runs the page where so many households move, and at least so many must."""

    def run(found):
        monkeypatch.setattr("views.session.store", lambda: None)
        monkeypatch.setattr(workflow, "store_version", lambda _: 1)
        monkeypatch.setattr(workflow, "fewest_plan", lambda *_, **__: found)
        monkeypatch.setattr(workflow, "keep_fewest", lambda *_, **__: "P7")
        monkeypatch.setattr(workflow, "plan_document", lambda *_: {"name": "Ít đổi nhất: Tổ 1"})
        return AppTest.from_function(page).run()

    return run


def test_what_is_proven_is_said_and_can_be_kept(shown):
    asked = shown(SimpleNamespace(moved=4, at_least=4, proven=True))
    assert not asked.text

    asked.button(key="prove_T1").click().run()
    assert asked.text[0].value == "Ít nhất 4 hộ phải đổi người phụ trách: đã chứng minh."

    asked.button(key="keep_fewest").click().run()
    assert asked.session_state["plan"] == "P7"
    assert not asked.exception


def test_what_is_not_proven_is_told_as_from_to(shown):
    asked = shown(SimpleNamespace(moved=6, at_least=4, proven=False))

    asked.button(key="prove_T1").click().run()

    assert "từ 4 đến 6" in asked.text[0].value


def test_where_no_plan_keeps_to_the_windows_it_is_said(shown):
    asked = shown(None)

    asked.button(key="prove_T1").click().run()

    assert "chưa biết" in asked.warning[0].value
