"""Bringing data through the pages: looked at first, corrected, imported, undone; without JavaScript."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.support.client import client_on
from valuechain.web.mapping_form import choices, written_mapping
from valuechain.web.staging import MOST, Staging

LIST = "Firma;Ort;Produkt;Ansprechpartner\nAlpha Optik GmbH;Jena;Laserdioden;Erika Muster\nBeta GmbH;Ulm;Linsen;\n"
FAULTY = b"id,name,staff\na,Alpha,many\nb,,3\nc,Gamma,4\n"


@pytest.fixture
def client(tmp_path: Path) -> Iterator[TestClient]:
    """The pages on an empty store of their own."""
    with client_on(tmp_path / "store.sqlite") as found:
        yield found


def brought(client: TestClient, name: str, content: bytes) -> str:
    """The page on which a file that was brought is looked at."""
    answer = client.post("/data/import", files={"files": (name, content)}, follow_redirects=False)
    assert answer.status_code == 303
    return answer.headers["location"]


def words(text: str) -> str:
    """The words of a page without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def organisations(client: TestClient) -> list[str]:
    return [one["label"] for one in client.get("/api/v1/organisations?q=gmbh").json()["organisations"]]


class TestLooking:
    def test_says_what_columns_are_taken_for_and_what_would_be_new(self, client):
        page = client.get(brought(client, "liste.csv", LIST.encode()))
        told = words(page.text)

        assert "2 rows can be taken in, 0 cannot. Nothing is written yet." in told
        assert "Taken for: list of organisations." in told
        assert '<option value="organisations.name" selected>' in page.text
        assert "header is German or Polish for name" in told

    def test_writes_nothing(self, client):
        client.get(brought(client, "liste.csv", LIST.encode()))

        assert client.get("/api/v1/imports").json()["imports"] == []

    def test_a_correction_of_a_column_counts(self, client):
        place = brought(client, "liste.csv", LIST.encode())
        page = client.post(place, data={"column": ["Ort"], "taken-for": ["leave out"], "action": "look"})

        assert '<option value="leave out" selected>' in page.text or "left out" in words(page.text)

    def test_every_fault_is_told_by_row_and_column_with_what_to_do(self, client):
        page = client.get(brought(client, "organisations.csv", FAULTY))
        told = words(page.text)

        assert "row 2 staff many" in told
        assert "row 3 name" in told
        assert "refused" in told

    def test_the_marked_file_can_be_had(self, client):
        answer = client.get(f"{brought(client, 'organisations.csv', FAULTY)}/faults")

        assert answer.status_code == 200
        assert "faults" in answer.headers["content-disposition"]
        assert b"many" in answer.content

    def test_a_file_that_cannot_be_read_says_why(self, client):
        page = client.get(brought(client, "picture.png", b"\x89PNG\r\n\x1a\n" + bytes(100)))

        assert page.status_code == 422
        assert "picture.png" in page.text

    def test_files_that_wait_no_longer_are_said(self, client):
        assert "wait no longer" in client.get("/data/import/nothing").text


class TestImporting:
    @pytest.fixture
    def done(self, client):
        return client.post(
            brought(client, "liste.csv", LIST.encode()),
            data={"source": "members", "as-of": "2026-09-01", "by": "cluster office", "action": "import"},
        )

    def test_stores_what_was_looked_at_under_the_name_that_was_given(self, client, done):
        assert "2 rows stored, 0 refused" in words(done.text)
        [one] = client.get("/api/v1/imports").json()["imports"]
        assert (one["source"], one["by"], one["state"]) == ("members", "cluster office", "active")
        assert "Alpha Optik" in str(organisations(client))

    def test_can_be_undone_and_taken_back_in(self, client, done):
        answer = client.post("/data/imports/1/withdraw")
        assert "undone" in words(answer.text)
        assert organisations(client) == []

        client.post("/data/imports/1/restore")
        assert len(organisations(client)) == 2

    def test_nothing_else_can_be_done_to_an_import(self, client, done):
        assert client.post("/data/imports/1/explode").status_code == 422

    def test_a_page_of_another_site_can_neither_bring_nor_undo(self, client, done):
        foreign = {"sec-fetch-site": "cross-site"}

        assert client.post("/data/import", files={"files": ("a.csv", b"id,name\n")}, headers=foreign).status_code == 403
        assert client.post("/data/imports/1/withdraw", headers=foreign).status_code == 403


def test_the_form_says_that_a_file_is_wanted(client):
    answer = client.post("/data/import", files={"files": ("", b"")})

    assert answer.status_code == 422
    assert "was not filled in" in answer.text


class TestMappingForm:
    def test_offers_every_field_of_a_list_under_what_it_tells_of(self):
        groups = dict(choices("organisations.name"))

        assert {"the organisation", "offers", "needs", "supply links"} <= set(groups)
        assert "organisations.city" in [one.value for one in groups["the organisation"]]

    def test_keeps_what_was_found_though_no_field_is_called_so(self):
        assert choices("markets.market stage=exporting")[0][1][0].value == "markets.market stage=exporting"

    def test_writes_a_mapping_of_what_was_said(self):
        assert (
            written_mapping(["Firma", "Notiz"], ["organisations.name", ""]) == "columns:\n  Firma: organisations.name\n"
        )
        assert written_mapping(["Firma"], [""]) == ""


class TestStaging:
    def test_keeps_files_until_they_are_dropped(self, tmp_path: Path):
        staging = Staging()
        file = tmp_path / "a.csv"
        file.write_bytes(b"x")
        with file.open("rb") as content:
            token = staging.keep([("a.csv", content)])

        assert [path.name for path in staging.paths(token)] == ["a.csv"]
        folder = staging.paths(token)[0].parent
        staging.drop(token)
        assert not folder.exists()

    def test_the_oldest_gives_way(self):
        staging = Staging()
        tokens = [staging.keep([]) for _ in range(MOST + 1)]

        with pytest.raises(Exception, match="wait no longer"):
            staging.paths(tokens[0])
        assert staging.paths(tokens[1]) == []
        staging.close()
