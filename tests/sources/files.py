"""Files as people bring them, written for a test."""

import io
import struct
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from valuechain.model.cells import Cell
from valuechain.sources.tables.grid import Grid, is_empty
from valuechain.sources.tables.table import Table, table_in


def write_files(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files.items():
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def workbook(sheets: Mapping[str, Sequence[Sequence[object]]]) -> bytes:
    """A workbook with the given cells; None leaves a cell out."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "default_date_format": "yyyy-mm-dd"}) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    sheet.write(number, column, cell)
    return content.getvalue()


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return content.getvalue()


def open_document(sheets: Mapping[str, Sequence[Sequence[str]]], body: str = "") -> bytes:
    """A workbook of LibreOffice (.ods) with texts; `body` stands in the first sheet below its rows, as XML."""
    tables = []
    for name, rows in sheets.items():
        lines = "".join(
            "<table:table-row>" + "".join(map(open_document_cell, row)) + "</table:table-row>" for row in rows
        )
        tables.append(f'<table:table table:name="{name}">{lines}{body}</table:table>')
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content{names}><office:body><office:spreadsheet>{''.join(tables)}"
        "</office:spreadsheet></office:body></office:document-content>"
    )
    manifest = '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", manifest)
        archive.writestr("content.xml", content)
    return data.getvalue()


def open_document_cell(text: str) -> str:
    if not text:
        return "<table:table-cell/>"
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def binary_workbook(rows: Sequence[Sequence[str | float]], far: tuple[int, int] | None = None) -> bytes:
    """A workbook in Excel's binary form (.xlsb); `far` places one more cell, as row and column from 0."""

    def record(kind: int, body: bytes = b"") -> bytes:
        number = bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])
        return number + bytes([len(body) & 0x7F | 0x80, len(body) >> 7]) + body

    def text(value: str) -> bytes:
        return struct.pack("<I", len(value)) + value.encode("utf-16-le")

    def row_of(number: int, cells: Sequence[tuple[int, str | float]]) -> bytes:
        head = record(0, struct.pack("<II", number, 0) + bytes(9))
        return head + b"".join(
            record(6, struct.pack("<II", column, 0) + text(cell))
            if isinstance(cell, str)
            else record(5, struct.pack("<IId", column, 0, cell))
            for column, cell in cells
        )

    body = b"".join(row_of(number, list(enumerate(row))) for number, row in enumerate(rows))
    if far:
        body += row_of(far[0], [(far[1], "far")])
    sheet = record(129) + record(148, struct.pack("<4I", 0, len(rows), 0, 9)) + record(145) + body + record(146)
    bundle = struct.pack("<II", 0, 1) + text("rId1") + text("Firms")
    book = record(131) + record(153, bytes(16)) + record(143) + record(156, bundle) + record(144) + record(132)
    relations = "http://schemas.openxmlformats.org"
    kind = f"{relations}/officeDocument/2006/relationships/worksheet"
    return zipped(
        {
            "[Content_Types].xml": "<Types/>",
            "xl/workbook.bin": book,
            "xl/worksheets/sheet1.bin": sheet + record(130),
            "xl/_rels/workbook.bin.rels": (
                f'<Relationships xmlns="{relations}/package/2006/relationships">'
                f'<Relationship Id="rId1" Type="{kind}" Target="worksheets/sheet1.bin"/></Relationships>'
            ),
        }
    )


def make_table(file: str, sheet: str, rows: Iterable[Sequence[Cell]]) -> Table | None:
    """The table in rows of cells, given from the top with the empty ones."""
    filled = [(number, tuple(row)) for number, row in enumerate(rows, 1) if not all(map(is_empty, row))]
    return table_in(Grid(file, sheet, [number for number, _ in filled], [line for _, line in filled]))
