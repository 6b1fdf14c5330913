"""Bridges between clusters and communities, published values, and what a project's partners do to chance."""

from __future__ import annotations

import itertools
import random
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._crossings import mixing
from valuechain.analyses.bridges import bridges
from valuechain.model.build import Reference, build
from valuechain.model.example import delivery, snapshot
from valuechain.model.graph import Scope, View
from valuechain.model.result import Result

CHAIN = chain("glass>lens")


def tied(*pairs: tuple[str, ...], **more: Any) -> dict[str, Any]:
    """Organisations and supply links between them."""
    names = dict.fromkeys(itertools.chain(*pairs))
    supplies = [{"supplier": one, "buyer": other, "capability": "glass"} for one, other in pairs]
    return {**CHAIN, "organisations": firms(*names), "supplies": supplies, **more}


def clustered(rows: dict[str, Any], **clusters: str) -> dict[str, Any]:
    """The same with clusters, each with its members as letters."""
    organisations = [*rows["organisations"], *({"id": one, "name": one, "kind": "cluster"} for one in clusters)]
    members = [f"{member} {one}" for one, some in clusters.items() for member in some]
    return {**rows, "organisations": organisations, "memberships": links("memberships", *members)}


def ask(rows: dict[str, Any], **parameters: Any) -> Result:
    return bridges(graph_of(rows), **parameters)


