"""A day of meetings in words: what is held, who is left over, and what one more slot or table would bring."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._meeting_schedule import choice
from valuechain.analyses._words import percent, sentence
from valuechain.model.language import day_words, listed, plural, say
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._meeting_tables import Day
    from valuechain.analyses._meeting_wishes import Wanted
    from valuechain.model.arrays import Booleans
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
    if day.found.proven:
        how_good = say("No schedule counts more.")
    else:
        share = percent(day.found.total / day.found.bound)
        how_good = say("They count {share} of the most that any schedule could.", share=share)
    told = {
        "held": held,
        "meetings": plural(wished, "meeting"),
        "day": day_words(first.date().isoformat()),
        "first": f"{first:%H:%M}",
        "end": f"{end:%H:%M}",
    }
    if held == wished == 1:
        when = say("All {meetings} finds a place on {day} from {first} to {end}.", **told)
    elif held == wished:
        when = say("All {meetings} find a place on {day} from {first} to {end}.", **told)
    elif wished == 1:
        when = say("{held:,} of {meetings} finds a place on {day} from {first} to {end}.", **told)
    else:
        when = say("{held:,} of {meetings} find a place on {day} from {first} to {end}.", **told)
    return f"{when} {how_good}"


def nothing_wanted(graph: ValueGraph, wanted: Wanted) -> str:
    """Return why there is nothing to schedule."""
    return say(
        "Not assessed: there is no list of preferences, and no two clusters are known {where} whose members have a "
        "meeting worth having.",
        where=graph.scope_words,
    )


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
        why = say("A schedule that counts most does not give everybody a meeting.")
        if len(parties) == 1:
            title = say("{names} has no meeting", names=names[0])
            action = say("Ask whom else it could meet, add a slot or a table, or tell it before it travels.")
        else:
            title = say("{names} have no meeting", names=listed(names))
            action = say("Ask whom else they could meet, add a slot or a table, or tell them before they travel.")
        yield _finding(
            day,
            "without-meeting",
            "medium",
            [day.key(day.wanted.parties[at]) or day.wanted.parties[at].name for at in parties],
            wishes,
            title,
            f"{_reasons(day, wishes)} {why}",
            action,
        )


def _left(day: Day) -> Iterator[Finding]:
    """What finds no place: severity medium from a quarter of what was wished on, else low."""
    if day.left:
        wishes = day.wanted.wishes
        lost = sum(wishes[at].weight for at in day.left) / sum(one.weight for one in wishes)
        first = wishes[day.left[0]]
        names = [day.wanted.parties[end].name for end in (first.first, first.second)]
        share = percent(lost)
        if len(day.left) == 1:
            title = say("1 meeting worth {share} of what was wished finds no place", share=share)
        else:
            title = say(
                "{count:,} meetings worth {share} of what was wished find no place", count=len(day.left), share=share
            )
        most = say("The one that counts most: {name} with {other}", name=names[0], other=names[1])
        yield _finding(
            day,
            "without-place",
            "medium" if lost > MUCH else "low",
            [day.key(day.wanted.parties[end]) or day.wanted.parties[end].name for end in (first.first, first.second)],
            day.left,
            title,
            f"{sentence(most)} {_reasons(day, day.left)}",
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
    slot = _gain(day, choice(wishes, slots + 1, day.tables))
    table = _gain(day, choice(wishes, slots, day.tables + 1))
    return say("One more slot would allow {slot}; one more table would allow {table}.", slot=slot, table=table)


def _gain(day: Day, chosen_and_bound: tuple[Booleans, float]) -> str:
    chosen, bound = chosen_and_bound
    gain = (bound - day.found.total) / day.wanted.numbers.weight.sum()
    if gain <= 1e-9:
        return say("nothing more")
    held = int(chosen.sum()) - int(day.found.held.sum())
    meetings = plural(max(held, 0), "more meeting")
    return say("{meetings} ({share} of what was wished)", meetings=meetings, share=percent(gain))


def _not_proven(day: Day) -> Iterator[Finding]:
    """Where the best schedule is not proven: for information."""
    if not day.found.proven:
        held = np.flatnonzero(day.found.held).tolist()
        share = percent(day.found.total / day.found.bound)
        yield _finding(
            day,
            "not-proven",
            "info",
            [day.key(party) or party.name for party in day.wanted.parties[:TOLD]],
            held,
            say("The schedule counts {share} of the most that any could", share=share),
            say(
                "Who is wished and who wishes are not two sides, and there are too many meetings for the program that "
                "decides choice and slots together; whether a better one exists is not known."
            ),
            say("Take fewer meetings or slots, or name participants on the one side and partners on the other."),
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
