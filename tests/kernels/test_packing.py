"""Discs that are packed never overlap and stay where they are; marks fill a disc."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valuechain.kernels.packing import disc_radius, filled_disc, packed_discs

RADII = st.lists(st.floats(1.0, 30.0), min_size=1, max_size=14).map(np.array)


def apart(places):
    gaps = np.linalg.norm(places[:, None] - places[None], axis=2)
    return gaps + np.where(np.eye(len(places), dtype=bool), np.inf, 0.0)


@given(st.integers(2, 400))
@settings(max_examples=30)
def test_marks_are_about_one_apart_and_stay_within_the_disc(count):
    places = filled_disc(count)

    assert 0.8 < apart(places).min() < 1.3
    assert np.linalg.norm(places, axis=1).max() <= disc_radius(count)


@given(RADII, st.integers(0, 2**32 - 1))
@settings(max_examples=40)
def test_no_disc_lies_on_another(radii, seed):
    weights = np.random.default_rng(seed).random((len(radii), len(radii)))
    middles = packed_discs(radii, weights + weights.T)

    assert (apart(middles) >= radii[:, None] + radii[None] - 1e-6).all()


@given(RADII, arrays(float, 14 * 14, elements=st.floats(0.0, 1.0)))
@settings(max_examples=40)
def test_what_came_first_stays_where_it_is(radii, drawn):
    weights = drawn.reshape(14, 14)[: len(radii), : len(radii)]
    weights = weights + weights.T
    fewer = max(1, len(radii) // 2)

    np.testing.assert_array_equal(
        packed_discs(radii, weights)[:fewer], packed_discs(radii[:fewer], weights[:fewer, :fewer])
    )


def test_a_disc_lies_beside_the_one_that_it_is_tied_to():
    weights = np.zeros((4, 4))
    weights[3, 1] = weights[1, 3] = 1.0
    middles = packed_discs(np.full(4, 10.0), weights)

    gaps = np.linalg.norm(middles[:3] - middles[3], axis=1)
    assert gaps.argmin() == 1
