"""Concentration of purchases and sales, against values worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._concentration import BASES, concentration_of, split
from valuechain.analyses.concentration import concentration
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

CHAIN = chain("glass>lens", "coating>lens")
NEEDED = links("needs", "l glass", essential="yes")


def supply(*rows: str, **fields: Any) -> list[dict[str, Any]]:
    return links("supplies", *rows, **fields)


def market(*supplies: dict[str, Any], **tables: Any) -> dict[str, Any]:
    """g, h and k supply l, m and n; every table given replaces one of these."""
    return {**CHAIN, "organisations": firms(*"ghklmn"), "supplies": list(supplies), **tables}


def ask(rows: dict[str, Any], organisation: str = "", **parameters: Any) -> Result:
    scope = Scope(organisation=f"test:{organisation}" if organisation else "")
    return concentration(graph_of(rows).within(scope), **parameters)


def line(result: Result, table: str, row: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = result.frame(table).to_dict("records")[row]
    return told


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


def kinds(result: Result) -> list[str]:
    return [one.kind for one in result.findings]


class TestSharesOfAnInput:
    def test_as_stated_are_squared_and_added_up(self):
        # 0.6 ** 2 + 0.4 ** 2 = 0.52
        rows = market(*supply("g l glass", share=0.6), *supply("h l glass", share=0.4))
        one = line(ask(rows), "inputs")
        assert (one["herfindahl"], one["basis"], one["state"]) == (0.52, "stated", "concentrated")
        assert (one["largest_supplier"], one["largest_share"], one["confidence"]) == ("g", 0.6, 0.9)

    def test_follow_the_values_where_one_is_not_stated(self):
        # 30 : 10 = 0.75 ** 2 + 0.25 ** 2 = 0.625
        rows = market(*supply("g l glass", share=0.2, value_eur=30), *supply("h l glass", value_eur=10))
        one = line(ask(rows), "inputs")
        assert (one["herfindahl"], one["basis"], one["value_eur"]) == (0.625, "by value", 40.0)

    def test_leave_the_rest_to_those_who_have_none(self):
        # 0.5 stated; h and k share what is left: 0.25 + 2 * 0.0625 = 0.375, and three quarters of the confidence
        rows = market(*supply("g l glass", share=0.5), *supply("h l glass", "k l glass"))
        one = line(ask(rows), "inputs")
        assert (one["herfindahl"], one["basis"], one["confidence"]) == (0.375, "stated in part", 0.675)

    def test_are_assumed_equal_where_nothing_is_known_at_half_the_confidence(self):
        one = line(ask(market(*supply("g l glass", "h l glass"))), "inputs")
        assert (one["herfindahl"], one["basis"], one["confidence"]) == (0.5, "assumed equal", 0.45)

    def test_of_one_legal_group_count_as_one_supplier(self):
        rows = market(*supply("g l glass", "h l glass", "k l glass"))
        rows["organisations"] = [*firms("g", "h", group_id="x"), *firms(*"klmn")]
        assert line(ask(rows), "inputs")["herfindahl"] == 0.5
        rows["supplies"] = supply("g l glass", "h l glass")
        one = line(ask(rows), "inputs")
        assert (one["groups"], one["herfindahl"], one["state"]) == (1, 1.0, "sole source")

    def test_told_again_since_another_day_count_once_with_the_latest(self):
        rows = market(
            *supply("g l glass", share=0.9, since="2015"),
            *supply("g l glass", share=0.6, since="2024"),
            *supply("h l glass", share=0.4),
        )
        assert line(ask(rows), "inputs")["herfindahl"] == 0.52

    def test_that_add_up_to_more_than_all_are_divided_by_their_sum(self):
        rows = market(*supply("g l glass", share=0.9), *supply("h l glass", share=0.9))
        assert line(ask(rows), "inputs")["herfindahl"] == 0.5

    def test_of_a_supplier_who_no_longer_delivers_are_not_there(self):
        rows = market(*supply("g l glass"), *supply("h l glass", relation="former"))
        assert line(ask(rows), "inputs")["state"] == "sole source"

    def test_stated_as_less_than_all_by_the_only_one_named_are_no_sole_source(self):
        rows = market(*supply("g l glass", share=0.6))
        result = ask(rows, "l")
        one = line(result, "inputs")
        assert (one["state"], one["confidence"]) == ("concentrated", 0.54)
        assert "g is the only supplier that was named, with 60%" in only(result, "concentrated").explanation

    def test_of_what_the_buyer_makes_itself_as_well_are_no_sole_source(self):
        rows = market(*supply("g l glass"), offers=links("offers", "l glass"))
        result = ask(rows, "l")
        assert line(result, "inputs")["state"] == "makes it itself"
        assert "sole-source" not in kinds(result)


class TestASoleSource:
    def test_of_an_essential_input_is_a_medium_finding(self):
        finding = only(ask(market(*supply("g l glass"), needs=NEEDED), "l"), "sole-source")
        assert (finding.severity, finding.title) == ("medium", "Glass: all of it comes from g")
        assert finding.explanation == "No other supplier is known. Nothing is made without it."
        assert finding.action == "Qualify a second supplier."
        assert finding.subjects == ("test:l", "test:glass")

    def test_on_which_half_of_the_turnover_hangs_is_a_high_one(self):
        # l sells lenses, which need glass, for 600 of 1,000
        rows = market(
            *supply("g l glass"), *supply("l m lens", value_eur=600),
            organisations=[*firms(*"ghkmn"), *firms("l", turnover_eur=1000)],
        )  # fmt: skip
        rows["offers"] = links("offers", "l lens")
        result = ask(rows, "l")
        one = line(result, "inputs")
        assert (one["turnover_at_risk"], one["turnover_at_risk_eur"]) == (0.6, 600.0)
        finding = only(result, "sole-source")
        assert finding.severity == "high"
        assert "60% of its turnover, EUR 600 a year, needs it." in finding.explanation

    def test_by_the_buyers_word_alone_puts_all_it_sells_at_risk(self):
        rows = market(
            *supply("g l coating"), *supply("l m oil", sales_share=0.3), *supply("l n glass", sales_share=0.2)
        )
        rows["capabilities"] = [*CHAIN["capabilities"], {"id": "oil", "label": "Oil", "chain": "c"}]
        rows["needs"] = links("needs", "l coating", essential="yes")
        assert line(ask(rows, "l"), "inputs")["turnover_at_risk"] == 0.5

    def test_needed_for_one_product_puts_that_one_at_risk(self):
        rows = market(
            *supply("g l coating"), *supply("l m lens", sales_share=0.3), *supply("l n glass", sales_share=0.2)
        )
        rows["inputs"] = []
        rows["needs"] = links("needs", "l coating", essential="yes", for_capability="glass")
        assert line(ask(rows, "l"), "inputs")["turnover_at_risk"] == 0.2

    def test_has_no_turnover_at_risk_where_sales_are_not_known_and_it_is_said(self):
        result = ask(market(*supply("g l glass"), needs=NEEDED), "l")
        assert result.table("inputs").column("turnover_at_risk") == [None]
        assert any("not known for 1 of 1 sole-sourced essential inputs" in note for note in result.notes)

    def test_of_what_is_not_essential_is_a_low_finding(self):
        rows = market(*supply("g l glass"), needs=links("needs", "l glass", essential="no"))
        assert only(ask(rows, "l"), "sole-source").severity == "low"

    def test_names_who_else_offers_it_and_does_not_hang_on_the_same(self):
        rows = market(*supply("g l glass"), needs=[*NEEDED, *links("needs", "k coating", essential="yes")])
        rows["offers"] = links("offers", "h glass", "k glass")
        rows["supplies"] = supply("g l glass", "g k coating")
        assert only(ask(rows, "l"), "sole-source").with_whom == ("h: offers it",)


class TestACapability:
    def test_that_all_buyers_get_from_one_is_a_finding_and_high_from_five_on(self):
        rows = market(*supply("g l glass", "g m glass"))
        finding = only(ask(rows), "one-supplier")
        assert (finding.severity, finding.title) == ("medium", "Glass: all 2 known buyers get it from g")
        names = [f"b{number}" for number in range(5)]
        rows = market(*supply(*(f"g {name} glass" for name in names)), organisations=firms("g", *names))
        assert only(ask(rows), "one-supplier").severity == "high"

    def test_goes_by_value_where_all_values_are_known(self):
        # g sells 300 and h 100: 0.75 ** 2 + 0.25 ** 2
        rows = market(*supply("g l glass", value_eur=300), *supply("h m glass", value_eur=100))
        one = line(ask(rows), "capabilities")
        assert (one["herfindahl"], one["basis"], one["buyers"]) == (0.625, "by value", 2)

    def test_else_counts_every_buyer_once(self):
        # g delivers all of l and half of m: 1.5 of 2
        rows = market(*supply("g l glass", value_eur=300), *supply("g m glass", "h m glass"))
        one = line(ask(rows), "capabilities")
        assert (one["herfindahl"], one["basis"]) == (0.625, "every buyer counts once")

    def test_counts_the_buyers_in_scope_alone(self):
        rows = market(*supply("g l glass", "h m glass"))
        rows["organisations"] = [*firms(*"ghkmn"), *firms("l", country="AT")]
        result = concentration(graph_of(rows).within(Scope(countries=("AT",))))
        assert line(result, "capabilities")["herfindahl"] == 1.0

    def test_comes_from_one_region_where_all_its_suppliers_lie_there(self):
        rows = market(*supply("g l glass", "h l glass"))
        rows["organisations"] = [*firms("g", region="DEG03"), *firms("h", region="DEG01"), *firms("l")]
        result = ask(rows)
        one = line(result, "capabilities")
        assert (one["regions"], one["region_herfindahl"], one["located"]) == (1, 1.0, 1.0)
        assert only(result, "one-region").title.startswith("Glass: 2 suppliers, all of them in ")
        assert line(result, "regions")["alone"] == 1

    def test_of_whose_suppliers_half_are_located_is_not_said_to_come_from_one_region(self):
        rows = market(*supply("g l glass", "h l glass"))
        rows["organisations"] = [*firms("g", region="DEG03"), *firms("h", "l")]
        result = ask(rows)
        one = line(result, "capabilities")
        assert (one["region_herfindahl"], one["located"]) == (1.0, 0.5)
        assert "one-region" not in kinds(result)
        assert result.table("regions").column("region")[-1] == "Region not known"

    def test_of_whose_suppliers_none_is_located_has_no_index_of_regions(self):
        result = ask(market(*supply("g l glass")))
        assert result.table("capabilities").column("region_herfindahl") == [None]
        assert result.table("capabilities").column("located") == [0.0]

    def test_regions_outside_the_union_stay_as_they_are_coded_and_a_country_code_is_no_region(self):
        rows = market(*supply("g l glass", "h l glass", "k l glass"))
        rows["organisations"] = [
            *firms("g", region="US-CA", region_scheme="iso3166-2"), *firms("h", region="DE", country="DE"),
            *firms("k", region="US-NY", region_scheme="iso3166-2"), *firms("l"),
        ]  # fmt: skip
        one = line(ask(rows), "capabilities")
        assert (one["regions"], one["region_herfindahl"]) == (2, 0.5)


class TestDependenceOnACustomer:
    def sold(self, *supplies: dict[str, Any], turnover: float | None = 1000, organisation: str = "g") -> Result:
        rows = market(*supplies)
        rows["organisations"] = [*firms("g", turnover_eur=turnover), *firms(*"hklmn")]
        return ask(rows, organisation)

    def test_is_the_stated_share_of_sales(self):
        result = self.sold(*supply("g l glass", sales_share=0.55), *supply("g m glass", sales_share=0.18))
        assert line(result, "customers")["share"] == 0.55
        finding = only(result, "large-customer")
        assert (finding.severity, finding.title) == ("medium", "g makes 55% of its sales with l")
        assert finding.explanation == "That is EUR 550 a year. The next takes 18%."

    def test_is_else_the_value_over_the_turnover(self):
        result = self.sold(*supply("g l glass", value_eur=300))
        one = line(result, "customers")
        assert (one["share"], one["basis"], one["revenue_at_risk_eur"]) == (0.3, "value over turnover", 300.0)
        assert only(result, "large-customer").severity == "low"

    def test_adds_up_over_what_is_sold_and_over_the_buyers_legal_group(self):
        rows = market(*supply("g l glass", "g l coating", "g m glass", value_eur=100))
        rows["organisations"] = [*firms("g", turnover_eur=1000), *firms("l", "m", group_id="x"), *firms(*"hkn")]
        one = line(ask(rows), "customers")
        assert (one["share"], one["buyers"], one["revenue_at_risk_eur"]) == (0.3, 2, 300.0)

    def test_within_a_legal_group_is_none(self):
        rows = market(*supply("g l glass", sales_share=1))
        rows["organisations"] = [*firms("g", "l", group_id="x"), *firms(*"hkmn")]
        assert ask(rows).table("customers").rows == ()

    def test_told_again_counts_once(self):
        result = self.sold(*supply("g l glass", value_eur=300, since="2015"), *supply("g l glass", value_eur=300))
        assert line(result, "customers")["share"] == 0.3

    def test_that_is_told_in_two_ways_which_disagree_is_said_to_be_contradictory(self):
        result = self.sold(*supply("g l glass", sales_share=0.6, value_eur=100))
        one = line(result, "customers")
        assert (one["share"], one["basis"], one["confidence"]) == (0.6, "contradictory", 0.45)
        assert "By the value of the links it would be 10%" in only(result, "large-customer").explanation
        assert only(result, "contradiction").severity == "info"

    def test_with_a_value_above_the_turnover_is_not_assessed(self):
        result = self.sold(*supply("g l glass", value_eur=5000))
        assert result.table("customers").column("share") == [None]
        assert "large-customer" not in kinds(result)
        assert only(result, "contradiction").title == "Figures on sales contradict each other"

    @pytest.mark.parametrize("turnover", [None, 0])
    def test_without_share_and_turnover_is_not_assessed_never_zero(self, turnover: float | None):
        result = self.sold(*supply("g l glass", value_eur=300), turnover=turnover)
        assert result.table("customers").rows == ()
        titles = [one.title for one in result.findings if one.kind == "not-assessed-sales"]
        assert "Not assessed: which part of its sales goes to whom, for 1 supplier" in titles
        assert result.verdict.endswith("Who depends on which customer is not known.")

    def test_is_told_to_the_buyer_as_well(self):
        result = self.sold(*supply("g l glass", sales_share=0.55), organisation="l")
        assert only(result, "large-customer").title == "g makes 55% of its sales with l"

    def test_shares_that_add_up_to_more_than_all_are_noted(self):
        result = self.sold(*supply("g l glass", "g m glass", sales_share=0.8))
        assert any("add up to more than 110%" in note for note in result.notes)


def test_without_supply_links_nothing_is_assessed():
    result = ask({"organisations": firms("a")})
    assert result.verdict.startswith("Not assessed: no supplier link is known in the whole data set.")
    assert only(result, "not-assessed").severity == "info"
    assert all(table.rows == () for table in result.tables)


def test_inputs_that_nobody_supplies_as_far_as_known_are_not_assessed():
    rows = market(*supply("g l glass"), needs=links("needs", "l glass", "l coating", essential="yes"))
    finding = only(ask(rows, "l"), "not-assessed-inputs")
    assert finding.title == "Not assessed: 1 input of 2 without a known supplier"


def test_a_hidden_link_is_not_there_for_who_may_not_see_it():
    graph = graph_of(market(*supply("g l glass", visibility="owner")), View(reader="cluster"))
    assert concentration(graph).table("inputs").rows == ()


wholes = st.lists(
    st.tuples(
        st.integers(0, 3), st.integers(0, 4), st.none() | st.floats(0, 1), st.none() | st.floats(0, 1e6, width=32)
    ),
    min_size=1, max_size=14,
)  # fmt: skip


def index(cases: list[tuple[int, int, float | None, float | None]]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    purchase, group = (np.array([case[place] for case in cases]) for place in (0, 1))
    stated, value = (
        np.array([np.nan if case[place] is None else case[place] for case in cases], dtype=float) for place in (2, 3)
    )
    shares = split(purchase, group, stated, value, 4)
    found = concentration_of(purchase, group, shares.share, 4)
    assert np.allclose(np.bincount(purchase, shares.share, 4)[np.unique(purchase)], 1)
    assert set(shares.basis.tolist()) <= set(range(len(BASES)))
    return found.herfindahl, found.parts, found.largest_share


@settings(max_examples=300, deadline=None)
@given(wholes)
def test_an_index_lies_between_one_over_the_suppliers_and_one(cases):
    herfindahl, parts, largest = index(cases)
    there = parts > 0
    assert (herfindahl[there] >= 1 / parts[there] - 1e-9).all()
    assert (herfindahl[there] <= 1).all()
    assert (largest[there] ** 2 <= herfindahl[there] + 1e-9).all()


@settings(max_examples=300, deadline=None)
@given(wholes, st.integers(0, 4), st.integers(0, 4))
def test_two_groups_that_merge_never_lower_it(cases, first, second):
    merged = [(purchase, second if group == first else group, *rest) for purchase, group, *rest in cases]
    before, after = index(cases)[0], index(merged)[0]
    assert (np.nan_to_num(after) >= np.nan_to_num(before) - 1e-9).all()


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(0.01, 1), min_size=1, max_size=6), st.floats(0, 1))
def test_what_is_less_sure_makes_no_index_surer(shares, confidence):
    def sure(of_last: float) -> float:
        rows = market()
        names = [f"s{number}" for number in range(len(shares))]
        rows["organisations"] = firms("l", *names)
        rows["supplies"] = [
            row for name, share in zip(names, shares, strict=True) for row in supply(f"{name} l glass", share=share)
        ]
        rows["supplies"][-1]["confidence"] = of_last
        return float(line(ask(rows), "inputs")["confidence"])

    assert sure(confidence) <= sure(1.0)


@pytest.fixture(scope="module")
def laserhead(demo: Service) -> Result:
    return demo.run("concentration", {"organisation": "example-cluster:laserhead", "with": "synthetic"})


class TestTheMadeUpFirm:
    def test_hangs_on_one_group_for_coatings_and_on_one_customer(self, laserhead: Result):
        titles = [one.title for one in laserhead.findings]
        assert "Optical thin-film coating: all of it comes from Example Coating Works GmbH and its group" in titles
        assert "Example Laserhead GmbH makes 55% of its sales with Example Maschinenbau AG" in titles
        assert {one.status for one in laserhead.findings} <= {"synthetic", "declared"}

    def test_shares_are_those_of_its_file(self, laserhead: Result):
        # shares 0.6 and 0.4 of two makers of lenses; 0.4, 0.35 and 0.25 of three of fibres: 0.345
        found = dict(
            zip(*(laserhead.table("inputs").column(name) for name in ("input_key", "herfindahl")), strict=True)
        )
        assert found["photonics:precision_optics"] == 0.52
        assert found["photonics:optical_fibres"] == 0.345

    def test_every_row_leads_to_records(self, laserhead: Result, demo: Service):
        for result in (laserhead, demo.run("concentration", {"with": "synthetic"})):
            for table in result.tables:
                assert all(table.evidence), table.name
