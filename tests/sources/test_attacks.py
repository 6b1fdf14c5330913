"""Files made to do harm: each ends in a clear refusal or in plain rows, soon and in little memory."""

import io
import struct
import time
import tracemalloc
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sources.files import binary_workbook, open_document, open_document_cell, workbook, write_files, zipped
from tests.sources.tables.test_workbook import with_part
from valuechain.model.errors import DataError
from valuechain.sources.delivery import open_delivery
from valuechain.sources.tables.files import File
from valuechain.sources.tables.table import Table
from valuechain.sources.tables.tables import read_tables
from valuechain.sources.tables.workbook import sheets_in

FIRMS = "id,name\na,Alpha\nb,Beta\n"


@pytest.fixture(autouse=True)
def _soon() -> Iterator[None]:
    """No attack takes long, measured in time of the processor."""
    started = time.process_time()
    yield
    assert time.process_time() - started < 10


class _InMemory:
    def __init__(self, data: bytes) -> None:
        self.data = data

    def read_bytes(self) -> bytes:
        return self.data


def tables(name: str, data: bytes) -> tuple[Table, ...]:
    return read_tables(File(name, _InMemory(data)))  # type: ignore[arg-type]


def refused(name: str, data: bytes, why: str) -> None:
    with pytest.raises(DataError, match=why) as caught:
        tables(name, data)
    assert caught.value.advice


