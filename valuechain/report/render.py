"""The forms in which a result can be given out: one name, one file ending, one function each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from valuechain.model.analysis import Analysis
from valuechain.model.errors import QuestionError
from valuechain.model.language import say, speaking
from valuechain.model.result import Result
from valuechain.report.calendar import SCHEDULE
from valuechain.report.words import language_of

if TYPE_CHECKING:
    from valuechain.report.document import Document

Renderer = Callable[[Result, Analysis, str], bytes]


@dataclass(frozen=True)
class Format:
    """One form: its media type, its file ending, whether it is text, whether it can hold one table alone, who makes it.

    `render` takes the result, the analysis that made it, and the name of the one table wanted (empty: as the form
    chooses). `had_by` tells which results have this form, where not all do.
    """

    media_type: str
    ending: str
    is_text: bool
    takes_table: bool
    render: Renderer
    had_by: Callable[[Result], bool] | None = None


def render(result: Result, analysis: Analysis, form: str, table: str = "") -> bytes:
    """Return `result` in the form called `form`, in the language of its question.

    Raises
    ------
    QuestionError
        If there is no such form, or it always holds every table although one was named, or it is one of appointments
        and the result has none.
    NotFoundError
        If the result has no table of that name.
    """
    if form not in FORMATS:
        raise QuestionError(
            say("There is no format called {form}.", form=repr(form)),
            say("Use one of: {names}.", names=", ".join(FORMATS)),
        )
    if table and not FORMATS[form].takes_table:
        single = ", ".join(name for name, one in FORMATS.items() if one.takes_table)
        raise QuestionError(
            say("{form} holds every table.", form=form), say("One table alone comes as: {names}.", names=single)
        )
    with speaking(language_of(result)):
        return FORMATS[form].render(result, analysis, table)


def forms_of(result: Result) -> list[str]:
    """Return the names of the forms that a result has."""
    return [name for name, one in FORMATS.items() if one.had_by is None or one.had_by(result)]


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
    from valuechain.report.html import document_html, to_html

    document = _document(result)
    return (document_html(document, result) if document else to_html(result, analysis)).encode()


def _xlsx(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.xlsx import to_xlsx

    return to_xlsx(result, analysis)


def _pdf(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.document_pdf import document_pdf
    from valuechain.report.moment import moment
    from valuechain.report.pdf import to_pdf

    document = _document(result)
    return document_pdf(document, moment(result)) if document else to_pdf(result, analysis)


def _docx(result: Result, analysis: Analysis, table: str) -> bytes:
    from valuechain.report.document_docx import document_docx
    from valuechain.report.layouts import LAYOUTS
    from valuechain.report.moment import moment

    document = _document(result)
    if document is None:
        raise QuestionError(
            say("{name} is no document to go on writing.", name=analysis.name),
            say("These are: {names}.", names=", ".join(LAYOUTS)),
        )
    return document_docx(document, moment(result))


def _is_document(result: Result) -> bool:
    from valuechain.report.layouts import LAYOUTS

    return result.analysis.name in LAYOUTS


def _is_scheduled(result: Result) -> bool:
    return any(table.name == SCHEDULE and table.rows for table in result.tables)


def _document(result: Result) -> Document | None:
    """The document that a result is laid out as; none where it is no document to hand on."""
    from valuechain.report.layouts import LAYOUTS

    return LAYOUTS[result.analysis.name](result) if _is_document(result) else None


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
    "docx": Format(
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "docx",
        is_text=False,
        takes_table=False,
        render=_docx,
        had_by=_is_document,
    ),
    "ics": Format(
        "text/calendar; charset=utf-8", "ics", is_text=True, takes_table=False, render=_ics, had_by=_is_scheduled
    ),
    "pdf": Format("application/pdf", "pdf", is_text=False, takes_table=False, render=_pdf),
}
"""Every form by name."""
