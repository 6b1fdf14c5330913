"""What happened to a store, as text and as data: reports of imports, and the history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.report.text import print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.history import Event, Import
    from valuechain.model.import_report import ImportReport

FAULTS = 20
"""Faults listed in a report as text; how many more there are is said."""


def print_report(console: Console, report: ImportReport) -> None:
    """Print what an import did: counts, what was assumed, and the first faults."""
    done = f"import {report.import_}, revision {report.revision}" if report.import_ else "nothing written"
    lines = [
        f"{report.source}: {done}. Taken for: {report.taken_for}.",
        f"{report.rows_read:,} rows read: {report.stored:,} stored, {report.refused:,} refused. "
        f"Records: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged.",
        *(f"Assumed: {text}" for text in report.assumed),
        *(f"{fault.severity.capitalize()}: {fault}" for fault in report.faults[:FAULTS]),
    ]
    if len(report.faults) > FAULTS:
        lines.append(f"{len(report.faults) - FAULTS:,} more faults: --format json lists them all.")
    for line in lines:
        console.print(Text(line))


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
