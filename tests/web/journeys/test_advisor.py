"""An advisor checks a firm: from a name to the findings, the records behind a number, and a report to hand over."""

import re

from playwright.sync_api import expect

from tests.support.pdf import pages_of


def test_from_a_search_to_the_report_by_keyboard_alone(visiting, site, keyboard):
    with visiting(site) as visit:
        page = visit.open("/")
        hands = keyboard(page)
        hands.go_to("What are you looking for?", "input")
        hands.type("laserhead")
        expect(page.get_by_role("option").first).to_contain_text("Example Laserhead GmbH")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        page.wait_for_url("**/check/example-cluster:laserhead")
        expect(page.locator(".verdict")).to_contain_text("Example Laserhead GmbH stops if")
        expect(page.locator("#findings article").nth(2)).to_be_visible()

        hands.open("records behind this finding", "a")
        drawer = page.locator("#evidence")
        expect(drawer).to_contain_text(".csv")
        expect(drawer).to_contain_text(re.compile(r"row \d+"))
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)

        hands.go_to("Report, PDF", "a")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        report = pages_of(download.value.path().read_bytes())
        assert "Example Laserhead GmbH stops if" in report[0]


def test_a_link_that_is_passed_on_shows_the_same(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/check/example-cluster:laserhead?without=inferred")
        with page.expect_navigation():
            page.locator("#findings a.ev").first.click()
        told, link = page.locator("#evidence").inner_text(), page.url.removeprefix(site)

    with visiting(site) as visit:
        assert visit.open(link).locator("#evidence").inner_text() == told


def test_a_real_organisation_of_which_little_is_known_is_told_so(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/check/cordis-de-photonics:996341418")

        expect(page.locator(".verdict")).to_contain_text("Nothing is known yet")
        expect(page.get_by_text("Not asked yet").first).to_be_visible()
