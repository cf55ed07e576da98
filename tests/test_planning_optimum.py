"""The bound and the plan against the exact optimum of cases so small that every sharing can be looked at."""

from itertools import product

import numpy as np
import pandas as pd
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from planning.barring import walks_from_homes
from planning.connected import disconnected_zones
from planning.flow import flow
from planning.joined import joined
from planning.load import load_min
from planning.rules import PlanRules
from planning.share import share
from planning.windows import windows
from tests.streets import homes, network, people

# A street, three lanes off it, and what may link the lanes at their ends.
STREET = [(0, 0), (180, 0)]
LANES = [[(x, 0), (x, 60)] for x in (30, 90, 150)]
LINKS = [[(30, 60), (90, 60)], [(90, 60), (150, 60)]]
MM = 1e-3


class Town:
    """A few households and members on a few streets, and every way to share the ones among the others."""

    def __init__(self, lines, spots, residents, bases):
        self.ways = network(*lines)
        self.homes = homes(*spots).assign(residents=residents)
        self.team = people(*bases)
        self.ground = joined(self.homes, self.team, self.ways)
        self.minutes = load_min(self.homes).to_numpy()
        self.walk = walks_from_homes(self.homes, self.team, self.ground)

    def optimum(self, low, high):
        """Return the least walking of connected zones with loads within the windows; infinite where there is none."""
        rows = np.arange(len(self.homes))
        every = np.array(list(product(range(len(low)), repeat=len(rows))))
        load = np.stack([(every == one) @ self.minutes for one in range(len(low))], axis=1)
        fits = ((load >= low - MM) & (load <= high + MM)).all(axis=1)
        walks = self.walk[rows, every].sum(axis=1)
        for one in np.argsort(walks, kind="stable"):
            if fits[one] and self.connected(every[one]):
                return walks[one]
        return np.inf

    def connected(self, owner):
        named = pd.DataFrame({"household_id": self.homes["household_id"]})
        named["member_id"] = self.team["member_id"].to_numpy()[owner]
        return not disconnected_zones(self.homes, named, self.ways, joins=self.ground.houses)


@st.composite
def towns(draw, *, members):
    lanes = sorted(draw(st.sets(st.sampled_from(range(3)), min_size=1)))
    links = [LINKS[i] for i in (0, 1) if i in lanes and i + 1 in lanes and draw(st.booleans())]
    lines = [STREET, *(LANES[i] for i in lanes), *links]
    numbers = st.integers(0, len(lines) - 1)
    spot = st.tuples(numbers, st.integers(2, 98), st.sampled_from([-4, 4]))
    drawn = draw(st.lists(spot, min_size=3, max_size=7, unique=True))
    spots = [beside(lines[line], along, aside) for line, along, aside in drawn]
    bases = draw(st.lists(st.sampled_from(spots), min_size=members, max_size=members))
    residents = draw(st.lists(st.integers(1, 6), min_size=len(spots), max_size=len(spots)))
    return Town(lines, spots, [float(one) for one in residents], bases)


def beside(line, percent, aside):
    """Return the spot so far along a line and so many metres off it."""
    (x0, y0), (x1, y1) = line
    x, y = x0 + (x1 - x0) * percent / 100, y0 + (y1 - y0) * percent / 100
    return (x, y + aside) if x1 > x0 else (x + aside, y)


@settings(max_examples=25, deadline=None)
@given(st.data(), st.integers(2, 3), st.sampled_from([0.1, 0.3, 0.6]))
def test_no_connected_plan_within_the_windows_walks_less_than_the_bound(data, members, balance):
    """The windows are those of the rules, widened to the loads of the plan found where it misses them."""
    town = data.draw(towns(members=members))
    found = share(
        town.homes, town.team, town.ways, PlanRules(balance=balance, steps=200), ground=town.ground
    )
    plan = found.assignment
    assert plan["member_id"].notna().all()
    load = plan.groupby("member_id")["load_min"].sum().reindex(town.team["member_id"], fill_value=0)
    wanted = windows(town.team, float(town.minutes.sum()), balance=balance)
    low, high = np.minimum(wanted.low_min, load), np.maximum(wanted.high_min, load)

    best = town.optimum(low.to_numpy(), high.to_numpy())

    assert found.lower_bound <= best + MM
    assert best <= plan["walk_m"].sum() + MM


@settings(max_examples=25, deadline=None)
@given(st.data(), st.floats(1.0, 2.5))
def test_one_member_more_never_raises_the_optimum_nor_the_bound_where_limits_are_only_from_above(
    data, room
):
    """Without least loads, and with the others' limits as they are, the newcomer may be given nothing.

    Every plan for the few is one for the many, as connected as it was: the best of the many is no worse. The bound is
    the optimum of the same with load divided, for which that holds as well. With windows around a fair share it does
    not: a newcomer must be given work, however far from home, and the others' greatest loads shrink.
    """
    town = data.draw(towns(members=3))
    caps = np.full(3, room * town.minutes.sum() / 2)
    nothing = np.zeros(3)
    many = town.optimum(nothing, caps)
    lower = flow(town.walk, town.minutes, nothing, caps).bound_m

    few = town.optimum(nothing, np.r_[caps[:2], 0.0])
    fewer = flow(town.walk[:, :2], town.minutes, nothing[:2], caps[:2]).bound_m

    assert many <= few + MM
    assert lower <= fewer + MM
    assert lower <= many + MM
    assert fewer <= few + MM


@settings(max_examples=10, deadline=None)
@given(st.data())
def test_a_member_without_weekly_minutes_leaves_the_bound_as_it_is(data):
    """Who has no minutes has an empty window, and the others' windows stay as they were: the same problem."""
    town = data.draw(towns(members=3))
    team = town.team.assign(minutes_per_week=[120.0, 60.0, 0.0])
    rules = PlanRules(balance=0.5, steps=200)

    many = share(town.homes, team, town.ways, rules)
    few = share(town.homes, team.iloc[:2], town.ways, rules)

    inside = all(
        (
            windows(some, float(town.minutes.sum()), balance=0.5).outside_min(loads(one, some)) < MM
        ).all()
        for one, some in ((many, team), (few, team.iloc[:2]))
    )
    assume(inside)
    assert abs(many.lower_bound - few.lower_bound) <= MM


def loads(sharing, team):
    plan = sharing.assignment
    load = plan.groupby("member_id")["load_min"].sum()
    return load.reindex(team["member_id"], fill_value=0.0).to_numpy()