class TestZips:
    def opened(self, folder: Path, data: bytes) -> None:
        open_delivery(write_files(folder, {"data.zip": data}) / "data.zip")

    def test_a_zip_in_a_zip_is_refused(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"data\.zip holds another zip, inner\.zip\. Unpack it"):
            self.opened(tmp_path, zipped({"inner.zip": zipped({"a.csv": FIRMS}), "b.csv": FIRMS}))

    def test_a_zip_of_high_ratio_is_refused_before_it_is_unfolded(self, tmp_path: Path):
        data = bytearray(zipped({f"{number}.csv": bytes(1_000_000) for number in range(3)}))
        for place in _central_entries(data):
            data[place + 24 : place + 28] = struct.pack("<I", 0xFFFF_FFF0)
        with pytest.raises(DataError, match="unfolds into more"):
            self.opened(tmp_path, bytes(data))

    def test_a_zip_whose_files_overlap_counts_each_of_them(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.delivery.MOST_BYTES", 50_000)
        data = bytearray(zipped({f"{number}.csv": bytes(20_000) for number in range(3)}))
        for place in _central_entries(data):
            data[place + 42 : place + 46] = struct.pack("<I", 0)
        with pytest.raises(DataError, match="unfolds into more"):
            self.opened(tmp_path, bytes(data))

    def test_a_file_that_unfolds_into_more_than_it_says_is_refused(self, tmp_path: Path):
        data = bytearray(zipped({"a.csv": b"id,name\n" + b"a,b\n" * 100_000}))
        for place in _central_entries(data):
            data[place + 24 : place + 28] = struct.pack("<I", 8)
        folder = write_files(tmp_path, {"data.zip": bytes(data)})
        with pytest.raises(DataError, match="cannot be read"):
            _ = open_delivery(folder / "data.zip").tables

    def test_a_zip_of_very_many_files_is_refused(self, tmp_path: Path):
        with pytest.raises(DataError, match="more than 1,000 files"):
            self.opened(tmp_path, zipped({f"{number}.csv": "" for number in range(1_001)}))

    @pytest.mark.parametrize(
        "name", ["../evil.csv", "/etc/evil.csv", "a/../../evil.csv", "C:\\evil.csv", "..\\evil.csv", "//x"]
    )
    def test_names_that_lead_out_are_refused_and_nothing_is_written(self, tmp_path: Path, name: str):
        folder = tmp_path / "deep" / "down"
        with pytest.raises(DataError, match="whose name leads out of it"):
            self.opened(folder, zipped({name: FIRMS, "a.csv": FIRMS}))
        assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["data.zip"]


def _central_entries(data: bytes | bytearray) -> list[int]:
    """Where the entries of a zip's directory begin."""
    found, place = [], data.find(b"PK\x01\x02")
    while place >= 0:
        found.append(place)
        place = data.find(b"PK\x01\x02", place + 4)
    return found


class TestWorkbooks:
    BOMB = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def test_entities_in_an_xlsx_are_refused(self):
        data = with_part(workbook({"a": [["id"]]}), "xl/sharedStrings.xml", b"<sst", self.BOMB.encode() + b"<sst")
        refused("a.xlsx", data, "declares words of its own")

    def test_entities_in_an_ods_are_refused(self):
        plain = open_document({"a": [["id", "name"], ["x", "y"]]})
        with zipfile.ZipFile(io.BytesIO(plain)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["content.xml"] = self.BOMB.encode() + parts["content.xml"]
        refused("a.ods", zipped(parts), "declares words of its own")

    def test_a_dimension_that_claims_everything_costs_nothing(self):
        data = with_part(
            workbook({"a": [["id", "name"], ["x", "y"]]}), "xl/worksheets/sheet1.xml",
            b'<dimension ref="A1:B2"/>', b'<dimension ref="A1:XFD1048576"/>',
        )  # fmt: skip
        [table] = tables("a.xlsx", data)
        assert len(table.rows) == 1

    def test_ten_million_formatted_cells_without_a_word_are_none(self):
        rows = "".join(f'<row r="{n}"><c r="A{n}" s="1"/><c r="AZ{n}" s="1"/></row>' for n in range(3, 200_000))
        data = with_part(
            workbook({"a": [["id", "name"], ["x", "y"]]}), "xl/worksheets/sheet1.xml",
            b"</sheetData>", rows.encode() + b"</sheetData>",
        )  # fmt: skip
        [table] = tables("a.xlsx", data)
        assert len(table.rows) == 1

    def test_a_cell_far_away_is_refused_although_it_looks_empty(self):
        far = b'<row r="1048576"><c r="XFD1048576" t="/>" ><v>1</v></c></row></sheetData>'
        data = with_part(workbook({"a": [["id"], ["b"]]}), "xl/worksheets/sheet1.xml", b"</sheetData>", far)
        refused("a.xlsx", data, "Delete what stands far below or right|reaches to row 1,048,576")

    def test_a_cell_far_away_in_a_binary_workbook_is_refused(self):
        refused("a.xlsb", binary_workbook([["id", "name"], ["a", "b"]], far=(1_048_575, 16_383)), "reaches to row")

    def test_a_binary_workbook_that_is_cut_is_refused(self):
        data = binary_workbook([["id", "name"], ["a", "b"]])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        parts["xl/worksheets/sheet1.bin"] = parts["xl/worksheets/sheet1.bin"][:-20]
        refused("a.xlsb", zipped(parts), "is not a readable workbook")

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
    def test_a_reader_that_gives_up_is_told_in_words_here_and_in_a_process_of_its_own(self):
        data = binary_workbook([["id", "name"], ["a", "b"]])
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        book = bytearray(parts["xl/workbook.bin"])
        book[6] = 0
        damaged = zipped({**parts, "xl/workbook.bin": bytes(book)})
        with pytest.raises(DataError, match=r"a\.xlsb is not a readable workbook\."):
            sheets_in("a.xlsb", damaged)
        refused("a.xlsb", damaged, r"a\.xlsb is not a readable workbook\.")

    def test_a_process_that_is_brought_down_is_told_in_words(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.workbook_apart.MOST_SECONDS", 0.001)
        refused("a.xlsb", binary_workbook([["id", "name"], ["a", "b"]]), "is damaged, or too large to be read")

    def test_a_sheet_that_spans_too_much_for_python_is_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.workbook.MOST_CELLS", 3)
        refused("a.xlsx", workbook({"a": [["id", "name"], ["a", "b"]]}), "sheet a spans 2 rows and 2 columns")

    def test_cells_and_rows_that_an_ods_repeats_beyond_all_measure_are_refused(self):
        row = '<table:table-row table:number-rows-repeated="1000000000">{}</table:table-row>'
        refused("a.ods", open_document({"a": [["id", "name"]]}, row.format(open_document_cell("x"))), "reaches to row")
        wide = '<table:table-row><table:table-cell table:number-columns-repeated="900000000"/>{}</table:table-row>'
        refused("a.ods", open_document({"a": [["id", "name"]]}, wide.format(open_document_cell("x"))), "reaches to row")

    def test_the_empty_rows_at_the_end_of_every_ods_are_none(self):
        end = (
            '<table:table-row table:number-rows-repeated="1048574"><table:table-cell '
            'table:number-columns-repeated="16384"/></table:table-row>'
        )
        [table] = tables("a.ods", open_document({"a": [["id", "name"], ["x", "y"]]}, end))
        assert len(table.rows) == 1

    def test_a_workbook_with_a_password_says_so(self):
        data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
        refused("a.xlsx", data, "protected by a password")

    def test_an_old_workbook_beyond_all_measure_is_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.workbook_check.MOST_BYTES", 1_000)
        refused("a.xls", b"\xd0\xcf\x11\xe0" + bytes(2_000), "larger than 1,000 bytes")


class TestTexts:
    def test_a_cell_of_two_hundred_million_signs_is_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.text.MOST_BYTES", 300_000_000)
        refused("a.csv", b"id,name\na,Alpha\nb," + b"x" * 200_000_000 + b"\n", "a cell of more than 131,072 signs")

    def test_a_text_beyond_all_measure_is_refused(self):
        refused("a.csv", bytes(180_000_001), "larger than 180,000,000 bytes")

    @pytest.mark.parametrize("row", [b"\n", b",\n", b",,,,,,,,,\r\n", b" , \r"])
    def test_ten_million_empty_rows_take_no_time_and_no_room(self, row: bytes):
        data = b"id,name" + row[-1:] + b"a,Alpha" + row[-1:] + row * 10_000_000 + b"b,Beta" + row[-1:]
        tracemalloc.start()
        [table] = tables("a.csv", data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert [one.place.row for one in table.rows] == [2, 10_000_003]
        assert most < len(data) + 20_000_000

    def test_null_bytes_are_refused(self):
        refused("a.csv", b"id,name\na,Al\x00pha\n", "holds signs that no text holds, the first in line 2")
        refused("a.csv", bytes(100_000), "signs that no text holds|not readable text")

    def test_columns_without_end_are_refused(self):
        refused("a.csv", b"id,name" + b",x" * 20_000 + b"\na,b\n", "more than 16,384 columns")

    def test_many_columns_of_one_name_take_no_time(self):
        [table] = tables("a.csv", b"id" + b",x" * 16_000 + b"\na,b\n" * 3)
        assert len(set(table.columns)) == 16_001

    def test_many_columns_without_a_name_take_no_time(self):
        [table] = tables("a.csv", b"id" + b"," * 16_000 + b"x\n" + b"a,b\n" * 100_000)
        assert table.columns == ("id", "column B", "x")

    def test_objects_of_many_different_keys_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr("valuechain.sources.tables.json_lines.MOST_CELLS", 10_000)
        lines = "".join(f'{{"k{number}": 1}}\n' for number in range(1_000))
        refused("a.jsonl", lines.encode(), "spans more than 10,000 cells")

    def test_what_looks_like_a_formula_is_a_text(self):
        [table] = tables("a.csv", b"id,name\na,\"=cmd|' /C calc'!A0\"\n")
        assert table.rows[0].cells["name"] == "=cmd|' /C calc'!A0"

    def test_signs_that_turn_the_direction_of_writing_are_kept_and_said(self):
        [table] = tables("a.csv", "id,name\na,Optik \u202exslx.exe\n".encode())
        assert table.rows[0].cells["name"] == "Optik \u202exslx.exe"
        assert "unseen signs that turn the direction of writing, the first in line 2" in table.assumed[0]

    def test_such_signs_in_a_workbook_are_said_too(self):
        [table] = tables("a.xlsx", workbook({"a": [["id", "name"], ["a", "Optik \u202exslx.exe"]]}))
        assert table.assumed == (
            "a.xlsx, sheet a has unseen signs that turn the direction of writing; they were kept.",
        )

    @pytest.mark.parametrize("name", ["firms\u202exslx.csv", "firms\x1b[31m.csv", "firms\n.csv"])
    def test_such_signs_in_names_of_files_are_not_passed_on(self, tmp_path: Path, name: str):
        folder = write_files(tmp_path, {name: FIRMS, "all.zip": zipped({name: FIRMS})})
        for path in (folder / name, folder / "all.zip"):
            [file] = open_delivery(path).files
            assert file.name.isprintable()
            assert "\ufffd" in file.name

    def test_a_hundred_thousand_rows_take_little_more_memory_than_their_file(self):
        data = "".join(f"o{n},Firm {n},DE,Jena,07745,{n % 500},www.{n}.de,x,y,z\n" for n in range(100_000)).encode()
        tracemalloc.start()
        [table] = tables("a.csv", b"a,b,c,d,e,f,g,h,i,j\n" + data)
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert len(table.rows) == 100_000
        assert most < 5 * len(data)

    def test_a_file_that_grows_while_it_is_read_is_read_once(self, tmp_path: Path):
        path = write_files(tmp_path, {"a.csv": FIRMS}) / "a.csv"
        file = File("a.csv", path)
        first = len(read_tables(file)[0].rows)
        path.write_text(FIRMS + "c,Gamma\n")
        assert len(read_tables(file)[0].rows) == first

    def test_a_file_that_is_cut_within_a_cell_says_so(self):
        refused("a.csv", b'id,name\na,"Alp', "opens a quote that is never closed")
        refused("a.xlsx", workbook({"a": [["id", "name"]]})[:-30], "is not a whole workbook")
        refused("a.jsonl", b'{"id": "a", "na', "holds no JSON objects")

    def test_a_file_that_vanishes_says_so(self, tmp_path: Path):
        path = write_files(tmp_path, {"a.csv": FIRMS}) / "a.csv"
        [file] = open_delivery(path).files
        path.unlink()
        with pytest.raises(DataError, match=r"a\.csv cannot be read"):
            read_tables(file)
