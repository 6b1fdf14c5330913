"""Whoever brings rows: a file is looked at, imported, reported, and taken back."""

from pathlib import Path

from playwright.sync_api import expect

LIST = "Firma;Ort;Produkt\nAlpha Optik GmbH;Jena;Laserdioden\nBeta GmbH;Ulm;Linsen\n"


def test_a_list_is_looked_at_imported_found_and_taken_back(visiting, own_site, tmp_path: Path):
    file = tmp_path / "unsere-mitglieder.csv"
    file.write_text(LIST, encoding="utf-8")
    with visiting(own_site) as visit:
        page = visit.open("/data/import")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Look at").click()
        expect(page.get_by_text("Nothing is written yet")).to_be_visible()
        page.get_by_role("button", name="Import").click()
        expect(page.get_by_text("2 rows stored")).to_be_visible()

        visit.open("/?q=alpha+optik")
        expect(page.locator("#hits").get_by_text("Alpha Optik GmbH")).to_be_visible()

        visit.open("/data")
        page.locator("tr", has_text="unsere-mitglieder").get_by_role("button", name="Undo").click()
        page.wait_for_url("**/data#import-*")
        visit.open("/?q=alpha+optik")
        expect(page.locator("h1")).to_contain_text("No match")
        expect(page.locator("#hits li")).to_have_count(0)

        visit.open("/data")
        page.locator("tr", has_text="unsere-mitglieder").get_by_role("button", name="Take back in").click()
        page.wait_for_url("**/data#import-*")
        visit.open("/?q=alpha+optik")
        expect(page.locator("#hits").get_by_text("Alpha Optik GmbH")).to_be_visible()


def test_an_empty_store_says_what_to_do(visiting, empty_site):
    with visiting(empty_site) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Bring data").first.click()

        expect(page.locator("input[type=file]")).to_have_count(1)


def test_no_page_of_an_empty_store_breaks(visiting, empty_site):
    with visiting(empty_site) as visit:
        for path in ("/", "/explore", "/explore/stages", "/gaps", "/regions", "/analysis", "/data", "/data/match"):
            page = visit.open(path)
            visit.faults = [fault for fault in visit.faults if "the server responded with a status of 4" not in fault]

            expect(page.locator("h1"), path).to_have_count(1)
            if path != "/analysis":
                expect(page.get_by_role("link", name="Bring data").first, path).to_be_visible()
