"""A form as a person fills it in: by what is written beside and above a cell."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook  # type: ignore[import-untyped]

HEADINGS = {
    "answer": "Your answer",
    "who": "Who (name)",
    "town": "Town",
    "delivery": "A new delivery takes (days)",
    "stock": "Your stock lasts (days)",
    "go_on": "Could you go on without it?",
}


def fill_in(path: Path, day: object, *answers: tuple[str, dict[str, object]]) -> None:
    """Write the day, and each answer into the first line with that question that is still empty, and save."""
    book = load_workbook(path)
    sheet = book["Interview"]
    top = next(row for row in sheet.iter_rows() if any(cell.value == "Your answer" for cell in row))
    column = {name: next(cell.column for cell in top if cell.value == text) for name, text in HEADINGS.items()}
    for row in sheet.iter_rows():
        if str(row[1].value).startswith("Day of the interview"):
            row[2].value = day
    filled: set[int] = set()
    for question, cells in answers:
        number = next(row[1].row for row in sheet.iter_rows() if row[1].value == question and row[1].row not in filled)
        filled.add(number)
        for name, value in cells.items():
            sheet.cell(number, column[name]).value = value
    book.save(path)
