"""A file with its faults written in: the same rows, to be corrected and brought again."""

import csv
import datetime
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.files import open_document, workbook, write_files
from valuechain.model.batch import Batch, Fault, Place
from valuechain.sources import tabular
from valuechain.sources.corrections import correction_file
from valuechain.sources.delivery import Delivery
from valuechain.sources.open import read as read_anything
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import File
from valuechain.sources.tables.tables import read_tables
from valuechain.sources.tables.workbook import read_sheets

FIRMS = "Members\r\n\r\nid;name;staff;country\r\na;Alpha;3;DE\r\n\r\nb;=Beta;many;Germany\r\nc;-Gamma;-1;FR\r\n"


class _InMemory:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read_bytes(self) -> bytes:
        return self.data


def file(name: str, data: bytes | str) -> File:
    return File(name, _InMemory(data if isinstance(data, bytes) else data.encode()))  # type: ignore[arg-type]


def read(one: File) -> Batch:
    [batch] = tabular.read(Delivery("members", (one,)), Reading(as_="organisations", source="members"))
    return batch


def corrected(one: File) -> File:
    return file(*correction_file(one, read(one).faults))


def rows_of(one: File) -> list[list[str]]:
    return list(csv.reader(io.StringIO(one.content.decode("utf-8-sig"), newline=""), delimiter=";"))


def what_is_wrong(batch: Batch) -> list[tuple[int, str, str, str]]:
    return [(fault.place.row, fault.column, fault.value, fault.why) for fault in batch.faults]


def test_a_text_keeps_its_rows_and_separator_and_tells_the_faults_at_the_end():
    one = corrected(file("firms.csv", FIRMS))

    assert one.name == "firms-faults.csv"
    rows = rows_of(one)
    assert [row[:4] for row in rows] == [
        ["Members"], [], ["id", "name", "staff", "country"], ["a", "Alpha", "3", "DE"], [],
        ["b", "'=Beta", "many", "Germany"], ["c", "'-Gamma", "-1", "FR"],
    ]  # fmt: skip
    assert rows[2][4:] == ["fault", "advice"]
    assert rows[3][4:] == []
    assert rows[5][4].startswith("country: This is not a country code. · staff: This is not a number.")
    assert " · " in rows[5][5]
    assert rows[6][4] == "staff: The least value is 0."


def test_what_is_corrected_is_taken_in():
    one = corrected(file("firms.csv", FIRMS))
    mended = file(one.name, one.content.replace(b"many;Germany", b"12;DE").replace(b"-1;FR", b"1;FR"))
    batch = read(mended)

    assert (batch.rows_read, batch.refused) == (3, 0)
    assert [record.values["name"] for record in batch.records] == ["Alpha", "=Beta", "-Gamma"]
    assert all(not record.extra for record in batch.records)


def test_a_correction_file_is_a_delivery_of_the_same_name_and_kind(tmp_path: Path):
    name, content = correction_file(file("organisations.csv", "id,name\na,Alpha\nb,\n"), [])
    write_files(tmp_path, {name: content})
    [batch] = read_anything([tmp_path / name])

    assert (batch.source, batch.taken_for, batch.refused) == ("organisations", "organisations", 1)


def test_a_correction_file_of_a_correction_file_has_its_columns_once():
    one = corrected(corrected(file("firms.csv", FIRMS)))
    assert one.name == "firms-faults.csv"
    assert rows_of(one)[2] == ["id", "name", "staff", "country", "fault", "advice"]


def test_rows_that_are_too_long_stay_so():
    one = file("firms.csv", "id,name\na,Alpha,b,c\nd,Delta\n")
    assert what_is_wrong(read(corrected(one))) == what_is_wrong(read(one))


