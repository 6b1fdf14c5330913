"""Links between sources wait for each other, and what several sources tell of one organisation becomes one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tests.support.small import Rows, delivery, firms, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision

LENS = [{"id": "lens", "label": "Lenses"}]


def together(*sources: tuple[str, Rows], decisions: Sequence[Decision] = ()) -> ValueGraph:
    """The graph of several deliveries, each of a source of its own."""
    batches = [delivery(rows, source) for source, rows in sources]
    return build(snapshot(*batches, decisions=decisions), View(), Reference())


def cells(graph: ValueGraph, table: str, column: str) -> list[Any]:
    return [None if cell != cell else cell for cell in graph[table][column]]


OFFERS: Rows = {"offers": [{"organisation": "b:1", "capability": "c:lens"}]}


class TestLinksBetweenSources:
    def test_wait_until_their_thing_is_there_and_are_counted(self):
        graph = together(("a", OFFERS), ("c", {"capabilities": LENS}))

        assert (len(graph["offers"]), graph.unresolved["offers"]) == (0, 1)

    def test_join_once_it_is_there(self):
        graph = together(("a", OFFERS), ("c", {"capabilities": LENS}), ("b", {"organisations": firms("1")}))

        assert (len(graph["offers"]), graph.unresolved["offers"]) == (1, 0)
        assert graph["organisations"]["key"].iloc[graph["offers"]["organisation"]].tolist() == ["b:1"]

    def test_join_by_a_strong_id(self):
        graph = together(
            ("a", {"offers": [{"organisation": "vat:de 9", "capability": "c:lens"}]}),
            ("b", {"organisations": [{"id": "1", "name": "One", "vat": "DE9"}]}),
            ("c", {"capabilities": LENS}),
        )

        assert graph.unresolved["offers"] == 0
        assert graph.find("organisations", "vat:DE9") == graph.find("organisations", "b:1")

    def test_of_projects_join_by_their_number(self):
        graph = together(
            ("a", {"organisations": firms("1"), "participations": [{"organisation": "1", "project": "cordis:7"}]}),
            ("b", {"projects": [{"id": "x", "title": "T", "cordis": "7"}]}),
        )

        assert graph["projects"]["key"].iloc[graph["participations"]["project"]].tolist() == ["b:x"]

    def test_of_capabilities_wait_too_and_lead_nowhere_until_then(self):
        chain: Rows = {"capabilities": [{"id": "x", "label": "X", "stage": "s:1", "broader": "b:y"}]}
        graph = together(("a", chain))

        assert (cells(graph, "capabilities", "stage"), cells(graph, "capabilities", "broader")) == ([-1], [-1])
        assert graph.unresolved["capabilities"] == 2

        graph = together(("a", chain), ("b", {"capabilities": [{"id": "y", "label": "Y"}]}),
                         ("s", {"stages": [{"id": "1", "chain": "c", "label": "S", "order": 1}]}))  # fmt: skip

        assert cells(graph, "capabilities", "broader") == [1, -1]
        assert cells(graph, "capabilities", "stage") == [0, -1]
        assert graph.unresolved["capabilities"] == 0

    def test_that_name_nobody_where_that_is_allowed_are_minus_one(self):
        graph = together(("a", {"capabilities": [*LENS, {"id": "glass", "label": "Glass"}],
                                "inputs": [{"from_capability": "glass", "to_capability": "lens"}]}))  # fmt: skip

        assert cells(graph, "inputs", "organisation") == [-1]
        assert graph.unresolved["inputs"] == 0

    def test_join_by_a_word_once_somebody_said_what_it_means(self):
        offers: Rows = {"organisations": firms("1"), "offers": [{"organisation": "1", "capability": "c:Linsen"}]}
        chain: Rows = {"capabilities": LENS}

        assert together(("a", offers), ("c", chain)).unresolved["offers"] == 1
        for meaning, unresolved in (("c:lens", 0), ("c:nowhere", 1)):
            graph = together(("a", offers), ("c", chain), decisions=[Decision("means", "c:Linsen", meaning)])
            assert graph.unresolved["offers"] == unresolved


FIRST: Rows = {"organisations": [{"id": "1", "name": "ONE GMBH", "vat": "DE9", "as_of": "2024", "city": "Jena"}]}
SECOND: Rows = {"organisations": [{"id": "7", "name": "One", "vat": "DE 9", "as_of": "2025", "staff": 40}]}


class TestOneOrganisationInSeveralSources:
    def test_is_one_by_its_strong_id_and_has_the_best_of_each(self):
        graph = together(("b", FIRST), ("a", SECOND))

        [row] = graph["organisations"].to_dict("records")
        assert (row["key"], row["name"], row["city"], row["staff"]) == ("a:7", "One", "Jena", 40)
        assert graph.find("organisations", "a:7") == graph.find("organisations", "b:1") == 0
        assert len(graph.evidence("organisations", [0])) == 2

    def test_is_two_if_somebody_says_so_and_the_strong_id_names_the_first(self):
        graph = together(("b", FIRST), ("a", SECOND), decisions=[Decision("different", "b:1", "a:7")])

        assert cells(graph, "organisations", "key") == ["a:7", "b:1"]
        assert graph.find("organisations", "vat:DE9") == graph.find("organisations", "a:7")

    def test_is_one_by_decision_and_its_links_meet(self):
        graph = together(
            ("a", {"organisations": firms("1"), "capabilities": LENS,
                   "offers": [{"organisation": "1", "capability": "lens", "trl": 5}]}),
            ("b", {"organisations": firms("x"),
                   "offers": [{"organisation": "x", "capability": "a:lens", "unit": "kg"}]}),
            decisions=[Decision("same", "a:1", "b:x")],
        )  # fmt: skip

        [offer] = graph["offers"].to_dict("records")
        assert (offer["trl"], offer["unit"]) == (5, "kg")

    def test_that_is_denied_is_not_there_nor_what_names_it(self):
        graph = together(
            ("a", {"organisations": [{"id": "1", "name": "Ghost", "vat": "DE1", "holds": "no"}], "capabilities": LENS,
                   "offers": [{"organisation": "1", "capability": "lens"}]}),
        )  # fmt: skip

        assert len(graph["organisations"]) == 0
        assert graph.unresolved["offers"] == 1
        assert "vat:DE1" not in graph.positions["organisations"]

    def test_has_a_label_that_people_can_read(self):
        assert cells(together(("b", FIRST)), "organisations", "label") == ["One GmbH"]


DENIED: Rows = {
    "organisations": firms("1", "2"), "capabilities": LENS,
    "supplies": [{"supplier": "1", "buyer": "2", "capability": "lens", "holds": "no", "visibility": "owner"}],
    "needs": [{"organisation": "2", "capability": "lens", "holds": "no"}],
}  # fmt: skip


class TestALinkThatIsSaidNotToBe:
    def test_is_no_link_but_what_was_said_is_kept(self):
        graph = together(("a", DENIED))

        assert (len(graph["supplies"]), len(graph["needs"])) == (0, 0)
        assert graph["denied_supplies"][["supplier", "buyer", "capability"]].values.tolist() == [[0, 1, 0]]
        assert graph["denied_needs"][["organisation", "capability"]].values.tolist() == [[1, 0]]
        assert graph.records["kind"].iloc[list(graph.evidence("denied_supplies", [0]))].tolist() == ["supplies"]

    def test_is_not_known_to_who_may_not_see_it(self):
        graph = build(snapshot(delivery(DENIED, "a")), View(reader="advisor"), Reference())

        assert (len(graph["denied_supplies"]), len(graph["denied_needs"])) == (0, 1)
