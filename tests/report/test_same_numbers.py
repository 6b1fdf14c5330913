"""An answer says the same numbers in every form in which it is taken along."""

import io
import json
import re
from collections.abc import Callable

import docx
import pypdf
import pytest
from openpyxl import load_workbook  # type: ignore[import-untyped]

from tests.support.documents import BRIEF
from valuechain import registry
from valuechain.model.result import Result
from valuechain.report import words
from valuechain.report.render import render
from valuechain.service import Service

FIRM = {"organisation": "example-cluster:laserhead"}


def text_of_html(content: bytes) -> str:
    return _plain(re.sub(r"<[^>]+>", " ", content.decode()))


def text_of_pdf(content: bytes) -> str:
    """Words as they are printed; a line that ends with a hyphen and no blank goes on within the word."""
    pages = (page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    return _plain(" ".join(pages).replace("-\n", "-"))


def text_of_docx(content: bytes) -> str:
    told = docx.Document(io.BytesIO(content))
    rows = [cell.text for table in told.tables for row in table.rows for cell in row.cells]
    return _plain(" ".join([*(one.text for one in told.paragraphs), *rows]))


def _plain(text: str) -> str:
    return " ".join(text.replace("&#39;", "'").replace("&amp;", "&").replace("&#34;", '"').split())


TEXTS: dict[str, Callable[[bytes], str]] = {"html": text_of_html, "pdf": text_of_pdf, "docx": text_of_docx}


def made(name: str, result: Result, form: str) -> bytes:
    return render(result, registry.get(name), form)


def sheet_rows(content: bytes, sheet: str) -> list[dict[str, object]]:
    """The rows of a sheet by the heads of its columns."""
    head, *rows = load_workbook(io.BytesIO(content))[sheet].values
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


@pytest.mark.parametrize("language", ["en", "de"])
class TestAudit:
    @pytest.fixture
    def check(self, demo: Service, language: str) -> Result:
        return demo.run("audit", {**FIRM, "lang": language})

    def test_json_is_the_result(self, check: Result):
        assert json.loads(made("audit", check, "json")) == json.loads(json.dumps(check.to_dict()))

    def test_the_workbook_holds_every_number_of_every_table_as_a_number(self, check: Result):
        content = made("audit", check, "xlsx")
        for table in check.tables:
            rows = sheet_rows(content, table.name)
            assert len(rows) == len(table.rows)
            with_language = {one.name: one for one in table.columns}
            for name, column in with_language.items():
                if column.type in ("integer", "number"):
                    head = _heading(check, column)
                    assert [row[head] for row in rows] == table.column(name), f"{table.name}.{name}"

    @pytest.mark.parametrize("form", ["html", "pdf"])
    def test_page_and_paper_say_verdict_findings_and_their_confidence(self, check: Result, form: str):
        told = TEXTS[form](made("audit", check, form))

        assert _plain(check.verdict) in told
        for finding in check.findings:
            assert _plain(finding.title) in told
            assert _plain(finding.explanation) in told

    @pytest.mark.parametrize("form", ["html", "pdf"])
    def test_page_and_paper_say_the_lead_times_and_stocks_of_the_inputs(self, check: Result, form: str):
        told = TEXTS[form](made("audit", check, form))
        inputs = check.table("inputs")
        for row in map(inputs.cells, range(len(inputs.rows))):
            if row["lead_time_days"] is not None:
                between = r"\D*" if form == "html" else r"[^0-9]*"
                numbers = f"{row['lead_time_days']}{between}{row['stock_cover_days'] or ''}"
                assert re.search(numbers, told), row["input"]


@pytest.mark.parametrize("language", ["en", "de"])
class TestBrief:
    @pytest.fixture
    def brief(self, with_calls: Service, language: str) -> Result:
        return with_calls.run("brief", {**BRIEF, "lang": language})

    @pytest.mark.parametrize("form", ["html", "pdf", "docx"])
    def test_every_form_says_the_quotients_organisations_and_projects(self, brief: Result, form: str):
        told = TEXTS[form](made("brief", brief, form))

        assert _plain(brief.verdict) in told
        given, carriers = brief.table("brings"), brief.table("carriers")
        for row in map(given.cells, range(len(given.rows))):
            assert isinstance(row["quotient"], float)
            assert f" {_number(brief, row['quotient'])} {row['organisations']} " in told, row["capability"]
        for row in map(carriers.cells, range(len(carriers.rows))):
            assert re.search(rf"\b{row['joint_projects']}\b", told)

    def test_the_workbook_holds_them_as_numbers(self, brief: Result):
        content = made("brief", brief, "xlsx")
        table = brief.table("brings")
        for name in ("quotient", "organisations", "confidence"):
            column = next(one for one in table.columns if one.name == name)
            assert [row[_heading(brief, column)] for row in sheet_rows(content, "brings")] == table.column(name)

    @pytest.mark.parametrize("form", ["html", "pdf", "docx"])
    def test_every_form_says_every_verdict_on_a_rule(self, brief: Result, form: str):
        from valuechain.model.language import speaking

        told = TEXTS[form](made("brief", brief, form))
        with speaking(words.language_of(brief)):
            for verdict in {str(one) for one in brief.table("rules").column("verdict")}:
                assert words.code_words("verdict", verdict) in told


def _heading(result: Result, column: object) -> str:
    from valuechain.model.language import speaking
    from valuechain.model.result import Column

    assert isinstance(column, Column)
    with speaking(words.language_of(result)):
        return words.heading(column)


def _number(result: Result, value: float) -> str:
    from valuechain.model.language import speaking

    with speaking(words.language_of(result)):
        return words.number(value, words.decimals_for(result.table("brings").column("quotient")))
