"""What a person has chosen, and what the store says about it, remembered until the store changes.

Choices live in `st.session_state` and, where they differ from the usual, in the page's address, so
that an address can be sent to somebody. Answers are cached by the store's version number.
"""

import os
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta, timezone
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

import pandas as pd
import streamlit as st
from geopandas import GeoDataFrame

import workflow
from geo.folding import fold
from layers.layer import Layer
from words import Lang, say

VIETNAM = timezone(timedelta(hours=7))
# Stands for "all of them" in choices, and for nothing in the address.
ALL = ""
IN_ADDRESS = ("lang", "ward", "on", "goal", "area", "plan", "gap")
# What codes on paper lead to besides: taken over, not written back.
ON_PAPER = ("plan_part", "weeks_member")

Asked = ParamSpec("Asked")
Answer = TypeVar("Answer")


# --- choices ---


def restore() -> None:
    """Take over, once a session, what the address says."""
    if "restored" in st.session_state:
        return
    st.session_state["restored"] = True
    for name in (*IN_ADDRESS, *ON_PAPER):
        if name in st.query_params and name != "on":
            st.session_state[name] = st.query_params[name]
    if (day := _day(st.query_params.get("on", ""))) is not None:
        st.session_state["on"] = day


def remember() -> None:
    """Write into the address what differs from the usual."""
    usual = {"lang": usual_lang(), "on": today(), **st.session_state.get("usual", {})}
    chosen = {name: st.session_state.get(name) for name in IN_ADDRESS}
    wanted = {
        name: str(value)
        for name, value in chosen.items()
        if value not in (None, ALL, usual.get(name))
    }
    if st.query_params.to_dict() != wanted:
        st.query_params.from_dict(wanted)


def choose(label: str, options: Mapping[str, str], *, key: str) -> str:
    """Let a person choose among codes by their names, and return the code; the first is the usual.

    The choice is kept under `key`, on every page that offers it; one that is no longer offered is
    forgotten.
    """
    chosen = st.session_state.get(key)
    usual = next(iter(options))
    st.session_state.setdefault("usual", {})[key] = usual
    st.session_state[key] = str(chosen) if chosen in options else usual
    # A widget keeps showing the names it began with, so each language has its own.
    widget = f"{key}_{lang()}"
    st.session_state[widget] = st.session_state[key]
    st.selectbox(
        label,
        list(options),
        format_func=lambda code: options[code],
        key=widget,
        on_change=_take_over,
        args=(key, widget),
    )
    return str(st.session_state[key])


def mirrored(key: str, value: Any) -> dict[str, Any]:
    """Return what lets a widget show the choice kept under `key`, and change it.

    What a widget keeps itself is lost where a page sends a person to another.
    """
    widget = f"{key}_shown"
    st.session_state[widget] = value
    return {"key": widget, "on_change": _take_over, "args": (key, widget)}


def _take_over(key: str, widget: str) -> None:
    st.session_state[key] = st.session_state[widget]


def lang() -> str:
    """Return the language of the screen."""
    chosen = st.session_state.get("lang")
    return str(chosen) if chosen in list(Lang) else usual_lang()


def usual_lang() -> str:
    """Return the language the app was started in."""
    started = os.environ.get("DIABAN_LANG", Lang.VI)
    return started if started in list(Lang) else Lang.VI


def today() -> date:
    """Return the day it is in Vietnam."""
    return datetime.now(UTC).astimezone(VIETNAM).date()


def local(moment: datetime) -> datetime:
    """Return a stored time, which is UTC, as the clock in Vietnam shows it."""
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(VIETNAM)


def on() -> date:
    """Return the day on which figures are judged."""
    chosen = st.session_state.get("on")
    return chosen if isinstance(chosen, date) else today()


def ward() -> str:
    """Return the code of the ward on the screen; stop the page where there is none."""
    codes = list(wards()["ward_code"])
    if not codes:
        st.info(say("no_wards_yet", lang()))
        st.stop()
    chosen = st.session_state.get("ward")
    return str(chosen) if chosen in codes else str(codes[0])


def area_names(ward_code: str) -> dict[str, str]:
    """Return the neighbourhoods of a ward by code, the whole ward first."""
    places = areas(ward_code)
    named = dict(zip(places["neighbourhood_id"], places["name"], strict=True))
    return {ALL: say("every_area", lang()), **named}


def goal_names() -> dict[str, str]:
    """Return the goals by id, every goal first."""
    listed = goals()
    named = dict(zip(listed["goal_id"], listed["name"], strict=True))
    return {ALL: say("every_goal", lang()), **named}


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


