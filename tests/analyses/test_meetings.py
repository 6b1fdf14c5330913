"""A day of meetings: preferences as people write them, slots around breaks, and what found no place."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import Any

import pytest
from icalendar import Calendar
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.support.small import chain, firms, graph_of, links
from valuechain import registry
from valuechain.analyses import _meeting_schedule, _meeting_wishes
from valuechain.analyses._meeting_day import slots_of
from valuechain.analyses.meetings import meetings
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope
from valuechain.model.result import Finding, Result
from valuechain.report.data import to_csv
from valuechain.report.render import render
from valuechain.service import Service

DAY = "2026-10-01"
CHAIN = chain("glass>lens", "lens>camera")


def network() -> dict[str, Any]:
    """a and b of North make lenses, which x and y of South take for cameras; z of East too."""
    names = ("North", "South", "East")
    return {
        **CHAIN,
        "organisations": [*({"id": one, "name": one, "kind": "cluster"} for one in names), *firms(*"abxyz")],
        "memberships": links("memberships", "a North", "b North", "x South", "y South", "z East"),
        "offers": links("offers", "a lens", "b lens", "x camera", "y camera", "z camera"),
    }


def ask(preferences: str = "", cluster: str = "", rows: dict[str, Any] | None = None, **parameters: Any) -> Result:
    scope = Scope(clusters=tuple(f"test:{name}" for name in cluster.split()))
    graph = graph_of(rows or network()).within(scope)
    return meetings(graph, **{"day": DAY, "preferences": preferences, **parameters})


def held(result: Result) -> list[tuple[str, str]]:
    frame = result.frame("schedule")
    return sorted(zip(frame["participant"], frame["partner"], strict=True))


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


class TestTheDay:
    def slots(self, count: int, **given: Any) -> list[str]:
        told = {"start": datetime(2026, 10, 1, 9).time(), "minutes": 20, "pause": 5, "breaks": "", **given}
        return [f"{begin:%H:%M}-{end:%H:%M}" for begin, end in slots_of(date(2026, 10, 1), count=count, **told)]

    def test_slots_follow_each_other_with_time_to_change_tables(self):
        assert self.slots(3) == ["09:00-09:20", "09:25-09:45", "09:50-10:10"]

    def test_no_slot_touches_a_break(self):
        assert self.slots(3, breaks="09:20-09:30, 09:40-10:00") == ["09:00-09:20", "10:00-10:20", "10:25-10:45"]
        assert self.slots(1, breaks="08:30-09:10;09:10-09:15") == ["09:15-09:35"]

    def test_the_last_slot_ends_on_the_same_day(self):
        assert self.slots(2, minutes=450, pause=0)[-1] == "16:30-00:00"
        with pytest.raises(QuestionError, match="only 2 of 3 slots of 450 minutes fit into the day"):
            self.slots(3, minutes=450, pause=0)

    @pytest.mark.parametrize("breaks", ["12:00", "13:00-12:00", "noon-13:00", "12:00-13:00-14:00", "25:00-26:00"])
    def test_breaks_that_are_none_are_refused(self, breaks: str):
        with pytest.raises(QuestionError, match="breaks: "):
            self.slots(1, breaks=breaks)

    def test_a_day_and_a_start_that_are_none_are_refused(self):
        with pytest.raises(QuestionError, match=r"day: '1\.10\.2026' is not a date"):
            ask(day="1.10.2026")
        with pytest.raises(QuestionError, match="start: 'nine' is no time of day"):
            ask(start="nine")

    def test_without_a_day_the_schedule_is_a_draft_on_that_of_the_data(self):
        result = ask("participant,partner,rank\na,x,1", day="")
        assert any(note.startswith("No day was named: the schedule is a draft on ") for note in result.notes)


class TestPreferences:
    def test_in_ranks_count_one_over_the_rank_and_those_of_both_sides_add_up(self):
        result = ask("participant,partner,rank\na,x,1\na,y,2\ny,a,1\n")
        scores = dict(zip(result.frame("schedule")["partner"], result.frame("schedule")["score"], strict=True))

        assert scores == {"x": 1.0, "y": 1.5}
        assert result.frame("schedule")["why"].tolist().count("Both wish it.") == 1

    def test_name_organisations_by_key_or_name_and_others_as_they_are_written(self):
        result = ask("participant,partner,score\ntest:a,X,2\nA,Elsewhere Inc,1")

        assert held(result) == [("a", "Elsewhere Inc"), ("a", "x")]
        assert "1 participant is not known here by that name and is taken as written: Elsewhere Inc." in result.notes
        keys = dict(zip(result.frame("participants")["organisation"], result.frame("participants")["organisation_key"],
                        strict=True))  # fmt: skip
        assert keys == {"a": "test:a", "x": "test:x", "Elsewhere Inc": ""}

    def test_may_be_told_in_any_order(self):
        rows = ["a,x,3", "a,y,2", "b,x,2", "b,y,4"]
        first, second = (ask("\n".join(["participant,partner,score", *some])) for some in (rows, rows[::-1]))
        assert first.tables[0].rows == second.tables[0].rows

    def test_are_taken_from_the_table_that_partners_gives(self):
        graph = graph_of(network())
        told = registry.get("partners")(graph, pairs=1).table("meetings")

        assert held(ask(to_csv(told))) == held(ask())

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("participant,rank\na,1", "the header lacks partner"),
            ("participant,partner\na,x", "rank or score is missing"),
            ("participant,partner,rank,score\na,x,1,1", "rank and score contradict"),
            ("participant,partner,rank\n", "there is no row"),
            ("participant,partner,rank\na,x,0", r"line 2: rank '0' is not a whole number from 1 on"),
            ("participant,partner,rank\na,x,1.5", r"line 2: rank '1\.5' is not a whole number"),
            ("participant,partner,score\na,x,-1", r"line 2: score '-1' is not a number above 0"),
            ("participant,partner,score\na,x,nan", "line 2: score 'nan'"),
            ("participant,partner,score\na,x,much", "line 2: score 'much'"),
            ("participant,partner,score\na,test:a,1", "line 2: a with itself"),
            ("participant,partner,score\na,x,1\nA,X,2", "line 3: a with x stands there already"),
            ("participant,partner,score\na,,1", "line 2: a name is missing"),
            ("participant,partner,score,contact\na,x,1,Muster", "contact: data about persons are not taken"),
            ("participant,partner,score,E-Mail\na,x,1,", "E-Mail: data about persons are not taken"),
            ("participant,partner,score\na,x@example.org,1", "line 2: an e-mail address stands there"),
        ],
    )
    def test_at_fault_are_refused_with_the_line(self, text: str, message: str):
        with pytest.raises(QuestionError, match=message):
            ask(text)

    def test_beyond_what_is_taken_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(_meeting_wishes, "MOST", 1)
        with pytest.raises(QuestionError, match="2 rows are too many"):
            ask("participant,partner,score\na,x,1\na,y,1")

    def test_of_a_name_that_two_bear_are_taken_as_written(self):
        rows = {**network(), "organisations": [*network()["organisations"], {"id": "a2", "name": "a", "kind": "sme"}]}
        result = ask("participant,partner,score\na,x,1", rows=rows)
        assert result.frame("schedule")["participant_key"].tolist() == [""]


class TestTheSchedule:
    def test_is_made_of_the_shortlist_of_two_clusters(self):
        result = ask(cluster="North South")

        assert held(result) == [("a", "x"), ("a", "y"), ("b", "x"), ("b", "y")]
        assert result.table("schedule").title == "Meetings of North with South"
        assert (
            result.verdict
            == "All 4 meetings find a place on 1 October 2026 from 09:00 to 09:45. No schedule counts more."
        )

    def test_is_that_of_the_best_partner_of_one_cluster(self):
        assert {partner for _, partner in held(ask(cluster="East"))} <= {"a", "b", "z"}

    def test_lists_everybodys_own_timetable(self):
        frame = ask(cluster="North South").frame("timetable")

        assert frame["organisation"].tolist() == list("aabbxxyy")
        for _, own in frame.groupby("organisation"):
            assert own["start"].is_monotonic_increasing
            assert own["start"].is_unique

    def test_says_what_found_no_place_and_why(self):
        result = ask("participant,partner,score\na,x,5\na,y,3\nb,x,3", slots=1)

        assert held(result) == [("a", "y"), ("b", "x")]
        assert result.frame("not_scheduled")[["participant", "partner", "reason"]].to_numpy().tolist() == [
            ["a", "x", "a and x have another meeting in every slot."]
        ]
        finding = only(result, "without-place")
        assert finding.severity == "medium"  # 5 of 11
        assert finding.title == "1 meeting worth 45% of what was wished finds no place"
        assert finding.action == (
            "One more slot would allow 1 more meeting (45% of what was wished); "
            "one more table would allow nothing more."
        )

    def test_says_when_the_tables_are_the_limit_and_who_has_no_meeting(self):
        result = ask("participant,partner,score\na,x,5\nb,y,1", slots=1, tables=1)

        assert result.frame("not_scheduled")["reason"].tolist() == ["Every table is taken in every slot."]
        finding = only(result, "without-meeting")
        assert (finding.severity, finding.title, finding.subjects) == (
            "medium", "b and y have no meeting", ("test:b", "test:y"),
        )  # fmt: skip
        assert only(result, "without-place").severity == "low"  # 1 of 6

    def test_says_where_the_best_is_not_proven(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(_meeting_schedule, "SIZE", 0)
        result = ask("participant,partner,score\na,b,3\nb,x,2\na,x,1", slots=2)

        assert only(result, "not-proven").severity == "info"
        assert result.verdict.endswith("They count 83% of the most that any schedule could.")
        assert result.frame("not_scheduled")["reason"].tolist() == ["In no slot are both free and a table too."]

    def test_of_nothing_says_so(self):
        result = ask(rows={**CHAIN, "organisations": firms("a", "b")})

        assert result.verdict.startswith("Not assessed: there is no list of preferences")
        assert not result.findings
        with pytest.raises(QuestionError, match="No meeting is scheduled"):
            render(result, registry.get("meetings"), "ics")


class TestOnTheDemo:
    ASKED = {"with": "synthetic", "market": "US", "day": DAY, "tables": 3, "slots": 4}  # noqa: RUF012

    def test_more_is_wished_than_three_tables_hold_and_no_place_is_empty(self, demo: Service):
        result = demo.run("meetings", self.ASKED)

        assert len(result.table("schedule").rows) == 12
        assert len(result.table("not_scheduled").rows) == 7
        assert result.verdict.endswith("No schedule counts more.")

    def test_the_calendar_holds_the_schedule(self, demo: Service):
        result = demo.run("meetings", self.ASKED)
        events: list[Any] = Calendar.from_ical(render(result, registry.get("meetings"), "ics")).walk("VEVENT")
        told = {(f"{one['DTSTART'].dt:%Y-%m-%dT%H:%M}", str(one["LOCATION"])) for one in events}

        frame = result.frame("schedule")
        assert told == {(start, f"Table {table}") for start, table in zip(frame["start"], frame["table"], strict=True)}

    def test_the_workbook_holds_typed_times(self, demo: Service):
        book = load_workbook(io.BytesIO(render(demo.run("meetings", self.ASKED), registry.get("meetings"), "xlsx")))
        assert book["schedule"]["A2"].value == datetime(2026, 10, 1, 9, 0)

    def test_what_partners_gives_as_csv_can_be_handed_on(self, demo: Service):
        told = render(
            demo.run("partners", {"with": "synthetic", "market": "US"}), registry.get("partners"), "csv", "meetings"
        )
        result = demo.run("meetings", {**self.ASKED, "preferences": told.decode("utf-8-sig")})

        assert len(list(csv.reader(io.StringIO(told.decode())))) == 20
        assert held(result) == held(demo.run("meetings", self.ASKED))
