"""The demo data in a store of their own, loaded once for all tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

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
