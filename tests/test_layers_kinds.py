"""Columns of codes as one: every row gets back what it had."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from layers.kinds import combined, narrow

rows = st.lists(
    st.tuples(st.integers(0, 3), st.integers(0, 70_000), st.integers(0, 1)), max_size=60
)


@given(rows)
def test_every_row_finds_its_own_codes(rows):
    codes = np.array(rows, dtype=np.int64).reshape(-1, 3)
    columns = {str(n): codes[:, n] for n in range(3)}

    kinds, which = combined(columns)

    back = np.column_stack([kinds[name][which] for name in columns])
    assert (back == codes).all()
    assert len(kinds["0"]) == len({tuple(row) for row in rows})


def test_codes_take_as_many_bytes_as_the_largest_needs():
    assert [narrow(np.array([0, most])).itemsize for most in (255, 256, 65_536)] == [1, 2, 4]
    assert narrow(np.array([], dtype=np.int64)).itemsize == 1
