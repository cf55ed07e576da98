"""Local join counts: worked by hand, against all permutations, and what they say of chance alone."""

from itertools import combinations

import numpy as np
import pytest

from planning.local_clusters import NONE, adjusted, clusters, join_counts, usual_distance_m


def on_a_line(*metres):
    return np.column_stack([np.array(metres, dtype=float), np.zeros(len(metres))])


def one_group(points):
    return np.zeros(len(points), dtype=np.intp)


def test_five_points_on_a_line_worked_by_hand():
    points = on_a_line(0, 10, 20, 30, 40)
    marked = np.array([True, True, False, False, True])

    counts = join_counts(points, marked, one_group(points), within_m=10)

    assert counts.neighbours.tolist() == [1, 2, 2, 2, 1]
    assert counts.joins.tolist() == [1, 1, 1, 1, 0]
    # Two more marks among four others: the one neighbour has one in 2 of 4 cases, neither of two in 1 of 6.
    assert counts.p == pytest.approx([1 / 2, 5 / 6, 1, 1, 1])


def test_the_p_value_is_that_of_all_permutations_counted_out():
    points = np.array([[0, 0], [0, 1], [1, 0], [1, 1], [5, 5], [5, 6], [9, 9]], dtype=float)
    marked = np.array([True, True, True, False, True, False, False])
    counts = join_counts(points, marked, one_group(points), within_m=1.5)

    dealt = [set(others) for others in combinations(range(1, 7), 3)]
    as_many = [len(others & {1, 2, 3}) >= counts.joins[0] for others in dealt]

    assert counts.p[0] == pytest.approx(np.mean(as_many))


def test_points_on_one_spot_are_neighbours_of_each_other():
    points = on_a_line(0, 0, 0, 50)
    marked = np.array([True, True, False, True])

    counts = join_counts(points, marked, one_group(points), within_m=10)

    assert counts.neighbours.tolist() == [2, 2, 2, 0]
    assert counts.joins.tolist() == [1, 1, 2, 0]


def test_points_of_another_group_are_no_neighbours_and_lend_no_marks():
    points = on_a_line(0, 5, 10, 15)
    marked = np.array([True, True, True, False])

    counts = join_counts(points, marked, np.array([0, 0, 1, 1]), within_m=100)

    assert counts.neighbours.tolist() == [1, 1, 1, 1]
    assert counts.joins.tolist() == [1, 1, 0, 1]


def test_p_values_are_adjusted_for_their_number_as_published():
    # Benjamini & Hochberg (1995): the k-th smallest times m/k, made monotone from above.
    assert adjusted(np.array([0.01, 0.02, 0.03, 0.2])) == pytest.approx([0.04, 0.04, 0.04, 0.2])
    assert len(adjusted(np.array([]))) == 0


def test_points_join_the_nearest_core_and_cores_join_each_other():
    points = on_a_line(0, 8, 16, 30, 100, 106, 300)
    core = np.array([True, False, True, True, True, False, False])

    # 16 and 0 are too far apart to be one, 16 and 30 as well.
    found = clusters(points, core, within_m=10)

    assert found[[0, 2, 3, 4]].tolist() == [0, 1, 2, 3]
    assert found[1] in (0, 1)
    assert found[5] == found[4]
    assert found[6] == NONE


def test_without_a_core_there_is_no_cluster():
    assert clusters(on_a_line(0, 1), np.array([False, False]), within_m=5).tolist() == [NONE, NONE]


def test_the_usual_distance_gives_half_of_the_points_their_neighbours_in_whole_tens():
    grid = np.array([[x, y] for x in range(15) for y in range(15)], dtype=float) * 15

    # Within 45 m (three steps) of a point inside the grid lie 28 others, within 42 m 24.
    assert usual_distance_m(grid) == 50.0
    assert usual_distance_m(grid[:1]) == 30.0
    assert usual_distance_m(grid * 1000) == 500.0


def test_marks_dealt_out_by_chance_seldom_make_a_cluster():
    rng = np.random.default_rng(7)
    points = rng.uniform(0, 300, (250, 2))
    found = 0
    for _ in range(60):
        marked = rng.permutation(250) < 60
        p = join_counts(points, marked, one_group(points), within_m=40).p[marked]
        found += bool((adjusted(p) <= 0.05).any())

    # 60 times one in twenty are 3; ten or more would come by chance once in a thousand.
    assert found < 10
