"""A day of meetings in words: what is held, who is left over, and what one more slot or table would bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import listed, plural
from valuechain.analyses._meeting_schedule import choice
from valuechain.analyses._words import percent, sentence
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._meeting_tables import Day
    from valuechain.analyses._meeting_wishes import Wanted
    from valuechain.model.graph import ValueGraph

MUCH = 0.25
"""From which part of what was wished without a place on the finding is medium."""

TOLD = 5
"""So many are named."""


def verdict(day: Day) -> str:
    """Return how many of the wished meetings are held, when, and whether more could be."""
    held, wished = int(day.found.held.sum()), len(day.wanted.wishes)
    last = max((int(slot) for slot in day.found.slot), default=0)
    first, end = day.slots[0][0], day.slots[last][1]
    how_good = (
        "No schedule counts more."
        if day.found.proven
        else f"They count {percent(day.found.total / day.found.bound)} of the most that any schedule could."
    )
    of = f"All {plural(held, 'meeting')}" if held == wished else f"{held:,} of {plural(wished, 'meeting')}"
    have = "finds" if wished == 1 else "find"
    return f"{of} {have} a place on {first.date().isoformat()} from {first:%H:%M} to {end:%H:%M}. {how_good}"


def nothing_wanted(graph: ValueGraph, wanted: Wanted) -> str:
    """Return why there is nothing to schedule."""
    lead = "Not assessed: there is no list of preferences, and"
    return f"{lead} no two clusters are known {graph.scope_words} whose members have a meeting worth having."


def findings(day: Day) -> tuple[Finding, ...]:
    """Return what the organiser should know of the schedule."""
    if not day.wanted.wishes:
        return ()
    return (*_without_meeting(day), *_left(day), *_not_proven(day))


def _without_meeting(day: Day) -> Iterator[Finding]:
    """Who has no meeting: severity medium, they would come for nothing."""
    parties = [at for at in range(len(day.wanted.parties)) if not day.held_of(at)]
    if parties:
        names = [day.wanted.parties[at].name for at in parties]
        wishes = sorted({one for at in parties for one in day.of_party[at]})
        one = len(parties) == 1
        yield _finding(
            day,
            "without-meeting",
            "medium",
            [day.key(day.wanted.parties[at]) or day.wanted.parties[at].name for at in parties],
            wishes,
            f"{listed(names)} {'has' if one else 'have'} no meeting",
            f"{_reasons(day, wishes)} A schedule that counts most does not give everybody a meeting.",
            f"Ask whom else {'it' if one else 'they'} could meet, add a slot or a table, or tell "
            f"{'it' if one else 'them'} before {'it travels' if one else 'they travel'}.",
        )


def _left(day: Day) -> Iterator[Finding]:
    """What finds no place: severity medium from a quarter of what was wished on, else low."""
    if day.left:
        wishes = day.wanted.wishes
        lost = sum(wishes[at].weight for at in day.left) / sum(one.weight for one in wishes)
        first = wishes[day.left[0]]
        names = [day.wanted.parties[end].name for end in (first.first, first.second)]
        yield _finding(
            day,
            "without-place",
            "medium" if lost > MUCH else "low",
            [day.key(day.wanted.parties[end]) or day.wanted.parties[end].name for end in (first.first, first.second)],
            day.left,
            f"{plural(len(day.left), 'meeting')} worth {percent(lost)} of what was wished "
            f"{'finds' if len(day.left) == 1 else 'find'} no place",
            f"The one that counts most: {names[0]} with {sentence(names[1])} {_reasons(day, day.left)}",
            _more(day),
        )


def _reasons(day: Day, wishes: Sequence[int]) -> str:
    """The reasons of some meetings that are not held, the most frequent first."""
    told = [day.reason(at) for at in wishes if day.found.slot[at] < 0]
    counts = {reason: told.count(reason) for reason in dict.fromkeys(told)}
    best = sorted(counts, key=lambda reason: -counts[reason])[:2]
    return " ".join(best)


def _more(day: Day) -> str:
    """What one more slot and one more table would bring at most."""
    wishes, slots = day.wanted.numbers, len(day.slots)
    parts = []
    for words, more in (("One more slot", (slots + 1, day.tables)), ("one more table", (slots, day.tables + 1))):
        chosen, bound = choice(wishes, *more)
        gain = (bound - day.found.total) / wishes.weight.sum()
        held = int(chosen.sum()) - int(day.found.held.sum())
        told = f"{plural(max(held, 0), 'more meeting')} ({percent(gain)} of what was wished)"
        parts.append(f"{words} would allow {told if gain > 1e-9 else 'nothing more'}")
    return f"{'; '.join(parts)}."


def _not_proven(day: Day) -> Iterator[Finding]:
    """Where the best schedule is not proven: for information."""
    if not day.found.proven:
        held = np.flatnonzero(day.found.held).tolist()
        yield _finding(
            day,
            "not-proven",
            "info",
            [day.key(party) or party.name for party in day.wanted.parties[:TOLD]],
            held,
            f"The schedule counts {percent(day.found.total / day.found.bound)} of the most that any could",
            "Who is wished and who wishes are not two sides, and there are too many meetings for the program that "
            "decides choice and slots together; whether a better one exists is not known.",
            "Take fewer meetings or slots, or name participants on the one side and partners on the other.",
        )


def _finding(
    day: Day,
    kind: str,
    severity: Severity,
    subjects: Sequence[str],
    wishes: Sequence[int],
    title: str,
    explanation: str,
    action: str,
) -> Finding:
    told = [day.wanted.wishes[at] for at in wishes]
    return Finding(
        kind=kind,
        severity=severity,
        confidence=round(float(np.mean([one.confidence for one in told])), 3),
        subjects=tuple(subjects),
        title=title,
        explanation=explanation,
        action=action,
        status=least_certain(one.status for one in told),
        evidence=tuple(dict.fromkeys(record for one in told for record in one.evidence)),
    )
