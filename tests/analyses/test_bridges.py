"""Who connects sectors or regions, and where nobody does; the figures are derived in the comments."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses import _brokers
from valuechain.analyses.bridges import bridges
from valuechain.model.graph import Scope
from valuechain.model.result import Finding, Result
from valuechain.service import Service


def rows_of(sectors: dict[str, str], *pairs: str, **more: Any) -> dict[str, Any]:
    """Organisations of one letter each, their NACE divisions such as "26" or "26 28", and their joint projects."""
    return {
        **chain("glass>lens"),
        "organisations": firms(*sectors),
        "sectors": [
            {"organisation": one, "code": code, "scheme": "nace2"}
            for one, codes in sectors.items()
            for code in codes.split()
        ],
        "projects": [{"id": pair, "title": "A project"} for pair in pairs],
        "participations": links("participations", *(f"{one} {pair}" for pair in pairs for one in pair)),
        **more,
    }  # fmt: skip


def ask(rows: dict[str, Any], **parameters: Any) -> Result:
    return bridges(graph_of(rows), **parameters)


def lines(result: Result, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return rows


def broker(result: Result, name: str) -> dict[str, Any]:
    return {row["organisation"]: row for row in lines(result, "brokers")}[name]


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


STAR = rows_of({"a": "26", "b": "26", "c": "27", "d": "28", "e": "28"}, "ab", "ac", "ad", "ae")
"""a in the middle: one neighbour in its own sector, one in 27, two in 28."""


def test_the_centre_of_a_star_spans_its_holes():
    row = broker(ask(STAR), "a")
    assert (row["ties"], row["reaches"], row["belongs_to"]) == (4, 3, "NACE 26")
    assert row["participation"] == 0.625  # 1 - (1/4)^2 - (1/4)^2 - (2/4)^2
    assert row["constraint"] == 0.25  # 4 * (1/4)^2, no ties among the tips
    # Pairs of ends in different sectors: ac ad ae bc bd be cd ce = 8, of which bc bd be cd ce lead through a
    assert row["betweenness"] == 0.625
    tip = broker(ask(STAR), "c")
    assert (tip["participation"], tip["constraint"], tip["betweenness"]) == (0, 1, 0)


def test_a_neighbour_of_unknown_sector_does_not_count_for_participation():
    result = ask(rows_of({"a": "26", "b": "27", "c": "28", "d": ""}, "ab", "ac", "ad"))
    assert broker(result, "a")["participation"] == 0.5
    assert broker(result, "d")["belongs_to"] == ""


def test_where_no_sector_is_known_nothing_is_said_and_all_are_counted():
    result = ask(rows_of({"a": "", "b": ""}, "ab"))
    row = broker(result, "a")
    assert row["participation"] is None or row["participation"] != row["participation"]
    assert row["betweenness"] is None or row["betweenness"] != row["betweenness"]
    assert result.verdict == "Not assessed: no two sectors with ties are known in the whole data set."
    assert only(result, "not-assessed").title == "Not assessed: 2 organisations of 2 without a known sector"
    assert only(result, "not-assessed").severity == "info"


def test_ties_between_sectors_stand_beside_what_chance_would_give():
    # ends: 26 has ab twice and ac ad ae = 5, 27 has 1, 28 has 2; 2m = 8. 26-28: 5*2/8 = 1.25; inside 26: 25/16
    table = {(row["first"], row["second"]): row for row in lines(ask(STAR), "pairs")}
    assert len(table) == 6
    pair, inside = table["NACE 26", "NACE 28"], table["NACE 26", "NACE 26"]
    assert (pair["observed"], pair["expected"], pair["state"]) == (2, 1.25, "as many")
    assert (inside["observed"], inside["expected"]) == (1, 1.56)
    assert table["NACE 27", "NACE 28"]["observed"] == 0
    assert (pair["first_organisations"], pair["second_organisations"], pair["in_both"]) == (2, 2, 0)


def test_the_only_connector_of_two_sectors_is_named():
    result = ask(rows_of({"a": "26", "b": "26", "d": "28", "e": "28"}, "ab", "ad", "ae"))
    finding = only(result, "only-connector")
    assert finding.title == "NACE 26 and NACE 28: a is the only connector"
    assert finding.explanation.startswith("All 2 ties between them are its own, to d and e.")
    assert finding.severity == "medium"
    assert broker(result, "a")["only_connector_of"] == 1
    (row,) = lines(result, "only-connectors")
    assert (row["organisation"], row["ties"], row["in_both"]) == ("a", 2, 0)
    assert "1 pair of sectors hangs on one connector." in result.verdict


def test_a_single_tie_between_two_sectors_is_told_once_with_both_ends():
    result = ask(rows_of({"a": "26", "b": "27"}, "ab"))
    finding = only(result, "only-connector")
    assert finding.title == "NACE 26 and NACE 27: one tie alone connects them"
    assert "It joins a and b." in finding.explanation
    assert finding.severity == "low"
    assert [row["organisation"] for row in lines(result, "only-connectors")] == ["a", "b"]


def test_who_belongs_to_both_sectors_joins_them_too_and_is_counted():
    result = ask(rows_of({"a": "26", "b": "28", "c": "28", "m": "26 28"}, "ab", "ac"))
    finding = only(result, "only-connector")
    assert finding.severity == "low"
    assert "1 organisation belongs to both." in finding.explanation


def circles(count: int) -> tuple[dict[str, str], list[str]]:
    """Two circles in which all know each other, the one in 26, the other in 28, with nothing between."""
    left, right = "abcdefg"[:count], "tuvwxyz"[:count]
    sectors = dict.fromkeys(left, "26") | dict.fromkeys(right, "28")
    return sectors, ["".join(pair) for half in (left, right) for pair in itertools.combinations(half, 2)]


def test_sectors_without_a_tie_where_chance_would_give_many_lack_a_bridge():
    # two circles of 4: 6 ties each, 12 ends each; chance gives 12*12/24 = 6 between them: 6 - 0 over sqrt(6) = 2.4
    sectors, pairs = circles(4)
    offers = links("offers", "a lens", "b glass", "u glass", "v lens", "v glass", "b lens")
    result = ask(rows_of(sectors, *pairs, offers=offers))
    finding = only(result, "missing-bridge")
    assert finding.title == "NACE 26 and NACE 28: no tie where chance would give 6"
    assert finding.severity == "medium"
    assert finding.with_whom[0].startswith("b and v: both offer ")
    assert result.verdict.startswith("No tie crosses between 2 sectors in the whole data set.")
    builders = [(row["organisation"], row["partner"], row["shared_count"]) for row in lines(result, "builders")]
    assert builders[0] == ("b", "v", 2)
    assert ("a", "v", 1) in builders
    assert ("a", "u", 1) not in builders


def test_with_one_tie_a_missing_bridge_is_a_low_finding_and_proposes_no_pair_that_is_tied():
    sectors, pairs = circles(6)
    offers = links("offers", "a lens", "t lens", "b lens")
    result = ask(rows_of(sectors, *pairs, "at", offers=offers))
    finding = only(result, "missing-bridge")
    assert finding.severity == "low"
    # 15 ties in each circle and one between: 31 ends each, 31 * 31 / 62 = 15.5
    assert finding.title == "NACE 26 and NACE 28: 1 tie where chance would give 16"
    assert "15.5" in finding.explanation
    assert [(row["organisation"], row["partner"]) for row in lines(result, "builders")] == [("b", "t")]
    assert "A bridge is missing most here: NACE 26 and NACE 28." in result.verdict


def test_guessed_offers_propose_in_the_words_of_a_guess():
    sectors, pairs = circles(4)
    offers = links("offers", "a lens", "t lens", status="inferred")
    result = ask(rows_of(sectors, *pairs, offers=offers))
    assert only(result, "missing-bridge").with_whom == ("a and t: both seem to offer lens",)
    assert ask(rows_of(sectors, *pairs, offers=offers), candidates=0).table("builders").rows == ()


def test_sectors_told_by_different_sources_are_not_set_against_each_other():
    sectors, pairs = circles(4)
    rows = rows_of({one: code if code == "26" else "" for one, code in sectors.items()}, *pairs)
    rows["projects"] = [{**row, "topic": "PHC-1-2014" if row["id"][0] > "s" else None} for row in rows["projects"]]
    result = ask(rows)
    assert {row["state"] for row in lines(result, "pairs")} >= {"fewer"}
    assert not [finding for finding in result.findings if finding.kind == "missing-bridge"]
    assert any("only where one source told" in note for note in result.notes)
    assert any("built in" in note for note in result.notes)


def test_between_regions_the_level_decides():
    places = [*firms("a", region="DEG03"), *firms("b", region="DE212"), *firms("c", region="DE111")]
    rows = {**rows_of({"a": "", "b": "", "c": ""}, "ab", "bc"), "organisations": places}
    by_state = ask(rows, between="region", level=1)
    assert {row["first"] for row in lines(by_state, "pairs")} == {"DE1 (DE1)", "DE2 (DE2)", "DEG (DEG)"}
    by_country = ask(rows, between="region", level=0)
    assert by_country.verdict == "Not assessed: no two regions with ties are known in the whole data set."


def test_in_a_scope_only_ties_between_its_members_count():
    rows = rows_of({"a": "26", "b": "27", "c": "28"}, "ab", "bc")
    rows["organisations"] = [*firms("a", "b", region="DEG03"), *firms("c")]
    result = bridges(graph_of(rows).within(Scope(regions=("DEG",))))
    assert [row["organisation"] for row in lines(result, "brokers")] == ["a", "b"]
    assert result.verdict.startswith("1 tie crosses between 2 sectors in DEG.")


def test_a_supply_link_is_a_tie_and_two_ways_of_being_tied_are_one():
    rows = rows_of({"a": "26", "b": "27"}, "ab", supplies=links("supplies", "a b glass", "b a lens"))
    (pair,) = [row for row in lines(ask(rows), "pairs") if row["first"] != row["second"]]
    assert pair["observed"] == 1
    assert len(ask(rows).table("only-connectors").evidence[0]) == 4


def test_more_than_ten_pairs_on_one_connector_are_all_in_the_table_and_it_is_said():
    sectors = {letter: str(10 + number) for number, letter in enumerate("abcdef")}
    result = ask(rows_of(sectors, *("".join(pair) for pair in itertools.combinations("abcdef", 2))))
    assert len([one for one in result.findings if one.kind == "only-connector"]) == 10
    assert len(result.table("only-connectors").rows) == 30
    assert any("10 are spelled out" in note for note in result.notes)


def test_in_a_large_network_betweenness_is_estimated_and_says_so(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_brokers, "EXACT_UP_TO", 4)
    monkeypatch.setattr(_brokers, "SOURCES", 3)
    result = ask(STAR)
    # from a, c and e: pairs ac ad ae, ca cb cd ce, ea eb ec; through a lead cb cd ce eb ec: 5 of 10
    assert broker(result, "a")["betweenness"] == 0.5
    # one standard error of 0.5 from 3 sources is at most sqrt(0.5 * 0.5 / 3)
    assert (
        "Betweenness is estimated from 3 of 5 organisations, evenly spread. One standard error of the largest: 0.289 "
        "at most." in result.notes
    )


def test_in_the_demo_sectors_follow_from_titles_and_are_called_inferred(demo: Service):
    result = demo.run("bridges")
    assert {row["status"] for row in lines(result, "pairs")} == {"inferred"}
    assert any(
        note.startswith("Organisations by what told their sector: application markets: ") for note in result.notes
    )
    assert all(one.severity in ("low", "info") for one in result.findings)
    for table in result.tables:
        assert all(table.evidence), table.name


def test_in_the_demo_regions_are_declared(demo: Service):
    result = demo.run("bridges", {"between": "region", "level": 1})
    assert "Berlin (DE3)" in result.table("pairs").column("first")
    assert any(one.severity == "medium" and one.kind == "only-connector" for one in result.findings)


def test_a_sector_without_any_tie_expects_none_and_is_not_assessed():
    rows = rows_of({"a": "26", "b": "27", "c": "28"}, "ab")
    pairs = {(row["first"], row["second"]): row for row in lines(ask(rows), "pairs")}
    row = pairs["NACE 26", "NACE 28"]
    assert (row["observed"], row["expected"], row["state"]) == (0, 0, "not assessed")
    assert row["surprise"] is None or row["surprise"] != row["surprise"]
