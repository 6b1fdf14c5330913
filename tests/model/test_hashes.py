"""Hashes in their order."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.hashes import WIDTH, order_of


@given(st.lists(st.integers(0, 2**128 - 1), max_size=30), st.booleans())
def test_are_ordered_as_texts_are_with_equal_ones_as_they_stand(numbers: list[int], twice: bool):
    hashes = np.array([f"{number:032x}" for number in numbers * (1 + twice)], WIDTH)
    assert order_of(hashes).tolist() == np.argsort(hashes, kind="stable").tolist()


@pytest.mark.parametrize("second", ["0" * 32, "f" * 32])
def test_that_begin_alike_are_told_apart_by_their_ends(second: str):
    hashes = np.array(["a" * 16 + second[:16], "a" * 16 + "7" * 16], WIDTH)
    assert order_of(hashes).tolist() == np.argsort(hashes).tolist()
