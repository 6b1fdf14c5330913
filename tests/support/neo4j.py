"""Fixtures that lend a real Neo4j, started when the first selected test wants it.

`neo4j_server` is an empty database on the oldest supported release. A test runs on others too by
`@pytest.mark.parametrize("neo4j_server", ["neo4j-5", "neo4j-2026"], indirect=True)`; a fixture with
parameters of its own calls `empty_neo4j("neo4j-2026")`.
"""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.support.neo4j_server import Neo4jServer, NoServerError, running

REQUIRED = "neo4j-5"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--require-neo4j", action="store_true", help="fail, not skip, where no Neo4j can be had")


@pytest.fixture(scope="session")
def neo4j_servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Neo4jServer]]:
    """Servers by release line, each started once and ended with the session."""
    servers: dict[str, Neo4jServer | NoServerError] = {}

    with ExitStack() as stack:

        def server(name: str) -> Neo4jServer:
            if name not in servers:
                try:
                    servers[name] = stack.enter_context(running(name, tmp_path_factory.mktemp(name)))
                except NoServerError as reason:
                    servers[name] = reason
            found = servers[name]
            if isinstance(found, Neo4jServer):
                return found
            if name == REQUIRED and request.config.getoption("--require-neo4j"):
                pytest.fail(f"{name}: {found}")
            pytest.skip(f"{name}: {found}")

        yield server


@pytest.fixture
def empty_neo4j(neo4j_servers: Callable[[str], Neo4jServer]) -> Callable[[str], Neo4jServer]:
    """Lend the server of a release line with nothing in its database."""

    def lend(name: str) -> Neo4jServer:
        server = neo4j_servers(name)
        server.empty()
        return server

    return lend


@pytest.fixture
def neo4j_server(request: pytest.FixtureRequest, empty_neo4j: Callable[[str], Neo4jServer]) -> Neo4jServer:
    """An empty database on the oldest supported release, or on the one given as parameter."""
    return empty_neo4j(getattr(request, "param", REQUIRED))
