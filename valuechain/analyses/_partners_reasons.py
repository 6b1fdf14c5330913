"""Why two members of two clusters should meet, as an advisor would say it to either."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._partners_market import STAGES, THERE, UNSTATED
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import labels_listed, plural, say, term

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters


def exchange_words(known: Clusters, one: Any, matches: Sequence[Any], selling: bool) -> str:
    """Return what one of two offers and the other needs, as a sentence; what is guessed "seems" so."""
    organisations = known.graph["organisations"]
    who, whom = (one.participant, one.partner) if selling else (one.partner, one.participant)
    seller = organisations["label"].iloc[who]
    stated, implied = ([match for match in matches if bool(match.stated) is told] for told in (True, False))
    parts = []
    if stated:
        told = _capabilities_and_buyer(known, stated, whom)
        parts.append(say("{capabilities}, which {buyer} says that it needs", **told))
    if implied:
        research = organisations["kind"].iloc[whom] in RESEARCH_KINDS
        parts.append(_for_what(_capabilities_and_buyer(known, implied, whom), research, implied))
    what = say("{one}; and {other}", one=parts[0], other=parts[1]) if len(parts) > 1 else parts[0]
    if all(match.offer_guessed for match in matches):
        return say("{seller} seems to offer {what}.", seller=seller, what=what)
    return say("{seller} offers {what}.", seller=seller, what=what)


def _capabilities_and_buyer(known: Clusters, matches: Sequence[Any], whom: int) -> dict[str, str]:
    labels = known.graph["capabilities"]["label"].iloc[[match.capability for match in matches]]
    return {"capabilities": labels_listed(labels), "buyer": str(known.graph["organisations"]["label"].iloc[whom])}


def _for_what(told: dict[str, str], research: bool, matches: Sequence[Any]) -> str:
    """What is offered, and that it goes into what the other makes or works on."""
    seems = all(match.made_guessed for match in matches)
    if research and seems:
        return say("{capabilities}, for what {buyer} seems to work on", **told)
    if research:
        return say("{capabilities}, for what {buyer} works on", **told)
    if seems:
        return say("{capabilities}, for what {buyer} seems to make", **told)
    return say("{capabilities}, for what {buyer} makes", **told)


def known_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    """Yield what is known of two beside: joint projects, and who of them stands for many under one name."""
    tie = np.intersect1d(known.ties.of(one), known.ties.of(other))
    joint = int(known.ties.pairs["projects"].iloc[tie].sum())
    if joint:
        yield say("They share {projects}.", projects=plural(joint, "project"))
    names, to_mind = known.graph["organisations"]["label"], what_to_mind(known.graph)
    for who in (one, other):
        if who in to_mind:
            yield f"{names.iloc[who]}: {to_mind[who]}."


def market_words(known: Clusters, one: int, other: int) -> Iterator[str]:
    """Yield what each of two is in the target market, and whom it looks for."""
    names = known.graph["organisations"]["label"]
    for who in (one, other):
        row = known.market.of.get(who)
        if row:
            standing = say(_STANDING[row.stage], name=names.iloc[who], market=known.market.name)
            yield f"{standing}{_sought(row)}."


_STANDING = {
    STAGES[0]: term("{name} would like to get into {market}"),
    UNSTATED: term("{name} has projects on {market}"),
    THERE[0]: term("{name} exports to {market}"),
    THERE[1]: term("{name} is established in {market}"),
}
"""What somebody is in a market, as people say it."""


def _sought(row: Any) -> str:
    """Whom somebody looks for there, and what for; empty where nothing was said."""
    parts = []
    if row.partner_sought:
        parts.append(say("looks for: {text}", text=row.partner_sought))
    if row.objective:
        parts.append(say("aim: {text}", text=row.objective))
    return f" ({'; '.join(parts)})" if parts else ""
