"""Where no way leads: who from each side has something in common, so that a link between them would make one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import evidence_of_each, known_needs, known_offers
from valuechain.model.language import in_a_sentence, plural, say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._connection import Connection
    from valuechain.kernels.shortest_ways import Ways
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

MOST = 20
"""So many of the nearest are listed."""


@dataclass(frozen=True)
class Nearest:
    """Two organisations, one from each side, that could be linked.

    `reason` is a code: `needed` (the first needs what the second offers), `offered` (the other way round), `same`
    (both offer it), `region` (both lie there); `what` is the capability (position) or the region's code. `steps` counts
    what the whole way would then have.
    """

    first: int
    second: int
    reason: str
    what: int | str
    steps: int
    confidence: float
    status: str
    evidence: tuple[int, ...]

    def reason_words(self, graph: ValueGraph) -> str:
        """Return why the two could be linked."""
        if isinstance(self.what, str):
            return say("both lie in {region}", region=graph.region_label(self.what))
        what = in_a_sentence(str(graph["capabilities"]["label"].iloc[self.what]))
        if self.reason == "same":
            return say("both offer {what}", what=what)
        if self.reason == "needed":
            return say("the first needs {what}, the second offers it", what=what)
        return say("the first offers {what}, the second needs it", what=what)

    def sentence(self, graph: ValueGraph) -> str:
        """Return the suggestion as a sentence."""
        return say(
            "Nearest would be a link between {first} and {second}: {reason}. That makes {steps}.", **self._told(graph)
        )

    def words(self, graph: ValueGraph) -> str:
        """Return the suggestion as one of several."""
        return say("{first} and {second}: {reason}; that makes {steps}", **self._told(graph))

    def _told(self, graph: ValueGraph) -> dict[str, str]:
        labels = graph.tables["organisations"]["label"]
        return {
            "first": labels.iloc[self.first],
            "second": labels.iloc[self.second],
            "reason": self.reason_words(graph),
            "steps": plural(self.steps, "step"),
        }


def nearest_ways(found: Connection, there: Ways, back: Ways) -> tuple[Nearest, ...]:
    """Return who from each side could be linked, those first who would make the shortest way, then the surest."""
    graph = found.graph
    offers, needs = known_offers(graph), known_needs(graph)
    regions = graph.tables["organisations"]["region"]
    nearest = [
        *_matched(graph, "needed", (needs, there), (offers, back)),
        *_matched(graph, "offered", (offers, there), (needs, back)),
        *_matched(graph, "same", (offers, there), (offers, back)),
        *_in_one_region(graph, regions, there, back),
    ]
    order = {"needed": 0, "offered": 1, "same": 2, "region": 3}
    nearest.sort(key=lambda one: (one.steps, order[one.reason], -one.confidence, one.first, one.second))
    return tuple(nearest[:MOST])


def _matched(
    graph: ValueGraph, reason: str, one: tuple[pd.DataFrame, Ways], other: tuple[pd.DataFrame, Ways]
) -> Iterator[Nearest]:
    """For each capability, the nearest on both sides whom a row of the tables joins to it."""
    first, second = (_nearest_of_each(rows, ways) for rows, ways in (one, other))
    joined = first.merge(second, on="capability", suffixes=("", "_there"))
    for row in joined.itertuples():
        rows = ((one[0], row.row), (other[0], row.row_there))
        yield Nearest(
            int(row.organisation),
            int(row.organisation_there),
            reason,
            int(row.capability),
            int(row.steps + row.steps_there + 1),
            round(float(min(row.confidence, row.confidence_there)), 3),
            least_certain((row.status, row.status_there)),
            _records(graph, rows),
        )


def _records(graph: ValueGraph, rows: Sequence[tuple[pd.DataFrame, Any]]) -> tuple[int, ...]:
    return tuple(
        dict.fromkeys(
            record for table, row in rows for found in evidence_of_each(graph, table.loc[[row]]) for record in found
        )
    )


def _nearest_of_each(rows: pd.DataFrame, ways: Ways) -> pd.DataFrame:
    """The nearest organisation of each capability, the surest first."""
    steps = ways.steps[rows["organisation"].to_numpy(np.int64)]
    reached = rows.assign(steps=steps, row=rows.index)[steps >= 0]
    ordered = reached.sort_values(["steps", "confidence", "organisation"], ascending=[True, False, True])
    return ordered.drop_duplicates("capability")


def _in_one_region(graph: ValueGraph, regions: pd.Series[str], there: Ways, back: Ways) -> Iterator[Nearest]:
    """For each region, the nearest on both sides that lie in it."""
    first, second = (_nearest_in(regions, ways.steps) for ways in (there, back))
    for code in first.keys() & second.keys():
        pair = first[code], second[code]
        yield Nearest(
            *pair,
            "region",
            code,
            int(there.steps[pair[0]] + back.steps[pair[1]] + 1),
            1.0,
            least_certain(graph.tables["organisations"]["status"].iloc[list(pair)]),
            graph.evidence("organisations", pair),
        )


def _nearest_in(regions: pd.Series[str], steps: Integers) -> dict[str, int]:
    reached = np.flatnonzero(steps >= 0)
    ordered = regions.iloc[reached[np.argsort(-steps[reached], kind="stable")]].dropna()
    return dict(zip(ordered, ordered.index.tolist(), strict=True))


def nearest_table(graph: ValueGraph, nearest: Sequence[Nearest]) -> Table:
    """Return one row for each pair that could be linked."""
    head = (
        Column("organisation", "text", "Who could be linked on the one side"),
        Column("organisation_key", "key", "Its key"),
        Column("partner", "text", "With whom on the other side"),
        Column("partner_key", "key", "Its key"),
        Column("reason", "text", "What both have in common"),
        Column("steps", "integer", "Steps that the whole way would then have", "steps"),
        Column("confidence", "number", "How sure it is that they have this in common", "0..1"),
        STATUS,
    )
    labels, keys = (graph.tables["organisations"][name] for name in ("label", "key"))
    rows = (
        {
            "organisation": labels.iloc[one.first],
            "organisation_key": keys.iloc[one.first],
            "partner": labels.iloc[one.second],
            "partner_key": keys.iloc[one.second],
            "reason": one.reason_words(graph),
            "steps": one.steps,
            "confidence": one.confidence,
            "status": one.status,
            "evidence": one.evidence,
        }
        for one in nearest
    )
    return Table.from_rows("nearest", say("What would be nearest"), head, rows)
