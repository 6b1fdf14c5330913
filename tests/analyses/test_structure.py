import math
from itertools import combinations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.networks import MESSY, NODES, directed, undirected
from tests.support.small import firms, graph_of, links
from valuechain.analyses import _structure
from valuechain.analyses._structure import Network, origins
from valuechain.analyses._structure_words import certainty
from valuechain.analyses._words import percent, sentence
from valuechain.analyses.structure import structure
from valuechain.kernels.components import strong_components
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import Result


def supply(*pairs: str, **rows: object) -> ValueGraph:
    """Supply links from texts such as "a b": a supplies b with glass."""
    known = [{"id": "glass", "label": "Glass", "chain": "c", "kind": "material"}]
    named = dict.fromkeys(name for pair in pairs for name in pair.split())
    return graph_of(
        {
            "organisations": firms(*named, country="DE", region="DE1"),
            "capabilities": known,
            "supplies": links("supplies", *(f"{pair} glass" for pair in pairs)),
            **rows,  # type: ignore[dict-item]
        }
    )


def row_of(found: Result, name: str) -> dict[str, object]:
    return dict(found.frame().set_index("organisation").loc[name])


def shape_of(found: Result, column: str = "everywhere") -> dict[str, float]:
    return {str(name): value for name, value in found.frame("network").set_index("measure")[column].items()}


def kinds(found: Result) -> list[str]:
    return [finding.kind for finding in found.findings]


STAR = ("hub a", "hub b", "hub c", "hub d")
PATH = ("a b", "b c", "c d", "d e")
RING = ("a b", "b c", "c a")
DIAMOND = ("a b", "a c", "b d", "c d")


def test_the_hub_of_a_star_holds_everybody_together():
    found = structure(supply(*STAR))
    hub, tip = row_of(found, "hub"), row_of(found, "a")
    assert (hub["ties"], hub["buyers"], hub["suppliers"]) == (4, 4, 0)
    assert (hub["articulation_point"], hub["cut_off"], hub["betweenness"]) == (True, 3, 1.0)
    assert (tip["articulation_point"], tip["cut_off"], tip["betweenness"]) == (False, 0, 0.0)
    assert (hub["constraint"], tip["constraint"]) == (0.25, 1.0)
    assert (hub["only_way_to"], tip["reached_through"]) == (4, "hub")


def test_the_middle_of_a_path_lies_between_most_and_everybody_hangs_on_those_before():
    found = structure(supply(*PATH))
    assert [row_of(found, name)["betweenness"] for name in "abcde"] == pytest.approx([0, 1 / 2, 2 / 3, 1 / 2, 0])
    assert [row_of(found, name)["only_way_to"] for name in "abcde"] == [4, 3, 2, 1, 0]
    assert [row_of(found, name)["cut_off"] for name in "abcde"] == [0, 1, 2, 1, 0]
    assert found.verdict == (
        "5 of 5 organisations in the whole data set have ties and all hang together. Most shortest ways lead through c."
    )


def test_a_ring_supplies_itself_and_begins_everywhere():
    found = structure(supply(*RING))
    assert [row_of(found, name)["circle"] for name in "abc"] == [3, 3, 3]
    assert [row_of(found, name)["reached_through"] for name in "abc"] == [None] * 3
    assert [row_of(found, name)["pagerank"] for name in "abc"] == [1.0, 1.0, 1.0]
    assert shape_of(found)["transitivity"] == 1.0
    assert shape_of(found)["largest circle"] == 3
    assert "circle" in kinds(found)


def test_a_diamond_has_no_articulation_point_and_a_bottleneck_has_one():
    assert shape_of(structure(supply(*DIAMOND)))["articulation points"] == 0
    found = structure(supply("a x", "b x", "x c", "x d", "a b", "c d"))
    assert shape_of(found)["articulation points"] == 1
    assert row_of(found, "x")["articulation_point"]
    assert row_of(found, "c")["reached_through"] == "x"


