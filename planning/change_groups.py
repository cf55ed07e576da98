"""What a few members together must take from the others, however they go about it.

Members who lack load get it in two ways: from households of the others, each of which is a change; or from
households without a member, to which a way must lead over households of the others. So of the households of others
that are at most d steps away, at least d are taken, as long as neither way is cheaper than d.
"""

from collections.abc import Iterator
from itertools import combinations

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from planning.cell_state import NOBODY, Bools, Floats, Ints, Town
from planning.change_program import SLACK, Program, Row, whole_windows
from planning.change_reach import changes_to

# So many members are looked at together.
TOGETHER = 4
MOST_MEMBERS = 12


def taking(asked: Program, seats: list[Ints]) -> list[Row]:
    """Return rows: of what is near to some members who lack load, so much changes."""
    rooted = [member for member, seat in enumerate(seats) if len(seat)]
    sizes = range(1, 1 + (TOGETHER if len(rooted) <= MOST_MEMBERS else 2))
    some = (np.array(group) for size in sizes for group in combinations(rooted, size))
    return [row for group in some for row in _taken_by(asked, group)]


def _taken_by(asked: Program, group: Ints) -> Iterator[Row]:
    town = asked.town
    had = np.isin(town.current, group)
    lacks = float(whole_windows(town)[0][group].sum() - town.load[had].sum())
    if lacks <= SLACK * len(group):
        return
    others = (town.current != NOBODY) & ~had
    away = changes_to(town, had)
    most = max(fewest for fewest in _fewest(town, away, others, lacks))
    for steps in range(1, most + 1):
        near = np.flatnonzero(others & (away > 0) & (away <= steps))
        columns = np.sort(asked.column[near][:, group].ravel())
        columns = columns[columns != NOBODY]
        yield Row(columns=columns, values=np.ones(len(columns)), low=float(steps))


def _fewest(town: Town, away: Floats, others: Bools, lacks: float) -> Iterator[int]:
    """Yield bounds on what is taken: of all that is without a member, then with ever more of it taken for granted."""
    beyond = town.current == NOBODY
    patch = patches(town)
    parts = [np.flatnonzero(patch == one) for one in np.unique(patch[beyond])]
    parts.sort(key=lambda units: (float(away[units].min()), int(units[0])))
    largest = np.cumsum(np.sort(town.load[others])[::-1])
    for part in [np.zeros(0, dtype=np.int64), *parts]:
        lacks -= float(town.load[part].sum())
        if lacks <= SLACK * len(town.low):
            return
        beyond[part] = False
        needed = int(np.searchsorted(largest, lacks - SLACK)) + 1
        yield int(min(float(needed), away[beyond].min(initial=np.inf)))


def patches(town: Town) -> Ints:
    """Return which patch of neighbours without a member a household is in, `NOBODY` elsewhere."""
    count = len(town.x)
    free = town.current == NOBODY
    one = np.repeat(np.arange(count), np.diff(town.starts))
    both = free[one] & free[town.to]
    ways = csr_array((np.ones(both.sum()), (one[both], town.to[both])), shape=(count, count))
    patch: Ints = connected_components(ways, directed=False)[1].astype(np.int64)
    patch[~free] = NOBODY
    return patch
