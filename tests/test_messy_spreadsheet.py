"""From a spreadsheet that was never meant for a graph to a finding: the README's commands, no edit of the file."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.sources.files import workbook
from tests.support.command import Done, valuechain
from tests.support.messy import messy_list


@pytest.fixture
def members(tmp_path: Path) -> Path:
    file = tmp_path / "members.xlsx"
    file.write_bytes(workbook({"Tabelle1": messy_list(seed=7).grid}))
    return file


def test_a_new_user_reaches_a_clean_import_and_a_finding(members: Path, tmp_path: Path):
    def run(*words: object) -> Done:
        done = valuechain(*words, "--store", f"sqlite:///{tmp_path / 'valuechain.sqlite'}")
        assert done.code == 0, done.errors
        return done

    def as_json(*words: object) -> Any:
        return json.loads(run(*words, "--format", "json").output)

    run("import", "reference:photonics")
    trial = as_json("import", members, "--dry-run")
    assert (trial["stored"], trial["refused"], trial["import"]) == (200, 0, None)

    report = as_json("import", members)
    assert (report["stored"], report["refused"], report["new"]) == (200, 0, trial["new"])
    assert "Bildverarbeitung" in report["words"]

    before = {row[0]: row for row in _gaps(as_json)}
    run("words", "--means", "Bildverarbeitung", "photonics:image_ai")
    after = {row[0]: row for row in _gaps(as_json)}
    assert before != after
    assert "Bildverarbeitung" not in as_json("import", members)["words"]

    run("words", "--take-back", "Bildverarbeitung")
    assert {row[0]: row for row in _gaps(as_json)} == before
    assert run("check").output.endswith("all is well at revision 5.\n")


def _gaps(as_json: Callable[..., Any]) -> list[list[Any]]:
    [table] = [one for one in as_json("run", "gaps", "--limit", 0)["tables"] if one["name"] == "gaps"]
    rows: list[list[Any]] = table["rows"]
    return rows
