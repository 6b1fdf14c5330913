"""Bringing data, watching, undoing and deciding in a real browser: by keyboard, and without script."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.web.test_data_pages import FIRST, SECOND
from tests.web.test_every_page import violations
from tests.web.test_import_pages import LIST
from valuechain.stores import sqlite
from valuechain.stores.rows import parts
from valuechain.web.pages import imports

VIEWS = [(1440, "light"), (768, "dark"), (360, "light")]


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    """Two deliveries that name one firm differently."""
    for name, text in (("members.csv", FIRST), ("fair.csv", SECOND)):
        folder = tmp_path / name.removesuffix(".csv")
        folder.mkdir()
        (folder / "organisations.csv").write_text(text, encoding="utf-8")
    return [tmp_path / "members" / "organisations.csv", tmp_path / "fair" / "organisations.csv"]


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """Holds a store after the first record; open at the end at the latest."""
    opened = threading.Event()

    def one_by_one(records, _):
        first, *rest = parts(records, 1)
        yield first
        opened.wait(30)
        yield from rest

    monkeypatch.setattr(sqlite, "parts", one_by_one)
    monkeypatch.setattr(imports, "AT_ONCE", 0.2)
    yield opened
    opened.set()


def press(page, name: str) -> None:
    """Press a button by keyboard alone, and wait for the page to which it leads."""
    page.get_by_role("button", name=name).first.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")


def bring(page, file: Path, source: str) -> None:
    """Bring a file, name its source, and import it."""
    page.set_input_files("#files", file)
    press(page, "Look at them")
    page.get_by_label("Name of the source").fill(source)
    press(page, "Import ")
    expect(page.get_by_role("heading", name=f"Imported: {source}")).to_be_visible()


def test_an_empty_store_welcomes_and_says_what_to_do(visiting, empty_site):
    for width, colours in VIEWS:
        with visiting(empty_site, width, colours) as visit:
            page = visit.open("/data")
            expect(page.locator("main")).to_contain_text("There are no data yet")
            assert violations(page) == []
            for path in ("/data/match", "/data/diff", "/data/coverage", "/data/import"):
                assert violations(visit.open(path)) == []
                assert page.evaluate("document.documentElement.scrollWidth") <= width
            visit.open("/data").locator("main").get_by_role("link", name="Bring data").click()
            expect(page.locator("h1")).to_have_text("Bring data")


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_bring_look_import_undo_and_take_back_in_by_keyboard(visiting, empty_site, files, script):
    with visiting(empty_site, script=script) as visit:
        page = visit.open("/data/import")
        bring(page, files[0], "members")
        expect(page.locator("main")).to_contain_text("2 rows stored, 0 refused")

        press(page, "Undo this import")
        expect(page.locator("#import-1")).to_contain_text("undone")
        press(page, "Take back in")
        expect(page.locator("#import-1")).to_contain_text("in use")


@pytest.mark.parametrize(("width", "colours"), VIEWS)
def test_files_that_are_looked_at_and_work_under_way_are_accessible(
    visiting, empty_site, tmp_path, gate, width, colours
):
    file = tmp_path / "liste.csv"
    file.write_text(LIST + ";Berlin;Linsen;\n", encoding="utf-8")
    with visiting(empty_site, width, colours) as visit:
        page = visit.open("/data/import")
        page.set_input_files("#files", file)
        press(page, "Look at them")
        expect(page.get_by_role("heading", name="How the rows will read")).to_be_visible()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

        press(page, "Import ")
        expect(page.get_by_role("progressbar")).to_be_visible()
        assert violations(page) == []
        gate.set()
        expect(page.get_by_role("heading", name="Imported: liste")).to_be_visible()
        assert violations(page) == []


def test_work_can_be_left_found_again_and_cancelled_and_leaves_nothing(visiting, empty_site, tmp_path, gate):
    file = tmp_path / "liste.csv"
    file.write_text(LIST, encoding="utf-8")
    with visiting(empty_site) as visit:
        page = visit.open("/data/import")
        page.set_input_files("#files", file)
        press(page, "Look at them")
        press(page, "Import ")
        assert page.get_by_role("progressbar").get_attribute("value") in ("1", None)

        visit.open("/data").get_by_role("link", name="See how far it is, or cancel").click()
        page.wait_for_url("**/data/running/*")
        threading.Timer(0.5, gate.set).start()
        press(page, "Cancel")
        expect(page.get_by_role("heading", name="Cancelled: liste.csv")).to_be_visible()

        page.get_by_role("link", name="Back to the files").click()
        expect(page.locator("main")).to_contain_text("2 rows can be taken in")
        expect(visit.open("/data").locator("main")).to_contain_text("There are no data yet")


def test_files_dropped_on_the_page_are_looked_at(visiting, empty_site):
    with visiting(empty_site) as visit:
        page = visit.open("/data/import")
        drop = """text => {
            const data = new DataTransfer();
            data.items.add(new File([text], "liste.csv", {type: "text/csv"}));
            for (const kind of ["dragenter", "dragover", "drop"])
                document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
        }"""
        with page.expect_navigation():
            page.evaluate(drop, LIST)

        expect(page.locator("h1")).to_have_text("liste.csv")


def test_same_different_later_and_take_back_by_keys(visiting, empty_site, files):
    with visiting(empty_site) as visit:
        for file, source in zip(files, ("members", "fair"), strict=True):
            bring(visit.open("/data/import"), file, source)
        page = visit.open("/data/match#next")
        expect(page.locator(".pair")).to_be_focused()

        for key, said in (("l", "put off"), ("d", "different"), ("s", "the same")):
            with page.expect_navigation():
                page.keyboard.press(key)
            expect(page.locator("#last")).to_contain_text(said)
            if key != "l":
                page.get_by_role("button", name="Take back").first.focus()
                with page.expect_navigation():
                    page.keyboard.press("z")
            expect(page.locator(".pair")).to_have_count(1)
            expect(page.locator(".pair")).to_be_focused()


def test_single_keys_do_nothing_outside_the_pairs(visiting, empty_site, files):
    with visiting(empty_site) as visit:
        for file, source in zip(files, ("members", "fair"), strict=True):
            bring(visit.open("/data/import"), file, source)
        page = visit.open("/data/match")
        page.keyboard.press("s")
        page.get_by_role("combobox", name="Search").press("s")

        page.reload()
        expect(page.locator(".pair")).to_have_count(1)
