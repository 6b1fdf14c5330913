"""Kinds of files that hold tables: whatever the form, the same rows."""

from pathlib import Path

import pytest

from tests.sources.files import binary_workbook, open_document, workbook, write_files, zipped
from valuechain.model.batch import Place
from valuechain.model.errors import DataError
from valuechain.sources.delivery import open_delivery
from valuechain.sources.tables.table import Table
from valuechain.sources.tables.tables import read_tables

HEADER = ("id", "name", "staff")
ROWS: list[list[str | float]] = [["id", "name", "staff"], ["a", "Müller GmbH", 12], ["b", "Łódź Optyka", 7.5]]
TEXTS = [[str(cell) for cell in row] for row in ROWS]
OLD_WORKBOOK = Path(__file__).parents[2] / "data/tables/firms.xls"
"""As Excel 97 to 2003 writes it."""

FORMS: dict[str, tuple[str, bytes]] = {
    ".xlsx": ("Firms", workbook({"Firms": ROWS})),
    ".xlsm": ("Firms", workbook({"Firms": ROWS})),
    ".xlsb": ("Firms", binary_workbook(ROWS)),
    ".xls": ("Firms", OLD_WORKBOOK.read_bytes()),
    ".ods": ("Firms", open_document({"Firms": TEXTS})),
    ".csv": ("", "\n".join(",".join(row) for row in TEXTS).encode()),
    ".tsv": ("", "\n".join("\t".join(row) for row in TEXTS).encode()),
    ".txt": ("", "\n".join("|".join(row) for row in TEXTS).encode()),
}


def tables(folder: Path, name: str, content: bytes) -> tuple[Table, ...]:
    write_files(folder, {name: content})
    [file] = open_delivery(folder / name).files
    assert file.is_table
    return read_tables(file)


@pytest.mark.parametrize("form", FORMS)
def test_the_same_rows_come_out_of_every_form(tmp_path: Path, form: str):
    sheet, content = FORMS[form]
    [table] = tables(tmp_path, f"firms{form}", content)

    assert table.columns == HEADER
    assert [[str(cell) for cell in row.cells.values()] for row in table.rows] == TEXTS[1:]
    assert [row.place for row in table.rows] == [Place(f"firms{form}", sheet, 2), Place(f"firms{form}", sheet, 3)]
    assert table.assumed == ()


class TestJson:
    LINES = '{"id": "a", "name": "Müller", "staff": 12}\n\n{"id": "b", "tags": ["x", {"y": 1}], "ok": true}\n'

    @pytest.mark.parametrize("ending", [".jsonl", ".ndjson"])
    def test_lines_are_rows_keys_are_columns_and_what_is_nested_is_text(self, tmp_path: Path, ending: str):
        [table] = tables(tmp_path, f"firms{ending}", self.LINES.encode())

        assert table.columns == ("id", "name", "staff", "tags", "ok")
        assert [(row.place.row, dict(row.cells)) for row in table.rows] == [
            (1, {"id": "a", "name": "Müller", "staff": 12}),
            (3, {"id": "b", "name": None, "staff": None, "tags": '["x", {"y": 1}]', "ok": True}),
        ]

    def test_an_array_of_objects_is_a_table_too(self, tmp_path: Path):
        [table] = tables(tmp_path, "firms.json", b'\n [{"id": "a", "n": 1}, {"id": "b", "n": null}]')
        assert [(row.place.row, dict(row.cells)) for row in table.rows] == [
            (1, {"id": "a", "n": 1}),
            (2, {"id": "b", "n": None}),
        ]

    def test_a_json_file_that_is_no_array_is_no_table(self, tmp_path: Path):
        write_files(tmp_path, {"package.json": '{"name": "x"}', "notes.json": "", "firms.csv": "id,name\na,b\n"})
        delivery = open_delivery(tmp_path)
        assert [table.file for table in delivery.tables] == ["firms.csv"]

    def test_a_line_that_holds_no_object_is_refused_and_counted(self, tmp_path: Path):
        [table] = tables(tmp_path, "a.jsonl", b'{"id": "a", "n": 1}\n{"id": \n[1, 2]\n' + b"[" * 100_000 + b"\n{}\n")
        assert table.rows_read == 4
        assert [(fault.place.row, fault.value[:6]) for fault in table.faults] == [
            (2, '{"id":'),
            (3, "[1, 2]"),
            (4, "[" * 6),
        ]

    def test_what_json_does_not_know_stays_a_word(self, tmp_path: Path):
        [table] = tables(tmp_path, "a.jsonl", b'{"id": "a", "n": NaN}')
        assert table.rows[0].cells["n"] == "NaN"

    @pytest.mark.parametrize(
        ("name", "content", "why"),
        [
            ("a.json", b'[{"id": 1}', "is not whole JSON"),
            ("a.json", b"[" * 100_000, "nests too deep"),
            ("a.json", b"[]", "holds no JSON objects"),
            ("a.jsonl", b"id,name\n1,b\n", "holds no JSON objects"),
            ("a.jsonl", b"PK\x03\x04", "is a zip or an office document"),
        ],
    )
    def test_what_is_no_json_says_why(self, tmp_path: Path, name: str, content: bytes, why: str):
        with pytest.raises(DataError, match=why) as caught:
            tables(tmp_path, name, content)
        assert caught.value.advice

    def test_a_file_of_blanks_holds_no_table(self, tmp_path: Path):
        assert tables(tmp_path, "a.jsonl", b"\n \n") == ()

    def test_a_file_beyond_all_measure_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.json_lines.MOST_BYTES", 3)
        with pytest.raises(DataError, match="larger than 3 bytes"):
            tables(tmp_path, "a.jsonl", b'{"a": 1}')


class TestWorkbooksOfSeveralSheets:
    def test_each_sheet_is_a_table_and_empty_ones_are_none(self, tmp_path: Path):
        found = tables(tmp_path, "a.xlsx", workbook({"one": ROWS, "none": [], "two": ROWS}))
        assert [table.title for table in found] == ["a.xlsx, sheet one", "a.xlsx, sheet two"]

    def test_a_sheet_that_is_no_table_is_left_out_and_said(self, tmp_path: Path):
        [table] = tables(tmp_path, "a.xlsx", workbook({"Notes": [["Please call"]], "Firms": ROWS}))
        assert table.assumed == ("a.xlsx, sheet Notes was left out: it is no table.",)

    def test_a_workbook_without_a_table_says_why(self, tmp_path: Path):
        with pytest.raises(DataError, match="sheet Notes shows a single column"):
            tables(tmp_path, "a.xlsx", workbook({"Notes": [["Please call"]]}))


def test_a_zip_may_hold_every_form(tmp_path: Path):
    write_files(tmp_path, {"all.zip": zipped({f"firms{form}": content for form, (_, content) in FORMS.items()})})
    assert len(open_delivery(tmp_path / "all.zip").tables) == len(FORMS)
