"""Every form speaks the language of the result; what programs read stays as it is."""

import io
import zipfile
from dataclasses import replace
from typing import Any

import pypdf
import pytest
from icalendar import Calendar
from rich.console import Console

from tests.support.results import about, result
from valuechain.model.language import day_words, speaking
from valuechain.model.result import STATUS, AnalysisHeader, Column, Result, Table
from valuechain.report import words
from valuechain.report.html import to_fragment
from valuechain.report.render import render
from valuechain.report.text import print_method, print_result


def german() -> Result:
    return replace(result(), analysis=AnalysisHeader("sample", "3", {"least": 0.5, "lang": "de"}))


def made(form: str, one: Result | None = None) -> bytes:
    return render(one or german(), about(), form)


def test_numbers_days_and_answers_are_those_of_the_language():
    with speaking("de"):
        assert words.number(1234.6) == "1.235"
        assert words.number(0.25) == "0,25"
        assert words.number(0.0001) == "< 0,001"
        assert day_words("2026-03-01") == "1. März 2026"
        assert words.shown(Column("since", "date", ""), "2026-03-01") == "01.03.2026"
        assert words.shown(Column("start", "datetime", ""), "2026-03-01T09:00") == "01.03.2026, 09:00"
        assert words.shown(Column("x", "boolean", ""), True) == "ja"
        assert words.shown(Column("staff", "integer", ""), 12345) == "12.345"
        assert words.shown(Column("status", "text", ""), "synthetic") == "erfunden"


def test_a_year_or_a_month_stays_as_it_was_written():
    assert day_words("2026") == "2026"
    assert day_words("2026-03") == "2026-03"


def test_labels_of_the_stages_that_come_along_are_said_and_others_stay():
    with speaking("de"):
        assert words.code_words("stage", "Components") == "Komponenten"
        assert words.code_words("stage", "Widgets") == "Widgets"


def test_the_page_is_marked_as_german():
    told = made("html").decode()

    assert '<html lang="de">' in told
    assert ">Kritisch</span>" in told
    assert "31.03.2026" in told
    assert "1.234.568" in told


def test_the_paper_is_marked_as_german_and_stays_accessible():
    told = pypdf.PdfReader(io.BytesIO(made("pdf")))
    root: Any = told.trailer["/Root"]
    page = " ".join(told.pages[0].extract_text().split())

    assert root["/Lang"] == "de"
    assert b"pdfuaid:part>1<" in root["/Metadata"].get_data()
    assert "Seite 1 von" in page
    assert "vermutet, Sicherheit 0,123" in page


def test_the_workbook_has_german_heads_and_dates():
    with zipfile.ZipFile(io.BytesIO(made("xlsx"))) as book:
        styles, names = book.read("xl/styles.xml").decode(), book.read("xl/workbook.xml").decode()

    assert "dd.mm.yyyy" in styles
    assert 'name="Befunde"' in names
    assert 'name="Quellen"' in names


def test_text_is_german_in_a_file_and_on_a_terminal():
    told = made("text").decode()
    page = io.StringIO()
    print_result(Console(file=page, width=100, color_system=None), german(), about())

    assert told == page.getvalue()
    assert "◆ Kritisch (Komponenten)" in told
    assert "Einträge dahinter: 5; nicht aufgeführt: 2." in told


def test_a_notebook_is_told_in_the_language_of_the_result():
    assert "Kritisch" in to_fragment(german())


def test_a_method_is_told_in_the_language_that_is_spoken():
    page = io.StringIO()
    with speaking("de"):
        print_method(Console(file=page, width=100, color_system=None), about())
    assert "Formel" in page.getvalue()


def test_an_appointment_is_told_in_german():
    columns = (
        Column("start", "datetime", "When"),
        Column("end", "datetime", "Until"),
        Column("table", "integer", "Where"),
        *(Column(name, "text", name) for name in ("participant", "partner", "about", "why")),
        *(Column(name, "key", name) for name in ("participant_key", "partner_key")),
        STATUS,
    )
    row = ("2026-10-01T09:00", "2026-10-01T09:20", 3, "A", "B", "Lenses", "Why", "a:1", "a:2", "declared")
    told = replace(german(), tables=(Table("schedule", "Day", columns, (row,), ((),)),))
    (event,) = Calendar.from_ical(made("ics", told)).walk("VEVENT")

    assert (str(event["SUMMARY"]), str(event["LOCATION"])) == ("A mit B", "Tisch 3")


@pytest.mark.parametrize("form", ["json", "csv"])
def test_what_programs_read_is_the_same_in_every_language(form: str):
    told = made(form).decode()

    assert "turnover" in told
    assert "synthetic" in told
