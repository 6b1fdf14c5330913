"""The schedule that counts most: against cases by hand and against trying everything."""

from __future__ import annotations

from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.analyses import _meeting_schedule
from valuechain.analyses._meeting_schedule import Schedule, Wishes, schedule


def wishes(*meetings: tuple[int, int, float]) -> Wishes:
    first, second, weight = zip(*meetings, strict=True)
    people = max(*first, *second) + 1
    return Wishes(np.array(first), np.array(second), np.array(weight, dtype=float), people)


def two_sided(most: int) -> st.SearchStrategy[Wishes]:
    """Wishes between people 0..2 and people 3..5."""
    pairs = [(one, other) for one in range(3) for other in range(3, 6)]
    chosen = st.lists(st.sampled_from(pairs), min_size=1, max_size=most, unique=True)
    return chosen.flatmap(weighed)


def among_all(most: int) -> st.SearchStrategy[Wishes]:
    chosen = st.lists(st.sampled_from(list(combinations(range(5), 2))), min_size=1, max_size=most, unique=True)
    return chosen.flatmap(weighed)


def weighed(pairs: list[tuple[int, int]]) -> st.SearchStrategy[Wishes]:
    weights = st.lists(st.integers(1, 9), min_size=len(pairs), max_size=len(pairs))
    return weights.map(lambda found: wishes(*((*pair, weight) for pair, weight in zip(pairs, found, strict=True))))


def best_of_all(wished: Wishes, slots: int, tables: int) -> float:
    """The most of every way to put each meeting into a slot or nowhere."""
    ends = list(zip(wished.first.tolist(), wished.second.tolist(), strict=True))
    best = 0.0
    for placed in product(range(-1, slots), repeat=len(ends)):
        busy = [(at, one) for at, pair in zip(placed, ends, strict=True) if at >= 0 for one in pair]
        full = any(placed.count(at) > tables for at in range(slots))
        if len(set(busy)) == len(busy) and not full:
            best = max(best, sum(w for at, w in zip(placed, wished.weight.tolist(), strict=True) if at >= 0))
    return best


def holds(found: Schedule, wished: Wishes, slots: int, tables: int) -> None:
    """Nobody twice in a slot, no table twice in a slot, no more meetings than tables, and the sum is right."""
    held = np.flatnonzero(found.held)
    busy = [(found.slot[at], one) for at in held for one in (wished.first[at], wished.second[at])]
    assert len(set(busy)) == len(busy)
    assert len({(found.slot[at], found.table[at]) for at in held}) == len(held)
    assert set(found.slot[held].tolist()) <= set(range(slots))
    assert set(found.table[held].tolist()) <= set(range(tables))
    assert (found.table[~found.held] < 0).all()
    assert found.total == pytest.approx(wished.weight[held].sum())
    assert found.total <= found.bound + 1e-6


def test_two_by_two_need_two_slots():
    wished = wishes((0, 2, 1), (0, 3, 1), (1, 2, 1), (1, 3, 1))

    found = schedule(wished, slots=2, tables=2)

    assert found.held.all()
    assert (found.total, found.bound, found.proven) == (4, 4, True)


def test_with_one_slot_the_pairing_that_counts_most_is_held():
    # 3 + 3 is more than 5 + 0
    wished = wishes((0, 2, 5), (0, 3, 3), (1, 2, 3))

    found = schedule(wished, slots=1, tables=2)

    assert found.held.tolist() == [False, True, True]
    assert found.total == 6


def test_with_one_table_what_counts_most_is_held():
    found = schedule(wishes((0, 2, 2), (1, 3, 7), (0, 3, 4)), slots=2, tables=1)

    assert found.held.tolist() == [False, True, True]
    assert sorted(found.slot[found.held].tolist()) == [0, 1]


def test_three_who_all_wish_to_meet_need_three_slots_of_which_the_program_of_all_knows():
    # each has only two meetings, so the choice alone would hold all three in two slots
    wished = wishes((0, 1, 3), (1, 2, 2), (0, 2, 1))

    two, three = (schedule(wished, slots=slots, tables=3) for slots in (2, 3))

    assert (two.total, two.bound, two.proven) == (5, 5, True)
    assert three.held.all()


def test_beyond_the_size_of_that_program_the_bound_is_said(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(_meeting_schedule, "SIZE", 0)
    found = schedule(wishes((0, 1, 3), (1, 2, 2), (0, 2, 1)), slots=2, tables=3)

    assert (found.total, found.bound, found.proven) == (5, 6, False)


def test_who_has_a_table_keeps_it():
    # 0 meets three partners, 1 one of them: 0 stays where it sits
    found = schedule(wishes((0, 2, 9), (0, 3, 8), (0, 4, 7), (1, 2, 1)), slots=3, tables=2)

    assert found.held.all()
    assert len(set(found.table[:3].tolist())) == 1


@settings(max_examples=60, deadline=None)
@given(two_sided(6), st.integers(1, 3), st.integers(1, 3))
def test_between_two_sides_nothing_counts_more(wished: Wishes, slots: int, tables: int):
    found = schedule(wished, slots, tables)

    holds(found, wished, slots, tables)
    assert found.proven
    assert found.total == pytest.approx(best_of_all(wished, slots, tables))


@settings(max_examples=60, deadline=None)
@given(among_all(6), st.integers(1, 3), st.integers(1, 2))
def test_nor_among_all(wished: Wishes, slots: int, tables: int):
    found = schedule(wished, slots, tables)

    holds(found, wished, slots, tables)
    assert found.total == pytest.approx(best_of_all(wished, slots, tables))


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 1000), st.integers(2, 12), st.integers(1, 8))
def test_a_large_mission_has_no_clash_and_is_proven(seed: int, slots: int, tables: int):
    draw = np.random.default_rng(seed)
    wish = draw.random((20, 15)) < 0.3
    first, second = np.nonzero(wish)
    wished = Wishes(first, second + 20, draw.integers(1, 10, len(first)).astype(float), 35)

    found = schedule(wished, slots, tables)

    holds(found, wished, slots, tables)
    assert found.proven
