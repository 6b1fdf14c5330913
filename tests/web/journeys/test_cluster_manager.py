"""A cluster manager looks at the field: who holds it together, who belongs where, what to offer another cluster."""

import re

from playwright.sync_api import expect

from tests.support.pdf import report_of


def test_from_the_overview_into_a_community_to_a_member_and_back(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/explore")
        told = page.locator(".verdict, .lede").first
        overview = told.inner_text()
        assert overview
        page.locator(".bubbles a").first.click()
        page.wait_for_url("**community=*")
        inside = page.url
        page.locator("table a[href*='/check/']").first.click()
        page.wait_for_url("**/check/**")

        page.go_back()
        expect(page).to_have_url(inside)
        page.go_back()
        expect(page).to_have_url(f"{site}/explore")
        expect(told).to_have_text(overview, use_inner_text=True)


def test_a_cell_of_the_heat_map_opens_its_list(visiting, site, keyboard):
    with visiting(site) as visit:
        page = visit.open("/explore/stages")
        keyboard(page).open("Components", "a")

        expect(page).to_have_url(re.compile("cell="))
        expect(page.locator("#cell table tbody tr")).not_to_have_count(0)
        page.go_back()
        expect(page.locator("#cell")).to_have_count(0)


def test_from_the_first_page_to_the_papers_of_a_mission_with_another_cluster(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Let made-up records in").click()
        page.wait_for_url("**with=synthetic*")
        page.get_by_role("navigation").get_by_role("link", name="Gaps").click()
        page.get_by_label("Cluster", exact=True).select_option(label="Example Cluster e. V.")
        page.get_by_role("button", name="Look here").click()
        page.get_by_role("link", name="Dossier for a mission of this cluster").click()
        page.wait_for_url("**/analysis/dossier*")
        verdict = page.locator(".verdict").inner_text()
        assert "members of Example Cluster e. V. to meet Example Health Optics Cluster" in verdict

        papers = report_of(page)
        assert verdict in papers[0]
        assert "This page is for Example" in papers[1]
