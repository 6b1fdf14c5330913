"""From a number to the file, row, day and status behind it: in one click, with script and without."""

import re

import pytest
from playwright.sync_api import expect

CHECK = "/check/example-cluster:laserhead"


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
@pytest.mark.parametrize("width", [360, 1440])
def test_one_click_on_a_number_shows_file_row_day_and_status(visiting, site, script, width):
    with visiting(site, width, script=script) as visit:
        page = visit.open(f"{CHECK}?show=inputs")
        page.locator("#inputs td.num a.ev, [id^=inputs-] td.num a.ev").first.click()
        drawer = page.locator("#evidence")

        expect(drawer.locator(".big")).to_contain_text(re.compile(r"\d+ days"))
        expect(drawer).to_contain_text("supplies.csv")
        expect(drawer).to_contain_text(re.compile(r"row \d+"))
        expect(drawer).to_contain_text(re.compile(r"As of\s+\d+ [A-Z][a-z]+ 20\d\d"), use_inner_text=True)
        expect(drawer).to_contain_text("made up")
        expect(page).to_have_url(re.compile(r"evidence=inputs\."))


def test_opening_evidence_keeps_the_place_and_moves_the_focus_to_it(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        number = page.locator("[id^=inputs-] td.num a.ev").first
        number.scroll_into_view_if_needed()
        before = number.bounding_box()["y"]
        number.click()

        expect(page.locator("#evidence")).to_be_focused()
        assert abs(page.locator("a.ev.picked").bounding_box()["y"] - before) < 40


def test_escape_closes_the_drawer_and_back_opens_it_again(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        drawer = page.locator("#evidence")
        expect(drawer).to_be_focused()
        page.keyboard.press("Escape")
        expect(drawer).to_have_count(0)
        page.go_back()

        expect(drawer).to_be_visible()


def test_the_address_of_an_open_drawer_shows_the_same_drawer(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.locator("[id^=inputs-] td.num a.ev").first.click()
        text = page.locator("#evidence").inner_text()

        page.reload()
        expect(page.locator("#evidence")).to_have_text(text, use_inner_text=True)


def test_typing_lists_what_matches_and_arrow_and_enter_open_it(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/gaps")
        page.get_by_role("combobox", name="Search").press_sequentially("laserh")
        option = page.get_by_role("option").first
        expect(option).to_contain_text("Example Laserhead GmbH")
        page.keyboard.press("ArrowDown")
        expect(option).to_have_attribute("aria-selected", "true")
        page.keyboard.press("Enter")

        expect(page).to_have_url(re.compile("/check/"))
        expect(page.locator("h1")).to_have_text("Example Laserhead GmbH")


def test_escape_puts_the_matches_away(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/gaps")
        field = page.get_by_role("combobox", name="Search")
        field.press_sequentially("laser")
        expect(page.get_by_role("option").first).to_be_visible()
        field.press("Escape")

        expect(field).to_have_attribute("aria-expanded", "false")


@pytest.mark.parametrize(("key", "seen"), [("ArrowDown", "true"), ("Escape", "false")])
def test_matches_that_come_late_undo_neither_a_choice_nor_escape(visiting, site, key, seen):
    with visiting(site) as visit:
        page = visit.open("/gaps")
        field = page.get_by_role("combobox", name="Search")
        field.fill("laser")
        expect(page.get_by_role("option").first).to_be_visible()
        late = []
        page.route("**/suggest?*", lambda route: late.append(route))
        with page.expect_request("**/suggest?*"):
            field.press("h")
        field.press(key)
        with page.expect_event("requestfinished"):
            late[0].continue_()

        expect(page.get_by_role("option", include_hidden=True).first).to_have_attribute("aria-selected", seen)
        expect(field).to_have_attribute("aria-expanded", seen)


def test_without_script_the_search_is_a_page(visiting, site):
    with visiting(site, script=False) as visit:
        page = visit.open("/gaps")
        page.get_by_label("Search organisations").fill("koln")
        page.keyboard.press("Enter")

        expect(page.locator("#hits")).to_contain_text(re.compile("K[öo]ln"))
