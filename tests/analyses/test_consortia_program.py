"""The best consortium against all subsets of small problems, and the golden team of Lappas et al. (2009)."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations
from typing import Any

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from valuechain.analyses._call_requirements import Priorities, Requirement
from valuechain.analyses._call_verdicts import units
from valuechain.analyses._consortia_alike import Alike
from valuechain.analyses._consortia_problem import Preference, Problem
from valuechain.analyses._consortia_program import best_consortia, differing, solved
from valuechain.analyses._consortia_wanted import Item
from valuechain.analyses._sme import MAYBE, NO, YES
from valuechain.model.call_rules import Rule


def cost_of(asked: Problem, members: tuple[int, ...]) -> float:
    """What a choice costs, straight from the definition."""
    rows = np.array(members, dtype=np.int64)
    chosen = asked.choose(rows)
    missing = unknown = 0
    for one in chosen.requirements:
        sure, most = units(one, chosen.groups)
        missing += max(0, one.at_least - most)
        unknown += max(0, min(one.at_least, most) - sure)
    unknown += int((chosen.allowed == MAYBE).sum())
    if chosen.priorities is not None:
        told = [chosen.priorities.sets[number] for number in chosen.priorities.of_organisation if number]
        apart = bool(told) and not frozenset.intersection(*told)
        silent = bool((chosen.priorities.of_organisation == 0).any())
        # where no priority is shared that is missing, whatever is not known of others
        missing += int(apart)
        unknown += int(silent and not apart)
    if asked.most_members:
        missing += max(0, len(members) - asked.most_members)
    pairs = int((np.triu(chosen.ties.toarray(), k=1) > 0).sum())
    cost = float(asked.cost[rows].sum()) - asked.bonus * pairs
    if asked.prefer == "confidence":
        best = chosen.sure.max(axis=0, initial=0.0)
        cost += float(-np.log(np.maximum(best, 0.01)).sum())
    return cost + asked.of_missing * missing + asked.of_unknown * unknown


def all_choices(asked: Problem) -> list[tuple[int, ...]]:
    """Every set of candidates that holds the required ones."""
    everybody = range(len(asked.organisations))
    needed = set(np.flatnonzero(asked.required).tolist())
    sizes = (set(some) for size in range(len(asked.organisations) + 1) for some in combinations(everybody, size))
    return [tuple(sorted(some)) for some in sizes if needed <= some]


@st.composite
def problems(draw: Any) -> Problem:
    count = draw(st.integers(1, 7))
    numbers = lambda low, high: np.array(  # noqa: E731
        draw(st.lists(st.integers(low, high), min_size=count, max_size=count)), dtype=np.int64
    )
    items = draw(st.integers(1, 3))
    covers = [numbers(NO, YES) for _ in range(items)]
    requirements = [Requirement(f"item {number}", 1, fits) for number, fits in enumerate(covers)]
    for number in range(draw(st.integers(0, 2))):
        place = numbers(-1, 2) if draw(st.booleans()) else None
        fits = numbers(NO, YES)
        if place is not None:
            fits = np.where(place < 0, np.minimum(fits, MAYBE), fits)
        requirements.append(Requirement(f"rule {number}", draw(st.integers(1, 3)), fits, place))
    sets = (frozenset[int](), frozenset({0}), frozenset({1}), frozenset({0, 1}))
    shared = Priorities(numbers(0, 3), sets, ("p", "q")) if draw(st.booleans()) else None
    upper = np.triu(np.array([numbers(0, 1) for _ in range(count)]), k=1)
    tenths = np.array([[draw(st.integers(1, 9)) / 10 for _ in range(items)] for _ in range(count)])
    asked = Problem(
        np.arange(count),
        numbers(0, 4),
        tuple(Item(one.title, one.title, (0,)) for one in requirements[:items]),
        tuple(requirements),
        numbers(MAYBE, YES),
        numbers(0, 5) == 0,
        np.where(np.stack(covers, axis=1) > NO, tenths, 0.0),
        shared,
        csr_array((upper + upper.T).astype(float)),
        draw(st.integers(0, 3)),
        draw(st.sampled_from(["fewest", "trust", "confidence"])),
    )
    bringing = np.flatnonzero((asked.sure > 0).any(axis=1) | asked.required)
    assume(len(bringing))
    return replace(asked.choose(bringing), organisations=np.arange(len(bringing)))


@settings(max_examples=200, deadline=None)
@given(problems())
def test_the_best_consortium_is_the_best_of_all_subsets(asked: Problem):
    (found,) = best_consortia(asked, 1, 0.5).found or (None,)
    assert found is not None
    cheapest = min(cost_of(asked, members) for members in all_choices(asked))

    assert cost_of(asked, found.members) == pytest.approx(cheapest, abs=1e-6)
    assert found.cost == pytest.approx(cheapest, abs=1e-6)
    assert found.proven


@settings(max_examples=60, deadline=None)
@given(problems(), st.sampled_from([0.0, 0.5, 1.0]))
def test_each_further_consortium_is_the_best_of_those_that_differ_enough(asked: Problem, different: float):
    found = best_consortia(asked, 3, different).found
    needed = set(np.flatnonzero(asked.required).tolist())
    choices = all_choices(asked)
    for number, one in enumerate(found):
        free = [set(before.members) - needed for before in found[:number]]
        left = [max(1, int(np.ceil(different * len(before) - 1e-9))) for before in free]
        apart = [
            some
            for some in choices
            if all(len(before - set(some)) >= least for before, least in zip(free, left, strict=True))
        ]
        assert one.members in apart
        assert cost_of(asked, one.members) == pytest.approx(min(cost_of(asked, some) for some in apart), abs=1e-6)


def crowd(seed: int, prefer: Preference) -> Problem:
    """So many candidates that most of them can be left out: three things to bring, two rules, places, groups."""
    chance = np.random.default_rng(seed)
    count = 400
    covers = [np.where(chance.random(count) < 0.3, chance.integers(MAYBE, YES + 1, count), NO) for _ in range(3)]
    covers[0][covers[1] + covers[2] == 0] = YES
    places = chance.integers(-1, 4, count)
    anybody = np.full(count, YES)
    rules = (
        Requirement("places", 3, np.where(places < 0, MAYBE, anybody), places, Rule("countries", 3)),
        Requirement("members", int(chance.integers(2, 5)), anybody, None, Rule("members", 3)),
        Requirement("smes", 2, chance.integers(NO, YES + 1, count), None, Rule("smes", 2)),
    )
    ties = np.triu(chance.random((count, count)) < 0.0003, k=1)
    return Problem(
        np.arange(count), np.where(chance.random(count) < 0.7, np.arange(count), chance.integers(100, 110, count)),
        tuple(Item(f"{number}", f"{number}", (0,)) for number in range(3)),
        (*(Requirement(f"{number}", 1, fits) for number, fits in enumerate(covers)), *rules), anybody,
        np.zeros(count, dtype=bool), np.where(np.stack(covers, axis=1) > NO, chance.integers(1, 4, (count, 3)) / 4, 0),
        None, csr_array((ties + ties.T).astype(float)), 0, prefer,
    )  # fmt: skip


@pytest.mark.parametrize("prefer", ["fewest", "trust", "confidence"])
@pytest.mark.parametrize("seed", range(4))
def test_leaving_candidates_out_loses_none_of_the_best(seed: int, prefer: Preference):
    whole = crowd(seed, prefer)
    found = best_consortia(whole, 3, 0.5)
    everybody = np.arange(len(whole.organisations))

    assert found.considered < len(whole.organisations)
    for number, one in enumerate(found.found):
        cheapest = solved(whole, [differing(whole, everybody, before, 0.5) for before in found.found[:number]])
        assert cheapest is not None
        assert one.cost == pytest.approx(cheapest.cost, abs=1e-6)


def many_alike(count: int, **changed: Any) -> Problem:
    """So many who bring the same one thing."""
    fits = np.full(count, YES)
    whole = Problem(
        np.arange(count), np.arange(count), (Item("a", "a", (0,)),), (Requirement("a", 1, fits),), fits,
        np.zeros(count, dtype=bool), np.linspace(0.1, 0.9, count)[:, None], None, csr_array((count, count)), 0,
        "fewest",
    )  # fmt: skip
    return Problem(**{**whole.__dict__, **changed})


def kept(asked: Problem, strict: bool = False) -> list[int]:
    return [int(one) for one in Alike(asked, strict).kept(np.zeros(len(asked.organisations), dtype=bool))]


def test_of_many_alike_only_as_many_are_looked_at_as_a_consortium_can_hold():
    asked = many_alike(1000)
    assert kept(asked) == [999]
    members = Requirement("members", 3, np.full(1000, YES))
    assert kept(many_alike(1000, requirements=(*asked.requirements, members))) == [996, 997, 998, 999]


def test_those_of_one_legal_group_do_not_stand_for_others():
    assert kept(many_alike(5, groups=np.array([0, 0, 0, 1, 2]))) == [4]
    assert kept(many_alike(5, groups=np.array([1, 2, 0, 0, 0]))) == [1, 2, 3, 4]


def test_who_brings_more_stands_for_who_brings_less():
    both = Requirement("b", 1, np.array([YES, NO, YES, NO]))
    asked = many_alike(4)
    sure = np.array([[0.9, 0.9], [0.5, 0.0], [0.9, 0.9], [0.9, 0.0]])
    assert kept(replace(asked, requirements=(*asked.requirements, both), sure=sure)) == [0, 2]


def test_past_projects_keep_those_who_have_any_up_to_a_number_and_then_nothing_is_proven():
    ties = np.zeros((400, 400))
    ties[:399, 399] = ties[399, :399] = 1
    asked = many_alike(400, ties=csr_array(ties), prefer="trust")

    assert len(kept(asked)) == 300
    assert Alike(asked, False).cut == 100
    assert not best_consortia(asked, 1, 0.5).found[0].proven


def test_nobody_to_choose_from_gives_no_consortium():
    assert best_consortia(many_alike(5).choose(np.zeros(0, dtype=np.int64)), 3, 0.5).found == ()
