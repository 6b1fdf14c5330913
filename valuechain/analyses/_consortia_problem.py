"""Who could be in a consortium, and which of them can be left aside without losing the best one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._call_requirements import Priorities, Requirement, counted, eligible, priorities
from valuechain.analyses._chain import collaboration_matrix, flags, known_offers
from valuechain.analyses._lookup import places_of_offers
from valuechain.analyses._sme import MAYBE, NO, YES

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.analyses._call_terms import Terms
    from valuechain.analyses._consortia_wanted import Item, Wanted
    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

Preference = Literal["fewest", "trust", "confidence"]

UNSUREST = 0.01
"""Nobody is taken for less sure than this where being sure comes first."""

A_MEMBER = 0.05
"""Where being sure comes first, one member more has to make the whole surer by this share."""


@dataclass(frozen=True, eq=False)
class Problem:
    """Candidates for a consortium, one entry each, and what it has to meet.

    `organisations` are positions in the graph, `groups` legal groups. `items` and then the rules of the call make up
    `requirements`. `allowed` is YES or MAYBE, NO only for required members. `sure` says how sure it is that a candidate
    brings each item (candidates x items, 0..1; 0 where it does not). `priorities` is None where none has to be shared.
    `ties` counts joint projects of any two.
    """

    organisations: Integers
    groups: Integers
    items: tuple[Item, ...]
    requirements: tuple[Requirement, ...]
    allowed: Integers
    required: Booleans
    sure: Floats
    priorities: Priorities | None
    ties: csr_array
    most_members: int
    prefer: Preference

    def choose(self, rows: Integers) -> Problem:
        """Return the problem with some candidates only."""
        shared = self.priorities
        return replace(
            self,
            organisations=self.organisations[rows],
            groups=self.groups[rows],
            requirements=tuple(one.of(rows) for one in self.requirements),
            allowed=self.allowed[rows],
            required=self.required[rows],
            sure=self.sure[rows],
            priorities=None if shared is None else replace(shared, of_organisation=shared.of_organisation[rows]),
            ties=self.ties[rows][:, rows],
        )

    @property
    def largest(self) -> int:
        """No best consortium is larger: each member is required, or stands for one unit of one requirement."""
        return int(self.required.sum()) + sum(one.at_least * self.times(one) for one in self.requirements)

    def times(self, one: Requirement) -> int:
        """How many members may stand for one unit: one, or one that fits for sure beside another that may.

        Two where places are counted, for then those who fit for sure need not be among the most who may; and where
        being sure comes first, for the surest offer may be one of which the readiness level is not known.
        """
        mixed = bool((one.fits == YES).any() and (one.fits == MAYBE).any())
        return 2 if mixed and (one.place is not None or self.prefer == "confidence") else 1

    @cached_property
    def confidence(self) -> Floats:
        """How sure each candidate is on average of what it brings; 1 where it brings nothing."""
        brought = (self.sure > 0).sum(axis=1)
        return np.where(brought > 0, self.sure.sum(axis=1) / np.maximum(brought, 1), 1.0)

    @cached_property
    def cost(self) -> Floats:
        """What each member costs: 1 and a little more the less sure it is; A_MEMBER where being sure comes first."""
        if self.prefer == "confidence":
            return np.full(len(self.organisations), A_MEMBER)
        return np.asarray(1.0 + (1.0 - self.confidence) * self.unsure)

    @cached_property
    def doubt(self) -> Floats:
        """- log of how sure each candidate is of each item (candidates x items): what it costs to rest on it."""
        return np.asarray(-np.log(np.maximum(self.sure, UNSUREST)))

    @property
    def bonus(self) -> float:
        """What a pair with joint projects takes off: all pairs together less than one member."""
        return 1.0 / (self.largest**2 + 1) if self.prefer == "trust" else 0.0

    @property
    def unsure(self) -> float:
        """What being wholly unsure adds: of all members together less than one member, or one pair that counts."""
        return (self.bonus or 1.0) / (2 * self.largest + 2)

    @property
    def of_unknown(self) -> float:
        """What resting on something that nobody knows costs: more than all members, and all doubts."""
        doubts = -np.log(UNSUREST) * len(self.items) if self.prefer == "confidence" else 0.0
        return float(np.ceil(self.largest * self.cost.max(initial=1.0) + doubts)) + 1.0

    @property
    def of_missing(self) -> float:
        """What each missing unit of a requirement costs: more than everything that nobody knows."""
        return (2 * self.largest + 3) * self.of_unknown


def problem(graph: ValueGraph, terms: Terms, wanted: Wanted, prefer: Preference) -> Problem:
    """Return all who could be in a consortium: in scope, allowed by the rules, and with something to bring.

    Made-up organisations and real ones are never put together: made-up ones are looked at where one is required, or
    where there are no real ones.
    """
    fits = [_fits(graph, item, terms.readiness) for item in wanted.items]
    brings = np.maximum.reduce([np.zeros(len(graph.in_scope), dtype=np.int64), *fits]) > NO
    allowed = eligible(graph, terms.rules)
    required = flags(len(brings), np.array(wanted.required, dtype=np.int64))
    excluded = flags(len(brings), np.array(wanted.excluded, dtype=np.int64))
    free = brings & graph.in_scope & (allowed > NO) & ~excluded
    made_up = (graph["organisations"]["status"] == "synthetic").to_numpy(bool)
    among_made_up = made_up[required].any() if required.any() else not (free & ~made_up).any()
    chosen = np.flatnonzero((free & (made_up == among_made_up)) | required)
    covering = [Requirement(item.title, 1, fit) for item, fit in zip(wanted.items, fits, strict=True)]
    requirements = [one.of(chosen) for one in (*covering, *counted(graph, terms.rules))]
    shared = priorities(graph) if terms.asks("shared_priority") else None
    return Problem(
        chosen,
        graph.legal_groups[chosen],
        wanted.items,
        tuple(requirements),
        allowed[chosen],
        required[chosen],
        np.stack([_sure(graph, item, terms.readiness)[chosen] for item in wanted.items], axis=1)
        if wanted.items
        else np.zeros((len(chosen), 0)),
        None if shared is None else replace(shared, of_organisation=shared.of_organisation[chosen]),
        collaboration_matrix(graph)[chosen][:, chosen],
        terms.most_members,
        prefer,
    )


def ready(trl: Floats, readiness: int) -> Integers:
    """Return whether offers reach a readiness level: NO, MAYBE where nobody said, YES."""
    if not readiness:
        return np.full(len(trl), YES, dtype=np.int64)
    return np.select([trl >= readiness, np.isnan(trl)], [YES, MAYBE], NO).astype(np.int64)


def _fits(graph: ValueGraph, item: Item, readiness: int) -> Integers:
    offers, reached = item_offers(graph, item, readiness)
    fits = np.zeros(len(graph["organisations"]), dtype=np.int64)
    np.maximum.at(fits, offers["organisation"].to_numpy(np.int64), reached)
    return fits


def _sure(graph: ValueGraph, item: Item, readiness: int) -> Floats:
    """The confidence of the surest offer of each organisation that covers an item, 0 where there is none."""
    offers, reached = item_offers(graph, item, readiness)
    sure = np.zeros(len(graph["organisations"]))
    confidence = np.where(reached > NO, np.maximum(offers["confidence"].to_numpy(float), 1e-9), 0.0)
    np.maximum.at(sure, offers["organisation"].to_numpy(np.int64), confidence)
    return sure


def item_offers(graph: ValueGraph, item: Item, readiness: int) -> tuple[pd.DataFrame, Integers]:
    """Return the rows of `known_offers` of an item, and whether each reaches a readiness level: NO, MAYBE or YES."""
    offers = known_offers(graph).iloc[_places(graph, item)]
    return offers, ready(offers["trl"].to_numpy(float, na_value=np.nan), readiness)


def _places(graph: ValueGraph, item: Item) -> Integers:
    return np.concatenate([places_of_offers(graph, capability) for capability in item.capabilities])
