"""Places in few bytes: off by less than a metre in a ward, and never somewhere else."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from layers.coordinates import METRES_A_DEGREE, coded, decoded

WARD = (107.50, 16.40, 107.56, 16.45)  # about 6.4 km by 5.6 km

within = st.tuples(st.floats(107.50, 107.56), st.floats(16.40, 16.45))


def off_m(places, box):
    """How far each place is off after the way there and back, in metres, east and north alike."""
    numbers, told = coded(places, box)
    return np.hypot(*((decoded(numbers, told) - places) * METRES_A_DEGREE).T)


@given(st.lists(within, min_size=1, max_size=50))
def test_a_place_in_a_ward_is_off_by_less_than_a_quarter_of_a_metre(places):
    assert off_m(np.array(places), WARD).max() < 0.25


@given(st.floats(0.001, 0.5), st.floats(0.001, 0.5), st.lists(within, min_size=1, max_size=20))
def test_whatever_the_box_no_place_is_off_by_a_metre(wide, high, places):
    box = (107.50, 16.40, 107.50 + wide, 16.40 + high)

    assert off_m(np.array(places), box).max() < 1


@given(st.lists(st.tuples(st.floats(102, 110), st.floats(8, 24)), min_size=1, max_size=20))
def test_a_place_anywhere_in_the_country_is_off_by_less_than_a_metre(places):
    assert off_m(np.array(places), (102.1, 8.5, 109.5, 23.4)).max() < 1


def test_one_place_on_the_other_side_of_the_world_costs_the_others_nothing():
    places = np.array([[107.51, 16.41], [16.41, 107.51], [107.52, 16.42]])

    numbers, told = coded(places, WARD)

    assert (numbers.dtype, told["far"]) == (np.uint16, [[1, 16.41, 107.51]])
    assert decoded(numbers, told) == pytest.approx(places, abs=1e-6)


def test_all_at_one_spot_is_a_place_too():
    spot = np.array([[107.5, 16.4]])

    assert off_m(spot, (107.5, 16.4, 107.5, 16.4)).max() < 0.25


def test_nobody_at_all_takes_nothing():
    numbers, told = coded(np.empty((0, 2)), WARD)

    assert (len(numbers), told["far"]) == (0, [])
