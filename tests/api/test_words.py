"""Words over HTTP: listed with the nearest capabilities, decided, taken back."""

import pytest
from fastapi.testclient import TestClient

from tests.api.test_imports import upload

CHAIN = (
    "capabilities.csv",
    b"id,label,label_de,chain\ncoatings,Optical thin-film coating,Optische Beschichtung,c\nlenses,Lenses,Linsen,c\n",
)
OFFERS = ("offers.csv", b"organisation,capability,visibility\n1,term:Film coatings,owner\n1,term:payroll,public\n")
FIRMS = ("organisations.csv", b"id,name,visibility\n1,Optik GmbH,public\n")


@pytest.fixture
def told(client: TestClient) -> TestClient:
    assert upload(client, CHAIN, FIRMS, OFFERS, source="mine").status_code == 200
    return client


def test_open_words_are_listed_with_the_nearest_capability(told: TestClient):
    answer = told.get("/api/v1/words").json()

    assert answer["revision"] == 1
    by_word = {one["word"]: one for one in answer["words"]}
    assert by_word["film coatings"]["nearest"][0]["capability"] == "mine:coatings"
    assert by_word["payroll"] == {
        "word": "payroll", "verdict": "open", "capability": "", "kinds": {"offers": 1}, "count": 1,
        "organisations": {"mine:1": "Optik GmbH"}, "records": by_word["payroll"]["records"], "nearest": [], "by": "",
        "at": "",
    }  # fmt: skip
    assert told.get(f"/api/v1/records/{by_word['payroll']['records'][0]}").json()["kind"] == "offers"


def test_a_reader_is_told_the_words_of_records_that_he_may_see(told: TestClient):
    assert [one["word"] for one in told.get("/api/v1/words?for=public").json()["words"]] == ["payroll"]


def test_a_word_is_decided_and_taken_back(told: TestClient):
    body = {"word": "Film-Coatings", "verdict": "means", "capability": "mine:coatings", "by": "ann"}
    assert told.post("/api/v1/words", json=body).json() == {
        "revision": 2, "verdict": "means", "word": "term:film coatings", "capability": "mine:coatings",
    }  # fmt: skip
    decided = told.get("/api/v1/words").json()["words"][-1]
    assert (decided["verdict"], decided["capability"], decided["by"]) == ("means", "mine:coatings", "ann")
    assert told.get("/api/v1/words?as-of=1").json()["words"][-1]["verdict"] == "open"

    told.post("/api/v1/words", json={"word": "film coatings", "verdict": "open"})
    assert {one["verdict"] for one in told.get("/api/v1/words").json()["words"]} == {"open"}


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"word": "x", "verdict": "means", "capability": "nothing"}, 404),
        ({"word": "x", "verdict": "perhaps"}, 422),
        ({"word": "--", "verdict": "open"}, 422),
        ({"word": "x" * 501, "verdict": "open"}, 422),
        ({"verdict": "open"}, 422),
    ],
)
def test_a_decision_that_cannot_be_is_refused(told: TestClient, body: dict[str, str], status: int):
    assert told.post("/api/v1/words", json=body).status_code == status
    assert told.get("/api/v1/words").json()["revision"] == 1


def test_a_decision_from_a_page_of_another_site_is_refused(told: TestClient):
    body = {"word": "payroll", "verdict": "not in this chain"}
    assert told.post("/api/v1/words", json=body, headers={"Origin": "http://elsewhere.example"}).status_code == 403
