"""Who is one thing: strong ids and decisions join keys to classes, named by their smallest key."""

from __future__ import annotations

import time
from itertools import combinations, permutations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.history import Decision, settled
from valuechain.model.identity import canonical_keys

KEYS = ("a:1", "a:2", "b:1", "b:2", "c:1", "c:2")
IDS = ("vat:1", "lei:1", "pic:1")


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


def test_a_third_joins_the_one_of_two_different_holders_that_it_may():
    pairs = [("a:1", "vat:1"), ("b:1", "vat:1"), ("c:1", "vat:1")]
    decisions = [different("a:1", "b:1"), different("a:1", "c:1")]

    assert canonical_keys(["a:1", "b:1", "c:1"], pairs, decisions) == {"a:1": "a:1", "b:1": "b:1", "c:1": "b:1"}


def test_a_third_that_fits_two_different_holders_alike_joins_neither():
    pairs = [("a:1", "vat:1"), ("b:1", "vat:1"), ("c:1", "vat:1")]

    assert canonical_keys(["a:1", "b:1", "c:1"], pairs, [different("a:1", "b:1")]) == {
        "a:1": "a:1", "b:1": "b:1", "c:1": "c:1",
    }  # fmt: skip


class TestContradictions:
    """One strong id agrees and something else contradicts: nothing is joined without a word of somebody."""

    PIC = (("a:1", "pic:1"), ("b:1", "pic:1"))

    def test_another_strong_id_of_one_name_keeps_two_apart(self):
        found = canonical_keys(["a:1", "b:1"], [*self.PIC, ("a:1", "vat:1"), ("b:1", "vat:2")])

        assert found == {"a:1": "a:1", "b:1": "b:1"}

    def test_an_id_that_only_one_of_two_has_contradicts_nothing(self):
        assert canonical_keys(["a:1", "b:1"], [*self.PIC, ("a:1", "vat:1")]) == {"a:1": "a:1", "b:1": "a:1"}

    def test_another_country_keeps_two_apart(self):
        found = canonical_keys(["a:1", "b:1"], self.PIC, countries=[("a:1", "DE"), ("b:1", "FR")])

        assert found == {"a:1": "a:1", "b:1": "b:1"}

    def test_records_that_name_several_countries_contradict_neither(self):
        countries = [("a:1", "DE"), ("b:1", "FR"), ("b:1", "DE")]

        assert canonical_keys(["a:1", "b:1"], self.PIC, countries=countries) == {"a:1": "a:1", "b:1": "a:1"}

    def test_who_fits_both_sides_of_a_contradiction_joins_neither(self):
        pairs = [*self.PIC, ("c:1", "pic:1"), ("a:1", "vat:1"), ("b:1", "vat:2")]

        assert canonical_keys(["a:1", "b:1", "c:1"], pairs) == {"a:1": "a:1", "b:1": "b:1", "c:1": "c:1"}

    def test_each_side_of_a_contradiction_still_finds_its_own(self):
        pairs = [(key, "pic:1") for key in KEYS[:5]] + [("a:1", "vat:1"), ("a:2", "vat:1"), ("b:1", "vat:2")]
        countries = [("c:1", "FR")]

        found = canonical_keys(KEYS[:5], pairs, countries=countries)

        assert found == {"a:1": "a:1", "a:2": "a:1", "b:1": "b:1", "b:2": "b:2", "c:1": "c:1"}

    def test_somebodys_word_joins_them_all_the_same(self):
        pairs = [*self.PIC, ("a:1", "vat:1"), ("b:1", "vat:2")]

        assert canonical_keys(["a:1", "b:1"], pairs, [same("a:1", "b:1")]) == {"a:1": "a:1", "b:1": "a:1"}

    def test_what_a_word_has_joined_goes_with_whoever_shares_one_of_its_ids(self):
        pairs = [("a:1", "vat:1"), ("b:1", "vat:2"), ("c:1", "vat:2"), ("c:1", "pic:1"), ("a:1", "pic:1")]

        assert set(canonical_keys(["a:1", "b:1", "c:1"], pairs, [same("a:1", "b:1")]).values()) == {"a:1"}

    def test_an_id_that_very_many_contest_joins_only_those_of_whom_the_same_is_known(self):
        keys = [f"a:{number:03}" for number in range(120)]
        pairs = [(key, "pic:1") for key in keys] + [(key, f"vat:{number // 2}") for number, key in enumerate(keys)]
        alone = [("b:1", "pic:1"), ("b:1", "vat:x")]

        found = canonical_keys([*keys, "b:1"], [*pairs, *alone], [different("b:1", "a:000")])

        assert len(set(found.values())) == 61
        assert found["a:001"] == "a:000"

    def test_an_id_of_ten_thousand_that_contradict_each_other_is_no_trap(self):
        keys = [f"a:{number}" for number in range(10_000)]
        pairs = [(key, "pic:1") for key in keys] + [(key, f"vat:{key}") for key in keys]
        start = time.process_time()

        assert len(set(canonical_keys(keys, pairs).values())) == 10_000
        assert time.process_time() - start < 5


