"""Where there is little room: tables become labelled lines, and of many findings a phone shows the first."""

import pytest
from playwright.sync_api import expect

CHECK = "/check/example-cluster:laserhead"

CUT_OFF = """() => [...document.querySelectorAll(".stacks")]
    .filter((one) => one.scrollWidth > one.clientWidth)
    .map((one) => one.id)"""


@pytest.mark.parametrize("language", ["en-GB", "de-DE"])
@pytest.mark.parametrize("path", [CHECK, "/data", "/gaps?region=DEG0", "/explore/organisations", "/analysis/meetings"])
def test_no_table_of_words_is_cut_off(visiting, site, path, language):
    with visiting(site, 768, language=language) as visit:
        page = visit.open(path)

        assert page.evaluate(CUT_OFF) == []


def test_a_table_of_many_columns_names_each_line(visiting, site):
    with visiting(site, 768) as visit:
        cell = visit.open(CHECK).locator("#t-inputs td[data-l='Suppliers']:visible").first

        assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == '"Suppliers"'


def test_a_table_of_few_columns_keeps_its_head(visiting, site):
    with visiting(site, 768) as visit:
        head = visit.open("/regions/DEG0/DE21").locator("table.stack thead").first

        assert head.evaluate("head => getComputedStyle(head).position") == "static"


def test_on_a_wide_screen_every_table_keeps_its_columns(visiting, site):
    with visiting(site) as visit:
        heads = visit.open(CHECK).locator("table.stack thead")

        positions = heads.evaluate_all("heads => heads.map((head) => getComputedStyle(head).position)")
        assert set(positions) == {"static"}


def test_a_phone_shows_the_first_three_findings_until_all_are_asked_for(visiting, site):
    with visiting(site, 360, script=False) as visit:
        page = visit.open(CHECK)
        findings = page.locator(".find:visible")
        expect(findings).to_have_count(3)
        page.get_by_text("3 of 10 findings shown.").get_by_role("link", name="Show all").click()

        expect(findings).to_have_count(10)


def test_a_finding_that_an_address_leads_to_is_shown_on_a_phone_too(visiting, site):
    with visiting(site, 360) as visit:
        last = visit.open(CHECK).locator(".find").last
        name = last.get_attribute("id")
        expect(last).to_be_hidden()
        evidence = last.locator(".ev").get_attribute("href")

        expect(visit.open(f"{CHECK}#{name}").locator(".find").last).to_be_in_viewport()
        expect(visit.open(evidence.partition("#")[0]).locator(".find").last).to_be_visible()


def test_paper_holds_every_finding(visiting, site):
    with visiting(site, 794) as visit:
        page = visit.open(CHECK)
        page.emulate_media(media="print")

        expect(page.locator(".find:visible")).to_have_count(10)
