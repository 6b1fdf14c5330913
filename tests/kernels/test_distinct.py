import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from valuechain.kernels.distinct import distinct


@given(st.lists(st.integers(-9, 9)))
def test_distinct_numbers_stand_once_in_order(numbers: list[int]):
    assert distinct(np.array(numbers, dtype=np.int64)).tolist() == sorted(set(numbers))
