"""A result with appointments as a calendar (iCalendar, RFC 5545) that calendar programs take in.

Times are floating local time, without a time zone: nine o'clock on the day is nine o'clock where the meetings are,
whoever opens the file and wherever. An appointment keeps its UID when it moves to another time or table, so that a new
file replaces it; DTSTAMP is when the store last changed, not the clock, so that equal results make equal files.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from hashlib import blake2b
from typing import TYPE_CHECKING

from valuechain.model.analysis import Analysis
from valuechain.model.errors import QuestionError
from valuechain.model.language import say, spoken
from valuechain.model.result import Cell, Result, Table
from valuechain.report.moment import moment
from valuechain.report.words import status_words

if TYPE_CHECKING:
    from icalendar import Event

SCHEDULE = "schedule"
"""Name of the table that holds appointments: start, end, table, participant, partner, about, why and status."""


def to_ics(result: Result, analysis: Analysis) -> bytes:
    """Return the appointments of a result as a calendar, one event each.

    Raises QuestionError if it has none, or if some were cut from the table.
    """
    from icalendar import Calendar

    schedule = _schedule(result, analysis)
    calendar = Calendar()
    calendar.add("prodid", f"-//valuechain//{analysis.name} {result.analysis.version}//{spoken().upper()}")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", schedule.title)
    for row in map(schedule.cells, range(len(schedule.rows))):
        calendar.add_component(_event(result, analysis, row))
    content: bytes = calendar.to_ical()
    return content


def _schedule(result: Result, analysis: Analysis) -> Table:
    found = next((table for table in result.tables if table.name == SCHEDULE), None)
    if found is None:
        what = say("{name} makes no appointments, so there is no calendar of its answer.", name=analysis.name)
        raise QuestionError(what, say("Ask `meetings` for a schedule."))
    if not found.rows:
        raise QuestionError(say("No meeting is scheduled, so there is no calendar of this answer."), result.verdict)
    if found.cut:
        what = say("{count:,} meetings lie beyond the limit, and a calendar must hold all.", count=found.cut)
        raise QuestionError(what, say("Ask with limit 0, which means all rows."))
    return found


def _event(result: Result, analysis: Analysis, row: Mapping[str, Cell]) -> Event:
    from icalendar import Event

    names = [str(row[end]) for end in ("participant", "partner")]
    keys = [str(row[f"{end}_key"] or row[end]) for end in ("participant", "partner")]
    known = str(row["status"])
    how = say("Made up.") if known == "synthetic" else say("Known how: {known}.", known=status_words(known))
    told = [row["about"], row["why"], how]
    event = Event()
    event.add("uid", f"{blake2b(' '.join((analysis.name, *keys)).encode(), digest_size=12).hexdigest()}@valuechain")
    event.add("dtstamp", moment(result))
    event.add("sequence", result.graph.revision)
    event.add("dtstart", datetime.fromisoformat(str(row["start"])))
    event.add("dtend", datetime.fromisoformat(str(row["end"])))
    event.add("summary", say("{participant} with {partner}", participant=names[0], partner=names[1]))
    event.add("location", say("Table {table}", table=row["table"]))
    event.add("description", "\n".join(str(part) for part in told if part))
    event.add("categories", names)
    return event
