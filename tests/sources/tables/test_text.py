"""Text files: encodings, separators and quotes as they come."""

import pytest

from valuechain.model.errors import DataError
from valuechain.sources.tables.table import Table
from valuechain.sources.tables.text import read_text


def table(data: bytes | str) -> Table:
    read = read_text("list.csv", data if isinstance(data, bytes) else data.encode())
    assert read is not None
    return read


def first_row(data: bytes | str) -> list[object]:
    return list(table(data).rows[0].cells.values())


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found_by_the_header(separator: str):
    assert first_row(f"id{separator}name{separator}city\na{separator}b{separator}c\n") == ["a", "b", "c"]


def test_of_two_separators_that_split_the_header_alike_the_one_that_fits_the_rows_is_taken():
    assert first_row('id;"name, legal form"\na;b\nc;d\n') == ["a", "b"]
    assert first_row("id;name, legal form\na;b\nc;d\n") == ["a", "b"]


def test_the_line_in_which_excel_names_the_separator_is_obeyed():
    assert first_row("sep=|\r\nid;x|name\r\na|b\r\n") == ["a", "b"]


def test_quoted_cells_may_hold_separators_quotes_and_line_ends():
    read = table('id,name\r\na,"Müller, ""Optik""\r\nGmbH"\r\nb,c\r\n')

    assert [list(row.cells.values()) for row in read.rows] == [["a", 'Müller, "Optik"\r\nGmbH'], ["b", "c"]]
    assert [row.place.row for row in read.rows] == [2, 3]