# --- the store ---


def store() -> workflow.Store:
    """Return the one store of this server."""
    return _opened(os.environ.get("DIABAN_DATABASE"))


@st.cache_resource(show_spinner=False)
def _opened(database: str | None) -> workflow.Store:
    return workflow.open_store(database)


def kept(
    question: Callable[Concatenate[workflow.Store, Asked], Answer],
) -> Callable[Asked, Answer]:
    """Remember what a question answers until the store changes; every session shares it."""

    @wraps(question)
    def ask(*args: Asked.args, **named: Asked.kwargs) -> Answer:
        source = os.environ.get("DIABAN_DATABASE")
        version = workflow.store_version(store())
        name = f"{question.__module__}.{question.__name__}"
        answer: Answer = _answer(name, source, version, question, args, named)
        return answer

    return ask


@st.cache_data(show_spinner=False, max_entries=64)
def _answer(
    name: str,  # noqa: ARG001  the key of the cache, with what follows
    source: str | None,  # noqa: ARG001
    version: int,  # noqa: ARG001
    _question: Callable[..., Any],
    args: tuple[Any, ...],
    named: dict[str, Any],
) -> Any:
    return _question(store(), *args, **named)


# --- questions ---


@kept
def made_up(asked: workflow.Store) -> bool:
    """Return whether the ward is made up."""
    return workflow.is_made_up(asked)


@kept
def wards(asked: workflow.Store) -> pd.DataFrame:
    """Return ward_code and name of every ward, by name."""
    listed = pd.DataFrame(workflow.wards(asked)[["ward_code", "name"]])
    return listed.sort_values("name", key=lambda names: names.map(fold), ignore_index=True)


@kept
def areas(asked: workflow.Store, ward_code: str) -> pd.DataFrame:
    """Return neighbourhood_id and name of a ward's neighbourhoods."""
    return pd.DataFrame(workflow.areas(asked, ward_code)[["neighbourhood_id", "name"]])


@kept
def goals(asked: workflow.Store) -> pd.DataFrame:
    """Return the goals."""
    return workflow.goals(asked)


@kept
def coverage(
    asked: workflow.Store, by: str, goal: str | None, area: str | None, day: date
) -> workflow.Coverage:
    """Return the figures of coverage."""
    return workflow.coverage(asked, by=by, goal=goal, area=area, on=day)


@kept
def official_figures(asked: workflow.Store, area: str, day: date) -> workflow.OfficialFigures:
    """Return the figures that reports give for a ward and its neighbourhoods."""
    return workflow.official_figures(asked, area=area, on=day)


@kept
def causes(asked: workflow.Store, goal: str | None, area: str | None, day: date) -> pd.Series:
    """Return how many households are unreached for each cause, most frequent first."""
    left = workflow.unreached(asked, goal=goal, area=area, on=day)
    return pd.Series(left["cause"].value_counts())


@kept
def coverage_layers(
    asked: workflow.Store, ward_code: str, goal: str | None, day: date, language: str
) -> list[Layer]:
    """Return the drawing of coverage."""
    return workflow.coverage_layers(asked, ward_code=ward_code, goal=goal, on=day, lang=language)


@kept
def find_households(asked: workflow.Store, text: str, area: str | None) -> pd.DataFrame:
    """Return the households that a text means, likeliest first."""
    return workflow.find_households(asked, text, area=area)


def finder(area: str | None) -> Callable[[str], pd.DataFrame]:
    """Return what finds households of an area by a text, for the map to ask."""
    return lambda text: find_households(text, area)


@kept
def plans(asked: workflow.Store) -> pd.DataFrame:
    """Return the plans, newest first."""
    return workflow.plans(asked)


@kept
def plan_document(asked: workflow.Store, plan: str) -> dict[str, Any]:
    """Return the figures of a plan."""
    return workflow.plan_document(asked, plan)


@kept
def plan_zones(asked: workflow.Store, plan: str) -> pd.DataFrame:
    """Return the zones of a plan as a table, without their shapes."""
    zones: GeoDataFrame = workflow.plan_frames(asked, plan).zones
    return pd.DataFrame(zones.drop(columns="geometry"))


@kept
def plan_layers(
    asked: workflow.Store, plan: str, language: str, area: str | None = None
) -> list[Layer]:
    """Return the drawing of a plan, or of one neighbourhood of it."""
    return workflow.plan_layers(asked, plan, within=area and [area], lang=language)


@kept
def imports(asked: workflow.Store) -> pd.DataFrame:
    """Return what was imported, newest first."""
    return workflow.imports(asked)
