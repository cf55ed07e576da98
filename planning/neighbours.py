"""Many zones at once: improved in groups of neighbours, one group after the other."""

from dataclasses import replace

import numpy as np

from planning.improve import improve
from planning.zones import NOBODY, Ints, Task, Zones

# So many zones are improved together: enough for loads to be passed on, few enough to be searched well.
GROUP = 12
# Those outside their windows get this many turns more, each this many times longer.
TURNS = 6
LONGER = 4


def improve_in_groups(task: Task, owner: Ints, *, steps: int, seed: int) -> Ints:
    """Return better owners of units: every zone in turn with its neighbours, then those outside their windows again.

    Each group gets `steps` hand-overs; what others hold stands in its way meanwhile.
    """
    owner = owner.copy()
    for turn in range(1 + TURNS):
        outside = task.outside_min(Zones(task, owner).load_min)
        worst_first = np.argsort(-outside, kind="stable")
        for member in worst_first[: None if turn == 0 else int((outside > 0).sum())].tolist():
            members = _neighbours(Zones(task, owner), member)
            part, unit = _part(task, owner, members)
            number = np.searchsorted(members, owner[unit])
            spent = steps if turn == 0 else steps * LONGER
            owner[unit] = members[improve(part, number, steps=spent, seed=seed + turn)]
    return owner


def _neighbours(zones: Zones, member: int) -> Ints:
    """Return `member` and those around, the one that touches the group at most places first; sorted."""
    group = [member]
    touched = np.zeros(zones.task.members)
    while len(group) < GROUP:
        own = sorted(zones.places_of[group[-1]])
        touched += (zones.near[own] > 0).sum(axis=0)
        touched[group] = 0
        if not touched.any():
            break
        group.append(int(touched.argmax()))
    return np.array(sorted(group))


def _part(task: Task, owner: Ints, members: Ints) -> tuple[Task, Ints]:
    """Return the task of `members` with what they hold now, and the numbers of its units in the whole."""
    unit = np.flatnonzero(np.isin(owner, members))
    places, place_of = np.unique(task.place_of[unit], return_inverse=True)
    part = replace(
        task,
        place_of=place_of,
        households=task.households[unit],
        load_min=task.load_min[unit],
        walk_m=task.walk_m[np.ix_(unit, members)],
        links=_links(task, places),
        places=len(places),
        alley_of=np.unique(task.alley_of[places], return_inverse=True)[1],
        low_min=task.low_min[members],
        high_min=task.high_min[members],
    )
    return part, unit


def _links(task: Task, places: Ints) -> list[list[int]]:
    """Return who is next to whom among `places`; other places are in the way, hubs stay open."""
    number = np.full(len(task.links), NOBODY)
    number[places] = np.arange(len(places))
    at_hub: dict[int, list[int]] = {}
    found: list[list[int]] = []
    for place in places.tolist():
        near = task.links[place]
        found.append([int(number[to]) for to in near if to < task.places and number[to] != NOBODY])
        for hub in (to for to in near if to >= task.places):
            at_hub.setdefault(hub, []).append(len(found) - 1)
    hubs = [at_hub[hub] for hub in sorted(at_hub) if len(at_hub[hub]) > 1]
    for i, hub_places in enumerate(hubs):
        for place in hub_places:
            found[place].append(len(places) + i)
    return found + hubs
