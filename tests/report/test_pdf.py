"""The printed report: tagged, complete, the same numbers as elsewhere, and no text that is taken for markup."""

import io
import re
from dataclasses import replace
from typing import Any

import pypdf
import pytest

from tests.support.pdf import pages_of
from tests.support.results import FINDINGS, HOSTILE, RECORDS, TABLE, about, hostile, result, sample
from valuechain import registry
from valuechain.model.analysis import Analysis
from valuechain.model.result import Column, Result, Table
from valuechain.report.pdf import MOST_ROWS, to_pdf
from valuechain.report.render import render
from valuechain.report.sources import sources_of
from valuechain.service import Service

CHECK = replace(about(), asks_about_one=True)
"""A question about one organisation, whose report has a head and a drawing."""


def document(one: Result, analysis: Analysis = sample) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(to_pdf(one, analysis)))


def text_of(one: Result, analysis: Analysis = sample) -> str:
    """The words of a report, one blank between them."""
    return " ".join(" ".join(page.extract_text() for page in document(one, analysis).pages).split())


CHAIN = Table(
    "chain",
    "The chain around this organisation",
    tuple(
        Column(name, "text", name)
        for name in ("role", "capability", "capability_key", "state", "who", "stage", "status")
    ),
    (
        ("input", "Glass", "c:glass", "sole source", "Glassworks", "Materials", "declared"),
        ("input", "Coating", "c:coating", "no actor", "nobody here offers it", "Components", "inferred"),
        ("own", "Lens", "c:lens", None, "Lensmaker", "Components", "declared"),
        ("output", "Camera", "c:camera", None, "1 buyer: Cameras", "Modules", "synthetic"),
    ),
    ((), (), (), ()),
)


class TestDocument:
    def test_is_tagged_for_screen_readers_with_a_title_and_a_language(self):
        catalogue: Any = document(result()).trailer["/Root"]

        assert catalogue["/MarkInfo"]["/Marked"]
        assert catalogue["/Lang"] == "en"
        assert catalogue["/ViewerPreferences"]["/DisplayDocTitle"]
        assert b"pdfuaid:part>1<" in catalogue["/Metadata"].get_data()
        assert b">Which samples are there?<" in catalogue["/Metadata"].get_data()

    def test_carries_all_its_fonts(self):
        pages: Any = document(result()).pages
        fonts = [
            font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"]
            for page in pages
            for font in page["/Resources"]["/Font"].values()
        ]

        assert fonts
        assert all({"/FontFile2", "/FontFile3"} & set(font) for font in fonts)

    def test_numbers_its_pages(self):
        assert "page 1 of" in document(result()).pages[0].extract_text()

    def test_is_the_same_for_the_same_result(self):
        assert to_pdf(result(), about()) == to_pdf(result(), about())

    def test_is_made_of_an_empty_result_too(self):
        assert "No record stands behind this." in text_of(Result(graph=result().graph, analysis=result().analysis))


