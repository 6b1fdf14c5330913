"""Pairs of organisations that may be one, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from valuechain.report.text import print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.history import Decision

FIELD_WORDS = {
    "key": "Key", "label": "Name", "aliases": "Other names", "kind": "Kind", "country": "Country",
    "postcode": "Postcode", "city": "Town", "website": "Web site", "vat": "VAT number", "euid": "EUID", "lei": "LEI",
    "pic": "Participant code", "group_id": "Group", "towns": "Towns in its records",
}  # fmt: skip
"""What people call what is compared of two organisations."""

_SAID = {"same": "are the same", "different": "are different", "later": "wait until later"}


def print_pair(console: Console, pair: Mapping[str, Any], number: int, of: int) -> None:
    """Print one pair side by side, as `Pair.to_dict` gives it, with what agrees and what contradicts."""
    later = " Put off until later." if pair["later"] else ""
    console.print(Text(f"\nPair {number:,} of {of:,}. Score {pair['score']:.2f}.{later}", "bold"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for field, label in FIELD_WORDS.items():
        one, other = (_cell(pair[side].get(field)) for side in ("first", "second"))
        if {one, other} - {"", "1"}:
            table.add_row(Text(label, "dim"), Text(one), Text(other))
    console.print(table)
    console.print(Text(pair["why"]))


def print_waiting(console: Console, waiting: Mapping[str, Any]) -> None:
    """Print what waits, as `Waiting.to_dict` gives it, and the decisions that were made."""
    pairs, cut = waiting["pairs"], waiting["cut"]
    if not pairs:
        console.print(Text("No pair of organisations waits for a decision."))
    for number, pair in enumerate(pairs, start=1):
        print_pair(console, pair, number, len(pairs) + cut)
    if cut:
        console.print(Text(f"\n{cut:,} more pairs: --limit 0 lists them all."))
    if waiting["decisions"]:
        console.print(Text("\nDecided so far; --take-back A B undoes one:", "bold"))
        columns = ("verdict", "subject", "object", "who", "at")
        print_rows(console, ("Verdict", "First", "Second", "By", "When (UTC)"), _rows(waiting["decisions"], columns))


def say(decision: Decision) -> str:
    """Return what was decided, in a sentence."""
    if decision.verdict == "open":
        return f"The decision on {decision.subject} and {decision.object} is taken back."
    return f"{decision.subject} and {decision.object} {_SAID[decision.verdict]}."


def _rows(lines: Iterable[Mapping[str, str]], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(line[name][:16].replace("T", " ") if name == "at" else line[name] for name in columns)
            for line in lines]  # fmt: skip


def _cell(value: Any) -> str:
    """A value as text; lists with a blank behind each sign that parts them."""
    return "" if value is None else str(value).replace(";", "; ")
