"""What an import did, or would do: rows taken and refused, and what is new against the delivery before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from itertools import islice
from typing import TYPE_CHECKING, Any

from valuechain.model.schema import KINDS, arrow_schema

if TYPE_CHECKING:
    import pyarrow as pa

    from valuechain.model.batch import Batch, ColumnMatch, Fault, Record
    from valuechain.model.history import Import, Snapshot

FIRST_ROWS, FIRST_SHEETS = 4, 5
"""Rows of each sheet, and sheets, of which the records are shown before they are stored."""

NAMED = 10
"""Records named of those that vanished; how many there are is said."""


@dataclass(frozen=True)
class ImportReport:
    """One delivery of one source: rows read are stored or refused; records are new, changed or unchanged.

    `import_` and `revision` are None where nothing was written. `vanished` counts the records of the source's delivery
    before that speak of what this one does not mention: they count no longer. `vanished_first` names the first `NAMED`
    of them by kind and key, such as `organisations a:1 (Firm 1)` or `supplies a:1, a:2, c:laser`. `columns` says
    what the columns of lists were taken for, `words` counts records that name a capability by a word that nobody has
    explained. `first` are the records of the first rows of each sheet.
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
    vanished: int = 0
    vanished_first: tuple[str, ...] = ()
    columns: tuple[ColumnMatch, ...] = ()
    words: Mapping[str, int] = field(default_factory=dict)
    first: tuple[Record, ...] = ()

    @property
    def stored(self) -> int:
        """Number of rows that were taken in."""
        return self.rows_read - self.refused

    def to_dict(self) -> dict[str, Any]:
        """Return the report in the form in which it is given out as JSON."""
        return {
            "import": self.import_, "source": self.source, "revision": self.revision, "taken_for": self.taken_for,
            "rows_read": self.rows_read, "stored": self.stored, "refused": self.refused, "new": self.new,
            "changed": self.changed, "unchanged": self.unchanged, "vanished": self.vanished,
            "vanished_first": list(self.vanished_first), "assumed": list(self.assumed),
            "faults": [fault.to_dict() for fault in self.faults],
            "columns": [asdict(match) for match in self.columns], "words": dict(self.words),
        }  # fmt: skip


@dataclass(frozen=True)
class Comparison:
    """The records of a delivery against those of the delivery before; see `ImportReport`."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0
    vanished: int = 0
    vanished_first: tuple[str, ...] = ()


def report(batch: Batch, before: Snapshot, written: Import | None, words: Mapping[str, int]) -> ImportReport:
    """Return the report of a delivery, compared with what was active before, and with its import if it was written.

    `words` are those that nobody has explained, with the number of records that use them.
    """
    found = compare(batch, before)
    return ImportReport(
        written.id if written else None, batch.source, written.revision if written else None, batch.taken_for,
        batch.rows_read, batch.refused, found.new, found.changed, found.unchanged, batch.assumed, batch.faults,
        found.vanished, found.vanished_first, batch.columns, words, tuple(_first(batch.records)),
    )  # fmt: skip


def _first(records: Sequence[Record]) -> Iterator[Record]:
    """The records of the first rows of each sheet."""
    rows: dict[tuple[str, str], set[int]] = {}
    for record in records:
        place = record.place
        sheet = (place.file, place.sheet)
        if sheet not in rows and len(rows) == FIRST_SHEETS:
            continue
        known = rows.setdefault(sheet, set())
        if place.row in known or len(known) < FIRST_ROWS:
            known.add(place.row)
            yield record


def compare(batch: Batch, before: Snapshot) -> Comparison:
    """Compare the records of a delivery with the active delivery of the same source.

    A record is unchanged if the delivery before held the same content, changed if it spoke of the same thing, else new.
    A record of the delivery before has vanished if this one speaks of no such thing.
    """
    by_kind: dict[str, list[Record]] = {kind: [] for kind in KINDS}
    for record in batch.records:
        by_kind[record.kind].append(record)
    found = [
        _compare_kind(kind, records, _told_before(before, kind, batch.source)) for kind, records in by_kind.items()
    ]
    names = (name for one in found for name in one.vanished_first)
    return Comparison(
        sum(one.new for one in found),
        sum(one.changed for one in found),
        sum(one.unchanged for one in found),
        sum(one.vanished for one in found),
        tuple(islice(names, NAMED)),
    )


def _told_before(before: Snapshot, kind: str, source: str) -> pa.Table:
    """Return hash and identity of what a source said before, and what a thing is called."""
    import pyarrow.compute as pc

    wanted = ("source", "hash", *KINDS[kind].identity, *_called(kind))
    return before.tables[kind].select(wanted).filter(pc.equal(before.tables[kind].column("source"), source))


def _compare_kind(kind: str, records: Sequence[Record], old: pa.Table) -> Comparison:
    import pyarrow as pa
    import pyarrow.compute as pc

    hashes = pa.array([record.hash for record in records], pa.string())
    known = pc.is_in(hashes, value_set=old.column("hash"))
    others = [record for record, is_known in zip(records, known.to_pylist(), strict=True) if not is_known]
    changed = (
        pc.sum(pc.is_in(_identities(kind, _as_table(kind, others)), value_set=_identities(kind, old))).as_py() or 0
    )
    gone = old.filter(pc.invert(pc.is_in(old.column("hash"), value_set=hashes)))
    if gone.num_rows:
        spoken_of = _identities(kind, _as_table(kind, records))
        gone = gone.filter(pc.invert(pc.is_in(_identities(kind, gone), value_set=spoken_of)))
    return Comparison(
        len(others) - changed,
        changed,
        len(records) - len(others),
        gone.num_rows,
        tuple(_names(kind, gone.slice(0, NAMED))),
    )


def _as_table(kind: str, records: Sequence[Record]) -> pa.Table:
    import pyarrow as pa

    types = arrow_schema(kind)
    columns = {name: [record.values.get(name) for record in records] for name in KINDS[kind].identity}
    return pa.table({name: pa.array(cells, types.field(name).type) for name, cells in columns.items()})


def _identities(kind: str, table: pa.Table) -> pa.ChunkedArray:
    """Return what says which thing each record speaks of, as one text; signs that no cell holds stand between."""
    import pyarrow as pa
    import pyarrow.compute as pc

    texts = [pc.cast(table.column(name), pa.string()) for name in KINDS[kind].identity]
    return pc.binary_join_element_wise(*texts, "\x1f", null_handling="replace", null_replacement="\x00")


def _called(kind: str) -> tuple[str, ...]:
    """The field that holds what people call a thing; none for links and remarks."""
    own = [field.name for field in KINDS[kind].fields] if KINDS[kind].names_things else []
    return tuple(name for name in ("name", "label", "title") if name in own)


def _names(kind: str, table: pa.Table) -> Iterator[str]:
    for row in table.to_pylist():
        if KINDS[kind].names_things:
            yield f"{kind} {row['source']}:{row['id']} ({', '.join(str(row[name]) for name in _called(kind))})"
        else:
            yield f"{kind} {', '.join(str(row[name]) for name in KINDS[kind].identity if row[name] is not None)}"
