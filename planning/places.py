"""The places of an area on the streets: which lie next to each other, and what units of households they hold."""

from dataclasses import dataclass

import numpy as np
from pandas import Series
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from geo.joining import NOWHERE, StreetGraph
from planning.zones import Floats, Ints

# A building is taken apart only where it is more than this share of the width of a member's window.
SHARE_OF_WINDOW = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceGraph:
    """Places numbered from 0, and pieces of street without places (*hubs*) after them.

    `of_household` gives the place of each household in order, `links` for every place, then every hub, what is next
    to it, `alley_of` the stretch each place lies on, numbered from 0, `nodes` a street node at each place.
    """

    of_household: Ints
    links: list[list[int]]
    alley_of: Ints
    nodes: Ints

    @property
    def size(self) -> int:
        """How many places there are."""
        return len(self.nodes)


def place_graph(graph: StreetGraph, node: Ints, place: Series) -> PlaceGraph:
    """Return the places of households that join at `node` of the street graph and share what `place` numbers alike.

    A place at a junction counts as in the way of others here, though the rule lets everybody pass: a zone connected
    so is connected under either reading.
    """
    number = place.groupby(node).transform("min").to_numpy()
    _, of_household = np.unique(number, return_inverse=True)
    at_node = np.full(graph.lengths_mm.shape[0], NOWHERE)
    at_node[node] = of_household
    first = np.unique(of_household, return_index=True)[1]
    stretch = graph.stretch[node[first]]
    own_alley = np.where(stretch == NOWHERE, -1 - node[first], stretch)
    return PlaceGraph(
        of_household=of_household,
        links=_links(graph, at_node, len(first)),
        alley_of=np.unique(own_alley, return_inverse=True)[1],
        nodes=node[first],
    )


def _links(graph: StreetGraph, at_node: Ints, places: int) -> list[list[int]]:
    """Return who is next to whom; hubs that touch one place only lead nowhere and are left out."""
    ways = graph.lengths_mm.tocoo()
    free = (at_node[ways.row] == NOWHERE) & (at_node[ways.col] == NOWHERE)
    links = coo_matrix((free[free], (ways.row[free], ways.col[free])), ways.shape)
    piece = connected_components(links, directed=False)[1]
    from_place = at_node[ways.row] != NOWHERE
    one, other = ways.row[from_place], ways.col[from_place]
    to_place = at_node[other] != NOWHERE
    end = np.where(to_place, at_node[other], places + piece[other])
    pairs = np.unique(np.c_[at_node[one], end], axis=0)
    pairs = pairs[pairs[:, 0] != pairs[:, 1]]
    hubs, touches = np.unique(pairs[pairs[:, 1] >= places, 1], return_counts=True)
    number = {int(hub): places + i for i, hub in enumerate(hubs[touches > 1])}
    found: list[list[int]] = [[] for _ in range(places + len(number))]
    for place, to in pairs.tolist():
        if to < places:
            found[place].append(to)
        elif to in number:
            found[place].append(number[to])
            found[number[to]].append(place)
    return found


def in_one_part(links: list[list[int]], places: int, zone: set[int]) -> bool:
    """Return whether the places of `zone` can be reached from one another over themselves and hubs."""
    return len(parts(links, places, zone)) <= 1


def parts(links: list[list[int]], places: int, zone: set[int]) -> list[set[int]]:
    """Return the parts of `zone` in which places can be reached from one another over themselves and hubs."""
    left, found = set(zone), []
    while left:
        begin = min(left)
        met, ahead = {begin}, [begin]
        while ahead:
            for to in links[ahead.pop()]:
                if to not in met and (to >= places or to in zone):
                    met.add(to)
                    ahead.append(to)
        found.append(met & zone)
        left -= met
    return found


def units(at_point: Ints, load_min: Floats, *, window_min: float, alike: Ints) -> Ints:
    """Return the unit of each household: those `alike` that join at one point move together unless they are too many.

    Households at one node `at_point` with more load than `SHARE_OF_WINDOW` of `window_min` are units by themselves.
    """
    building = np.unique(np.c_[at_point, alike], axis=0, return_inverse=True)[1].ravel()
    together = np.bincount(building, weights=load_min) <= SHARE_OF_WINDOW * window_min
    alone = ~together[building]
    number = np.where(alone, building.max(initial=0) + 1 + np.arange(len(building)), building)
    return np.unique(number, return_inverse=True)[1]
