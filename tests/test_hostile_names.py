"""Names that do harm where text is taken for something else: from a file through every door, they stay names."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Page

from tests.support.client import client_on
from tests.support.command import valuechain
from tests.support.results import HOSTILE

NAMES = [" ".join(name.split()) for name in HOSTILE]
"""As the importer keeps them: runs of blanks become one."""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store in which every name is hostile: of organisations, capabilities, stages, sources and columns."""
    folder: Path = tmp_path_factory.mktemp("hostile")
    tables: dict[str, list[list[str]]] = {
        "organisations": [["id", "name", "city", "<b>note</b>"]],
        "capabilities": [["id", "label", "chain", "stage", "kind"]],
        "stages": [["id", "chain", "label", "order"], ["s", "chain", HOSTILE[0], "1"]],
        "inputs": [["from_capability", "to_capability", "essential"]],
        "offers": [["organisation", "capability"]],
        "needs": [["organisation", "capability"]],
    }
    for number, name in enumerate(HOSTILE):
        tables["organisations"].append([f"o{number}", name, name, name])
        tables["capabilities"].append([f"c{number}", name, "chain", "s", "component"])
        tables["inputs"].append([f"c{number}", f"c{(number + 1) % len(HOSTILE)}", "yes"])
        tables["offers"].append([f"o{number}", f"c{number}"])
        tables["needs"].append([f"o{number}", f"c{(number + 1) % len(HOSTILE)}"])
    (folder / "=data").mkdir()
    for kind, rows in tables.items():
        text = io.StringIO(newline="")
        csv.writer(text).writerows(rows)
        (folder / "=data" / f"{kind}.csv").write_text(text.getvalue(), encoding="utf-8", newline="")
    done = valuechain("import", folder / "=data", "--store", f"sqlite:///{folder / 'store.sqlite'}")
    assert "0 refused" in done.output, done.output + done.errors
    return folder / "store.sqlite"


@pytest.fixture(scope="module")
def hostile_client(store: Path) -> Iterator[TestClient]:
    with client_on(store) as client:
        yield client


def test_json_holds_the_names_as_they_are(hostile_client: TestClient):
    answer = hostile_client.get("/api/v1/analyses/gaps")

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["x-content-type-options"] == "nosniff"
    [first, *_] = answer.json()["tables"]
    assert {row[0] for row in first["rows"]} == set(NAMES)


def test_csv_disarms_every_cell(hostile_client: TestClient):
    rows = list(csv.reader(io.StringIO(hostile_client.get("/api/v1/analyses/gaps.csv").text, newline="")))

    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert {row[0].removeprefix("'") for row in rows[1:]} == set(NAMES)


def test_the_terminal_shows_the_names_as_they_are(store: Path):
    told = valuechain("run", "gaps", "--table", "gaps", "--store", f"sqlite:///{store}").output
    assert "<script>alert(1)</script>" in told
    assert "[bold red]Markup[/] GmbH" in told


@pytest.mark.parametrize("name", HOSTILE)
def test_a_search_for_a_hostile_name_is_a_search(hostile_client: TestClient, name: str):
    answer = hostile_client.get("/api/v1/organisations", params={"q": name})
    assert answer.status_code == 200
    assert hostile_client.get("/api/v1/organisations", params={"q": "data"}).json()["organisations"] != []


@pytest.mark.parametrize("option", ["organisation", "region", "chain", "as-of", "cluster", "table"])
@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_option_is_answered_in_words(hostile_client: TestClient, option: str, name: str):
    answer = hostile_client.get("/api/v1/analyses/gaps.csv", params={option: name})
    assert answer.status_code in (200, 404, 422)


def test_the_records_are_still_there(hostile_client: TestClient):
    assert hostile_client.get("/api/v1/records/1-0").json()["kind"] == "capabilities"
    assert hostile_client.get("/health/ready").json()["revision"] == 1


@pytest.mark.parametrize("path", ["/api/v1/analyses/gaps.html", "/?q=script", "/gaps", "/data", "/check/=data:o0"])
def test_no_page_runs_or_loads_anything_of_a_name(hostile_client: TestClient, page: Page, path: str):
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text))
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
    asked: list[str] = []

    def answer(route) -> None:
        asked.append(route.request.url)
        given = hostile_client.get(route.request.url.removeprefix("http://127.0.0.1:8000"))
        route.fulfill(status=given.status_code, headers=dict(given.headers), body=given.content)

    page.route("**/*", answer)
    page.goto(f"http://127.0.0.1:8000{path}")
    page.wait_for_timeout(500)

    assert [url for url in asked if not url.startswith("http://127.0.0.1:8000/")] == []
    assert complaints == []
    assert page.locator("img[src=x]").count() == 0


def test_an_export_keeps_the_names_and_arms_nothing(store: Path, tmp_path: Path):
    valuechain("export", tmp_path / "out", "--store", f"sqlite:///{store}")
    text = (tmp_path / "out/organisations.csv").read_text(encoding="utf-8")

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    second = f"sqlite:///{tmp_path / 'second.sqlite'}"
    valuechain("import", tmp_path / "out", "--store", second)
    first_told, second_told = (
        json.loads(valuechain("run", "gaps", "--format", "json", "--store", one).output)["graph"]["digest"]
        for one in (f"sqlite:///{store}", second)
    )
    assert first_told == second_told
