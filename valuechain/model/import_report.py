"""What an import did, or would do: rows taken and refused, and what is new against the delivery before."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from valuechain.model.schema import KINDS

if TYPE_CHECKING:
    from valuechain.model.batch import Batch, Fault
    from valuechain.model.history import Import, Snapshot

Change = Literal["new", "changed", "unchanged"]


@dataclass(frozen=True)
class ImportReport:
    """One delivery of one source: rows read are stored or refused; records are new, changed or unchanged.

    `import_` and `revision` are None where nothing was written.
    """

    import_: int | None
    source: str
    revision: int | None
    taken_for: str
    rows_read: int
    refused: int
    new: int
    changed: int
    unchanged: int
    assumed: tuple[str, ...]
    faults: tuple[Fault, ...]

    @property
    def stored(self) -> int:
        """Number of rows that were taken in."""
        return self.rows_read - self.refused

    def to_dict(self) -> dict[str, Any]:
        """Return the report in the form in which it is given out as JSON."""
        return {
            "import": self.import_, "source": self.source, "revision": self.revision, "taken_for": self.taken_for,
            "rows_read": self.rows_read, "stored": self.stored, "refused": self.refused, "new": self.new,
            "changed": self.changed, "unchanged": self.unchanged, "assumed": list(self.assumed),
            "faults": [fault.to_dict() for fault in self.faults],
        }  # fmt: skip


def report(batch: Batch, before: Snapshot, written: Import | None) -> ImportReport:
    """Return the report of a delivery, compared with what was active before, and with its import if it was written."""
    counts = compare(batch, before)
    return ImportReport(
        written.id if written else None, batch.source, written.revision if written else None, batch.taken_for,
        batch.rows_read, batch.refused, counts["new"], counts["changed"], counts["unchanged"],
        batch.assumed, batch.faults,
    )  # fmt: skip


def compare(batch: Batch, before: Snapshot) -> Counter[Change]:
    """Count the records of a delivery against the active delivery of the same source.

    A record is unchanged if the delivery before held the same content, changed if it spoke of the same thing, else new.
    """
    hashes: set[str] = set()
    identities: set[tuple[object, ...]] = set()
    for kind in dict.fromkeys(record.kind for record in batch.records):
        scope = (kind, batch.source) if KINDS[kind].names_things else (kind,)
        table = before.tables[kind].select(["source", "hash", *KINDS[kind].identity])
        for source, hash_, *identity in zip(*(column.to_pylist() for column in table.columns), strict=True):
            if source == batch.source:
                hashes.add(hash_)
                identities.add((*scope, *identity))

    def change(hash_: str, identity: tuple[object, ...]) -> Change:
        if hash_ in hashes:
            return "unchanged"
        return "changed" if identity in identities else "new"

    return Counter(change(record.hash, record.identity) for record in batch.records)
