"""Every analysis gives the same answer through every door, and keeps what it promises about its result."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from tests.support.command import valuechain
from valuechain import registry
from valuechain.model.result import SEVERITIES, Result
from valuechain.model.schema import STATUSES
from valuechain.report.render import FORMATS, render
from valuechain.service import Service

FIRM = "example-cluster:laserhead"
PROGRAM = Path(sys.executable).with_name("valuechain")


def options(name: str) -> dict[str, str]:
    """A question that the demo data can answer."""
    asked = {"with": "synthetic", "limit": "20"}
    return {**asked, "organisation": FIRM} if registry.get(name).asks_about_one else asked


def words(name: str, address: str) -> list[str]:
    asked = (word for option, value in options(name).items() for word in (f"--{option}", value))
    return ["run", name, "--store", address, "--format", "json", *asked]


@pytest.fixture(params=registry.names(), scope="module")
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def answer(demo: Service, name: str) -> Result:
    return demo.run(name, options(name))


@pytest.fixture(scope="module")
def told(answer: Result) -> Any:
    return json.loads(json.dumps(answer.to_dict()))


def test_http_gives_the_answer_of_the_service(demo_client: TestClient, name: str, told: Any):
    assert demo_client.get(f"/api/v1/analyses/{name}", params=options(name)).json() == told


def test_the_command_line_gives_the_answer_of_the_service(demo_store: Path, name: str, told: Any):
    done = valuechain(*words(name, f"sqlite:///{demo_store}"))
    assert (done.code, done.errors) == (0, "")
    assert json.loads(done.output) == told


@pytest.mark.parametrize("form", [form for form, one in FORMATS.items() if one.had_by is None])
def test_every_form_can_be_made_of_the_answer(name: str, answer: Result, form: str):
    assert render(answer, registry.get(name), form)


def test_question_and_method_are_told(name: str):
    analysis = registry.get(name)

    assert analysis.name == name
    assert analysis.question.endswith("?")
    assert analysis.summary
    assert {"Formula", "Reference"} & set(analysis.method)
    assert all(parameter.help for parameter in analysis.parameters)


def test_every_table_ends_with_a_status_and_describes_its_columns(answer: Result):
    assert answer.tables
    for table in answer.tables:
        assert table.columns[-1].name == "status"
        assert set(table.column("status")) <= set(STATUSES)
        assert all(column.description for column in table.columns)
        assert len({column.name for column in table.columns}) == len(table.columns)
        assert {len(row) for row in table.rows} <= {len(table.columns)}
        assert len(table.evidence) == len(table.rows) <= 20


def test_cells_are_of_the_type_that_their_column_declares(answer: Result):
    types: dict[str, type | tuple[type, ...]] = {"integer": int, "number": (int, float), "boolean": bool}
    for table in answer.tables:
        for column in table.columns:
            wanted = types.get(column.type, str)
            assert all(cell is None or isinstance(cell, wanted) for cell in table.column(column.name)), column


def test_findings_are_whole_sentences_of_a_known_severity_and_lead_to_records(answer: Result):
    assert answer.verdict.endswith((".", "?"))
    assert len({finding.id for finding in answer.findings}) == len(answer.findings)
    for finding in answer.findings:
        assert finding.severity in SEVERITIES
        assert 0 <= finding.confidence <= 1
        assert finding.subjects
        assert finding.title
        assert finding.explanation.endswith((".", "?"))
        assert set(finding.evidence) <= set(range(len(answer.records)))


def test_charts_draw_columns_that_are_there(answer: Result):
    for chart in answer.charts:
        columns = {column.name for column in answer.table(chart.table).columns}
        assert {chart.x, chart.y, chart.series or chart.x, chart.value or chart.x} <= columns
        assert chart.alternative


def test_what_is_made_up_says_so_and_nothing_is_surer_than_its_records(answer: Result):
    status = [record.status for record in answer.records]
    for finding in answer.findings:
        if any(status[record] == "synthetic" for record in finding.evidence):
            assert finding.status == "synthetic", finding.title


def test_the_answer_of_a_process_of_its_own_is_the_same_to_the_byte(demo_store: Path):
    command = [str(PROGRAM), *words("gaps", f"sqlite:///{demo_store}")]
    first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))

    assert first == second
    assert first == valuechain(*words("gaps", f"sqlite:///{demo_store}")).content
