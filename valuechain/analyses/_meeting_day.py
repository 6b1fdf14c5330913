"""The day of a market mission: when its slots begin and end."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from valuechain.model.errors import QuestionError
from valuechain.model.language import say

Slot = tuple[datetime, datetime]


def slots_of(day: date, start: time, minutes: int, pause: int, breaks: str, count: int) -> list[Slot]:
    """Return when each slot begins and ends, in local time.

    Parameters
    ----------
    day : date
    start : time
        When the first slot begins.
    minutes, pause : int
        How long a slot is, and how long people have to change tables after it.
    breaks : str
        Hours without meetings, such as "10:30-10:45, 12:00-13:00"; a slot that would touch one begins after it.
    count : int
        How many slots.

    Raises
    ------
    QuestionError
        If the slots do not fit into the day, or the breaks cannot be read.
    """
    told = sorted(breaks_of(day, breaks))
    length, change = timedelta(minutes=minutes), timedelta(minutes=pause)
    begin = datetime.combine(day, start)
    end_of_day = datetime.combine(day, time()) + timedelta(days=1)
    slots: list[Slot] = []
    while len(slots) < count:
        for first, last in told:
            if begin < last and begin + length > first:
                begin = last
        if begin + length > end_of_day:
            raise QuestionError(
                say(
                    "slots: only {fitting:,} of {count:,} slots of {minutes} minutes fit into the day.",
                    fitting=len(slots),
                    count=count,
                    minutes=minutes,
                ),
                say("Begin earlier, or take fewer, shorter ones."),
            )
        slots.append((begin, begin + length))
        begin += length + change
    return slots


def breaks_of(day: date, text: str) -> list[Slot]:
    """Return the breaks that a text such as "10:30-10:45, 12:00-13:00" names. Raises QuestionError."""
    found = []
    for part in filter(None, (one.strip() for one in re.split(r"[,;]", text))):
        ends = [one.strip() for one in re.split(r"[-\u2013]", part)]
        first, last = (clock("breaks", one) for one in ends) if len(ends) == 2 else (time(), time())
        if not first < last:
            raise QuestionError(
                say("breaks: {text!r} is no break.", text=part),
                say("Write it as 12:00-13:00, several with commas."),
            )
        found.append((datetime.combine(day, first), datetime.combine(day, last)))
    return found


def clock(option: str, text: str) -> time:
    """Return the time of day that a text such as 9:00 names. Raises QuestionError."""
    told = re.fullmatch(r"([01]?\d|2[0-3]):([0-5]\d)", text.strip())
    if not told:
        raise QuestionError(
            say("{option}: {text!r} is no time of day.", option=option, text=text), say("Write it as 09:30.")
        )
    return time(int(told.group(1)), int(told.group(2)))


def day_of(text: str) -> date:
    """Return the day that a text names. Raises QuestionError."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise QuestionError(say("day: {text!r} is not a date.", text=text), say("Write it as 2026-10-01.")) from None
