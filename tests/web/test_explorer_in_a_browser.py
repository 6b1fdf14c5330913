"""The explorer in a real browser: canvas, filter, path, drill-down and the way back."""

import re

import pytest
from playwright.sync_api import expect

LPKF = "cordis-de-photonics:996341418"


def drawn(page):
    """How many marks the canvas holds, once it is there."""
    page.wait_for_selector(".canvas[data-drawn]")
    return int(page.locator(".canvas").get_attribute("data-drawn"))


def test_a_cluster_manager_narrows_drills_down_follows_a_mark_and_comes_back(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/explore/organisations")
        everybody = drawn(page)
        assert everybody == 699
        assert page.locator(".canvas canvas").count() > 3

        with page.expect_navigation():
            page.get_by_role("checkbox", name=re.compile("^research organisations")).check()
        assert 0 < drawn(page) < everybody
        expect(page).to_have_url(re.compile("kind=rto"))

        with page.expect_navigation():
            page.locator("select[name=colour]").select_option("stage")
        expect(page).to_have_url(re.compile("colour=stage"))
        expect(page.locator("[data-legend]")).to_have_text(re.compile(r"^\s*Systems"))

        page.go_back()
        expect(page).not_to_have_url(re.compile("colour=stage"))
        page.go_back()
        expect(page).not_to_have_url(re.compile("kind=rto"))
        assert drawn(page) == everybody
        expect(page.get_by_role("checkbox", name=re.compile("^research organisations"))).not_to_be_checked()

        with page.expect_navigation():
            page.locator(".canvas .names a:visible").first.click()
        expect(page).to_have_url(re.compile("community="))
        assert drawn(page) < 120
        expect(page.locator(".narrowed b")).not_to_be_empty()

        surface = page.locator(".canvas .sigma")
        surface.focus()
        page.keyboard.press("ArrowRight")
        told = page.locator(".canvas .told")
        name = told.locator("b").inner_text()
        with page.expect_navigation():
            page.keyboard.press("Enter")
        expect(page.locator("h1")).to_contain_text(name)

        page.get_by_role("link", name="How is it connected to somebody else?").click()
        page.get_by_label("To", exact=True).fill(LPKF)
        with page.expect_navigation():
            page.get_by_role("button", name="Show the ways").click()
        expect(page.locator(".lede")).to_contain_text("LPKF")
        assert page.locator("svg.ways").count() or "linked directly" in page.locator(".lede").inner_text()


def test_many_around_one_are_drawn_on_a_canvas_and_few_on_the_page_itself(visiting, site):
    with visiting(site) as visit:
        page = visit.open(f"/explore/around/{LPKF}")
        assert drawn(page) == 233
        expect(page.locator("[data-note-of]")).to_contain_text("All 232 organisations")

        visit.open(f"/explore/around/{LPKF}?steps=1")
        expect(page.locator("svg.rings a")).to_have_count(2)
        expect(page.locator("canvas")).to_have_count(0)


def test_without_graphics_the_words_stay_and_the_table_holds_the_same(visiting, site):
    with visiting(site) as visit:
        visit.page.add_init_script("HTMLCanvasElement.prototype.getContext = () => null")
        page = visit.open("/explore/organisations")

        expect(page.get_by_text("The picture cannot be drawn here")).to_be_visible()
        expect(page.locator("#s-organisations tbody tr")).to_have_count(20)


@pytest.mark.parametrize("path", ["/explore/organisations", f"/explore/around/{LPKF}", "/explore/chain"])
def test_without_a_script_every_layout_answers(visiting, site, path):
    with visiting(site, script=False) as visit:
        page = visit.open(path)

        expect(page.locator(".lede")).not_to_be_empty()
        assert page.locator("main tbody tr").count() > 5
        if "organisations" in path:
            page.get_by_role("checkbox", name=re.compile("^SMEs")).check()
            page.get_by_role("button", name="Apply").click()
            expect(page).to_have_url(re.compile("kind=sme"))


def boxes(page, selector):
    """Where visible elements stand on the screen."""
    return page.locator(selector).evaluate_all(
        "all => all.filter(one => one.checkVisibility()).map(one => one.getBoundingClientRect())"
        ".map(({left, top, right, bottom}) => [left, top, right, bottom])"
    )


def test_names_of_communities_never_lie_on_each_other(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/explore/organisations")
        drawn(page)
        expect(page.locator(".canvas .names a:visible").first).to_have_attribute("style", re.compile("transform"))

        names = boxes(page, ".canvas .names a")
        assert len(names) > 8
        assert not [
            (one, other)
            for place, one in enumerate(names)
            for other in names[:place]
            if one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
        ]


def test_a_community_without_room_for_its_name_bears_a_number_that_the_list_explains(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/explore/organisations")
        drawn(page)
        expect(page.locator(".canvas .names a:visible").first).to_have_attribute("style", re.compile("transform"))

        numbers = page.locator(".canvas .names a.short .no:visible").all_inner_texts()
        listed = page.locator("ul.communities .no:visible").all_inner_texts()
        assert set(numbers) <= set(listed)
        assert len(listed) < len(page.locator(".canvas .names a").all())


def test_on_a_phone_communities_bear_numbers_and_a_list_says_their_names(visiting, site):
    with visiting(site, 360) as visit:
        page = visit.open("/explore/organisations")
        drawn(page)
        page.wait_for_selector("ul.communities a:visible")

        named = page.locator("ul.communities a:visible").all_inner_texts()
        on_canvas = page.locator(".canvas .names a").all_inner_texts()
        assert re.fullmatch(r"1\s+Optical coherence tomography systems, \d+", named[0])
        assert len(named) > 8
        assert set("".join(on_canvas)) <= set("0123456789 ")

        with page.expect_navigation():
            page.locator("ul.communities a").first.click()
        expect(page).to_have_url(re.compile(r"community=1\b"))


def test_a_picture_wider_than_the_phone_begins_with_its_middle(visiting, site):
    with visiting(site, 360) as visit:
        page = visit.open("/explore")

        assert page.locator(".bubbles").evaluate("one => one.scrollLeft") > 100
