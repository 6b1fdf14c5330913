"""What words mean, in a real browser: from a list of members to words that count."""

import pytest
from playwright.sync_api import expect

from tests.web.test_every_page import violations

LIST = (
    "Firma;Ort;Produkt\n"
    "Alpha Optik GmbH;Jena;Freiformlinsen, Lohnbuchhaltung\n"
    "Beta Optik GmbH;Ulm;Lohnbuchhaltung\n"
)  # fmt: skip


@pytest.mark.parametrize(("width", "colours"), [(1440, "light"), (360, "dark")], ids=["wide, light", "narrow, dark"])
def test_from_a_list_to_words_that_count(visiting, own_site, width, colours):
    with visiting(own_site, width, colours) as visit:
        page = visit.open("/data/import")
        page.set_input_files(
            "input[type=file]", {"name": "mitglieder.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
        )
        page.get_by_role("button", name="Look at them").click()
        expect(page.get_by_text("What they mean can be said once they are imported.")).to_be_visible()
        page.get_by_role("button", name="Import ").click()
        page.get_by_role("link", name="Say once what they mean").click()

        words = page.locator(".pair")
        expect(words).to_have_count(2)
        expect(words.first).to_contain_text("Lohnbuchhaltung 2 offers; said of Alpha Optik GmbH and Beta Optik GmbH.")
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

        words.first.get_by_role("button", name="Outside of every chain here").click()
        expect(words).to_have_count(1)
        words.get_by_role("button", name="Lenses, prisms, mirrors").click()
        expect(page.get_by_text("Every word is known.")).to_be_visible()
        assert violations(page) == []
        page.locator("tr", has_text="Freiformlinsen").get_by_role("button", name="Take back").click()
        expect(words).to_have_count(1)
        words.get_by_label("Another capability").fill("Optical thin-film coating")
        words.get_by_role("button", name="It means this").click()
        expect(page.locator("tr", has_text="Freiformlinsen")).to_contain_text("Optical thin-film coating")
