"""An import over HTTP can be watched while it is at work, and cancelled."""

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.api.test_imports import GOOD, HALF
from valuechain import runs as machinery
from valuechain.api.import_runs import WORDS
from valuechain.model.errors import DataError, NotFoundError, StoreBusyError
from valuechain.runs import News, Run, Runs

Watch = Callable[[int, int], None]


def start(client: TestClient, *files: tuple[str, bytes], **fields: str) -> str:
    answer = client.post("/api/v1/imports/runs", files=[("files", file) for file in files], data=fields)
    assert answer.status_code == 202
    return f"/api/v1/imports/runs/{answer.json()['id']}"


def events(client: TestClient, run: str) -> list[tuple[str, dict[str, Any]]]:
    blocks = client.get(f"{run}/events").text.strip().split("\n\n")
    lines = [block.splitlines() for block in blocks]
    return [(event.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for event, data in lines]


def last(run: Run) -> News:
    return list(run.all_news())[-1]


@pytest.fixture
def gate() -> Iterator[threading.Event]:
    """Opens for work that waits; open at the end at the latest."""
    event = threading.Event()
    yield event
    event.set()


def waiting(gate: threading.Event) -> Callable[[Watch], str]:
    """Work that writes its first of two records, waits, and writes the other."""

    def work(watch: Watch) -> str:
        watch(1, 2)
        assert gate.wait(20)
        watch(2, 2)
        return "written"

    return work


def test_events_end_with_the_reports(client: TestClient):
    run = start(client, GOOD, by="me")

    name, end = events(client, run)[-1]

    assert name == "done"
    assert [(report["source"], report["stored"]) for report in end["outcome"]] == [("organisations", 2)]
    assert (end["done"], end["total"], end["seconds_left"]) == (2, 2, 0)
    assert client.get(run).json()["state"] == "done"
    assert client.get("/api/v1/imports").json()["imports"][0]["by"] == "me"


def test_what_is_refused_comes_with_its_faults(client: TestClient):
    name, end = events(client, start(client, HALF, strict="true"))[-1]

    assert name == "failed"
    assert end["outcome"]["faults"][0]["row"] == 3
    assert client.get("/api/v1/imports").json()["imports"] == []


def test_an_unknown_run_is_not_found(client: TestClient):
    for answer in (client.get("/api/v1/imports/runs/9"), client.delete("/api/v1/imports/runs/9")):
        assert answer.status_code == 404


def test_a_run_that_ended_stays_as_it_is_when_cancelled(client: TestClient):
    run = start(client, GOOD)
    assert events(client, run)[-1][0] == "done"
    assert client.delete(run).json()["state"] == "done"


def test_news_tell_the_rate_and_the_seconds_left():
    assert News("running", 500, 2000, 2.0).to_dict() == {
        "state": "running", "done": 500, "total": 2000, "seconds": 2.0, "rate": 250, "seconds_left": 6.0,
        "outcome": None,
    }  # fmt: skip
    assert News("running", 0, 0, 0.5).to_dict()["seconds_left"] is None


def test_whoever_watches_sees_every_change_until_the_end(gate: threading.Event, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machinery, "SECONDS_BETWEEN_NEWS", 0)
    run = Run(waiting(gate), WORDS)
    seen = []
    for news in run.all_news():
        seen.append((news.state, news.done, news.total))
        if news.done == 1:
            gate.set()
    assert seen[-1] == ("done", 2, 2)
    assert ("running", 1, 2) in seen


def test_a_run_that_is_cancelled_stops_before_its_next_record(gate: threading.Event):
    run = Run(waiting(gate), WORDS)
    run.cancel()
    gate.set()
    assert last(run).state == "cancelled"
    assert last(run).outcome == {
        "detail": "The import was cancelled.",
        "advice": "Nothing of what was being written is left behind.",
    }


def test_a_run_that_fails_says_why_if_that_is_known():
    def at_fault(watch: Watch) -> None:
        raise DataError("No.", "Try another.")

    def broken(watch: Watch) -> None:
        raise RuntimeError("/secret/path")

    assert last(Run(at_fault, WORDS)).outcome == {"detail": "No.", "advice": "Try another."}
    assert last(Run(broken, WORDS)).outcome == {"detail": "The program failed; its log says why."}


def test_only_so_many_are_at_work_at_once(gate: threading.Event, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machinery, "MOST_AT_WORK", 1)
    runs = Runs(WORDS)
    first = runs.start(waiting(gate))
    with pytest.raises(StoreBusyError, match="1 imports are at work"):
        runs.start(waiting(gate))
    gate.set()
    assert last(runs.find(first)).state == "done"
    assert runs.start(waiting(gate)) == first + 1


def test_the_oldest_of_those_that_ended_are_forgotten(gate: threading.Event, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(machinery, "MOST_REMEMBERED", 1)
    gate.set()
    runs = Runs(WORDS)
    for _ in range(3):
        last(runs.find(runs.start(waiting(gate))))
    with pytest.raises(NotFoundError):
        runs.find(1)
    assert runs.find(3).news.state == "done"
