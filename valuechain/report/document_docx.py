"""A document as .docx, to go on writing: headings, lists and tables in the styles that a word processor knows."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from valuechain.model.language import SOURCE, say, spoken
from valuechain.report.document import Block, Bullets, Document, Grid, Heading, Paragraph

if TYPE_CHECKING:
    from docx.document import Document as Written
    from docx.table import Table
    from docx.table import _Cell as Cell
    from docx.table import _Row as Row
    from docx.text.paragraph import Paragraph as WrittenParagraph

_ROOM_MM = 176.0
"""Width of the text on A4 with margins of 17 mm."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document_docx(document: Document, made_at: datetime) -> bytes:
    """Return the document as .docx; equal documents give equal files."""
    import docx

    written = docx.Document()
    _set_up(written, document, made_at)
    written.add_heading(_clean(document.title), 1)
    for number, sheet in enumerate(document.sheets):
        before = len(written.paragraphs)
        for block in sheet.blocks:
            _write(written, block)
        if number:
            written.paragraphs[before].paragraph_format.page_break_before = True
    content = io.BytesIO()
    written.save(content)
    return _dated(content.getvalue(), made_at)


def _set_up(written: Written, document: Document, made_at: datetime) -> None:
    """Paper, language, letters, and what stands on every page."""
    from docx.enum.text import WD_TAB_ALIGNMENT
    from docx.shared import Mm, Pt, RGBColor

    told = written.core_properties
    told.title, told.author, told.comments, told.language = _clean(document.title), "valuechain", "", _locale()
    told.created = told.modified = made_at.replace(tzinfo=None)
    page = written.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(17)
    page.top_margin, page.bottom_margin = Mm(18), Mm(16)
    normal = written.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9)
    normal.paragraph_format.space_after, normal.paragraph_format.line_spacing = Pt(4), 1.0
    _hyphenate(written)
    _speak(normal.element.get_or_add_rPr())
    for level, size in ((1, 18), (2, 12), (3, 10.5)):
        style = written.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor(0x14, 0x21, 0x2B)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(1)
    head, foot = page.header.paragraphs[0], page.footer.paragraphs[0]
    for edge in (head, foot):
        edge.style.font.size = Pt(7.5)
        edge.style.paragraph_format.tab_stops.clear_all()
        edge.paragraph_format.tab_stops.add_tab_stop(Mm(_ROOM_MM), WD_TAB_ALIGNMENT.RIGHT)
    head.text = _clean(f"valuechain · {document.kind}\t{document.state}")
    foot.add_run(_clean(document.reader)).bold = True
    foot.add_run(f"\t{say('page')} ")
    _field(foot, "PAGE")
    foot.add_run(f" {say('of')} ")
    _field(foot, "NUMPAGES")


def _locale() -> str:
    return "en-GB" if spoken() == SOURCE else f"{spoken()}-{spoken().upper()}"


def _speak(properties: Any) -> None:
    """Mark the text as written in the language, for hyphens, spelling and screen readers."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    language = OxmlElement("w:lang")
    language.set(qn("w:val"), _locale())
    properties.append(language)


def _hyphenate(written: Written) -> None:
    """Let words longer than a column be broken where their language breaks them."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    written.settings.element.find(qn("w:defaultTabStop")).addnext(OxmlElement("w:autoHyphenation"))


def _field(paragraph: WrittenParagraph, name: str) -> None:
    """A number that the word processor fills in."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), name)
    paragraph._p.append(field)


def _write(written: Written, block: Block) -> None:
    match block:
        case Heading(text, level):
            written.add_heading(_clean(text), level)
        case Paragraph():
            _fill(written.add_paragraph(), block)
        case Bullets(items):
            for item in items:
                _fill(written.add_paragraph(style="List Bullet"), item)
        case Grid():
            _table(written, block)


def _fill(paragraph: WrittenParagraph, told: Paragraph) -> None:
    from docx.shared import Pt

    run = paragraph.add_run(_clean(told.text))
    if told.style == "lead":
        run.font.size = Pt(13)
    elif told.style == "note":
        run.font.size = Pt(8.5)
    if told.cited not in ("", "–"):
        paragraph.add_run(f" [{told.cited}]").font.size = Pt(7.5)


def _table(written: Written, grid: Grid) -> None:
    """A table as on paper: a black rule under its head, hairlines between its rows, each row on one page."""
    from docx.oxml import OxmlElement
    from docx.shared import Mm, Pt

    table = written.add_table(rows=1, cols=len(grid.heads))
    table.autofit = False
    _tighten(table)
    whole = sum(grid.widths)
    for column, width in zip(table.columns, grid.widths, strict=True):
        column.width = Mm(_ROOM_MM * width / whole)
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _row(head, grid, grid.heads, bold=True)
    for row in grid.rows:
        _row(table.add_row(), grid, row)
    below = written.add_paragraph().paragraph_format
    below.space_after, below.line_spacing = Pt(0), Pt(4)


def _tighten(table: Table) -> None:
    """Leave a millimetre beside the text of a cell, so that words are not broken."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "57")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    table._tbl.tblPr.append(margins)


def _row(row: Row, grid: Grid, texts: Sequence[str], *, bold: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for place, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        _underline(cell, *(("8", "14212B") if bold else ("2", "828F97")))
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(0.5)
        run = paragraph.add_run(_clean(text))
        run.font.size, run.bold = Pt(7.5), bold
        if place in grid.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _underline(cell: Cell, eighths: str, colour: str) -> None:
    """A rule below a cell, so many eighths of a point thick."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders, rule = OxmlElement("w:tcBorders"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", eighths), ("color", colour)):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    cell._tc.get_or_add_tcPr().append(borders)


def _clean(text: str) -> str:
    """A text without the signs that XML does not know."""
    return _NOT_IN_XML.sub("", text)


def _dated(content: bytes, made_at: datetime) -> bytes:
    """The same file with every part dated alike, not by the clock."""
    dated = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as before, ZipFile(dated, "w", ZIP_DEFLATED) as after:
        for part in before.infolist():
            info = ZipInfo(part.filename, max(made_at, datetime(1980, 1, 1, tzinfo=made_at.tzinfo)).timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            after.writestr(info, before.read(part.filename))
    return dated.getvalue()
