"""Same or different, and what changed, through the pages."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support.client import client_on
from tests.web.test_import_pages import words

FIRST = "id,name,city,country\n1,Alpha Optik GmbH,Jena,DE\n2,Beta Laser AG,Ulm,DE\n"
SECOND = "id,name,city,country,website\n9,Alpha Optik,Jena,DE,alpha-optik.example\n"


def bring(client: TestClient, source: str, text: str) -> None:
    files = {"files": ("organisations.csv", text.encode())}
    assert client.post("/api/v1/imports", files=files, data={"source": source}).status_code == 200


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The pages on two deliveries that name one organisation differently."""
    with client_on(tmp_path / "store.sqlite") as found:
        bring(found, "members", FIRST)
        bring(found, "fair", SECOND)
        yield found


@pytest.fixture
def demo(clients: Callable[[Path], TestClient], demo_store: Path) -> TestClient:
    """The pages on the demo data, not to be written to."""
    return clients(demo_store)


class TestSameOrDifferent:
    def test_shows_a_pair_side_by_side_with_what_agrees(self, client):
        told = words(client.get("/data/match").text)

        assert "1 pair of organisations waits for your word." in told
        assert "Name Alpha Optik Alpha Optik GmbH differs" in told
        assert "Town Jena Jena the same" in told
        assert "Country Germany Germany the same" in told
        assert "Web site alpha-optik.example" in told

    def test_same_joins_them_until_it_is_taken_back(self, client):
        page = client.post("/data/match", data=self.pair(client) | {"verdict": "same", "by": "office"})

        assert "No pair of organisations waits" in words(page.text)
        assert "by office" in words(page.text)
        assert len(client.get("/api/v1/organisations?q=alpha").json()["organisations"]) == 1

        page = client.post("/data/match", data=self.decided(page.text) | {"verdict": "open"})
        assert len(client.get("/api/v1/organisations?q=alpha").json()["organisations"]) == 2

    def test_a_verdict_that_is_none_is_refused(self, client):
        answer = client.post("/data/match", data=self.pair(client) | {"verdict": "perhaps"})

        assert answer.status_code == 422
        assert "is no verdict" in answer.text

    def pair(self, client: TestClient) -> dict[str, str]:
        return self.decided(client.get("/data/match").text)

    def decided(self, page: str) -> dict[str, str]:
        """The two organisations of the first form of a page."""
        return dict(re.findall(r'name="(first|second)" value="([^"]+)"', page)[:2])


class TestWhatChanged:
    def test_is_the_last_step_unless_asked_otherwise(self, client):
        told = words(client.get("/data/diff").text)

        assert "From revision 1 to revision 2" in told
        assert "1 new." in told
        assert "Alpha Optik new" in told

    def test_tells_what_a_thing_said_before_and_says_now(self, client):
        bring(client, "members", FIRST.replace("Ulm", "Berlin"))

        assert "Beta Laser AG changed City: Ulm → Berlin" in words(client.get("/data/diff").text)

    def test_names_of_the_chain_stand_in_the_readers_language(self, demo):
        told = words(demo.get("/data/diff?before=0&after=1&lang=de").text)

        assert "Faserlaser und Faserverstärker neu" in told
        assert "Fibre lasers" not in told

    def test_between_equal_revisions_nothing_differs(self, client):
        assert "Nothing differs" in words(client.get("/data/diff?before=2&after=2").text)

    def test_a_revision_that_is_not_there_is_said(self, client):
        assert client.get("/data/diff?before=99").status_code == 404


def test_tables_of_a_delivery_are_called_as_people_call_them(demo):
    assert "Fähigkeiten, Vorleistungen der Kette, Stufen" in words(demo.get("/data?lang=de").text)


def test_what_is_stored_says_that_made_up_records_are_left_out(demo):
    assert "Left out here: 886 records, made up for showing." in words(demo.get("/data").text)
    assert "Left out here" not in words(demo.get("/data?with=synthetic").text)
