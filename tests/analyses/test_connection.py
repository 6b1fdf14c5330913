"""How two organisations are connected: shortest ways, who stands on all of them, what is nearest otherwise."""

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.connection import connection
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope


def between(graph, one, other, **options):
    scope = options.pop("scope", {})
    return connection(graph.within(Scope(organisation=f"test:{one}", **scope)), to=other, **options)


def supplied(ids, *pairs, **more):
    rows = chain("glass>lens", "lens>laser") | {"organisations": firms(*ids)}
    return graph_of(rows | {"supplies": links("supplies", *(f"{pair} lens" for pair in pairs))} | more)


def test_a_direct_link_is_said_as_what_the_one_does():
    found = between(supplied("ab", "a b"), "a", "b")

    assert found.verdict == "a and b are linked directly: a supplies b."
    assert between(supplied("ab", "a b"), "b", "a").verdict == "b and a are linked directly: b buys from a."


def test_one_way_names_those_on_it_in_order():
    found = between(supplied("abcd", "a b", "b c", "d c"), "a", "d")

    assert found.verdict == "a and d are 3 steps apart, through b and c."
    assert found.frame("steps")[["step", "organisation", "link", "next"]].values.tolist() == [
        [1, "a", "supplies", "b"],
        [2, "b", "supplies", "c"],
        [3, "c", "buys from", "d"],
    ]
    assert found.findings[0].title == "Every shortest way leads through b and c"
    assert found.findings[0].action == "Ask b to introduce the two to each other."


def test_several_ways_through_one_name_it():
    found = between(supplied("abcde", "a b", "a c", "b d", "c d", "d e"), "a", "e")

    assert found.verdict == "a and e are 3 steps apart, on 2 equally short ways, all of them through d."


def test_ways_beyond_those_spelled_out_are_counted():
    found = between(supplied("abcde", "a b", "b e", "a c", "c e", "a d", "d e"), "a", "e", ways=2)

    assert found.frame("steps")["way"].max() == 2
    assert found.verdict == "a and e are 2 steps apart, on 3 equally short ways."
    assert found.notes == ("2 of 3 equally short ways are spelled out, the surest first.",)
    assert not found.findings


def test_the_surest_way_comes_first_with_its_status():
    graph = graph_of(
        chain("glass>lens")
        | {
            "organisations": firms(*"abcd"),
            "supplies": [
                *links("supplies", "a b lens", "b d lens", status="inferred", confidence=0.3),
                *links("supplies", "a c lens", "c d lens", confidence=0.8),
            ],
        }
    )
    steps = between(graph, "a", "d").frame("steps")

    assert steps[["way", "organisation", "next", "confidence", "status"]].values.tolist() == [
        [1, "a", "c", 0.8, "declared"],
        [1, "c", "d", 0.8, "declared"],
        [2, "a", "b", 0.3, "inferred"],
        [2, "b", "d", 0.3, "inferred"],
    ]


def test_links_of_several_kinds_between_two_are_one_step():
    graph = supplied(
        "ab",
        "a b",
        ownerships=links("ownerships", "b a"),
        projects=[{"id": "p", "title": "p"}],
        participations=links("participations", "a p", "b p"),
    )
    (step,) = between(graph, "a", "b").frame("steps").to_dict("records")

    assert step["link"] == "supplies, has 1 joint project with and belongs to"


def test_a_guess_beside_a_declared_link_does_not_make_the_step_a_guess():
    supplies = [*links("supplies", "a b lens"), *links("supplies", "a b glass", status="inferred")]
    graph = graph_of(chain("glass>lens") | {"organisations": firms("a", "b"), "supplies": supplies})

    assert between(graph, "a", "b").frame("steps")["status"].tolist() == ["declared"]


