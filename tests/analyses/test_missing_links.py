"""Suggested partners: hand-made cases whose answer can be computed on paper, and the demo."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import Rows, chain, firms, graph_of, links
from valuechain.analyses import _suggest
from valuechain.analyses._excluded import excluded, refused, traded_or_refused
from valuechain.analyses._learned import Learned, TooFew
from valuechain.analyses._suggest import CUSTOMER, SUPPLIER, matches, trade
from valuechain.analyses._suggest_ranked import LEAST_LIKELY, OTHERS_BETWEEN, Suggestions, suggested
from valuechain.analyses._suggest_reach import joined_regions, reach
from valuechain.analyses._suggest_words import natural_frequency, spelled_out
from valuechain.analyses._umbrellas import umbrellas
from valuechain.analyses.missing_links import missing_links
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, View
from valuechain.model.result import Result
from valuechain.service import Service

CHAIN = chain("glass>lens", "coating>lens", "lens>head")
STRANGERS = 0.8 * 0.875
"""What is left of a score without a joint project, where places are not known."""


def market(*offers: str, **more: Any) -> dict[str, Any]:
    """The firm l makes lenses, for which it needs glass and a coating; who offers what else."""
    names = dict.fromkeys(["l", *(offer.split()[0] for offer in offers)])
    return {"organisations": firms(*names), **CHAIN, "offers": links("offers", "l lens", *offers), **more}


def ask(rows: Rows, organisation: str = "l", view: View | None = None, **parameters: Any) -> Result:
    scope = Scope(organisation=f"test:{organisation}") if organisation else Scope()
    return missing_links(graph_of(rows, view).within(scope), **parameters)


def told(result: Result, *columns: str) -> list[tuple[Any, ...]]:
    return list(result.frame()[list(columns)].itertuples(index=False, name=None))


def partners(rows: Rows, organisation: str = "l", **more: Any) -> list[Any]:
    return ask(rows, organisation, **more).table().column("partner")


class TestASupplier:
    def test_offers_what_goes_into_what_the_organisation_makes(self):
        result = ask(market("g glass"))

        assert told(result, "partner", "kind", "capability", "rank") == [("g", "supplier", "Glass", 1)]
        # sure need and offer of 0.9 each
        assert result.table().column("score") == [round(0.81 * STRANGERS, 3)]
        assert result.table().column("confidence") == [0.81]
        assert result.table().column("probability") == [None]

    def test_says_why_and_why_not_before(self):
        result = ask(market("g glass"))

        assert told(result, "reasons", "why_not_before") == [
            ("offers it; goes into lens, which the buyer makes; no supplier of it is known",
             "no project and no partner in common"),
        ]  # fmt: skip

    def test_rests_on_the_records_of_the_offers_and_of_the_chain(self):
        rows = market("g glass")
        graph = graph_of(rows)
        [evidence] = missing_links(graph.within(Scope(organisation="test:l"))).table().evidence

        assert sorted(graph.records["kind"].iloc[list(evidence)]) == ["inputs", "offers", "offers"]

    def test_of_a_kind_of_what_is_needed_counts_nine_tenths_and_of_the_family_six(self):
        rows = market("n flint", "w glass")
        rows = {**rows, "capabilities": [
            *CHAIN["capabilities"], {"id": "flint", "label": "Flint glass", "chain": "c", "broader": "glass"},
        ]}  # fmt: skip
        assert told(ask(rows), "partner", "score") == [("w", 0.567), ("n", round(0.9 * 0.81 * STRANGERS, 3))]
        assert "offers flint glass, a kind of glass" in ask(rows).table().column("reasons")[1]  # type: ignore[operator]

        of_buyer = ask({**rows, "offers": links("offers", "l head", "w glass"), "inputs": [
            {"from_capability": "flint", "to_capability": "head", "essential": "yes"}]})  # fmt: skip
        assert told(of_buyer, "partner", "score") == [("w", round(0.6 * 0.81 * STRANGERS, 3))]
        assert "the family of flint glass" in str(of_buyer.table().column("reasons"))

    def test_whose_readiness_falls_short_counts_less_and_says_so(self):
        needs = links("needs", "l glass", trl=8)
        rows = market("n coating", needs=needs) | {
            "offers": [
                *links("offers", "g glass", trl=6),
                *links("offers", "h glass"),
                *links("offers", "k glass", trl=9),
            ]
        }
        rows["organisations"] = firms(*"lghk")
        result = ask(rows)

        assert told(result, "partner", "score") == [
            ("h", 0.567),
            ("k", 0.567),
            ("g", round(0.64 * 0.81 * STRANGERS, 3)),
        ]
        words = dict(told(result, "partner", "reasons"))
        assert "at readiness level 6, 8 is asked" in words["g"]
        assert "its readiness level is not known, 8 is asked" in words["h"]
        assert "at readiness level 9, as asked;" in words["k"]

    def test_of_small_capacity_counts_for_the_part_that_it_can_deliver(self):
        rows = market("g glass", needs=links("needs", "l glass", quantity=200, unit="kg"))
        rows = {**rows, "offers": links("offers", "g glass", capacity=50, unit="kg")}
        result = ask(rows)

        assert result.table().column("score") == [round(0.25 * 0.81 * STRANGERS, 3)]
        assert "its capacity is 25% of what is needed" in str(result.table().column("reasons"))
        enough = ask({**rows, "offers": links("offers", "g glass", capacity=500, unit="kg")})
        assert "its capacity is enough" in str(enough.table().column("reasons"))
        none = {**rows, "offers": links("offers", "g glass", capacity=0, unit="kg")}
        assert partners(none) == []

    def test_beside_one_that_is_known_is_a_second_source_and_beside_several_less(self):
        rows = market("g glass", "h glass")
        second = ask({**rows, "supplies": links("supplies", "h l glass")})
        assert told(second, "partner", "score") == [("g", round(0.8 * 0.81 * STRANGERS, 3))]
        assert "only h is known to supply it" in str(second.table().column("reasons"))

        rows = market("g glass", "h glass", "k glass", supplies=links("supplies", "h l glass", "k l glass"))
        third = ask(rows)
        assert told(third, "partner", "score") == [("g", round(0.5 * 0.81 * STRANGERS, 3))]
        assert "h and k supply it already" in str(third.table().column("reasons"))

    def test_of_one_group_with_another_counts_as_one(self):
        rows = market("g glass", supplies=links("supplies", "h l glass", "k l glass"))
        rows["organisations"] = [*firms("l", "g"), *firms("h", "k", group_id="x")]
        assert "only h and k of one group are known to supply it" in str(ask(rows).table().column("reasons"))

    def test_who_is_known_from_a_project_comes_before_a_stranger(self):
        rows = market("g glass", "h glass", projects=[{"id": "p", "title": "x"}],
                      participations=links("participations", "l p", "h p"))  # fmt: skip
        result = ask(rows)

        assert told(result, "partner", "score") == [("h", round(0.81 * 0.875, 3)), ("g", 0.567)]
        assert told(result, "why_not_before")[0] == ("known from projects, but no supply link is known",)
        assert "1 joint project" in result.table().column("reasons")[0]  # type: ignore[operator]

    def test_near_comes_before_one_far_away_and_far_is_a_reason_not_to_have_met(self):
        rows = market("g glass", "h glass")
        rows["organisations"] = [
            {"id": "l", "name": "l", "lat": 50.9, "lon": 11.6, "country": "DE"},
            {"id": "g", "name": "g", "lat": 40.4, "lon": -3.7, "country": "ES"},
            {"id": "h", "name": "h", "lat": 51.0, "lon": 11.0, "country": "DE"},
        ]
        result = ask(rows)

        assert result.table().column("partner") == ["h", "g"]
        assert result.table().column("distance_km") == [43, 1660]
        far = result.table().column("why_not_before")[1]
        assert far == "no project and no partner in common; another country: Spain; 1,660 km apart"

    def test_of_another_sector_says_so(self):
        sectors = [
            {"organisation": one, "code": code, "scheme": "nace2"} for one, code in (("l", "26.70"), ("g", "23.19"))
        ]
        assert "another sector: NACE 23" in str(
            ask(market("g glass", sectors=sectors)).table().column("why_not_before")
        )

    def test_names_common_partners_as_why_it_is_odd_that_they_never_met(self):
        rows = market("g glass", projects=[{"id": one, "title": one} for one in "pq"],
                      participations=links("participations", "l p", "m p", "g q", "m q"))  # fmt: skip
        rows["organisations"] = firms(*"lgm")
        assert ask(rows).table().column("why_not_before") == [
            "never in one project, although 1 organisation worked with both"
        ]


class TestACustomer:
    def test_is_a_supplier_seen_from_the_other_end_with_the_same_score(self):
        rows = market("g glass")

        assert told(ask(rows, "g"), "partner", "kind", "capability", "score") == [("l", "customer", "Glass", 0.567)]
        assert "goes into lens, which the buyer makes" in str(ask(rows, "g").table().column("reasons"))

    def test_says_that_it_needs_it_or_buys_it(self):
        rows = market(
            "g glass", "h coating", needs=links("needs", "l glass"), supplies=links("supplies", "k l coating")
        )
        rows["organisations"] = firms(*"lghk")
        assert "says that it needs it" in str(ask(rows, "g").table().column("reasons"))
        assert "buys it; only k is known to supply it" in str(ask(rows, "h").table().column("reasons"))

    def test_of_a_relative_of_what_is_offered_is_told_what_it_needs(self):
        rows = market("n flint", "w glass", needs=links("needs", "l glass"))
        rows = {**rows, "capabilities": [
            *CHAIN["capabilities"], {"id": "flint", "label": "Flint glass", "chain": "c", "broader": "glass"},
        ]}  # fmt: skip
        assert "says that it needs glass, of which this is a kind" in str(ask(rows, "n").table().column("reasons"))
        without = {**rows, "inputs": [], "needs": links("needs", "l flint")}
        assert "needs flint glass, of which this is the family" in str(ask(without, "w").table().column("reasons"))


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(("glass", "coating", "lens", "head")), st.integers(1, 9)),
             max_size=12, unique_by=lambda row: row[:2]),
    st.lists(st.tuples(st.integers(0, 5), st.sampled_from(("glass", "coating", "lens"))), max_size=6, unique=True),
)  # fmt: skip
def test_every_supplier_of_somebody_has_it_as_a_customer(offers, needs):
    rows: Rows = {
        "organisations": firms(*"abcdef"), **CHAIN,
        "offers": [{"organisation": "abcdef"[one], "capability": what, "trl": level} for one, what, level in offers],
        "needs": [{"organisation": "abcdef"[one], "capability": what, "trl": 7} for one, what in needs],
    }  # fmt: skip
    found = matches(graph_of(rows), np.arange(6), 10)
    pairs = found[["organisation", "partner"]].apply(sorted, axis=1).map(tuple)
    assert set(pairs[found["kind"] == SUPPLIER]) == set(pairs[found["kind"] == CUSTOMER])
    assert (found["score"] <= 1).all()
    assert (found["score"] > 0).all()


class TestLeftOut:
    @pytest.mark.parametrize("relation", ["active", "qualified", "former"])
    def test_is_who_deals_or_dealt_with_the_organisation_whatever_it_was(self, relation: str):
        rows = market("g glass", "h glass", supplies=links("supplies", "g l coating", relation=relation))
        assert partners(rows) == ["h"]
        assert "g" not in partners(rows, "l")
        assert partners(rows, "g") == []

    def test_is_who_belongs_to_the_same_legal_group(self):
        rows = market("g glass", "h glass")
        rows["organisations"] = [*firms("l", "g", group_id="x"), *firms("h")]
        assert partners(rows) == ["h"]

    def test_is_who_said_that_they_do_not_trade_and_it_is_counted(self):
        rows = market("g glass", "h glass", supplies=links("supplies", "g l glass", holds="no"))
        result = ask(rows)

        assert result.table().column("partner") == ["h"]
        assert "1 pair of which somebody said that they do not trade is left out." in result.notes
        assert partners(rows, "g") == []

    def test_is_known_to_no_reader_who_may_not_see_the_refusal(self):
        rows = market("g glass", supplies=links("supplies", "g l glass", holds="no", visibility="owner"))
        result = ask(rows, view=View(reader="advisor"))

        assert result.table().column("partner") == ["g"]
        assert not any("do not trade" in note for note in result.notes)

    def test_is_what_a_reader_may_not_see(self):
        rows = market("g glass")
        offer = {**rows, "offers": [*links("offers", "l lens"), *links("offers", "g glass", visibility="owner")]}
        need = market("g oil", needs=links("needs", "l oil", visibility="owner"))
        need = {**need, "capabilities": [*CHAIN["capabilities"], {"id": "oil", "label": "Oil", "chain": "c"}]}
        organisation = {**rows, "organisations": [*firms("l"), *firms("g", visibility="owner")]}
        for hidden in (offer, need, organisation):
            assert partners(hidden, view=View(reader="owner")) == ["g"]
            assert partners(hidden, view=View(reader="advisor")) == []

    def test_is_what_the_organisation_makes_itself_unless_it_says_that_it_needs_it(self):
        assert partners(market("g glass", "l glass")) == []
        assert partners(market("g glass", "l glass", needs=links("needs", "l glass"))) == ["g"]

    def test_is_what_the_organisation_says_not_to_need(self):
        assert partners(market("g glass", needs=links("needs", "l glass", holds="no"))) == []

    def test_is_what_others_keep_for_their_own_use(self):
        rows = market()
        own = {**rows, "organisations": firms("l", "g"), "offers": [
            *links("offers", "l lens"), *links("offers", "g glass", access="own use")]}  # fmt: skip
        assert partners(own) == []

    def test_nobody_real_meets_somebody_made_up_but_a_made_up_one_that_asks_for_itself(self):
        rows = market("g glass")
        rows = {**rows, "organisations": [*firms("g"), *firms("l", status="synthetic")],
                "offers": [*links("offers", "l lens", status="synthetic"), *links("offers", "g glass")]}  # fmt: skip
        view = View(statuses=("declared", "inferred", "synthetic"))

        assert partners(rows, "g", view=view) == []
        assert partners(rows, "", view=view) == []
        graph = graph_of(rows, view)
        result = missing_links(graph.within(Scope(organisation="test:l")))
        assert result.table().column("partner") == ["g"]
        assert result.table().column("status") == ["declared"]
        assert graph.records["status"].iloc[list(result.table().evidence[0])].tolist() == ["declared"]


PROJECT = {"id": "p", "title": "New glass", "start": "2024", "end": "2026"}


class TestAGuessFromProjectTitles:
    def guessed(self, **kinds: str) -> dict[str, Any]:
        """Who is named took part in two projects on glass each; l makes lenses."""
        return {
            **CHAIN,
            "organisations": [{"id": one, "name": one, "kind": kind} for one, kind in {"l": "sme", **kinds}.items()],
            "offers": links("offers", "l lens"),
            "projects": [{**PROJECT, "id": f"{number}{one}"} for one in kinds for number in "pq"],
            "participations": [{"organisation": one, "project": f"{number}{one}"} for one in kinds for number in "pq"],
        }

    def ask(self, rows: Rows, organisation: str) -> Result:
        graph = graph_of(rows, title_terms={"test:glass": "glass"})
        return missing_links(graph.within(Scope(organisation=f"test:{organisation}")))

    def test_makes_a_firm_a_supplier_less_sure_and_says_on_what_it_rests(self):
        result = self.ask(self.guessed(g="sme"), "l")

        # confidence 1 - 0.7 ** 2 of the guess x 2 projects of (2 + 1)
        score = round(0.9 * 0.51 * 2 / 3 * STRANGERS, 3)
        assert told(result, "partner", "score", "status") == [("g", score, "inferred")]
        assert "seems to make it (2 projects: New glass (to 2026)" in str(result.table().column("reasons"))
        assert result.findings[0].action == "Ask g whether it is right that it offers it."

    def test_is_asked_about_where_it_is_the_own_offer(self):
        reasons = str(self.ask(self.guessed(g="sme"), "g").table().column("reasons"))
        assert "if it is right that the supplier makes it (2 projects: New glass (to 2026)" in reasons

    def test_of_one_project_alone_is_not_enough(self):
        rows = self.guessed(g="sme")
        once = {**rows, "participations": rows["participations"][:1]}
        assert self.ask(once, "l").table().column("partner") == []

    @pytest.mark.parametrize("kind", ["rto", "university", "public", "cluster", "other"])
    def test_makes_neither_supplier_nor_customer_of_who_does_not_trade_as_a_rule(self, kind: str):
        assert self.ask(self.guessed(g="sme", r=kind), "l").table().column("partner") == ["g"]

    def test_says_nothing_of_two_who_share_the_project(self):
        rows = self.guessed(g="sme")
        rows = {**rows, "participations": [*rows["participations"], {"organisation": "l", "project": "pg"}]}
        assert self.ask(rows, "l").table().column("partner") == []

    def test_of_one_who_has_a_hand_in_everything_counts_less(self):
        rows = self.guessed(g="sme", h="sme")
        rows = {
            **rows, "projects": [*rows["projects"], *({"id": f"o{i}", "title": "Other"} for i in range(8))],
            "participations": [*rows["participations"],
                               *({"organisation": "h", "project": f"o{i}"} for i in range(8))],
        }  # fmt: skip
        scores = dict(told(self.ask(rows, "l"), "partner", "score"))
        assert scores["h"] == pytest.approx(scores["g"] * 3 / 11, abs=0.001)  # 2 of 11 instead of 2 of 3


class TestTheOrder:
    def test_kinds_take_turns_and_no_more_are_named_than_asked_for(self):
        rows = market("g glass", "h glass", "b head", "c head")
        result = ask(rows, per_organisation=3)

        assert told(result, "rank", "kind") == [(1, "supplier"), (2, "customer"), (3, "supplier")]
        assert result.table().cut == 0

    def test_of_a_scope_has_the_strongest_of_each_kind_first(self):
        rows = market("g glass", "b head")
        rows = {**rows, "offers": [*rows["offers"][:1], *links("offers", "g glass", confidence=0.4),
                                   *links("offers", "b head")]}  # fmt: skip
        kinds = [(one, kind) for one, kind in told(ask(rows, ""), "organisation", "kind")]

        assert kinds == [("b", "supplier"), ("l", "customer"), ("l", "supplier"), ("g", "customer")]

    def test_a_scope_restricts_who_is_advised_and_not_whom_they_meet(self):
        rows = market("g glass")
        rows["organisations"] = [*firms("l", region="DEG03"), *firms("g", region="DE212")]
        result = missing_links(graph_of(rows).within(Scope(regions=("DEG0",))))

        assert told(result, "organisation", "partner") == [("l", "g")]
        assert result.verdict.startswith("1 pair is suggested to 1 organisation in DEG0: 1 supplier.")


class TestFewLinks:
    def test_only_what_fits_by_rule_is_shown_and_it_says_so(self):
        result = ask(market("g glass"))

        assert result.notes[0].startswith("Only what fits by need and offer is shown. Not learnt")
        assert [finding.kind for finding in result.findings] == ["suggested-supplier", "not-learnt"]

    def test_an_organisation_of_which_nothing_is_known_gets_no_suggestion(self):
        result = ask({"organisations": firms("l", "g")})

        assert result.verdict.startswith("No partner can be suggested to l")
        assert result.table().rows == ()

    def test_a_split_that_is_no_date_is_refused(self):
        with pytest.raises(QuestionError, match="is no date"):
            ask(market("g glass"), train_until="yesterday")


def test_what_closes_a_gap_is_the_first_finding_of_a_scope_and_medium_where_all_is_sure():
    rows = market("g glass", "h coating", needs=links("needs", "l glass", essential="yes", confidence=1.0),
                  supplies=links("supplies", "k l coating"))  # fmt: skip
    rows = {**rows, "organisations": firms(*"lghk"),
            "offers": [*links("offers", "l lens"), *links("offers", "g glass", "h coating", confidence=1)]}  # fmt: skip
    [finding, *_] = ask(rows, "").findings

    assert (finding.severity, finding.title) == ("medium", "g could supply l: glass")
    assert finding.subjects == ("test:l", "test:g", "test:glass")
    assert finding.action == "Ask g for readiness, price and delivery."
    assert finding.evidence


def test_of_a_capability_with_too_many_offers_the_surest_are_compared_and_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_suggest, "MOST_COMPARED", 2)
    rows = market()
    rows = {**rows, "organisations": firms(*"lghk"), "offers": [
        *links("offers", "l lens"), *links("offers", "g glass", confidence=0.2),
        *links("offers", "h glass", "k glass")]}  # fmt: skip
    graph = graph_of(rows)

    assert graph["capabilities"]["label"].iloc[trade(graph).cut].tolist() == ["Glass"]
    result = missing_links(graph.within(Scope(organisation="test:l")))
    assert result.table().column("partner") == ["h", "k"]


class TestExcludedPairs:
    def test_are_those_with_a_supply_link_a_refusal_or_a_joint_project(self):
        rows: Rows = {
            "organisations": firms(*"abcdef"), **CHAIN,
            "supplies": [*links("supplies", "a b glass", relation="former"),
                         *links("supplies", "c a glass", holds="no")],
            "projects": [{"id": "p", "title": "x"}], "participations": links("participations", "a p", "d p"),
        }  # fmt: skip
        graph = graph_of(rows)

        def pairs(matrix: Any) -> set[tuple[int, int]]:
            assert set(matrix.data.tolist()) <= {1.0}
            return set(zip(*(end.tolist() for end in matrix.nonzero()), strict=True))

        assert pairs(refused(graph)) == {(0, 2), (2, 0)}
        assert pairs(traded_or_refused(graph)) == {(0, 1), (1, 0), (0, 2), (2, 0)}
        assert pairs(excluded(graph)) == {(0, 1), (1, 0), (0, 2), (2, 0), (0, 3), (3, 0)}


def test_reach_counts_pairs_across_sectors_and_regions_and_those_who_are_named_most():
    rows: Rows = {
        "organisations": [*firms("a", "b", region="DEG03"), *firms("c", region="DE212"), *firms("d")],
        "sectors": [{"organisation": one, "code": code, "scheme": "nace2"}
                    for one, code in (("a", "26.70"), ("b", "26.11"), ("c", "28.41"))],
    }  # fmt: skip
    graph = graph_of(rows)
    pairs = pd.DataFrame({"organisation": [0, 0, 0, 1], "partner": [1, 2, 3, 2]})
    found = reach(graph, pd.concat([pairs, pairs]))

    assert (found.pairs, found.sectors, found.regions, found.popular) == (4, (2, 3), (2, 3), 1.0)
    joined = joined_regions(graph, pairs)
    assert joined is not None
    assert (joined.first, joined.second, joined.suggestions, joined.ties) == ("DE21 (DE21)", "DEG0 (DEG0)", 2, 0)
    assert joined_regions(graph, pairs[:1]) is None


@pytest.fixture(scope="module")
def everybody(demo: Service) -> Suggestions:
    graph = demo.graph()
    return suggested(graph, np.arange(len(graph["organisations"])), 10, "")


@pytest.mark.parametrize(
    ("probability", "counted"),
    [(0.24, (2, 10)), (0.31, (3, 10)), (0.1, (1, 10)), (0.08, (8, 100)), (0.001, (1, 100)), (0.97, (9, 10))],
)
def test_a_probability_is_told_as_people_count(probability: float, counted: tuple[int, int]):
    assert natural_frequency(probability) == counted


class TestJointProjectsOfTheDemo:
    def test_carry_the_chance_that_was_tested_and_what_became_of_others_like_them(self, demo: Service):
        result = demo.run("missing-links", {"organisation": "LZH LASERZENTRUM HANNOVER EV"})
        frame = result.frame()
        joint = frame[frame["kind"] == "joint project"]

        assert len(joint) > 0
        assert joint["probability"].between(LEAST_LIKELY, 1).all()
        assert (
            joint["reasons"]
            .str.match(
                r"about \d+ in 100? such pairs begin a joint project within [\d.]+ years "
                r"\(of [\d,]+ tested, [\d,]+ did\)"
            )
            .all()
        )
        assert joint["score"].isna().all()
        assert frame.loc[frame["kind"] != "joint project", "probability"].isna().all()

    def test_are_of_pairs_that_have_none_yet_and_no_supply_link_and_are_not_one_group(
        self, demo: Service, everybody: Suggestions
    ):
        graph = demo.graph()
        assert isinstance(everybody.model, Learned)
        ends = everybody.rows[["organisation", "partner"]].to_numpy(np.int64).T
        joint = everybody.rows["kind"] == 2
        assert not np.asarray(excluded(graph)[ends[0][joint], ends[1][joint]]).any()
        assert (graph.legal_groups[ends[0]] != graph.legal_groups[ends[1]]).all()
        assert (ends[0] != ends[1]).all()

    def test_leave_room_between_names_that_stand_for_many_units(self, demo: Service, everybody: Suggestions):
        many = set(demo.graph().once(umbrellas))
        joint = everybody.rows[everybody.rows["kind"] == 2]
        for _, rows in joint.groupby("organisation"):
            names = rows.sort_values("place")["partner"].isin(many).to_numpy()
            for place in np.flatnonzero(names):
                assert (~names[:place]).sum() >= OTHERS_BETWEEN * (names[:place].sum() - 1)

    def test_ranks_run_from_one_without_gaps_and_no_partner_stands_twice_for_the_same(self, everybody: Suggestions):
        rows = everybody.rows
        assert (rows.groupby("organisation")["rank"].agg(["min", "max", "size"]).eval("min == 1 and max == size")).all()
        assert rows["rank"].max() <= 10
        assert not rows.duplicated(["organisation", "partner", "kind"]).any()

    def test_every_row_that_is_shown_leads_to_records_and_names_real_ones(self, demo: Service):
        result = demo.run("missing-links", {"limit": 0})
        assert all(evidence for table in result.tables for evidence in table.evidence)
        assert not any(record.status == "synthetic" for record in result.records)

    def test_say_what_to_mind_of_a_name_for_many_units(self, demo: Service):
        table = demo.run("missing-links", {}).frame("most-suggested")
        fraunhofer = table[table["organisation"].str.startswith("Fraunhofer Gesellschaft")]
        assert "ask which institute" in fraunhofer["to_mind"].iloc[0]


def test_the_made_up_firm_meets_makers_of_what_nobody_supplies_it_first(demo: Service):
    result = demo.run("missing-links", {"organisation": "example-cluster:laserhead", "with": "synthetic"})
    first = result.frame().iloc[0]

    assert (first["partner"], first["capability_key"]) == (
        "Example Kristallzucht Kassel GmbH", "photonics:optical_crystals",
    )  # fmt: skip
    assert first["status"] == "synthetic"


def test_without_a_model_the_years_are_none():
    assert Suggestions(pd.DataFrame(), TooFew(3)).years == 0.0


def test_nothing_to_spell_out_is_no_words():
    graph = graph_of(market("g glass"))
    assert spelled_out(graph, matches(graph, np.array([0]), 5)[:0]) == []
