"""An advisor checks a firm: from a name to the findings, the records behind a number, and a report to hand over."""

import re

from tests.support.pdf import pages_of


def test_from_a_search_to_the_report_by_keyboard_alone(visiting, site, keyboard):
    with visiting(site) as visit:
        page = visit.open("/")
        hands = keyboard(page)
        hands.go_to("What are you looking for?", "input")
        hands.type("laserhead")
        page.get_by_role("option", name="Example Laserhead GmbH").wait_for()
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")

        page.wait_for_url("**/check/example-cluster:laserhead")
        verdict = page.locator(".verdict").inner_text()
        assert "Example Laserhead GmbH stops if" in verdict
        assert page.locator("#findings article").count() >= 3

        hands.open("records behind this finding", "a")
        drawer = page.locator("#evidence")
        drawer.wait_for()
        assert re.search(r"\.csv", drawer.inner_text())
        assert re.search(r"row \d+", drawer.inner_text())
        page.keyboard.press("Escape")
        drawer.wait_for(state="detached")

        hands.go_to("Report, PDF", "a")
        with page.expect_download() as download:
            page.keyboard.press("Enter")
        report = pages_of(download.value.path().read_bytes())
        assert "Example Laserhead GmbH stops if" in report[0]


def test_a_link_that_is_passed_on_shows_the_same(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/check/example-cluster:laserhead?without=inferred")
        page.locator("#findings a.ev").first.click()
        page.locator("#evidence").wait_for()
        told, link = page.locator("#evidence").inner_text(), page.url.removeprefix(site)

    with visiting(site) as visit:
        assert visit.open(link).locator("#evidence").inner_text() == told


def test_a_real_organisation_of_which_little_is_known_is_told_so(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/check/cordis-de-photonics:996341418")

        assert "Nothing is known yet" in page.locator(".verdict").inner_text()
        assert page.get_by_text("Not asked yet").first.is_visible()
