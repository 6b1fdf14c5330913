"""Every page in a real browser: wide and narrow, light and dark, for eyes, keyboard and screen reader."""

from pathlib import Path

import pytest
from playwright.sync_api import expect

AXE = (Path(__file__).parent / "vendor" / "axe.min.js").read_text(encoding="utf-8")

CHECK = "/check/example-cluster:laserhead"
PAGES = {
    "welcome": "/",
    "search": "/?q=laser",
    "nothing found": "/?q=qqqq",
    "check": CHECK,
    "check of one input": f"{CHECK}?input=photonics:micro_optics",
    "interview": f"{CHECK}/interview",
    "check without guesses": f"{CHECK}?without=inferred",
    "evidence": f"{CHECK}?evidence=inputs.5.lead_time_days",
    "real check": "/check/cordis-de-photonics:996341418",
    "gaps": "/gaps",
    "gaps of a cluster": "/gaps?cluster=example-cluster:cluster&with=synthetic",
    "gaps of one capability": "/gaps?capability=photonics:precision_optics&region=DE9",
    "explore": "/explore/stages",
    "explore one cell": "/explore/stages?cell=5",
    "communities": "/explore",
    "organisations": "/explore/organisations",
    "organisations filtered": "/explore/organisations?stage=photonics:components&colour=community&overlay=brokers",
    "chain": "/explore/chain",
    "chain of one capability": "/explore/chain?capability=photonics:beam_heads",
    "around one": "/explore/around/cordis-de-photonics:996341418",
    "around a made-up one": "/explore/around/example-cluster:laserhead",
    "how two are connected": "/explore/connection?organisation=example-cluster:laserhead&to=example-cluster:cluster",
    "connection asked": "/explore/connection",
    "one community": "/explore?community=2",
    "regions": "/regions",
    "one region": "/regions/DEG0",
    "partners of a region": "/regions/DEG0?view=partners",
    "two regions": "/regions/DEG0/DE21",
    "regions by country": "/regions?level=0&measure=projects",
    "who could apply together": "/consortia?region=DEG0,DE21&rules=horizon-europe&stages=photonics:modules",
    "bridges": "/analysis/bridges",
    "regional brief": "/analysis/brief?region=DEG0&with-region=DE21&rules=i3-strand-1",
    "mission dossier": "/analysis/dossier?cluster=example-cluster:cluster&market=health&with=synthetic",
    "systemic risk": "/analysis/systemic-risk?with=synthetic",
    "shock": "/analysis/systemic-risk?with=synthetic&scenario=organisation,loss%0Alaserhead,0.5",
    "record": "/records/3-1",
    "data": "/data",
    "bring data": "/data/import",
    "same or different": "/data/match",
    "words": "/data/words",
    "what changed": "/data/diff?before=0&after=1",
    "known, and how well": "/data/coverage",
    "contradictions": "/analysis/contradictions",
    "questions": "/analysis",
    "question": "/analysis/audit",
    "question answered": "/analysis/gaps?region=DE91",
    "not found": "/check/nobody",
    "does not fit": "/gaps?region=QQ",
}


def whole(visit, path):
    """A page with its pictures, which come after it; that it may be a refusal is no fault."""
    page = visit.open(path)
    visit.faults = [fault for fault in visit.faults if "the server responded with a status of 4" not in fault]
    expect(page.locator("[data-graph]:not([data-drawn])")).to_have_count(0)
    return page


def violations(page):
    """What axe-core objects to: rule and the first element at fault."""
    page.evaluate(AXE)
    found = page.evaluate("axe.run({resultTypes: ['violations']})")["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (360, "dark")], ids=["wide, light", "narrow, dark"])
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_is_accessible_fits_and_asks_nobody_else(visiting, site, path, width, colours):
    with visiting(site, width, colours) as visit:
        page = whole(visit, path)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []


@pytest.mark.parametrize(("width", "colours"), [(1440, "dark"), (360, "light")], ids=["wide, dark", "narrow, light"])
def test_the_check_is_accessible_in_the_other_colours_too(visiting, site, width, colours):
    with visiting(site, width, colours) as visit:
        assert violations(visit.open(PAGES["evidence"])) == []


def test_the_judge_of_accessibility_sees_a_fault(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/data")
        page.evaluate("document.querySelector('main').append(document.createElement('button'))")

        assert [one.partition(":")[0] for one in violations(page)] == ["button-name"]


WATCH_FOCUS = """() => {
    window.seen = new Set();
    window.unmarked = [];
    const look = (one) => [one, ...one.querySelectorAll("*")].map((part) => {
        const {outlineStyle, outlineWidth, stroke, strokeWidth} = getComputedStyle(part);
        return [outlineStyle, outlineWidth, stroke, strokeWidth].join();
    }).join();
    let last;
    addEventListener("focusin", ({target}) => {
        if (last && look(last.target) === last.look) unmarked.push(last.target.outerHTML.slice(0, 160));
        last = {target, look: look(target)};
        seen.add(target.type === "radio" ? target.name : target);
    });
}"""
"""Remembers what had the focus, and what of it looked then as it does without."""

CONTROLS = """() => [...new Set(
    [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")]
        .filter((one) => !one.disabled && one.tabIndex >= 0 && one.checkVisibility({visibilityProperty: true}))
        .filter((one) => !one.closest("details:not([open]) > :not(summary)"))
        .map((one) => one.type === "radio" ? one.name : one)
)]"""
"""Whatever can be worked on a page, a group of radio buttons as one."""


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_the_keyboard_alone_reaches_every_control_and_shows_where_it_is(visiting, site, path):
    with visiting(site) as visit:
        page = whole(visit, path)
        wanted = page.evaluate(f"({CONTROLS})().length")
        page.evaluate(WATCH_FOCUS)
        for _ in range(wanted + 40):  # tables that scroll take focus too
            page.keyboard.press("Tab")

        missed = f"({CONTROLS})().filter(one => !seen.has(one)).map(one => one.outerHTML ?? one)"
        assert page.evaluate(missed) == []
        assert page.evaluate("unmarked") == []


def test_the_first_tab_stop_skips_to_the_content(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        expect(page.locator("#main")).to_be_focused()


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("path", ["/?q=gmbh", "/gaps", "/data", "/?q=robert", "/?q=script"])
def test_hostile_names_stay_names(visiting, hostile_site, path, width):
    with visiting(hostile_site, width) as visit:
        page = visit.open(path)

        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.locator("img").count() == 0


def test_a_check_with_a_hostile_name_and_key_opens_from_the_search(visiting, hostile_site):
    with visiting(hostile_site, 360) as visit:
        page = visit.open("/?q=img src")
        with page.expect_navigation():
            page.locator("#hits a").first.click()

        expect(page.locator("h1")).to_contain_text("<img src=x")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360


def test_dark_stays_dark_from_page_to_page(visiting, site):
    with visiting(site) as visit:
        page = visit.open("/gaps?region=DE91")
        light = page.evaluate("getComputedStyle(document.body).backgroundColor")
        with page.expect_navigation():
            page.get_by_role("link", name="Dark").click()
        dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
        with page.expect_navigation():
            page.get_by_role("link", name="Data", exact=True).click()

        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark != light


def test_the_printed_check_holds_the_findings_and_no_controls(visiting, site):
    with visiting(site) as visit:
        page = visit.open(CHECK)
        page.emulate_media(media="print")

        expect(page.locator(".find").first).to_be_visible()
        expect(page.locator(".search").first).not_to_be_visible()
        expect(page.locator(".switches")).not_to_be_visible()
