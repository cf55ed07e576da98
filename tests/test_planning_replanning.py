"""Sharing again: few households change hands, and the fewest there can be."""

import itertools

import numpy as np
import pytest

from bench.checking_zones import judged
from bench.made_up_towns import windows
from bench.replan import changed_town, given_back
from planning import fewest_changes as fewest_changes_module
from planning.cells import town_of
from planning.change_annealing import changes, fewer_changes
from planning.change_program import NotSolvedError
from planning.fewest_changes import fewest_changes
from planning.replanning import changed_hands, share_again
from planning.triangulated import links_of, neighbour_graph

STEPS = 400_000


def verdict(before, owner):
    ones = np.ones(len(before.xy))
    low, high = windows(ones, before.members, 0.1)
    return judged(before.xy, ones, owner, low=low, high=high, links=neighbour_graph(before.xy))


def again(before, **said):
    ones = np.ones(len(before.xy))
    low, high = windows(ones, before.members, 0.1)
    return share_again(before.xy, ones, low, high, current=before.current, steps=STEPS, **said)[0]


@pytest.mark.parametrize("shape", ["even", "hamlets"])
def test_windows_are_met_again_with_few_changes(shape):
    before = changed_town(shape, 300, 8, seed=1)

    owner = again(before)

    changed, stay = changed_hands(before.current, owner)
    assert verdict(before, owner).valid
    assert changed <= 0.15 * stay


def test_nobody_changes_hands_where_nothing_changed():
    before = changed_town("even", 300, 8, seed=2)
    owner = again(before)

    settled = again(before._replace(current=owner))

    assert (settled == owner).all()


def test_a_member_who_joins_gets_a_zone():
    before = changed_town("even", 300, 8, seed=2)

    owner = again(before._replace(members=before.members + 1))

    assert verdict(before._replace(members=before.members + 1), owner).valid


def test_households_of_members_who_left_do_not_count_as_changed():
    assert changed_hands(np.array([0, 0, 1, -1]), np.array([0, 1, 1, 0])) == (1, 3)


def test_zones_are_given_back_to_those_who_had_most_of_them():
    given = given_back(np.array([0, 0, 1, 1, 1]), np.array([1, 1, 1, 0, -1]), 2)

    assert list(given) == [1, 1, 0, 0, 0]


def town_links(town):
    start = np.repeat(np.arange(len(town.x)), np.diff(town.starts))
    return links_of(np.stack([start, town.to], axis=1)[start < town.to], len(town.x))


def small_town(seed):
    """Return nine households of two or three members, some of them new, in a random order."""
    rng = np.random.default_rng(seed)
    xy = rng.random((9, 2)) * 100
    members = 2 + seed % 2
    current = np.array([0, 0, 0, 1, 1, 1, -1, -1, 0])[rng.permutation(9)]
    load = np.ones(9) if seed % 3 else rng.integers(1, 4, 9).astype(float)
    low, high = windows(load, members, 0.35)
    links = neighbour_graph(xy)
    return town_of(xy, load, low, high, links=links, current=current)


def valid_plans(town):
    """Return every plan of a small town in connected zones within the windows, by its changes."""
    found = []
    xy, links = np.stack([town.x, town.y], axis=1), town_links(town)
    for plan in itertools.product(range(len(town.low)), repeat=len(town.x)):
        owner = np.array(plan)
        load = np.bincount(owner, weights=town.load, minlength=len(town.low))
        if (load < town.low - 1e-9).any() or (load > town.high + 1e-9).any():
            continue
        if judged(xy, town.load, owner, low=town.low, high=town.high, links=links).valid:
            found.append((changed_hands(town.current, owner)[0], plan))
    return sorted(found)


@pytest.mark.parametrize("seed", range(8))
def test_the_fewest_changes_are_those_of_trying_every_plan(seed):
    town = small_town(seed)
    plans = valid_plans(town)
    worst = np.array(plans[-1][1])

    found = fewest_changes(town, worst)

    assert found.at_least <= plans[0][0] == found.changed
    assert (found.changed, tuple(found.owner)) in plans
    assert found.proven


def test_what_is_fixed_stays_and_counts():
    town = small_town(1)
    plans = valid_plans(town)
    worst = np.array(plans[-1][1])
    fixed = np.arange(9) < 2
    allowed = [plan for plan in plans if (np.array(plan[1])[fixed] == worst[fixed]).all()]

    found = fewest_changes(town._replace(fixed=fixed), worst)

    assert (found.owner[fixed] == worst[fixed]).all()
    assert found.at_least == found.changed == allowed[0][0]


def test_a_search_that_is_stopped_returns_what_is_known():
    town = small_town(1)
    worst = np.array(valid_plans(town)[-1][1])

    found = fewest_changes(town, worst, keep_going=lambda: False)

    assert (found.owner == worst).all()
    assert found.at_least == 0


def test_fewer_changes_are_found_than_by_sharing_again():
    before = changed_town("hamlets", 300, 8, seed=2)
    ones = np.ones(len(before.xy))
    low, high = windows(ones, before.members, 0.1)
    links = neighbour_graph(before.xy)
    town = town_of(before.xy, ones, low, high, links=links, current=before.current)
    owner = again(before)

    fewer = fewer_changes(town, owner)

    assert changes(town, fewer) <= changes(town, owner)
    assert verdict(before, fewer).valid


def test_a_programme_that_is_not_solved_leaves_what_is_proven(monkeypatch):
    def unsolved(*_):
        raise NotSolvedError("stopped")

    monkeypatch.setattr(fewest_changes_module, "Narrowed", unsolved)
    town = small_town(1)
    worst = np.array(valid_plans(town)[-1][1])

    found = fewest_changes(town, worst)

    assert found.at_least == 0 <= found.changed
