"""How much of two names is the same, in the weight of their words, misspelt words included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.matching.legal_forms import Words

if TYPE_CHECKING:
    from valuechain.matching.comparable import Comparable
    from valuechain.model.arrays import Floats, Integers

WORTH_A_LOOK = 0.7
"""Likeness of two names (0..1) from which on their words are compared letter by letter."""

SAME_WORD = 0.75
"""Likeness of two words (0..1) from which on one is taken for the other misspelt: a letter in four at most."""

SHORTEST = 4
"""Letters of a word that may be misspelt; any two shorter ones are alike."""


def weigh(some: Comparable, one: Integers, other: Integers, spelling: Floats) -> tuple[Floats, Floats, Floats]:
    """Weigh the words of pairs of names: those that they share, all of the first, all of the second.

    A word and its misspelling count as shared with the lesser weight of the two, times their likeness. A word that only
    one has counts for nothing if the other lies in the town of that name: many names leave out where they are.

    Parameters
    ----------
    some : Comparable
        The names.
    one, other : arrays of int, shape (pairs,)
        Rows of the names of each pair.
    spelling : array of float, shape (pairs,), 0..1
        Likeness of the two names as a whole.
    """
    weights = some.weights
    shared = weights[one].multiply(weights[other])
    shared.data = np.sqrt(shared.data)
    common = np.asarray(shared.sum(axis=1), dtype=np.float64).ravel()
    mass = np.asarray(weights.sum(axis=1), dtype=np.float64).ravel()
    mine, others = mass[one], mass[other]
    words = some.names["words"].to_numpy(object)
    mine = mine - _told_by_the_town(some, one, other)
    others = others - _told_by_the_town(some, other, one)
    misspelt = (spelling >= WORTH_A_LOOK) & (np.minimum(mine, others) - common > 1e-9)
    for place in np.flatnonzero(misspelt):
        for likeness, weight, other_weight in _misspelt(words[one[place]], words[other[place]], some.rarity):
            least = min(weight, other_weight)
            common[place] += likeness * least
            mine[place] -= weight - least
            others[place] -= other_weight - least
    return common, np.maximum(mine, 1e-9), np.maximum(others, 1e-9)


def _told_by_the_town(some: Comparable, one: Integers, other: Integers) -> Floats:
    """Weight of the words that only the first name has and the second organisation's town is called by."""
    told = some.weights[one].multiply(some.towns[other])
    told.data = np.sqrt(told.data)
    return np.asarray(told.sum(axis=1), dtype=np.float64).ravel()


def _misspelt(mine: Words, others: Words, rarity: dict[str, float]) -> list[tuple[float, float, float]]:
    """Pairs of words of which one is the other misspelt: likeness, and the weights of both."""
    from rapidfuzz.distance import OSA

    left = [word for word in others if word not in mine and len(word) >= SHORTEST]
    found = []
    for word in dict.fromkeys(mine):
        if word in others or len(word) < SHORTEST or not left:
            continue
        likeness, best = max((OSA.normalized_similarity(word, one), one) for one in left)
        if likeness >= SAME_WORD:
            left.remove(best)
            found.append((likeness, rarity[word], rarity[best]))
    return found
