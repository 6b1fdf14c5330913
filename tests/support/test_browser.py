"""The browser that tests borrow runs scripts and draws."""

from playwright.sync_api import Page


def test_a_page_runs_its_script(page: Page):
    page.set_content("<button onclick=\"this.textContent = 'pressed'\">press</button>")

    page.get_by_role("button").click()

    assert page.get_by_role("button").text_content() == "pressed"
