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

TIED = 300
"""Where past projects count, so many of those who have any with each other enter at most."""

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
    `ties` counts joint projects of any two. `cut` counts candidates that were left out without proof.
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
    cut: int = 0

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
        return int(self.required.sum()) + sum(one.at_least for one in self.requirements)

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
    """Return all who could be in a consortium: in scope, allowed by the rules, and with something to bring."""
    fits = [_fits(graph, item, terms.readiness) for item in wanted.items]
    brings = np.maximum.reduce([np.zeros(len(graph.in_scope), dtype=np.int64), *fits]) > NO
    allowed = eligible(graph, terms.rules)
    required = flags(len(brings), np.array(wanted.required, dtype=np.int64))
    excluded = flags(len(brings), np.array(wanted.excluded, dtype=np.int64))
    chosen = np.flatnonzero((brings & graph.in_scope & (allowed > NO) & ~excluded) | required)
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
    offers, reached = _offers(graph, item, readiness)
    fits = np.zeros(len(graph["organisations"]), dtype=np.int64)
    np.maximum.at(fits, offers["organisation"].to_numpy(np.int64), reached)
    return fits


def _sure(graph: ValueGraph, item: Item, readiness: int) -> Floats:
    """The confidence of the surest offer of each organisation that covers an item, 0 where there is none."""
    offers, reached = _offers(graph, item, readiness)
    sure = np.zeros(len(graph["organisations"]))
    confidence = np.where(reached > NO, np.maximum(offers["confidence"].to_numpy(float), 1e-9), 0.0)
    np.maximum.at(sure, offers["organisation"].to_numpy(np.int64), confidence)
    return sure


def _offers(graph: ValueGraph, item: Item, readiness: int) -> tuple[pd.DataFrame, Integers]:
    """The offers of an item, and whether each reaches the readiness level."""
    offers = known_offers(graph).iloc[_places(graph, item)]
    return offers, ready(offers["trl"].to_numpy(float, na_value=np.nan), readiness)


def _places(graph: ValueGraph, item: Item) -> Integers:
    return np.concatenate([places_of_offers(graph, capability) for capability in item.capabilities])


def without_dominated(whole: Problem, used: Booleans) -> Problem:
    """Return the problem without candidates whom no best consortium needs.

    Candidates are alike where they fit the same requirements in the same way, from the same country and region as far
    as these count, and with the same priorities. One of them is left out once k of those alike cost no more (where
    being sure comes first: are as sure of every item) that are the only ones of their legal group and in no consortium
    found before (`used`).
    k = the sum, over the requirements that they fit, of how many each asks for (1 where each place counts once).

    Why the best survives: in a best consortium each member is required or stands for one unit of a requirement, else it
    could be left out. So it holds at most k who are alike, and if one of them was left out here, one of the k better
    ones is not in it. Put in its place, that one meets the same requirements, costs no more, takes no group twice and
    repeats no earlier consortium. Where past projects count, nobody who has any with another candidate is left out, up
    to TIED; `cut` counts those beyond, and with it the proof goes.
    """
    signature = np.unique(_signature(whole), axis=0, return_inverse=True)[1].ravel()
    enough = _alike_at_most(whole)
    tied = np.zeros(len(used), dtype=bool)
    cut = 0
    if whole.prefer == "trust":
        partners = np.diff(whole.ties.indptr)
        with_any = np.flatnonzero(partners > 0)
        most = with_any[np.lexsort((-whole.confidence[with_any], -partners[with_any]))][:TIED]
        tied[most] = True
        cut = len(with_any) - len(most)
    alone = np.bincount(whole.groups)[whole.groups] == 1
    free = alone & ~used & ~whole.required
    order = np.lexsort((np.arange(len(used)), -whole.confidence, signature))
    if whole.prefer == "confidence":
        better = _better(signature[order], free[order], whole.sure[order], enough[order])
    else:
        better = _counted_before(signature[order], free[order])
    kept = used | whole.required | tied
    kept[order] |= better < enough[order]
    return replace(whole.choose(np.flatnonzero(kept)), cut=cut)


def _signature(whole: Problem) -> Integers:
    columns = [whole.allowed]
    for one in whole.requirements:
        columns.append(one.fits)
        if one.place is not None:
            columns.append(one.place)
    if whole.priorities is not None:
        columns.append(whole.priorities.of_organisation)
    return np.stack(columns, axis=1)


def _alike_at_most(whole: Problem) -> Integers:
    """How many alike a best consortium can hold, for each candidate."""
    most = np.zeros(len(whole.organisations), dtype=np.int64)
    for one in whole.requirements:
        once = one.place is not None and one.place >= 0  # those whose place nobody knows may each lie somewhere else
        most += np.where(one.fits > NO, np.where(once, 1, one.at_least), 0)
    return most


def _counted_before(group: Integers, flagged: Booleans) -> Integers:
    """How many flagged stand before each entry within its group; groups lie together."""
    total: Integers = np.cumsum(flagged, dtype=np.int64) - flagged
    first = np.flatnonzero(np.diff(group, prepend=-1))
    return np.asarray(total - np.repeat(total[first], np.diff(np.append(first, len(group)))))


def _better(group: Integers, flagged: Booleans, sure: Floats, enough: Integers) -> Integers:
    """How many flagged of the same group are as sure of every item, up to `enough`; groups lie together, surest first.

    Only those that are kept are counted: who stands for one that is left out stands for all that this one would.
    """
    counts = np.zeros(len(group), dtype=np.int64)
    kept: list[int] = []
    for place in range(len(group)):
        if place and group[place] != group[place - 1]:
            kept = []
        counts[place] = int((sure[kept] >= sure[place]).all(axis=1).sum()) if kept else 0
        if flagged[place] and counts[place] < enough[place]:
            kept.append(place)
    return counts
