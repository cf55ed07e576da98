"""One plan on the map; in a draft households are handed over, locked, and shared anew around the locks."""

from collections.abc import Callable
from functools import partial

import pandas as pd
import streamlit as st

import workflow
from views import plan_questions as questions
from views import session
from views.errors import told
from views.live_map import Picked, live_map
from views.plan_tables import (
    loads_table,
    trial_table,
    unassigned_table,
    why_table,
    zones_table,
)
from views.text import plain
from words import say

MAP_PX = 520


def board(plan: pd.Series, ward: str, lang: str) -> None:
    """Show the zones and loads of a plan; a draft can be changed on the map."""
    plan_id, editable = str(plan["plan_id"]), bool(plan["editable"])
    left, right = st.columns([3, 2])
    with right:
        place = _choose_place(plan_id, ward, lang)
        if editable:
            _tools(plan_id, place, lang)
        else:
            _offer_copy(plan_id, lang)
    with left:
        picked = live_map(
            session.plan_layers(plan_id, lang, place or None),
            key="plan_map",
            height=MAP_PX,
            lang=lang,
            focus=place or None,
            choosing=editable,
            find=session.finder(place or None),
        )
    with right:
        _about(plan_id, picked, lang, editable=editable)
        if place:
            loads_table(questions.member_loads(plan_id, place, session.on()), lang)
        else:
            zones_table(session.plan_zones(plan_id), ward, lang)
            unassigned_table(session.plan_document(plan_id)["total"]["reasons"], lang)


def _choose_place(plan_id: str, ward: str, lang: str) -> str:
    """One neighbourhood of the plan to look at, or all."""
    held = set(session.plan_zones(plan_id)["neighbourhood_id"])
    places = session.area_names(ward)
    offered = {code: name for code, name in places.items() if code == session.ALL or code in held}
    return session.choose(say("choose_area", lang), offered, key="plan_area")


# --- changing a draft ---


def _tools(plan_id: str, place: str, lang: str) -> None:
    """Undo, redo, and share anew around what is locked."""
    store, on = session.store(), session.on()
    can_undo, can_redo = questions.edit_ways(plan_id)
    with st.container(horizontal=True):
        if st.button(say("edit_undo", lang), disabled=not can_undo):
            _act(lambda: workflow.undo_edit(store, plan_id, on=on), lang)
        if st.button(say("edit_redo", lang), disabled=not can_redo):
            _act(lambda: workflow.redo_edit(store, plan_id, on=on), lang)
        again = st.button(say("suggest_again", lang), help=say("suggest_again_help", lang))
    if again:
        with told(lang):
            changed = workflow.suggest_again(
                store, plan_id, area=place or None, on=on, progress=progress_bar("suggesting", lang)
            )
            st.session_state["plan_made"] = say("suggested_again", lang, households=changed)
            st.rerun()
    st.caption(say("choose_on_map", lang))


def progress_bar(code: str, lang: str) -> Callable[[str, float], None]:
    """Show a bar and a button that stops the work; return what the work is told to tell."""
    with st.container(horizontal=True, vertical_alignment="center"):
        bar = st.progress(0.0, text=say(code, lang, what=""))
        st.button(say("stop", lang), key=f"stop_{code}")

    def tell(what: str, share: float) -> None:
        bar.progress(share, text=plain(say(code, lang, what=what)))

    return tell


def _act(change: Callable[[], object], lang: str) -> None:
    """Do what was asked and show the plan as it is then."""
    with told(lang):
        change()
        st.rerun()


def _about(plan_id: str, picked: Picked, lang: str, *, editable: bool) -> None:
    """What can be done with chosen households, or why the clicked one is where it is."""
    if editable and picked.chosen:
        with st.container(border=True):
            _chosen(plan_id, picked.chosen, lang)
    elif picked.clicked is not None and picked.clicked.layer == "households":
        with st.expander(say("why_this_member", lang)), told(lang):
            why_table(questions.why_member(plan_id, picked.clicked.key, session.on()), lang)


def _chosen(plan_id: str, chosen: tuple[str, ...], lang: str) -> None:
    """Hand the chosen households over, or lock them; what it would mean is shown before."""
    st.markdown(f"**{say('households_chosen', lang, households=len(chosen))}**")
    people = questions.member_choices(plan_id, chosen, session.on())
    names = dict(people[["member_id", "name"]].itertuples(index=False, name=None))
    member = st.selectbox(
        say("hand_over_to", lang),
        list(names),
        index=None,
        format_func=lambda code: names[code],
        placeholder=say("choose_member", lang),
    )
    if member is not None:
        with told(lang):
            trial = questions.try_move(plan_id, chosen, member, session.on())
            trial_table(trial, lang)
            for stay in ("locked", "elsewhere"):
                if count := getattr(trial, stay):
                    st.caption(say(f"stay_{stay}", lang, households=count))
    why = st.text_input(say("why_optional", lang), key="edit_why").strip() or None
    with st.container(horizontal=True):
        _buttons(plan_id, chosen, member, why, lang)


def _buttons(
    plan_id: str, chosen: tuple[str, ...], member: str | None, why: str | None, lang: str
) -> None:
    store, on = session.store(), session.on()
    hand_over = partial(workflow.move_households, store, plan_id, chosen, why=why, on=on)
    lock = partial(workflow.lock_households, store, plan_id, chosen, why=why, on=on)
    if st.button(say("hand_over", lang), type="primary", disabled=member is None):
        _act(lambda: hand_over(str(member)), lang)
    if st.button(say("lock", lang)):
        _act(lock, lang)
    if st.button(say("unlock", lang)):
        _act(lambda: lock(locked=False), lang)


def _offer_copy(plan_id: str, lang: str) -> None:
    """A plan that is no draft is changed in a copy."""
    if not st.button(say("copy_to_change", lang), help=say("copy_to_change_help", lang)):
        return
    with told(lang):
        st.session_state["plan"] = workflow.copy_plan(
            session.store(),
            plan_id,
            on=session.on(),
            lang=lang,
            progress=progress_bar("copying", lang),
        )
        st.rerun()
