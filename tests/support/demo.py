"""The demo data in a store of their own, loaded once for all tests."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from valuechain.demo import demo_file
from valuechain.service import Service
from valuechain.sources.reference import demo_batches, load_reference
from valuechain.stores.open import open_store


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a store that holds the demo data. Do not write to it."""
    path: Path = tmp_path_factory.mktemp("demo") / "demo.sqlite"
    with open_store(f"sqlite:///{path}") as store:
        for batch in demo_batches():
            store.write(batch)
    return path


@pytest.fixture(scope="session")
def demo(demo_store: Path) -> Iterator[Service]:
    """Answers questions about the demo data."""
    with open_store(f"sqlite:///{demo_store}") as store:
        yield Service(store, load_reference())


@pytest.fixture
def demo_home(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The place of `valuechain demo`, in a home of its own, with the data there already."""
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
    place = demo_file()
    place.parent.mkdir()
    shutil.copy(demo_store, place)
    return place
