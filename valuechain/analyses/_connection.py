"""What was found between two organisations, and the table of its steps."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.analyses._connections import Connections
    from valuechain.model.graph import ValueGraph

Way = tuple[tuple[int, int], ...]
"""A way as steps: the pair that is crossed, and the organisation that is reached."""


@dataclass(frozen=True, eq=False)
class Connection:
    """The shortest ways from the organisation asked about to the other, `end`.

    `steps` is their length, -1 where there is none, `total` how many there are, `spelled` the surest of them; `through`
    are those who stand on every one.
    """

    graph: ValueGraph
    known: Connections
    end: int
    steps: int
    total: float
    spelled: tuple[Way, ...]
    through: tuple[int, ...]

    def label(self, organisation: int) -> str:
        """Return the name of an organisation."""
        return str(self.graph.tables["organisations"]["label"].iloc[organisation])

    def direct(self) -> str:
        """Return what the one does with the other where both are linked directly."""
        return self.known.words(self.spelled[0][0][0], self.graph.organisation)


def step_table(found: Connection) -> Table:
    """Return one row for each step of the ways that are spelled out."""
    head = (
        Column("way", "integer", "1 = the surest of the shortest ways"),
        Column("step", "integer", "1 = the first"),
        Column("organisation", "text", "Where the step begins"),
        Column("organisation_key", "key", "Its key"),
        Column("link", "text", "What it does with the next"),
        Column("next", "text", "Where the step leads"),
        Column("next_key", "key", "Its key"),
        Column("confidence", "number", "How sure the surest link between them is", "0..1"),
        STATUS,
    )
    return Table.from_rows("steps", say("The shortest ways, step by step"), head, _rows(found))


def _rows(found: Connection) -> Iterator[dict[str, Any]]:
    keys = found.graph.tables["organisations"]["key"]
    for number, way in enumerate(found.spelled, start=1):
        here = found.graph.organisation
        for step, (pair, there) in enumerate(way, start=1):
            yield {
                "way": number,
                "step": step,
                "organisation": found.label(here),
                "organisation_key": keys.iloc[here],
                "link": found.known.words(pair, here),
                "next": found.label(there),
                "next_key": keys.iloc[there],
                "confidence": round(float(found.known.sure[pair]), 3),
                "status": found.known.status((pair,)),
                "evidence": found.known.evidence((pair,)),
            }
            here = there
