"""Organisations and records over HTTP."""

import pytest
from fastapi.testclient import TestClient

FIRM = "example-cluster:laserhead"


def test_an_organisation_is_found_by_a_part_of_its_name_and_says_how_it_is_known(demo_client: TestClient):
    told = demo_client.get("/api/v1/organisations", params={"q": "laserhead"}).json()

    [found] = [one for one in told["organisations"] if one["key"] == FIRM]
    assert found["label"] == "Example Laserhead GmbH"
    assert found["status"] == "synthetic"


def test_accents_and_case_do_not_matter_and_what_is_cut_is_counted(demo_client: TestClient):
    told = demo_client.get("/api/v1/organisations", params={"q": "UNIVERSITÄT", "limit": 2}).json()

    assert len(told["organisations"]) == 2
    assert told["cut"] > 10


def test_nothing_typed_finds_nothing(demo_client: TestClient):
    assert demo_client.get("/api/v1/organisations").json() == {"organisations": [], "cut": 0}


def test_one_organisation_is_told_with_its_links_and_their_records(demo_client: TestClient):
    told = demo_client.get(f"/api/v1/organisations/{FIRM}").json()

    assert told["status"] == "synthetic"
    supplier = told["links"]["supplies"][0]
    assert supplier["records"]
    record = demo_client.get(f"/api/v1/records/{supplier['records'][0]}").json()
    assert record["kind"] == "supplies"
    assert record["values"]["status"] == "synthetic"
    assert record["file"] == "supplies.csv"


def test_made_up_organisations_are_not_mixed_into_the_view_of_real_ones(demo_client: TestClient):
    key = demo_client.get("/api/v1/organisations", params={"q": "Toptica"}).json()["organisations"][0]["key"]
    links = demo_client.get(f"/api/v1/organisations/{key}").json()["links"]

    assert not any(row["status"] == "synthetic" for rows in links.values() for row in rows)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("organisations/nobody", 404),
        (f"organisations/{FIRM}?colour=red", 422),
        ("organisations?q=a&limit=0", 422),
        ("organisations?q=a&for=boss", 422),
        ("records/9-9", 404),
        ("records/../../etc/passwd", 404),
        ("records/1-1?as-of=0", 404),
    ],
)
def test_what_is_not_there_or_does_not_fit_is_a_problem_document(demo_client: TestClient, path: str, status: int):
    answer = demo_client.get(f"/api/v1/{path}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
