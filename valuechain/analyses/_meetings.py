"""Whom one organisation should meet: suppliers of what it lacks, customers that it does not have yet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._candidates import Candidate, Ranking, candidates_for
from valuechain.analyses._firm import Input
from valuechain.analyses._organisations import shown
from valuechain.analyses._suggest import KINDS, matches
from valuechain.analyses._suggest_tables import capability_of
from valuechain.analyses._suggest_words import spelled_out
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

Offerers = Mapping[int, Ranking]
"""Who offers each capability, best first; capabilities that nobody offers are not there."""

PARTNER_COLUMNS = (
    Column("organisation", "text", "Whom to meet"),
    Column("organisation_key", "key", "Its key"),
    Column("could_be", "text", "customer or supplier"),
    Column("capability", "text", "Of what"),
    Column("capability_key", "key", "Its key"),
    Column("reason", "text", "Why, and what to mind"),
    Column("why_not_before", "text", "Why they are not linked yet, as far as the data tell"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("kind", "text", "Kind of organisation"),
    Column("score", "number", "How well need and offer fit; no probability", "0..1"),
    Column("confidence", "number", "How sure need and offer both are", "0..1"),
    STATUS,
)


def who_offers(graph: ValueGraph, organisation: int, lacking: Sequence[Input]) -> Offerers:
    """Return who else offers each lacking capability: those in the organisation's surroundings first, then by rank."""
    candidates = candidates_for(graph, [one.capability for one in lacking], organisation)
    here = {one.capability: one.here for one in lacking}
    return {
        capability: ranking.choose(np.argsort(~np.isin(ranking.organisations, here[capability]), kind="stable"))
        for capability, ranking in candidates.items()
    }


def makers(offerers: Offerers, capability: int, most: int) -> list[Candidate]:
    """Return the best who offer a capability and are no research organisations."""
    ranking = offerers.get(capability)
    return ranking.choose(~ranking.research).best(most) if ranking else []


def partner_table(graph: ValueGraph, organisation: int, most: int) -> Table:
    """Return the `most` best suppliers and the `most` best customers that an organisation does not have yet.

    They are those of the analysis missing-links; found by rule, without a probability.
    """
    rows = matches(graph, np.array([organisation]), most)
    labels, keys = (graph["capabilities"][name].array for name in ("label", "key"))
    cells = []
    for row, words in zip(rows.itertuples(index=False), spelled_out(graph, rows), strict=True):
        capability = capability_of(graph, row)
        cells.append(
            shown(graph)[row.partner]
            | {
                "could_be": KINDS[row.kind],
                "capability": labels[capability],
                "capability_key": keys[capability],
                "reason": words.reasons,
                "why_not_before": words.why_not_before,
                "distance_km": None if words.distance_km is None else round(words.distance_km),
                "score": round(row.score, 3),
                "confidence": round(words.confidence or 0.0, 3),
                "status": words.status,
                "evidence": words.evidence,
            }
        )
    return Table.from_rows("partners", say("Partners and customers worth meeting"), PARTNER_COLUMNS, cells)