class TestContent:
    def test_opens_with_question_and_answer(self):
        told = text_of(result())

        assert told.index("Which samples are there?") < told.index("Two of three firms are wanting.")

    def test_tells_every_finding_with_what_to_do_and_with_whom_worst_first(self):
        told = text_of(result())
        titles = [told.index(one.title) for one in (FINDINGS[1], FINDINGS[0], FINDINGS[2])]

        assert titles == sorted(titles)
        assert "Critical Components" in told
        assert "Find a supplier. With whom Ask Optik GmbH." in told

    def test_tells_several_to_be_asked_one_by_one(self):
        several = ("Optik e. V., Jena: 2 projects (until 2027)", "Coater GmbH & Co. KG: 87 km away")
        told = text_of(replace(result(), findings=(replace(FINDINGS[1], with_whom=several),)))

        assert "With whom • Optik e. V., Jena: 2 projects (until 2027) • Coater GmbH & Co. KG: 87 km away" in told

    def test_says_what_is_guessed_and_what_is_made_up(self):
        told = text_of(result())

        assert "guessed, confidence 0.123" in told
        assert "made up, confidence 1" in told
        assert "guessed: 1 of 3 findings" in told

    def test_shows_numbers_with_their_units_as_the_page_does(self):
        told = text_of(result())

        assert "Turnover, EUR" in told
        assert "Optik GmbH here, but not connected 12 1,234,568 yes 31 Mar 2026 declared" in told

    def test_says_how_many_rows_it_leaves_out(self):
        rows = tuple((f"Firm {number}", *TABLE.rows[0][1:]) for number in range(MOST_ROWS + 4))
        long = replace(TABLE, rows=rows, evidence=((0,),) * len(rows))
        told = text_of(replace(result(), tables=(long,)))

        assert f"Firm {MOST_ROWS - 1} " in told
        assert f"Firm {MOST_ROWS} " not in told
        assert "11 more rows are not printed." in told  # 4 that do not fit, 7 that were cut before

    def test_leaves_out_a_column_that_only_repeats_whom_it_is_about(self):
        columns = tuple(Column(name, "text", name) for name in ("question", "organisation", "status"))
        rows = (("Who supplies your glass?", "Lensmaker", "declared"),)
        facts = Table(
            "facts",
            "Facts",
            tuple(Column(name, "text", name) for name in ("name", "value")),
            (("name", "Lensmaker"),),
            ((),),
        )
        asked = Table("questions", "What we do not know", columns, rows, ((0,),))
        told = text_of(replace(result(), tables=(facts, asked)), CHECK)

        assert "Who supplies your glass? declared" in told

    def test_agreed_actions_are_told_without_codes_or_iso_dates(self):
        names = ("what", "who", "progress", "about", "stands", "finding")
        columns = (Column("due", "date", "due"), *(Column(name, "text", name) for name in names))
        row = ("2026-12-15", "Ask Schott", "Purchasing", "agreed", "Glass: only one supplier", True, "single-point-1")
        told = text_of(replace(result(), tables=(Table("actions", "Agreed", columns, (row,), ((0,),)),)))

        assert "15 Dec 2026 Ask Schott Purchasing agreed" in told
        assert "single-point-1" not in told

    def test_names_the_columns_that_do_not_fit(self):
        wide = Table(
            "wide",
            "A wide table",
            tuple(Column(f"measurement_{number}", "text", "A column") for number in range(30)),
            (("uninterrupted",) * 30,),
            ((0,),),
        )
        told = text_of(replace(result(), tables=(wide,)))

        assert re.search(r"Not printed: .*Measurement 29\. The workbook holds everything\.", told)

    def test_a_column_of_sentences_is_wide_enough_to_be_read_before_the_last_columns_are_printed(self):
        columns = (Column("reason", "text", ""), *(Column(f"measurement_{number}", "text", "") for number in range(8)))
        row = ("It says so itself, and others have said it, too. " * 6, *("uninterrupted",) * 8)
        told = text_of(replace(result(), tables=(Table("long", "Long", columns, (row,), ((0,),)),)))

        assert "Reason Measurement 0 Measurement 1 Measurement 2 Measurement 3 Measurement 4 Sources" in told

    def test_what_to_do_about_a_weak_link_is_printed_in_longer_words_too(self, demo: Service):
        asked = {"organisation": "example-cluster:laserhead", "with": "synthetic", "lang": "de"}
        told = " ".join(" ".join(pages_of(render(demo.run("audit", asked), registry.get("audit"), "pdf"))).split())

        assert "Stehen mit still, Organisationen Ersetzen durch" in told
        assert "Vorrat reicht, Tage Unverzichtbar" in told

    def test_prints_the_first_columns_of_a_table_that_only_bears_the_name_of_another(self):
        columns = tuple(Column(name, "text", name) for name in ("region", "partner", "reason", "status"))
        rows = (("Thüringen", "Oberbayern", "near", "declared"),)
        told = text_of(replace(result(), tables=(Table("partners", "Partners", columns, rows, ((0,),)),)))

        assert "Thüringen Oberbayern near declared" in told

    def test_draws_the_chain_with_words_for_those_who_do_not_see_it(self):
        made = document(replace(result(), tables=(CHAIN,)), CHECK)
        told = " ".join(" ".join(page.extract_text() for page in made.pages).split())
        alternatives = [
            str(one["/Alt"])
            for number in range(1, len(made.xref[0]))
            if isinstance(one := made.get_object(number), pypdf.generic.DictionaryObject) and "/Alt" in one
        ]

        assert "Coating nobody here offers it" in told
        assert "what it buys: Glass (Glassworks), Coating (nobody here offers it)" in " ".join(alternatives)

    def test_facts_about_the_one_stand_in_its_head(self):
        columns = tuple(Column(name, "text", name) for name in ("name", "value"))
        rows = (("name", "Lensmaker GmbH"), ("kind", "sme"), ("place", "Jena"))
        told = text_of(replace(result(), tables=(Table("facts", "Who it is", columns, rows, ((), (), ())),)), CHECK)

        assert "Lensmaker GmbH kind: SME · place: Jena" in told
        assert "Who it is" not in told

    def test_tables_of_these_names_are_printed_where_a_question_is_about_all(self):
        assert "The chain around this organisation" in text_of(replace(result(), tables=(CHAIN,)))


class TestSources:
    def test_are_listed_by_file_the_surest_first(self):
        assert [(one.status, one.file, one.rows) for one in sources_of(result())] == [
            ("confirmed", "offers.csv", (5,)),
            ("declared", "offers.csv", (2,)),
            ("inferred", "offers.csv", (3,)),
            ("synthetic", "offers.csv", (4,)),
            ("planned", "offers.csv", (6,)),
        ]

    def test_gather_the_rows_of_one_file(self):
        alike = replace(result(), records=tuple(replace(one, status="declared") for one in RECORDS))

        assert [(one.rows, one.newest) for one in sources_of(alike)] == [((2, 3, 4, 5, 6), "2026-03-31")]

    def test_stand_behind_every_finding_by_number(self):
        told = text_of(result())

        assert "sources 2–5" in told  # the worst finding rests on all but the confirmed record
        assert "a offers.csv offer 5 confirmed 31 Mar 2026" in told
        assert "2 more records are not listed." in told


class TestHostileNames:
    def test_stay_text(self):
        told = text_of(hostile())

        for name in HOSTILE[:5]:
            assert name in told

    @pytest.mark.parametrize(
        "name",
        [
            "#set page(fill: red)",
            "$x$ *bold* _a_",
            "光电 Optik",
            "مختبر الليزر",
            "Λέιζερ Лазер",
            "🔬 GmbH",
            "x" * 10_000,
        ],
    )
    def test_never_stop_the_report_and_are_never_run(self, name: str):
        told = text_of(replace(result(), verdict=name, findings=(replace(FINDINGS[0], title=name),)))

        shown = "".join(name.split())[:60] in told.replace(" ", "")
        assert shown or "Signs that the fonts of this report lack are shown as" in told
        assert "Because of rounding." in told
