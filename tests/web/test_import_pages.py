"""Bringing data through the pages: looked at first, corrected, imported, undone; without JavaScript."""

import io
import re
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support.client import client_on
from valuechain import runs
from valuechain.model.errors import NotFoundError
from valuechain.stores import sqlite
from valuechain.stores.rows import parts
from valuechain.web.mapping_form import choices, written_mapping
from valuechain.web.pages import imports
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


def imported(client: TestClient, place: str, **told: str) -> Any:
    """The page of what came of importing what waits at a place, once that has ended."""
    begun = client.post(place, data={"action": "import", **told}, follow_redirects=False).headers["location"]
    client.app.state.import_runs.find(int(begun.rpartition("/")[2])).wait(30)  # type: ignore[attr-defined]
    return client.get(begun)


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
        assert "liste , taken for: list of organisations." in told
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

        assert "2 organisations.csv staff many" in told
        assert "3 organisations.csv name (empty)" in told
        assert "Row refused" in told
        assert "2 refused, 0 to look at" in told

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

    def test_a_fault_names_the_header_of_the_file_not_the_field_that_it_fills(self, client):
        text = "Firma;PLZ;Land\nAlpha Optik GmbH;7743;DE\nBeta Optik GmbH;07745;DE\nGamma GmbH;07747;DE\n"

        assert "liste.csv PLZ 7743 A postcode of DE" in words(
            client.get(brought(client, "liste.csv", text.encode())).text
        )

    def test_columns_of_persons_read_as_left_out_and_do_not_count_as_used(self, client):
        page = client.get(brought(client, "liste.csv", LIST.encode())).text

        assert re.search(r'What Ansprechpartner is read as">\s*<option value="" selected>left out<', page)
        assert "3 of 4 used" in words(page)

    def test_no_column_is_read_as_a_code(self, client):
        page = client.get(
            brought(client, "liste.csv", b"Firma;Stand\nAlpha GmbH;2026-03-01\nBeta GmbH;2026-04-01\n")
        ).text

        assert ">the day of the row</option>" in page
        assert ">organisations." not in page

    def test_amounts_read_as_people_write_them(self, client):
        text = "Firma;Umsatz (Mio EUR)\nAlpha GmbH;5,3\nBeta GmbH;12\n"

        assert "Turnover 5,300,000" in words(client.get(brought(client, "liste.csv", text.encode())).text)

    def test_the_empty_form_can_be_had_without_a_command_line(self, client):
        page = client.get("/data/import").text
        form = client.get(re.search(r'href="([^"]+)">Get the empty form', page)[1])  # type: ignore[index]

        assert form.content.startswith(b"PK")
        assert "valuechain-template.xlsx" in form.headers["content-disposition"]


class TestTheMarkedFiles:
    def test_are_read_with_the_columns_as_corrected(self, client):
        place = brought(client, "liste.csv", b"Firma;Groesse\nAlpha Optik GmbH;viele\nBeta Optik GmbH;klein\n")
        told = {"column": ["Groesse"], "taken-for": ["organisations.staff"]}

        answer = client.post(f"{place}/faults", data=told)
        assert b"not a number" in answer.content or b"neither a number" in answer.content
        assert client.get(f"{place}/faults").content == answer.content

    def test_of_several_files_are_a_zip(self, client):
        files = [("files", (name, FAULTY)) for name in ("organisations.csv", "organisations-2.csv")]
        place = client.post("/data/import", files=files, follow_redirects=False).headers["location"]

        answer = client.get(f"{place}/faults")
        assert "faults.zip" in answer.headers["content-disposition"]
        with zipfile.ZipFile(io.BytesIO(answer.content)) as bundle:
            assert sorted(bundle.namelist()) == ["organisations-2-faults.csv", "organisations-faults.csv"]

    def test_are_none_where_nothing_is_wrong(self, client):
        assert client.get(f"{brought(client, 'liste.csv', LIST.encode())}/faults").status_code == 422


class TestHowTheRowsWillRead:
    def test_shows_first_values_but_not_of_persons(self, client):
        told = words(client.get(brought(client, "liste.csv", LIST.encode())).text)

        assert "Alpha Optik GmbH; Beta GmbH" in told
        assert "Erika Muster" not in told

    def test_shows_the_first_rows_as_they_will_be_stored(self, client):
        told = words(client.get(brought(client, "liste.csv", LIST.encode())).text)

        assert "2 liste.csv organisation Name Alpha Optik GmbH · City Jena" in told
        assert "offer Organisation Alpha Optik GmbH · Capability Laserdioden" in told

    def test_tints_only_the_columns_that_need_an_answer(self, client):
        text = "Firma;PLZ\nAlpha Optik GmbH;blau\nBeta Optik GmbH;07745\nGamma GmbH;rot\n"
        page = client.get(brought(client, "liste.csv", text.encode())).text

        assert page.count('<tr role="row" class="on">') == 1
        assert "1 column needs your answer" in words(page)
        assert re.search('class="on"><th role="rowheader" scope="row">PLZ', page)


