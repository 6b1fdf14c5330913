"""Whoever brings rows: a file is looked at, imported, reported, and taken back."""

from pathlib import Path

LIST = "Firma;Ort;Produkt\nAlpha Optik GmbH;Jena;Laserdioden\nBeta GmbH;Ulm;Linsen\n"


def test_a_list_is_looked_at_imported_found_and_taken_back(visiting, own_site, tmp_path: Path):
    file = tmp_path / "unsere-mitglieder.csv"
    file.write_text(LIST, encoding="utf-8")
    with visiting(own_site) as visit:
        page = visit.open("/data/import")
        page.locator("input[type=file]").set_input_files(file)
        page.get_by_role("button", name="Look at").click()
        page.get_by_text("Nothing is written yet").wait_for()
        page.get_by_role("button", name="Import").click()
        page.get_by_text("2 rows stored").wait_for()

        visit.open("/?q=alpha+optik")
        assert page.locator("#hits").get_by_text("Alpha Optik GmbH").is_visible()

        visit.open("/data")
        page.locator("tr", has_text="unsere-mitglieder").get_by_role("button", name="Undo").click()
        page.wait_for_url("**/data#import-*")
        visit.open("/?q=alpha+optik")
        assert page.locator("#hits li").count() == 0

        visit.open("/data")
        page.locator("tr", has_text="unsere-mitglieder").get_by_role("button", name="Take back in").click()
        page.wait_for_url("**/data#import-*")
        visit.open("/?q=alpha+optik")
        assert page.locator("#hits").get_by_text("Alpha Optik GmbH").is_visible()


def test_an_empty_store_says_what_to_do(visiting, empty_site):
    with visiting(empty_site) as visit:
        page = visit.open("/")
        page.get_by_role("link", name="Bring data").first.click()

        assert page.locator("input[type=file]").count() == 1


def test_no_page_of_an_empty_store_breaks(visiting, empty_site):
    with visiting(empty_site) as visit:
        for path in ("/", "/explore", "/explore/stages", "/gaps", "/regions", "/analysis", "/data", "/data/match"):
            page = visit.open(path)
            visit.faults = [fault for fault in visit.faults if "the server responded with a status of 4" not in fault]

            assert page.locator("h1").count() == 1, path
            assert path == "/analysis" or page.get_by_role("link", name="Bring data").first.is_visible(), path