def test_the_figures_of_zacharys_karate_club():
    # W. W. Zachary (1977): 34 members, 78 ties, 45 triangles; density 0.139, transitivity 0.2557, degeneracy 4
    club = nx.karate_club_graph()
    found = structure(supply(*(f"m{first} m{second}" for first, second in club.edges)))
    shape = shape_of(found)
    assert (shape["with ties"], shape["ties"], shape["parts"], shape["degeneracy"]) == (34, 78, 1, 4)
    assert shape["density"] == pytest.approx(0.1390, abs=5e-5)
    assert shape["transitivity"] == pytest.approx(0.2557, abs=5e-5)
    # all partitions of it have at most 0.4198: U. Brandes et al. (2008), IEEE TKDE 20(2)
    assert shape["modularity"] == pytest.approx(0.4198, abs=5e-5)
    assert row_of(found, "m0")["betweenness"] == pytest.approx(0.437635, abs=1e-6)


def test_supply_that_is_returned_counts_from_both_sides():
    shape = shape_of(structure(supply("a b", "b a", "b c")))
    assert shape["supply links"] == 3
    assert shape["reciprocity"] == pytest.approx(2 / 3)
    assert shape["ties"] == 2


def test_several_goods_between_the_same_two_are_one_link_and_supply_to_oneself_is_none():
    graph = supply("a b", "a a", "b c")
    more = {
        "capabilities": [{"id": name, "label": name, "chain": "c", "kind": "material"} for name in ("glass", "steel")],
        "supplies": links("supplies", "a b glass", "a b steel", "a a glass", "b c glass"),
    }
    twice = supply("a b", "b c", **more)
    for one in (graph, twice):
        assert (row_of(structure(one), "a")["buyers"], row_of(structure(one), "b")["suppliers"]) == (1, 1)
        assert shape_of(structure(one))["supply links"] == 2


def test_former_suppliers_tie_nobody():
    old = [dict(row, relation="former") for row in links("supplies", "a b glass")]
    assert structure(supply("a b", supplies=old)).verdict == "Not assessed: no tie is known in the whole data set."


def test_joint_projects_tie_without_direction():
    graph = supply(
        organisations=firms("a", "b", "c", country="DE"),
        projects=[{"id": "p", "title": "P"}],
        participations=links("participations", "a p", "b p", "c p"),
    )
    found = structure(graph)
    row = row_of(found, "a")
    assert (row["ties"], row["partners"], row["constraint"]) == (2, 2, 1.125)
    for name in ("suppliers", "buyers", "circle", "pagerank", "only_way_to"):
        assert set(found.table().column(name)) == {None}
    assert "No supply link is known here, so circles, PageRank and only ways are not assessed." in found.notes
    reciprocity = found.table("network").column("measure").index("reciprocity")
    assert found.table("network").column("everywhere")[reciprocity] is None


def test_who_has_no_tie_is_not_assessed_and_said():
    graph = supply("a b", organisations=firms("a", "b", "alone"))
    found = structure(graph)
    names = [column.name for column in found.table().columns]
    lonely = dict(zip(names, found.table().rows[2], strict=True))
    told = {"organisation", "organisation_key", "kind", "place", "status"}
    assert {name for name, value in lonely.items() if value is not None} == told
    assert "Of 1 organisation no tie is known in the whole data set" in [one.title for one in found.findings]
    assert found.table().evidence[2]


def test_a_network_in_parts_says_whom_to_bring_together():
    found = structure(supply("a b", "a c", "x y", "x z"))
    parts = found.findings[0]
    assert (parts.kind, parts.severity, parts.title) == ("parts", "low", "The network falls into 2 parts")
    assert parts.subjects == ("test:a", "test:x")
    assert parts.action == "Bring a and x together, the best tied of two of the largest parts."
    assert [row_of(found, name)["part"] for name in "abcxyz"] == [1, 1, 1, 2, 2, 2]


