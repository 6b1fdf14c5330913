"""Figures against the kind told. Limits: Commission Recommendation 2003/361/EC, Annex, Article 2(1)."""

import pytest

from tests.sources.plausibility.warned import of_organisation, warnings


@pytest.mark.parametrize(
    "figures",
    [
        {"staff": 249},
        {"staff": 249, "turnover_eur": 50_000_000, "balance_eur": 90_000_000},
        {"staff": 249, "turnover_eur": 90_000_000, "balance_eur": 43_000_000},
        {"turnover_eur": 90_000_000},
        {"balance_eur": 90_000_000},
        {"staff_min": 50, "staff_max": 249},
        {"staff_min": 100, "staff_max": 500},
        {},
    ],
)
def test_figures_up_to_the_limits_are_those_of_an_sme(figures: dict[str, float]):
    assert of_organisation(kind="sme", **figures) == []


def test_250_staff_are_too_many_for_an_sme():
    why = "250 staff, and the kind is sme: an SME has fewer than 250 (2003/361/EC)."
    assert of_organisation(kind="sme", staff=250) == [("staff", why)]
    assert of_organisation(kind="sme", staff_min=250, staff_max=999) == [("staff_min", why)]


def test_turnover_and_balance_both_over_the_limit_are_too_much_for_an_sme():
    ((field, why),) = of_organisation(kind="sme", staff=10, turnover_eur=50_000_001, balance_eur=43_000_001)
    assert field == "kind"
    assert "EUR 50,000,001 turnover and EUR 43,000,001 balance" in why
    assert of_organisation(kind="sme", turnover_min_eur=60_000_000, balance_eur=50_000_000) != []


@pytest.mark.parametrize("kind", ["large", "rto", "university", "other"])
def test_other_kinds_may_have_any_figure(kind: str):
    """A large firm with few staff may be part of a group, which counts whole (Annex, Article 3)."""
    assert of_organisation(kind=kind, staff=3) == []
    assert of_organisation(kind=kind, staff=30_000) == []


class TestBands:
    def test_begin_below_their_end(self):
        assert of_organisation(staff_min=50, staff_max=249, staff=50, turnover_min_eur=2, turnover_max_eur=2) == []

    def test_that_end_before_they_begin_are_told(self):
        assert of_organisation(staff_min=249, staff_max=50, staff=60) == [
            ("staff_min", "staff_min is 249, more than staff_max, 50.")
        ]
        assert [field for field, _ in of_organisation(turnover_min_eur=10.0, turnover_max_eur=2.0)] == [
            "turnover_min_eur"
        ]

    def test_hold_the_figure_itself(self):
        assert of_organisation(staff=40, staff_min=50) == [("staff", "staff is 40, less than staff_min, 50.")]
        assert of_organisation(staff=300, staff_max=249) == [("staff", "staff is 300, more than staff_max, 249.")]

    def test_of_calls_too(self):
        (fault,) = warnings(calls=[{"id": "c", "title": "C", "trl_min": 6, "trl_max": 4}])
        assert (fault.column, fault.value) == ("trl_min", "6")