class TestWatching:
    """What is begun is at an address of its own, and stops when told to."""

    @pytest.fixture
    def gate(self, monkeypatch) -> Iterator[threading.Event]:
        """Opens for a store that has written the first half; open at the end at the latest."""
        opened = threading.Event()

        def halves(records, _):
            whole = list(parts(records, 1))
            yield whole[0]
            assert opened.wait(20)
            yield from whole[1:]

        monkeypatch.setattr(sqlite, "parts", halves)
        monkeypatch.setattr(runs, "SECONDS_BETWEEN_NEWS", 0)
        monkeypatch.setattr(imports, "AT_ONCE", 0.3)
        yield opened
        opened.set()

    @pytest.fixture
    def begun(self, client, gate) -> str:
        answer = client.post(
            brought(client, "liste.csv", LIST.encode()), data={"action": "import"}, follow_redirects=False
        )
        return str(answer.headers["location"])

    def test_says_what_is_done_and_how_far_it_is(self, client, begun, gate):
        page = client.get(begun)

        assert "Importing liste.csv" in words(page.text)
        assert re.search(r'<progress aria-labelledby="what" max="\d+" value="1">', page.text)
        assert "At work: liste.csv" in words(client.get("/data").text)
        assert begun in client.get("/data").text

    def test_ends_with_the_report_at_the_same_address(self, client, begun, gate):
        gate.set()
        client.app.state.import_runs.find(1).wait(20)

        assert "2 rows stored, 0 refused" in words(client.get(begun).text)

    def test_cancelled_leaves_nothing_and_the_files_wait_again(self, client, begun, gate):
        client.app.state.import_runs.find(1).cancel()
        gate.set()
        page = client.post(f"{begun}/cancel")

        assert "Cancelled: liste.csv" in words(page.text)
        assert client.get("/api/v1/imports").json() == {"imports": [], "events": []}
        assert organisations(client) == []
        back = re.search(r'href="(/data/import/[^"]+)">Back to the files', page.text)
        assert back
        assert "2 rows can be taken in" in words(client.get(back[1]).text)

    def test_what_fails_says_why_and_what_to_do(self, client):
        place = brought(client, "liste.csv", LIST.encode())
        page = imported(client, place, **{"as-of": "yesterday"})

        assert "Not imported: liste.csv" in words(page.text)
        assert "yesterday" in words(page.text)

    def test_a_number_that_is_not_known_is_said(self, client):
        assert "There is no import at work with the number 7." in client.get("/data/running/7").text

    def test_the_report_offers_to_undo_and_the_list_leads_back_to_it(self, client):
        faulty = LIST.encode() + b";Berlin;Linsen;\n"
        page = imported(client, brought(client, "liste.csv", faulty))

        assert 'action="/data/imports/1/withdraw"' in page.text
        client.post("/data/imports/1/withdraw")
        assert "This import is undone." in words(client.get("/data/running/1").text)
        assert 'href="/data/running/1">see the faults' in client.get("/data").text


class TestImporting:
    @pytest.fixture
    def done(self, client):
        place = brought(client, "liste.csv", LIST.encode())
        return imported(client, place, source="members", by="cluster office", **{"as-of": "2026-09-01"})

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
    def test_keeps_files_until_they_are_taken(self, tmp_path: Path):
        staging = Staging()
        file = tmp_path / "a.csv"
        file.write_bytes(b"x")
        with file.open("rb") as content:
            token = staging.keep([("a.csv", content)])

        assert [path.name for path in staging.find(token).paths] == ["a.csv"]
        taken = staging.take(token)
        with pytest.raises(NotFoundError, match="wait no longer"):
            staging.take(token)

        staging.put_back(token, taken)
        assert staging.find(token) is taken
        staging.close()
        assert not Path(taken.folder.name).exists()

    def test_the_oldest_gives_way(self):
        staging = Staging()
        tokens = [staging.keep([]) for _ in range(MOST + 1)]

        with pytest.raises(NotFoundError, match="wait no longer"):
            staging.find(tokens[0])
        assert staging.find(tokens[1]).paths == []
        staging.close()


def test_files_that_are_too_large_are_answered_with_a_page_that_says_what_to_do(tmp_path: Path):
    with client_on(tmp_path / "store.sqlite", upload_limit=10_000) as client:
        answer = client.post("/data/import", files={"files": ("list.csv", b"x" * 20_000)}, params={"lang": "de"})

    assert answer.status_code == 413
    assert "Höchstens 10.000 Byte werden auf einmal angenommen." in words(answer.text)
    assert "oder mit der Befehlszeile" in words(answer.text)
