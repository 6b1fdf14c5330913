"""The servers that tests borrow are real, of the release asked for, and empty."""

import pytest

from tests.support.neo4j_server import RELEASES, Neo4jServer


@pytest.mark.parametrize("neo4j_server", RELEASES, indirect=True)
class TestBorrowedServer:
    def test_the_driver_is_answered(self, neo4j_server: Neo4jServer):
        with neo4j_server.driver() as driver:
            components = driver.execute_query("CALL dbms.components()").records

        assert components[0]["edition"] == "community"
        assert components[0]["versions"] == [neo4j_server.version]

    @pytest.mark.parametrize("attempt", [1, 2])
    def test_each_test_finds_an_empty_database(self, neo4j_server: Neo4jServer, attempt: int):
        assert neo4j_server.count() == 0

        with neo4j_server.driver() as driver:
            driver.execute_query("UNWIND range(1, 100) AS i CREATE (:Left)-[:BEHIND]->(:Left)")

        assert neo4j_server.count() == 200

    def test_its_url_names_user_and_database_but_no_password(self, neo4j_server: Neo4jServer):
        assert neo4j_server.uri == f"neo4j://neo4j@{neo4j_server.address}/neo4j"
        assert neo4j_server.password not in repr(neo4j_server)
