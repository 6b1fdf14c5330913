"""The workbook: typed cells, units, and no text that a spreadsheet would run."""

import io
import zipfile
from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]
from python_calamine import CalamineWorkbook

from tests.support.results import HOSTILE, TABLE, about, hostile, result
from valuechain.model.result import STATUS, Column, Result, Table
from valuechain.report.xlsx import to_xlsx

Sheets = dict[str, list[list[Any]]]


def sheets(one: Result) -> Sheets:
    book = CalamineWorkbook.from_filelike(io.BytesIO(to_xlsx(one, about())))
    return {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}


def test_has_a_sheet_about_itself_one_for_findings_one_per_table_one_for_sources_and_records():
    assert list(sheets(result())) == ["Overview", "Findings", "firms", "Sources", "Records"]


def test_tells_question_answer_options_and_what_rests_on_guesses():
    told = {str(label): str(text) for label, text in sheets(result())["Overview"]}

    assert told["Question"] == "Which samples are there?"
    assert told["Answer"] == "Two of three firms are wanting."
    assert "guessed: 1 of 3 findings" in told["Uncertain records"]
    assert told["Option least"] == "0.5"
    assert told["Left out of firms"] == "7 rows"
    assert told["Left out of Records"] == "2 records"
    assert told["Formula"] == "x < y & z."


def test_cells_are_typed_and_the_header_names_units():
    header, first, second, third = sheets(result())["firms"]

    assert header[:6] == ["Firm", "Firm key", "State", "Orders", "Turnover, EUR", "Asked"]
    assert first == [
        "Optik GmbH", "a:optik", "here, but not connected", 12.0, 1234567.891, True, date(2026, 3, 31), "declared",
        "1–3",
    ]  # fmt: skip
    assert second[4:8] == ["", False, "2026", "guessed"]
    assert third[7] == "made up"


def test_yes_and_no_are_typed_and_shown_in_words_where_a_spreadsheet_would_show_numbers():
    cell = load_workbook(io.BytesIO(to_xlsx(result(), about())))["firms"]["F2"]

    assert cell.value is True
    assert cell.number_format == '"yes";"yes";"no"'


def test_the_worst_finding_stands_first_with_its_records():
    rows = sheets(result())["Findings"]

    assert rows[1][:4] == ["Critical", "Nobody offers lenses", "Three firms need them.", "Find a supplier."]
    assert rows[1][-2:] == ["guessed", "1–3, 5"]


def test_every_record_is_listed_by_its_number():
    rows = sheets(result())["Records"]

    assert [row[0] for row in rows[1:]] == [1.0, 2.0, 3.0, 4.0, 5.0]
    assert rows[2][2:7] == ["a", "offers.csv", "", 3.0, date(2026, 3, 31)]


def test_the_files_behind_it_are_listed_the_surest_first():
    rows = sheets(result())["Sources"]

    assert rows[0] == ["Source", "File", "Kind", "Status", "Newest", "Rows", "Records"]
    assert rows[1] == ["a", "offers.csv", "offer", "confirmed", date(2026, 3, 31), "5", 1.0]
    assert len(rows) == 6


def test_the_header_is_frozen():
    with zipfile.ZipFile(io.BytesIO(to_xlsx(result(), about()))) as book:
        assert b'state="frozen"' in book.read("xl/worksheets/sheet3.xml")


def test_sheets_print_on_a4_as_wide_as_one_page_with_the_header_on_each():
    book = load_workbook(io.BytesIO(to_xlsx(result(), about())))
    page = book["firms"].page_setup

    assert (int(page.paperSize), page.orientation) == (9, "landscape")
    assert book["firms"].sheet_properties.pageSetUpPr.fitToPage
    assert int(page.fitToHeight) == 0
    assert book["firms"].print_title_rows == "$1:$1"


def test_columns_of_sentences_are_wider_than_those_of_words():
    columns = (Column("state", "text", ""), Column("who", "text", ""), Column("reason", "text", ""))
    row = ("met", "An organisation with a long name", "It says so itself, and others have said it too. " * 5)
    book = load_workbook(
        io.BytesIO(to_xlsx(replace(result(), tables=(Table("t", "T", columns, (row,), ((),)),)), about()))
    )

    assert [book["t"].column_dimensions[letter].width for letter in "ABC"] == pytest.approx([10, 28, 44], abs=1)
    assert book["t"].row_dimensions[2].height == pytest.approx(15 * 7)


@pytest.mark.parametrize("name", HOSTILE)
def test_no_name_becomes_a_formula_or_a_link(name: str):
    content = to_xlsx(hostile(), about())
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        parts = [book.read(part) for part in book.namelist() if part.startswith("xl/worksheets/sheet")]

    assert not any(b"<f>" in part or b"<hyperlink" in part for part in parts)
    assert name in [row[0] for row in sheets(hostile())["firms"]]


def test_sheet_names_are_allowed_and_differ():
    names = ["a/b:c*d?e[f]g'h", "x" * 40, "X" * 40, "overview", "findings"]
    tables = tuple(replace(TABLE, name=name) for name in names)
    found = list(sheets(replace(result(), tables=tables)))

    assert len(found) == len({name.lower() for name in found}) == 9
    assert max(map(len, found)) <= 31


def test_equal_results_make_equal_workbooks():
    assert to_xlsx(result(), about()) == to_xlsx(result(), about())


def test_an_empty_result_makes_a_workbook_too():
    assert list(sheets(Result())) == ["Overview", "Findings", "Sources", "Records"]


def test_text_longer_than_a_cell_holds_is_cut():
    long = replace(TABLE, rows=(("x" * 40_000, *TABLE.rows[0][1:]),), evidence=((),))
    assert len(str(sheets(replace(result(), tables=(long,)))["firms"][1][0])) == 32_767


def test_times_are_typed_too():
    columns = (Column("start", "datetime", "When"), STATUS)
    table = Table("day", "Day", columns, (("2026-10-01T09:05", "declared"), (None, "declared")), ((), ()))
    rows = sheets(Result(tables=(table,)))["day"]

    assert [row[0] for row in rows[1:]] == [datetime(2026, 10, 1, 9, 5), ""]


def test_numbers_of_one_column_are_shown_with_the_same_number_of_decimals_and_hold_all_of_theirs():
    rows = ((1.9, 3), (2.64123, None))
    columns = (Column("gain", "number", ""), Column("count", "integer", ""))
    book = load_workbook(
        io.BytesIO(to_xlsx(replace(result(), tables=(Table("t", "T", columns, rows, ((), ())),)), about()))
    )

    cells = [[book["t"].cell(row, column) for column in (1, 2)] for row in (2, 3)]
    assert [[cell.number_format for cell in row] for row in cells] == [["#,##0.00", "General"]] * 2
    assert cells[1][0].value == 2.64123
