"""What is exchanged in place: sorting, filters and evidence keep the place, the focus, the address and the history."""

import re

import pytest

CHECK = "/check/example-cluster:laserhead"
GAPS = "/gaps"


def mark(page):
    """Leave a mark that only a new page would wipe out."""
    page.evaluate("window.same = true")


def is_the_same(page):
    return page.evaluate("window.same === true")


def test_sorting_keeps_the_page_the_place_and_the_focus(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        mark(page)
        head = page.locator("#sort-inputs-lead_time_days")
        head.scroll_into_view_if_needed()
        before = head.bounding_box()["y"]
        head.click()
        page.wait_for_selector("[aria-sort=descending]")

        assert is_the_same(page)
        assert "sort=inputs." in page.url
        assert abs(head.bounding_box()["y"] - before) < 40
        assert page.evaluate("document.activeElement.id") == "sort-inputs-lead_time_days"


def test_a_filter_changes_answer_address_and_what_stands_around(visiting, site):
    with visiting(site) as visit:
        page = visit.open(GAPS)
        mark(page)
        page.locator("#f-region").fill("DE9")
        page.locator("#ask").click()
        page.wait_for_url(re.compile("region=DE9"))
        page.locator("#answer h1", has_text="Niedersachsen").wait_for()

        assert is_the_same(page)
        assert "region%3DDE9" in (page.locator(".theme a").first.get_attribute("href") or "")


def test_back_and_forward_restore_what_was_asked(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("#sort-inputs-lead_time_days").click()
        page.wait_for_selector("[aria-sort=descending]")
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        page.wait_for_selector("#evidence")
        page.go_back()
        page.wait_for_selector("#evidence", state="detached")
        assert page.locator("[aria-sort=descending]").count() == 1
        page.go_back()
        page.wait_for_selector("[aria-sort=descending]", state="detached")
        page.go_forward()
        page.wait_for_selector("[aria-sort=descending]")
        page.go_forward()
        page.wait_for_selector("#evidence")

        page.get_by_role("combobox", name="Search").press_sequentially("laserh")
        page.get_by_role("option", name="Example Laserhead GmbH").wait_for()


def test_closing_the_drawer_gives_the_focus_back_to_its_number(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        number = page.locator("[id^=inputs-] td.num a.ev").nth(1)
        wanted = number.get_attribute("href")
        number.click()
        page.wait_for_selector("#evidence")
        page.keyboard.press("Escape")
        page.wait_for_selector("#evidence", state="detached")

        assert page.evaluate("document.activeElement.getAttribute('href')") == wanted


def test_an_answer_that_cannot_be_given_is_told_on_its_own_page(visiting, site):
    with visiting(site) as visit:
        page = visit.open(GAPS)
        page.locator("#f-region").fill("QQ")
        page.locator("#ask").click()
        page.wait_for_selector("[role=alert]")
        visit.faults = [fault for fault in visit.faults if "the server responded with a status of 4" not in fault]

        assert "region=QQ" in page.url


def test_nothing_of_a_page_is_kept_in_the_browser(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("#sort-inputs-lead_time_days").click()
        page.wait_for_selector("[aria-sort=descending]")

        kept = page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert "Laserhead" not in kept


@pytest.mark.parametrize(("width", "position"), [(1440, "sticky"), (900, "sticky"), (360, "fixed")])
def test_the_drawer_stands_beside_the_text_under_it_or_rises_from_below(visiting, site, width, position):
    with visiting(site, width) as visit:
        page = visit.open(f"{CHECK}?evidence=inputs.5.lead_time_days")
        drawer, text = page.locator("#evidence"), page.locator("#answer > .text")
        box, beside = drawer.bounding_box(), text.bounding_box()

        assert drawer.evaluate("one => getComputedStyle(one).position") == position
        assert (box["x"] >= beside["x"] + beside["width"]) == (width > 1180)
        assert box["height"] <= 900
        assert page.get_by_role("link", name="Close the evidence").is_visible()


def test_an_answer_that_takes_its_time_shows_bars_until_it_is_there(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        waiting = []
        page.route("**/check/**", lambda route: waiting.append(route))
        page.locator("#sort-inputs-lead_time_days").click()
        page.wait_for_timeout(500)
        assert page.evaluate("getComputedStyle(document.querySelector('#answer > .text'), '::after').opacity") > "0.5"
        assert page.locator("#answer").get_attribute("aria-busy") == "true"
        waiting[0].continue_()
        page.wait_for_selector("[aria-sort=descending]")

        assert page.locator("#answer").get_attribute("aria-busy") is None


def test_the_reader_chooses_the_language_in_the_header(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/data")
        with page.expect_navigation():
            page.get_by_role("link", name="Deutsch").click()

        assert page.locator("html").get_attribute("lang") == "de"
        assert page.url.endswith("/data")
