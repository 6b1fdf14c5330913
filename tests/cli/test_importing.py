"""A list as people have it, brought in on the command line: mapping, faults, contacts, words."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.sources.files import write_files
from tests.support.command import Done, valuechain

LIST = (
    "Firma;Ort;Mitarbeiter;Was;Ansprechpartner\nOptik GmbH;Jena;12;Linsen, Laser;Ada L.\nLaser AG;Erfurt;viele;Laser;\n"
)


@pytest.fixture
def members(tmp_path: Path) -> Path:
    return write_files(tmp_path / "in", {"members.csv": LIST}) / "members.csv"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


def bring(file: Path, store: str, *words: object) -> Done:
    return valuechain("import", file, "--store", store, *words)


def test_columns_are_told_with_what_they_were_taken_for(members: Path, store: str):
    done = bring(members, store, "--dry-run")
    assert "Taken for: list of organisations." in done.output
    assert any(line.split()[:2] == ["Firma", "organisations.name"] for line in done.output.splitlines())


def test_what_the_program_carries_is_named_with_a_colon(store: str):
    told = json.loads(bring(Path("reference:photonics"), store, "--format", "json").output)
    assert (told["source"], told["refused"]) == ("photonics", 0)
    assert "It carries: photonics," in bring(Path("reference:batteries"), store).errors


def test_a_mapping_is_proposed_corrected_and_used(members: Path, store: str, tmp_path: Path):
    file = tmp_path / "members.yaml"
    bring(members, store, "--dry-run", "--save-mapping", file)
    said = file.read_text(encoding="utf-8")
    lines = [line if not line.strip().startswith("Was:") else "  Was: needs.capability" for line in said.splitlines()]
    file.write_text("\n".join(lines), encoding="utf-8")

    told = json.loads(bring(members, store, "--mapping", file, "--format", "json").output)

    assert {one["column"]: one["field"] for one in told["columns"]}["Was"] == "needs.capability"
    assert told["words"] == {"Laser": 2, "Linsen": 1}


def test_a_file_that_is_there_is_not_overwritten(members: Path, store: str, tmp_path: Path):
    (tmp_path / "members.yaml").write_text("mine", encoding="utf-8")
    done = bring(members, store, "--save-mapping", tmp_path / "members.yaml")
    assert (done.code, (tmp_path / "members.yaml").read_text()) == (1, "mine")


def test_faults_come_back_beside_the_rows_and_the_corrected_file_takes_the_place(store: str, tmp_path: Path):
    files = write_files(tmp_path / "in", {"organisations.csv": "id,name,staff\n1,Optik,10\n2,,5\n"})
    bring(files / "organisations.csv", store, "--faults", tmp_path / "out")
    corrected = tmp_path / "out" / "organisations-faults.csv"
    text = corrected.read_text(encoding="utf-8-sig")
    assert "The cell is empty." in text

    corrected.write_text(text.replace("2,,5", "2,Laser,5"), encoding="utf-8")
    told = json.loads(bring(corrected, store, "--format", "json").output)

    assert (told["source"], told["stored"], told["refused"], told["unchanged"]) == ("organisations", 2, 0, 1)


def test_persons_go_to_a_table_of_their_own(members: Path, store: str, tmp_path: Path):
    bring(members, store, "--contacts", tmp_path / "contacts.csv")
    assert (tmp_path / "contacts.csv").read_text(encoding="utf-8-sig").splitlines() == [
        "organisation,column,value",
        "members:optik-gmbh,Ansprechpartner,Ada L.",
    ]


@pytest.mark.parametrize(
    ("content", "told"),
    [(None, "cannot be read"), (b"\xff\xfe\x00", "is not text in UTF-8"), (b"columns: [", "mapping")],
)
def test_a_mapping_that_is_none_is_told(members: Path, store: str, tmp_path: Path, content: bytes | None, told: str):
    file = tmp_path / "m.yaml"
    if content is not None:
        file.write_bytes(content)
    done = bring(members, store, "--mapping", file)
    assert done.code == 1
    assert told in done.errors
