"""No word of a page is missing from the catalogues: what is neither translated nor data is found."""

from pathlib import Path

import pytest

from tests.support.every_word import everything_known, leftovers, untranslated
from tests.web.test_every_page import PAGES
from valuechain.service import Service


@pytest.fixture(scope="module")
def reader(clients, demo_store: Path, tmp_path_factory):
    """A client of its own on a copy of the demo, so that nothing in brackets is kept for others."""
    store = tmp_path_factory.mktemp("words") / "demo.sqlite"
    store.write_bytes(demo_store.read_bytes())
    return clients(store)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_every_word_of_a_page_can_be_translated(reader, path: str):
    assert untranslated(reader, path) == []


@pytest.mark.parametrize(
    ("page", "left"),
    [
        ("<p>Forgotten words</p>", ["Forgotten words"]),
        ('<a aria-label="⟦Open ⟧Fortech Software GmbH">⟦all ⟧26⟦ of them⟧</a>', []),
        ("<b>⟦said ⟧not said⟦ said⟧</b>", ["not said"]),
        ("<p>region=DE9, supplies.csv, <code>as-of = 3</code> <span lang='en'>English</span> 12. März</p>", []),
    ],
)
def test_data_are_told_from_words(demo: Service, page: str, left: list[str]):
    assert leftovers(page, everything_known(demo)) == left
