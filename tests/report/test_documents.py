"""Documents to hand on: what they say, how many pages they take, and that a form never changes a word."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import docx
import pypdf
import pytest

from tests.support.documents import BRIEF, DOSSIER
from tests.support.pdf import pages_of
from tests.support.results import HOSTILE
from valuechain import registry
from valuechain.model.language import speaking
from valuechain.model.result import AnalysisHeader, Result
from valuechain.report.document import (
    Bullets,
    Document,
    Grid,
    Heading,
    Paragraph,
    Sheet,
    Sources,
    clipped,
    for_whom,
    rows_of,
)
from valuechain.report.document_docx import document_docx
from valuechain.report.document_pdf import document_pdf
from valuechain.report.html import document_html, policy
from valuechain.report.layouts import LAYOUTS
from valuechain.report.render import render
from valuechain.service import Service

NOW = datetime(2026, 4, 1, tzinfo=UTC)


def sheet(text: str = "A paragraph.", rows: int = 2) -> Sheet:
    grid = Grid(("No.", "Name"), (1, 4), tuple((str(number), f"Firm {number}") for number in range(rows)), (0,))
    points = Bullets((Paragraph("A point.", cited="1–3"), Paragraph("Another.")))
    return Sheet((Heading("First things"), Paragraph(text, "lead"), Heading("Then", 3), points, grid))


def document(*sheets: Sheet) -> Document:
    return Document("Test", "A document", "For: advisors.", "revision 7", sheets or (sheet(),))


def answer(service: Service, name: str, asked: dict[str, str]) -> Result:
    return service.run(name, asked)


@pytest.fixture(scope="module")
def brief(with_calls: Service) -> Result:
    return with_calls.run("brief", BRIEF)


@pytest.fixture(scope="module")
def dossier(with_calls: Service) -> Result:
    return with_calls.run("dossier", DOSSIER)


class TestBrief:
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_is_two_pages_with_its_reader_on_each(self, with_calls: Service, language: str):
        result = with_calls.run("brief", {**BRIEF, "lang": language, "for": "cluster"})
        told = pages_of(render(result, registry.get("brief"), "pdf"))

        assert len(told) == 2
        reader = {"en": "For: members of the cluster.", "de": "Mitglieder des Clusters"}[language]
        assert all(reader in page for page in told)

    def test_is_two_pages_however_long_the_names_are(self, brief: Result):
        long = tuple(_with_long_texts(table) for table in brief.tables)
        told = render(replace(brief, tables=long), registry.get("brief"), "pdf")

        assert len(pages_of(told)) == 2

    def test_says_the_proposal_the_call_with_its_last_day_and_what_is_not_known(self, brief: Result):
        first, second = pages_of(render(brief, registry.get("brief"), "pdf"))

        assert brief.verdict in first
        assert "Photonics and quantum. With: Quantum technologies." in first
        assert "8 of 8 capabilities below are guessed" in first
        assert "Interregional Investments 2026 (I3); it closes on 12 November 2026." in second
        assert "Also open: A later call." in second
        assert "independent members from at least 3 countries not met" in second
        assert "Nobody named here was asked whether they want to take part" in second

    def test_says_that_a_call_is_closed(self, with_calls: Service):
        told = with_calls.run("brief", {**BRIEF, "call": "calls:past"})
        assert "it closed on 1 June 2025." in pages_of(render(told, registry.get("brief"), "pdf"))[1]

    def test_without_call_and_priorities_says_that_none_is_recorded(self, demo: Service):
        first, second = pages_of(render(demo.run("brief", BRIEF), registry.get("brief"), "pdf"))

        assert "Not known: no smart-specialisation priority of either region is recorded." in first
        assert "No open call is recorded in these data." in second

    def test_of_priorities_none_of_which_is_shared_it_says_so(self, brief: Result):
        own = next(table for table in brief.tables if table.name == "priorities")
        alone = replace(own, rows=own.rows[2:], evidence=own.evidence[2:])
        told = replace(brief, tables=(*(one for one in brief.tables if one.name != "priorities"), alone))

        assert "None of the 1 priorities that are recorded goes with" in _words(LAYOUTS["brief"](told))

    def test_where_there_is_nothing_to_propose_is_one_sheet_that_says_why(self, demo: Service):
        told = LAYOUTS["brief"](demo.run("brief", {"region": "DEG0", "with-region": "DEG0"}))

        assert len(told.sheets) == 1
        assert told.title == "Regional brief"

    def test_of_a_pair_of_which_nothing_else_is_known_says_it_everywhere(self, brief: Result):
        empty = ("brings", "ties", "carriers", "calls", "rules", "members")
        told = tuple(replace(one, rows=(), evidence=()) if one.name in empty else one for one in brief.tables)
        words = _words(LAYOUTS["brief"](replace(brief, tables=told)))

        assert "Nothing is known that Thüringen has not." in words
        assert "No joint project and no supply link between them is known." in words
        assert "Nobody is known yet." in words


class TestDossier:
    @pytest.mark.parametrize("language", ["en", "de"])
    def test_has_a_page_for_each_firm_that_is_for_it_alone(self, with_calls: Service, language: str):
        result = with_calls.run("dossier", {**DOSSIER, "lang": language})
        told = pages_of(render(result, registry.get("dossier"), "pdf"))
        alone = {"en": "This page is for {} alone.", "de": "Diese Seite ist nur für {} bestimmt."}[language]

        for place, firm in enumerate(result.table("firms").column("organisation"), start=1):
            assert alone.format(firm) in told[place]
        assert not any("Example Laserhead GmbH alone" in page for page in told[:2])

    def test_says_of_each_firm_its_meetings_and_what_is_not_known(self, dossier: Result):
        told = pages_of(render(dossier, registry.get("dossier"), "pdf"))
        page = next(page for page in told if "This page is for Example Laserhead GmbH alone." in page)

        assert "SME, Göttingen (DE91C), 40 people, made up" in page
        assert "would like to get in; looks for: maker of medical lasers" in page
        assert "Known of what it needs: 9 of 14 inputs." in page
        assert "31 Aug 2026, 09:00" in page
        assert "Critical: Laser drivers, readout ICs and thermal management" in page
        assert "No day is fixed: the times are a draft." in told[0]

    def test_of_a_firm_of_which_nothing_is_known_says_so(self, demo: Service):
        told = _words(LAYOUTS["dossier"](demo.run("dossier", {**DOSSIER, "firms": "12"})))

        assert "Not known: nobody has said yet what it needs and from whom it buys." in told

    def test_what_is_not_known_of_a_firm_ends_as_a_sentence_before_it_says_why(self, demo: Service):
        told = _words(LAYOUTS["dossier"](demo.run("dossier", {**DOSSIER, "firms": "12"})))

        assert "Nothing is known of what this organisation needs. No record says what it needs, and" in told

    def test_a_column_about_the_market_stands_only_where_one_is_told(self, dossier: Result):
        heads = [
            block.heads
            for sheet in LAYOUTS["dossier"](dossier).sheets
            for block in sheet.blocks
            if isinstance(block, Grid) and block.heads[0] == "Firm"
        ]
        told = any(row for row in dossier.table("firms").column("market_stage"))

        assert [("In the market" in one) for one in heads] == [told]

    def test_of_a_firm_with_nothing_amiss_says_so(self, dossier: Result):
        points = replace(dossier.table("points"), rows=(), evidence=())
        tables = (*(one for one in dossier.tables if one.name != "points"), points)

        assert "Nothing amiss is known in its supply." in _words(LAYOUTS["dossier"](replace(dossier, tables=tables)))

    def test_without_a_mission_says_why(self, demo: Service):
        told = demo.run("dossier")
        assert told.verdict in _words(LAYOUTS["dossier"](told))


class TestForms:
    def test_a_sheet_that_fits_takes_one_page_and_one_that_does_not_as_many_as_it_needs(self):
        assert len(pages_of(document_pdf(document(sheet(rows=40)), NOW))) == 1
        assert len(pages_of(document_pdf(document(replace(sheet(rows=120), fits=False)), NOW))) > 1

    def test_every_sheet_begins_on_a_page_of_its_own(self):
        told = pages_of(document_pdf(document(sheet(), sheet("On the second.")), NOW))

        assert "On the second." in told[1]
        assert "page 2 of 2" in told[1]

    def test_pdf_is_tagged_in_its_language(self):
        with speaking("de"):
            catalogue: Any = pypdf.PdfReader(io.BytesIO(document_pdf(document(), NOW))).trailer["/Root"]

        assert catalogue["/Lang"] == "de"
        assert b"pdfuaid:part>1<" in catalogue["/Metadata"].get_data()

    def test_docx_has_headings_lists_tables_with_a_head_and_its_reader_at_the_foot(self):
        told = docx.Document(io.BytesIO(document_docx(document(sheet(), sheet()), NOW)))
        styles = [one.style.name for one in told.paragraphs if one.style is not None]

        assert styles[:2] == ["Heading 1", "Heading 2"]
        assert styles.count("List Bullet") == 4
        assert [cell.text for cell in told.tables[0].rows[1].cells] == ["0", "Firm 0"]
        assert "w:tblHeader" in told.tables[0]._tbl.xml
        assert "For: advisors." in told.sections[0].footer.paragraphs[0].text
        assert (told.core_properties.title, told.core_properties.language) == ("A document", "en-GB")

    def test_columns_of_docx_are_as_wide_as_on_paper_and_rows_stay_on_one_page(self):
        told = docx.Document(io.BytesIO(document_docx(document(), NOW)))
        number, name = (column.width for column in told.tables[0].columns)

        assert number is not None
        assert name == pytest.approx(4 * number, rel=0.01)
        assert told.tables[0]._tbl.xml.count("<w:cantSplit/>") == len(told.tables[0].rows)

    def test_words_too_long_for_a_column_of_docx_are_broken_as_their_language_does(self):
        told = docx.Document(io.BytesIO(document_docx(document(), NOW)))
        assert "w:autoHyphenation" in told.settings.element.xml

    def test_every_sheet_of_docx_begins_on_a_page_of_its_own_without_an_empty_line(self):
        told = docx.Document(io.BytesIO(document_docx(document(sheet(), sheet("On the second.")), NOW)))
        begins = [one.text for one in told.paragraphs if one.paragraph_format.page_break_before]

        assert begins == ["First things"]
        assert "w:br " not in told.element.body.xml

    def test_equal_documents_are_equal_files(self):
        for made in (document_docx, document_pdf):
            assert made(document(), NOW) == made(document(), NOW)

    def test_a_document_made_before_archives_had_dates_is_made_too(self):
        content = document_docx(document(), datetime(1970, 1, 1, tzinfo=UTC))
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            assert archive.infolist()[0].date_time[0] == 1980

    def test_the_page_loads_nothing_and_cites_its_sources(self, brief: Result):
        text = document_html(LAYOUTS["brief"](brief), brief)

        assert f'content="{policy(brief).replace(chr(39), "&#39;")}"' in text
        assert '<html lang="en">' in text
        assert re.search(r'href="#sources">\[\d', text)
        assert text.count('id="sources"') == 1
        assert "<script" not in text
        assert "http" not in text.split("</style>")[1]

    @pytest.mark.parametrize("make", [document_docx, document_pdf])
    def test_hostile_names_stay_text(self, make: Callable[[Document, datetime], bytes]):
        names = (*HOSTILE, "a\x00b\x0bc", "#set page(fill: red)", "光电")
        bad = document(*(sheet(name) for name in names), Sheet((Paragraph("x" * 5_000),)))
        assert make(replace(bad, title=HOSTILE[0], reader=HOSTILE[1]), NOW)

    def test_hostile_names_stay_text_on_the_page(self):
        text = document_html(replace(document(*map(sheet, HOSTILE)), title=HOSTILE[0]), Result())

        assert "<script" not in text
        assert "<img" not in text


class TestParts:
    def test_a_long_text_is_cut_between_words(self):
        assert clipped("optical fibres, cables", 100) == "optical fibres, cables"
        assert clipped("optical fibres, cables", 18) == "optical fibres …"
        assert clipped("x" * 20, 5) == "xxxx …"

    def test_sources_are_cited_by_number(self, brief: Result):
        sources = Sources(brief)
        count = len(sources.grid(with_rows=True).rows)

        assert sources.cited(range(len(brief.records))) == f"1–{count}"
        assert sources.cited(()) == "–"
        assert {row[-1][-4:] for row in sources.grid(with_rows=False).rows} <= {"rows", " row"}

    def test_the_reader_is_told_and_who_may_see_it(self, brief: Result):
        assert for_whom(brief) == "For: the owner of the data. Rests on records visible to: advisors."
        assert for_whom(Result()) == "For: –. Rests on records visible to: –."

    def test_rows_of_a_table_that_is_not_there_are_none(self):
        assert rows_of(Result(analysis=AnalysisHeader("brief", "1", {})), "brings") == []


def _words(told: Document) -> str:
    """Everything that a document says."""
    parts = []
    for one in (block for some in told.sheets for block in some.blocks):
        match one:
            case Heading() | Paragraph():
                parts.append(one.text)
            case Bullets():
                parts += [item.text for item in one.items]
            case Grid():
                parts += [cell for row in one.rows for cell in row]
    return "\n".join(parts)


def _with_long_texts(table: Any) -> Any:
    texts = [
        index
        for index, one in enumerate(table.columns)
        if one.type == "text" and one.name not in ("status", "verdict", "kind")
    ]
    rows = tuple(
        tuple(f"{cell} and many more words that tell a great deal " * 12 if index in texts and cell else cell
              for index, cell in enumerate(row))
        for row in table.rows
    )  # fmt: skip
    return replace(table, rows=rows)
