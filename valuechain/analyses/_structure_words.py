"""What stands out in the network, as an advisor would say it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._words import percent, sentence
from valuechain.model.language import listed, plural, say, separated
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
    where = told.graph.scope_words
    words = {
        "largest": int(sizes.max()),
        "organisations": plural(int(sizes.sum()), "organisation"),
        "where": where,
        "share": percent(share),
        "sizes": listed(separated(int(size), ",") for size in sizes[order[1:]]),
    }
    yield told.finding(
        "parts",
        severity,
        best,
        say("The network falls into {parts:,} parts", parts=len(numbers))
        if told.graph.in_scope.all()
        else say("Organisations {where} lie in {parts:,} parts that nothing joins", where=where, parts=len(numbers)),
        say(
            "The largest holds {largest:,} of the {organisations} with ties {where} ({share}), the other {sizes}. "
            "Between parts no joint project and no supply link is known, by whatever detour.",
            **words,
        )
        if len(numbers) == 2
        else say(
            "The largest holds {largest:,} of the {organisations} with ties {where} ({share}), the others {sizes}. "
            "Between parts no joint project and no supply link is known, by whatever detour.",
            **words,
        ),
        say(
            "Bring {name} and {other} together, the best tied of two of the largest parts.",
            name=told.name(best[0]),
            other=told.name(best[1]),
        ),
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
            say("Only {name} ties {lost:,} organisations to the rest", name=told.name(one), lost=lost),
            say(
                "Without it, its part of the network ({part:,}) falls into {pieces:,} pieces, and {lost:,} are outside "
                "the largest. One entry may stand for many places under one name.",
                part=part,
                pieces=int(found.pieces.cuts.parts[one]),
                lost=lost,
            ),
            sentence(
                say(
                    "Tie them to others as well: a joint project or a second supplier beside {name}",
                    name=told.name(one),
                )
            ),
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
            say("Supplies reach {count:,} organisations only through {name}", count=behind, name=told.name(one)),
            say(
                "Every known way from where supply begins to them leads through it. That says nothing yet of who stops "
                "without it: suppliers may be unknown, and not every input is essential."
            ),
            say(
                "See among weak links what stops without {name}; ask the {count:,} for further suppliers.",
                name=told.name(one),
                count=behind,
            ),
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
        say(
            "{count:,} of {tied:,} organisations holds {share} of all ties",
            count=count,
            tied=here.tied,
            share=percent(here.top_share),
        )
        if count == 1
        else say(
            "{count:,} of {tied:,} organisations hold {share} of all ties",
            count=count,
            tied=here.tied,
            share=percent(here.top_share),
        ),
        say(
            "The best tied {where}: {names}. What reaches them reaches many at once; what they stop, too.",
            where=told.graph.scope_words,
            names=listed(told.name(one) for one in best),
        ),
        say("Begin with them when something must become known, and do not let everything hang on them."),
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
        say(
            "{organisations} supply each other in a circle",
            organisations=plural(int(sizes.max()), "organisation"),
        ),
        say(
            "Each of them supplies each other one, directly or over others; among them {names}. A shortage anywhere in "
            "the circle can come back to where it began.",
            names=listed(map(told.name, members)),
        ),
        say("Look there first for stocks, and for suppliers from outside the circle."),
    )


def _alone(told: Told) -> Iterator[Finding]:
    alone = np.flatnonzero(told.graph.in_scope & (told.standing.network.degree == 0))
    if len(alone) and told.here.tied:
        yield told.finding(
            "no-tie",
            "info",
            alone[:TOLD].tolist(),
            say(
                "Of {organisations} no tie is known {where}",
                organisations=plural(len(alone), "organisation"),
                where=told.graph.scope_words,
            ),
            say("No joint project and no supply link of theirs is recorded. That does not say that they have none."),
            say("Ask them whom they supply, who supplies them, and with whom they work."),
        )
