"""The graph that analyses see: immutable tables, scopes, legal groups, adjacency, and networkx."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import Rows, delivery, firms, graph_of, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Adjacency, Scope, ValueGraph, View
from valuechain.model.language import speaking

ROWS: Rows = {
    "organisations": [
        {"id": "a", "name": "ALPHA GMBH", "kind": "sme", "country": "DE", "region": "DE91C", "vat": "DE1", "staff": 12},
        {"id": "b", "name": "Beta", "kind": "rto", "country": "DE", "region": "DEG03"},
        {"id": "c", "name": "Gamma", "kind": "large", "country": "FR"},
        {"id": "ring", "name": "Ring", "kind": "cluster", "country": "DE", "region": "DEG0"},
    ],
    "capabilities": [
        {"id": "lens", "label": "Lenses", "chain": "photonics", "stage": "s"},
        {"id": "glass", "label": "Glass", "chain": "photonics", "broader": "lens"},
        {"id": "rope", "label": "Ropes", "chain": "naval"},
    ],
    "stages": [{"id": "s", "chain": "photonics", "label": "Components", "order": 2}],
    "memberships": [{"organisation": "a", "cluster": "ring"}, {"organisation": "c", "cluster": "ring"}],
    "supplies": [
        {"supplier": "a", "buyer": "b", "capability": "lens", "value_eur": 5},
        {"supplier": "a", "buyer": "b", "capability": "glass"},
        {"supplier": "b", "buyer": "a", "capability": "rope"},
    ],
    "inputs": [{"from_capability": "glass", "to_capability": "lens"}],
    "projects": [{"id": "p", "title": "Sheep"}],
    "participations": [{"organisation": one, "project": "p", "contribution_eur": 1} for one in "bc"],
}


@pytest.fixture(scope="module")
def graph() -> ValueGraph:
    labels = {"DE9": "Niedersachsen", "DEG": "Thüringen", "DE": "Deutschland"}
    return build(snapshot(delivery(ROWS)), View(), Reference(region_labels=labels))


def ids(graph: ValueGraph) -> set[str]:
    """Who is in scope."""
    return set(graph["organisations"]["id"][graph.in_scope])


class TestTables:
    def test_that_are_handed_out_may_be_changed_and_the_graph_stays(self, graph: ValueGraph):
        handed = graph["organisations"]
        handed["name"] = "changed"
        handed.loc[0, "country"] = "XX"
        handed["more"] = 1

        assert graph["organisations"]["name"].tolist() == ["ALPHA GMBH", "Beta", "Gamma", "Ring"]
        assert graph["organisations"]["country"].iloc[0] == "DE"
        assert "more" not in graph["organisations"]

    def test_have_columns_whose_arrays_cannot_be_written_to(self, graph: ValueGraph):
        with pytest.raises(ValueError, match="read-only"):
            graph["supplies"]["supplier"].to_numpy()[0] = 7

    def test_of_flags_and_groups_cannot_be_written_to_either(self, graph: ValueGraph):
        for array in (graph.in_scope, graph.legal_groups):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 1

    def test_refer_to_each_other_by_position(self, graph: ValueGraph):
        supplies, organisations = graph["supplies"], graph["organisations"]

        assert organisations["id"].iloc[supplies["supplier"]].tolist() == ["a", "b", "a"]


class TestFinding:
    @pytest.mark.parametrize(
        ("kind", "key", "position"),
        [("organisations", "test:b", 1), ("organisations", "vat:DE1", 0), ("capabilities", "test:glass", 0)],
    )
    def test_a_thing_by_key_or_strong_id(self, graph: ValueGraph, kind: str, key: str, position: int):
        assert graph.find(kind, key) == position

    @pytest.mark.parametrize(
        ("kind", "one"), [("organisations", "organisation"), ("capabilities", "capability"), ("projects", "project")]
    )
    def test_what_is_not_there_is_said(self, graph: ValueGraph, kind: str, one: str):
        with pytest.raises(NotFoundError, match=f"No {one} here has the key 'test:x'"):
            graph.find(kind, "test:x")

    def test_the_evidence_of_several_rows_names_each_record_once(self, graph: ValueGraph):
        assert len(graph.evidence("supplies", [0, 1, 0])) == 2


class TestScopes:
    @pytest.mark.parametrize(
        ("scope", "inside", "words"),
        [
            (Scope(), {"a", "b", "c", "ring"}, "in the whole data set"),
            (Scope(regions=("DE9",)), {"a"}, "in Niedersachsen"),
            (Scope(regions=("DE9", "DEG")), {"a", "b", "ring"}, "in Niedersachsen or in Thüringen"),
            (Scope(regions=("DEG03",)), {"b"}, "in DEG03"),
            (Scope(countries=("FR",)), {"c"}, "in France"),
            (Scope(countries=("DE", "FR")), {"a", "b", "c", "ring"}, "in Germany or in France"),
            (Scope(kinds=("sme", "rto")), {"a", "b"}, "among SMEs and research organisations"),
            (Scope(clusters=("test:ring",)), {"a", "c"}, "in Ring"),
            (Scope(clusters=("test:ring",), countries=("DE",), kinds=("sme",)), {"a"},
             "among SMEs in Ring in Germany"),
            (Scope(organisation="vat:DE1"), {"a", "b", "c", "ring"}, "in the whole data set"),
            (Scope(chain="naval"), {"a", "b", "c", "ring"}, "in the whole data set"),
        ],
    )  # fmt: skip
    def test_restrict_by_region_country_kind_and_cluster(
        self, graph: ValueGraph, scope: Scope, inside: set[str], words: str
    ):
        scoped = graph.within(scope)

        assert ids(scoped) == inside
        assert scoped.scope_words == words
        assert graph.scope == Scope()

    @pytest.mark.parametrize(
        ("code", "english", "german"),
        [
            ("NL", "in the Netherlands", "in den Niederlanden"),
            ("GB", "in the United Kingdom", "im Vereinigten Königreich"),
            ("FR", "in France", "in Frankreich"),
        ],
    )
    def test_a_country_takes_the_article_of_its_name(self, code: str, english: str, german: str):
        graph = graph_of({"organisations": firms("a", country=code)}).within(Scope(countries=(code,)))

        assert graph.scope_words == english
        with speaking("de"):
            assert graph.scope_words == german

    def test_name_one_organisation_or_none(self, graph: ValueGraph):
        assert graph.within(Scope(organisation="test:b")).organisation == 1
        assert graph.organisation == -1

    @pytest.mark.parametrize(
        ("scope", "why"),
        [
            (Scope(organisation="test:x"), "No organisation here has the key 'test:x'"),
            (Scope(clusters=("test:x",)), "No organisation here has the key 'test:x'"),
            (Scope(chain="paper"), r"No value chain is called 'paper'\. Known chains: naval, photonics\."),
        ],
    )
    def test_that_name_what_is_not_there_are_refused(self, graph: ValueGraph, scope: Scope, why: str):
        with pytest.raises(NotFoundError, match=why):
            graph.within(scope)

    def test_in_which_nobody_lies_are_refused(self, graph: ValueGraph):
        with pytest.raises(QuestionError, match=r"No organisation is known among investors in France\."):
            graph.within(Scope(countries=("FR",), kinds=("investor",)))

    def test_of_a_graph_without_organisations_are_refused_with_what_to_do(self):
        with pytest.raises(QuestionError, match=r"No organisation is known here\. Import data"):
            graph_of({}).within(Scope())

    def test_of_a_graph_without_a_chain_know_none(self):
        with pytest.raises(NotFoundError, match="Known chains: none"):
            graph_of({"organisations": firms("a")}).within(Scope(chain="photonics"))


class TestLegalGroups:
    @staticmethod
    def groups(organisations: list[dict[str, Any]], ownerships: list[dict[str, Any]]) -> list[str]:
        """Who stands with whom, each group in alphabetical order."""
        graph = graph_of({"organisations": organisations, "ownerships": ownerships})
        names = graph["organisations"]["id"]
        return sorted("".join(sorted(part)) for part in names.groupby(graph.legal_groups).agg("".join))

    def test_are_everybody_alone_where_nothing_is_known(self):
        assert self.groups(firms("a", "b"), []) == ["a", "b"]

    def test_join_an_owner_with_what_it_owns_by_more_than_half_and_where_the_share_is_not_known(self):
        owned: list[dict[str, Any]] = [
            {"owner": "a", "owned": "b", "share": 0.51},
            {"owner": "a", "owned": "c", "share": 0.5},
            {"owner": "c", "owned": "d"},
        ]

        assert self.groups(firms("a", "b", "c", "d"), owned) == ["ab", "cd"]

    def test_reach_along_chains_of_owners(self):
        owned = [{"owner": "a", "owned": "b"}, {"owner": "b", "owned": "c"}, {"owner": "d", "owned": "c"}]

        assert self.groups(firms("a", "b", "c", "d", "e"), owned) == ["abcd", "e"]

    def test_join_those_with_the_same_group_id(self):
        organisations = firms("a", "b", group_id="g") + firms("c", group_id="h") + firms("d", "e")

        assert self.groups(organisations, [{"owner": "d", "owned": "a"}]) == ["abd", "c", "e"]


class TestAdjacency:
    def test_leads_from_each_to_the_others_and_to_the_rows_that_say_so(self, graph: ValueGraph):
        supplies = graph["supplies"]
        adjacency = graph.adjacency("supplies", "supplier", "buyer")

        assert adjacency.indptr.tolist() == [0, 2, 3, 3, 3]
        assert adjacency.indices.tolist() == [1, 1, 0]
        assert supplies["supplier"].iloc[adjacency.links].tolist() == [0, 0, 1]

    @given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=12))
    def test_holds_every_link_once_in_the_order_of_rows(self, pairs: list[tuple[int, int]]):
        ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)

        found = Adjacency.from_pairs(ends[:, 0], ends[:, 1], 5)

        for one in range(5):
            inside = slice(found.indptr[one], found.indptr[one + 1])
            assert found.indices[inside].tolist() == [target for source, target in pairs if source == one]
            assert found.links[inside].tolist() == [row for row, (source, _) in enumerate(pairs) if source == one]


class TestNetworkx:
    def test_has_every_thing_with_every_property_that_is_not_empty(self, graph: ValueGraph):
        assert set(graph.nx) == {
            *(f"organisations/test:{id}" for id in ("a", "b", "c", "ring")),
            *(f"capabilities/test:{id}" for id in ("lens", "glass", "rope")),
            "stages/test:s", "projects/test:p",
        }  # fmt: skip
        assert graph.nx.nodes["organisations/test:a"] == {
            "type": "organisations", "key": "test:a", "id": "a", "name": "ALPHA GMBH", "label": "Alpha GmbH",
            "kind": "sme", "country": "DE", "region": "DE91C", "vat": "DE1", "staff": 12.0, "status": "declared",
            "confidence": 0.9, "towns": 0,
        }  # fmt: skip

    def test_names_what_a_property_refers_to_by_its_key(self, graph: ValueGraph):
        lens, glass = (graph.nx.nodes[f"capabilities/test:{id}"] for id in ("lens", "glass"))

        assert (lens["stage"], glass["broader"]) == ("test:s", "test:lens")
        assert "broader" not in lens

    def test_has_every_link_with_its_relation_and_every_property_that_is_not_empty(self, graph: ValueGraph):
        links = graph.nx.get_edge_data("organisations/test:a", "organisations/test:b").values()

        assert sorted(links, key=lambda one: one["capability"]) == [
            {"type": "SUPPLIES", "supplier": "test:a", "buyer": "test:b", "capability": f"test:{id}",
             "status": "declared", "confidence": 0.9, **more}
            for id, more in (("glass", {}), ("lens", {"value_eur": 5.0}))
        ]  # fmt: skip

    def test_has_as_many_links_of_each_relation_as_the_tables_have_rows(self, graph: ValueGraph):
        relations = [str(link["type"]) for _, _, link in graph.nx.edges(data=True)]

        assert {kind: relations.count(kind) for kind in set(relations)} == {
            "SUPPLIES": 3, "INPUT_TO": 1, "MEMBER_OF": 2, "PARTICIPATES_IN": 2, "COLLABORATES": 1,
        }  # fmt: skip

    def test_has_collaborations(self, graph: ValueGraph):
        [link] = graph.nx.get_edge_data("organisations/test:b", "organisations/test:c").values()

        assert link == {
            "type": "COLLABORATES", "first": "test:b", "second": "test:c", "projects": 1, "contribution_eur": 2.0,
            "confidence": 0.9, "status": "declared",
        }  # fmt: skip

    def test_says_what_it_was_made_of(self, graph: ValueGraph):
        assert graph.nx.graph == {"revision": 1, "digest": graph.digest}


def test_what_is_made_once_is_shared_by_all_scopes_and_never_sees_one():
    graph = graph_of({"organisations": firms("a", "b", country="DE")})
    seen: list[Scope] = []

    def made(one: ValueGraph) -> list[str]:
        seen.append(one.scope)
        return list(one["organisations"]["key"])

    scoped = graph.within(Scope(countries=("DE",)))
    assert scoped.once(made) is graph.once(made) is graph.within(Scope(kinds=("sme",))).once(made)
    assert seen == [Scope()]


def test_what_could_not_be_made_is_tried_again():
    graph = graph_of({"organisations": firms("a")})
    tries: list[int] = []

    def made(one: ValueGraph) -> int:
        tries.append(1)
        return 1 // (len(tries) - 1)

    with pytest.raises(ZeroDivisionError):
        graph.once(made)
    assert graph.once(made) == 1
