"""Who is an SME by Recommendation 2003/361/EC, against cases worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import graph_of
from valuechain.analyses._sme import MAYBE, NO, YES, sme_statuses

SMALL = {"staff": 40, "turnover_eur": 8e6, "balance_eur": 5e6}


def firm(name: str, **fields: Any) -> dict[str, Any]:
    return {"id": name, "name": name, "kind": "sme", **fields}


def owns(owner: str, owned: str, share: float | None = None) -> dict[str, Any]:
    return {"owner": owner, "owned": owned, "share": share}


def of(*firms: dict[str, Any], ownerships: tuple[dict[str, Any], ...] = ()) -> tuple[int, str]:
    """Status and words of the first firm."""
    graph = graph_of({"organisations": list(firms), "ownerships": list(ownerships)})
    first = graph.find("organisations", f"test:{firms[0]['id']}")
    found = sme_statuses(graph)
    return int(found.status[first]), found.words(first)


@pytest.mark.parametrize(
    ("staff", "turnover", "balance", "expected"),
    [
        (9, 2e6, 9e9, (YES, "micro")),
        (9, 9e9, 2e6, (YES, "micro")),
        (10, 2e6, 2e6, (YES, "small")),
        (49, 10e6, 10e6, (YES, "small")),
        (9, 10e6, 3e6, (YES, "small")),
        (50, 10e6, 10e6, (YES, "medium-sized")),
        (249, 50e6, 90e6, (YES, "medium-sized")),
        (249, 90e6, 43e6, (YES, "medium-sized")),
        (249, 50_000_001, 43_000_001, (NO, "large (declared an SME)")),
        (250, 1e6, 1e6, (NO, "large (declared an SME)")),
    ],
)
def test_ceilings_of_staff_and_of_turnover_or_balance_sheet(staff, turnover, balance, expected):
    assert of(firm("a", staff=staff, turnover_eur=turnover, balance_eur=balance)) == expected


class TestOwnership:
    BIG = firm("p", staff=400, turnover_eur=90e6, balance_eur=90e6)

    @pytest.mark.parametrize(
        ("share", "expected"),
        [
            (0.24, (YES, "small")),  # autonomous
            (0.25, (YES, "medium-sized, with 1 linked or partner firms")),  # 40 + 100 staff; 8 + 22.5 million
            (
                0.50,
                (YES, "medium-sized, with 1 linked or partner firms"),
            ),  # 40 + 200 staff; 5 + 45 > 43, but 8 + 45 > 50
            (0.51, (NO, "large, with 1 linked or partner firms (declared an SME)")),
            (None, (NO, "large, with 1 linked or partner firms (declared an SME)")),
        ],
    )
    def test_counts_not_at_all_in_proportion_or_in_full(self, share, expected):
        partner = self.BIG if share != 0.5 else firm("p", staff=400, turnover_eur=80e6, balance_eur=90e6)
        assert of(firm("a", **SMALL), partner, ownerships=(owns("p", "a", share),)) == expected

    def test_counts_downstream_as_upstream(self):
        assert of(firm("a", **SMALL), self.BIG, ownerships=(owns("a", "p", 0.3),))[1].startswith("medium-sized")

    def test_brings_along_those_linked_to_a_partner(self):
        # a quarter of p (100 staff) and of its daughter d (1,000): 40 + 275 staff
        firms = (firm("a", **SMALL), firm("p", **{**SMALL, "staff": 100}), firm("d", **{**SMALL, "staff": 1000}))
        assert of(*firms, ownerships=(owns("p", "a", 0.25), owns("p", "d", 0.9)))[0] == NO

    def test_brings_along_the_partners_of_those_linked(self):
        # b is linked to a, and half of p (400 staff) counts with b: 40 + 40 + 200
        firms = (firm("a", **SMALL), firm("b", **SMALL), self.BIG)
        assert of(*firms, ownerships=(owns("a", "b", 0.8), owns("p", "b", 0.5)))[0] == NO

    def test_of_cross_holdings_the_larger_share_counts(self):
        held = (owns("p", "a", 0.25), owns("a", "p", 0.5))
        assert of(firm("a", **SMALL), firm("p", **{**SMALL, "staff": 419}), ownerships=held)[0] == YES
        assert of(firm("a", **SMALL), firm("p", **{**SMALL, "staff": 420}), ownerships=held)[0] == NO

    def test_by_equal_group_ids_is_a_link(self):
        assert of(firm("a", **SMALL, group_id="g"), firm("p", **{**SMALL, "staff": 300}, group_id="g"))[0] == NO

    @pytest.mark.parametrize("kind", ["university", "rto", "investor"])
    def test_up_to_half_by_a_university_or_an_investor_leaves_a_firm_autonomous(self, kind):
        assert of(firm("a", **SMALL), {**self.BIG, "kind": kind}, ownerships=(owns("p", "a", 0.5),)) == (YES, "small")

    def test_of_a_quarter_by_public_bodies_makes_it_no_sme(self):
        city = {"id": "p", "name": "City", "kind": "public"}
        assert of(firm("a", **SMALL), city, ownerships=(owns("p", "a", 0.24),)) == (YES, "small")
        expected = (NO, "not an SME: public bodies hold a quarter or more")
        assert of(firm("a", **SMALL), city, ownerships=(owns("p", "a", 0.25),)) == expected


class TestWhatIsNotKnown:
    def test_leaves_it_to_what_was_declared_and_says_what_is_missing(self):
        assert of(firm("a")) == (YES, "SME as declared; figures missing: staff and turnover or balance sheet")
        assert of(firm("a", staff=40)) == (YES, "SME as declared; figures missing: turnover or balance sheet")
        assert of(firm("a", turnover_eur=1e6)) == (YES, "SME as declared; figures missing: staff and balance sheet")
        large = (NO, "large as declared; figures missing: staff and turnover or balance sheet")
        assert of({**firm("a"), "kind": "large"}) == large

    def test_is_not_known_where_nothing_was_declared_either(self):
        expected = (MAYBE, "not known; figures missing: staff and turnover or balance sheet")
        assert of({**firm("a"), "kind": "other"}) == expected

    def test_does_not_matter_where_the_known_figures_decide(self):
        assert of(firm("a", staff=300)) == (NO, "large (declared an SME)")
        assert of(firm("a", staff=40, turnover_eur=1e6)) == (YES, "small")
        assert of(firm("a", turnover_eur=60e6, balance_eur=50e6))[0] == NO

    def test_of_a_band_decides_where_the_whole_band_does(self):
        assert of(firm("a", staff_min=20, staff_max=30, turnover_eur=1e6)) == (YES, "small")
        assert of(firm("a", staff_min=5, staff_max=30, turnover_eur=1e6)) == (YES, "SME (micro or small)")
        assert of({**firm("a", staff_min=200, staff_max=300, turnover_eur=1e6), "kind": "other"})[0] == MAYBE

    def test_of_a_linked_firm_is_not_known_of_the_whole(self):
        words = of(firm("a", **SMALL), firm("p"), ownerships=(owns("p", "a", 0.9),))[1]
        assert words.startswith("SME as declared; figures missing")


def test_research_organisations_are_no_firms():
    assert of({**firm("a", **SMALL), "kind": "rto"}) == (NO, "no firm: research organisation")


@settings(max_examples=25, deadline=None)
@given(
    staff=st.integers(0, 600), turnover=st.integers(0, 100), more=st.integers(0, 300), share=st.floats(0, 1, width=16)
)
def test_a_larger_owner_never_makes_a_firm_smaller(staff, turnover, more, share):
    def status(extra: int) -> int:
        owner = {**firm("p", staff=100 + extra, turnover_eur=1e6, balance_eur=1e6)}
        own = {**firm("a", staff=staff, turnover_eur=turnover * 1e6, balance_eur=0), "kind": "other"}
        return of(own, owner, ownerships=(owns("p", "a", round(share, 3)),))[0]

    assert status(more) <= status(0)
