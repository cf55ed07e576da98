"""What a meeting sees of coverage: nobody can conclude a count of one to four households from it."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from exports.public_coverage import public_coverage, total_may_be_told


def rows(*pairs):
    frame = pd.DataFrame(pairs, columns=["households", "reached"])
    return frame.assign(unreached=frame["households"] - frame["reached"])


def test_large_counts_are_shown_and_small_ones_are_not():
    told = public_coverage(rows((100, 60), (80, 3), (90, 45), (70, 0)))

    assert told["reached"].tolist()[2:] == [45, 0]
    assert pd.isna(told["reached"][1])
    assert pd.isna(told["share_reached"][1])
    # One row more is hidden: three is the total less the others.
    assert pd.isna(told["reached"][0])


def test_almost_everybody_reached_is_as_telling_as_almost_nobody():
    told = public_coverage(rows((100, 98), (80, 40), (90, 45)))

    assert told["unreached"].isna().tolist() == [True, True, False]


def test_a_neighbourhood_without_households_has_no_share():
    told = public_coverage(rows((0, 0), (80, 40)))

    assert told["reached"].tolist() == [0, 40]
    assert told["share_reached"].isna().tolist() == [True, False]


def test_a_neighbourhood_of_a_few_households_is_hidden_with_the_one_that_plans_hide():
    told = public_coverage(rows((30, 0), (3, 0), (40, 0)))

    assert told["reached"].isna().tolist() == [True, True, False]


def test_the_total_is_not_told_where_it_would_tell_of_few():
    assert not total_may_be_told(rows((40, 3)))
    assert not total_may_be_told(rows((40, 38), (30, 30)))
    assert total_may_be_told(rows((100, 60), (80, 3), (90, 45)))


@given(
    st.lists(
        st.integers(0, 60).flatmap(lambda n: st.tuples(st.just(n), st.integers(0, n))),
        min_size=1,
        max_size=5,
    )
)
def test_every_count_that_fits_what_is_shown_cannot_be_pinned_to_one_to_four(pairs):
    given_rows = rows(*pairs)
    told = public_coverage(given_rows)
    whole, reached = given_rows["households"].to_numpy(), given_rows["reached"].to_numpy()
    hidden = told["reached"].isna().to_numpy()
    assert (told.loc[~hidden, "reached"].to_numpy(dtype=int) == reached[~hidden]).all()
    few = ((reached > 0) & (reached < 5)) | ((whole - reached > 0) & (whole - reached < 5))
    assert hidden[few].all()
    if not total_may_be_told(given_rows):
        return
    # A reader who tries every split of the hidden total finds one with five or more, reached and unreached.
    for row in np.flatnonzero(hidden & (whole >= 5)):
        possible = _possible(
            whole[hidden], int(reached[hidden].sum()), list(np.flatnonzero(hidden)).index(row)
        )
        assert max(possible) == 0 or max(possible) >= 5
        assert whole[row] - min(possible) in (0, *range(5, 61))
    # Of fewer than five households nothing is told at all, unless the whole ward stands alike.
    alike = reached.sum() in (0, whole.sum())
    for row in np.flatnonzero((whole > 0) & (whole < 5) & (not alike)):
        at = list(np.flatnonzero(hidden)).index(row)
        possible = _possible(whole[hidden], int(reached[hidden].sum()), at)
        assert possible == list(range(whole[row] + 1))


def _possible(whole, total, at):
    """Every count of one row for which the others can make up the rest."""
    rest = whole.sum() - whole[at]
    return [count for count in range(whole[at] + 1) if 0 <= total - count <= rest]
