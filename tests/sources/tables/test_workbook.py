"""Workbooks: typed cells, and what a workbook must not do to its reader."""

import datetime
import io
import zipfile

import pytest
import xlsxwriter

from tests.sources.files import workbook, zipped
from valuechain.model.errors import DataError
from valuechain.sources.tables.workbook import read_sheets


def with_part(data: bytes, name: str, old: bytes, new: bytes) -> bytes:
    """The workbook with one of its parts changed."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part: archive.read(part) for part in archive.namelist()}
    assert old in parts[name]
    parts[name] = parts[name].replace(old, new)
    return zipped(parts)


def test_each_sheet_comes_with_its_cells_typed():
    day, moment = datetime.date(2026, 3, 31), datetime.datetime(2026, 3, 31, 8, 30)
    data = workbook({"a": [["id", 5, 2.5, True], [day, moment, None, ""]], "b": []})

    [grid] = read_sheets("list.xlsx", data)
    assert (grid.sheet, grid.lines) == ("a", [("id", 5, 2.5, True), (day, moment, "", "")])
    assert [type(cell) for cell in grid.lines[0]] == [str, int, float, bool]


def test_rows_and_columns_are_counted_from_the_corner_of_the_sheet():
    data = workbook({"a": [[], [], [None, "id"]]})

    [grid] = read_sheets("list.xlsx", data)
    assert (list(grid.numbers), grid.lines) == ([3], [("", "id")])


def test_a_time_of_day_is_text():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "hh:mm"}) as book:
        book.add_worksheet("a").write(0, 0, datetime.time(8, 30))

    assert read_sheets("list.xlsx", content.getvalue())[0].lines == [("08:30:00",)]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"", "is not a whole workbook"),
        (b"id,name\na,b\n", "is not a whole workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "is not a whole workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "is not a readable workbook"),
        (zipped({"organisations.csv": "id,name"}), "is not a workbook"),
        (zipped({"[Content_Types].xml": "<Types/>"}), "is not a readable workbook"),
        (workbook({"a": [["id"]]})[:-200], "is not a whole workbook"),
    ],
)
def test_what_is_no_workbook_says_why_and_what_to_do(data: bytes, why: str):
    with pytest.raises(DataError, match=why) as caught:
        read_sheets("list.xlsx", data)
    assert "list.xlsx" in caught.value.what
    assert caught.value.advice


def test_a_workbook_that_unfolds_beyond_all_measure_is_refused(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("valuechain.sources.tables.workbook_check.MOST_BYTES", 1_000)
    with pytest.raises(DataError, match="unfolds into more than"):
        read_sheets("list.xlsx", workbook({"a": [["id"]]}))


@pytest.mark.parametrize("position", [b"XFD1048576", b"A99999999", b"xfd99999", b"ZZZZZZZ9"])
def test_one_cell_far_away_is_refused_before_the_sheet_is_unfolded(position: bytes):
    data = workbook({"a": [["id"], ["b"]]})
    far = with_part(data, "xl/worksheets/sheet1.xml", b'r="A2" t=', b'r="' + position + b'" t=')

    with pytest.raises(DataError, match="Delete what stands far below or right"):
        read_sheets("list.xlsx", far)


def test_sheets_that_hold_a_chart_are_no_tables():
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        book.add_worksheet("a").write_row(0, 0, [1, 2])
        chart = book.add_chart({"type": "line"})
        chart.add_series({"values": "=a!$A$1:$B$1"})
        book.add_chartsheet("drawing").set_chart(chart)

    assert [grid.sheet for grid in read_sheets("list.xlsx", content.getvalue())] == ["a"]


def test_letters_taken_apart_before_they_came_into_a_sheet_are_put_together_and_that_is_said():
    [grid] = read_sheets("list.xlsx", workbook({"a": [["id", "name"], [1, "MÃ¼ller"], [2, "Plain"]]}))
    assert grid.lines[1:] == [(1, "Müller"), (2, "Plain")]
    assert "such as 'MÃ¼ller' to 'Müller'" in grid.assumed[0]

    [grid] = read_sheets("list.xlsx", workbook({"a": [["id", "name"], [1, "MÃ¼ller"], [2, "Größe"]]}))
    assert grid.lines[1] == (1, "MÃ¼ller")
    assert "nothing was changed" in grid.assumed[0]
