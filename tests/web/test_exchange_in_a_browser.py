"""What is exchanged in place: sorting, filters and evidence keep the place, the focus, the address and the history."""

import re

import pytest
from playwright.sync_api import expect

CHECK = "/check/example-cluster:laserhead"
GAPS = "/gaps"
SORTED = "[aria-sort=descending]"


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
        expect(page.locator(SORTED)).to_have_count(1)

        assert is_the_same(page)
        expect(page).to_have_url(re.compile(r"sort=inputs\."))
        expect(head).to_be_focused()
        assert abs(head.bounding_box()["y"] - before) < 40


def test_a_filter_changes_answer_address_and_what_stands_around(visiting, site):
    with visiting(site) as visit:
        page = visit.open(GAPS)
        mark(page)
        page.locator("#f-region").fill("DE9")
        page.locator("#ask").click()
        expect(page).to_have_url(re.compile("region=DE9"))
        expect(page.locator("#answer h1")).to_contain_text("Niedersachsen")

        assert is_the_same(page)
        expect(page.locator(".theme a").first).to_have_attribute("href", re.compile("region%3DDE9"))


def test_back_and_forward_restore_what_was_asked(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        head, drawer = page.locator(SORTED), page.locator("#evidence")
        page.locator("#sort-inputs-lead_time_days").click()
        expect(head).to_have_count(1)
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        expect(drawer).to_have_count(1)
        page.go_back()
        expect(drawer).to_have_count(0)
        expect(head).to_have_count(1)
        page.go_back()
        expect(head).to_have_count(0)
        page.go_forward()
        expect(head).to_have_count(1)
        page.go_forward()
        expect(drawer).to_have_count(1)

        page.get_by_role("combobox", name="Search").press_sequentially("laserh")
        expect(page.get_by_role("option", name="Example Laserhead GmbH")).to_be_visible()


def test_closing_the_drawer_gives_the_focus_back_to_its_number(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        number = page.locator("[id^=inputs-] td.num a.ev").nth(1)
        wanted = number.get_attribute("href")
        number.click()
        drawer = page.locator("#evidence")
        expect(drawer).to_be_focused()
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)

        expect(page.locator("a.ev:focus")).to_have_attribute("href", wanted)


def test_an_answer_that_cannot_be_given_is_told_on_its_own_page(visiting, site):
    with visiting(site) as visit:
        page = visit.open(GAPS)
        page.locator("#f-region").fill("QQ")
        with page.expect_navigation():
            page.locator("#ask").click()
        expect(page.get_by_role("alert")).to_be_visible()
        visit.faults = [fault for fault in visit.faults if "the server responded with a status of 4" not in fault]

        expect(page).to_have_url(re.compile("region=QQ"))


def test_nothing_of_a_page_is_kept_in_the_browser(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("#sort-inputs-lead_time_days").click()
        expect(page.locator(SORTED)).to_have_count(1)

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
        expect(page.get_by_role("link", name="Close the evidence")).to_be_visible()


def test_an_answer_that_takes_its_time_shows_bars_until_it_is_there(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        waiting = []
        page.route("**/check/**", lambda route: waiting.append(route))
        with page.expect_request("**/check/**"):
            page.locator("#sort-inputs-lead_time_days").click()
        expect(page.locator("#answer")).to_have_attribute("aria-busy", "true")
        expect(page.locator("#answer > .text")).to_have_css("opacity", re.compile(r"^(1|0\.[5-9])"), pseudo="after")
        waiting[0].continue_()

        expect(page.locator(SORTED)).to_have_count(1)
        expect(page.locator("#answer[aria-busy]")).to_have_count(0)


def test_the_reader_chooses_the_language_in_the_header(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/data")
        page.get_by_role("link", name="Deutsch").click()

        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page).to_have_url(f"{site}/data")
