"""Least cuts between the seat of a zone and what it must not get for nothing.

Household i is two points, 2i and 2i + 1, with its room between; from its exit what it gives flows off. Augmenting
paths (Edmonds & Karp, J. ACM 19, 1972).
"""

from typing import NamedTuple

import numpy as np

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.compiled import compiled

FREELY = 1e6
TINY = 1e-9


class Ways(NamedTuple):
    """Ways as arrays: `at[first[p]:first[p + 1]]` leave point p, way w leads to `to[w]` and `back[w]` back."""

    first: Ints
    at: Ints
    to: Ints
    back: Ints


def ways_from(town: Town, seat: Ints) -> Ways:
    """Return the ways from a seat: through households, to neighbours, into the seat, and off to the end."""
    count = len(town.x)
    unit, one = np.arange(count), np.repeat(np.arange(count), np.diff(town.starts))
    begin, end = np.full(len(seat), 2 * count), np.full(count, 2 * count + 1)
    tail = np.concatenate([2 * unit, 2 * unit + 1, 2 * one + 1, begin])
    head = np.concatenate([2 * unit + 1, end, 2 * town.to, 2 * seat])
    leaves = np.concatenate([tail, head])
    order = np.argsort(leaves, kind="stable")
    first = np.searchsorted(leaves[order], np.arange(2 * count + 3)).astype(np.int64)
    every = np.arange(len(leaves))
    back = np.where(every < len(tail), every + len(tail), every - len(tail))
    return Ways(first, order.astype(np.int64), np.concatenate([head, tail]), back)


def least_cut(ways: Ways, room: Floats, given: Floats, enough: float) -> tuple[Bools, Bools] | None:
    """Return which households are entered and which are left before a least cut; None where `enough` flows.

    `room` is of each household, `given` what may flow off from it, (n,).
    """
    left = np.zeros(len(ways.to))
    left[: len(ways.to) // 2] = FREELY
    left[: len(room)], left[len(room) : 2 * len(room)] = room, given
    met = _met(ways, left, 2 * len(room), enough)
    return None if met[-1] else (met[0:-2:2], met[1:-2:2])


@compiled
def _met(ways: Ways, left: Floats, begin: int, enough: float) -> Bools:
    """Return the points met from `begin` when nothing more flows; with the last one, the end, when `enough` does."""
    end, flows = begin + 1, 0.0
    came, queue = np.full(begin + 2, NOBODY), np.zeros(begin + 2, dtype=np.int64)
    while flows < enough:
        came[:] = NOBODY
        came[begin], queue[0] = len(ways.to), begin
        looked, ahead = 0, 1
        while looked < ahead and came[end] == NOBODY:
            point = queue[looked]
            looked += 1
            for at in range(ways.first[point], ways.first[point + 1]):
                way = ways.at[at]
                if left[way] > TINY and came[ways.to[way]] == NOBODY:
                    came[ways.to[way]], queue[ahead] = way, ways.to[way]
                    ahead += 1
        if came[end] == NOBODY:
            break
        flows += _sent(ways, left, came, begin)
    met: Bools = came != NOBODY
    return met


@compiled
def _sent(ways: Ways, left: Floats, came: Ints, begin: int) -> float:
    """Send as much as fits along the way that `came` tells from the end back to `begin`; return how much."""
    most, point = np.inf, begin + 1
    while point != begin:
        most = min(most, left[came[point]])
        point = ways.to[ways.back[came[point]]]
    point = begin + 1
    while point != begin:
        way = came[point]
        left[way] -= most
        left[ways.back[way]] += most
        point = ways.to[ways.back[way]]
    return most
