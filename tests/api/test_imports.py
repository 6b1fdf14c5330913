"""Bringing data in over HTTP, and undoing it."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.sources.files import zipped
from tests.support.client import client_on

GOOD = ("organisations.csv", b"id,name\n1,Optik\n2,Laser\n")
HALF = ("organisations.csv", b"id,name\n1,Optik\n2,\n")
OFFERS = ("offers.csv", b"organisation,capability\n1,photonics:lenses\n")


def upload(client: TestClient, *files: tuple[str, bytes], query: str = "", **fields: str):
    return client.post(f"/api/v1/imports{query}", files=[("files", file) for file in files], data=fields)


def test_an_upload_is_reported_and_listed(client: TestClient):
    [report] = upload(client, GOOD, by="me").json()

    assert (report["import"], report["source"], report["stored"], report["new"]) == (1, "organisations", 2, 2)
    listed = client.get("/api/v1/imports").json()
    assert [(one["id"], one["by"], one["state"]) for one in listed["imports"]] == [(1, "me", "active")]
    assert [one["action"] for one in listed["events"]] == ["import"]


def test_a_trial_reports_faults_by_row_and_writes_nothing(client: TestClient):
    [report] = upload(client, HALF, query="?dry_run=true").json()

    assert report["import"] is None
    assert report["faults"][0]["row"] == 3
    assert client.get("/api/v1/imports").json()["imports"] == []


def test_several_files_are_one_delivery_under_one_name(client: TestClient):
    [report] = upload(client, GOOD, OFFERS, source="mine").json()

    assert (report["source"], report["rows_read"], report["refused"]) == ("mine", 3, 0)


def test_a_zip_is_one_delivery(client: TestClient):
    content = zipped({"organisations.csv": GOOD[1], "offers.csv": OFFERS[1]})
    [report] = upload(client, ("cluster.zip", content)).json()

    assert (report["source"], report["stored"]) == ("cluster", 3)


LIST = "Firma;Ort;Kompetenzen;Ansprechpartner\nOptik GmbH;Jena;Linsen, Laser;Ada L.\nLaser AG;Erfurt;Laser;Max M.\n"
MEMBERS = ("Mitglieder.csv", LIST.encode())


def test_a_list_comes_with_a_mapping_that_can_be_corrected_and_sent_along(client: TestClient):
    told = client.post("/api/v1/imports/mapping", files=[("files", MEMBERS)])
    assert "Ort: organisations.city" in told.text

    corrected = told.text.replace("Kompetenzen: offers.capability", "Kompetenzen: needs.capability")
    [report] = upload(client, MEMBERS, mapping=corrected).json()

    assert {one["column"]: one["field"] for one in report["columns"]}["Kompetenzen"] == "needs.capability"
    assert report["words"] == {"Laser": 2, "Linsen": 1}


def test_persons_come_back_as_a_table_and_are_never_stored(client: TestClient):
    told = client.post("/api/v1/imports/contacts", files=[("files", MEMBERS)])
    assert "Ada L." in told.text
    upload(client, MEMBERS)
    assert "Ada" not in client.get("/api/v1/organisations/Mitglieder:optik-gmbh").text


def test_a_file_with_faults_comes_back_with_them_and_without_faults_nothing_does(client: TestClient):
    told = client.post("/api/v1/imports/faults", files=[("files", HALF)])

    assert told.headers["content-disposition"] == "attachment; filename*=UTF-8''organisations-faults.csv"
    assert "The cell is empty." in told.text
    assert client.post("/api/v1/imports/faults", files=[("files", GOOD)]).status_code == 204


def test_several_files_with_faults_come_back_as_a_zip(client: TestClient):
    offers = ("offers.csv", b"organisation,capability,trl\n1,photonics:lenses,12\n")
    told = client.post("/api/v1/imports/faults", files=[("files", HALF), ("files", offers)], data={"source": "mine"})

    with zipfile.ZipFile(io.BytesIO(told.content)) as archive:
        assert sorted(archive.namelist()) == ["offers-faults.csv", "organisations-faults.csv"]


def test_an_import_can_be_withdrawn_and_restored(client: TestClient):
    upload(client, GOOD)

    assert client.post("/api/v1/imports/1/withdraw").json() == {"revision": 2}
    assert client.get("/api/v1/imports").json()["imports"][0]["state"] == "withdrawn"
    assert client.post("/api/v1/imports/1/restore").json() == {"revision": 3}
    assert client.post("/api/v1/imports/7/restore").status_code == 404


def test_a_strict_upload_with_a_fault_is_refused_whole_with_its_faults(client: TestClient):
    answer = upload(client, HALF, strict="true")

    assert answer.status_code == 422
    assert answer.json()["faults"][0]["column"] == "name"
    assert client.get("/api/v1/imports").json()["imports"] == []


@pytest.mark.parametrize(
    "name",
    ["", ".", "..", "../../..", "a/..", "x" * 201, "bad\x07.csv", "..\\.."],
)
def test_a_name_that_is_none_is_refused(client: TestClient, name: str):
    assert upload(client, (name, GOOD[1]), GOOD).status_code == 422


@pytest.mark.parametrize("name", ["../../organisations.csv", "/etc/organisations.csv", "C:\\data\\organisations.csv"])
def test_folders_in_a_name_are_not_followed(client: TestClient, name: str):
    [report] = upload(client, (name, GOOD[1])).json()
    assert report["source"] == "organisations"


def test_two_files_of_one_name_are_refused(client: TestClient):
    answer = upload(client, GOOD, GOOD)
    assert answer.json()["detail"] == "Two files are called 'organisations.csv'."


def test_nothing_remains_of_an_upload(client: TestClient):
    before = set(Path(tempfile.gettempdir()).glob("valuechain-*"))
    upload(client, GOOD)
    upload(client, HALF, strict="true")

    assert set(Path(tempfile.gettempdir()).glob("valuechain-*")) == before


def test_a_body_beyond_the_limit_is_refused_whatever_it_announces(tmp_path: Path):
    client = client_on(tmp_path / "store.sqlite", upload_limit=10_000)

    announced = upload(client, ("organisations.csv", GOOD[1] * 1000))
    streamed = client.post(
        "/api/v1/imports",
        content=(b"x" * 1000 for _ in range(100)),
        headers={"content-type": "multipart/form-data; boundary=b"},
    )
    for answer in (announced, streamed):
        assert answer.status_code == 413
        assert answer.json()["detail"] == "At most 10,000 bytes are taken in one request."


def test_an_upload_without_files_is_refused(client: TestClient):
    answer = client.post("/api/v1/imports")

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"] == "files: Field required"
