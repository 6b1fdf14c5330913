"""Every error is a problem document, and says no more than it should."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from valuechain.api.errors import status_of
from valuechain.model.errors import (
    DataError,
    NotFoundError,
    QuestionError,
    StoreBusyError,
    StoreUnavailableError,
    ValuechainError,
)


@pytest.mark.parametrize(
    ("problem", "status"),
    [
        (NotFoundError("x"), 404),
        (QuestionError("x"), 422),
        (DataError("x"), 422),
        (StoreUnavailableError("x"), 503),
        (StoreBusyError("x"), 503),
        (ValuechainError("x"), 500),
    ],
)
def test_every_error_has_its_status(problem: ValuechainError, status: int):
    assert status_of(problem) == status


def test_what_nobody_expected_is_told_without_details(client: TestClient, monkeypatch: pytest.MonkeyPatch):
    def fail(*_: object) -> None:
        raise RuntimeError("secret path /home/somebody")

    monkeypatch.setattr(client.app.state.service.store, "history", fail)  # type: ignore[attr-defined]
    answer = client.get("/api/v1/imports")

    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert "secret" not in answer.text
    assert "RuntimeError" not in answer.text


def test_a_wrong_method_says_which_are_right(client: TestClient):
    answer = client.put("/api/v1/imports")

    assert answer.status_code == 405
    assert "GET" in answer.headers["allow"]
    assert answer.json() == {"type": "about:blank", "title": "Method Not Allowed", "status": 405}


def test_a_store_that_went_bad_is_unavailable_and_may_come_back(client: TestClient, tmp_path: Path):
    (tmp_path / "store.sqlite").write_bytes(b"This is no database, it is a letter. " * 50)
    answer = client.get("/health/ready")

    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert answer.json()["detail"].endswith("is not a SQLite file.")
    assert client.get("/health/live").status_code == 200
    (tmp_path / "store.sqlite").unlink()
    assert client.get("/health/ready").json() == {"status": "ready", "revision": 0}
