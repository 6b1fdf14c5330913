"""The same pages for other readers: in German, in the dark, on a phone, without JavaScript, with hardly any data."""

import re

import pytest
from playwright.sync_api import expect

CHECK = "/check/example-cluster:laserhead"
PLACES = (CHECK, "/explore", "/explore/stages", "/gaps", "/regions", "/regions/DEG0", "/regions/DEG0/DE21", "/data")


def test_a_german_browser_is_answered_in_german(visiting, site):
    with visiting(site, language="de-DE") as visit:
        page = visit.open(CHECK)

        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page.locator("#findings")).to_contain_text("Was zählt, das Dringendste zuerst")
        expect(page.locator(".verdict")).to_contain_text("steht still, sobald")


def test_who_chooses_a_language_keeps_it_and_the_page(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/regions/DEG0")
        page.get_by_role("link", name="Deutsch").click()
        expect(page.locator("html")).to_have_attribute("lang", "de")
        expect(page).to_have_url(re.compile("/regions/DEG0$"))
        expect(visit.open("/gaps").locator("html")).to_have_attribute("lang", "de")

        page.get_by_role("link", name="English").click()
        expect(page.locator("html")).to_have_attribute("lang", "en")


@pytest.mark.parametrize("path", PLACES)
def test_on_a_phone_in_the_dark_nothing_is_cut_off(visiting, site, path):
    with visiting(site, 360, "dark") as visit:
        page = visit.open(path)

        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        assert sum(int(part) for part in ground.strip("rgb()").split(",")[:3]) < 150


@pytest.mark.parametrize("path", PLACES)
def test_in_german_on_a_phone_nothing_is_cut_off(visiting, site, path):
    with visiting(site, 360, language="de-DE") as visit:
        assert visit.open(path).evaluate("document.documentElement.scrollWidth") <= 360


MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
    const style = getComputedStyle(one);
    const seconds = `${style.transitionDuration}, ${style.animationDuration}`.split(", ").map(parseFloat);
    return style.scrollBehavior === "smooth" || seconds.some((one) => one > 0);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", [*PLACES, "/explore/organisations"])
def test_who_wants_no_movement_sees_none(visiting, site, path):
    with visiting(site) as visit:
        page = visit.open(path)

        assert page.evaluate("matchMedia('(prefers-reduced-motion: reduce)').matches")
        assert page.evaluate(MOVING) == []


@pytest.mark.parametrize("path", PLACES)
def test_without_javascript_the_same_is_told(visiting, site, path):
    def told(script: bool) -> str:
        with visiting(site, script=script) as visit:
            return str(visit.open(path).locator("h1").inner_text())

    assert told(False) == told(True)


def test_without_javascript_a_check_leads_to_evidence_and_report(visiting, site):
    with visiting(site, script=False) as visit:
        page = visit.open(CHECK)
        page.locator("#findings a.ev").first.click()

        expect(page.locator("#evidence")).to_contain_text(".csv")
        report = page.get_by_role("link", name="Report, PDF")
        expect(report).to_have_attribute("href", re.compile(r"^/api/v1/analyses/audit\.pdf"))


def test_at_twice_the_size_nothing_is_cut_off(visiting, site):
    with visiting(site, 720) as visit:
        page = visit.open(CHECK)
        page.evaluate("document.documentElement.style.fontSize = '200%'")

        assert page.evaluate("document.documentElement.scrollWidth") <= 720


@pytest.mark.parametrize("path", ["/", "/explore", "/explore/stages", "/gaps", "/regions", "/regions/DEG0", "/data"])
def test_one_organisation_of_which_nothing_is_known_breaks_no_page(visiting, lonely_site, path):
    with visiting(lonely_site) as visit:
        expect(visit.open(path).locator("h1")).to_have_count(1)


def test_the_check_of_one_organisation_says_that_nothing_is_known(visiting, lonely_site):
    with visiting(lonely_site) as visit:
        expect(visit.open("/check/test:only").locator(".verdict")).to_contain_text("Nothing is known")
