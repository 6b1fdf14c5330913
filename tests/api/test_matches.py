"""Pairs of organisations that may be one, over HTTP."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

ONE = ("one.csv", b"id,name,country,city,visibility\n1,Optik Jena GmbH,DE,Jena,public\n")
TWO = ("two.csv", b"id,name,country,city,visibility\nx,Optik-Jena AG,DE,JENA,advisor\n")


@pytest.fixture
def filled(client: TestClient) -> TestClient:
    for name, content in (ONE, TWO):
        files = [("files", ("organisations.csv", content))]
        assert client.post("/api/v1/imports", files=files, data={"source": name[:3]}).status_code < 300
    return client


def say(client: TestClient, verdict: str, query: str = "", **more: str):
    form = {"verdict": verdict, "first": "one:1", "second": "two:x", "by": "Ada", **more}
    return client.post(f"/api/v1/matches{query}", data=form)


def test_pairs_are_listed_and_cut(filled: TestClient):
    told = filled.get("/api/v1/matches?limit=5").json()

    [pair] = told["pairs"]
    assert (pair["first"]["key"], pair["second"]["key"]) == ("one:1", "two:x")
    assert pair["agrees"] == ["name", "town"]
    assert (told["cut"], told["decisions"]) == (0, [])


def test_a_decision_is_remembered_with_who_and_when_and_taken_back(filled: TestClient):
    said = say(filled, "same").json()

    assert (said["verdict"], said["subject"], said["object"], said["who"]) == ("same", "one:1", "two:x", "Ada")
    told = filled.get("/api/v1/matches").json()
    assert told["pairs"] == []
    assert [(one["verdict"], one["who"], one["at"][:2]) for one in told["decisions"]] == [("same", "Ada", "20")]
    assert say(filled, "open").json()["verdict"] == "open"
    assert len(filled.get("/api/v1/matches").json()["pairs"]) == 1
    assert len(filled.get(f"/api/v1/matches?as-of={said['revision']}").json()["pairs"]) == 0


def test_a_reader_sees_and_decides_only_on_what_is_for_them(filled: TestClient):
    assert filled.get("/api/v1/matches?for=public").json()["pairs"] == []
    assert say(filled, "same", "?for=public").status_code == 404


@pytest.mark.parametrize(
    ("verdict", "query", "more", "status"),
    [
        ("maybe", "", {}, 422),
        ("open", "", {}, 404),
        ("same", "", {"second": "nobody"}, 404),
        ("same", "?as-of=1", {}, 422),
    ],
)
def test_what_makes_no_sense_is_refused(filled: TestClient, verdict: str, query: str, more: dict, status: int):
    answer = say(filled, verdict, query, **more)

    assert answer.status_code == status
    assert answer.json()["advice"]


def test_an_unknown_option_is_refused(filled: TestClient):
    assert filled.get("/api/v1/matches?colour=blue").status_code == 422
