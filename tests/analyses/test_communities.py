"""Which groups hang together, what they are called, and who joins them."""

import itertools

import networkx as nx
import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._communities import communities_of
from valuechain.analyses.communities import communities
from valuechain.model.graph import Scope, View

GLASS = {"capabilities": [{"id": "glass", "label": "Glass"}]}


def clique(names: str) -> list[str]:
    """Everybody of a group supplies everybody after it with glass."""
    return [f"{one} {other} glass" for one, other in itertools.combinations(names, 2)]


def network(*groups: str, joined: tuple[str, ...] = (), offers: tuple[str, ...] = (), **more):
    """Cliques with single links between them, such as "ad"."""
    pairs = [pair for group in groups for pair in clique(group)] + [f"{one[0]} {one[1]} glass" for one in joined]
    rows = {"supplies": links("supplies", *pairs), "offers": links("offers", *offers)}
    return graph_of(
        {
            **chain("glass>lens", "coating>lens"),
            **rows,
            "organisations": firms(*sorted({*"".join(groups), *"".join(joined)}), **more),
        }
    )


class TestCommunities:
    def test_are_numbered_by_size_and_hold_who_is_tied_inside(self):
        found = communities_of(network("abcd", "efg", joined=("ae",)))

        assert [sorted(found.members(one).tolist()) for one in range(found.count)] == [[0, 1, 2, 3], [4, 5, 6]]
        assert found.between().toarray().tolist() == [[6.0, 1.0], [0.0, 3.0]]

    def test_leave_out_pairs_and_who_has_no_tie(self):
        graph = graph_of(
            {"supplies": links("supplies", *clique("abc"), *clique("de")), "organisations": firms(*"abcdef"), **GLASS}
        )
        found = communities_of(graph)

        assert found.of.tolist() == [0, 0, 0, -1, -1, -1]
        assert np.flatnonzero(found.small).tolist() == [3, 4]
        assert np.flatnonzero(found.alone).tolist() == [5]
        assert communities(graph).verdict.startswith(
            "5 of 6 organisations in the whole data set have ties, 3 of them in 1 community"
        )

    def test_are_those_of_the_scope_alone(self):
        graph = network("abcd", "efg", joined=("ae",), region="DE212")
        with_others = graph_of(
            {
                "supplies": links("supplies", *clique("abcd"), "a z glass"),
                **GLASS,
                "organisations": [*firms(*"abcd", region="DE212"), *firms("z", region="AT130")],
            }
        )

        assert communities_of(graph.within(Scope(regions=("DE",)))).count == 2
        assert communities_of(with_others.within(Scope(regions=("DE",)))).degree.tolist() == [3, 3, 3, 3, 0]

    def test_who_joins_them_is_who_cuts_most_off(self):
        graph = network("abcd", "efg", joined=("ae",))
        found = communities_of(graph)
        undirected: nx.Graph[int] = nx.Graph(
            list(found.ties.pairs[["first", "second"]].itertuples(index=False, name=None))
        )
        expected = [
            7 - 1 - max(map(len, nx.connected_components(undirected.subgraph(set(undirected) - {one}))))
            for one in range(7)
        ]

        assert found.cut_off.tolist() == expected
        assert communities(graph).findings[0].title == "a holds 3 others in the network"


class TestNames:
    def test_tell_what_members_do_more_often_than_others(self):
        offers = (*(f"{one} lens" for one in "abcd"), *(f"{one} coating" for one in "efg"))

        names = communities_of(network("abcd", "efg", joined=("ae",), offers=offers)).names

        assert names == ("Lens", "Coating")

    def test_tell_the_member_with_most_ties_where_nothing_tells_them_apart(self):
        assert communities_of(network("abcd", "efg", joined=("ae",))).names == ("Around a", "Around e")

    def test_are_told_apart_by_a_member_where_two_do_the_same(self):
        offers = tuple(f"{one} lens" for one in "abcdef") + tuple(f"{one} coating" for one in "ghijkl")
        names = communities_of(network("abc", "def", "ghi", "jkl", offers=offers)).names

        assert len(set(names)) == 4
        assert sum("round" in name for name in names) == 2


class TestTables:
    @pytest.fixture
    def result(self):
        return communities(network("abcd", "efg", joined=("ae",), kind="sme"))

    def test_count_what_the_communities_hold(self, result):
        row = result.frame("communities").iloc[0]

        assert (row["organisations"], row["smes"], row["inside"], row["outside"]) == (4, 4, 6, 1)
        assert (row["connector"], row["cut_off"]) == ("a", 3)

    def test_tell_the_ties_between_them(self, result):
        assert result.frame("between")[["first_number", "second_number", "ties", "supplies"]].values.tolist() == [
            [1, 2, 1, 1]
        ]

    def test_list_everybody_once(self, result):
        assert sorted(result.frame("members")["organisation"]) == list("abcdefg")

    def test_every_community_leads_to_its_links(self, result):
        assert all(result.table("communities").evidence)


class TestFindings:
    def test_say_which_large_communities_never_met(self):
        found = communities(network("abcdefghij", "klmnopqrst"))

        [never] = [one for one in found.findings if one.kind == "no-tie-between"]
        assert never.title == "Without any tie: 1 pair of communities"
        assert "“Around a” and “Around k”" in never.explanation

    def test_hanging_on_one_is_medium_where_it_holds_ten_and_a_tenth(self):
        found = communities(network("abcdefghijkl", "mnopqrstuvw", joined=("am",)))

        assert (found.findings[0].severity, found.findings[0].kind) == ("medium", "joins")

    def test_who_is_made_up_stands_apart_from_who_exists(self):
        rows = {"organisations": [*firms("a"), *firms("b", status="synthetic")]}
        found = communities(graph_of(rows, View(statuses=("declared", "synthetic"))))

        assert [(one.subjects, one.status) for one in found.findings] == [
            (("test:a",), "declared"), (("test:b",), "synthetic"),
        ]  # fmt: skip

    def test_nothing_known_is_not_assessed(self):
        found = communities(graph_of({"organisations": firms("a", "b")}))

        assert found.verdict == "Not assessed: no tie is known in the whole data set."
        assert [one.kind for one in found.findings] == ["outside"]
