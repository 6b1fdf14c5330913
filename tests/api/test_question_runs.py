"""A question over HTTP can be watched while it is answered, and given up."""

import json
import threading

import pytest
from fastapi.testclient import TestClient

from valuechain.model.watching import tell
from valuechain.service import Service


def ask(client: TestClient, analysis: str, **options: str) -> str:
    answer = client.post("/api/v1/runs", json={"analysis": analysis, "options": options})
    assert answer.status_code == 202
    assert answer.json()["events"] == f"/api/v1/runs/{answer.json()['id']}/events"
    return f"/api/v1/runs/{answer.json()['id']}"


def last_news(client: TestClient, run: str) -> dict[str, object]:
    *_, data = client.get(f"{run}/events").text.strip().splitlines()
    news: dict[str, object] = json.loads(data.removeprefix("data: "))
    return news


def test_the_last_news_hold_the_answer(demo_client: TestClient):
    run = ask(demo_client, "systemic-risk", **{"with": "synthetic", "limit": "5"})

    end = last_news(demo_client, run)

    assert end["state"] == "done"
    asked: dict[str, str | int] = {"with": "synthetic", "limit": 5}
    assert end["outcome"] == demo_client.get("/api/v1/analyses/systemic-risk", params=asked).json()
    assert demo_client.get(run).json()["state"] == "done"


def test_a_question_can_be_given_up_while_it_is_answered(demo_client: TestClient, monkeypatch: pytest.MonkeyPatch):
    begun, gate = threading.Event(), threading.Event()

    def slow(self, name, options, progress):
        progress(1, 3)
        begun.set()
        assert gate.wait(20)
        progress(2, 3)
        raise AssertionError("it went on")

    monkeypatch.setattr(Service, "run", slow)
    run = ask(demo_client, "systemic-risk")
    assert begun.wait(20)

    assert demo_client.delete(run).status_code == 202
    gate.set()

    end = last_news(demo_client, run)
    assert end["state"] == "cancelled"
    assert end["outcome"] == {"detail": "The question was cancelled.", "advice": "Ask it again when there is time."}


def test_what_an_analysis_tells_reaches_whoever_watches(demo: Service):
    told = []
    demo.run("systemic-risk", {"with": "synthetic", "max-iterations": 99}, lambda *news: told.append(news))
    assert told[-1][0] == told[-1][1] > 0
    tell(1, 1)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"analysis": "nothing"}, 404),
        ({"analysis": "systemic-risk", "options": {"eps": "many"}}, 422),
        ({"options": {}}, 422),
    ],
)
def test_a_question_that_does_not_fit_is_refused_at_once(demo_client: TestClient, body: dict[str, object], status: int):
    assert demo_client.post("/api/v1/runs", json=body).status_code == status


def test_a_number_that_nobody_gave_is_not_found(demo_client: TestClient):
    for answer in (demo_client.get("/api/v1/runs/999"), demo_client.delete("/api/v1/runs/999")):
        assert answer.status_code == 404
        assert answer.json()["detail"] == "There is no question at work with the number 999."


def test_another_site_cannot_begin_one(demo_client: TestClient):
    headers = {"Origin": "https://elsewhere.example", "Sec-Fetch-Site": "cross-site"}
    answer = demo_client.post("/api/v1/runs", json={"analysis": "gaps"}, headers=headers)
    assert answer.status_code == 403
