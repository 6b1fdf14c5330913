"""Who stands around one organisation: rings, links, holders."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.neighbourhood import neighbourhood
from valuechain.model.graph import Scope


def around(graph, key="test:a", **options):
    scope = options.pop("scope", {})
    return neighbourhood(graph.within(Scope(organisation=key, **scope)), **options)


def made(*ids, **kinds):
    rows = chain("glass>lens") | {"organisations": firms(*ids)}
    return graph_of(rows | kinds)


@pytest.fixture(scope="module")
def mixed():
    """a supplies b, owns c, is a member of k, and shares a project with d; e buys from b and d."""
    return made(
        *"abcdek",
        supplies=links("supplies", "a b lens", "b e lens", "d e lens"),
        ownerships=links("ownerships", "a c"),
        memberships=links("memberships", "a k", "d k"),
        projects=[{"id": "p", "title": "p"}],
        participations=links("participations", "a p", "d p"),
    )


def test_every_kind_of_link_is_a_step_and_is_named(mixed):
    table = around(mixed).frame("neighbours")

    direct = table[table["ring"] == 1].set_index("organisation")["link"].to_dict()
    assert direct == {
        "b": "supplies",
        "c": "owns",
        "d": "has 1 joint project with",
        "k": "is a member of",
    }


def test_the_second_ring_tells_through_whom_and_on_how_many_ways(mixed):
    table = around(mixed).frame("neighbours")

    assert table[table["ring"] == 2][["organisation", "ways"]].values.tolist() == [["e", 2]]
    assert table[table["ring"] == 2]["through"].iloc[0] in ("b", "d")


@pytest.mark.parametrize(
    ("kind", "reached"),
    [("supplies", {"b", "e"}), ("projects", {"d"}), ("memberships", {"k", "d"}), ("ownership", {"c"})],
)
def test_one_kind_of_link_alone_can_be_followed(mixed, kind, reached):
    assert set(around(mixed, links=kind).frame("neighbours")["organisation"]) == reached


def test_rings_count_by_kind_of_link(mixed):
    rings = around(mixed).frame("rings")

    columns = ["ring", "organisations", "smes", "supplies", "projects", "memberships", "ownership", "single"]
    assert rings[columns].values.tolist() == [[1, 4, 4, 1, 1, 1, 1, 4], [2, 1, 1, 1, 0, 0, 0, 0]]


def test_links_among_neighbours_are_listed_from_the_inside_out(mixed):
    table = around(mixed).frame("links")

    pairs = table[["first", "link", "second", "ring", "outer_ring"]].values.tolist()
    assert ["d", "is a member of", "k", 1, 1] in pairs
    assert ["b", "supplies", "e", 1, 2] in pairs
    assert [one[3] for one in pairs] == sorted(one[3] for one in pairs)


def test_a_way_is_as_sure_as_its_least_sure_link():
    graph = made(
        "a",
        "b",
        "c",
        supplies=[
            *links("supplies", "a b lens", confidence=0.9),
            *links("supplies", "b c lens", confidence=0.4, status="inferred"),
        ],
    )
    found = around(graph).frame("neighbours")

    assert found[["organisation", "confidence", "status"]].values.tolist() == [
        ["b", 0.9, "declared"],
        ["c", 0.4, "inferred"],
    ]


def test_ways_lead_through_the_scope_alone_and_begin_outside_of_it_if_need_be():
    graph = graph_of(
        {
            "organisations": [
                {"id": name, "name": name, "kind": "sme", "region": region}
                for name, region in (("a", "DE1"), ("b", "DE2"), ("c", "DE2"), ("d", "DE1"), ("e", "DE2"))
            ],
            **chain("glass>lens"),
            "supplies": links("supplies", "a b lens", "b c lens", "a d lens", "d e lens"),
        }
    )

    found = around(graph, scope={"regions": ("DE2",)}).frame("neighbours")
    assert set(found["organisation"]) == {"b", "c"}


def test_a_partner_who_alone_leads_to_three_is_a_finding_and_stands_in_the_verdict():
    graph = made(*"abcdef", supplies=links("supplies", "a b lens", "b c lens", "b d lens", "b e lens", "a f lens"))
    found = around(graph)

    assert found.verdict == "a has 2 direct partners; 3 more are two steps away, 3 of them through b alone."
    (finding,) = found.findings
    assert (finding.kind, finding.severity, finding.title) == (
        "holds-the-second-ring",
        "low",
        "b alone leads to 3 others",
    )
    assert finding.with_whom == ("c, d and e",)


def test_ten_and_half_of_the_second_ring_are_of_medium_severity():
    names = [f"x{number}" for number in range(10)]
    graph = made("a", "b", *names, supplies=links("supplies", "a b lens", *(f"b {name} lens" for name in names)))

    assert [one.severity for one in around(graph).findings] == ["medium"]


def test_nobody_in_reach_is_a_remark_not_a_zero():
    found = around(made("a", "b"))

    assert found.verdict == "Nobody here is known to be linked to a."
    assert [(one.kind, one.severity) for one in found.findings] == [("no-link", "info")]
    assert not found.table("neighbours").rows


@pytest.mark.parametrize(
    ("steps", "verdict"),
    [
        (1, "a has 1 direct partner."),
        (2, "a has 1 direct partner; 1 more are two steps away, 1 of them through b alone."),
        (3, "a has 1 direct partner; 1 more are two steps away, 1 of them through b alone. Three steps away: 1."),
    ],
)
def test_the_verdict_goes_as_far_as_is_looked(steps, verdict):
    graph = made(*"abcd", supplies=links("supplies", "a b lens", "b c lens", "c d lens"))

    assert around(graph, steps=steps).verdict == verdict


def test_partners_with_nobody_behind_them_are_said():
    assert around(made("a", "b", supplies=links("supplies", "a b lens"))).verdict == (
        "a has 1 direct partner, and nobody stands behind them."
    )


def test_who_is_beyond_the_list_is_counted(monkeypatch):
    monkeypatch.setattr("valuechain.analyses._neighbourhood.MOST_LISTED", 2)
    monkeypatch.setattr("valuechain.analyses.neighbourhood.MOST_LISTED", 2)
    found = around(made(*"abcd", supplies=links("supplies", "a b lens", "a c lens", "a d lens", "b c lens")))

    assert (len(found.table("neighbours").rows), found.table("neighbours").cut) == (2, 1)
    assert found.notes == ("The 2 nearest of 3 are listed, the surest first.",)
    assert (len(found.table("links").rows), found.table("links").cut) == (2, 1)


def test_a_former_supplier_is_no_step():
    graph = made("a", "b", supplies=links("supplies", "a b lens", relation="former"))

    assert not around(graph).table("neighbours").rows


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=12))
def test_rings_are_those_of_networkx(pairs):
    pairs = sorted({pair for pair in pairs if pair[0] != pair[1]})
    graph = made(*"abcdefg", supplies=links("supplies", *(f"{one} {other} lens" for one, other in pairs)))
    theirs: nx.Graph[str] = nx.Graph(pairs)
    theirs.add_node("a")

    found = around(graph, steps=3).frame("neighbours")
    assert dict(zip(found["organisation"], found["ring"], strict=True)) == {
        name: steps for name, steps in nx.single_source_shortest_path_length(theirs, "a", 3).items() if steps
    }
