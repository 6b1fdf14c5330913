"""A day of meetings as tables: the schedule, everybody's own timetable, who meets how many, and what found no place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._meeting_day import Slot
    from valuechain.analyses._meeting_schedule import Schedule
    from valuechain.analyses._meeting_wishes import Party, Wanted
    from valuechain.model.graph import ValueGraph

_START = Column("start", "datetime", "When it begins, in local time")
_END = Column("end", "datetime", "When it ends, in local time")
_TABLE = Column("table", "integer", "At which table")

SCHEDULE_COLUMNS = (
    _START,
    _TABLE,
    Column("participant", "text", "Who meets"),
    Column("partner", "text", "Whom"),
    _END,
    Column("about", "text", "What about"),
    Column("why", "text", "Why these two"),
    Column("score", "number", "What the meeting counts"),
    Column("participant_key", "key", "Key of the one, empty if not known here"),
    Column("partner_key", "key", "Key of the other, empty if not known here"),
    STATUS,
)

TIMETABLE_COLUMNS = (
    Column("organisation", "text", "Whose timetable"),
    _START,
    _TABLE,
    Column("meets", "text", "Whom it meets"),
    _END,
    Column("about", "text", "What about"),
    Column("organisation_key", "key", "Key of the one, empty if not known here"),
    Column("meets_key", "key", "Key of the other, empty if not known here"),
    STATUS,
)

PARTICIPANT_COLUMNS = (
    Column("organisation", "text", "Who takes part"),
    Column("meetings", "integer", "How many meetings it has", "meetings"),
    Column("wished", "integer", "How many it could have had", "meetings"),
    Column("best_held", "boolean", "Whether the meeting that counts most for it is held"),
    Column("free_slots", "integer", "Slots without a meeting", "slots"),
    Column("score", "number", "What its meetings count together"),
    Column("organisation_key", "key", "Its key, empty if not known here"),
    STATUS,
)

LEFT_COLUMNS = (
    Column("participant", "text", "Who would have met"),
    Column("partner", "text", "Whom"),
    Column("about", "text", "What about"),
    Column("score", "number", "What the meeting counts"),
    Column("reason", "text", "Why it found no place"),
    Column("participant_key", "key", "Key of the one, empty if not known here"),
    Column("partner_key", "key", "Key of the other, empty if not known here"),
    STATUS,
)


@dataclass(frozen=True, eq=False)
class Day:
    """A day of meetings: what was wanted, when the slots are, how many tables there are, and the schedule."""

    graph: ValueGraph
    wanted: Wanted
    slots: Sequence[Slot]
    tables: int
    found: Schedule

    @cached_property
    def of_party(self) -> list[list[int]]:
        """The wishes of each party, those that count most first."""
        wishes = self.wanted.wishes
        found: list[list[int]] = [[] for _ in self.wanted.parties]
        for at in sorted(range(len(wishes)), key=lambda at: -wishes[at].weight):
            found[wishes[at].first].append(at)
            found[wishes[at].second].append(at)
        return found

    def held_of(self, party: int) -> list[int]:
        """Return the meetings that a party has, in the order of the day."""
        held = [at for at in self.of_party[party] if self.found.slot[at] >= 0]
        return sorted(held, key=lambda at: int(self.found.slot[at]))

    def key(self, party: Party) -> str:
        """Return the key of a party, empty if the data do not know it."""
        return str(self.graph["organisations"]["key"].iloc[party.position]) if party.position >= 0 else ""

    def reason(self, wish: int) -> str:
        """Return why a meeting found no place."""
        one = self.wanted.wishes[wish]
        busy = [end for end in (one.first, one.second) if len(self.held_of(end)) == len(self.slots)]
        if busy:
            names = [self.wanted.parties[end].name for end in busy]
            if len(names) == 1:
                return say("{name} has another meeting in every slot.", name=names[0])
            return say("{name} and {other} have another meeting in every slot.", name=names[0], other=names[1])
        if int(self.found.held.sum()) == len(self.slots) * self.tables:
            return say("Every table is taken in every slot.")
        return say("In no slot are both free and a table too.")

    def times(self, wish: int) -> dict[str, Any]:
        """Return when and where a meeting is held."""
        begin, end = self.slots[int(self.found.slot[wish])]
        return {
            "start": begin.isoformat(timespec="minutes"),
            "end": end.isoformat(timespec="minutes"),
            "table": int(self.found.table[wish]) + 1,
        }

    @cached_property
    def left(self) -> list[int]:
        """The meetings that found no place, those that count most first."""
        wishes = self.wanted.wishes
        return sorted(np.flatnonzero(~self.found.held).tolist(), key=lambda at: -wishes[at].weight)


def schedule_table(day: Day) -> Table:
    """Return every meeting in the order of the day."""
    held = np.flatnonzero(day.found.held).tolist()
    held.sort(key=lambda at: (int(day.found.slot[at]), int(day.found.table[at])))
    rows = (day.times(at) | _ends(day, at) | {"why": day.wanted.wishes[at].why} for at in held)
    title = day.wanted.title or say("Meetings as wished")
    return Table.from_rows("schedule", title, SCHEDULE_COLUMNS, rows)


def _ends(day: Day, at: int) -> dict[str, Any]:
    wish = day.wanted.wishes[at]
    first, second = (day.wanted.parties[end] for end in (wish.first, wish.second))
    return {
        "participant": first.name,
        "partner": second.name,
        "about": wish.about,
        "score": round(wish.weight, 4),
        "participant_key": day.key(first),
        "partner_key": day.key(second),
        "status": wish.status,
        "evidence": wish.evidence,
    }


def timetable(day: Day) -> Table:
    """Return each participant's own meetings, in the order of the day."""

    def rows() -> Iterator[dict[str, Any]]:
        for at in _by_name(day):
            party = day.wanted.parties[at]
            for meeting in day.held_of(at):
                wish = day.wanted.wishes[meeting]
                other = day.wanted.parties[wish.second if wish.first == at else wish.first]
                yield day.times(meeting) | {
                    "organisation": party.name,
                    "meets": other.name,
                    "about": wish.about,
                    "organisation_key": day.key(party),
                    "meets_key": day.key(other),
                    "status": wish.status,
                    "evidence": wish.evidence,
                }

    return Table.from_rows("timetable", say("Everybody's own timetable"), TIMETABLE_COLUMNS, rows())


