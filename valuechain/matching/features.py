"""What speaks for and against two organisations being one, in numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from valuechain.matching.comparable import IDS, Comparable
from valuechain.matching.names import is_short_for
from valuechain.matching.weighing import weigh

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Floats, Integers

SAME_TOWN = 90.0
"""Likeness (0..100) from which on two spellings are one town; a part counts as the whole (Halle, Halle Saale)."""

NAME_FEATURES = ("dice", "contained", "spelling", "initials", "one_more", "single")

HEAVY = 12.0
"""Weight of a word that one of 160,000 names has; more is not told apart."""

_LONGEST_SHORT_NAME = 6


def features(some: Comparable, first: Integers, second: Integers) -> pd.DataFrame:
    """Compare pairs of organisations, every name of the one with every name of the other.

    Parameters
    ----------
    some : Comparable
        The organisations.
    first, second : arrays of int, shape (pairs,)
        Rows of the organisations of each pair.

    Returns
    -------
    A row for each pair of names (or one without names, where one has none), columns, all 0..1:
    pair (position in `first`), one, other (rows of the names, -1 for none);
    dice: weight of the words shared, of the mean weight of both names; contained: of that of the name with less;
    spelling: likeness of the letters, in order or with sorted words; initials: one is a short form of the other;
    one_more: weight of the words that only the one has, or only the other, whichever is more, of HEAVY; single: the
    name with fewer words has one;
    town_same, town_other, postcode_same, postcode_other (the first two signs differ), domain_same, domain_other,
    group_same, country_other, kind_other; id_same, id_other, and pic_other (the participant code, of
    which one may have two).
    """
    import pandas as pd

    pair, one, other = _name_pairs(some, first, second)
    table = pd.DataFrame({"pair": pair, "one": one, "other": other, **_likeness(some, one, other)})
    places = pd.DataFrame(_places(some, first, second) | _agreement(some, first, second))
    return table.join(places, on="pair")


def _name_pairs(some: Comparable, first: Integers, second: Integers) -> tuple[Integers, Integers, Integers]:
    """Every name of the first with every name of the second, -1 where one has no name."""
    owner = some.names["organisation"].to_numpy(np.int64)
    start = np.searchsorted(owner, np.arange(len(some.keys) + 1))
    size = np.diff(start)
    many = np.maximum(size[first] * size[second], 1)
    pair = np.repeat(np.arange(len(first)), many)
    step = np.arange(len(pair)) - np.repeat(np.cumsum(many) - many, many)
    width = np.maximum(size[second], 1)[pair]
    nameless = (size[first] * size[second])[pair] == 0
    one = np.where(nameless, -1, start[first][pair] + step // width)
    other = np.where(nameless, -1, start[second][pair] + step % width)
    return pair.astype(np.int64), one.astype(np.int64), other.astype(np.int64)


def _likeness(some: Comparable, one: Integers, other: Integers) -> dict[str, Floats]:
    """How alike two names are; nothing is alike where there is none."""
    from rapidfuzz import fuzz, process

    found = {name: np.zeros(len(one)) for name in NAME_FEATURES}
    named = np.flatnonzero(one >= 0)
    if not len(named):
        return found
    one, other = one[named], other[named]
    texts = some.names["text"].to_numpy(object)
    spelling = np.maximum(
        process.cpdist(texts[one], texts[other], scorer=fuzz.token_sort_ratio),
        process.cpdist(texts[one], texts[other], scorer=fuzz.ratio),
    ).astype(np.float64)
    common, mine, others = weigh(some, one, other, spelling / 100)
    words = np.diff(some.weights.indptr)
    found["dice"][named] = 2 * common / (mine + others)
    found["contained"][named] = common / np.minimum(mine, others)
    found["spelling"][named] = spelling / 100
    found["one_more"][named] = np.clip((np.maximum(mine, others) - common) / HEAVY, 0, 1)
    found["single"][named] = np.minimum(words[one], words[other]) == 1
    found["initials"][named] = _initials(some, one, other)
    return found


def _initials(some: Comparable, one: Integers, other: Integers) -> Floats:
    """Whether what one name has for itself is a short form of what the other has for itself."""
    words = some.names["words"].to_numpy(object)
    shortest = np.array([min(map(len, name)) <= _LONGEST_SHORT_NAME and len(name) <= 3 for name in words], dtype=bool)
    found = np.zeros(len(one))
    for place in np.flatnonzero(shortest[one] | shortest[other]):
        mine, others = words[one[place]], words[other[place]]
        left = [word for word in mine if word not in others]
        right = [word for word in others if word not in mine]
        if len(left) > len(right):
            left, right = right, left
        found[place] = len(left) == 1 and len(right) > 1 and is_short_for(left[0], tuple(right))
    return found


def _places(some: Comparable, first: Integers, second: Integers) -> dict[str, Floats]:
    from rapidfuzz import fuzz, process

    towns = np.array(some.city, dtype=object)
    told = np.array([bool(city) for city in some.city], dtype=bool)
    both = told[first] & told[second]
    likeness = np.zeros(len(first))
    ratio = process.cpdist(towns[first[both]], towns[second[both]], scorer=fuzz.token_set_ratio)
    likeness[both] = np.asarray(ratio, dtype=np.float64)
    area = np.array([code[:2] for code in some.postcode], dtype=object)
    country = some.codes["country"]
    coded = (area[first] != "") & (area[second] != "") & (country[first] == country[second])
    postcode = some.codes["postcode"]
    return {
        "town_same": (both & (likeness >= SAME_TOWN)).astype(float),
        "town_other": (both & (likeness < SAME_TOWN)).astype(float),
        "postcode_same": (coded & (postcode[first] == postcode[second])).astype(float),
        "postcode_other": (coded & (area[first] != area[second])).astype(float),
    }


def _agreement(some: Comparable, first: Integers, second: Integers) -> dict[str, Floats]:
    """Which of the things that name one organisation are alike, and which are known and differ."""

    def alike(name: str) -> Floats:
        code = some.codes[name]
        return np.asarray((code[first] == code[second]) & (code[first] >= 0), dtype=float)

    def unlike(name: str) -> Floats:
        code = some.codes[name]
        return np.asarray((code[first] != code[second]) & (code[first] >= 0) & (code[second] >= 0), dtype=float)

    return {
        "domain_same": alike("domain"),
        "domain_other": unlike("domain"),
        "group_same": alike("group_id"),
        "country_other": unlike("country"),
        "kind_other": unlike("kind"),
        "id_same": np.maximum.reduce([alike(name) for name in IDS]),
        "id_other": np.maximum.reduce([unlike(name) for name in IDS if name != "pic"]),
        "pic_other": unlike("pic"),
    }
