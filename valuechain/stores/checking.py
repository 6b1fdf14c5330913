"""What must hold in every store: books that agree with each other and with the records, hashes that fit the content."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from valuechain.model.batch import Place, Record
from valuechain.model.history import Event, Import, Snapshot
from valuechain.model.language import say
from valuechain.model.schema import COMMON, KINDS

_ROWS_AT_ONCE = 20_000


def problems_of_books(imports: Sequence[Import], events: Sequence[Event], counted: Mapping[int, int]) -> Iterator[str]:
    """Yield what is wrong with imports and events.

    Parameters
    ----------
    imports, events
        The history of a store.
    counted : mapping of import id to int
        How many records of each import there are.
    """
    if [event.revision for event in events] != list(range(1, len(events) + 1)):
        yield say("The events do not number the revisions one after the other.")
    brought = {(event.revision, event.target) for event in events if event.action == "import"}
    if brought != {(one.revision, one.id) for one in imports}:
        yield say("The events and the imports do not name the same deliveries.")
    known = {one.id: one.records for one in imports}
    for import_id in sorted(known.keys() | counted.keys()):
        said, found = known.get(import_id), counted.get(import_id, 0)
        if said is None:
            yield say(
                "There are {found:,} records of import {number}, which is not in the books.",
                found=found, number=import_id,
            )  # fmt: skip
        elif said != found:
            yield say(
                "Import {number} should have {said:,} records and has {found:,}.",
                number=import_id, said=said, found=found,
            )  # fmt: skip


def problems_of_hashes(snapshot: Snapshot) -> Iterator[str]:
    """Yield, for each kind, how many active records do not have the hash of their content, and the first of them."""
    for kind, table in snapshot.tables.items():
        fields = [field.name for field in (*COMMON, *KINDS[kind].fields)]
        wrong = [
            f"{row['import']}-{row['ordinal']}"
            for part in table.to_batches(_ROWS_AT_ONCE)
            for row in part.to_pylist()
            if Record(
                kind,
                {name: row[name] for name in fields if row[name] is not None},
                json.loads(row["extra"] or "{}"),
                Place(row["file"], row["sheet"], row["row"]),
            ).hash
            != row["hash"]
        ]
        if wrong:
            yield say(
                "{count:,} records of {kind} are not as they were written, {first} first.",
                count=len(wrong), kind=kind, first=wrong[0],
            )  # fmt: skip
