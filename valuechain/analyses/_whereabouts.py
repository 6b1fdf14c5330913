"""What stops with organisations: what they offer, where they lie and what they turn over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import flags
from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.model.arrays import Floats, Integers
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, eq=False)
class Whereabouts:
    """What is known of organisations, as plain columns.

    `offering` offers `offered` (organisations and capabilities, pair by pair, each once; there are `capabilities` of
    them); `region` is each organisation's place in `regions` (codes), -1 where nobody said; `turnover_eur` is not a
    number where nobody said.
    """

    offering: Integers
    offered: Integers
    capabilities: int
    region: Integers
    regions: tuple[str, ...]
    turnover_eur: Floats


def whereabouts(graph: ValueGraph) -> Whereabouts:
    """Return the plain columns; to be made once for a graph."""
    import pandas as pd

    offers = graph["offers"].drop_duplicates(["organisation", "capability"])
    organisations = graph["organisations"]
    codes, regions = pd.factorize(organisations["region"])
    return Whereabouts(
        offers["organisation"].to_numpy(np.int64),
        offers["capability"].to_numpy(np.int64),
        len(graph["capabilities"]),
        codes.astype(np.int64),
        tuple(regions),
        organisations["turnover_eur"].to_numpy(float, na_value=np.nan),
    )


def spread(graph: ValueGraph, organisations: Integers) -> tuple[list[str], list[str]]:
    """Return which capabilities organisations offer, by name, and in which regions they lie, the most common first."""
    about = graph.once(whereabouts)
    chosen = flags(len(about.region), organisations)
    offered = np.unique(about.offered[chosen[about.offering]])
    codes = about.region[organisations]
    count = np.bincount(codes[codes >= 0], minlength=len(about.regions))
    common = np.argsort(-count, kind="stable")[: np.count_nonzero(count)]
    return sorted(graph["capabilities"]["label"].iloc[offered]), [
        graph.region_label(about.regions[code]) for code in common
    ]


def turnover_of(graph: ValueGraph, organisations: Integers) -> tuple[float | None, int]:
    """Return the turnover of organisations as far as known (None where of nobody), in EUR, and of how many it is."""
    turnover = graph.once(whereabouts).turnover_eur[organisations]
    known = turnover[~np.isnan(turnover)]
    return (float(known.sum()) if len(known) else None), len(known)


def turnover_words(graph: ValueGraph, organisations: Integers) -> str:
    """Return the turnover of organisations as a sentence, empty where it is known of nobody."""
    turnover, known = turnover_of(graph, organisations)
    if turnover is None:
        return ""
    return say(
        "Their turnover: {amount}, known for {known:,} of {all:,}.",
        amount=euros(turnover),
        known=known,
        all=len(organisations),
    )


def euros(amount: float) -> str:
    """Return an amount as people say it: "EUR 950", "EUR 12,300", "EUR 12.3 million", "EUR 4.2 billion"."""
    if amount >= 1e9:
        return say("EUR {amount:,.1f} billion", amount=amount / 1e9)
    if amount >= 1e6:
        return say("EUR {amount:,.1f} million", amount=amount / 1e6)
    return say("EUR {amount:,.0f}", amount=amount)
