"""The places in which the contract of stores is tested."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.stores.samples import open_for_test
from tests.support.neo4j_server import Neo4jServer
from valuechain.stores.base import Store

PLACES = ("sqlite", "neo4j-5", "neo4j-2026")


class StorePlace:
    """Somewhere a store can be opened; `fresh` empties it first."""

    def __init__(self, url: Callable[[], str], stack: ExitStack) -> None:
        self._new_url = url
        self._stack = stack
        self.url = url()

    def open(self, patience: float = 20.0) -> Store:
        return self._stack.enter_context(open_for_test(self.url, patience))

    def fresh(self) -> Store:
        self.url = self._new_url()
        return self.open()


@pytest.fixture(params=PLACES)
def place(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    empty_neo4j: Callable[[str], Neo4jServer],
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[StorePlace]:
    """A place with nothing in it."""
    with ExitStack() as stack:
        if request.param == "sqlite":
            files = (tmp_path / f"{number}.sqlite" for number in range(10_000))
            yield StorePlace(lambda: f"sqlite:///{next(files)}", stack)
        else:
            server = empty_neo4j(request.param)
            monkeypatch.setenv("PASSWORD_FOR_TEST", server.password)

            def emptied() -> str:
                server.empty()
                return server.uri

            yield StorePlace(emptied, stack)


@pytest.fixture
def store(place: StorePlace) -> Store:
    """An empty store."""
    return place.open()
