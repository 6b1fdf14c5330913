"""Location quotients, relatedness and density against worked figures and against the formulas written out."""

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valuechain.kernels.relatedness import (
    Measure,
    added_density,
    density,
    location_quotients,
    quotient_bounds,
    relatedness,
)

COUNTS = np.array(
    [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]], float
)
"""Five regions by five activities, of which the first stands alone in the first region."""

SPECIALISED = location_quotients(COUNTS) >= 1

matrices = arrays(bool, st.tuples(st.integers(1, 6), st.integers(1, 6)))


class TestLocationQuotients:
    def test_golden(self):
        quotients = location_quotients(COUNTS)

        assert quotients[1] == pytest.approx([0, 0.75, 0.25, 3.5, 0.5])
        assert quotients[4] == pytest.approx([0, 2, 2.75, 0.25, 0])

    def test_are_one_where_every_region_does_the_same(self):
        assert location_quotients(np.outer([1.0, 2.0, 5.0], [3.0, 4.0])) == pytest.approx(1.0)

    def test_have_no_answer_for_a_region_or_an_activity_without_anything(self):
        quotients = location_quotients(np.array([[1.0, 0.0], [0.0, 0.0]]))

        assert quotients[0, 0] == 1.0
        assert np.isnan(quotients[1]).all()
        assert np.isnan(quotients[:, 1]).all()


class TestQuotientBounds:
    def test_are_wilsons_interval_over_the_share_everywhere(self):
        # 3 of 20: Wilson's 95 % interval is 0.0524 to 0.3604; everywhere it is 13 of 120
        low, high = quotient_bounds(np.array([[3.0, 17.0], [10.0, 90.0]]))

        assert low[0, 0] == pytest.approx(0.0524 / (13 / 120), rel=1e-3)
        assert high[0, 0] == pytest.approx(0.3604 / (13 / 120), rel=1e-3)

    @given(arrays(float, st.tuples(st.integers(1, 5), st.integers(1, 5)), elements=st.integers(0, 50)))
    def test_hold_the_quotient_between_them(self, counts):
        quotients = location_quotients(counts)
        low, high = quotient_bounds(counts)
        known = ~np.isnan(quotients)

        assert (np.isnan(low) == ~known).all()
        assert (low[known] <= quotients[known] + 1e-9).all()
        assert (quotients[known] <= high[known] + 1e-9).all()

    def test_come_closer_where_more_was_counted(self):
        few, many = np.array([[3.0, 17.0], [10.0, 90.0]]), np.array([[300.0, 1700.0], [1000.0, 9000.0]])

        assert quotient_bounds(few)[0][0, 0] < quotient_bounds(many)[0][0, 0] < location_quotients(few)[0, 0]


class TestRelatedness:
    def test_golden(self):
        assert relatedness(SPECIALISED, "cosine")[1, 2] == pytest.approx(0.5163978, abs=1e-7)

    @given(matrices)
    def test_is_the_formula(self, specialised):
        together = specialised.astype(float).T @ specialised.astype(float)
        np.fill_diagonal(together, 0)
        met, total = together.sum(axis=1), together.sum()
        formulas: dict[Measure, Callable[[float, float, float], float]] = {
            "association": lambda c, one, other: c * total / (one * other),
            "cosine": lambda c, one, other: c / np.sqrt(one * other),
            "jaccard": lambda c, one, other: c / (one + other - c),
        }
        for measure, formula in formulas.items():
            found = relatedness(specialised, measure)
            for i, j in np.ndindex(found.shape):
                expected = formula(together[i, j], met[i], met[j]) if together[i, j] else 0.0
                assert found[i, j] == pytest.approx(expected)

    @given(matrices)
    def test_is_symmetric_and_nothing_with_itself(self, specialised):
        for measure in ("association", "cosine", "jaccard"):
            found = relatedness(specialised, measure)
            assert (found == found.T).all()
            assert (np.diag(found) == 0).all()


class TestDensity:
    def test_golden(self):
        found = density(relatedness(SPECIALISED, "cosine"), SPECIALISED)

        assert found[1, 1:] == pytest.approx([24.71, 0, 0, 32.45], abs=0.005)
        assert found[2, 1:] == pytest.approx([59.65, 100, 100, 73.50], abs=0.005)

    def test_has_no_answer_for_an_activity_that_is_related_to_no_other(self):
        assert np.isnan(density(relatedness(SPECIALISED, "cosine"), SPECIALISED)[:, 0]).all()

    @given(matrices)
    def test_lies_between_nothing_and_everything(self, specialised):
        found = density(relatedness(specialised, "association"), specialised)
        known = found[~np.isnan(found)]

        assert ((known >= 0) & (known <= 100 + 1e-9)).all()


class TestAddedDensity:
    @given(matrices)
    def test_is_the_density_of_both_less_that_of_the_region_alone(self, specialised):
        related = relatedness(specialised, "cosine")
        own = specialised[0]
        both = density(related, specialised | own)
        alone = density(related, own[None, :])

        np.testing.assert_allclose(added_density(related, own, specialised), both - alone, atol=1e-9)

    def test_a_region_adds_nothing_to_itself(self):
        related = relatedness(SPECIALISED, "cosine")

        assert np.nansum(added_density(related, SPECIALISED[2], SPECIALISED[2:3])) == 0
