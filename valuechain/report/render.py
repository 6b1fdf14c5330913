"""The forms in which a result can be given out: one name, one file ending, one function each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from valuechain.model.analysis import Analysis
from valuechain.model.errors import QuestionError
from valuechain.model.result import Result

Renderer = Callable[[Result, Analysis, str], bytes]


@dataclass(frozen=True)
class Format:
    """One form: its media type, its file ending, whether it is text, whether it can hold one table alone, who makes it.

    `render` takes the result, the analysis that made it, and the name of the one table wanted (empty: as the form
    chooses). `of_appointments` says that only a result with appointments has this form.
    """

    media_type: str
    ending: str
    is_text: bool
    takes_table: bool
    render: Renderer
    of_appointments: bool = False


def render(result: Result, analysis: Analysis, form: str, table: str = "") -> bytes:
    """Return `result` in the form called `form`.

    Raises
    ------
    QuestionError
        If there is no such form, or it always holds every table although one was named, or it is one of appointments
        and the result has none.
    NotFoundError
        If the result has no table of that name.
    """
    if form not in FORMATS:
        raise QuestionError(f"There is no format called {form!r}.", f"Use one of: {', '.join(FORMATS)}.")
    if table and not FORMATS[form].takes_table:
        single = ", ".join(name for name, one in FORMATS.items() if one.takes_table)
        raise QuestionError(f"{form} holds every table.", f"One table alone comes as: {single}.")
    return FORMATS[form].render(result, analysis, table)


def form_of(file: Path) -> str:
    """Return the name of the form that a file's ending stands for; empty if it stands for none."""
    ending = file.suffix.lower().removeprefix(".")
    return next((name for name, one in FORMATS.items() if one.ending == ending), "")


def _text(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.text import to_text

    return to_text(result, analysis, table).encode()


def _json(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.data import to_json

    return to_json(result).encode()


def _csv(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.data import to_csv

    return to_csv(result.table(table)).encode()


def _html(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.html import to_html

    return to_html(result, analysis).encode()


def _xlsx(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.xlsx import to_xlsx

    return to_xlsx(result, analysis)


def _pdf(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.pdf import to_pdf

    return to_pdf(result, analysis)


def _ics(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.calendar import to_ics

    return to_ics(result, analysis)


FORMATS: dict[str, Format] = {
    "text": Format("text/plain; charset=utf-8", "txt", is_text=True, takes_table=True, render=_text),
    "json": Format("application/json", "json", is_text=True, takes_table=False, render=_json),
    "csv": Format("text/csv; charset=utf-8", "csv", is_text=True, takes_table=True, render=_csv),
    "html": Format("text/html; charset=utf-8", "html", is_text=True, takes_table=False, render=_html),
    "xlsx": Format(
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        "xlsx",
        is_text=False,
        takes_table=False,
        render=_xlsx,
    ),
    "ics": Format(
        "text/calendar; charset=utf-8", "ics", is_text=True, takes_table=False, render=_ics, of_appointments=True
    ),
    "pdf": Format("application/pdf", "pdf", is_text=False, takes_table=False, render=_pdf),
}
"""Every form by name."""
