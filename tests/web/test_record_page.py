"""One record: what it says, where it is from, what became of it, and who may see it."""

import pytest

from tests.support.small import Rows, delivery
from tests.web.test_pages import links_of, read, text_of
from valuechain.stores.open import open_store


@pytest.fixture
def rivals(clients, rivals_store):
    return clients(rivals_store)


def records(client, word):
    """Ids of the records on which a page of the small store rests."""
    found = {}
    for ordinal in range(1, 20):
        answer = client.get(f"/records/1-{ordinal}")
        if answer.status_code == 200 and word in text_of(answer).partition("What it says")[0]:
            found[ordinal] = text_of(answer)
    return found


def test_a_record_leads_to_file_row_day_status_and_import(client):
    text = read(client, "/records/3-1")

    assert "Example Laserhead GmbH looks to market: health and life sciences" in text
    assert "markets.csv, row 3 as of 13 March 2026" in text
    assert "no. 3, example-cluster" in text
    assert "made up" in text


def test_days_of_a_record_are_told_in_words(client):
    assert "As of 13 March 2026" in read(client, "/records/3-1")


def test_figures_places_and_shares_of_a_record_are_told_in_words(clients, tmp_path):
    rows: Rows = {
        "organisations": [
            {"id": "a", "name": "Alpha", "country": "NL", "turnover_eur": 4590000, "lat": 52.5167},
            {"id": "b", "name": "Beta"},
        ],
        "capabilities": [
            {"id": "lens", "label": "Lens", "chain": "optics"},
        ],
        "supplies": [
            {"supplier": "a", "buyer": "b", "capability": "lens", "share": 0.65, "lead_time_days": 77,
             "since": "2017-10-01"},
        ],
        "markets": [{"organisation": "a", "market": "energy", "stage": "interested"}],
    }  # fmt: skip
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.write(delivery(rows))
    told = clients(tmp_path / "store.sqlite")
    pages = [text_of(told.get(f"/records/1-{number}?lang=en")) for number in range(6)]
    organisation = next(page for page in pages if "Turnover" in page)
    supply = next(page for page in pages if "Lead time" in page)
    market = next(page for page in pages if "looks to" in page)

    assert "Country Netherlands (NL)" in organisation
    assert "Turnover 4,590,000 EUR" in organisation
    assert "52.5167" in organisation
    assert "Share 65 %" in supply
    assert "Lead time 77 days" in supply
    assert "Since 1 October 2017" in supply
    assert "Market stage interested" in market


def test_a_thing_leads_to_its_page(client):
    answer = client.get("/?q=PROTEMIC")
    (link, *_) = links_of(answer, "/records/")

    assert "project" in text_of(client.get(link))


def test_an_organisations_record_opens_its_check(rivals):
    pages = [rivals.get(f"/records/1-{number}") for number in range(1, 10)]

    assert any("Open the page of Linsenwerk" in text_of(page) and links_of(page, "/check/told:maker") for page in pages)


def test_records_on_one_thing_are_listed_with_the_winner_first(rivals):
    found = records(rivals, "supply link")
    newest = next(text for text in found.values() if "Value 5,000" in text or "5000" in text)
    made_up = next(text for text in found.values() if "126" in text)

    assert len(found) == 3
    assert "3 records speak of the same" in made_up
    assert "set aside: another record says 182" in made_up
    assert "wins" in newest


def test_a_reader_sees_what_is_meant_for_that_reader(rivals):
    found = records(rivals, "supply link")
    by_reader = {
        ordinal: {reader: rivals.get(f"/records/1-{ordinal}?for={reader}") for reader in ("public", "advisor")}
        for ordinal in found
    }
    hidden = [pages["public"].status_code for pages in by_reader.values()]
    priced = [text_of(pages["public"]) for pages in by_reader.values() if "5,000" in text_of(pages["advisor"])]

    assert sorted(hidden) == [200, 200, 404]
    assert priced
    assert all("5,000" not in text for text in priced)


def test_a_record_that_is_not_there_and_one_that_is_hidden_look_alike(rivals):
    found = records(rivals, "supply link")
    hidden = next(one for one in found if rivals.get(f"/records/1-{one}?for=public").status_code == 404)

    missing = read(rivals, "/records/1-999?for=public", 404).replace("1-999", "ID")
    assert read(rivals, f"/records/1-{hidden}?for=public", 404).replace(f"1-{hidden}", "ID") == missing


@pytest.mark.parametrize("id", ["9-9", "x", "1-", "-1", "1-" + "9" * 40, "1-²"])
def test_nonsense_is_not_here(client, id):
    assert "There is no record" in read(client, f"/records/{id}", 404)


def test_the_data_page_counts_what_was_read_refused_and_stored(client):
    text = read(client, "/data")

    assert "3 of 3 imports in use" in text
    assert "4,218 0 4,925" in text
    assert "see revision 2" in text


def test_columns_of_the_files_own_are_shown_as_text(clients, tmp_path):
    own = {"organisations": [{"id": "a", "name": "Alpha", "Spalte": "<b>bold</b>"}]}
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.write(delivery(own))

    page = clients(tmp_path / "store.sqlite").get("/records/1-0").text
    assert "<dt>Spalte</dt>" in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page


def test_the_name_in_the_readers_language_is_no_contradiction(client):
    page = client.get("/records/1-5?lang=de").text

    assert "<h1>Faservorformen und hochreines Quarzglas</h1>" in page
    assert "zurückgestellt" not in page
