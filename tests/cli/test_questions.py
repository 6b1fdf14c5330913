"""Asking on the command line."""

import csv
import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.support.command import Done, valuechain
from valuechain import registry
from valuechain.report.render import FORMATS

Ask = Callable[..., Done]


@pytest.fixture
def gaps(demo_store: Path) -> Ask:
    def ask(*words: object) -> Done:
        return valuechain("run", "gaps", "--store", f"sqlite:///{demo_store}", *words)

    return ask


def test_help_lists_the_options_with_ranges_units_and_defaults():
    told = " ".join(valuechain("run", "gaps", "--help").output.split())

    assert "--freshness X Offers, needs and surveys older than this no longer count [0.. years] (default 5.0)" in told
    assert "--for TEXT Who reads it [public, cluster, advisor, owner] (default owner)" in told
    assert "--region" in told
    assert "--table" in told
    assert "VALUECHAIN_STORE" in told


def test_the_list_of_analyses_is_text_or_json():
    told = json.loads(valuechain("analyses", "--format", "json").output)

    assert [one["name"] for one in told] == list(registry.names())
    assert "valuechain analyses NAME" in valuechain("analyses").output


def test_the_method_of_an_analysis_is_told():
    told = " ".join(valuechain("analyses", "gaps").output.split())
    for part in ("Formula", "Herfindahl index =", "Reference", "Herfindahl-Hirschman index", "Example", ">>> gaps("):
        assert part in told


def test_an_unknown_analysis_has_no_method():
    done = valuechain("analyses", "gasp")
    assert done.code == 1
    assert "No analysis is called 'gasp'" in done.errors


def test_run_alone_lists_what_can_be_run():
    assert "gaps" in valuechain("run", "--help").output


def test_the_answer_is_readable_text_unless_another_form_is_asked_for(gaps: Ask):
    done = gaps("--region", "DE2")

    assert done.code == 0
    assert done.output.startswith("Which capabilities of the chain are missing here")
    assert done.errors == ""


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if one.had_by is None])
def test_every_form_goes_to_stdout_alone(gaps: Ask, form: str):
    done = gaps("--format", form)

    assert done.code == 0
    assert done.content
    assert done.errors == ""


@pytest.mark.parametrize(
    ("name", "start"),
    [
        ("a.json", b"{"),
        ("a.CSV", b"capability,"),
        ("a.xlsx", b"PK"),
        ("a.html", b"<!doctype html>"),
        ("a.txt", b"Which"),
        ("a.md", b"Which"),
    ],
)
def test_the_ending_of_a_file_chooses_the_form(gaps: Ask, tmp_path: Path, name: str, start: bytes):
    done = gaps("-o", tmp_path / name)

    assert (done.code, done.output) == (0, "")
    assert (tmp_path / name).read_bytes().startswith(start)


def test_one_table_can_be_asked_for(gaps: Ask):
    rows = list(csv.reader(io.StringIO(gaps("--format", "csv", "--table", "stages").output)))

    assert rows[0] == ["stage", "state", "capabilities", "status"]
    assert "[stages]" in gaps("--table", "stages").output


def test_options_are_read_as_any_door_reads_them(gaps: Ask):
    told = json.loads(gaps("--format", "json", "--limit", 2, "--with", "synthetic", "--for", "public").output)

    assert told["analysis"]["parameters"]["limit"] == 2
    assert told["graph"]["reader"] == "public"
    assert "synthetic" in told["analysis"]["parameters"]["statuses"]


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--limit", "many"], "limit: 'many' is not a whole number. Rows per table; 0 = all\n"),
        (["--as-of", "99"], "There is no revision 99. The newest is 3.\n"),
        (["--format", "csv", "--table", "x"], "This result has no table 'x'. It has: gaps, candidates, stages, "
         "unknown.\n"),
        (["--format", "json", "--table", "gaps"], "json holds every table. One table alone comes as: text, csv.\n"),
        (["-o", "/no/such/folder/x.csv"], "/no/such/folder/x.csv cannot be written: No such file or directory. "
         "Name another place.\n"),
    ],
)  # fmt: skip
def test_a_question_at_fault_ends_with_one_and_a_line(gaps: Ask, words: list[str], message: str):
    done = gaps(*words)
    assert (done.code, done.output, done.errors) == (1, "", message)


def test_a_terminal_is_spared_a_workbook(gaps: Ask, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("valuechain.cli.questions.is_terminal", lambda: True)
    done = gaps("--format", "xlsx")

    assert (done.code, done.content) == (1, b"")
    assert done.errors == "A terminal cannot show xlsx. Name a file with -o FILE.\n"


SCENARIO = "organisation,loss\nexample-cluster:laserhead,0.5\n"


@pytest.fixture
def shock(demo_store: Path) -> Ask:
    def ask(file: Path) -> Done:
        store = f"sqlite:///{demo_store}"
        return valuechain(
            "run", "systemic-risk", "--store", store, "--with", "synthetic", "--format", "json", "--scenario", file
        )

    return ask


@pytest.mark.parametrize("mark", ["", "\ufeff"], ids=["plain", "as Excel marks it"])
def test_a_table_is_given_by_the_name_of_its_file_and_told_as_text(shock: Ask, tmp_path: Path, mark: str):
    file = tmp_path / "scenario.csv"
    file.write_text(mark + SCENARIO, encoding="utf-8")

    told = json.loads(shock(file).output)

    assert told["analysis"]["parameters"]["scenario"] == SCENARIO.strip()
    assert told["tables"][0]["rows"]


def test_a_file_that_is_not_utf_8_is_named(shock: Ask, tmp_path: Path):
    file = tmp_path / "scenario.csv"
    file.write_bytes("organisation,loss\nGöttingen,1".encode("latin-1"))

    done = shock(file)

    assert (done.code, done.output) == (1, "")
    assert f"{file} is not text in UTF-8. Save it as CSV in UTF-8." in done.errors


def test_a_file_that_is_not_there_is_wrong_usage(shock: Ask, tmp_path: Path):
    done = shock(tmp_path / "none.csv")

    assert done.code == 2
    assert "No such file or directory" in done.errors


def test_help_says_where_a_file_is_wanted():
    told = " ".join(valuechain("run", "systemic-risk", "--help").output.split())
    assert "--scenario FILE CSV with organisation" in told