def test_without_a_way_what_one_side_needs_and_the_other_offers_comes_first():
    graph = supplied(
        "abcd",
        "a b",
        "c d",
        needs=[{"organisation": "b", "capability": "glass"}],
        offers=[{"organisation": "c", "capability": "glass"}],
    )
    found = between(graph, "a", "d")

    assert found.verdict == (
        "Nothing known connects a and d. "
        "Nearest would be a link between a and d: the first offers lens, the second needs it. That makes 1 step."
    )
    reasons = set(found.frame("nearest")["reason"])
    assert "the first needs glass, the second offers it" in reasons
    assert [(one.kind, one.severity) for one in found.findings] == [("not-connected", "info")]
    named = found.findings[0].with_whom
    assert named[0] == "a and d: the first offers lens, the second needs it; that makes 1 step"
    assert len(named) == len(set(named)) == 3
    assert found.verdict.count("Nearest") == 1
    assert "Nearest" not in found.findings[0].explanation


def test_the_other_way_round_and_a_common_region_are_reasons_too():
    rows = chain("glass>lens", "lens>laser") | {
        "organisations": [
            {"id": name, "name": name, "kind": "sme", "region": region}
            for name, region in (("a", "DE212"), ("d", "DE212"))
        ],
        "offers": [{"organisation": "a", "capability": "glass"}],
        "needs": [{"organisation": "d", "capability": "glass"}],
    }
    table = between(graph_of(rows), "a", "d").frame("nearest")

    assert table[["reason", "steps"]].values.tolist() == [
        ["the first offers glass, the second needs it", 1],
        ["both lie in DE212", 1],
    ]


def test_what_two_have_in_common_is_called_a_guess_where_it_is_one():
    offers = [{"organisation": "a", "capability": "glass", "status": "inferred"}]
    needs = [{"organisation": "b", "capability": "glass", "status": "inferred"}]
    rows = chain("glass>lens") | {"organisations": firms("a", "b"), "offers": offers, "needs": needs}
    found = between(graph_of(rows), "a", "b")

    assert found.verdict.endswith("That makes 1 step. This is a guess.")
    assert found.findings[0].explanation.endswith("What they have in common is guessed.")


def test_two_who_have_nothing_in_common_are_told_so():
    found = between(supplied("ab"), "a", "b")

    assert found.verdict == "Nothing known connects a and b."
    assert found.findings[0].explanation == "Nor is anything known that both sides have in common."


def test_a_scope_may_cut_the_way():
    graph = graph_of(
        chain("glass>lens")
        | {
            "organisations": [
                {"id": name, "name": name, "kind": "sme", "region": region}
                for name, region in (("a", "DE1"), ("b", "DE2"), ("c", "DE1"))
            ],
            "supplies": links("supplies", "a b lens", "b c lens"),
        }
    )

    assert between(graph, "a", "c").verdict == "a and c are 2 steps apart, through b."
    assert between(graph, "a", "c", scope={"regions": ("DE1",)}).verdict.startswith("Nothing known connects a and c.")


def test_links_of_one_kind_alone_can_be_followed():
    graph = supplied("abc", "a b", "b c", ownerships=links("ownerships", "a c"))

    assert between(graph, "a", "c").verdict == "a and c are linked directly: a owns c."
    assert between(graph, "a", "c", links="supplies").verdict == "a and c are 2 steps apart, through b."


def test_an_end_that_is_missing_wrong_or_the_same_is_said():
    graph = supplied("ab", "a b")

    assert between(graph, "a", " ").verdict == "Not assessed: name the other organisation too."
    with pytest.raises(NotFoundError, match="'nobody'"):
        between(graph, "a", "nobody")
    with pytest.raises(QuestionError, match="same organisation"):
        between(graph, "a", "a")


@settings(max_examples=20)
@given(st.lists(st.tuples(st.sampled_from("abcdefg"), st.sampled_from("abcdefg")), max_size=14))
def test_all_shortest_ways_are_those_of_networkx(pairs):
    pairs = sorted({pair for pair in pairs if pair[0] != pair[1]})
    theirs: nx.Graph[str] = nx.Graph(pairs)
    theirs.add_nodes_from("abcdefg")
    steps = between(supplied("abcdefg", *(" ".join(pair) for pair in pairs)), "a", "g", ways=50).frame("steps")

    found = [("a", *rows["next"]) for _, rows in steps.groupby("way")]
    expected = list(nx.all_shortest_paths(theirs, "a", "g")) if nx.has_path(theirs, "a", "g") else []
    assert sorted(found) == sorted(map(tuple, expected))
