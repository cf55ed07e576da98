"""The judge of zones says what is wrong with wrong zones."""

import numpy as np

from bench.checking_zones import judged
from bench.zones import compared
from planning.triangulated import links_of

LINE = np.c_[np.arange(6.0), np.zeros(6)]
LINKS = links_of(np.array([[i, i + 1] for i in range(5)]), 6)


def verdict(*owner, locked=None, low=2.0, high=4.0):
    return judged(
        LINE,
        np.ones(6),
        np.array(owner),
        low=np.full(2, low),
        high=np.full(2, high),
        links=LINKS,
        locked=locked,
    )


def test_good_zones_are_valid():
    said = verdict(0, 0, 0, 1, 1, 1)

    assert said.valid
    assert said.sum_of_squares_m2 == 4


def test_a_zone_in_two_pieces_is_disconnected():
    assert verdict(0, 0, 1, 1, 1, 0).disconnected == 1


def test_a_load_outside_its_window_is_counted():
    assert verdict(0, 1, 1, 1, 1, 1).outside == 2


def test_a_household_without_a_member_is_counted():
    assert verdict(0, 0, 0, 1, 1, -1).unshared == 1


def test_a_broken_lock_is_counted():
    assert verdict(0, 0, 0, 1, 1, 1, locked=np.array([1, -1, -1, -1, -1, 1])).unlocked == 1


def test_the_table_has_nothing_wrong_in_it():
    rows = compared("hamlets", 120, 4, seeds=1, peers=[])

    assert [row["outside"] + row["disconnected"] + row["locks_broken"] for row in rows] == [0, 0]
