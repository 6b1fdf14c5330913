"""Why two members of two clusters should meet, as an advisor would say it to either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._chain import labels_listed, plural
from valuechain.analyses._partners_market import STAGES, THERE, UNSTATED
from valuechain.analyses._umbrellas import umbrellas

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters


def exchange_words(known: Clusters, one: Any, matches: Sequence[Any], selling: bool) -> str:
    """Return what one of two offers and the other needs, as a sentence; what is guessed "seems" so."""
    organisations, labels = known.graph["organisations"], known.graph["capabilities"]["label"]
    who, whom = (one.participant, one.partner) if selling else (one.partner, one.participant)
    seller, buyer = organisations["label"].iloc[who], organisations["label"].iloc[whom]
    stated, implied = ([match for match in matches if match.stated is told] for told in (True, False))
    parts = []
    if stated:
        parts.append(f"{_labels(labels, stated)}, which {buyer} says that it needs")
    if implied:
        research = organisations["kind"].iloc[whom] in RESEARCH_KINDS
        seems = all(match.made_guessed for match in implied)
        makes = ("seems to work on" if seems else "works on") if research else "seems to make" if seems else "makes"
        parts.append(f"{_labels(labels, implied)}, for what {buyer} {makes}")
    offers = "seems to offer" if all(match.offer_guessed for match in matches) else "offers"
    return f"{seller} {offers} {'; and '.join(parts)}."


def _labels(labels: Any, matches: Sequence[Any]) -> str:
    return labels_listed(labels.iloc[[match.capability for match in matches]])


def known_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    """Yield what is known of two beside: joint projects, and who of them stands for many under one name."""
    tie = np.intersect1d(known.ties.of(one), known.ties.of(other))
    joint = int(known.ties.pairs["projects"].iloc[tie].sum())
    if joint:
        yield f"They share {plural(joint, 'project')}."
    names, to_mind = known.graph["organisations"]["label"], known.graph.once(umbrellas)
    for who in (one, other):
        if who in to_mind:
            yield f"{names.iloc[who]}: {to_mind[who]}."


def market_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    """Yield what each of two is in the target market, and whom it looks for."""
    names = known.graph["organisations"]["label"]
    for who in (one, other):
        row = known.market.of.get(who)
        if row:
            yield f"{names.iloc[who]} {_standing(row.stage, known.market.name)}{_sought(row)}."


def _standing(stage: str, market: str) -> str:
    """What somebody is in a market, as people say it."""
    if stage == STAGES[0]:
        return f"would like to get into {market}"
    if stage == UNSTATED:
        return f"has projects on {market}"
    return f"exports to {market}" if stage == THERE[0] else f"is established in {market}"


def _sought(row: Any) -> str:
    """Whom somebody looks for there, and what for; empty where nothing was said."""
    parts = [("looks for", row.partner_sought), ("aim", row.objective)]
    told = "; ".join(f"{lead}: {text}" for lead, text in parts if text)
    return f" ({told})" if told else ""
