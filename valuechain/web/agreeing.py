"""The list of what was agreed on the pages of one organisation: one delivery, written anew with every change."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from valuechain.model.batch import Batch, Place, Record, assemble, read_record
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.interview import slug
from valuechain.model.language import say, term
from valuechain.model.persons import has_address
from valuechain.model.schema import ACTIONS, KINDS
from valuechain.report.codes import ON_SCREEN

if TYPE_CHECKING:
    from valuechain.model.history import Snapshot

PREFIX = "actions-"
"""How the source is called, before whom the actions are about."""

TAKEN_FOR = term("agreed actions")

_FIELDS = (*(field.name for field in KINDS[ACTIONS].fields), "as_of", "visibility")


def with_action(snapshot: Snapshot, organisation: str, told: Mapping[str, str]) -> Batch:
    """Return the list of an organisation's actions with one that is new, or that stands otherwise from today.

    Parameters
    ----------
    snapshot : Snapshot
        What the store knows now.
    organisation : str
        Its key.
    told : mapping
        Fields of the action: finding, about, what, who, due, state. It is the same as one of the list if both finding
        and what are.

    Raises
    ------
    DataError
        If something cannot be read, or an e-mail address stands in it.
    """
    source = f"{PREFIX}{slug(organisation)}"
    new = {"organisation": organisation, "as_of": date.today().isoformat(), **told}
    if any(has_address(text) for text in told.values()):
        raise DataError(say("An e-mail address stands here."), say("Name a role or an organisation."))
    listed: dict[tuple[Cell, Cell], dict[str, Cell]] = {
        (one["finding"], one["what"]): one for one in _listed(snapshot, source)
    }
    key = new["finding"], new["what"]
    listed[key] = {**listed.get(key, {}), **new}
    records = [_record(source, cells, row) for row, cells in enumerate(listed.values(), start=1)]
    return assemble(source, TAKEN_FOR, [ON_SCREEN], len(records), records)


def _listed(snapshot: Snapshot, source: str) -> list[dict[str, Cell]]:
    """The list as it is, in the order in which it was made."""
    import pyarrow.compute as pc

    table = snapshot.tables[ACTIONS]
    rows = table.filter(pc.equal(table.column("source"), source)).to_pylist()
    return [{name: row[name] for name in _FIELDS} for row in sorted(rows, key=lambda row: int(row["ordinal"]))]


def _record(source: str, cells: Mapping[str, Cell], row: int) -> Record:
    record, faults = read_record(ACTIONS, source, cells, Place(ON_SCREEN, "", row))
    if record is None:
        raise DataError(faults[0].why, faults[0].advice)
    return record
