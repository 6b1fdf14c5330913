"""From a number to the file, row, day and status behind it: in one click, with script and without."""

import re

import pytest

CHECK = "/check/example-cluster:laserhead"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [360, 1440])
def test_one_click_on_a_number_shows_file_row_day_and_status(visiting, site, script, width):
    with visiting(site, width, script=script) as visit:
        page = visit.open(f"{CHECK}?show=inputs")
        page.locator("#inputs td.num a.ev, [id^=inputs-] td.num a.ev").first.click()
        drawer = page.locator("#evidence")

        assert re.search(r"\d+ days", drawer.locator(".big").inner_text())
        text = drawer.inner_text()
        assert "supplies.csv" in text
        assert re.search(r"row \d+", text)
        assert re.search(r"As of\s+\d+ [A-Z][a-z]+ 20\d\d", text)
        assert "made up" in text
        assert "evidence=inputs." in page.url


def test_opening_evidence_keeps_the_place_and_moves_the_focus_to_it(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        number = page.locator("[id^=inputs-] td.num a.ev").first
        number.scroll_into_view_if_needed()
        before = number.bounding_box()["y"]
        number.click()
        page.wait_for_selector("#evidence")

        assert abs(page.locator("a.ev.picked").bounding_box()["y"] - before) < 40
        assert page.evaluate("document.activeElement.id") == "evidence"


def test_escape_closes_the_drawer_and_back_opens_it_again(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        page.wait_for_selector("#evidence")
        page.keyboard.press("Escape")
        page.wait_for_selector("#evidence", state="detached")
        page.go_back()

        page.wait_for_selector("#evidence")


def test_the_address_of_an_open_drawer_shows_the_same_drawer(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        text = page.locator("#evidence").inner_text()

        page.reload()
        assert page.locator("#evidence").inner_text() == text


def test_typing_lists_what_matches_and_arrow_and_enter_open_it(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/gaps")
        page.get_by_role("combobox", name="Search").press_sequentially("laserh")
        option = page.get_by_role("option", name="Example Laserhead GmbH")
        option.wait_for()
        page.keyboard.press("ArrowDown")
        assert option.get_attribute("aria-selected") == "true"
        page.keyboard.press("Enter")

        page.wait_for_url("**/check/**")
        assert page.locator("h1").inner_text() == "Example Laserhead GmbH"


def test_escape_puts_the_matches_away(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/gaps")
        field = page.get_by_role("combobox", name="Search")
        field.press_sequentially("laser")
        page.get_by_role("option").first.wait_for()
        field.press("Escape")

        assert field.get_attribute("aria-expanded") == "false"


def test_without_script_the_search_is_a_page(visiting, site):
    with visiting(site, script=False) as visit:
        page = visit.open("/gaps")
        page.get_by_label("Search organisations").fill("koln")
        page.keyboard.press("Enter")

        assert "Köln" in page.locator("#hits").inner_text() or "Koln" in page.locator("#hits").inner_text()
