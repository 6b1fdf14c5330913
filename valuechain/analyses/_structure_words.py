"""What stands out in the network, as an advisor would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._words import percent, sentence
from valuechain.model.result import SEVERITIES, Finding, Severity
from valuechain.model.schema import STATUS_OF_RANK

if TYPE_CHECKING:
    from valuechain.analyses._structure import Shape, Standing
    from valuechain.analyses._structure_tables import Links
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

TOLD = 3
"""So many of each sort are spelled out; the table has them all."""

MANY, LARGE_SHARE = 5, 0.1
"""So many organisations, and such a share of their part, make a finding medium."""

MOST = 0.9
"""A part with less than this share of those with ties is not all there is: its separation is told as a weakness."""

HELD = 0.25
"""From this share of all ties on, the best tied hundredth is worth a word."""


@dataclass(frozen=True, eq=False)
class Told:
    """What the sentences are made of."""

    graph: ValueGraph
    standing: Standing
    here: Shape
    links: Links

    def name(self, organisation: int) -> str:
        """Return the name of an organisation."""
        return str(self.graph["organisations"]["label"].iloc[organisation])

    @property
    def coverage(self) -> float:
        """Share of the organisations in scope of whom some tie is known, 0..1."""
        known = self.standing.network.degree[self.graph.in_scope] > 0
        return float(known.mean())

    def finding(
        self, kind: str, severity: Severity, who: Iterable[int], title: str, explanation: str, action: str
    ) -> Finding:
        """Return a finding on organisations, as sure as their links and as the network is known."""
        named = list(who)
        sure = float(self.links.confidence[named].mean())
        records = (record for one in named for record in self.links.evidence.of(one))
        return Finding(
            kind=kind,
            severity=severity,
            confidence=round(certainty(sure, self.coverage), 3),
            subjects=tuple(self.graph["organisations"]["key"].iloc[named]),
            title=title,
            explanation=explanation,
            action=action,
            status=STATUS_OF_RANK[int(self.links.rank[named].max())],
            evidence=tuple(dict.fromkeys(records)),
        )


def certainty(sure: float, coverage: float) -> float:
    """How sure a statement on the network is: links half as sure where nobody else's are known, fully where all are."""
    return sure * (0.5 + 0.5 * coverage)


def findings(told: Told) -> Iterator[Finding]:
    """Yield what stands out, the graver first."""
    found = [*_parts(told), *_cutting(told), *_only_ways(told), *_best_tied(told), *_circle(told), *_alone(told)]
    yield from sorted(found, key=lambda one: SEVERITIES.index(one.severity))


def _among(told: Told, values: np.ndarray, least: int) -> list[int]:
    """Those in scope with the largest values, at least `least`; the first few."""
    order = np.argsort(-values, kind="stable")
    chosen = order[told.graph.in_scope[order] & (values[order] >= least)]
    return [int(one) for one in chosen[:TOLD]]


def _parts(told: Told) -> Iterator[Finding]:
    part, degree = told.standing.pieces.part, told.standing.network.degree
    here = told.graph.in_scope & (degree > 0)
    numbers, sizes = np.unique(part[here], return_counts=True)
    if len(numbers) < 2:
        return
    order = np.argsort(-sizes, kind="stable")
    best = _best_of_two(told, numbers[order], here)
    if len(best) < 2:
        return
    share = sizes.max() / sizes.sum()
    severity: Severity = "medium" if share < 0.5 else "low" if share < MOST else "info"
    others = f"the {'other' if len(numbers) == 2 else 'others'} {listed([f'{size:,}' for size in sizes[order[1:]]])}"
    yield told.finding(
        "parts",
        severity,
        best,
        f"The network falls into {len(numbers):,} parts"
        if told.graph.in_scope.all()
        else f"Organisations {told.graph.scope_words} lie in {len(numbers):,} parts that nothing joins",
        f"The largest holds {sizes.max():,} of the {plural(int(sizes.sum()), 'organisation')} with ties "
        f"{told.graph.scope_words} ({percent(share)}), {others}. Between parts no joint project and no supply link is "
        "known, by whatever detour.",
        f"Bring {told.name(best[0])} and {told.name(best[1])} together, the best tied of two of the largest parts.",
    )


