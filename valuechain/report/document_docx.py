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
    from docx.text.paragraph import Paragraph as WrittenParagraph

_ROOM_MM = 176.0
"""Width of the text on A4 with margins of 17 mm."""

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def document_docx(document: Document, made_at: datetime) -> bytes:
    """Return the document as .docx; equal documents give equal files."""
    import docx
    from docx.enum.text import WD_BREAK

    written = docx.Document()
    _set_up(written, document, made_at)
    written.add_heading(_clean(document.title), 1)
    for number, sheet in enumerate(document.sheets):
        if number:
            written.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        for block in sheet.blocks:
            _write(written, block)
    content = io.BytesIO()
    written.save(content)
    return _dated(content.getvalue(), made_at)


def _set_up(written: Written, document: Document, made_at: datetime) -> None:
    """Paper, language, letters, and what stands on every page."""
    from docx.shared import Mm, Pt, RGBColor

    told = written.core_properties
    told.title, told.author, told.comments, told.language = _clean(document.title), "valuechain", "", _locale()
    told.created = told.modified = made_at.replace(tzinfo=None)
    page = written.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = Mm(17)
    page.top_margin, page.bottom_margin = Mm(20), Mm(18)
    normal = written.styles["Normal"]
    normal.font.name, normal.font.size = "Calibri", Pt(9.5)
    normal.paragraph_format.space_after = Pt(4)
    _speak(normal.element.get_or_add_rPr())
    for level, size in ((1, 18), (2, 12), (3, 10.5)):
        style = written.styles[f"Heading {level}"]
        style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), RGBColor(0x14, 0x21, 0x2B)
    page.header.paragraphs[0].text = _clean(f"valuechain · {document.kind} · {document.state}")
    foot = page.footer.paragraphs[0]
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
    from docx.oxml import OxmlElement

    table = written.add_table(rows=1, cols=len(grid.heads), style="Light List")
    table.autofit = False
    head = table.rows[0]
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    _row(head.cells, grid, grid.heads)
    for row in grid.rows:
        _row(table.add_row().cells, grid, row)
    written.add_paragraph().paragraph_format.space_after = 0


def _row(cells: Sequence[Any], grid: Grid, texts: Sequence[str]) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Mm, Pt

    whole = sum(grid.widths)
    for place, (cell, width, text) in enumerate(zip(cells, grid.widths, texts, strict=True)):
        cell.width = Mm(_ROOM_MM * width / whole)
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(1)
        paragraph.add_run(_clean(text)).font.size = Pt(8)
        if place in grid.numeric:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


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
