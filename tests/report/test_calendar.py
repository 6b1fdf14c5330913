"""The calendar: what a calendar program reads, the same bytes for the same answer, and no calendar of nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from icalendar import Calendar

from tests.support.results import HOSTILE, about, result
from valuechain.model.errors import QuestionError
from valuechain.model.result import STATUS, Column, GraphHeader, Result, Table
from valuechain.report.calendar import to_ics
from valuechain.report.render import forms_of, render

COLUMNS = (
    Column("start", "datetime", "When"),
    Column("end", "datetime", "Until when"),
    Column("table", "integer", "Where"),
    *(Column(name, "text", name) for name in ("participant", "partner", "about", "why")),
    *(Column(name, "key", name) for name in ("participant_key", "partner_key")),
    STATUS,
)


def meeting(**cells: Any) -> dict[str, Any]:
    usual = {
        "start": "2026-10-01T09:00", "end": "2026-10-01T09:20", "table": 3, "participant": "Optik GmbH",
        "partner": "Laser AG", "about": "Lenses", "why": "One needs them.", "participant_key": "a:1",
        "partner_key": "a:2", "status": "declared",
    }  # fmt: skip
    return {**usual, **cells}


def schedule(*meetings: dict[str, Any], cut: int = 0, revision: int = 7) -> Result:
    table = replace(Table.from_rows("schedule", "Meetings of A with B", COLUMNS, meetings), cut=cut)
    header = GraphHeader(revision, "", "2026-09-01T08:30:15.5+02:00", "2026-09-01", "owner", "public")
    return Result(verdict="Nothing to do.", tables=(table,), graph=header)


def events(one: Result) -> list[Any]:
    return list(Calendar.from_ical(to_ics(one, about())).walk("VEVENT"))


def test_an_event_has_floating_times_a_place_and_what_it_is_about():
    (event,) = events(schedule(meeting()))

    assert event["DTSTART"].dt == datetime(2026, 10, 1, 9, 0)
    assert event["DTEND"].dt == datetime(2026, 10, 1, 9, 20)
    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("Optik GmbH with Laser AG", "Table 3")
    assert str(event["DESCRIPTION"]) == "Lenses\nOne needs them.\nKnown how: declared."
    assert b"DTSTART:20261001T090000\r\n" in to_ics(schedule(meeting()), about())


def test_the_stamp_is_when_the_store_last_changed_in_universal_time():
    (event,) = events(schedule(meeting()))

    assert event["DTSTAMP"].dt == datetime(2026, 9, 1, 6, 30, 15, tzinfo=UTC)
    assert event["SEQUENCE"] == 7
    bare = replace(schedule(meeting()), graph=GraphHeader(0, "", "", "", "", ""))
    assert events(bare)[0]["DTSTAMP"].dt == datetime(2000, 1, 1, tzinfo=UTC)


def test_the_same_answer_gives_the_same_bytes():
    assert to_ics(schedule(meeting()), about()) == to_ics(schedule(meeting()), about())


def test_a_meeting_keeps_its_name_when_it_moves_and_another_has_another():
    first, moved, other = (
        events(schedule(one))[0]["UID"]
        for one in (meeting(), meeting(start="2026-10-02T11:00", table=1), meeting(partner_key="a:3"))
    )
    assert first == moved != other


def test_those_who_are_not_known_here_are_told_apart_by_their_names():
    unknown = [meeting(participant_key="", partner_key="", partner=name) for name in ("X", "Y")]
    assert len({event["UID"] for event in events(schedule(*unknown))}) == 2


def test_what_is_made_up_says_so():
    assert "Made up." in str(events(schedule(meeting(status="synthetic")))[0]["DESCRIPTION"])


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_stays_text_of_one_event(name: str):
    (event,) = events(schedule(meeting(participant=name, about=f"{name}\r\nEND:VEVENT")))

    assert str(event["SUMMARY"]).endswith("with Laser AG")
    assert len(list(Calendar.from_ical(to_ics(schedule(meeting(participant=name)), about())).walk())) == 2


def test_lines_are_at_most_75_bytes_long():
    content = to_ics(schedule(meeting(about="Ä" * 200)), about())
    assert max(map(len, content.split(b"\r\n"))) <= 75


def test_a_result_without_appointments_has_no_calendar():
    with pytest.raises(QuestionError, match=r"sample makes no appointments.*Ask `meetings`"):
        render(result(), about(), "ics")
    with pytest.raises(QuestionError, match=r"No meeting is scheduled.*Nothing to do"):
        to_ics(schedule(), about())


def test_nothing_is_left_out_in_silence():
    with pytest.raises(QuestionError, match=r"4 meetings lie beyond the limit.*limit 0"):
        to_ics(schedule(meeting(), cut=4), about())


def test_only_an_answer_with_appointments_has_this_form():
    assert "ics" in forms_of(schedule(meeting()))
    assert "ics" not in forms_of(schedule())
    assert "ics" not in forms_of(result())
