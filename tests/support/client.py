"""The application without a network between: what a browser or program on this machine would get."""

from __future__ import annotations

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from valuechain.server import create_app
from valuechain.settings import Settings


def client_on(store: Path | str, upload_limit: int = 1_000_000) -> TestClient:
    """A client of the application on a store."""
    address = f"sqlite:///{store}" if isinstance(store, Path) else store
    app = create_app(Settings(store=address, upload_limit=upload_limit))
    return TestClient(app, base_url="http://127.0.0.1:8000", raise_server_exceptions=False)


@pytest.fixture(scope="session")
def demo_client(demo_store: Path) -> TestClient:
    """A client on the demo data. Do not write through it."""
    return client_on(demo_store)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    """A client on an empty store of its own."""
    return client_on(tmp_path / "store.sqlite")