@pytest.mark.parametrize("form", ["xlsx", "ods"])
def test_a_workbook_keeps_its_sheets_cells_and_types(form: str):
    day = datetime.date(2020, 1, 31)
    firms: list[list[object]] = [
        ["id", "name", "staff", "founded"],
        ["a", "=Alpha", 3, day],
        ["b", "Beta", "many", True],
    ]
    sheets: dict[str, list[list[object]]] = {"organisations": firms, "Notes": [["Call back"]]}
    texts = {name: [[str(cell) for cell in row] for row in rows] for name, rows in sheets.items()}
    made = workbook(sheets) if form == "xlsx" else open_document(texts)
    one = file(f"firms.{form}", made)
    fault = Fault(Place(one.name, "organisations", 3), "staff", "many", "No number.", "Write digits.")
    name, content = correction_file(one, [fault, Fault(Place("other.csv", "", 2), "", "", "x", "y")])

    assert name == "firms-faults.xlsx"
    first, second = read_sheets(name, content)
    before = read_sheets(one.name, one.content)
    assert [grid.sheet for grid in (first, second)] == ["organisations", "Notes"]
    assert [line[:4] for line in first.lines] == [line[:4] for line in before[0].lines]
    assert [line[4:] for line in first.lines] == [("fault", "advice"), ("", ""), ("staff: No number.", "Write digits.")]
    assert second.lines == before[1].lines


def test_merged_cells_of_a_workbook_stay_merged():
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        sheet = book.add_worksheet("organisations")
        sheet.write_row(0, 0, ["id", "name", "city"])
        sheet.write_column(1, 0, ["a", "b"])
        sheet.write_column(1, 1, ["Alpha", "Beta"])
        sheet.merge_range(1, 2, 2, 2, "Jena")
    one = file("firms.xlsx", content.getvalue())
    again = file(*correction_file(one, []))

    assert [record.values["city"] for record in read(again).records] == ["Jena", "Jena"]


def test_sheets_get_names_that_excel_allows():
    rows = [["id", "name"], ["a", "b"]]
    one = file("a.ods", open_document({"offers: 2026/27 " + "x" * 40: rows, "offers  2026 27 " + "x" * 40: rows}))
    _, content = correction_file(one, [])
    names = [grid.sheet for grid in read_sheets("a.xlsx", content)]
    assert len(set(names)) == 2
    assert all(len(name) <= 31 for name in names)


def test_cells_that_excel_cannot_hold_are_texts():
    one = file("a.ods", open_document({"a": [["id", "name"], ["a", "x" * 40_000]]}))
    [grid] = read_sheets("a.xlsx", correction_file(one, [])[1])
    assert grid.lines[1][:2] == ("a", "x" * 32_767)


@pytest.mark.parametrize("name", ["firms.jsonl", "firms.json"])
def test_json_keeps_its_objects_and_gets_two_keys(name: str):
    objects = '{"id": "a", "name": "Alpha"}', '{"id": "b", "name": null, "tags": [1]}'
    one = file(name, "\n\n".join(objects) if name.endswith("l") else f"[{','.join(objects)}]")
    row = read(one).faults[0].place.row
    again = corrected(one)

    assert again.name == name.replace(".", "-faults.")
    assert '"tags": [1], "fault": "name: The cell is empty.", "advice": "Fill in' in again.content.decode()
    [table] = read_tables(again)
    assert table.columns == ("id", "name", "tags")
    assert [one.place.row for one in table.rows] == [1, row]


def test_a_line_that_is_no_json_stays_as_it_is():
    one = file("a.jsonl", '{"id": "a", "name": "x"}\nid;name\n[1]\n')
    assert correction_file(one, [])[1] == b'{"id": "a", "name": "x"}\nid;name\n[1]\n'


def test_a_file_without_a_table_is_copied_as_it_is():
    one = file("a.csv", "just;\n\nwords\n")
    assert rows_of(file(*correction_file(one, []))) == [["just", ""], [], ["words"]]


CELL = st.one_of(
    st.sampled_from(["", "3", "many", "DE", "-1", "=1+1", "'=x", "yes", 'a "b"', "x;y", "a\nb"]),
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=6),
)


@given(st.lists(st.lists(CELL, min_size=4, max_size=5), min_size=1, max_size=5))
def test_a_file_in_which_nothing_is_corrected_has_the_same_faults(rows: list[list[str]]):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";")
    writer.writerow(["id", "name", "staff", "country"])
    for number, row in enumerate(rows):
        writer.writerow([f"o{number}", *row])
    one = file("organisations.csv", text.getvalue())

    before, after = read(one), read(corrected(one))
    assert what_is_wrong(after) == what_is_wrong(before)
    assert [record.values for record in after.records] == [record.values for record in before.records]
