"""How results speak to people."""

from dataclasses import replace

import pytest

from tests.support.results import FINDINGS, TABLE, result
from valuechain.model.result import SEVERITIES, AnalysisHeader, Column, Result
from valuechain.model.schema import STATUSES
from valuechain.report import words


def test_every_severity_has_a_shape_and_a_word_of_its_own():
    assert len({words.SIGNS[one] for one in SEVERITIES}) == len({words.SEVERITY_WORDS[one] for one in SEVERITIES}) == 5


def test_every_status_has_a_word():
    assert set(words.STATUS_WORDS) == set(STATUSES)


def test_findings_stand_with_the_worst_first():
    assert [one.severity for one in words.ordered(FINDINGS)] == ["critical", "low", "info"]


def test_a_sentence_counts_what_rests_on_guesses_and_made_up_records():
    assert words.honesty(result()) == (
        "What rests on uncertain records: guessed: 1 of 3 findings and 1 of 3 table rows; "
        "made up: 1 of 3 findings and 1 of 3 table rows."
    )


def test_a_table_that_does_not_tell_its_status_counts_for_nothing():
    assert words.statuses(replace(TABLE, columns=TABLE.columns[:-1], rows=())) == []


def test_nothing_is_said_of_uncertain_records_where_there_are_none():
    assert words.honesty(Result()) == ""


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0.0, "0"),
        (0.123456, "0.123"),
        (1.5, "1.5"),
        (12.345, "12.3"),
        (999.6, "1,000"),
        (1234567.891, "1,234,568"),
        (0.0001, "< 0.001"),
        (-0.0001, "-< 0.001"),
        (-2.0, "-2"),
    ],
)
def test_a_number_has_about_three_telling_digits(value: float, text: str):
    assert words.number(value) == text


@pytest.mark.parametrize(
    ("column", "cell", "text"),
    [
        (Column("x", "text", ""), None, "–"),
        (Column("x", "text", ""), "", "–"),
        (Column("year", "integer", ""), 2026, "2026"),
        (Column("staff", "integer", ""), 12345, "12,345"),
        (Column("x", "boolean", ""), False, "no"),
        (Column("state", "text", ""), "no actor", "nobody here offers it"),
        (Column("state", "text", ""), "covered", "covered"),
        (Column("other", "text", ""), "no actor", "no actor"),
        (Column("status", "text", ""), "inferred", "guessed"),
        (Column("start", "datetime", ""), "2026-10-01T09:05", "2026-10-01 09:05"),
    ],
)
def test_a_cell_is_shown_as_people_read_it(column: Column, cell: str | int | None, text: str):
    assert words.shown(column, cell) == text


def test_a_heading_says_the_unit_unless_the_name_does():
    headings = [words.heading(column) for column in TABLE.columns]
    assert headings[3:6] == ["Orders", "Turnover, EUR", "Asked"]


def test_record_numbers_count_from_one_and_runs_are_drawn_together():
    assert words.positions((3, 4, 5, 8, 3)) == "4–6, 9"
    assert words.positions(()) == ""


def test_the_setting_says_revision_day_and_reader():
    assert words.setting(result()) == (
        "revision 7, as of 2026-04-01, valid on 2026-03-31, shown for: advisor, rests on records visible to: cluster"
    )
    assert words.setting(Result()).startswith("revision 0, valid on")


def test_of_a_parameter_that_is_a_whole_text_the_first_lines_are_shown():
    text = "\n".join(["organisation,loss", *(f"firm {number},1" for number in range(12))])
    result = Result(analysis=AnalysisHeader("a", "1", {"scenario": text, "eps": 0.01, "region": ""}))

    told = words.choices(result)

    assert told["scenario"].splitlines()[0] == "organisation,loss"
    assert told["scenario"].splitlines()[-1] == "... and 3 more lines"
    assert told["eps"] == "0.01"
    assert "region" not in told