def test_severity_of_parts_follows_the_largest_of_them():
    def severity(*pairs: str) -> str:
        return next(one.severity for one in structure(supply(*pairs)).findings if one.kind == "parts")

    pairs = [f"p{part} q{part}" for part in range(3)]
    assert severity(*pairs) == "medium"
    assert severity("a b", "c d") == "low"
    assert severity(*(f"a b{tip}" for tip in range(30)), "x y") == "info"


def test_who_holds_five_others_together_is_told_first():
    found = structure(supply(*(f"hub t{tip}" for tip in range(7)), "hub other", "other more"))
    first = next(one for one in found.findings if one.kind == "holds-together")
    assert (first.severity, first.subjects) == ("medium", ("test:hub",))
    assert first.title == "Only hub ties 7 organisations to the rest"
    only = next(one for one in found.findings if one.kind == "only-way")
    assert (only.severity, only.title) == ("medium", "Supplies reach 9 organisations only through hub")


def test_a_few_who_hold_most_ties_are_named():
    tips = [f"hub t{tip}" for tip in range(60)]
    best = next(one for one in structure(supply(*tips)).findings if one.kind == "best-tied")
    assert best.title == "1 of 61 organisations holds 50% of all ties"
    assert best.subjects[0] == "test:hub"


def test_in_a_scope_standing_is_that_of_the_whole_and_the_network_is_told_twice():
    rows = {"organisations": [*firms("a", "b", "c", region="DE1"), *firms("x", "y", region="FR1")]}
    graph = supply("a x", "x b", "b c", "c y", **rows).within(Scope(regions=("DE1",)))
    found = structure(graph)
    assert set(found.table().column("organisation")) == {"a", "b", "c"}
    assert row_of(found, "a")["ties"] == 1
    assert row_of(found, "b")["betweenness"] == pytest.approx(2 / 3)
    assert (shape_of(found, "here")["ties"], shape_of(found)["ties"]) == (1, 4)
    assert (shape_of(found, "here")["organisations"], shape_of(found)["organisations"]) == (3, 5)
    assert "Where each stands is measured in the whole network, also by ties that leave the scope." in found.notes


def test_the_organisation_asked_about_stands_first():
    graph = supply(*STAR).within(Scope(organisation="test:b"))
    found = structure(graph)
    assert found.table().column("organisation")[0] == "b"
    assert found.verdict.startswith("b is tied to 1 other; no shortest way between others leads through it. 5 of 5 ")


def test_where_the_organisation_asked_about_stands_is_said_first():
    path = supply(*PATH, organisations=firms(*"abcde", "alone"))
    assert structure(path.within(Scope(organisation="test:d"))).verdict.startswith(
        "d is tied to 2 others; by the shortest ways that lead through it, it ranks 2 of 5. 5 of 6 "
    )
    assert structure(path.within(Scope(organisation="test:alone"))).verdict.startswith("Of alone no tie is known. ")


def test_a_part_of_a_region_that_nothing_joins_is_told_of_the_region():
    rows = {"organisations": [*firms("a", "b", "x", "y", region="DE1"), *firms("z", region="FR1")]}
    found = structure(supply("a b", "x y", "y z", **rows).within(Scope(regions=("DE1",))))
    assert "4 of 4 organisations in DE1 have ties and lie in 2 parts; the largest holds 50% of them." in found.verdict
    assert found.findings[0].title == "Organisations in DE1 lie in 2 parts that nothing joins"


def test_a_name_with_a_full_stop_ends_its_sentence():
    assert (sentence("See Fabrik e.V."), sentence("See them")) == ("See Fabrik e.V.", "See them.")


def test_sectors_of_the_neighbours_give_participation():
    sectors = [{"organisation": one, "code": code, "scheme": "nace2"} for one, code in zip("abcd", "1122", strict=True)]
    sectors = [{**row, "code": row["code"] * 2} for row in sectors]
    found = structure(supply(*STAR, sectors=sectors))
    assert row_of(found, "hub")["participation"] == 0.5
    assert not any("participation" in note for note in found.notes)
    assert any("participation" in note for note in structure(supply(*STAR)).notes)


