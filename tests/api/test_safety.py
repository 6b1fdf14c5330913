"""Nothing foreign reaches the application, and no answer leaves it without the headers of safety."""

import pytest
from fastapi.testclient import TestClient

from valuechain.api.safety import POLICY

WRITES = ("/api/v1/imports", "/api/v1/imports/1/withdraw", "/api/v1/imports/1/restore")


@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "", "[::1", "0.0.0.0:8000", "localhost@evil"]
)
def test_a_foreign_host_name_is_refused(client: TestClient, host: str):
    answer = client.get("/api/v1/imports", headers={"Host": host})

    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize("host", ["127.0.0.1", "127.0.0.1:8000", "localhost:8000", "LOCALHOST", "[::1]:8000"])
def test_this_machine_is_served(client: TestClient, host: str):
    assert client.get("/health/live", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize("path", WRITES)
@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "https://evil.example"},
    ],
)
def test_a_write_from_a_foreign_page_is_refused(client: TestClient, path: str, headers: dict[str, str]):
    answer = client.post(path, headers=headers)

    assert answer.status_code == 403
    assert answer.json()["detail"] == "A write must not come from a page of another site."


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Origin": "http://127.0.0.1:8000"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Sec-Fetch-Site": "none"},
        {"Sec-Fetch-Site": "same-origin", "Origin": "null"},
    ],
)
def test_a_write_of_a_program_or_of_our_own_page_is_let_through(client: TestClient, headers: dict[str, str]):
    assert client.post("/api/v1/imports/1/withdraw", headers=headers).status_code == 404


def test_reading_from_a_foreign_page_is_left_to_the_browser_which_shows_it_nothing(client: TestClient):
    answer = client.get("/api/v1/imports", headers={"Origin": "https://evil.example"})

    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    "path",
    ["/", "/docs", "/docs/style.css", "/health/live", "/api/v1/imports", "/api/v1/nothing", "/api/v1/analyses/x"],
)
def test_every_answer_carries_the_headers_of_safety(client: TestClient, path: str):
    headers = client.get(path).headers

    assert headers["content-security-policy"] == POLICY
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-frame-options"] == "DENY"


def test_the_policy_lets_nothing_in_from_outside_and_nothing_inline():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_refusals_carry_the_headers_too(client: TestClient):
    assert "content-security-policy" in client.get("/", headers={"Host": "evil.example"}).headers


def test_a_report_brings_a_policy_of_its_own_that_is_as_strict(demo_client: TestClient):
    policy = demo_client.get("/api/v1/analyses/gaps.html").headers["content-security-policy"]

    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.endswith("frame-ancestors 'none'")


def test_what_is_no_request_passes():
    """Starting and ending are messages of another kind; the application must see them."""
    from tests.support.client import client_on

    with client_on("sqlite:///nowhere.sqlite") as running:
        assert running.get("/health/live").status_code == 200
