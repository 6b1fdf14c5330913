"""What words mean, through the pages: decided once, for later imports too, and taken back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.api.test_imports import upload
from tests.support.client import client_on
from tests.web.test_import_pages import words

CHAIN = (
    "capabilities.csv",
    b"id,label,label_de,chain\ncoatings,Optical thin-film coating,Optische Beschichtung,c\nlenses,Lenses,Linsen,c\n",
)
FIRMS = ("organisations.csv", b"id,name\n1,Optik GmbH\n2,Glas AG\n")
OFFERS = ("offers.csv", b"organisation,capability\n1,term:film coatings\n2,term:film coatings\n1,term:payroll\n")

PLACE = "/data/words"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The pages on an empty store of their own."""
    with client_on(tmp_path / "store.sqlite") as found:
        yield found


@pytest.fixture
def told(client: TestClient) -> TestClient:
    assert upload(client, CHAIN, FIRMS, OFFERS, source="mine").status_code == 200
    return client


def test_an_open_word_stands_with_who_uses_it_and_what_it_may_mean(told: TestClient):
    page = words(told.get(PLACE).text)

    assert "2 words wait for their meaning." in page
    assert "film coatings 2 offers; said of Optik GmbH and Glas AG." in page
    assert "It may mean: Optical thin-film coating" in page
    assert "Nothing in the chain is called like it." in page, "payroll"


def test_its_meaning_is_one_click_and_can_be_taken_back(told: TestClient):
    page = told.post(PLACE, data={"word": "film coatings", "capability": "mine:coatings", "by": "ann"}).text

    assert "1 word waits for its meaning." in words(page)
    assert "film coatings Optical thin-film coating" in words(page)
    assert "by ann" in words(page)
    assert told.get("/api/v1/words").json()["words"][-1]["capability"] == "mine:coatings"

    page = told.post(PLACE, data={"word": "film coatings", "verdict": "open"}).text
    assert "2 words wait for their meaning." in words(page)


def test_a_capability_may_be_named_as_it_is_called_in_either_language(told: TestClient):
    told.post(PLACE, data={"word": "payroll", "capability": "linsen"})

    assert told.get("/api/v1/words").json()["words"][-1]["capability"] == "mine:lenses"


def test_a_word_may_lie_outside_of_every_chain(told: TestClient):
    page = words(told.post(PLACE, data={"word": "payroll", "verdict": "not in this chain"}).text)

    assert "payroll outside of every chain here" in page
    assert "1 word waits for its meaning." in page


@pytest.mark.parametrize(
    ("said", "status"), [({"capability": "nothing"}, 404), ({"verdict": "perhaps"}, 422), ({}, 422)]
)
def test_what_makes_no_sense_is_told(told: TestClient, said: dict[str, str], status: int):
    assert told.post(PLACE, data={"word": "payroll"} | said).status_code == status


def test_the_list_stands_in_the_readers_language(told: TestClient):
    page = words(told.get(f"{PLACE}?lang=de").text)

    assert "2 Wörter warten auf ihre Bedeutung." in page
    assert "Optische Beschichtung" in page


def test_pages_about_data_lead_there(told: TestClient):
    assert f'href="{PLACE}"' in told.get("/data").text


def test_where_every_word_is_known_nothing_is_asked(client: TestClient):
    assert "Every word is known." in words(client.get(PLACE).text)
