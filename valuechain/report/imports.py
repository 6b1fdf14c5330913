"""What happened to a store, as text and as data: reports of imports, and the history."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.model.language import plural, say
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


def print_report(console: Console, report: ImportReport) -> None:
    """Print what an import did: counts, what columns were taken for, what was assumed, and what is wrong."""
    done = say("import {number}, revision {revision}", number=report.import_, revision=report.revision)
    lines = [
        say(
            "{source}: {done}. Taken for: {what}.",
            source=report.source,
            done=done if report.import_ else say("nothing written"),
            what=say(report.taken_for),
        ),
        say(
            "{read:,} rows read: {stored:,} stored, {refused:,} refused. "
            "Records: {new:,} new, {changed:,} changed, {unchanged:,} unchanged.",
            read=report.rows_read,
            stored=report.stored,
            refused=report.refused,
            new=report.new,
            changed=report.changed,
            unchanged=report.unchanged,
        ),
        *_vanished_lines(report),
    ]
    for line in lines:
        console.print(Text(line))
    if report.columns:
        console.print()
        rows = ((one.column, one.field or "-", f"{one.score:.2f}", one.why) for one in report.columns)
        print_rows(console, (say("Column"), say("Taken for"), say("Score"), say("Why")), rows)
    for line in (*_told_once(report.assumed), *_word_lines(report), *_fault_lines(report.faults)):
        console.print(Text(line))


def _vanished_lines(report: ImportReport) -> list[str]:
    """What the delivery before held and this one does not."""
    if not report.vanished:
        return []
    gone = plural(
        report.vanished,
        "record of the delivery before is no longer there, and counts no longer",
        "records of the delivery before are no longer there, and count no longer",
    )
    return [f"{gone}: {_first(report.vanished_first, report.vanished)}."]


def _first(names: Iterable[str], of: int) -> str:
    """The first names of so many, the rest counted."""
    shown = list(names)
    told = ", ".join(shown)
    return say("{names} and {more:,} more", names=told, more=of - len(shown)) if of > len(shown) else told


def _told_once(assumed: Iterable[str]) -> list[str]:
    """Assumptions, the file and sheet that several of them are about named once, above them."""
    lines = []
    about = ""
    place_and_rest = _about()
    for text in assumed:
        match = place_and_rest.match(text)
        place, rest = (match[1], match[2]) if match else ("", text)
        if place and place != about:
            lines.append(say("Assumed of {place}:", place=place))
        about = place
        lines.append(f"  {rest}" if place else say("Assumed: {text}", text=text))
    return lines


def _about() -> re.Pattern[str]:
    """A sentence about a file, or a sheet of it, in the language that is spoken."""
    sheet = re.escape(say("{file}, sheet {sheet}", file="", sheet=""))
    column = re.escape(say("{table}, column {column}", table="", column="").removeprefix(", "))
    return re.compile(rf"(.+?\.\w{{2,5}}(?:{sheet}[^:]+?)?)(?:: |, (?={column}))(.+)", re.DOTALL)


def _word_lines(report: ImportReport) -> list[str]:
    """The words that nobody has explained, those used most first."""
    if not report.words:
        return []
    shown = [f"{word} ({count:,})" for word, count in list(report.words.items())[:WORDS]]
    what = plural(len(report.words), "word matches no capability yet", "words match no capability yet")
    listed = _first(shown, len(report.words))
    return [say("{what}: {words}. `valuechain words` lists them, to be decided once.", what=what, words=listed)]


def _fault_lines(faults: Iterable[Fault]) -> list[str]:
    """The faults in words, refused rows first; of those that differ in row and value, the first and their rows."""
    alike: dict[tuple[str, ...], list[Fault]] = {}
    for fault in sorted(faults, key=lambda one: one.severity != "refused"):
        place = fault.place
        alike.setdefault((fault.severity, place.file, place.sheet, fault.column, fault.advice), []).append(fault)
    lines = [_alike(group) for group in alike.values()]
    more = sum(len(group) for group in list(alike.values())[GROUPS:])
    return lines[:GROUPS] + ([say("{more:,} more faults: --format json lists them all.", more=more)] if more else [])


def _alike(faults: list[Fault]) -> str:
    refused = faults[0].severity == "refused"
    first = say("Refused: {fault}", fault=faults[0]) if refused else say("Warning: {fault}", fault=faults[0])
    others = list(dict.fromkeys(str(fault.place.row) for fault in faults[1:]))
    if not others:
        return first
    rows = _first(others[:ROWS], len(others))
    return f"{first} {say('Likewise in {count:,} other rows: {rows}.', count=len(others), rows=rows)}"


def print_history(console: Console, imports: Iterable[Import]) -> None:
    """Print every import as a row."""
    header = (
        say("Import"), say("Source"), say("State"), say("When (UTC)"), say("By"), say("Rows"), say("Refused"),
        say("Records"), say("Revision"),
    )  # fmt: skip
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
