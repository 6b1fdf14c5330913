"""The interview and agreed actions as a person goes through them: by keyboard, and without JavaScript."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.web.test_every_page import violations

CHECK = "/check/example-cluster:laserhead"
OPTICS = "Who supplies your micro-, diffractive, meta- and 3D-printed optics?"


def reach(page, what: str) -> None:
    """Press Tab until the element is reached that is called so."""
    for _ in range(400):
        page.keyboard.press("Tab")
        name = page.evaluate(
            "(document.activeElement.labels?.[0] || document.activeElement).textContent.replace(/\\s+/g, ' ').trim()"
        )
        if name == what:
            return
    raise AssertionError(f"{what} cannot be reached with the keyboard")


def enter(page, what: str) -> None:
    """Reach an element, press Enter, and wait for the page to which it leads."""
    reach(page, what)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_answers_typed_by_keyboard_alone_change_the_check_and_can_be_taken_back(visiting, own_site):
    with visiting(own_site) as visit:
        page = visit.open(CHECK)
        enter(page, "Answer these questions")
        reach(page, "Name of the firm")
        page.keyboard.type("Mikrooptik AG")
        reach(page, "A new delivery takes (days)")
        page.keyboard.type("120")
        reach(page, "Your stock lasts (days)")
        page.keyboard.type("30")
        reach(page, "leave open")  # instead of a name
        reach(page, "leave open")  # could you go on without it?
        for _ in range(2):
            page.keyboard.press("ArrowRight")
        enter(page, "Save the answers")

        told = page.locator("main")
        expect(told).to_contain_text("stock ends more than 12 weeks before a new delivery could arrive")
        expect(told).to_contain_text(re.compile(r"Inputs whose supplier is known\s+9\s+10"), use_inner_text=True)
        enter(page, "Open the check")
        expect(told).to_contain_text("10 of 14 inputs known")

        page.go_back()
        expect(page.get_by_role("button", name="Withdraw these answers")).to_be_visible()
        enter(page, "Withdraw these answers")
        visit.open(CHECK)
        expect(told).to_contain_text("9 of 14 inputs known")


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (360, "dark")], ids=["wide, light", "narrow, dark"])
def test_the_form_and_what_it_changed_are_accessible_and_fit(visiting, own_site, width, colours):
    with visiting(own_site, width, colours) as visit:
        page = visit.open(f"{CHECK}/interview")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        page.get_by_role("group", name=OPTICS).get_by_label("Name of the firm").fill("Mikrooptik AG")
        with page.expect_navigation():
            page.get_by_role("button", name="Save the answers").click()

        expect(page.locator("h1")).to_contain_text("What the answers changed")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_a_form_that_cannot_be_read_keeps_what_was_typed_and_leads_to_the_fault(visiting, own_site):
    with visiting(own_site) as visit:
        page = visit.open(f"{CHECK}/interview")
        question = page.get_by_role("group", name=OPTICS)
        question.get_by_label("Name of the firm").fill("Mikrooptik AG")
        question.get_by_label("Your stock lasts (days)").fill("long")
        with page.expect_navigation():
            page.get_by_role("button", name="Save the answers").click()
        visit.faults = [fault for fault in visit.faults if "the server responded with a status of 422" not in fault]

        expect(question.get_by_label("Name of the firm")).to_have_value("Mikrooptik AG")
        page.get_by_role("alert").get_by_role("link").click()
        expect(page).to_have_url(re.compile("#line-1$"))
        assert violations(page) == []


@pytest.mark.parametrize(("width", "script"), [(1440, True), (360, False)], ids=["wide", "narrow, without script"])
def test_an_action_is_agreed_on_a_finding_shown_with_it_and_set_to_done(visiting, own_site, width, script):
    with visiting(own_site, width, script=script) as visit:
        page = visit.open(CHECK)
        card = page.locator(".find").first
        card.get_by_text("Agree an action").click()
        card.get_by_label("What", exact=True).fill("Qualify a second supplier")
        card.get_by_label("Who: a role or an organisation").fill("Purchasing")
        card.get_by_label("By when").fill("2027-01-31")
        with page.expect_navigation():
            card.get_by_role("button", name="Agree").click()

        expect(page).to_have_url(re.compile("#"))
        expect(card).to_contain_text("Purchasing, by 31 January 2027")
        listed = page.locator("#s-actions")
        expect(listed).to_contain_text("Qualify a second supplier")
        if script:
            assert violations(page) == []
        listed.get_by_role("button", name="Set to done").click()
        expect(listed.locator(".progress")).to_contain_text("done")


def test_a_box_of_the_chain_narrows_the_tables_and_gives_them_back(visiting, own_site):
    with visiting(own_site) as visit:
        page = visit.open(CHECK)
        page.locator(".strip-wide a[href*='input=']", has_text="thermal management").click()
        page.wait_for_url("**input=**")

        expect(page.locator("#s-inputs tbody tr")).to_have_count(1)
        expect(page.locator("#s-weak-links tbody tr")).to_have_count(1)
        assert violations(page) == []
        page.get_by_role("link", name="Show everything").click()
        expect(page.locator("#s-weak-links tbody tr")).to_have_count(6)
