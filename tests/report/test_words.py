"""How results speak to people."""

from dataclasses import replace

import pytest

from tests.support.results import FINDINGS, TABLE, result
from valuechain.model.result import SEVERITIES, AnalysisHeader, Cell, Column, Result, Table
from valuechain.report import codes, words


def test_every_severity_has_a_shape_and_a_word_of_its_own():
    assert len({words.SIGNS[one] for one in SEVERITIES}) == len({codes.SEVERITY_WORDS[one] for one in SEVERITIES}) == 5


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
    ("cells", "texts"),
    [
        ((1.9, 2.64, 3.0), ["1.90", "2.64", "3.00"]),
        ((2, 1.5, None), ["2.0", "1.5", "–"]),
        ((0.006, 0.239, 0.1), ["0.006", "0.239", "0.100"]),
        ((13.3, 0.154), ["13.30", "0.15"]),
        ((12_345.6, 0.2), ["12,346", "< 1"]),
        ((1.0, 4.0), ["1", "4"]),
        ((2026, 12_345), ["2026", "12,345"]),
        ((-2.5, 0.25), ["-2.50", "0.25"]),
    ],
)
def test_numbers_of_one_column_have_the_same_number_of_decimals(cells: tuple[Cell, ...], texts: list[str]):
    column = Column("x", "number", "")
    table = Table("t", "T", (column,), tuple((cell,) for cell in cells), ((),) * len(cells))
    (decimals,) = words.decimals_of(table)
    assert [words.shown(column, cell, decimals) for cell in cells] == texts


def test_a_column_without_numbers_has_no_decimals():
    assert words.decimals_for([None, "x", True]) is None


def test_where_each_row_has_a_unit_of_its_own_each_number_stands_for_itself():
    value, chance = Column("value", "number", ""), Column("chance", "number", "", "0..1")
    rows = ((39.2, 0.25, "organisations"), (0.018, 0.5, "0..1"))
    table = Table("t", "T", (value, chance, Column("unit", "text", "")), rows, ((), ()))
    assert words.decimals_of(table) == (None, 2, None)


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
        (Column("start", "datetime", ""), "2026-10-01T09:05", "1 Oct 2026, 09:05"),
    ],
)
def test_a_cell_is_shown_as_people_read_it(column: Column, cell: str | int | None, text: str):
    assert words.shown(column, cell) == text


def test_a_heading_says_the_unit_unless_the_name_does():
    headings = [words.heading(column) for column in TABLE.columns]
    assert headings[3:6] == ["Orders", "Turnover, EUR", "Asked"]
    assert words.heading(Column("lead_time_days", "integer", "", "days")) == "Lead time, days"


def test_record_numbers_count_from_one_and_runs_are_drawn_together():
    assert words.positions((3, 4, 5, 8, 3)) == "4–6, 9"
    assert words.positions(()) == ""


def test_the_setting_says_revision_day_and_reader():
    assert words.setting(result()) == (
        "revision 7, as of 1 April 2026, valid on 31 March 2026, shown for: advisors, "
        "rests on records visible to: members of the cluster"
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


def test_facts_about_one_are_told_in_words_and_other_tables_stay():
    columns = (Column("name", "text", ""), Column("value", "text", ""), Column("status", "text", ""))
    rows = (("kind", "sme", "declared"), ("newest record", "2026-03-18", "declared"))
    told = words.told_facts(Table("facts", "Facts", columns, rows, ((), ())))

    assert told.rows == (("kind", "SME", "declared"), ("newest record", "18 Mar 2026", "declared"))
    assert words.told_facts(TABLE) is TABLE
