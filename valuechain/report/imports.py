"""What happened to a store, as text and as data: reports of imports, and the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.report.text import print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.batch import Fault
    from valuechain.model.history import Event, Import
    from valuechain.model.import_report import ImportReport

GROUPS = 20
"""Kinds of faults told in a report as text; how many more there are is said."""
ROWS = 8
"""Rows named of those that have the same fault."""


def print_report(console: Console, report: ImportReport) -> None:
    """Print what an import did: counts, what was assumed, and what is wrong, what is alike told once."""
    done = f"import {report.import_}, revision {report.revision}" if report.import_ else "nothing written"
    lines = [
        f"{report.source}: {done}. Taken for: {report.taken_for}.",
        f"{report.rows_read:,} rows read: {report.stored:,} stored, {report.refused:,} refused. "
        f"Records: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged.",
        *(f"Assumed: {text}" for text in report.assumed),
        *_fault_lines(report.faults),
    ]
    for line in lines:
        console.print(Text(line))


def _fault_lines(faults: Iterable[Fault]) -> list[str]:
    """The faults in words, refused rows first; of those that differ in row and value, the first and their rows."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in sorted(faults, key=lambda one: one.severity != "refused"):
        place = fault.place
        alike.setdefault((fault.severity, place.file, place.sheet, fault.column, fault.advice), []).append(fault)
    lines = [_alike(group) for group in alike.values()]
    more = sum(len(group) for group in list(alike.values())[GROUPS:])
    return lines[:GROUPS] + ([f"{more:,} more faults: --format json lists them all."] if more else [])


def _alike(faults: list[Fault]) -> str:
    first = f"{faults[0].severity.capitalize()}: {faults[0]}"
    others = list(dict.fromkeys(str(fault.place.row) for fault in faults[1:]))
    if not others:
        return first
    cut = f" and {len(others) - ROWS:,} more" if len(others) > ROWS else ""
    return f"{first} Likewise in {len(others):,} other rows: {', '.join(others[:ROWS])}{cut}."


def print_history(console: Console, imports: Iterable[Import]) -> None:
    """Print every import as a row."""
    header = ("Import", "Source", "State", "When (UTC)", "By", "Rows", "Refused", "Records", "Revision")
    rows = (
        (
            one.id, one.source, one.state, one.at[:16].replace("T", " "), one.by, f"{one.rows_read:,}",
            f"{one.refused:,}", f"{one.records:,}", one.revision,
        )
        for one in imports
    )  # fmt: skip
    print_rows(console, header, rows)


def history_data(imports: Iterable[Import], events: Iterable[Event]) -> dict[str, Any]:
    """Return the history as plain data."""
    return {"imports": [asdict(one) for one in imports], "events": [asdict(one) for one in events]}
