"""The best suppliers and customers of each organisation, against all pairs written out one by one."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from valuechain.kernels.matches import People, Related, Side, best_matches
from valuechain.kernels.rows import starts

INF = math.inf


def side(rows: list[dict[str, Any]], organisations: int, capabilities: int) -> tuple[Side, list[dict[str, Any]]]:
    """Rows as the kernel takes them, and in that order; what a row does not tell asks for nothing."""
    full = [{"level": -INF, "amount": -INF, "unit": -1, "guessed": False, "worth": 1.0, **row} for row in rows]
    full.sort(key=lambda row: (row["capability"], -row["worth"], row["organisation"]))

    def column(name: str, kind: Any) -> Any:
        return np.array([row[name] for row in full], dtype=kind)

    organisation, capability = column("organisation", np.int64), column("capability", np.int64)
    begins = starts(capability, capabilities)
    return Side(
        organisation, capability, column("worth", float), column("level", float), column("amount", float),
        column("unit", np.int64), column("guessed", bool), begins[:-1].copy(), begins[1:].copy(),
        starts(organisation, organisations), np.argsort(organisation, kind="stable").astype(np.int64),
    ), full  # fmt: skip


def people(count: int, **more: Any) -> People:
    """Organisations, each a group of its own, of unknown place; `joint` and `excluded` are pairs."""

    def adjacency(pairs: list[tuple[int, int]]) -> tuple[Any, Any]:
        both = sorted({*pairs, *((other, one) for one, other in pairs)})
        ends = np.array(both, dtype=np.int64).reshape(-1, 2)
        return starts(ends[:, 0], count), ends[:, 1].copy()

    return People(
        np.array(more.get("group", range(count)), dtype=np.int64), np.array(more.get("origin", [0] * count), np.int64),
        np.array(more.get("place", [[math.nan] * 3] * count), dtype=float), *adjacency(more.get("excluded", [])),
        *adjacency(more.get("joint", [])),
    )  # fmt: skip


def same(capabilities: int) -> Related:
    """Each capability fits itself alone."""
    numbers = np.arange(capabilities, dtype=np.int64)
    return Related(np.arange(capabilities + 1, dtype=np.int64), numbers, np.ones(capabilities))


def best(needs: list[dict[str, Any]], offers: list[dict[str, Any]], known: People, most: int = 3) -> list[Any]:
    """Partner and score of the best suppliers of organisation 0."""
    (mine, _), (theirs, _) = side(needs, len(known.group), 2), side(offers, len(known.group), 2)
    found = best_matches(np.array([0]), mine, theirs, same(2), known, most)
    there = found.theirs[0] >= 0
    return list(zip(theirs.organisation[found.theirs[0][there]].tolist(), found.score[0][there].tolist(), strict=True))


NEED: dict[str, Any] = {"organisation": 0, "capability": 0}
OFFER: dict[str, Any] = {"organisation": 1, "capability": 0}


class TestAScore:
    def test_is_seven_tenths_for_strangers_of_unknown_place_who_are_sure(self):
        # 0.8 for strangers x (3/4 + 1/4 x 100 / 200)
        assert best([NEED], [OFFER], people(2)) == [(1, 0.8 * 0.875)]

    def test_multiplies_the_worth_of_need_and_offer(self):
        assert best([{**NEED, "worth": 0.5}], [{**OFFER, "worth": 0.4}], people(2)) == [(1, 0.5 * 0.4 * 0.8 * 0.875)]

    def test_is_whole_for_partners_of_a_project_at_the_same_place(self):
        assert best([NEED], [OFFER], people(2, joint=[(0, 1)], place=[[1, 2, 3], [1, 2, 3]])) == [(1, 1.0)]

    def test_keeps_seven_eighths_at_a_hundred_kilometres(self):
        found = best([NEED], [OFFER], people(2, joint=[(0, 1)], place=[[0, 0, 0], [0, 60, 80]]))
        assert found == [(1, 0.875)]

    def test_falls_by_a_fifth_for_each_level_that_is_missing_and_never_rises_above_what_is_asked(self):
        def at(level: int) -> float:
            [(_, score)] = best([{**NEED, "level": 8}], [{**OFFER, "level": -level}], people(2))
            return float(score / 0.7)

        assert math.isclose(at(6), 0.64)
        assert math.isclose(at(8), 1.0)
        assert math.isclose(at(9), 1.0)

    def test_is_the_part_of_the_amount_that_there_is_capacity_for(self):
        need, offer = {**NEED, "amount": math.log(200), "unit": 5}, {**OFFER, "amount": -math.log(50), "unit": 5}
        [(_, score)] = best([need], [offer], people(2))
        assert math.isclose(score / 0.7, 0.25)
        [(_, more)] = best([need], [{**offer, "amount": -math.log(400)}], people(2))
        [(_, other_unit)] = best([need], [{**offer, "unit": 6}], people(2))
        assert math.isclose(more / 0.7, 1.0)
        assert math.isclose(other_unit / 0.7, 1.0)

    def test_of_no_capacity_is_no_match(self):
        need = {**NEED, "amount": math.log(200), "unit": 5}
        assert best([need], [{**OFFER, "amount": INF, "unit": 5}], people(2)) == []


class TestNobodyMeets:
    def test_itself(self):
        assert best([NEED], [{**OFFER, "organisation": 0}], people(2)) == []

    def test_who_is_excluded(self):
        assert best([NEED], [OFFER], people(2, excluded=[(0, 1)])) == []

    def test_its_own_group(self):
        assert best([NEED], [OFFER], people(2, group=[7, 7])) == []

    def test_somebody_of_another_origin(self):
        assert best([NEED], [OFFER], people(2, origin=[0, 1])) == []

    def test_a_partner_whose_offer_is_guessed_from_what_they_may_have_done_together(self):
        assert best([NEED], [{**OFFER, "guessed": True}], people(2, joint=[(0, 1)])) == []
        assert best([{**NEED, "guessed": True}], [OFFER], people(2, joint=[(0, 1)])) == []
        assert len(best([{**NEED, "guessed": True}], [{**OFFER, "guessed": True}], people(2))) == 1


def test_one_need_does_not_fill_the_list():
    # of 0's first need 1, 2 and 3 count 1, 0.8 and 0.64 of 0.7; of the second 4 counts 0.7 of it
    needs = [NEED, {**NEED, "capability": 1, "worth": 0.7}]
    offers = [{**OFFER, "organisation": one} for one in (1, 2, 3)] + [{**OFFER, "organisation": 4, "capability": 1}]
    assert [partner for partner, _ in best(needs, offers, people(5))] == [1, 2, 4]


def test_a_partner_stands_once_with_its_best_match():
    needs = [{**NEED, "worth": 0.5}, {**NEED, "capability": 1}]
    offers = [OFFER, {**OFFER, "capability": 1}]
    assert best(needs, offers, people(2)) == [(1, 0.8 * 0.875)]


COUNT, CAPABILITIES = 6, 4
rows = st.lists(
    st.fixed_dictionaries(
        {
            "organisation": st.integers(0, COUNT - 1), "capability": st.integers(0, CAPABILITIES - 1),
            "worth": st.sampled_from((0.2, 0.5, 0.9)), "level": st.sampled_from((-INF, 3.0, 8.0)),
            "guessed": st.booleans(),
        }
    ),
    max_size=14, unique_by=lambda row: (row["organisation"], row["capability"]),
)  # fmt: skip
pairs = st.lists(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)), max_size=4)


def score_of(need: dict[str, Any], offer: dict[str, Any], fit: float, known: dict[str, Any]) -> float:
    """The score of one pair of rows by the formula, 0 where they must not meet."""
    one, other = need["organisation"], offer["organisation"]
    pair = {(one, other), (other, one)}
    met = bool(pair & set(known["joint"]))
    if one == other or pair & set(known["excluded"]) or (met and (need["guessed"] or offer["guessed"])):
        return 0.0
    near = 0.75 + 25 / (100 + math.dist(known["place"][one], known["place"][other]))
    missing = max(0.0, need["level"] + offer["level"])
    return float(need["worth"] * offer["worth"] * fit * 0.8**missing * near * (1 if met else 0.8))


@settings(max_examples=150, deadline=None)
@given(rows, rows, pairs, pairs, st.integers(1, 4))
def test_they_are_the_best_of_all_pairs(needs, offers, excluded, joint, most):
    offers = [{**row, "level": -row["level"] if row["level"] > 0 else -5.0} for row in offers]
    known = {
        "excluded": excluded, "joint": joint,
        "place": [[137.0 * one, 31.0 * one * one, 7.0 * one**3] for one in range(COUNT)],
    }  # fmt: skip
    fits = {(c, c): 1.0 for c in range(CAPABILITIES)} | {(0, 1): 0.9, (1, 0): 0.6}
    related = Related(
        starts(np.array([c for c, _ in sorted(fits)]), CAPABILITIES),
        np.array([c for _, c in sorted(fits)]), np.array([fits[pair] for pair in sorted(fits)]),
    )  # fmt: skip
    mine, need_rows = side(needs, COUNT, CAPABILITIES)
    theirs, offer_rows = side(offers, COUNT, CAPABILITIES)
    found = best_matches(np.arange(COUNT), mine, theirs, related, people(COUNT, **known), most)

    for one in range(COUNT):
        values = []
        for need in (row for row in need_rows if row["organisation"] == one):
            by_partner: dict[int, float] = {}
            for offer in offer_rows:
                fit = fits.get((need["capability"], offer["capability"]), 0.0)
                score = score_of(need, offer, fit, known)
                by_partner[offer["organisation"]] = max(by_partner.get(offer["organisation"], 0.0), score)
            scores = sorted(by_partner.items(), key=lambda item: -item[1])
            values += [(score * 0.8**place, partner) for place, (partner, score) in enumerate(scores) if score > 0]
        of_partner: dict[int, float] = {}
        for value, partner in values:
            of_partner[partner] = max(of_partner.get(partner, 0.0), value)
        expected = sorted(of_partner.values(), reverse=True)[:most]
        there = found.theirs[one] >= 0
        partners = theirs.organisation[found.theirs[one][there]].tolist()
        assert len(set(partners)) == len(partners) == len(expected)
        if len(values) == len({value for value, _ in values}):
            assert [of_partner[partner] for partner in partners] == expected
        for place in np.flatnonzero(there):
            need, offer = need_rows[found.mine[one, place]], offer_rows[found.theirs[one, place]]
            fit = fits[need["capability"], offer["capability"]]
            assert math.isclose(score_of(need, offer, fit, known), found.score[one, place])
