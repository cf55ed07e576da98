"""What can leave a zone: each of its places, together with whatever it would cut off."""

from dataclasses import dataclass

import numpy as np

from planning.zones import NOBODY, Floats, Ints, Task, Zones

Span = tuple[int, int]

# At a place with many units, this many of different loads are tried by themselves.
SINGLE_UNITS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Pieces:
    """What can leave one zone, one row a piece; the rest of the zone stays connected.

    Row r is led by place `lead[r]` and weighs `load_min[r]`; `walk_m[r]` is what each member would walk to it. It is
    all the zone holds at the places of `spans[lead]` in `order`, or, where `unit[r]` is set, that unit alone.
    """

    lead: Ints
    unit: Ints
    load_min: Floats
    walk_m: Floats
    order: list[int]
    spans: dict[int, list[Span]]

    def places(self, row: int, task: Task) -> list[int]:
        """Return the places that row `row` takes out of the zone (or, for a single unit, where it lies)."""
        lead = int(self.lead[row])
        if self.unit[row] != NOBODY or lead not in self.spans:
            return [lead]
        return [
            place
            for begin, end in self.spans[lead]
            for place in self.order[begin:end]
            if place < task.places
        ]


def pieces(zones: Zones, member: int) -> Pieces:
    """Return what can leave the zone of `member`, which must be connected.

    Where a place holds others to the zone, they go with it, but for the heaviest part, which stays.
    """
    task = zones.task
    order, cut = cuts(task.links, task.places, zones.places_of[member])
    met = np.array(order, dtype=np.int64)
    at = np.flatnonzero(met < task.places)
    lead = met[at]
    load, walk = np.zeros(len(order)), np.zeros((len(order), task.members))
    load[at], walk[at] = zones.place_load_min[lead], zones.place_walk_m[lead]
    for i in at[zones.held[lead, member] < zones.units_count[lead]].tolist():
        units = zones.units_of([order[i]], member)
        load[i], walk[i] = task.load_min[units].sum(), task.walk_m[units].sum(axis=0)
    single = _single_units(zones, member, lead)
    spans = _leaving(order, cut, load)
    piece_load, piece_walk = load[at], walk[at]
    if spans:
        row = np.zeros(task.places, dtype=np.int64)
        row[lead] = np.arange(len(lead))
        whole = np.array([(place, *span) for place, parts in spans.items() for span in parts])
        rows, begins, ends = row[whole[:, 0]], whole[:, 1], whole[:, 2]
        load_sum = np.concatenate([[0.0], load.cumsum()])
        walk_sum = np.concatenate([np.zeros((1, task.members)), walk.cumsum(axis=0)])
        piece_load[rows], piece_walk[rows] = 0, 0
        np.add.at(piece_load, rows, load_sum[ends] - load_sum[begins])
        np.add.at(piece_walk, rows, walk_sum[ends] - walk_sum[begins])
    return Pieces(
        lead=np.concatenate([lead, task.place_of[single]]),
        unit=np.concatenate([np.full(len(lead), NOBODY), single]),
        load_min=np.concatenate([piece_load, task.load_min[single]]),
        walk_m=np.concatenate([piece_walk, task.walk_m[single]]),
        order=order,
        spans=spans,
    )


def _single_units(zones: Zones, member: int, lead: Ints) -> Ints:
    """Return units worth moving alone: where the zone holds several at a place, some of different loads."""
    load_min = zones.task.load_min
    alone: list[int] = []
    for place in lead[zones.held[lead, member] > 1].tolist():
        units = zones.units_of([place], member)
        different = {float(load_min[unit]): unit for unit in reversed(units)}
        alone += sorted(different.values())[:SINGLE_UNITS]
    return np.array(alone, dtype=np.int64)


def _leaving(order: list[int], cut: dict[int, list[Span]], load: Floats) -> dict[int, list[Span]]:
    """Return for each place that holds others which spans of `order` leave with it: all but the heaviest part."""
    reached: list[float] = [0.0, *load.cumsum().tolist()]
    position = {place: i for i, place in enumerate(order)}
    leaving: dict[int, list[Span]] = {}
    for place, parts in cut.items():
        i = position[place]
        weights = [reached[end] - reached[begin] for begin, end in parts]
        rest = reached[-1] - (reached[i + 1] - reached[i]) - sum(weights)
        heaviest = max(range(len(parts)), key=weights.__getitem__)
        if weights[heaviest] > rest:
            begin, end = parts[heaviest]
            leaving[place] = [(0, begin), (end, len(order))]
        else:
            leaving[place] = [(i, i + 1), *parts]
    return leaving


def cuts(
    links: list[list[int]], places: int, zone: set[int]
) -> tuple[list[int], dict[int, list[Span]]]:
    """Walk a zone depth first and find what each of its places holds to the rest.

    Returns
    -------
    order, cut
        Places and hubs in the order first met from the zone's first place (only those connected with it), and
        for each place that would cut parts off by leaving, the spans of `order` that hold them, the part with
        the first place left out. By Tarjan's low points (SIAM J. Comput. 1, 1972).
    """
    order: list[int] = []
    cut: dict[int, list[Span]] = {}
    if not zone:
        return order, cut
    root = min(zone)
    met, low = {root: 0}, {root: 0}
    order.append(root)
    stack = [(root, NOBODY, iter(links[root]))]
    while stack:
        node, parent, ways = stack[-1]
        for to in ways:
            if to in met:
                if to != parent and met[to] < low[node]:
                    low[node] = met[to]
            elif to >= places or to in zone:
                met[to] = low[to] = len(order)
                order.append(to)
                stack.append((to, node, iter(links[to])))
                break
        else:
            stack.pop()
            if parent != NOBODY:
                low[parent] = min(low[parent], low[node])
                if parent < places and low[node] >= met[parent]:
                    cut.setdefault(parent, []).append((met[node], len(order)))
    return order, cut