def _best_of_two(told: Told, numbers: Integers, here: Booleans) -> list[int]:
    """The best tied of the largest part, and of the next one that is as real: nobody real meets somebody made up."""
    part, degree = told.standing.pieces.part, told.standing.network.degree
    made_up = (told.graph["organisations"]["status"] == "synthetic").to_numpy(bool)
    first = int(np.argmax(np.where(here & (part == numbers[0]), degree, -1)))
    others = here & (part != numbers[0]) & (made_up == made_up[first])
    size = np.bincount(part, weights=here)[part]
    largest = np.where(others, size, 0).max(initial=0)
    second = np.where(others & (size == largest), degree, -1)
    return [first, int(np.argmax(second))] if largest else [first]


def _cutting(told: Told) -> Iterator[Finding]:
    found = told.standing
    sizes = np.bincount(found.pieces.part)
    for one in _among(told, found.pieces.cuts.cut_off, 2):
        lost, part = int(found.pieces.cuts.cut_off[one]), int(sizes[found.pieces.part[one]])
        yield told.finding(
            "holds-together",
            "medium" if lost >= MANY and lost >= LARGE_SHARE * part else "low",
            [one],
            f"Only {told.name(one)} ties {lost:,} organisations to the rest",
            f"Without it, its part of the network ({part:,}) falls into {int(found.pieces.cuts.parts[one]):,} pieces, "
            f"and {lost:,} are outside the largest. One entry may stand for many places under one name.",
            sentence(f"Tie them to others as well: a joint project or a second supplier beside {told.name(one)}"),
        )


def _only_ways(told: Told) -> Iterator[Finding]:
    found = told.standing
    trading = int(found.network.trades.sum())
    for one in _among(told, found.below, 2):
        behind = int(found.below[one])
        yield told.finding(
            "only-way",
            "medium" if behind >= MANY and behind >= LARGE_SHARE * trading else "low",
            [one],
            f"Supplies reach {behind:,} organisations only through {told.name(one)}",
            "Every known way from where supply begins to them leads through it. That says nothing yet of who stops "
            "without it: suppliers may be unknown, and not every input is essential.",
            f"See among weak links what stops without {told.name(one)}; ask the {behind:,} for further suppliers.",
        )


def _best_tied(told: Told) -> Iterator[Finding]:
    here, degree = told.here, told.standing.network.degree
    count = -(-here.tied // 100)
    if here.top_share is None or here.top_share < HELD or here.tied < 10 * MANY:
        return
    best = _among(told, degree, 1)
    yield told.finding(
        "best-tied",
        "info",
        best,
        f"{count:,} of {here.tied:,} organisations {'holds' if count == 1 else 'hold'} {percent(here.top_share)} of "
        "all ties",
        f"The best tied {told.graph.scope_words}: {listed(told.name(one) for one in best)}. What reaches them reaches "
        "many at once; what they stop, too.",
        "Begin with them when something must become known, and do not let everything hang on them.",
    )


def _circle(told: Told) -> Iterator[Finding]:
    found = told.standing
    sizes = np.bincount(found.pieces.circle)
    members = _among(told, np.where(sizes[found.pieces.circle] == sizes.max(), found.network.degree, -1), 1)
    if not members or sizes.max() < 3:
        return
    yield told.finding(
        "circle",
        "info",
        members,
        f"{plural(int(sizes.max()), 'organisation')} supply each other in a circle",
        f"Each of them supplies each other one, directly or over others; among them {listed(map(told.name, members))}. "
        "A shortage anywhere in the circle can come back to where it began.",
        "Look there first for stocks, and for suppliers from outside the circle.",
    )


def _alone(told: Told) -> Iterator[Finding]:
    alone = np.flatnonzero(told.graph.in_scope & (told.standing.network.degree == 0))
    if len(alone) and told.here.tied:
        yield told.finding(
            "no-tie",
            "info",
            alone[:TOLD].tolist(),
            f"Of {plural(len(alone), 'organisation')} no tie is known {told.graph.scope_words}",
            "No joint project and no supply link of theirs is recorded. That does not say that they have none.",
            "Ask them whom they supply, who supplies them, and with whom they work.",
        )
