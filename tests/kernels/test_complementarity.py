"""What regions add to each other, against figures worked out by hand and against the formulas written out."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from valuechain.kernels.complementarity import gains, mutual, similarity, worth
from valuechain.kernels.relatedness import added_density, density, location_quotients, relatedness

COUNTS = np.array(
    [[100, 0, 0, 0, 0], [0, 15, 5, 70, 10], [0, 20, 10, 20, 50], [0, 25, 30, 5, 40], [0, 40, 55, 5, 0]], float
)
"""Five regions by five activities, of which the first stands alone in the first region."""

SPECIALISED = location_quotients(COUNTS) >= 1
RELATED = relatedness(SPECIALISED, "cosine")
EVERYTHING = np.ones(5, dtype=bool)

matrices = arrays(bool, st.tuples(st.integers(1, 6), st.integers(1, 6)))


def gained(specialised: np.ndarray, wanted: np.ndarray) -> np.ndarray:
    return gains(worth(relatedness(specialised, "cosine"), wanted), specialised)


class TestGains:
    def test_golden(self):
        """The second region is specialised in the fourth activity alone, the third in the second, fourth and fifth.

        So the third adds activities 2 and 5 to the second. Meetings C: 2-3 and 2-5 twice, 2-4, 3-5 and 4-5 once; their
        sums S: 5, 3, 2, 4. Of what is related to activity 2, activity 5 is phi_25 / (phi_23 + phi_24 + phi_25); all
        that is related to activities 3 and 4 are 2 and 5; of what is related to 5, 2 is phi_25 / (phi_25 + ...).
        """
        assert SPECIALISED[1:3, 1:].tolist() == [[False, False, True, False], [True, False, True, True]]
        phi_23, phi_24, phi_25 = 2 / 15**0.5, 1 / 10**0.5, 2 / 20**0.5
        phi_35, phi_45 = 1 / 12**0.5, 1 / 8**0.5
        to_2 = phi_25 / (phi_23 + phi_24 + phi_25)
        to_5 = phi_25 / (phi_25 + phi_35 + phi_45)

        assert gained(SPECIALISED, EVERYTHING)[1, 2] == pytest.approx(100 * (to_2 + 1 + 1 + to_5) / 4)

    def test_of_one_activity_alone_are_its_added_density(self):
        for activity in range(1, 5):
            found = gained(SPECIALISED, np.arange(5) == activity)
            for region in range(5):
                expected = added_density(RELATED, SPECIALISED[region], SPECIALISED)[:, activity]
                assert found[region] == pytest.approx(expected)

    def test_have_no_answer_for_a_field_that_is_related_to_nothing(self):
        assert np.isnan(gained(SPECIALISED, np.arange(5) == 0)).all()

    @given(matrices)
    def test_are_the_mean_added_density_of_the_field(self, specialised):
        related = relatedness(specialised, "cosine")
        wanted = np.arange(specialised.shape[1]) % 3 != 2
        found = gained(specialised, wanted)
        for region, own in enumerate(specialised):
            added = added_density(related, own, specialised)[:, wanted]
            known = added[:, ~np.isnan(added).any(axis=0)]
            if known.shape[1]:
                assert found[region] == pytest.approx(known.mean(axis=1), abs=1e-9)
            else:
                assert np.isnan(found[region]).all()

    @given(matrices)
    def test_lie_between_nothing_and_everything_and_nobody_gains_from_itself(self, specialised):
        found = gained(specialised, np.ones(specialised.shape[1], dtype=bool))
        known = found[~np.isnan(found)]
        own = np.diag(found)

        assert ((known >= 0) & (known <= 100 + 1e-9)).all()
        assert (own[~np.isnan(own)] == 0).all()

    @given(matrices)
    def test_of_two_are_the_density_of_both_together_less_that_of_one_alone(self, specialised):
        related = relatedness(specialised, "cosine")
        every = np.ones(specialised.shape[1], dtype=bool)
        found = gained(specialised, every)
        alone = density(related, specialised)
        for region, partner in np.ndindex(found.shape):
            both = density(related, (specialised[region] | specialised[partner])[None, :])[0]
            more = (both - alone[region])[~np.isnan(both)]
            if len(more):
                assert found[region, partner] == pytest.approx(more.mean(), abs=1e-9)


class TestMutualGains:
    def test_are_the_geometric_mean_of_both(self):
        assert mutual(np.array([[0.0, 4.0], [9.0, 0.0]])).tolist() == [[0, 6], [6, 0]]

    def test_are_nothing_where_one_gains_nothing_and_unknown_where_one_is(self):
        assert mutual(np.array([[0.0, 4.0], [0.0, 0.0]]))[0, 1] == 0
        assert np.isnan(mutual(np.array([[0.0, np.nan], [9.0, 0.0]]))[0, 1])


class TestSimilarity:
    def test_golden(self):
        """Of the three that the third region and the fourth are specialised in, and the fourth's own third activity."""
        assert SPECIALISED[2:4].tolist() == [[False, True, False, True, True], [False, True, True, False, True]]
        assert similarity(SPECIALISED)[2, 3] == pytest.approx(2 / 4)

    @given(matrices)
    def test_is_symmetric_one_with_itself_and_unknown_between_regions_without_any(self, specialised):
        found = similarity(specialised)
        some = specialised.any(axis=1)

        assert np.array_equal(found, found.T, equal_nan=True)
        assert (np.diag(found)[some] == 1).all()
        assert np.isnan(found[~some][:, ~some]).all()