def lines(result: Result, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return rows


class TestClusters:
    def test_members_of_two_clusters_are_counted_in_both_in_parts(self):
        rows = clustered(tied(("a", "b"), ("b", "c")), Left="ab", Right="bc")
        table = {(row["first"], row["second"]): row for row in lines(ask(rows, between="cluster"), "pairs")}
        # a-b: half inside Left, half across; b-c: half across, half inside Right
        assert [table[pair]["observed"] for pair in (("Left", "Left"), ("Left", "Right"), ("Right", "Right"))] == [
            0.5, 1, 0.5,
        ]  # fmt: skip
        assert table["Left", "Right"]["in_both"] == 1

    def test_a_shared_member_is_itself_the_bridge_where_no_tie_joins_them(self):
        rows = clustered(tied(("a", "b"), ("c", "d")), Left="abm", Right="cdm")
        rows["organisations"] += firms("m")
        result = ask(rows, between="cluster")
        (row,) = lines(result, "only-connectors")
        assert (row["organisation"], row["ties"], row["in_both"]) == ("m", 0, 1)
        finding = next(one for one in result.findings if one.kind == "only-connector")
        assert finding.title == "Left and Right: only m belongs to both"
        assert finding.severity == "low"
        assert result.verdict.endswith("1 pair of clusters hangs on one connector.")

    def test_two_shared_members_are_no_only_bridge(self):
        rows = clustered(tied(("a", "b"), ("c", "d")), Left="abmn", Right="cdmn")
        rows["organisations"] += firms("m", "n")
        assert lines(ask(rows, between="cluster"), "only-connectors") == []

    def test_clusters_of_one_name_are_told_apart_by_their_keys(self):
        rows = clustered(tied(("a", "b")), Left="a", Right="b")
        rows["organisations"] = [one | {"name": "Optics"} if one["kind"] == "cluster" else one
                                 for one in rows["organisations"]]  # fmt: skip
        result = ask(rows, between="cluster")
        assert {row["first"] for row in lines(result, "pairs")} == {"Optics (test:Left)", "Optics (test:Right)"}

    def test_without_clusters_nothing_is_assessed(self):
        result = ask(tied(("a", "b")), between="cluster")
        assert result.verdict == "Not assessed: no two clusters with ties are known in the whole data set."


def circles() -> list[tuple[str, str]]:
    """Two circles of five in which all know each other, and one tie between: e to t."""
    return [*itertools.combinations("abcde", 2), *itertools.combinations("tuvwx", 2), ("e", "t")]


class TestCommunities:
    def test_are_called_by_their_two_members_with_most_ties_inside(self):
        result = ask(tied(*circles(), ("a", "x")), between="community")
        assert {row["first"] for row in lines(result, "pairs")} == {"around a and b", "around t and u"}
        assert any("few ties between them are built in" in note for note in result.notes)

    def test_hang_on_one_tie(self):
        result = ask(tied(*circles()), between="community")
        finding = next(one for one in result.findings if one.kind == "only-connector")
        assert finding.title == "around a and b – around t and u: one tie alone connects them"
        assert finding.explanation == "It joins e and t. Without it no tie that is known joins the two."

    def test_missing_bridges_between_them_are_never_more_than_low(self):
        left, right = (itertools.combinations(letters, 2) for letters in ("abcdefg", "tuvwxyz"))
        result = ask(tied(*left, *right), between="community")
        missing = [one for one in result.findings if one.kind == "missing-bridge"]
        assert [one.severity for one in missing] == ["low"]

    def test_two_with_no_tie_but_to_each_other_are_none(self):
        result = ask(tied(*circles(), ("p", "q")), between="community")
        finding = next(one for one in result.findings if one.kind == "not-assessed")
        assert finding.title == "Not assessed: 2 organisations of 12 without a known community"

    def test_are_those_of_the_scope(self):
        rows = tied(*circles())
        for one in rows["organisations"]:
            one["region"] = "DEG03" if one["id"] in "abcde" else "DE212"
        result = bridges(graph_of(rows).within(Scope(regions=("DEG",))), between="community")
        assert {row["first"] for row in lines(result, "pairs")} == {"around a and b"}

    def test_are_the_same_in_every_run(self):
        answers = [ask(tied(*circles()), between="community") for _ in range(2)]
        assert answers[0] == answers[1]


class TestSoleBrokers:
    @pytest.mark.parametrize("seed", range(6))
    def test_without_the_organisation_in_the_data_the_pair_has_no_tie(self, seed: int):
        chance = random.Random(seed)
        sectors = {one: chance.choice(["26", "27", "28"]) for one in "abcdefgh"}
        pairs = sorted({tuple(sorted(chance.sample("abcdefgh", 2))) for _ in range(7)})

        def answer(without: str = "") -> Result:
            names = [one for one in sectors if one != without]
            rows = tied(*(pair for pair in pairs if without not in pair))
            stated = [{"organisation": one, "code": sectors[one], "scheme": "nace2"} for one in names]
            return ask({**rows, "organisations": firms(*names), "sectors": stated})

        def joined(result: Result) -> set[tuple[str, str]]:
            return {
                (row["first"], row["second"])
                for row in lines(result, "pairs")
                if row["observed"] and row["first"] != row["second"]
            }

        before = answer()
        reported = {(row["first"], row["second"], row["organisation"]) for row in lines(before, "only-connectors")}
        for one in sectors:
            lost = joined(before) - joined(answer(one))
            assert {(low, high) for low, high, name in reported if name == one} == lost


class TestPublished:
    def test_constraint_in_zacharys_karate_club(self):
        # W. W. Zachary (1977), Journal of Anthropological Research 33; values of networkx 3.6, unweighted
        club: nx.Graph[int] = nx.Graph(nx.karate_club_graph().edges())
        rows = tied(*((f"m{one:02}", f"m{other:02}") for one, other in club.edges()))
        rows["sectors"] = [{"organisation": f"m{one:02}", "code": "26", "scheme": "nace2"} for one in club]
        told = ask(rows).frame("brokers").set_index("organisation")["constraint"]
        expected = nx.constraint(club)
        assert told.to_dict() == {f"m{one:02}": pytest.approx(value, abs=1e-4) for one, value in expected.items()}
        assert told[["m00", "m33"]].tolist() == [0.1554, 0.1564]

    def test_participation_of_the_club_by_the_side_that_each_took(self):
        network = nx.karate_club_graph()
        rows = tied(*((f"m{one:02}", f"m{other:02}") for one, other in network.edges()))
        sides = {"Mr. Hi": "26", "Officer": "28"}
        rows["sectors"] = [
            {"organisation": f"m{one:02}", "code": sides[side], "scheme": "nace2"}
            for one, side in network.nodes(data="club")
        ]
        told = ask(rows).frame("brokers").set_index("organisation")
        # member 0 knows 16 others, some of either side
        own = sum(network.nodes[other]["club"] == "Mr. Hi" for other in network[0])
        assert told.loc["m00", "participation"] == pytest.approx(1 - (own / 16) ** 2 - ((16 - own) / 16) ** 2, abs=1e-4)
        assert told.loc["m11", "participation"] == 0  # one tie alone


class TestChance:
    def test_partners_of_one_project_scatter_ties_as_the_formula_says_at_most(self):
        # 400 rounds of 30 projects of 8 partners, each of group 0 with 0.3, of 1 with 0.2
        draw = np.random.default_rng(1)
        counts = [
            sum(int(group[0] * group[1]) for group in draw.multinomial(8, [0.3, 0.2, 0.5], size=30)) for _ in range(400)
        ]
        expected = 30 * 8 * 7 * 0.3 * 0.2
        bound = expected * (1 + (8 - 2) * (0.3 + 0.2))
        assert np.mean(counts) == pytest.approx(expected, rel=0.05)
        assert np.var(counts) <= bound * 1.1
        assert np.var(counts) > 1.2 * expected  # far more than so many single ties

    def test_ties_of_large_projects_surprise_less(self):
        ends = csr_array(np.array([[0, 1, 1, 0], [1, 0, 0, 0], [1, 0, 0, 1], [0, 0, 1, 0]], dtype=float))
        shares = csr_array(np.array([[1, 0], [1, 0], [0, 1], [0, 1]], dtype=float))
        single, together = mixing(ends, shares), mixing(ends, shares, 10.0)
        assert single.expected.tolist() == together.expected.tolist()
        # ends 3 and 3 of 6: a half each, 1 + 8 * (1/2 + 1/2) = 9
        assert (together.variance / single.variance).tolist() == [[9, 9], [9, 9]]

    def test_one_large_project_beside_another_is_no_missing_bridge(self):
        projects = [{"id": "p", "title": "x"}, {"id": "q", "title": "y"}]
        taking_part = [f"{one} p" for one in "abcdef"] + [f"{one} q" for one in "tuvwxy"]
        names = "abcdeftuvwxy"
        rows: dict[str, Any] = {
            **CHAIN, "organisations": firms(*names), "projects": projects,
            "participations": links("participations", *taking_part),
            "sectors": [{"organisation": one, "code": "26" if one < "m" else "28", "scheme": "nace2"} for one in names],
        }  # fmt: skip
        result = ask(rows)
        # 15 ties each: 15 expected between, and one project is one event: -15 / sqrt(15 * (1 + 4)) = -1.7
        (pair,) = [row for row in lines(result, "pairs") if row["first"] != row["second"]]
        assert (pair["expected"], pair["surprise"], pair["state"]) == (15, -1.73, "as many")
        assert any("6.0 partners on average" in note for note in result.notes)


class TestBuilders:
    def test_who_knows_both_sides_could_introduce_them(self):
        left, right = itertools.combinations("abcd", 2), itertools.combinations("tuvw", 2)
        known = [("g", "a"), ("g", "b"), ("g", "t"), ("h", "a"), ("h", "u")]
        sectors = [{"organisation": one, "code": "26" if one < "m" else "28", "scheme": "nace2"} for one in "abcdtuvw"]
        rows = tied(*left, *right, *known, sectors=sectors, offers=links("offers", "a lens", "u lens"))
        result = ask(rows)
        told = [
            (row["organisation"], row["ties_to_first"], row["ties_to_second"]) for row in lines(result, "go-betweens")
        ]
        assert told == [("g", 2, 1), ("h", 1, 1)]
        finding = next(one for one in result.findings if one.kind == "missing-bridge")
        assert "a and u: both offer lens, and both know h" in finding.with_whom
        assert "To introduce them: g, tied to 2 and 1 of them; h, tied to 1 and 1 of them" in finding.with_whom
        builder = lines(result, "builders")[0]
        assert (builder["organisation"], builder["partner"], builder["known_to_both"]) == ("a", "u", "h")

    def test_among_many_only_those_who_offer_most_are_paired(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.analyses._builders.POOL", 1)
        left, right = itertools.combinations("abcd", 2), itertools.combinations("tuvw", 2)
        sectors = [{"organisation": one, "code": "26" if one < "m" else "28", "scheme": "nace2"} for one in "abcdtuvw"]
        offers = links("offers", "b lens", "v lens")  # who supplies glass offers that too
        result = ask(tied(*left, *right, sectors=sectors, offers=offers))
        assert [(row["organisation"], row["partner"]) for row in lines(result, "builders")] == [("b", "v")]


def test_sectors_are_shown_by_name():
    rows = tied(("a", "b"))
    rows["sectors"] = [{"organisation": "a", "code": "26.70", "scheme": "nace2"},
                       {"organisation": "b", "code": "28", "scheme": "nace2"}]  # fmt: skip
    names = {"26": "Computer, electronic and optical products", "28": "Machinery and equipment n.e.c."}
    result = bridges(build(snapshot(delivery(rows, "test")), View(), Reference(sector_labels=names)))
    finding = next(one for one in result.findings if one.kind == "only-connector")
    assert finding.title == (
        "Computer, electronic and optical products (NACE 26) – Machinery and equipment n.e.c. (NACE 28): one tie alone "
        "connects them"
    )


def test_beyond_so_many_pairs_those_without_a_tie_are_left_out_and_it_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("valuechain.analyses._bridge_tables.ALL_PAIRS", 2)
    monkeypatch.setattr("valuechain.analyses.bridges.ALL_PAIRS", 2)
    rows = tied(("a", "b"), ("c", "d"))
    rows["sectors"] = [{"organisation": one, "code": code, "scheme": "nace2"}
                       for one, code in zip("abcd", ("26", "27", "28", "28"), strict=True)]  # fmt: skip
    result = ask(rows)
    assert {(row["first"], row["second"]) for row in lines(result, "pairs")} == {
        ("NACE 26", "NACE 27"), ("NACE 28", "NACE 28"),
    }  # fmt: skip
    assert any("left out of the table" in note for note in result.notes)
