"""A regional planner looks for a partner: from the map to a region, its partners, a pair, and the brief for both."""

import re

from playwright.sync_api import expect

from tests.support.pdf import report_of


def test_from_the_map_to_a_pair(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions")
        page.locator("table a[href*='/regions/DEG0']").first.click()
        expect(page.locator("h1")).to_contain_text("Thüringen")
        page.locator("table a[href*='/regions/DEG0/']").first.click()
        page.wait_for_url("**/regions/DEG0/*")

        expect(page.get_by_text("would bring").first).to_be_visible()
        page.go_back()
        expect(page).to_have_url(re.compile("/regions/DEG0$"))
        page.go_back()
        expect(page).to_have_url(f"{site}/regions")


def test_from_a_pair_to_the_two_pages_for_both_regions(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions/DEG0")
        page.locator("table a[href*='/regions/DEG0/']").first.click()
        page.wait_for_url("**/regions/DEG0/*")
        page.get_by_role("link", name="A brief of two pages").click()
        page.wait_for_url("**/analysis/brief*")
        verdict = page.locator(".verdict").inner_text()
        assert "Thüringen" in verdict

        papers = report_of(page)
        assert len(papers) == 2
        assert verdict in papers[0]


def test_the_table_beside_the_map_is_reached_by_keyboard(visiting, site, keyboard):
    with visiting(site) as visit:
        page = visit.open("/regions")
        keyboard(page).open("Thüringen", "a")

        expect(page).to_have_url(re.compile("/regions/DEG0"))