def test_what_decisions_join_and_call_different_at_once_stays_joined():
    decisions = [same("a:1", "c:1"), same("b:1", "c:1"), different("a:1", "b:1")]

    assert set(canonical_keys(["a:1", "b:1", "c:1"], [("a:1", "vat:1"), ("b:1", "vat:1")], decisions).values()) == {
        "a:1"
    }


def test_words_about_terms_are_not_about_organisations():
    assert canonical_keys(["a:1", "b:1"], [], [Decision("means", "a:1", "b:1")]) == {"a:1": "a:1", "b:1": "b:1"}


pairs = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(IDS)), max_size=8)
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
def test_different_ones_meet_only_where_decisions_join_them_and_no_join_is_left_out_without_one(
    pairs: list[tuple[str, str]], decisions: tuple[Decision, ...]
):
    found = canonical_keys(KEYS, pairs, decisions)
    told_same = classes([(one.subject, one.object) for one in decisions if one.verdict == "same"])
    apart = [(one.subject, one.object) for one in decisions if one.verdict == "different"]

    assert all(found[key] == found[told_same[key]] for key in KEYS)
    assert all(found[a] != found[b] for a, b in apart if told_same[a] != told_same[b])
    for (first, one), (second, other) in combinations(pairs, 2):
        if one == other and found[first] != found[second]:
            holders = {found[key] for key, strong_id in pairs if strong_id == one}
            assert any({found[a], found[b]} <= holders for a, b in apart)


def test_three_imports_in_any_order_give_the_same_classes():
    imports = [[("c:1", "vat:1")], [("b:1", "vat:1"), ("b:1", "lei:1")], [("a:1", "lei:1")]]

    outcomes = {
        tuple(sorted(canonical_keys(KEYS, [pair for one in order for pair in one]).items()))
        for order in permutations(imports)
    }

    assert len(outcomes) == 1


facts = st.fixed_dictionaries(
    {}, optional={"vat": st.sampled_from("12"), "pic": st.sampled_from("12"), "country": st.sampled_from(("DE", "FR"))}
)
told = st.fixed_dictionaries(dict.fromkeys(KEYS, facts))


def classes_of(told: dict[str, dict[str, str]], order: list[str], decisions: tuple[Decision, ...] = ()):
    ids = [(key, f"{name}:{told[key][name]}") for key in order for name in told[key] if name != "country"]
    countries = [(key, told[key]["country"]) for key in order if "country" in told[key]]
    return canonical_keys(order, ids, decisions, countries)


@given(told=told, decisions=decisions, order=st.permutations(KEYS))
def test_contradictions_come_out_alike_in_any_order(
    told: dict[str, dict[str, str]], decisions: tuple[Decision, ...], order: list[str]
):
    assert classes_of(told, order, decisions) == classes_of(told, list(KEYS), decisions)


@given(told=told)
def test_what_ids_join_never_contradicts_itself_and_shares_an_id_with_another_of_its_class(
    told: dict[str, dict[str, str]],
):
    found = classes_of(told, list(KEYS))

    for root in set(found.values()):
        members = [key for key in KEYS if found[key] == root]
        for name in ("vat", "pic", "country"):
            assert len({told[key][name] for key in members if name in told[key]}) <= 1
        for key in members:
            others = [told[other] for other in members if other != key]
            shares = any(told[key].get(name, key) == other.get(name) for other in others for name in ("vat", "pic"))
            assert shares or not others


@given(told=told)
def test_two_that_share_an_id_stay_apart_only_where_its_holders_or_their_classes_contradict_each_other(
    told: dict[str, dict[str, str]],
):
    found = classes_of(told, list(KEYS))

    for first, second in combinations(KEYS, 2):
        for name in ("vat", "pic"):
            if name in told[first] and told[first][name] == told[second].get(name) and found[first] != found[second]:
                holders = {found[key] for key in KEYS if told[key].get(name) == told[first][name]}
                known = [told[key] for key in KEYS if found[key] in holders]
                assert any(len({one[fact] for one in known if fact in one}) > 1 for fact in ("vat", "pic", "country"))
