"""Sites that a journey may write to, and hands that use nothing but the keyboard."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

from tests.support.small import chain, delivery
from tests.web.conftest import served
from valuechain.stores.open import open_store

MOST_STEPS = 400


class Keyboard:
    """Somebody who has no mouse: goes from one control to the next, and presses Enter."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def go_to(self, name: str, kind: str = "") -> None:
        """Press Tab until the focus is on a control whose name holds `name`; it must be seen where it is."""
        for _ in range(MOST_STEPS):
            self.page.keyboard.press("Tab")
            found = self.page.evaluate(
                """() => {
                    const one = document.activeElement;
                    const label = one.labels?.length ? one.labels[0].textContent : "";
                    return [one.tagName.toLowerCase(), one.ariaLabel || label || one.textContent || one.value || ""];
                }"""
            )
            if name in " ".join(str(found[1]).split()) and kind in ("", found[0]):
                assert self.page.evaluate("getComputedStyle(document.activeElement).outlineStyle") != "none", name
                return
        raise AssertionError(f"No control called {name!r} can be reached by keyboard on {self.page.url}.")

    def open(self, name: str, kind: str = "") -> None:
        """Go to a control that leads to another address, press Enter, and wait for what is there."""
        self.go_to(name, kind)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def type(self, text: str) -> None:
        """Type into the field that has the focus."""
        self.page.keyboard.type(text)


@pytest.fixture
def keyboard() -> Callable[[Page], Keyboard]:
    """Gives somebody without a mouse a page."""
    return Keyboard


@pytest.fixture
def lonely_site(tmp_path: Path) -> Iterator[str]:
    """A site on a store with a single organisation, which nobody knows anything of."""
    store = tmp_path / "lonely.sqlite"
    with open_store(f"sqlite:///{store}") as opened:
        firm = {"id": "only", "name": "Einzige Optik GmbH", "kind": "sme", "country": "DE", "region": "DEG03"}
        opened.write(delivery(chain("glass>lens") | {"organisations": [firm]}))
    with served(store) as address:
        yield address
