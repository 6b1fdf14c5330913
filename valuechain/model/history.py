"""What a store remembers beside the records: imports, decisions, and what was active at a revision."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pyarrow as pa

DECISIONS = "decisions"
"""Name of the table of an export that holds no records but what people decided."""

Verdict = Literal["same", "different", "later", "means", "not in this chain", "open"]
"""same, different, later: two organisation keys; later leaves them as they are and asks again at the end of the list.
means, not in this chain: a term and a capability key (or nothing). open: the decision on this term or this pair is
taken back."""


@dataclass(frozen=True)
class Decision:
    """Somebody's word on who is the same organisation, or on what a term means.

    `subject` and `object` are two organisation keys (in alphabetical order, see `settled`), or a term and a capability
    key. `who` and `at` (UTC, ISO) are kept but are not part of the hash.
    """

    verdict: Verdict
    subject: str
    object: str = ""
    who: str = ""
    at: str = ""

    @property
    def hash(self) -> str:
        """Hash of what was decided, 32 hexadecimal digits."""
        content = json.dumps(["decision", self.verdict, self.subject, self.object], ensure_ascii=False)
        return blake2b(content.encode(), digest_size=16).hexdigest()


def settled(decisions: Iterable[Decision]) -> tuple[Decision, ...]:
    """Return the decisions in force: of those on one subject the last, in a stable order, without those taken back.

    Decisions on two organisations are about the pair, whichever was named first; decisions on a term are about the
    term.
    """
    last: dict[tuple[str, ...], Decision] = {}
    for decision in decisions:
        term = (decision.subject,)
        first, second = sorted((decision.subject, decision.object))
        if decision.verdict in ("means", "not in this chain"):
            last[term] = decision
        elif decision.verdict == "open":
            last.pop(term, None)
            last.pop((first, second), None)
        else:
            last[(first, second)] = replace(decision, subject=first, object=second)
    return tuple(sorted(last.values(), key=lambda decision: (decision.subject, decision.object)))


@dataclass(frozen=True)
class Import:
    """One delivery of one source, as the store remembers it.

    `revision` is the revision that it made; `at` is UTC, ISO; `records` counts what was stored. `state` says whether
    its records are active, replaced by a newer delivery of the same source, or withdrawn.
    """

    id: int
    source: str
    taken_for: str
    files: tuple[str, ...]
    revision: int
    at: str
    by: str
    rows_read: int
    refused: int
    records: int
    state: Literal["active", "replaced", "withdrawn"] = "active"


@dataclass(frozen=True)
class Event:
    """One step in the life of a store; each makes the next revision.

    `target` is an import's id for import, withdraw and restore, and the number of decisions for decide.
    """

    revision: int
    action: Literal["import", "withdraw", "restore", "decide"]
    target: int
    at: str
    by: str = ""


@dataclass(frozen=True)
class Snapshot:
    """What a store knew at a revision: the active records by kind, as columns, and the decisions in force.

    `tables` maps every kind to an Arrow table with the columns of `arrow_schema(kind)`.
    """

    revision: int
    at: str
    imports: tuple[Import, ...]
    decisions: tuple[Decision, ...]
    tables: Mapping[str, pa.Table]

    def digest(self) -> str:
        """Hash of the sorted distinct hashes of active records and decisions, 64 hexadecimal digits.

        The same rows give the same digest on every store and in every order of import.
        """
        return self._digest

    @cached_property
    def _digest(self) -> str:
        import numpy as np

        from valuechain.model.hashes import WIDTH, digest, fixed_width

        decided = np.array([decision.hash for decision in self.decisions], WIDTH)
        return digest([decided, *(fixed_width(table.column("hash")) for table in self.tables.values())])


def states(imports: Iterable[Import], events: Iterable[Event]) -> tuple[Import, ...]:
    """Return the imports with their state after `events`: per source the newest that is not withdrawn is active."""
    withdrawn: set[int] = set()
    for event in events:
        if event.action == "withdraw":
            withdrawn.add(event.target)
        elif event.action == "restore":
            withdrawn.discard(event.target)
    ordered = sorted(imports, key=lambda one: one.id)
    newest = {one.source: one.id for one in ordered if one.id not in withdrawn}

    def state(one: Import) -> Literal["active", "replaced", "withdrawn"]:
        if one.id in withdrawn:
            return "withdrawn"
        return "active" if newest[one.source] == one.id else "replaced"

    return tuple(replace(one, state=state(one)) for one in ordered)
