"""From an address to a store."""

from pathlib import Path

import pytest

from valuechain.model.errors import QuestionError, StoreForeignError
from valuechain.model.language import speaking
from valuechain.stores.open import open_store
from valuechain.stores.sqlite import SqliteStore


def test_three_slashes_lead_from_here_and_four_from_the_root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "my data").mkdir()

    for url in ("sqlite:///my data/x.sqlite", f"sqlite:///{tmp_path}/x.sqlite"):
        with open_store(url) as store:
            assert isinstance(store, SqliteStore)
            assert store.url == url


@pytest.mark.parametrize(
    ("url", "why"),
    [
        ("store.sqlite", "not the address of a store"),
        ("", "not the address of a store"),
        ("sqlite://", "names no file"),
        ("sqlite:///", "names no file"),
        ("sqlite://host/file", "names no file"),
        ("mysql://host/database", "no kind of store called 'mysql'"),
    ],
)
def test_an_address_that_names_no_store_is_refused_with_examples(url: str, why: str):
    with pytest.raises(QuestionError, match=f"{why}.*Write sqlite:///"):
        open_store(url)


def test_what_is_wrong_with_a_store_is_said_in_german(tmp_path: Path):
    with speaking("de"):
        with pytest.raises(QuestionError) as unknown:
            open_store("cheese://x")
        assert str(unknown.value) == (
            "Eine Art von Datenbestand namens 'cheese' gibt es nicht. "
            "Schreiben Sie sqlite:///pfad/zur/datei oder neo4j://benutzer@rechner:7687/datenbank."
        )
        with pytest.raises(StoreForeignError) as folder:
            open_store(f"sqlite:///{tmp_path}")
        assert folder.value.advice == "Nennen Sie in der Adresse eine Datei."
