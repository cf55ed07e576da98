"""Where zones lie whose members' homes nobody knows: near the load, by windows, and the same for the same seed."""

import numpy as np
import pytest

from geo.joining import join, set_in, short_places
from planning.centres import Centres, find_centres
from planning.places import place_graph
from planning.rules import PlanRules
from planning.share import share
from tests.streets import ALONG, COMB, homes, network, people

ROW = [(0, 0), (1000, 0)]


def centres_on(*spots):
    """Return the centres there may be on one street, and where along it each lies."""
    own, ways = homes(*spots), network(ROW)
    joins = join(own.geometry, ways)
    graph = set_in(joins, ways)
    places = place_graph(graph, graph.node.to_numpy(), short_places(joins))
    along = np.array(
        [spots[int(np.argmax(places.of_household == i))][0] for i in range(places.size)]
    )
    centres = Centres(graph, places, np.bincount(places.of_household))
    return centres, along[centres.candidates], np.bincount(places.of_household).astype(float)


def found(*spots, low, high, known=(), seed=0):
    centres, along, load = centres_on(*spots)
    walk = np.abs(along[:, None] - np.array(known, dtype=float))
    chosen = find_centres(
        centres, walk, load, np.array(low, float), np.array(high, float), seed=seed
    )
    return along[chosen].tolist()


def test_two_members_centre_on_two_villages():
    west, east = [(x, 3) for x in (0, 10, 20, 30, 40)], [(x, 3) for x in (900, 910, 920, 930, 940)]

    assert sorted(found(*west, *east, low=[4, 4], high=[6, 6])) == [20, 920]


def test_the_larger_village_goes_to_the_larger_window():
    west, east = [(x, 3) for x in range(0, 50, 10)], [(x, 3) for x in range(900, 920, 10)]

    first, last = found(*west, *east, low=[2, 4], high=[3, 5])

    assert first >= 900 and last == 20


def test_known_homes_leave_the_rest_to_the_others():
    west, east = [(x, 3) for x in (0, 10, 20, 30, 40)], [(x, 3) for x in (900, 910, 920, 930, 940)]

    assert found(*west, *east, low=[4, 4], high=[6, 6], known=[15]) == [920]


@pytest.mark.parametrize("seed", [0, 5])
def test_the_same_seed_gives_the_same_plan(seed):
    own, team, ways = homes(*ALONG), people(None, None, None), network(*COMB)

    one, other = (share(own, team, ways, PlanRules(seed=seed)).assignment for _ in range(2))

    assert one.equals(other)
    assert one["member_id"].nunique() == 3