def participant_table(day: Day) -> Table:
    """Return how many of the meetings that it could have had each participant has, those with the fewest first."""

    def row(at: int) -> dict[str, Any]:
        wishes = [day.wanted.wishes[one] for one in day.of_party[at]]
        held = day.held_of(at)
        return {
            "organisation": day.wanted.parties[at].name,
            "meetings": len(held),
            "wished": len(wishes),
            "best_held": day.of_party[at][0] in held,
            "free_slots": len(day.slots) - len(held),
            "score": round(sum(day.wanted.wishes[one].weight for one in held), 4),
            "organisation_key": day.key(day.wanted.parties[at]),
            "status": least_certain(one.status for one in wishes),
            "evidence": tuple(dict.fromkeys(record for one in wishes for record in one.evidence)),
        }

    rows = sorted((row(at) for at in _by_name(day)), key=lambda one: one["meetings"])
    return Table.from_rows("participants", say("Who has how many meetings"), PARTICIPANT_COLUMNS, rows)


def _by_name(day: Day) -> list[int]:
    return sorted(range(len(day.wanted.parties)), key=lambda at: day.wanted.parties[at].name)


def left_table(day: Day) -> Table:
    """Return the meetings that found no place, with the reason."""
    rows = (_ends(day, at) | {"reason": day.reason(at)} for at in day.left)
    return Table.from_rows("not_scheduled", say("What found no place"), LEFT_COLUMNS, rows)