def test_beyond_a_size_betweenness_is_estimated_and_that_is_said(monkeypatch: pytest.MonkeyPatch):
    tree = nx.random_labeled_tree(30, seed=3)
    pairs = [f"n{first} n{second}" for first, second in tree.edges]
    exact = structure(supply(*pairs))
    assert not any("estimated" in note for note in exact.notes)
    monkeypatch.setattr(_structure, "EXACT_UP_TO", 10)
    found = structure(supply(*pairs))
    assert any("10,000 pairs of the 30 organisations" in note for note in found.notes)
    for name in found.table().column("organisation"):
        close = pytest.approx(row_of(exact, str(name))["betweenness"], abs=0.03)
        assert row_of(found, str(name))["betweenness"] == close


def test_what_a_figure_rests_on_can_be_looked_up():
    graph = supply(*PATH)
    found = structure(graph)
    of_a = found.table().evidence[found.table().column("organisation").index("a")]
    assert {graph.records["kind"].iloc[record] for record in of_a} == {"supplies"}
    assert len(of_a) == 1
    assert all(found.table("network").evidence)


def test_a_statement_is_as_sure_as_the_links_and_surer_the_more_is_known():
    assert certainty(0.8, 1.0) == pytest.approx(0.8)
    assert certainty(0.8, 0.0) == pytest.approx(0.4)
    steps = np.linspace(0, 1, 5)
    assert all(certainty(sure, high) >= certainty(sure, low) for sure in steps for low, high in combinations(steps, 2))
    assert all(
        certainty(high, known) >= certainty(low, known) for known in steps for low, high in combinations(steps, 2)
    )


def test_nearly_all_is_not_all():
    assert (percent(0.999), percent(1.0), percent(0.5)) == ("more than 99%", "100%", "50%")


@settings(max_examples=300, deadline=None)
@given(MESSY)
def test_supply_begins_where_nobody_outside_supplies(pairs: list[tuple[int, int]]):
    pairs = sorted({(first, second) for first, second in pairs if first != second})
    links = directed(pairs, NODES)
    found = origins(
        Network(undirected(pairs, NODES), len(pairs), links), strong_components(links.indptr, links.indices)
    )
    circles = nx.condensation(nx.DiGraph(pairs))
    expected = {one for circle in circles if circles.in_degree(circle) == 0 for one in circles.nodes[circle]["members"]}
    assert set(found.tolist()) == expected


@settings(max_examples=12, deadline=None)
@given(st.integers(2, NODES), st.integers(0, 3))
def test_cells_are_plain_and_never_not_a_number(nodes: int, seed: int):
    network = nx.gnm_random_graph(nodes, nodes, seed=seed)
    pairs = [f"n{first} n{second}" for first, second in network.edges]
    if not pairs:
        return
    found = structure(supply(*pairs, organisations=firms(*(f"n{one}" for one in range(nodes)))))
    for table in found.tables:
        for cell in (cell for row in table.rows for cell in row):
            assert cell is None or type(cell) in (str, int, float, bool)
            assert not isinstance(cell, float) or math.isfinite(cell)


def test_nobody_real_is_asked_to_meet_somebody_made_up():
    rows = {
        "organisations": [*firms("a", "b", "c", "p", "q"), *firms("x", "y", "z", status="synthetic")],
        "capabilities": [{"id": "glass", "label": "Glass", "chain": "c"}],
        "supplies": [
            *links("supplies", "a b glass", "a c glass", "p q glass"),
            *links("supplies", "x y glass", "x z glass", status="synthetic"),
        ],
    }
    parts = structure(graph_of(rows, View(statuses=("declared", "synthetic")))).findings[0]

    assert parts.title == "The network falls into 3 parts"
    assert parts.subjects == ("test:a", "test:p")
