"""The one-file page, opened from disk in a real browser."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.support.results import CHARTS, HOSTILE, TABLE, about, hostile, result
from valuechain.model.result import Result
from valuechain.report.html import policy, to_fragment, to_html


class Opened:
    """A page that was opened, with what it asked for and complained of."""

    def __init__(self, page: Page, file: Path, one: Result) -> None:
        self.page = page
        self.complaints: list[str] = []
        self.requests: list[str] = []
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))
        page.on("dialog", self._dismiss)
        page.on("request", lambda request: self.requests.append(request.url))
        file.write_text(to_html(one, about()), encoding="utf-8")
        page.goto(file.as_uri())

    def _dismiss(self, dialog: Dialog) -> None:
        self.complaints.append(dialog.message)
        dialog.dismiss()


def test_shows_the_verdict_the_findings_worst_first_and_the_honesty_line(page: Page, tmp_path: Path):
    opened = Opened(page, tmp_path / "report.html", result())

    assert page.locator(".lede").inner_text() == "Two of three firms are wanting."
    assert page.locator(".find h3").all_inner_texts() == ["Nobody offers lenses", "A small thing", "Not asked yet"]
    assert page.locator(".find .sev").all_inner_texts() == ["Critical", "Low", "For information"]
    assert "made up: 1 of 3 findings" in page.locator(".honest").inner_text()
    assert opened.complaints == []


def test_every_number_leads_to_its_records(page: Page, tmp_path: Path):
    Opened(page, tmp_path / "report.html", result())

    links = page.locator('a[href^="#r"]').all()
    targets = {link.get_attribute("href") for link in links}
    assert targets == {"#r1", "#r4", "#r5"}
    assert all(page.locator(target).count() == 1 for target in targets if target)
    page.locator(".find a[href='#r5']").click()
    assert page.locator("tr:target").inner_text().split("\t")[3:7] == ["offers.csv", "6", "31 Mar 2026", "planned"]


def test_figures_are_drawn_offline_without_a_complaint_and_stand_above_their_table(page: Page, tmp_path: Path):
    opened = Opened(page, tmp_path / "report.html", result(CHARTS))
    page.wait_for_selector(".figure .main-svg >> nth=7")

    expect(page.locator("figure")).to_have_count(4)
    expect(page.locator(".figure .barlayer .point").nth(2)).to_be_attached()
    assert page.locator("figure + .scroll table").count() == 1
    assert opened.complaints == []
    assert opened.requests == [(tmp_path / "report.html").as_uri()]


def test_is_small_without_a_chart_and_carries_plotly_once_with_several():
    assert len(to_html(result(), about())) < 40_000
    assert to_html(result(CHARTS), about()).count("plotly.js v") == 1


def test_hostile_names_are_text_and_nothing_else(page: Page, tmp_path: Path):
    opened = Opened(page, tmp_path / "report.html", hostile(CHARTS))
    page.wait_for_selector(".figure .main-svg >> nth=7")

    told = page.locator(".find h3").all_text_contents()
    assert [text.strip() for text in told] == [name.strip() for name in HOSTILE]
    assert page.locator("img, script[src], iframe, object, embed").count() == 0
    assert page.evaluate("document.querySelectorAll('script:not([type])').length") == 2
    assert opened.complaints == []
    assert opened.requests == [(tmp_path / "report.html").as_uri()]


def test_a_script_that_slips_in_does_not_run(page: Page, tmp_path: Path):
    text = to_html(result(), about()).replace("</main>", "<script>document.title='owned'</script></main>")
    (tmp_path / "page.html").write_text(text, encoding="utf-8")
    page.goto((tmp_path / "page.html").as_uri())

    assert page.title() == "Which samples are there? · valuechain"


def test_the_policy_allows_nothing_from_outside():
    for one in (result(), result(CHARTS)):
        assert policy(one).startswith("default-src 'none'; script-src ")
        assert "unsafe" not in policy(one)
    assert "script-src 'none'" in policy(result())


def test_method_options_and_cuts_are_told():
    text = to_html(result(), about())

    assert "A made-up question for tests." in text
    assert "x &lt; y &amp; z." in text
    assert "<dt>least</dt><dd>0.5</dd>" in text
    assert "7 more rows lie beyond the limit" in text
    assert "2 more are not listed" in text
    assert "d" * 64 in text


def test_every_row_tells_its_status_and_a_key_stands_below_its_name():
    text = to_html(result(), about())

    assert re.findall(r'<path class="(\w+)" d="M1 4H25"/></svg>([\w ]+)</span></td>', text) == [
        ("declared", "declared"),
        ("inferred", "guessed"),
        ("synthetic", "made up"),
    ]
    assert "Optik GmbH<small>a:optik</small>" in text


def test_long_evidence_is_folded(page: Page, tmp_path: Path):
    many = replace(result(), tables=(replace(TABLE, evidence=(tuple(range(0, 40, 2)), (), ())),))
    Opened(page, tmp_path / "report.html", many)

    assert page.locator("details summary").inner_text() == "20 records"


@pytest.mark.parametrize("width", [360, 1280])
def test_the_page_does_not_scroll_sideways(page: Page, tmp_path: Path, width: int):
    page.set_viewport_size({"width": width, "height": 800})
    Opened(page, tmp_path / "report.html", result(CHARTS))

    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_notebook_gets_a_piece_without_scripts():
    text = to_fragment(hostile(CHARTS), rows=2)

    assert "<script" not in text
    assert "10 more findings" in text
    assert "10 more rows: result.frame(" in text
    assert "No rows" not in to_fragment(Result())
