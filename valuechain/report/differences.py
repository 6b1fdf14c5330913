"""What differs between two revisions, and what a plan would change, as text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.model.language import say, separated, term

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.difference import Change, Difference, FindingChange, Plan, Stood

_WHAT = {"new": "+", "gone": "-", "changed": "~", "joined": term("now one:"), "parted": term("no longer one:")}

_COUNTED = {
    "new": term("new"),
    "gone": term("gone"),
    "changed": term("changed"),
    "joined": term("joined"),
    "parted": term("parted"),
}

_REASONS = 3
"""So many of the changes that ended a finding are told."""


def print_difference(console: Console, difference: Difference, most: int) -> None:
    """Print what differs: findings first, then things and links, at most `most` of each kind (0 = all)."""
    (before, _), (after, _) = difference.before, difference.after
    if difference.plan and before == after:
        lines = [say("From revision {before} to the plan", before=before)]
    elif difference.plan:
        lines = [say("From revision {before} to revision {after} to the plan", before=before, after=after)]
    else:
        lines = [say("From revision {before} to revision {after}", before=before, after=after)]
    if difference.plan:
        lines += _counts(difference.counts, before != after)
    if before != after or not difference.plan:
        lines += _part(difference.changes, difference.findings, most) or ["", say("Nothing differs.")]
    if difference.plan:
        lines += _plan(difference.plan, most)
    for line in lines:
        console.print(Text(line))


def _counts(counts: Mapping[str, tuple[int, ...]], two: bool) -> list[str]:
    """How many findings each analysis had, has, and would have: the baseline, now, the target."""
    heads = [*([say("baseline")] if two else []), say("now"), say("plan")]
    wide = max((len(name) for name in counts), default=0)
    lines = [f"{say('Findings'):<{wide}}  {'  '.join(f'{head:>8}' for head in heads)}"]
    for name, told in counts.items():
        shown = told if two else told[1:]
        lines.append(f"{name:<{wide}}  {'  '.join(f'{count:>8,}' for count in shown)}")
    return ["", *lines]


def _plan(plan: Plan, most: int) -> list[str]:
    """What the plan would end and bring, what it would change, and which findings it leaves."""
    if not plan.changes:
        return ["", say("Nothing is planned that counts on this day (--valid-on names another).")]
    lines = ["", say("With the plan"), *_part(plan.changes, plan.findings, most)]
    left = [f"  = {name}: {finding.title}" for name, finding in plan.remaining]
    if left:
        shown, more = _cut(left, most)
        lines += ["", say("Findings that the plan leaves: {count:,}", count=len(left)), *shown, *more]
    return lines


def _part(changes: Iterable[Change], findings: Iterable[FindingChange], most: int) -> list[str]:
    lines = _section(say("Findings"), [_finding(one) for one in findings], findings, most)
    for kind in dict.fromkeys(change.kind for change in changes):
        some = [change for change in changes if change.kind == kind]
        lines += _section(_capital(kind), [_change(one) for one in some], some, most)
    return lines


def _capital(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}"


def _section(title: str, told: list[str], changes: Iterable[Change | FindingChange], most: int) -> list[str]:
    if not told:
        return []
    counts = Counter(change.what for change in changes)
    shown, more = _cut(told, most)
    summary = ", ".join(f"{separated(count, ',')} {say(_COUNTED[what])}" for what, count in counts.items())
    return ["", f"{title}: {summary}", *shown, *more]


def _cut(told: list[str], most: int) -> tuple[list[str], list[str]]:
    """The first lines, and how many there are beside."""
    shown = told[:most] if most else told
    left = len(told) - len(shown)
    return shown, ["  " + say("and {left:,} more (--limit 0 shows all)", left=left)] if left else []


def _change(change: Change) -> str:
    keys = f" ({', '.join(change.keys)})" if change.what in ("joined", "parted") else ""
    fields = (f"{name} {_value(before)} -> {_value(after)}" for name, (before, after) in change.fields.items())
    told = "; ".join(fields)
    return f"  {say(_WHAT[change.what])} {change.label}{keys}{': ' if told else ''}{told}"


def _finding(change: FindingChange) -> str:
    line = f"  {say(_WHAT[change.what])} {change.analysis}: {change.finding.title}"
    if change.before and change.after:
        confidence = say(
            "confidence {before:.2f} -> {after:.2f}", before=change.before.confidence, after=change.after.confidence
        )
        return f"{line}: {change.before.severity} -> {change.after.severity}, {confidence}"
    return f"{line}\n      {_end(change)}" if change.what == "gone" else line


def _end(change: FindingChange) -> str:
    """Since when a finding stood, and what ended it."""
    told = [_change(one).strip() for one in change.ended_by[:_REASONS]]
    more = len(change.ended_by) - _REASONS
    if more > 0:
        told.append(say("and {more:,} more", more=more))
    ended = say("ended by: {reason}", reason="; ".join(told)) if told else say("no change can be named")
    return f"{_since(change.stood)}{ended}"


def _since(stood: Stood | None) -> str:
    if stood is None:
        return ""
    told = {"revision": stood.revision, "day": stood.at[:10]}
    if stood.sure:
        return say("stood since revision {revision} ({day}); ", **told)
    return say("stood since revision {revision} ({day}) or earlier; ", **told)


def _value(value: Any) -> str:
    return say("(empty)") if value is None else str(value)
