"""Asking over HTTP: every option is a query parameter, every form an ending."""

import csv
import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from valuechain import registry
from valuechain.report.render import FORMATS


def test_the_list_names_every_analysis_with_its_question_and_options(demo_client: TestClient):
    told = demo_client.get("/api/v1/analyses").json()

    assert [one["name"] for one in told["analyses"]] == list(registry.names())
    assert all(one["question"].endswith("?") for one in told["analyses"])
    assert "region" in [one["name"] for one in told["common_options"]]
    assert told["formats"] == [name for name in FORMATS if name != "text"]


def test_an_answer_is_json_and_states_what_it_was_asked(demo_client: TestClient):
    answer = demo_client.get("/api/v1/analyses/gaps", params={"region": "DE2,DE1", "limit": 3})

    assert answer.headers["content-type"] == "application/json"
    assert answer.headers["cache-control"] == "no-cache"
    parameters = answer.json()["analysis"]["parameters"]
    assert (parameters["region"], parameters["limit"]) == ("DE2,DE1", 3)
    assert all(len(table["rows"]) <= 3 for table in answer.json()["tables"])


def test_an_option_given_twice_means_both_and_an_empty_one_nothing(demo_client: TestClient):
    twice = demo_client.get("/api/v1/analyses/gaps?region=DE1&region=DE2&chain=&limit=3").json()
    assert twice["analysis"]["parameters"]["region"] == "DE1,DE2"


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if name != "text" and one.had_by is None])
def test_an_ending_chooses_the_form(demo_client: TestClient, form: str):
    answer = demo_client.get(f"/api/v1/analyses/gaps.{form}")

    assert answer.status_code == 200
    assert answer.headers["content-type"] == FORMATS[form].media_type
    is_download = answer.headers.get("content-disposition") == f'attachment; filename="gaps.{form}"'
    assert is_download == (form not in ("json", "html"))


def test_a_csv_holds_the_first_table_or_the_one_named(demo_client: TestClient):
    first = demo_client.get("/api/v1/analyses/gaps.csv")
    named = demo_client.get("/api/v1/analyses/gaps.csv", params={"table": "stages"})

    assert next(csv.reader(io.StringIO(first.text)))[0] == "capability"
    assert next(csv.reader(io.StringIO(named.text))) == ["stage", "state", "capabilities", "status"]


@pytest.mark.parametrize(
    ("path", "status", "why"),
    [
        ("nothing", 404, "No analysis is called 'nothing'."),
        ("gaps.doc", 404, "There is no form 'doc'."),
        ("gaps.text", 404, "There is no form 'text'."),
        ("gaps?colour=red", 422, "gaps has no option colour."),
        ("gaps?limit=many", 422, "limit: 'many' is not a whole number."),
        ("gaps?limit=-1", 422, "limit: -1 is too small."),
        ("gaps?for=boss", 422, "for: 'boss' is not known."),
        ("gaps?with=lies", 422, "with: 'lies' is not known."),
        ("gaps?valid-on=tomorrow", 422, "valid-on: 'tomorrow' is not a date."),
        ("gaps?as-of=99", 404, "There is no revision 99."),
        ("gaps?chain=cheese", 404, "No value chain is called 'cheese'."),
        ("gaps?region=XX", 422, "No organisation is known in XX."),
        ("gaps.csv?table=x", 404, "This result has no table 'x'."),
        ("gaps.html?table=gaps", 422, "html holds every table."),
        ("audit", 422, "audit asks about one organisation."),
        ("audit?organisation=nobody", 404, "No organisation is called 'nobody'."),
    ],
)
def test_a_question_that_does_not_fit_is_a_problem_document(demo_client: TestClient, path: str, status: int, why: str):
    answer = demo_client.get(f"/api/v1/analyses/{path}")

    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["detail"].replace("'-1'", "-1") == why
    assert answer.json()["status"] == status
    assert answer.json()["advice"]


def test_a_table_is_taken_as_its_text_and_a_path_is_never_read(demo_client: TestClient, tmp_path: Path):
    file = tmp_path / "scenario.csv"
    file.write_text("organisation,loss\nexample-cluster:laserhead,1", encoding="utf-8")
    path = "/api/v1/analyses/systemic-risk"

    told = demo_client.get(path, params={"with": "synthetic", "scenario": file.read_text(encoding="utf-8")})
    refused = demo_client.get(path, params={"with": "synthetic", "scenario": str(file)})

    assert told.json()["tables"][0]["name"] == "shocks"
    assert refused.status_code == 422
    assert refused.json()["detail"] == "scenario: the header lacks organisation."
