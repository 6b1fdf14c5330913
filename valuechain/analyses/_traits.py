"""What organisations can be told apart by: kind, stage, capability, region, market, status and year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import known_offers
from valuechain.model.errors import QuestionError
from valuechain.model.language import listed, say

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

UNKNOWN = "unknown"
"""Stands for those of whom nothing is known."""

REGION_LENGTH = 3
"""Letters and digits of the regions that can be chosen: NUTS 1."""


@dataclass(frozen=True, eq=False)
class Trait:
    """One thing to tell organisations apart by. Organisation `who[i]` has the value `codes[value[i]]`, each pair once.

    Who has none has the last code, UNKNOWN.
    """

    codes: tuple[str, ...]
    who: Integers
    value: Integers

    def having(self, chosen: tuple[str, ...], count: int) -> Booleans:
        """Return who has one of some values; everybody where none is chosen."""
        if not chosen:
            return np.ones(count, dtype=bool)
        wanted = np.isin(self.value, [place for place, code in enumerate(self.codes) if code in chosen])
        return np.bincount(self.who[wanted], minlength=count) > 0

    def counts(self, among: Booleans) -> Integers:
        """Return how many of some organisations have each value."""
        return np.bincount(self.value[among[self.who]], minlength=len(self.codes))

    def of_each(self, count: int) -> list[list[int]]:
        """Return the values of each organisation, as places in `codes`."""
        found: list[list[int]] = [[] for _ in range(count)]
        for who, value in zip(self.who.tolist(), self.value.tolist(), strict=True):
            found[who].append(value)
        return found


def traits(graph: ValueGraph) -> Mapping[str, Trait]:
    """Return all traits of all organisations, by the name of the option that chooses among their values; made once."""
    organisations = graph["organisations"]
    offers = known_offers(graph)
    capabilities = graph["capabilities"]
    stages = graph["stages"].sort_values(["chain", "order"])
    stage = capabilities["stage"].to_numpy(np.int64)[offers["capability"].to_numpy(np.int64)]
    markets = graph["markets"]
    markets = markets[markets["capability"] >= 0]
    count = len(organisations)
    everybody = organisations.index.to_series()
    newest = _newest(organisations, offers)
    return {
        "kind": _trait(count, everybody, organisations["kind"]),
        "stage": _trait(
            count, offers["organisation"][stage >= 0], graph["stages"]["key"].iloc[stage[stage >= 0]], stages["key"]
        ),
        "capability": _trait(
            count, offers["organisation"], capabilities["key"].iloc[offers["capability"]], capabilities["key"]
        ),
        "region": _trait(count, everybody, organisations["region"].str[:REGION_LENGTH]),
        "market": _trait(
            count, markets["organisation"], capabilities["key"].iloc[markets["capability"]], capabilities["key"]
        ),
        "known": _trait(count, offers["organisation"], offers["status"]),
        "year": _trait(count, everybody, newest.str[:4]),
    }


def newest_days(graph: ValueGraph) -> pd.Series[str]:
    """Return the day of the newest record about each organisation or what it offers; empty where none tells its day."""
    return _newest(graph["organisations"], known_offers(graph))


def _newest(organisations: pd.DataFrame, offers: pd.DataFrame) -> pd.Series[str]:
    told = offers.groupby("organisation")["as_of"].max().reindex(organisations.index)
    own = organisations["as_of"]
    return own.where(told.isna() | (own.notna() & (own.fillna("") >= told.fillna(""))), told)


def _trait(count: int, who: pd.Series[int], codes: pd.Series[str], order: pd.Series[str] | None = None) -> Trait:
    """A trait from who has which code; codes in the given order, else in their own."""
    import pandas as pd

    known = codes.notna().to_numpy(bool)
    names = tuple(order) if order is not None else tuple(sorted(set(codes[known])))
    place = {name: number for number, name in enumerate(names)}
    each, distinct = pd.factorize(codes[known])
    values = np.array([place[name] for name in distinct], dtype=np.int64)[each]
    pairs = np.unique(who.to_numpy(np.int64)[known] * (len(names) + 1) + values)
    without = np.setdiff1d(np.arange(count), pairs // (len(names) + 1))
    return Trait(
        (*names, UNKNOWN),
        np.concatenate([pairs // (len(names) + 1), without]),
        np.concatenate([pairs % (len(names) + 1), np.full(len(without), len(names))]),
    )


def chosen_codes(name: str, given: str, trait: Trait) -> tuple[str, ...]:
    """Return the values that an option names, separated by commas. Raises QuestionError for one that nobody has."""
    codes = tuple(code.strip() for code in given.split(",") if code.strip())
    for code in codes:
        if code not in trait.codes:
            raise QuestionError(
                say("{option}: {value!r} is not known here.", option=name, value=code),
                say("There are: {values}.", values=listed(trait.codes, 12)),
            )
    return codes
