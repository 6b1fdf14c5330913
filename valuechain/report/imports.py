"""What happened to a store, as text and as data: reports of imports, and the history."""

from __future__ import annotations

import re
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
WORDS = 12
"""Words named of those that match no capability."""

_ABOUT = re.compile(r"(.+?\.\w{2,5}(?:, sheet [^:]+?)?)(?:: |, (?=column ))(.+)", re.DOTALL)
"""A sentence about a file, or a sheet of it."""


def print_report(console: Console, report: ImportReport) -> None:
    """Print what an import did: counts, what columns were taken for, what was assumed, and what is wrong."""
    done = f"import {report.import_}, revision {report.revision}" if report.import_ else "nothing written"
    lines = [
        f"{report.source}: {done}. Taken for: {report.taken_for}.",
        f"{report.rows_read:,} rows read: {report.stored:,} stored, {report.refused:,} refused. "
        f"Records: {report.new:,} new, {report.changed:,} changed, {report.unchanged:,} unchanged.",
        *_vanished_lines(report),
    ]
    for line in lines:
        console.print(Text(line))
    if report.columns:
        console.print()
        rows = ((one.column, one.field or "-", f"{one.score:.2f}", one.why) for one in report.columns)
        print_rows(console, ("Column", "Taken for", "Score", "Why"), rows)
    for line in (*_told_once(report.assumed), *_word_lines(report), *_fault_lines(report.faults)):
        console.print(Text(line))


def _vanished_lines(report: ImportReport) -> list[str]:
    """What the delivery before held and this one does not."""
    if not report.vanished:
        return []
    more = report.vanished - len(report.vanished_first)
    named = ", ".join(report.vanished_first) + (f" and {more:,} more" if more else "")
    are = "record of the delivery before is" if report.vanished == 1 else "records of the delivery before are"
    return [f"{report.vanished:,} {are} no longer there, and count no longer: {named}."]


def _told_once(assumed: Iterable[str]) -> list[str]:
    """Assumptions, the file and sheet that several of them are about named once, above them."""
    lines = []
    about = ""
    for text in assumed:
        match = _ABOUT.match(text)
        place, rest = (match[1], match[2]) if match else ("", text)
        if place and place != about:
            lines.append(f"Assumed of {place}:")
        about = place
        lines.append(f"  {rest}" if place else f"Assumed: {text}")
    return lines


def _word_lines(report: ImportReport) -> list[str]:
    """The words that nobody has explained, those used most first."""
    if not report.words:
        return []
    shown = [f"{word} ({count:,})" for word, count in list(report.words.items())[:WORDS]]
    more = len(report.words) - len(shown)
    listed = ", ".join(shown) + (f" and {more:,} more" if more else "")
    what = "1 word matches" if len(report.words) == 1 else f"{len(report.words):,} words match"
    return [f"{what} no capability yet: {listed}. `valuechain words` lists them, to be decided once."]


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
