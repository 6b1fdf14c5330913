"""Who needs something and is joined to somebody who offers it, against a count written out."""

import random

import numpy as np
import pytest

from valuechain.kernels.linkage import linkage
from valuechain.model.graph import Adjacency


def ask(offers, needs, ties, group, things):
    """Offers and needs as {thing: {organisation: sure}}, ties as {(first, second): sure}."""

    def compressed(told):
        rows = [told.get(thing, {}) for thing in range(things)]
        start = np.cumsum([0, *map(len, rows)])
        who = np.array([one for row in rows for one in row], dtype=np.int64)
        return start.astype(np.int64), who, np.array([sure for row in rows for sure in row.values()], dtype=float)

    first, second = np.array(list(ties), dtype=np.int64).reshape(-1, 2).T
    links = Adjacency.from_pairs(np.concatenate([first, second]), np.concatenate([second, first]), len(group))
    sure = np.array(list(ties.values()), dtype=float)[links.links % max(1, len(ties))] if ties else np.zeros(0)
    told = (*compressed(offers), *compressed(needs), links.indptr, links.indices, sure, np.array(group))
    found = linkage(*told)
    _, needer, _ = compressed(needs)
    thing_of = [thing for thing in range(things) for _ in needs.get(thing, {})]
    linked = {(thing, int(one)) for thing, one, flag in zip(thing_of, needer, found.linked, strict=True) if flag}
    return linked, found.doubt.tolist()


def test_a_pair_is_as_sure_as_the_least_sure_of_offer_need_and_tie():
    linked, doubt = ask({0: {0: 0.9}}, {0: {1: 0.8, 2: 0.8}}, {(0, 1): 0.5}, [0, 1, 2], 1)
    assert linked == {(0, 1)}
    assert doubt == pytest.approx([0.5])


def test_who_is_of_one_group_needs_no_tie():
    linked, doubt = ask({0: {0: 0.9}, 1: {2: 0.6}}, {0: {0: 0.7, 1: 0.8}}, {}, [0, 0, 2], 2)
    assert linked == {(0, 0), (0, 1)}
    assert doubt == pytest.approx([0.3 * 0.2, 1.0])


def test_a_tie_inside_a_group_joins_no_second_time():
    _, doubt = ask({0: {0: 0.5}}, {0: {1: 0.5}}, {(0, 1): 1.0}, [0, 0], 1)
    assert doubt == pytest.approx([0.5])


def test_it_agrees_with_looking_at_every_pair():
    chance = random.Random(1)
    for _ in range(200):
        count, things = chance.randint(1, 7), chance.randint(1, 3)
        group = [chance.randrange(count) for _ in range(count)]

        def some(count=count, things=things):
            rows = {thing: chance.sample(range(count), chance.randint(0, count)) for thing in range(things)}
            return {thing: {one: chance.random() for one in row} for thing, row in rows.items()}

        offers, needs = some(), some()
        ties = {
            (one, other): chance.random()
            for one in range(count)
            for other in range(one + 1, count)
            if chance.random() < 0.4
        }
        linked, doubt = set(), [1.0] * things
        for thing in range(things):
            for needer, need in needs[thing].items():
                kin = [sure for one, sure in offers[thing].items() if group[one] == group[needer]]
                pairs = [max(kin)] if kin else []
                for one, offer in offers[thing].items():
                    tie = ties.get((min(one, needer), max(one, needer)))
                    if tie is not None and group[one] != group[needer]:
                        pairs.append(min(offer, tie))
                for pair in pairs:
                    linked.add((thing, needer))
                    doubt[thing] *= 1 - min(pair, need)

        found = ask(offers, needs, ties, group, things)

        assert found[0] == linked
        assert found[1] == pytest.approx(doubt)
