"""One stored record in full, as far as its reader may see it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valuechain.model.errors import NotFoundError
from valuechain.model.language import say
from valuechain.model.schema import KINDS, reader_rank

if TYPE_CHECKING:
    from valuechain.model.history import Snapshot

_PLACE = ("import", "ordinal", "hash", "file", "sheet", "row", "extra")


@dataclass(frozen=True)
class StoredRecord:
    """A record with the fields that its reader may see; `extra` holds unknown columns."""

    id: str
    kind: str
    values: Mapping[str, Any]
    extra: Mapping[str, str]
    import_: int
    file: str
    sheet: str
    row: int

    @property
    def status(self) -> str:
        """How the record is known."""
        return str(self.values["status"])

    @property
    def holds(self) -> bool:
        """False where the record says that this is not so."""
        return bool(self.values["holds"])

    @property
    def as_of(self) -> str:
        """The day for which the row holds, empty if it does not say."""
        return str(self.values.get("as_of", ""))

    @property
    def place(self) -> str:
        """Where in the file it stands, in words."""
        if self.sheet:
            return say("sheet {sheet}, row {row}", sheet=self.sheet, row=str(self.row))
        return say("row {row}", row=str(self.row))

    @property
    def own_values(self) -> dict[str, Any]:
        """The fields of the record's own kind, in the order of the schema."""
        return {one.name: self.values[one.name] for one in KINDS[self.kind].fields if one.name in self.values}

    def to_dict(self) -> dict[str, Any]:
        """Return the record in the form in which it is given out as JSON."""
        return {
            "id": self.id, "kind": self.kind, "import": self.import_, "file": self.file, "sheet": self.sheet,
            "row": self.row, "values": dict(self.values), "extra": dict(self.extra),
        }  # fmt: skip


def find_record(snapshot: Snapshot, id: str, reader: str) -> StoredRecord:
    """Return the active record `id` (`import-number`) with what `reader` may see of it.

    Raises
    ------
    NotFoundError
        If there is none, or it is not for this reader: the two look alike on purpose.
    """
    import_, _, ordinal = id.partition("-")
    if import_.isdecimal() and ordinal.isdecimal() and len(id) < 30:
        for kind, table in snapshot.tables.items():
            places = zip(table.column("import").to_pylist(), table.column("ordinal").to_pylist(), strict=True)
            found = next((row for row, place in enumerate(places) if place == (int(import_), int(ordinal))), None)
            if found is not None:
                row = table.slice(found, 1).to_pylist()[0]
                if reader_rank(row["visibility"]) <= reader_rank(reader):
                    return _stored(id, kind, row, reader)
                break
    raise NotFoundError(
        say("There is no record {id!r} here that you may see.", id=id),
        say("Its import may have been withdrawn, or replaced by a newer one."),
    )


def records_of(snapshot: Snapshot, import_: int, reader: str) -> list[StoredRecord]:
    """Return the active records of one import that `reader` may see, in the order in which they were read."""
    import pyarrow.compute as pc

    found = [
        (row["ordinal"], kind, row)
        for kind, table in snapshot.tables.items()
        for row in table.filter(pc.equal(table.column("import"), import_)).to_pylist()
        if reader_rank(row["visibility"]) <= reader_rank(reader)
    ]
    found.sort(key=lambda one: one[0])
    return [_stored(f"{import_}-{ordinal}", kind, row, reader) for ordinal, kind, row in found]


def _stored(id: str, kind: str, row: Mapping[str, Any], reader: str) -> StoredRecord:
    hidden = {one.name for one in KINDS[kind].fields if reader_rank(one.visible_to) > reader_rank(reader)}
    values = {
        name: value for name, value in row.items() if value is not None and name not in hidden and name not in _PLACE
    }
    place = (row["import"], row["file"], row["sheet"] or "", row["row"])
    return StoredRecord(id, kind, values, json.loads(row["extra"] or "{}"), *place)
