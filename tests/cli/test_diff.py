"""Comparing two revisions on the command line, and over HTTP."""

import json
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.cli.test_data import bring
from tests.sources.files import write_files
from tests.support.client import client_on
from tests.support.command import valuechain

FIRST = "id,name,kind,staff\n1,Optik GmbH,sme,10\n2,Laser AG,large,900\n"
SECOND = "id,name,kind,staff\n1,Optik GmbH,sme,12\n3,Glas KG,sme,5\n"
CHAIN = {
    "stages.csv": "id,chain,label,order\ns,light,Parts,1\n",
    "capabilities.csv": "id,label,chain,stage,kind\nlens,Lens,light,s,component\nlamp,Lamp,light,s,system\n",
    "inputs.csv": "from_capability,to_capability,essential\nlens,lamp,yes\n",
    "surveys.csv": "chain,asked,answered,as_of\nlight,2026-01-01,2026-01-15,2026-02-01\n",
}
OFFERS = "organisation,capability\nfirms:1,chain:lens\n"


@pytest.fixture
def store(tmp_path: Path) -> str:
    """A list in two deliveries, a chain, and who offers what: revisions 1 to 4."""
    address = f"sqlite:///{tmp_path / 'store.sqlite'}"
    for delivery in (FIRST, SECOND):
        assert bring(tmp_path / "firms", delivery, address).code == 0
    for name, files in (("chain", CHAIN), ("offers", {"offers.csv": OFFERS})):
        assert valuechain("import", write_files(tmp_path / name, files), "--store", address).code == 0
    return address


def test_tells_who_came_who_went_and_what_is_new_of_the_others(store: str):
    done = valuechain("diff", "1", "2", "--store", store)

    assert done.code == 0
    assert done.output.splitlines() == [
        "From revision 1 to revision 2",
        "",
        "Organisations: 1 changed, 1 gone, 1 new",
        "  ~ Optik GmbH: staff 10 -> 12",
        "  - Laser AG",
        "  + Glas KG",
    ]


def test_tells_which_findings_went_with_the_link_that_ended_them(store: str):
    lines = valuechain("diff", "3", "--store", store).output.splitlines()

    assert lines[0] == "From revision 3 to revision 4"
    assert any(line.startswith("  - gaps:") and "Lens" in line for line in lines)
    assert "  + Optik GmbH offers Lens" in lines


def test_says_when_nothing_differs(store: str):
    assert valuechain("diff", "2", "2", "--store", store).output.splitlines()[-1] == "Nothing differs."


def test_what_is_cut_is_counted(store: str):
    assert "  and 2 more (--limit 0 shows all)" in valuechain("diff", "1", "2", "--limit", 1, "--store", store).output
    assert "more" not in valuechain("diff", "1", "2", "--limit", 0, "--store", store).output


def test_as_json_it_is_what_http_gives(store: str, tmp_path: Path):
    done = valuechain("diff", "1", "2", "--format", "json", "--store", store)
    client: TestClient = client_on(tmp_path / "store.sqlite")

    data = json.loads(done.output)

    assert data == client.get("/api/v1/diff?before=1&after=2").json()
    assert [(one["what"], one["label"]) for one in data["changes"]] == [
        ("changed", "Optik GmbH"), ("gone", "Laser AG"), ("new", "Glas KG"),
    ]  # fmt: skip


def test_one_organisation_is_compared_by_its_check(store: str):
    done = valuechain("diff", "3", "--organisation", "firms:1", "--format", "json", "--store", store)
    assert {one["analysis"] for one in json.loads(done.output)["findings"]} <= {"audit"}


def test_an_unknown_revision_or_option_is_told(store: str, tmp_path: Path):
    assert valuechain("diff", "9", "--store", store).errors == "There is no revision 9. The newest is 4.\n"
    assert client_on(tmp_path / "store.sqlite").get("/api/v1/diff?before=1&colour=red").status_code == 422


PLANNED = {"offers.csv": "organisation,capability,status\nfirms:3,chain:lens,planned\n"}


def test_a_plan_is_told_beside_the_baseline_and_now(store: str, tmp_path: Path):
    assert valuechain("import", write_files(tmp_path / "plan", PLANNED), "--store", store).code == 0

    lines = valuechain("diff", "3", "--plan", "--store", store).output.splitlines()

    assert lines[0] == "From revision 3 to revision 5 to the plan"
    assert next(line.split() for line in lines if line.startswith("Findings ")) == [
        "Findings",
        "baseline",
        "now",
        "plan",
    ]
    assert len(next(line.split() for line in lines if line.startswith("gaps "))) == 4
    end = lines.index("  - gaps: Lens: nobody in the whole data set offers it") + 1
    assert lines[end].endswith("; ended by: + Optik GmbH offers Lens")
    assert "stood since revision 3 (" in lines[end]
    plan = lines.index("With the plan")
    assert "  - gaps: Lens: only one supplier in the whole data set" in lines[plan:]
    assert "      ended by: + Glas KG offers Lens" in lines[plan:]
    assert any(line.startswith("Findings that the plan leaves: ") for line in lines[plan:])
    assert any(line.startswith("  = gaps: Lamp") for line in lines[plan:])


def test_the_plan_alone_is_compared_with_now_and_http_gives_the_same(store: str, tmp_path: Path):
    nothing = valuechain("diff", "--plan", "--store", store).output.splitlines()
    assert nothing[0] == "From revision 4 to the plan"
    assert nothing[-1] == "Nothing is planned that counts on this day (--valid-on names another)."

    assert valuechain("import", write_files(tmp_path / "plan", PLANNED), "--store", store).code == 0
    told = json.loads(valuechain("diff", "--plan", "--format", "json", "--store", store).output)
    assert told == client_on(tmp_path / "store.sqlite").get("/api/v1/diff?plan=true").json()
    assert [one["label"] for one in told["plan"]["changes"]] == ["Glas KG offers Lens"]


def test_without_a_revision_or_the_plan_there_is_nothing_to_compare(store: str):
    done = valuechain("diff", "--store", store)
    assert done.code == 2
    assert "or ask for the plan: --plan." in done.errors