def test_quotes_within_a_cell_that_are_not_doubled_are_taken_as_text_and_said():
    read = table('id,name\na,"12" Monitor"\n')

    assert read.rows[0].cells["name"] == '12 Monitor"'
    assert read.assumed == ("list.csv has quotes within cells that are not doubled; they were taken as text.",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_is_read_with_and_without_its_mark_and_nothing_is_assumed(encoding: str):
    read = table("id;name\n1;Żółć & Größe\n".encode(encoding))

    assert read.rows[0].cells["name"] == "Żółć & Größe"
    assert read.columns == ("id", "name")
    assert read.assumed == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_its_mark_is_read_where_every_other_byte_tells_and_said(encoding: str):
    read = table("id;name\n1;Größe\n2;Łódź\n".encode(encoding))

    assert [row.cells["name"] for row in read.rows] == ["Größe", "Łódź"]
    assert read.assumed == ("list.csv does not say its encoding; every other byte tells that it is UTF-16.",)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_line_end_ends_a_line(end: str):
    read = table(end.join(["id,name", "a,b", "", 'c,"d' + end + 'e"', "f,g", ""]))

    assert [(row.place.row, row.cells["name"]) for row in read.rows] == [(2, "b"), (4, f"d{end}e"), (5, "g")]


def test_empty_lines_within_quotes_belong_to_their_cell():
    read = table('id,name\n,\n\na,"b\n\n,\nc"\n\nd,e\n')

    assert [(row.place.row, row.cells["name"]) for row in read.rows] == [(4, "b\n\n,\nc"), (6, "e")]


class TestLettersTakenApart:
    def test_are_put_together_where_that_is_certain_and_that_is_said(self):
        text = "id;name\n1;Müller\n2;Łódź “Optyka” – Übersee\n"
        read = table(apart(text))

        assert [row.cells["name"] for row in read.rows] == ["Müller", "Łódź “Optyka” – Übersee"]
        assert read.assumed == (
            "list.csv: letters had been taken apart by a program that read UTF-8 as Windows-1252; "
            "they were put together again, such as 'MÃ¼ller' to 'Müller'.",
        )

    def test_twice_are_put_together_twice(self):
        assert first_row(apart(apart("id;name\n1;Müller\n"))) == ["1", "Müller"]

    @pytest.mark.parametrize("sign", ["ü", "Ł", "é", "日"])
    def test_stay_where_one_letter_speaks_against_it_and_that_is_said(self, sign: str):
        read = table(f"id;name\n1;MÃ¼ller\n2;Gr{sign}n\n")

        assert [row.cells["name"] for row in read.rows] == ["MÃ¼ller", f"Gr{sign}n"]
        assert "letters in 'MÃ¼ller' look taken apart" in read.assumed[0]

    @pytest.mark.parametrize("name", ["Größe", "Ångström", "SÃO PAULO", "Łódź", "€ 5", "naïve Ã", "日本"])
    def test_letters_that_are_whole_are_left_alone(self, name: str):
        read = table(f"id;name\n1;{name}\n")
        assert (read.rows[0].cells["name"], read.assumed) == (name, ())


def apart(text: str) -> str:
    """The text as a program shows it that takes UTF-8 for Windows-1252."""
    return "".join(bytes([byte]).decode("cp1252", errors="ignore") or chr(byte) for byte in text.encode())


def test_a_delimiter_that_the_rows_agree_on_is_taken_before_one_in_the_header():
    assert first_row("id;name, legal form, seat\na;b\nc;d\ne;f\n") == ["a", "b"]
    assert first_row("id;price\na;1,5\nb;2,5\n") == ["a", "1,5"]


@pytest.mark.parametrize(
    "name", ["Müller", "Präzisionsoptik Göttingen", "Tête à tête", "Ørsted Århus", "Niño – «Sol» €", "È così"]
)
def test_windows_1252_is_read_right_and_said(name: str):
    read = table(f"id;name\n1;{name}\n".encode("cp1252"))

    assert read.rows[0].cells["name"] == name
    assert "read as cp1252" in read.assumed[0]


def test_another_code_page_is_taken_where_windows_1252_is_ruled_out():
    name = "Příbram Šťastný Dvořák žluťoučký kůň"

    assert first_row(f"id;name\n1;{name}\n".encode("cp1250")) == ["1", name]


def test_letters_that_were_lost_earlier_are_said():
    assert table("id;name\n1;M\ufffdller\n").assumed == (
        "list.csv has 1 signs in place of letters that were lost before it came here.",
    )


@pytest.mark.parametrize("data", [b"", b"\n\n  \n", b"\xef\xbb\xbf"])
def test_a_file_without_a_sign_is_no_table(data: bytes):
    assert read_text("list.csv", data) is None


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"%PDF-1.7\n", "is a PDF document, not a table"),
        (b"\x89PNG\r\n\x1a\n", "is an image"),
        (b"PK\x03\x04", "is a zip or an office document"),
        (b"\xd0\xcf\x11\xe0", "office document of the old kind"),
        (b"<!DOCTYPE html><html>", "is a web page"),
        (b'[{"id": 1}]', "is a web page or a data format"),
        (b"id,name\n\x00\x01,b\n", "holds signs that no text holds"),
        (b"id,name\n\x00\xff,b\n", "is not readable text"),
        (b"\xff\xfeabc", "is not readable text"),
        (b"id;n\n\x81\x8d\x8f\x90\x9d;\x98\xaa\xd2\n", "in no encoding known here"),
        ("id;größe\n1;Größe\n2;".encode() + "Größe".encode("cp1252"), "for the most part, but not in line 3"),
        (b"organisation\nb\n", "shows a single column"),
        (b"id#name\n1#b\n", "shows a single column"),
        (b'id,name\na,"b\nc,d\n', "opens a quote that is never closed"),
        (b"id,name\na," + b"x" * 200_000, "a cell of more than 131,072 signs"),
        (b'id,name\na,"b"c\nd,' + b"x" * 200_000, "a cell of more than 131,072 signs"),
    ],
)
def test_what_is_no_table_says_why_and_what_to_do(data: bytes, why: str):
    with pytest.raises(DataError, match=why) as caught:
        read_text("list.csv", data)
    assert "list.csv" in caught.value.what
    assert caught.value.advice
