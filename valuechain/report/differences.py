"""What differs between two revisions, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from rich.text import Text

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.difference import Change, Difference, FindingChange

_WHAT = {"new": "+", "gone": "-", "changed": "~", "joined": "now one:", "parted": "no longer one:"}


def print_difference(console: Console, difference: Difference, most: int) -> None:
    """Print what differs: findings first, then things and links, at most `most` of each kind (0 = all)."""
    (before, _), (after, _) = difference.before, difference.after
    lines = [f"From revision {before} to revision {after}"]
    if not (difference.findings or difference.changes):
        lines += ["", "Nothing differs."]
    lines += _section("Findings", [_finding(one) for one in difference.findings], difference.findings, most)
    kinds = dict.fromkeys(change.kind for change in difference.changes)
    for kind in kinds:
        some = [change for change in difference.changes if change.kind == kind]
        lines += _section(kind.capitalize(), [_change(one) for one in some], some, most)
    for line in lines:
        console.print(Text(line))


def _section(title: str, told: list[str], changes: Iterable[Change | FindingChange], most: int) -> list[str]:
    if not told:
        return []
    counts = Counter(change.what for change in changes)
    shown = told[:most] if most else told
    more = [f"  and {len(told) - len(shown):,} more (--limit 0 shows all)"] if len(shown) < len(told) else []
    summary = ", ".join(f"{count:,} {what}" for what, count in counts.items())
    return ["", f"{title}: {summary}", *shown, *more]


def _change(change: Change) -> str:
    keys = f" ({', '.join(change.keys)})" if change.what in ("joined", "parted") else ""
    fields = (f"{name} {_value(before)} -> {_value(after)}" for name, (before, after) in change.fields.items())
    told = "; ".join(fields)
    return f"  {_WHAT[change.what]} {change.label}{keys}{': ' if told else ''}{told}"


def _finding(change: FindingChange) -> str:
    weight = ""
    if change.before and change.after:
        weight = (
            f": {change.before.severity} -> {change.after.severity}, "
            f"confidence {change.before.confidence:.2f} -> {change.after.confidence:.2f}"
        )
    return f"  {_WHAT[change.what]} {change.analysis}: {change.finding.title}{weight}"


def _value(value: Any) -> str:
    return "(empty)" if value is None else str(value)
