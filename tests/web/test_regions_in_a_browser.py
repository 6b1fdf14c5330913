"""Charts, the map and the way from a region to a group, in a real browser under the pages' own policy."""

import pytest
from playwright.sync_api import expect


@pytest.mark.parametrize("colours", ["light", "dark"])
def test_charts_are_drawn_when_they_are_looked_at_and_ask_nobody_else(visiting, site, colours):
    with visiting(site, colours=colours) as visit:
        page = visit.open("/regions/DEG0")
        loaded = "performance.getEntriesByType('resource').filter(one => one.name.endsWith('/charts.js')).length"
        assert page.evaluate(loaded) == 0

        page.locator("#s-flows").scroll_into_view_if_needed()
        page.wait_for_selector("#s-flows .sankey-link")
        paper = page.evaluate("getComputedStyle(document.querySelector('#s-flows .plot .main-svg')).backgroundColor")
        page_paper = page.evaluate(
            "(() => { const one = document.createElement('p'); one.className = 'btn'; document.body.append(one);"
            " return getComputedStyle(one).backgroundColor; })()"
        )

        assert page.evaluate(loaded) == 1
        assert paper == page_paper  # the colours of the page, in the dark too
        expect(page.locator("#s-flows [data-left-out]")).to_contain_text("widest of")
        expect(page.locator(".modebar")).to_have_count(0)


def test_without_script_a_chart_is_a_sentence_and_its_table(visiting, site):
    with visiting(site, script=False) as visit:
        page = visit.open("/regions/DEG0")

        expect(page.locator("#s-flows figcaption")).to_be_visible()
        expect(page.locator("#s-flows .plot")).not_to_be_visible()
        assert page.locator("#s-flows tbody tr").count() >= 10


def test_a_chart_fits_a_phone(visiting, site):
    with visiting(site, 360) as visit:
        page = visit.open("/regions/DEG0")
        page.locator("#s-flows").scroll_into_view_if_needed()
        page.wait_for_selector("#s-flows .sankey-link")

        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_the_map_is_one_tab_stop_in_which_arrows_move_and_enter_opens(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions")
        stops = page.locator("svg[data-map] a[tabindex='0']")
        expect(stops).to_have_count(1)

        stops.first.focus()
        first = page.evaluate("document.activeElement.getAttribute('aria-label')")
        seen = {first}
        for key in ("ArrowRight", "ArrowDown", "ArrowLeft", "ArrowUp"):
            page.keyboard.press(key)
            seen.add(page.evaluate("document.activeElement.getAttribute('aria-label')"))
        assert len(seen) >= 3
        expect(stops).to_have_count(1)
        assert page.locator("[data-map-says]").inner_text() in seen

        link = page.evaluate("document.activeElement.getAttribute('href')")
        page.keyboard.press("Enter")
        page.wait_for_url(f"**{link}")


def test_an_arrow_leads_to_a_region_on_that_side(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions")
        page.locator("svg[data-map] a[href$='/DEG0']").focus()
        page.keyboard.press("ArrowRight")
        places = page.evaluate(
            "[document.querySelector(\"svg[data-map] a[href$='/DEG0']\"), document.activeElement]"
            ".map(one => Number(one.dataset.x))"
        )

        assert places[1] > places[0]


def test_from_the_map_over_a_pair_to_a_group_that_can_apply(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions")
        page.locator("svg[data-map] a[href$='/DEG0']").dispatch_event("click")
        page.wait_for_url("**/regions/DEG0")
        page.get_by_role("link", name="Partners", exact=True).first.click()
        page.wait_for_url("**view=partners")
        page.locator("#s-partners").get_by_role("link", name="Oberbayern").first.click()
        page.wait_for_url("**/regions/DEG0/DE21")
        page.get_by_role("link", name="Find a group that can apply").click()
        page.wait_for_url("**/consortia?region=DEG0,DE21&rules=two-regions")
        page.get_by_label("Rules of the call").select_option("horizon-europe")
        page.get_by_label("Modules").check()
        page.get_by_role("button", name="Find groups").click()
        page.wait_for_url("**rules=horizon-europe**")

        expect(page.locator(".judged li").nth(1)).to_be_visible()
        expect(page.locator(".members li").first).to_be_visible()
