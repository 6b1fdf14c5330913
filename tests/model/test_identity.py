"""Who is one thing: strong ids and decisions join keys to classes, named by their smallest key."""

from __future__ import annotations

from itertools import combinations, permutations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.history import Decision, settled
from valuechain.model.identity import canonical_keys

KEYS = ("a:1", "a:2", "b:1", "b:2", "c:1", "c:2")
VATS = ("vat:1", "vat:2", "lei:1")


def same(first: str, second: str) -> Decision:
    return Decision("same", first, second)


def different(first: str, second: str) -> Decision:
    return Decision("different", first, second)


def test_a_key_that_nothing_joins_is_its_own():
    assert canonical_keys(["b:1", "a:1"], []) == {"a:1": "a:1", "b:1": "b:1"}


def test_keys_with_a_strong_id_in_common_are_one_named_by_the_smallest():
    assert canonical_keys(["b:1", "a:1", "c:1"], [("b:1", "vat:1"), ("a:1", "vat:1"), ("c:1", "vat:2")]) == {
        "a:1": "a:1", "b:1": "a:1", "c:1": "c:1",
    }  # fmt: skip


def test_a_chain_of_strong_ids_joins_its_ends():
    pairs = [("c:1", "vat:1"), ("b:1", "vat:1"), ("b:1", "lei:1"), ("a:1", "lei:1")]

    assert set(canonical_keys(["a:1", "b:1", "c:1"], pairs).values()) == {"a:1"}


def test_people_may_join_what_has_no_strong_id():
    assert canonical_keys(["a:1", "b:1"], [], [same("b:1", "a:1")]) == {"a:1": "a:1", "b:1": "a:1"}


def test_a_decision_on_a_key_that_is_not_here_waits():
    assert canonical_keys(["a:1"], [], [same("a:1", "b:1"), different("a:1", "b:1")]) == {"a:1": "a:1"}


def test_a_decision_that_two_are_different_stands_against_a_strong_id():
    pairs = [("a:1", "vat:1"), ("b:1", "vat:1")]

    assert canonical_keys(["a:1", "b:1"], pairs, [different("a:1", "b:1")]) == {"a:1": "a:1", "b:1": "b:1"}


def test_it_also_stands_against_a_detour_over_others():
    """a is c by VAT and c is b by LEI; who joins first is settled by the alphabet: b and c, by their LEI."""
    pairs = [("a:1", "vat:1"), ("c:1", "vat:1"), ("c:1", "lei:1"), ("b:1", "lei:1")]

    assert canonical_keys(["a:1", "b:1", "c:1"], pairs, [different("a:1", "b:1")]) == {
        "a:1": "a:1", "b:1": "b:1", "c:1": "b:1",
    }  # fmt: skip


def test_a_third_joins_the_first_of_two_different_holders_that_it_may():
    pairs = [("a:1", "vat:1"), ("b:1", "vat:1"), ("c:1", "vat:1")]
    decisions = [different("a:1", "b:1"), different("a:1", "c:1")]

    assert canonical_keys(["a:1", "b:1", "c:1"], pairs, decisions) == {"a:1": "a:1", "b:1": "b:1", "c:1": "b:1"}


def test_what_decisions_join_and_call_different_at_once_stays_joined():
    decisions = [same("a:1", "c:1"), same("b:1", "c:1"), different("a:1", "b:1")]

    assert set(canonical_keys(["a:1", "b:1", "c:1"], [("a:1", "vat:1"), ("b:1", "vat:1")], decisions).values()) == {
        "a:1"
    }


def test_words_about_terms_are_not_about_organisations():
    assert canonical_keys(["a:1", "b:1"], [], [Decision("means", "a:1", "b:1")]) == {"a:1": "a:1", "b:1": "b:1"}


pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VATS)), max_size=8)
decisions = st.lists(
    st.builds(Decision, st.sampled_from(("same", "different")), st.sampled_from(KEYS), st.sampled_from(KEYS)).filter(
        lambda one: one.subject != one.object
    ),
    max_size=5,
).map(settled)


def classes(links: list[tuple[str, str]]) -> dict[str, str]:
    """The smallest key of each connected component."""
    graph = nx.Graph(links)
    graph.add_nodes_from(KEYS)
    found = ([key for key in part if key in KEYS] for part in nx.connected_components(graph))
    return {key: min(part) for part in found for key in part}


@given(pairs=pairs, joined=decisions)
def test_without_a_word_on_who_is_different_classes_are_what_is_connected(
    pairs: list[tuple[str, str]], joined: tuple[Decision, ...]
):
    said = [one for one in joined if one.verdict == "same"]

    assert canonical_keys(KEYS, pairs, said) == classes([*pairs, *((one.subject, one.object) for one in said)])


@given(pairs=pairs, decisions=decisions, data=st.data())
def test_the_order_of_keys_strong_ids_and_decisions_does_not_matter(
    pairs: list[tuple[str, str]], decisions: tuple[Decision, ...], data: st.DataObject
):
    shuffled = [data.draw(st.permutations(things)) for things in (KEYS, [*pairs, *pairs], decisions)]

    assert canonical_keys(*shuffled) == canonical_keys(KEYS, pairs, decisions)  # type: ignore[arg-type]


@given(pairs=pairs, decisions=decisions)
def test_different_ones_meet_only_where_decisions_join_them_and_no_join_is_left_out_without_need(
    pairs: list[tuple[str, str]], decisions: tuple[Decision, ...]
):
    found = canonical_keys(KEYS, pairs, decisions)
    told_same = classes([(one.subject, one.object) for one in decisions if one.verdict == "same"])
    apart = [(one.subject, one.object) for one in decisions if one.verdict == "different"]

    assert all(found[key] == found[told_same[key]] for key in KEYS)
    assert all(found[a] != found[b] for a, b in apart if told_same[a] != told_same[b])
    for (first, one), (second, other) in combinations(pairs, 2):
        if one == other and found[first] != found[second]:
            assert any({found[a], found[b]} == {found[first], found[second]} for a, b in apart)


def test_three_imports_in_any_order_give_the_same_classes():
    imports = [[("c:1", "vat:1")], [("b:1", "vat:1"), ("b:1", "lei:1")], [("a:1", "lei:1")]]

    outcomes = {
        tuple(sorted(canonical_keys(KEYS, [pair for one in order for pair in one]).items()))
        for order in permutations(imports)
    }

    assert len(outcomes) == 1
