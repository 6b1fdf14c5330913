"""What an owner, or an advisor, is told about weak links."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._failure import dependencies
from valuechain.analyses.weak_links import weak_links
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

CHAIN = chain("sand>glass", "glass>lens", "coating>lens")
NEEDS = links("needs", "l glass", "l coating", essential="yes")


def ask(rows: dict[str, Any], organisation: str = "l", **parameters: Any) -> Result:
    scope = Scope(organisation=f"test:{organisation}" if organisation else "")
    return weak_links(graph_of(rows).within(scope), **parameters)


def lines(result: Result, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return rows


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


def one_supplier(**fields: Any) -> dict[str, Any]:
    """g alone supplies l with glass, which l needs."""
    return {
        **CHAIN,
        "organisations": firms("g", "l"),
        "needs": links("needs", "l glass", essential="yes"),
        "supplies": links("supplies", "g l glass", **fields),
    }


def two_on_one(**fields: Any) -> dict[str, Any]:
    """g and h supply l with glass, and both buy sand from s alone."""
    return {
        **CHAIN,
        "organisations": firms("s", "g", "h", "l"),
        "needs": [*links("needs", "l glass", "g sand", "h sand", essential="yes")],
        "supplies": [
            *links("supplies", "g l glass", "h l glass", stock_cover_days=35),
            *links("supplies", "s g sand", lead_time_days=140, stock_cover_days=49),
            *links("supplies", "s h sand", lead_time_days=150, stock_cover_days=60, **fields),
        ],
    }


class TestOneOrganisation:
    def test_that_hangs_on_one_supplier_is_told_how_many_weeks_its_stock_is_short(self):
        result = ask(one_supplier(lead_time_days=182, stock_cover_days=42, switching_days=140))
        finding = only(result, "single-point")
        assert finding.title == "Glass: stock ends 20 weeks before a new delivery could arrive"
        assert finding.severity == "critical"
        assert "g is the only known supplier. Nothing is made without it." in finding.explanation
        assert "A new delivery takes 182 days, the stock lasts 42." in finding.explanation
        assert "about 140 days" in finding.action
        assert "20 more weeks of stock" in finding.action
        assert finding.subjects == ("test:l", "test:g", "test:glass")
        assert result.verdict == "The failure of g alone stops l. The suppliers of 1 of 1 inputs are known."

    @pytest.mark.parametrize(
        ("lead", "stock", "title"),
        [
            (182, 42, "stock ends 20 weeks before a new delivery could arrive"),
            (80, 42, "stock ends more than 5 weeks before a new delivery could arrive"),
            (49, 42, "stock ends 1 week before a new delivery could arrive"),
            (48, 42, "stock ends 6 days before a new delivery could arrive"),
            (42, 42, "only one supplier is known"),
            (21, 42, "only one supplier is known"),
        ],
    )
    def test_gap_is_rounded_down_to_weeks_and_given_in_days_below_one(self, lead: int, stock: int, title: str):
        finding = only(ask(one_supplier(lead_time_days=lead, stock_cover_days=stock)), "single-point")
        assert finding.title == f"Glass: {title}"
        assert finding.severity == ("critical" if lead > stock else "high")

    @pytest.mark.parametrize(
        ("known", "words"),
        [
            ({}, "Delivery time and stock are not known."),
            ({"lead_time_days": 9}, "A new delivery takes 9 days; how long the stock lasts is not known."),
            ({"stock_cover_days": 9}, "The stock lasts 9 days; how long a new delivery takes is not known."),
        ],
    )
    def test_without_delivery_time_or_stock_the_gap_is_empty_and_said_to_be_unknown(
        self, known: dict[str, int], words: str
    ):
        result = ask(one_supplier(**known))
        finding = only(result, "single-point")
        assert words in finding.explanation
        assert finding.severity == "high"
        assert result.table("weak-links").column("gap_weeks") == [None]

    def test_with_two_suppliers_that_hang_on_one_is_told_of_the_one_behind_them(self):
        result = ask(two_on_one())
        finding = only(result, "single-point")
        assert finding.title == "Glass: 2 suppliers, all of them hang on s"
        assert "g and h get sand from s, and from nobody else as far as known." in finding.explanation
        assert "With it 2 other organisations stop: g and h." in finding.explanation
        (row,) = lines(result, "weak-links")
        assert row["way"] == "s → Sand → g and h → Glass → l"
        assert (row["steps"], row["stops"], row["weak_point"]) == (2, 3, "single point of failure")

    def test_stocks_along_the_way_add_up_behind_the_last_supplier_that_stops(self):
        # g stops after 49 days, h after 60; then l lives on its glass for 35 more: 95. New sand takes 140: 45 short
        (row,) = lines(ask(two_on_one()), "weak-links")
        assert (row["lead_time_days"], row["stock_days"], row["gap_weeks"]) == (140, 95, 6)

    def test_a_stock_on_the_way_that_nobody_told_leaves_the_gap_unknown(self):
        rows = two_on_one()
        rows["supplies"] = [
            {**row, "stock_cover_days": None} if row["buyer"] == "h" else row for row in rows["supplies"]
        ]
        (row,) = lines(ask(rows), "weak-links")
        assert row["lead_time_days"] == 140
        assert row["stock_days"] is None or row["stock_days"] != row["stock_days"]

    def test_one_supplier_behind_another_is_a_weak_point_as_well(self):
        rows = one_supplier()
        rows["organisations"] = firms("s", "g", "l")
        rows["needs"] = [*rows["needs"], *links("needs", "g sand", essential="yes")]
        rows["supplies"] = [*rows["supplies"], *links("supplies", "s g sand")]
        result = ask(rows)
        titles = {finding.title for finding in result.findings}
        assert titles == {"Glass: only one supplier is known", "Glass: its one known supplier hangs on s"}
        assert result.verdict.startswith("l stops if any one of these 2 fails: ")

    def test_a_longer_way_is_written_out(self):
        rows = {
            **chain("ore>sand", "sand>glass", "glass>lens"),
            "organisations": firms("o", "s", "t", "g", "l"),
            "needs": links("needs", "l glass", "g sand", "s ore", "t ore", essential="yes"),
            "supplies": links("supplies", "o s ore", "o t ore", "s g sand", "t g sand", "g l glass"),
        }
        (finding,) = [one for one in ask(rows).findings if one.subjects[1] == "test:o"]
        assert "The way: o → Ore → s and t → Sand → g → Glass → l." in finding.explanation

    def test_an_input_assumed_essential_says_so_and_is_one_step_less_severe(self):
        rows = {**one_supplier(lead_time_days=182, stock_cover_days=42), "needs": []}
        result = ask(rows)
        finding = only(result, "single-point")
        assert (finding.severity, finding.confidence, finding.status) == ("high", 0.45, "inferred")
        assert (
            "Nobody said whether anything can be made without it; here it counts as essential." in finding.explanation
        )
        assert "1 input counts as essential because nobody said whether it is." in " ".join(result.notes)

    def test_the_only_supplier_of_what_is_not_essential_stops_nothing_but_may_run_short(self):
        rows = {**one_supplier(lead_time_days=112, stock_cover_days=56)}
        rows["needs"] = links("needs", "l glass", essential="no")
        result = ask(rows)
        finding = only(result, "only-supplier")
        assert finding.severity == "medium"
        assert finding.title == "Glass: stock ends 8 weeks before a new delivery could arrive"
        assert "Some things can be made without it." in finding.explanation
        assert result.verdict.startswith("No single failure among the known suppliers stops l.")
        calm = ask({**rows, "supplies": links("supplies", "g l glass")})
        assert only(calm, "only-supplier").severity == "low"

    def test_suppliers_of_one_legal_group_are_one_owner(self):
        rows = {**one_supplier(), "organisations": [*firms("g", "h", group_id="x"), *firms("l", "m")]}
        rows["supplies"] = links("supplies", "g l glass", "h l glass", "g m glass")
        finding = only(ask(rows), "one-owner")
        assert (finding.title, finding.severity) == ("Glass: 2 suppliers, one owner", "medium")
        assert "If g fails, 1 organisation stops: m." in finding.explanation
        rows["needs"] = links("needs", "l glass", essential="no")
        assert only(ask(rows), "one-owner").severity == "low"

    def test_two_independent_suppliers_are_no_finding(self):
        rows = {**one_supplier(), "organisations": firms("g", "h", "l")}
        rows["supplies"] = links("supplies", "g l glass", "h l glass")
        result = ask(rows)
        assert result.findings == ()
        assert result.table("inputs").column("assessment") == ["several suppliers"]

    def test_what_it_makes_itself_is_no_weak_point(self):
        rows = {**one_supplier(), "needs": NEEDS, "offers": links("offers", "l coating", "l glass"), "inputs": []}
        result = ask(rows)
        assert result.findings == ()
        assert result.table("inputs").column("assessment") == ["makes it itself"] * 2
        assert result.verdict.endswith("The suppliers of 2 of 2 inputs are known.")

    def test_inputs_without_a_known_supplier_are_not_assessed_and_never_zero(self):
        rows = {**one_supplier(), "needs": NEEDS}
        result = ask(rows)
        finding = only(result, "not-assessed")
        assert finding.title == "Not assessed: 1 input of 2 without a known supplier"
        assert finding.severity == "info"
        assert "Coating" in finding.explanation
        assert dict(zip(*(result.table("inputs").column(name) for name in ("input", "assessment")), strict=True)) == {
            "Glass": "hangs on g",
            "Coating": "not assessed",
        }

    def test_of_which_nothing_is_known_is_not_assessed(self):
        result = ask({**CHAIN, "organisations": firms("l")})
        assert result.verdict == "Not assessed: nobody said who supplies l."
        assert only(result, "not-assessed").title == "Not assessed: nobody said what l needs or who supplies it"

    def test_inputs_of_another_chain_than_the_one_asked_about_are_left_out(self):
        rows = {**one_supplier(), "needs": [*NEEDS, *links("needs", "l oil")]}
        rows["capabilities"] = [*CHAIN["capabilities"], {"id": "oil", "label": "Oil", "chain": "other"}]
        result = weak_links(graph_of(rows).within(Scope(organisation="test:l", chain="c")))
        assert result.table("inputs").column("input") == ["Glass", "Coating"]

    def test_more_than_twenty_weak_points_are_all_in_the_table_and_the_rest_is_counted(self):
        names = [f"i{number}" for number in range(23)]
        rows = {
            **chain(*(f"{name}>lens" for name in names)),
            "organisations": firms("l", *(f"s{name}" for name in names)),
            "supplies": links("supplies", *(f"s{name} l {name}" for name in names)),
        }
        result = ask(rows)
        assert (len(result.findings), len(result.table("weak-links").rows)) == (20, 23)
        assert len({row["hangs_on"] for row in lines(result, "stopped")}) == 20
        assert "3 more weak points not spelled out; the first table holds them all." in result.notes

    def test_of_a_failure_that_stops_more_than_a_hundred_the_rest_is_counted(self):
        names = [f"b{number}" for number in range(1003)]
        rows = {
            **CHAIN,
            "organisations": firms("g", "l", *names),
            "supplies": links("supplies", "g l glass", *(f"g {name} glass" for name in names)),
        }
        result = ask(rows)
        assert (len(result.table("stopped").rows), result.table("stopped").cut) == (100, 904)
        assert result.table("weak-links").column("stops") == [1004]


class TestSubstitutes:
    def rows(self) -> dict[str, Any]:
        """g alone supplies l. Others offer glass, too."""
        return {
            **CHAIN,
            "organisations": [
                *firms("g", group_id="x"),
                *firms("sister", group_id="x"),
                *firms("l", "m", "b", "c", "d", "e", "f", country="DE", region="DEG03"),
                {"id": "uni", "name": "uni", "kind": "university"},
            ],
            "needs": links("needs", "l glass", "d sand", essential="yes"),
            "supplies": [
                *links("supplies", "g l glass", "b m glass"),
                *links("supplies", "c l glass", relation="qualified"),
                *links("supplies", "f l glass", relation="former"),
                *links("supplies", "g d sand"),
            ],
            "offers": [
                *links("offers", "sister glass", "d glass", "e glass", "c glass", "f glass"),
                *links("offers", "uni glass", status="inferred"),
            ],
        }

    def substitutes(self, **parameters: Any) -> list[tuple[str, str]]:
        table = ask(self.rows(), **parameters).table("substitutes")
        assert set(table.column("capability")) == {"Glass"}
        pairs = zip(table.column("organisation"), table.column("reason"), strict=True)
        return [(str(name), str(reason)) for name, reason in pairs]

    def test_rank_by_qualified_then_formerly_delivering_then_delivering_to_others_then_stated(self):
        assert self.substitutes() == [
            ("c", "qualified with l; offers it; same region"),
            ("f", "delivered to l; offers it; same region"),
            ("b", "supplies it to others already; same region"),
            ("e", "offers it; same region"),
        ]

    def test_leave_out_who_belongs_to_the_failed_one_or_stops_with_it_and_guessed_research(self):
        assert not {"g", "sister", "d", "l", "uni"} & {name for name, _ in self.substitutes()}

    def test_are_named_up_to_the_number_asked_for(self):
        assert [name for name, _ in self.substitutes(candidates=2)] == ["c", "f"]
        result = ask(self.rows(), candidates=0)
        assert only(result, "single-point").with_whom == ()

    def test_stand_in_the_finding_with_place_and_reason(self):
        finding = only(ask(self.rows()), "single-point")
        assert finding.with_whom[0] == "c, DEG03: qualified with l; offers it; same region"
        assert finding.with_whom[1].startswith("f, DEG03: ")

    def test_whose_kind_nobody_told_are_other_organisations(self):
        rows = self.rows()
        rows["organisations"][-2] = {"id": "f", "name": "f", "country": "DE", "region": "DEG03"}
        table = ask(rows).table("substitutes")
        kinds = dict(zip(table.column("organisation"), table.column("kind"), strict=True))

        assert (kinds["c"], kinds["f"]) == ("sme", "other")

    def test_of_an_indirect_weak_point_are_told_for_both_ends_of_the_way(self):
        rows = two_on_one()
        rows["organisations"] = firms("s", "g", "h", "l", "k", "t")
        rows["offers"] = links("offers", "k glass", "t sand")
        table = ask(rows).table("substitutes")
        assert list(zip(table.column("capability"), table.column("organisation"), strict=True)) == [
            ("Glass", "k"),
            ("Sand", "t"),
        ]


class TestEverybody:
    def rows(self) -> dict[str, Any]:
        rows = two_on_one()
        rows["organisations"] = [*firms("s", "g", "h"), *firms("l", region="DEG03"), *firms("x", region="DEG0")]
        rows["offers"] = links("offers", "l lens", "g glass", "h glass", "h coating")
        return rows

    def test_are_ranked_by_how_many_stop_without_them(self):
        result = ask(self.rows(), "")
        assert [(row["organisation"], row["stops"]) for row in lines(result, "ranking")] == [
            ("s", 3),
            ("g", 0),
            ("h", 0),
        ]
        first = lines(result, "ranking")[0]
        assert (first["customers"], first["capabilities"], first["regions"], first["over"]) == (2, 3, 1, False)
        assert result.verdict == "1 of 3 suppliers can stop somebody alone. Most hang on s: 3 stop without it."
        finding = only(result, "reach")
        assert (finding.title, finding.severity) == ("s: if it fails, 3 other organisations stop", "medium")
        assert finding.explanation.startswith("Nobody else is known to supply g and h with Sand.")

    def test_in_a_region_only_those_who_stop_there_are_counted(self):
        graph = graph_of(self.rows()).within(Scope(regions=("DEG",)))
        result = weak_links(graph)
        assert [(row["organisation"], row["stops"]) for row in lines(result, "ranking")] == [("s", 1)]
        assert only(result, "reach").title == "s: if it fails, 1 other organisation stops in DEG"
        assert only(result, "reach").severity == "low"
        assert any("counted in scope alone" in note for note in result.notes)

    def test_five_who_stop_are_a_high_finding_and_critical_where_they_are_a_tenth_of_those_who_depend(self):
        def star(buyers: int, others: int) -> Result:
            names = [f"b{number}" for number in range(buyers)]
            pairs = [f"o{number}" for number in range(others)]
            rows = {
                **CHAIN,
                "organisations": firms("g", *names, *pairs, "p", "q"),
                "needs": links("needs", *(f"{name} glass" for name in (*names, *pairs)), essential="yes"),
                "supplies": links(
                    "supplies",
                    *(f"g {name} glass" for name in names),
                    *(f"{supplier} {name} glass" for name in pairs for supplier in "pq"),
                ),
            }
            return ask(rows, "")

        assert only(star(5, 0), "reach").severity == "critical"
        assert only(star(5, 46), "reach").severity == "high"

    def test_where_nobody_can_stop_anybody_the_answer_says_so(self):
        rows = {**one_supplier(), "organisations": firms("g", "h", "l")}
        rows["supplies"] = links("supplies", "g l glass", "h l glass")
        result = ask(rows, "")
        assert result.verdict == "No single failure among the known suppliers stops anybody in the whole data set."
        assert {finding.kind for finding in result.findings} == set()

    def test_without_supplier_links_nobody_was_asked_yet(self):
        result = ask({**CHAIN, "organisations": firms("a")}, "")
        assert result.verdict == "Not assessed: no supplier link is known in the whole data set."
        finding = only(result, "not-asked")
        assert finding.severity == "info"
        assert "import the answers" in finding.action
        assert result.table("ranking").rows == ()

    def test_more_than_a_thousand_are_said_to_be_more_not_counted_on(self):
        names = [f"b{number}" for number in range(1002)]
        rows = {
            **CHAIN,
            "organisations": firms("g", *names),
            "supplies": links("supplies", *(f"g {name} glass" for name in names)),
        }
        result = ask(rows, "")
        (row,) = lines(result, "ranking")
        assert (row["stops"], row["over"]) == (1000, True)
        assert "more than 1,000 stop without it" in result.verdict
        assert only(result, "reach").title == "g: if it fails, 1,002 other organisations stop"
        assert any("ask about that one alone" in note for note in result.notes)

    def test_more_suppliers_than_are_spelled_out_are_all_in_the_ranking(self):
        names = [f"i{number}" for number in range(21)]
        rows = {
            **CHAIN,
            "organisations": firms(*names, *(f"b{name}" for name in names)),
            "supplies": links("supplies", *(f"{name} b{name} glass" for name in names)),
        }
        result = ask(rows, "")
        assert (len(result.findings), len(result.table("ranking").rows)) == (20, 21)
        assert "1 more supplier who can stop others not spelled out; the table has them all." in result.notes


class TestTurnoverOfThoseWhoStop:
    def result(self, organisation: str, **turnover: float) -> Result:
        rows = two_on_one()
        rows["organisations"] = [
            {**firm, "turnover_eur": turnover.get(firm["id"])} for firm in firms("s", "g", "h", "l")
        ]
        return ask(rows, organisation)

    def test_is_added_up_as_far_as_known_and_says_of_how_many_it_is(self):
        result = self.result("", s=9e9, g=12e6, l=300_000)
        row = lines(result, "ranking")[0]
        assert (row["organisation"], row["turnover_eur"], row["turnover_known"]) == ("s", 12_300_000.0, 2)
        assert "Their turnover: EUR 12.3 million, known for 2 of 3." in only(result, "reach").explanation

    def test_of_one_weak_point_leaves_out_the_one_asked_about_in_words_alone(self):
        result = self.result("l", g=12e6, l=300_000)
        (row,) = lines(result, "weak-links")
        assert (row["turnover_eur"], row["turnover_known"]) == (12_300_000.0, 2)
        assert "Their turnover: EUR 12.0 million, known for 1 of 2." in only(result, "single-point").explanation

    def test_is_empty_and_never_zero_where_nobody_said(self):
        result = self.result("")
        assert result.table("ranking").column("turnover_eur") == [None] * 3
        assert "turnover" not in only(result, "reach").explanation


names = st.sampled_from("abcdefg")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.tuples(names, names, st.sampled_from(["glass", "lens"])), min_size=1, max_size=14, unique=True),
    st.lists(st.tuples(names, st.sampled_from(["glass", "lens"])), max_size=8, unique=True),
    st.lists(names, max_size=3, unique=True),
)
def test_no_substitute_stops_with_the_failed_one_or_belongs_to_its_group(supplies, offers, group):
    rows = {
        **chain("glass>lens"),
        "organisations": [*firms(*group, group_id="x"), *firms(*sorted(set("abcdefg") - set(group)))],
        "supplies": links("supplies", *(" ".join(link) for link in supplies)),
        "offers": links("offers", *(" ".join(offer) for offer in offers)),
    }
    graph = graph_of(rows)
    known = dependencies(graph)
    table = weak_links(graph, candidates=50).table("substitutes")
    for failed, instead in zip(table.column("hangs_on_key"), table.column("organisation_key"), strict=True):
        one, other = (graph.find("organisations", str(key)) for key in (failed, instead))
        assert other not in known.what_stops(one).stopped
        assert graph.legal_groups[one] != graph.legal_groups[other]


@pytest.mark.parametrize("confidence", [0.0, 0.3, 0.9, 1.0])
def test_what_is_less_sure_makes_no_weak_point_surer(confidence: float):
    rows = two_on_one()
    rows["supplies"] = [{**row, "confidence": 0.8} for row in rows["supplies"]]
    base = only(ask(rows), "single-point").confidence
    rows["supplies"][-1]["confidence"] = confidence
    assert only(ask(rows), "single-point").confidence == pytest.approx(min(base, confidence))


class TestTheNetworkOfTies:
    def result(self) -> Result:
        """Two circles of three joint projects each, joined by c - d alone; i is tied to nobody."""
        pairs = ["ab", "bc", "ac", "de", "ef", "df"]
        rows = {
            **CHAIN,
            "organisations": firms(*"abcdefi"),
            "projects": [{"id": pair, "title": "A project"} for pair in pairs],
            "participations": links("participations", *(f"{one} {pair}" for pair in pairs for one in pair)),
            "supplies": links("supplies", "c d glass", "c d sand", "c c sand"),
        }
        return ask(rows, "")

    def test_falls_apart_without_its_connectors(self):
        connectors = lines(self.result(), "connectors")
        assert [(row["organisation"], row["ties"], row["parts"], row["cut_off"]) for row in connectors] == [
            ("c", 3, 2, 2),
            ("d", 3, 2, 2),
        ]

    def test_and_without_its_single_ties(self):
        (tie,) = lines(self.result(), "single-ties")
        assert (tie["first"], tie["second"], tie["projects"], tie["supplies"], tie["cut_off"]) == ("c", "d", 0, 2, 3)

    def test_who_is_tied_to_nobody_is_counted_beside_it(self):
        assert any(
            note.startswith("1 organisation without joint project or supply link") for note in self.result().notes
        )

    def test_in_the_real_projects_54_hang_on_one_entry_for_a_whole_network_of_institutes(self, demo: Service):
        # counted independently when the pages were designed
        result = demo.run("weak-links")
        finding = only(result, "connector")
        assert finding.title.startswith("Without Fraunhofer")
        assert "54 organisations have no tie to the rest" in finding.title
        assert only(result, "not-asked").severity == "info"


@pytest.fixture(scope="module")
def laserhead(demo: Service) -> Result:
    return demo.run("weak-links", {"organisation": "example-cluster:laserhead", "with": "synthetic"})


class TestTheMadeUpFirm:
    def test_hangs_on_a_maker_of_drivers_and_on_the_glass_behind_both_lens_makers(self, laserhead: Result):
        told = [(one.severity, one.title) for one in laserhead.findings]
        assert told == [
            (
                "critical",
                "Laser drivers, readout ICs and thermal management: stock ends 20 weeks before a new delivery could "
                "arrive",
            ),
            (
                "critical",
                "Lenses, prisms, mirrors and other precision optics: 2 suppliers, all of them hang on Example "
                "Glasschmelze GmbH",
            ),
            (
                "medium",
                "Modulators, switches, SLMs and MEMS mirrors: stock ends 8 weeks before a new delivery could arrive",
            ),
            ("medium", "Optical thin-film coating: 2 suppliers, one owner"),
            ("low", "Optical and photonic design and simulation: only one supplier is known"),
            ("low", "Photodiodes and photodetectors: only one supplier is known"),
            ("info", "Not assessed: 5 inputs of 14 without a known supplier"),
        ]
        assert {one.status for one in laserhead.findings if one.severity != "info"} == {"synthetic"}

    def test_is_offered_nobody_who_hangs_on_the_same_glass(self, laserhead: Result):
        rows = [
            row
            for row in lines(laserhead, "substitutes")
            if row["hangs_on_key"] == "example-cluster:glasschmelze"
            and row["capability_key"] == "photonics:precision_optics"
        ]
        assert [row["organisation"] for row in rows][:2] == [
            "Example Feinoptik Berlin GmbH",
            "Example Feinoptik Weimar GmbH",
        ]

    def test_every_row_leads_to_records(self, laserhead: Result, demo: Service):
        for result in (laserhead, demo.run("weak-links", {"with": "synthetic"})):
            for table in result.tables:
                assert all(table.evidence), table.name
                assert table.columns[-1].name == "status"

    def test_a_public_reader_sees_the_same_since_all_of_it_is_public(self, demo: Service, laserhead: Result):
        options = {"organisation": "example-cluster:laserhead", "with": "synthetic", "for": "public"}
        assert [one.title for one in demo.run("weak-links", options).findings] == [
            one.title for one in laserhead.findings
        ]


def test_a_hidden_supply_link_is_not_there_for_the_reader_who_may_not_see_it():
    graph = graph_of(one_supplier(visibility="owner"), View(reader="cluster"))
    assert weak_links(graph).verdict.startswith("Not assessed")
