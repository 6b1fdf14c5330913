"""Pairs of organisations that may be one, best first, with what agrees and what contradicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import numpy as np

from valuechain.matching.blocking import pairs
from valuechain.matching.comparable import Comparable, comparable
from valuechain.matching.features import features
from valuechain.matching.score import score
from valuechain.matching.words import explained

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers
    from valuechain.model.history import Decision

LISTED = 0.35
"""Score from which on a pair is put before people: in the training half of the sample, hard look-alikes included, three
of four pairs listed are right from there on."""

COLUMNS = ("first", "second", "score", "agrees", "contradicts", "why", "later")

_AT_ONCE = 200_000
"""Pairs that are compared at once; bounds the memory."""


def candidates(
    organisations: pd.DataFrame,
    decisions: Iterable[Decision] = (),
    known_as: Mapping[str, int] | None = None,
    listed: float = LISTED,
) -> pd.DataFrame:
    """Return the pairs of organisations that may be one and on which nobody has decided.

    Parameters
    ----------
    organisations : DataFrame
        One row per organisation; columns see `comparable`. What is merged already is one row.
    decisions : iterable of Decision
        Those in force. Pairs that are `different` are left out; those for `later` come last.
    known_as : mapping of str to int
        The row of each key by which an organisation is known (several may lead to one row); default: column key.
    listed : float
        Least score, 0..1. Pairs that share a strong id are listed whatever their score: something contradicts it, or
        they would be one.

    Returns
    -------
    Columns first, second (keys, the smaller first), score (0..1), agrees, contradicts (lists of words), why (a
    sentence), later (bool). Those that share a strong id come first, then the higher score; those for later last.
    """
    some = comparable(organisations)
    places = known_as if known_as is not None else {key: place for place, key in enumerate(some.keys)}
    first, second = pairs(some)
    apart, later = (_decided(decisions, verdict, places, len(some.keys)) for verdict in ("different", "later"))
    kept = ~np.isin(first * len(some.keys) + second, apart)
    first, second = first[kept], second[kept]
    parts = [
        _best(some, first[start : start + _AT_ONCE], second[start : start + _AT_ONCE], listed)
        for start in range(0, max(len(first), 1), _AT_ONCE)
    ]
    return _listed(some, parts, later)


def _best(some: Comparable, first: Integers, second: Integers, listed: float) -> pd.DataFrame:
    """The features of the pairs that are worth listing, of each those of its best pair of names."""
    found = features(some, first, second)
    found["score"] = score(found)
    found = found[(found["score"] >= listed) | (found["id_same"] > 0)]
    found = found.sort_values(["score", "one", "other"], ascending=[False, True, True], kind="stable")
    found = found.drop_duplicates("pair")
    return found.assign(first=first[found["pair"]], second=second[found["pair"]])


def _listed(some: Comparable, parts: list[pd.DataFrame], later: Integers) -> pd.DataFrame:
    import pandas as pd

    found = pd.concat(parts, ignore_index=True)
    keys = np.array(some.keys, dtype=object)
    one, other = keys[found["first"].to_numpy(np.int64)], keys[found["second"].to_numpy(np.int64)]
    turned = one > other
    found["later"] = np.isin(found["first"] * len(keys) + found["second"], later)
    told = explained(some, found)
    table = pd.DataFrame({
        "first": np.where(turned, other, one), "second": np.where(turned, one, other),
        "score": found["score"].round(3), "agrees": told["agrees"], "contradicts": told["contradicts"],
        "why": told["why"], "later": found["later"], "id_same": found["id_same"],
    })  # fmt: skip
    order = ["later", "id_same", "score", "first", "second"]
    table = table.sort_values(order, ascending=[True, False, False, True, True], kind="stable", ignore_index=True)
    return table[list(COLUMNS)]


def _decided(decisions: Iterable[Decision], verdict: str, places: Mapping[str, int], count: int) -> Integers:
    """Numbers of the pairs with a verdict, as they are counted in `candidates`."""
    found = [
        sorted((places[one.subject], places[one.object]))
        for one in decisions
        if one.verdict == verdict and one.subject in places and one.object in places
    ]
    return np.array([low * count + high for low, high in found], dtype=np.int64)
