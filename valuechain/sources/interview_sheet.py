"""The form of an interview as a workbook, to be filled in without training and imported as it is."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from valuechain.model.interview import (
    ANSWERS,
    DONT_KNOW,
    GO_ON,
    HEADINGS,
    LEAVE,
    NUMBER,
    QUESTION,
    REFUSED,
    WHY,
    Cell,
    Form,
    Line,
)  # fmt: skip
from valuechain.model.language import say
from valuechain.sources.tables.grid import letters

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xlsxwriter import Workbook

SHEET, LISTS = "Interview", "Lists"

COLUMNS = (NUMBER, QUESTION, *HEADINGS.values(), WHY, LEAVE)
"""Headings of the columns from left to right."""

_WIDTHS = (4, 40, 24, 27, 14, 13, 12, 14, 36, 12)
_CELL_COLUMNS: dict[Cell, int] = {name: COLUMNS.index(heading) for name, heading in HEADINGS.items()}
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def form_workbook(form: Form) -> bytes:
    """Return the form as .xlsx: boxes to fill in, lists where there are choices, ids in the last column."""
    import xlsxwriter

    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        writer = _Writer(workbook, form)
        writer.write_head(form)
        for section in form.sections:
            writer.write_section(section.title, section.help, section.lines)
        writer.write_lists()
    return content.getvalue()


class _Writer:
    """Writes line after line."""

    def __init__(self, workbook: Workbook, form: Form) -> None:
        def look(**more: Any) -> Any:
            return workbook.add_format({"text_wrap": True, "valign": "top", "font_size": 11, **more})

        self._plain, self._bold, self._title = look(), look(bold=True), look(bold=True, font_size=16, text_wrap=False)
        self._why, self._help = look(font_color="#555555"), look(text_wrap=False, font_color="#333333")
        self._id = look(font_color="#AAAAAA", font_size=8, text_wrap=False, locked=True)
        self._section = look(bold=True, font_size=13, text_wrap=False, top=2)
        self._head = look(bold=True, bottom=2, bg_color="#E8EEF0")
        self._box = look(border=1, bg_color="#FFF9DB", locked=False)
        self._day = look(border=1, bg_color="#FFF9DB", locked=False, num_format="yyyy-mm-dd", align="left")
        self._words = form.words
        self._lists: dict[tuple[str, ...], int] = {}
        self._sheet, self._list_sheet = workbook.add_worksheet(SHEET), workbook.add_worksheet(LISTS)
        for column, width in enumerate(_WIDTHS):
            self._sheet.set_column(column, column, width)
        self._sheet.set_landscape()
        self._sheet.set_paper(9)
        self._sheet.fit_to_pages(1, 0)
        self._sheet.print_area(0, 0, 1_000, len(COLUMNS) - 2)
        self._row = 0

    def write_head(self, form: Form) -> None:
        """Write title, help, the box for the day, and the headings of the columns."""
        sheet, last = self._sheet, len(COLUMNS) - 1
        sheet.write_string(0, 0, say("Interview: {name}", name=form.name), self._title)
        sheet.write_string(0, last, form.written_id, self._id)
        help = _help()
        for row, line in enumerate(help, start=1):
            sheet.write_string(row, 0, line, self._help)
        row = len(help) + 1
        sheet.write_string(row, 1, say("Day of the interview (such as 2026-03-31)"), self._bold)
        sheet.write_blank(row, 2, None, self._day)
        sheet.write_string(row, last, '["day"]', self._id)
        row += 1
        for column, heading in enumerate(COLUMNS):
            sheet.write_string(row, column, say(heading), self._head)
        sheet.set_row(row, 34)
        sheet.freeze_panes(row + 1, 2)
        sheet.repeat_rows(row)
        self._row = row + 1

    def write_section(self, title: str, help: str, lines: Sequence[Line]) -> None:
        """Write a heading with its help, and the lines below it."""
        self._sheet.write_string(self._row + 1, 0, title, self._section)
        self._sheet.write_string(self._row + 2, 0, help, self._help)
        self._row += 3
        for line in lines:
            self._write_line(line)

    def _write_line(self, line: Line) -> None:
        sheet, row = self._sheet, self._row
        self._row += 1
        sheet.set_row(row, 15 * max(2, -(-len(line.question) // 36), -(-len(line.why) // 33)))
        sheet.write_string(row, 0, line.number, self._bold)
        sheet.write_string(row, 1, line.question, self._bold if line.number or line.why else self._plain)
        sheet.write_string(row, COLUMNS.index(WHY), line.why, self._why)
        sheet.write_string(row, COLUMNS.index(LEAVE), line.written_id, self._id)
        for cell in line.cells:
            column = _CELL_COLUMNS[cell]
            sheet.write_blank(row, column, None, self._box)
            if cell == "answer" and line.given:
                sheet.write_string(row, column, line.given, self._box)
            self._offer(row, column, self._choices(line, cell), is_free=cell == "who" or line.free)

    def write_lists(self) -> None:
        """Write the choices into a hidden sheet of their own: within a cell's rule a comma would part them."""
        self._list_sheet.hide()
        for choices, column in self._lists.items():
            for row, choice in enumerate(choices):
                self._list_sheet.write_string(row, column, choice)

    def _choices(self, line: Line, cell: Cell) -> tuple[str, ...]:
        if cell == "answer" and line.id[0] in ("makes", "needs"):
            return self._words
        choices = {"answer": line.answers, "who": line.whom, "go_on": GO_ON}.get(cell, ())
        return tuple(say(one) if one in ANSWERS else one for one in choices)

    def _offer(self, row: int, column: int, choices: tuple[str, ...], is_free: bool) -> None:
        if not choices:
            return
        place = self._lists.setdefault(choices, len(self._lists))
        rule = {"validate": "list", "source": f"={LISTS}!${letters(place)}$1:${letters(place)}${len(choices)}"}
        told = {
            "error_title": say("Please choose"), "error_message": say("Choose one of the list, or leave it empty."),
        }  # fmt: skip
        self._sheet.data_validation(row, column, row, column, rule | ({"show_error": False} if is_free else told))


def _help() -> tuple[str, ...]:
    """What stands above the boxes."""
    return (
        say(
            "Fill in the yellow boxes, and leave empty what you have nothing to say about. "
            "“{dont_know}” and “{refused}” are answers, too.",
            dont_know=say(DONT_KNOW),
            refused=say(REFUSED),
        ),
        say(
            "Your answers are seen by the advisors who ask, not by the public. Please do not enter names of persons. "
            "Then save the file and give it back."
        ),
    )
