"""Deciding on the command line who is the same organisation."""

from __future__ import annotations

import json
from importlib import import_module
from pathlib import Path

import pytest
from click.testing import CliRunner

from tests.sources.files import write_files
from tests.support.command import valuechain
from valuechain.cli import main
from valuechain.stores.open import open_store

ONE = "id,name,country,city,vat\n1,Optik Jena GmbH,DE,Jena,DE111111111\n2,Laser AG,DE,Aachen,\n"
TWO = "id,name,country,city,vat\nx,Optik-Jena AG,DE,JENA,\ny,Laser A.G.,DE,Aachen,\n"
THREE = "id,name,country,city,vat\nq,OPTIK JENA,DE,Jena,\n"


@pytest.fixture
def store(tmp_path: Path) -> str:
    url = f"sqlite:///{tmp_path / 'store.sqlite'}"
    folders = [write_files(tmp_path / name, {"organisations.csv": text}) for name, text in (("one", ONE), ("two", TWO))]
    valuechain("import", *folders, "--store", url)
    return url


def listed(store: str, *words: str) -> list[tuple[str, str]]:
    told = json.loads(valuechain("match", "--format", "json", "--store", store, *words).output)
    return [(pair["first"]["key"], pair["second"]["key"]) for pair in told["pairs"]]


def digest(store: str) -> str:
    with open_store(store) as opened:
        return opened.load().digest()


def test_pairs_are_listed_side_by_side_with_what_agrees(store: str):
    done = valuechain("match", "--store", store)

    assert done.code == 0
    assert "Pair 1 of 2." in done.output
    assert any("Optik Jena GmbH" in line and "Optik-Jena AG" in line for line in done.output.splitlines())
    assert "Alike: name, town." in done.output


def test_as_json_they_are_one_line_and_what_is_cut_is_said(store: str):
    told = json.loads(valuechain("match", "--format", "json", "--limit", "1", "--store", store).output)

    assert set(told) == {"pairs", "cut", "decisions"}
    assert told["cut"] == 1
    assert "More pairs: 1;" in valuechain("match", "--limit", "1", "--store", store).output


def test_a_decision_joins_holds_for_later_imports_and_can_be_taken_back(store: str, tmp_path: Path):
    before = digest(store)

    done = valuechain("match", "--same", "one:1", "two:x", "--by", "Ada", "--store", store)
    assert done.output == "one:1 and two:x are the same. Revision 3.\n"
    assert ("one:1", "two:x") not in listed(store)

    valuechain("import", tmp_path / "two", "--store", store)
    assert ("one:1", "two:x") not in listed(store)
    assert "same" in valuechain("match", "--store", store).output

    done = valuechain("match", "--take-back", "two:x", "one:1", "--store", store)
    assert done.output == "The decision on one:1 and two:x is taken back. Revision 5.\n"
    assert ("one:1", "two:x") in listed(store)
    assert digest(store) == before


def test_a_decision_names_who_and_when(store: str):
    valuechain("match", "--different", "one:1", "two:x", "--by", "Ada", "--store", store)

    told = json.loads(valuechain("match", "--format", "json", "--store", store).output)
    [decision] = told["decisions"]
    assert (decision["verdict"], decision["who"], decision["at"][:2]) == ("different", "Ada", "20")
    assert [pair["first"]["key"] for pair in told["pairs"]] == ["one:2"]


def test_without_a_name_the_user_of_the_machine_decides(store: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("getpass.getuser", lambda: "grace")

    done = valuechain("match", "--later", "one:1", "two:x", "--format", "json", "--store", store)

    said = json.loads(done.output)
    assert (said["verdict"], said["who"], said["revision"]) == ("later", "grace", 3)
    assert listed(store) == [("one:2", "two:y"), ("one:1", "two:x")]
    assert "Put off until later." in valuechain("match", "--store", store).output


def test_faults_are_told_in_words(store: str):
    assert valuechain("match", "--same", "one:1", "nobody", "--store", store).errors.startswith(
        "No organisation is called 'nobody'."
    )
    twice = valuechain("match", "--same", "one:1", "two:x", "--later", "one:2", "two:y", "--store", store)
    assert (twice.code, "Decide on one pair at a time." in twice.errors) == (2, True)


def test_nothing_waits_in_an_empty_store(tmp_path: Path):
    done = valuechain("match", "--store", f"sqlite:///{tmp_path / 'none.sqlite'}")

    assert done.output == "No pair of organisations waits for a decision.\n"


def test_others_see_only_what_they_may(store: str):
    assert listed(store, "--for", "advisor") == listed(store)
    assert listed(store, "--for", "public") == []


class TestInATerminal:
    @pytest.fixture(autouse=True)
    def terminal(self, monkeypatch: pytest.MonkeyPatch):
        module = import_module("valuechain.cli.match")  # the package calls the command by the name of the module
        monkeypatch.setattr(module, "is_terminal", lambda: True)
        monkeypatch.setattr(module, "asked", lambda: True)

    def ask(self, store: str, answers: str):
        return CliRunner().invoke(main, ["match", "--store", store, "--by", "Ada"], input=answers)

    def test_each_pair_is_asked_and_each_answer_remembered(self, store: str):
        done = self.ask(store, "s\nd\n")

        assert "Pair 2 of 2." in done.output
        assert "2 decided. Revision 4." in done.output
        assert listed(store) == []

    def test_one_may_stop_and_what_was_said_stays(self, store: str):
        done = self.ask(store, "l\nq\n")

        assert "1 decided. Revision 3." in done.output
        assert listed(store) == [("one:1", "two:x"), ("one:2", "two:y")]  # the surer pair was asked first

    def test_what_earlier_answers_settle_is_not_asked(self, store: str, tmp_path: Path):
        valuechain("import", write_files(tmp_path / "three", {"organisations.csv": THREE}), "--store", store)

        done = self.ask(store, "s\ns\nq\n")

        assert done.output.count("Pair ") == 3
        assert "2 decided." in done.output
        assert len(listed(store)) == 1

    def test_what_somebody_else_decides_meanwhile_is_said(self, store: str, monkeypatch: pytest.MonkeyPatch):
        from valuechain.service import Service

        decide = Service.decide

        def beaten(self, verdict, first, second, by="", view=None):
            monkeypatch.setattr(Service, "decide", decide)
            decide(self, verdict, first, second, "Grace", view)
            return decide(self, verdict, first, second, by, view)

        monkeypatch.setattr(Service, "decide", beaten)

        done = self.ask(store, "s\nq\n")

        assert "are one organisation already" in done.output
        assert "0 decided. Revision 3." in done.output
