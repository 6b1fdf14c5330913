"""Bringing data in, taking it out, undoing: on the command line."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.sources.files import write_files
from tests.support.command import Done, valuechain

FIRMS = "id,name,kind\n1,Optik GmbH,sme\n2,Laser AG,large\n"
HALF = "id,name,kind\n1,Optik GmbH,sme\n2,Laser AG,giant\n"


@pytest.fixture
def store(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path / 'store.sqlite'}"


def bring(folder: Path, text: str, store: str, *words: str) -> Done:
    return valuechain("import", write_files(folder, {"organisations.csv": text}), "--store", store, *words)


def test_an_import_tells_what_it_did(tmp_path: Path, store: str):
    done = bring(tmp_path / "firms", HALF, store)

    assert done.code == 0
    assert "firms: import 1, revision 1. Taken for: organisations." in done.output
    assert "2 rows read: 1 stored, 1 refused." in done.output
    assert "row 3, column kind ('giant')" in done.output


def test_as_json_each_delivery_is_one_line_and_nothing_else_is_on_stdout(tmp_path: Path, store: str):
    paths = [write_files(tmp_path / name, {"organisations.csv": FIRMS}) for name in ("a", "b")]
    done = valuechain("import", *paths, "--format", "json", "--store", store)

    reports = [json.loads(line) for line in done.output.splitlines()]
    assert [(one["source"], one["import"], one["stored"]) for one in reports] == [("a", 1, 2), ("b", 2, 2)]
    assert set(reports[0]) == {
        "import", "source", "revision", "taken_for", "rows_read", "stored", "refused", "new", "changed", "unchanged",
        "vanished", "vanished_first", "assumed", "faults", "columns", "words",
    }  # fmt: skip


def test_a_trial_writes_nothing(tmp_path: Path, store: str):
    assert "nothing written" in bring(tmp_path / "firms", FIRMS, store, "--dry-run").output
    assert not (tmp_path / "store.sqlite").exists()


def test_a_strict_import_ends_with_one_and_a_line_for_each_fault(tmp_path: Path, store: str):
    done = bring(tmp_path / "firms", HALF + "3,,sme\n", store, "--strict")

    assert (done.code, done.output) == (1, "")
    assert len(done.errors.splitlines()) == 3
    assert not (tmp_path / "store.sqlite").exists()


@pytest.mark.parametrize(
    ("form", "files"),
    [("graphml", ["network.graphml"]), ("gexf", ["network.gexf"]), ("gephi", ["edges.csv", "nodes.csv"])],
)
def test_the_graph_goes_out_as_a_network_and_comes_back(tmp_path: Path, store: str, form: str, files: list[str]):
    bring(tmp_path / "firms", FIRMS, store)
    done = valuechain("export", tmp_path / "out", "--format", form, "--store", store)
    assert (done.code, sorted(path.name for path in (tmp_path / "out").iterdir())) == (0, files)

    back = f"sqlite:///{tmp_path / 'back.sqlite'}"
    told = json.loads(valuechain("import", tmp_path / "out", "--store", back, "--format", "json").output)

    assert (told["taken_for"], told["stored"], told["refused"]) == ("network", 2, 0)


def test_several_paths_with_a_source_are_one_delivery_of_that_name(tmp_path: Path, store: str):
    folder = write_files(tmp_path, {"organisations.csv": FIRMS, "offers.csv": "organisation,capability\n1,x:y\n"})
    done = valuechain(
        "import", folder / "organisations.csv", folder / "offers.csv", "--source", "mine", "--store", store
    )

    assert "mine: import 1" in done.output
    assert "3 rows read: 3 stored" in done.output


def test_the_day_and_the_kind_can_be_said(tmp_path: Path, store: str):
    file = write_files(tmp_path, {"list.csv": FIRMS}) / "list.csv"
    done = valuechain("import", file, "--as", "organisations", "--as-of", "2026-01-31", "--store", store)

    assert done.code == 0
    assert "list: import 1" in done.output


def test_the_history_lists_imports_as_text_and_as_json(tmp_path: Path, store: str):
    bring(tmp_path / "firms", FIRMS, store)

    assert "firms" in valuechain("history", "--store", store).output
    told = json.loads(valuechain("history", "--format", "json", "--store", store).output)
    assert told["imports"][0]["state"] == "active"


def test_an_import_can_be_undone_and_taken_back_in(tmp_path: Path, store: str):
    bring(tmp_path / "firms", FIRMS, store)
    bring(tmp_path / "firms", HALF, store)

    undone = valuechain("withdraw", 2, "--store", store)
    assert undone.output == "firms: import 1 is active, import 2 is withdrawn. Revision 3.\n"
    again = valuechain("restore", 2, "--store", store)
    assert again.output == "firms: import 1 is replaced, import 2 is active. Revision 4.\n"


@pytest.mark.parametrize("command", ["withdraw", "restore"])
def test_an_import_that_is_not_there_is_said(store: str, command: str):
    done = valuechain(command, 7, "--store", store)

    assert done.code == 1
    assert "There is no import 7." in done.errors


def test_an_export_gives_the_same_data_again(tmp_path: Path, store: str):
    bring(tmp_path / "firms", FIRMS, store)
    exported = valuechain("export", tmp_path / "out", "--store", store)
    second = f"sqlite:///{tmp_path / 'second.sqlite'}"
    valuechain("import", tmp_path / "out", "--store", second)
    again = valuechain("export", tmp_path / "again", "--store", second)

    assert "Digest: " in exported.errors
    assert exported.errors.partition("Digest")[2] == again.errors.partition("Digest")[2]
    assert (tmp_path / "out/organisations.csv").read_bytes() == (tmp_path / "again/organisations.csv").read_bytes()


def test_an_export_of_the_past_knows_what_was_known_then(tmp_path: Path, store: str):
    bring(tmp_path / "firms", FIRMS, store)
    bring(tmp_path / "more", "id,name\n9,Neu\n", store)
    valuechain("export", tmp_path / "out", "--as-of", "1", "--store", store)

    rows = list(csv.DictReader(io.StringIO((tmp_path / "out/organisations.csv").read_text())))
    assert [row["name"] for row in rows] == ["Optik GmbH", "Laser AG"]


def test_an_export_never_mixes_with_what_is_there(tmp_path: Path, store: str):
    write_files(tmp_path / "out", {"x": "mine"})
    done = valuechain("export", tmp_path / "out", "--store", store)

    assert (done.code, done.errors) == (1, f"{tmp_path / 'out'} is not empty. Name a new folder.\n")


def test_the_template_is_a_workbook_or_a_folder_and_can_be_imported_once_filled_in(tmp_path: Path, store: str):
    assert valuechain("template", tmp_path / "tables.xlsx").code == 0
    assert (tmp_path / "tables.xlsx").read_bytes().startswith(b"PK")
    assert valuechain("template", tmp_path / "tables").code == 0
    file = tmp_path / "tables/organisations.csv"
    file.write_text(file.read_text("utf-8-sig") + "1,Optik GmbH\n", "utf-8")

    assert "1 stored" in valuechain("import", tmp_path / "tables", "--store", store).output


def test_a_template_overwrites_nothing(tmp_path: Path):
    valuechain("template", tmp_path / "tables.xlsx")
    done = valuechain("template", tmp_path / "tables.xlsx")

    assert done.code == 1
    assert "cannot be written: File exists. Name another place." in done.errors


def test_the_place_must_be_one_that_can_be_written(tmp_path: Path, store: str):
    write_files(tmp_path, {"file": "x"})
    for words in (["template", tmp_path / "file/x"], ["export", tmp_path / "file/x", "--store", store]):
        done = valuechain(*words)
        assert done.code == 1
        assert "cannot be written: Not a directory." in done.errors


def test_the_store_may_be_named_by_the_environment(tmp_path: Path, store: str):
    write_files(tmp_path / "firms", {"organisations.csv": FIRMS})
    valuechain("import", tmp_path / "firms", VALUECHAIN_STORE=store)

    assert (tmp_path / "store.sqlite").exists()


def test_who_imports_is_remembered_where_the_system_tells(tmp_path: Path, store: str, monkeypatch: pytest.MonkeyPatch):
    def nobody() -> str:
        raise KeyError("uid")

    monkeypatch.setattr("getpass.getuser", lambda: "ada")
    bring(tmp_path / "firms", FIRMS, store)
    monkeypatch.setattr("getpass.getuser", nobody)
    bring(tmp_path / "firms", FIRMS, store)

    told = json.loads(valuechain("history", "--format", "json", "--store", store).output)
    assert [one["by"] for one in told["imports"]] == ["ada", ""]
