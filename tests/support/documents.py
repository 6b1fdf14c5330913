"""The demo with a call and priorities beside it, and the questions whose answers are documents to hand on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.small import delivery
from valuechain.service import Service
from valuechain.sources.reference import load_reference
from valuechain.stores.open import open_store

BRIEF = {"region": "DEG0", "with-region": "DE21"}
DOSSIER = {"cluster": "example-cluster:cluster", "market": "health", "with": "synthetic", "firms": "3"}

CALL = {"programme": "I3", "opens": "2026-06-01", "rules": "i3-strand-1"}
CALLS = [
    {**CALL, "id": "later", "title": "A later call", "closes": "2027-03-31"},
    {**CALL, "id": "open", "title": "Interregional Investments 2026", "closes": "2026-11-12"},
    {**CALL, "id": "past", "title": "A call of last year", "opens": "2025-01-01", "closes": "2025-06-01"},
]
PRIORITIES = [
    {"region": "DEG0", "label": "Photonics and quantum", "capability": "photonics:quantum_comm"},
    {"region": "DEG0", "label": "Healthy living"},
    {"region": "DE21", "label": "Quantum technologies", "capability": "photonics:quantum_comm"},
]


@pytest.fixture(scope="session")
def with_calls(demo_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Answers questions about the demo data with calls and priorities. Do not write to it."""
    path = tmp_path_factory.mktemp("calls") / "calls.sqlite"
    shutil.copy(demo_store, path)
    with open_store(f"sqlite:///{path}") as store:
        store.write(delivery({"calls": CALLS, "priorities": PRIORITIES}, "calls"))
        yield Service(store, load_reference())
