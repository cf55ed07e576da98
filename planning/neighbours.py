"""Improving many zones at once: groups of neighbouring zones, one group after the other."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from planning.improve import improve
from planning.zones import NOBODY, Ints, Task, Zones

GROUP = 8


def improve_in_groups(task: Task, owner: Ints, *, steps: int, seed: int, passes=1, group=GROUP) -> Ints:
    owner = owner.copy()
    for turn in range(passes):
        zones = Zones(task, owner)
        outside = task.outside_min(zones.load_min)
        for i, member in enumerate(np.argsort(-outside, kind="stable").tolist()):
            members = _group(Zones(task, owner), member, group)
            part, unit = _part(task, owner, members)
            better = improve(part, np.searchsorted(members, owner[unit]), steps=steps * len(members), seed=seed + turn)
            owner[unit] = members[better]
    return owner


def _group(zones: Zones, member: int, size: int) -> Ints:
    """Return `member` and members of neighbouring zones, those next to most of the group's places first, sorted."""
    group = [member]
    touch = np.zeros(zones.task.members)
    while len(group) < size:
        own = sorted(zones.places_of[group[-1]])
        touch += (zones.near[own] > 0).sum(axis=0)
        rest = touch.copy()
        rest[group] = 0
        if not rest.any():
            break
        group.append(int(rest.argmax()))
    return np.array(sorted(group))


def _part(task: Task, owner: Ints, members: Ints) -> tuple[Task, Ints]:
    """Return the task of some members with what they hold now, everybody else in the way, and the units in it."""
    unit = np.flatnonzero(np.isin(owner, members))
    places, place_of = np.unique(task.place_of[unit], return_inverse=True)
    number = np.full(len(task.links), NOBODY)
    number[places] = np.arange(len(places))
    hubs: list[list[int]] = []
    links = [[int(number[to]) for to in task.links[p] if to < task.places and number[to] != NOBODY] for p in places]
    touching: dict[int, list[int]] = {}
    for p in places.tolist():
        for to in task.links[p]:
            if to >= task.places:
                touching.setdefault(to, []).append(int(number[p]))
    for hub in sorted(touching):
        if len(touching[hub]) > 1:
            for p in touching[hub]:
                links[p].append(len(places) + len(hubs))
            hubs.append(touching[hub])
    return replace(
        task,
        place_of=place_of,
        load_min=task.load_min[unit],
        walk_m=task.walk_m[np.ix_(unit, members)],
        links=links + hubs,
        places=len(places),
        alley_of=np.unique(task.alley_of[places], return_inverse=True)[1],
        low_min=task.low_min[members],
        high_min=task.high_min[members],
    ), unit
