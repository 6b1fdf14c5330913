"""What records say differently, and of whom: what counts, what is set aside, and what settled it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.result import SEVERITIES, Severity
from valuechain.model.schema import DEFAULT_CONFIDENCE, KINDS, STATUS_RANK, Kind

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans
    from valuechain.model.graph import ValueGraph

BY_STATUS, BY_DAY, BY_CONFIDENCE, BY_NOTHING = "status", "day", "confidence", "nothing"
"""What settled a contradiction: the first in this order in which the records differ."""

HOLDS = "holds"

_IDENTIFIES = frozenset(("vat", "euid", "lei", "pic", "country"))
"""Fields of an organisation in which two values make it doubtful that it is one."""

_COARSER = frozenset(("region", "founded", "closed", "since", "until", "start", "end", "asked", "answered"))
"""Fields in which one value may be a part of another: a region of a larger one, a day of its year."""

_ASKED = {"supplies": "buyer", "ownerships": "owned"}
"""Who would know, where that is not the field `organisation` or the first end of the link."""


@dataclass(frozen=True)
class Told:
    """One value, who says it (the strongest record), and all records that do, as positions."""

    value: str
    source: str
    as_of: str
    status: str
    confidence: float
    records: tuple[int, ...]


@dataclass(frozen=True)
class Contradiction:
    """What is told differently of one field of a row of the graph's table `kind`; the first value counts.

    `organisation` is the position of whom to ask, -1 if there is none.
    """

    kind: str
    row: int
    field: str
    told: tuple[Told, ...]
    organisation: int
    settled_by: str
    severity: Severity

    @property
    def used(self) -> Told:
        """What counts."""
        return self.told[0]

    @property
    def set_aside(self) -> tuple[Told, ...]:
        """What does not count."""
        return self.told[1:]

    @property
    def records(self) -> tuple[int, ...]:
        """The records of all sides."""
        return tuple(dict.fromkeys(record for one in self.told for record in one.records))


def contradictions_of(graph: ValueGraph, tolerance: float) -> list[Contradiction]:
    """Return what records say differently of what is asked about, the worst first.

    Parameters
    ----------
    tolerance : float, 0..1
        Numbers that lie apart by no more than this share of the larger one agree.
    """
    found = [one for one in _all(graph) if _disagree(one, tolerance)]
    order = {severity: place for place, severity in enumerate(SEVERITIES)}
    return sorted(found, key=lambda one: (order[one.severity], -len(one.told), one.kind, one.row, one.field))


def _all(graph: ValueGraph) -> Iterator[Contradiction]:
    rows = graph["contradictions"]
    kinds = rows["kind"].str.removeprefix("denied_")
    asked = _asked_about(graph)
    everything = graph.organisation < 0 and bool(graph.in_scope.all()) and not graph.scope.chain
    organisations, wanted = np.full(len(rows), -1), np.zeros(len(rows), dtype=bool)
    for name, some in rows.groupby("kind").groups.items():
        places = rows["row"].loc[some].to_numpy(np.int64)
        organisations[some] = _whom(graph, str(name), places)
        wanted[some] = everything | _touches(graph, str(name), places, asked)
    told = _tellers(graph, rows)
    keys = zip(rows["kind"], kinds, rows["row"], rows["field"], strict=True)
    numbered = ((number, key) for number, key in enumerate(keys) if wanted[number])
    for (table, kind, row, field), some_rows in groupby(numbered, key=lambda one: one[1]):
        numbers = [number for number, _ in some_rows]
        values = tuple(told[number] for number in numbers)
        settled = _settled(values)
        severity = _severity(kind, field, values, settled)
        yield Contradiction(str(table), int(row), str(field), values, int(organisations[numbers[0]]), settled, severity)


def _tellers(graph: ValueGraph, rows: pd.DataFrame) -> list[Told]:
    behind = graph.behind["contradictions"]
    first = graph.records.iloc[behind.first()]
    days = first["as_of"].fillna("")
    usual = first["status"].map(DEFAULT_CONFIDENCE)
    lines = zip(rows["value"], first["source"], days, first["status"], first["confidence"].fillna(usual), strict=True)
    return [Told(*line, behind.of(number)) for number, line in enumerate(lines)]


def _asked_about(graph: ValueGraph) -> Booleans:
    """Which organisations are asked about, and one more place at the end, for none."""
    asked = graph.in_scope.copy()
    if graph.organisation >= 0:
        asked = np.arange(len(asked)) == graph.organisation
    return np.append(asked, False)


def kind_of(table: str) -> Kind:
    return KINDS[table.removeprefix("denied_")]


def _whom(graph: ValueGraph, table: str, rows: np.ndarray) -> np.ndarray:
    """The organisation that would know, for each row of a table; -1 where there is none."""
    kind = kind_of(table)
    if kind.name == "organisations":
        return rows
    ends = [one.name for one in kind.references if one.refers == "organisations"]
    if not ends:
        return np.full(len(rows), -1)
    found: np.ndarray = graph.tables[table][_ASKED.get(kind.name, ends[0])].to_numpy(np.int64)[rows]
    return found


def _touches(graph: ValueGraph, table: str, rows: np.ndarray, asked: Booleans) -> Booleans:
    """Whether each row of a table is about one of those asked about."""
    kind = kind_of(table)
    if kind.name == "organisations":
        found: Booleans = asked[rows]
        return found
    touches = np.zeros(len(rows), dtype=bool)
    for one in kind.references:
        if one.refers == "organisations" and one.name in graph.tables[table]:
            touches |= asked[graph.tables[table][one.name].to_numpy(np.int64)[rows]]
    return touches


def _disagree(one: Contradiction, tolerance: float) -> bool:
    """Whether values contradict each other, beyond being a part of one another or nearly equal."""
    values = [told.value for told in one.told]
    if one.field in _COARSER:
        longest = max(values, key=len)
        return not all(longest.startswith(value) for value in values)
    if one.field == HOLDS or KINDS[one.kind].field(one.field).type not in ("number", "integer"):
        return True
    numbers = [float(value) for value in values]
    return max(numbers) - min(numbers) > tolerance * max(map(abs, numbers))


def _settled(told: Sequence[Told]) -> str:
    """What sets the value that counts apart from the strongest that was set aside."""
    used, other = told[0], told[1]
    if STATUS_RANK[used.status] != STATUS_RANK[other.status]:
        return BY_STATUS
    if used.as_of != other.as_of:
        return BY_DAY
    return BY_CONFIDENCE if used.confidence != other.confidence else BY_NOTHING


def _severity(kind: str, field: str, told: Sequence[Told], settled: str) -> Severity:
    if kind == "organisations" and field in _IDENTIFIES and settled != BY_STATUS:
        return "high"
    if field == HOLDS and settled in (BY_CONFIDENCE, BY_NOTHING):
        return "high"
    return "medium" if settled == BY_NOTHING else "low"
