"""What can be wrong with a database, how records lie in it, and what becomes of writers that die."""

import time
from collections.abc import Callable, Iterator
from contextlib import closing
from typing import Any

import pytest

from tests.stores.samples import batch, firms, full_record, names, organisation, record, supply
from tests.support.neo4j_server import Neo4jServer, free_port
from valuechain.model.errors import (
    QuestionError,
    StoreBusyError,
    StoreForeignError,
    StoreUnavailableError,
    StoreVersionError,
)
from valuechain.stores import neo4j as module
from valuechain.stores.base import FORMAT
from valuechain.stores.neo4j import Neo4jStore
from valuechain.stores.neo4j_connection import Connection
from valuechain.stores.neo4j_layout import row_to_write
from valuechain.stores.neo4j_lease import Lease
from valuechain.stores.open import open_store

Ask = Callable[..., list[list[Any]]]


@pytest.fixture
def ask(neo4j_server: Neo4jServer) -> Iterator[Ask]:
    """Ask the database itself, past the store."""
    with neo4j_server.driver() as driver:
        yield lambda query, **parameters: [
            record.values() for record in driver.execute_query(query, parameters).records
        ]


@pytest.fixture
def store(neo4j_server: Neo4jServer) -> Iterator[Neo4jStore]:
    with Neo4jStore(neo4j_server.uri, neo4j_server.password, patience=0.0) as store:
        yield store


class TestTheAddress:
    def test_leads_to_a_database(self, neo4j_server: Neo4jServer):
        for url in (
            neo4j_server.uri,
            neo4j_server.uri.removesuffix("/neo4j"),
            neo4j_server.uri.replace("neo4j:", "bolt:"),
        ):
            with open_store(url, neo4j_server.password) as store:
                assert store.url == url
                assert store.revision() == 0

    def test_must_not_hold_a_password_and_none_is_repeated(self):
        with pytest.raises(QuestionError, match=r"must not hold a password.*VALUECHAIN_NEO4J_PASSWORD") as told:
            open_store("neo4j://neo4j:secret@localhost/neo4j")
        assert "secret" not in str(told.value)

    @pytest.mark.parametrize("url", ["neo4j://", "neo4j://host:port/x", "neo4j://host/a/b", "neo4j://host/a?b=c"])
    def test_that_is_none_is_refused_with_an_example(self, url: str):
        with pytest.raises(QuestionError, match=r"not the address of a Neo4j database\. Write neo4j://"):
            open_store(url)

    def test_of_a_server_that_is_not_there_is_said_at_once(self):
        began = time.monotonic()
        with pytest.raises(StoreUnavailableError, match=r"cannot be reached\. Start the server"):
            open_store(f"neo4j://neo4j@127.0.0.1:{free_port()}/neo4j", "password")
        assert time.monotonic() - began < 5

    @pytest.mark.parametrize("password", ["wrong", None])
    def test_without_the_right_password_is_said(self, neo4j_server: Neo4jServer, password: str | None):
        with pytest.raises(StoreUnavailableError, match=r"user and password.*VALUECHAIN_NEO4J_PASSWORD"):
            open_store(neo4j_server.uri, password)

    def test_of_a_missing_database_is_said(self, neo4j_server: Neo4jServer):
        with pytest.raises(StoreUnavailableError, match=r"nowhere.* Correct the address"):
            open_store(neo4j_server.uri.removesuffix("neo4j") + "nowhere", neo4j_server.password)


class TestADatabaseThatIsNotOurs:
    def test_is_left_alone(self, neo4j_server: Neo4jServer, ask: Ask):
        ask("CREATE (:Store {name: 'corner shop'})")

        with pytest.raises(StoreForeignError, match="another program"):
            open_store(neo4j_server.uri, neo4j_server.password)

        assert ask("MATCH (n) RETURN labels(n), properties(n)") == [[["Store"], {"name": "corner shop"}]]

    def test_is_noticed_also_after_opening(self, store: Neo4jStore, ask: Ask):
        ask("CREATE (:Person)")

        with pytest.raises(StoreForeignError):
            store.write(firms(1))

    def test_of_a_newer_version_is_left_alone(self, neo4j_server: Neo4jServer, store: Neo4jStore, ask: Ask):
        store.write(firms(1))
        ask("MATCH (s:Store) SET s.format = $newer", newer=FORMAT + 1)

        with pytest.raises(StoreVersionError, match=f"format {FORMAT + 1}, known: {FORMAT}"):
            open_store(neo4j_server.uri, neo4j_server.password)


class TestTheLayout:
    def test_reading_writes_nothing(self, store: Neo4jStore, neo4j_server: Neo4jServer):
        store.load()
        store.history()

        assert neo4j_server.count() == 0

    def test_one_node_per_key_is_described_by_records_and_joined_by_links(self, store: Neo4jStore, ask: Ask):
        store.write(batch(organisation(1), organisation(2), supply(2, buyer=1)))
        store.write(batch(organisation(1, name="Firm One")))

        described = "MATCH (r:Record:OrganisationRecord)-[:DESCRIBES]->(o:Organisation) RETURN o.key, r.name, r.import"
        assert sorted(ask(described)) == [["a:1", "Firm 1", 1], ["a:1", "Firm One", 2], ["a:2", "Firm 2", 1]]
        links = (
            "MATCH (a:Organisation)-[s:SUPPLIES]->(b:Organisation) RETURN a.key, b.key, s.capability, s.import, s.row"
        )
        assert ask(links) == [["a:2", "a:1", "chain:lasers", 1, 2]]
        assert ask("MATCH (o:Organisation) RETURN count(*)") == [[2]]

    def test_a_link_finds_its_things_when_their_records_come_later(self, store: Neo4jStore, ask: Ask):
        store.write(batch(record("offers", organisation="vat:DE1", capability="c:laser"), source="z"))
        store.write(batch(full_record("capabilities"), source="c"))
        store.write(batch(record("capabilities", source="c", id="laser", label="Laser"), source="c"))

        query = """MATCH (o:Organisation {key: 'vat:DE1'})-[:OFFERS]->(c:Capability)<-[:DESCRIBES]-(r:CapabilityRecord)
                   RETURN c.key, r.label"""
        assert ask(query) == [["c:laser", "Laser"]]

    def test_long_deliveries_are_written_and_read_in_parts(self, store: Neo4jStore, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(module, "WRITTEN_AT_ONCE", 7)
        monkeypatch.setattr(module, "READ_AT_ONCE", 5)
        store.write(firms(23))
        store.write(firms(4, source="b", first=50))

        snapshot = store.load()

        assert snapshot.tables["supplies"].column("ordinal").to_pylist() == [*range(23, 46), *range(4, 8)]
        assert names(snapshot) == [f"Firm {number}" for number in (*range(1, 24), *range(50, 54))]


class TestAWriterThatDies:
    @pytest.fixture
    def connection(self, neo4j_server: Neo4jServer) -> Iterator[Connection]:
        with closing(Connection(neo4j_server.uri, neo4j_server.password)) as connection:
            yield connection

    def leave_half_an_import(self, connection: Connection, seconds: float) -> Lease:
        """Take the lease and write some records of an import as a writer would, and no more."""
        lease = Lease(connection, seconds)
        lease.take(patience=0.0)
        for kind in ("organisations", "sectors", "supplies"):
            rows = [row_to_write(kind, 2, number, full_record(kind)) for number in range(30)]
            module._add_records(lease, kind, rows, 2, {})
        return lease

    def test_keeps_others_out_as_long_as_it_may_be_alive(self, store: Neo4jStore, connection: Connection):
        store.write(firms(2))
        self.leave_half_an_import(connection, seconds=60)

        for change in (lambda: store.write(firms(1)), lambda: store.withdraw(1)):
            with pytest.raises(StoreBusyError, match=r"Another program is writing.*try again"):
                change()

    def test_leaves_nothing_that_is_read(self, store: Neo4jStore, connection: Connection):
        store.write(firms(2))
        digest = store.load().digest()

        self.leave_half_an_import(connection, seconds=60)

        assert store.revision() == 1
        assert store.load().digest() == digest
        assert len(store.history()[0]) == 1

    def test_is_cleaned_up_after_by_the_next(self, store: Neo4jStore, connection: Connection, ask: Ask, monkeypatch):
        monkeypatch.setattr("valuechain.stores.neo4j_lease.DELETED_AT_ONCE", 8)
        store.write(firms(2))
        digest = store.load().digest()
        everything = (
            "MATCH (n) WHERE NOT n:Lease OPTIONAL MATCH (n)-[r]->() RETURN labels(n), count(r) ORDER BY labels(n)"
        )
        before = ask(everything)
        self.leave_half_an_import(connection, seconds=0.0)
        assert ask(everything) != before

        store.withdraw(1)
        store.restore(1)

        assert store.load().digest() == digest
        assert [labels for labels, _ in ask(everything) if labels != ["Event"]] == [
            labels for labels, _ in before if labels != ["Event"]
        ]
        assert ask("MATCH ()-[r:SUPPLIES]->() RETURN DISTINCT r.import") == [[1]]
        assert ask("MATCH (lease:Lease) RETURN lease.unfinished, lease.holder") == [[None, None]]

    def test_and_was_only_slow_can_write_no_more(self, store: Neo4jStore, connection: Connection, ask: Ask):
        store.write(firms(2))
        slow = self.leave_half_an_import(connection, seconds=0.0)
        other = Lease(connection, 60)
        other.take(patience=0.0)

        for go_on in (slow.change, slow.finish):
            with pytest.raises(StoreBusyError, match="took too long"):
                go_on(lambda transaction: transaction.run("write/keys/organisations", keys=["x:late"]))

        assert ask("MATCH (o:Organisation {key: 'x:late'}) RETURN o") == []
        other.give_up()
        assert store.write(firms(1)).revision == 2

    def test_is_never_followed_by_a_second_import_of_the_same_number(self, store: Neo4jStore, ask: Ask):
        store.write(firms(1))
        ask("CREATE (:Import {id: 3})")

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(module, "extents", lambda _: {"id": 3})
            with pytest.raises(StoreUnavailableError, match=r"cannot be used: .*already exists.* log of the server"):
                store.write(firms(2))

        assert store.revision() == 1
        assert ask("MATCH (lease:Lease) RETURN lease.holder, lease.unfinished") == [[None, None]]

    def test_of_an_error_of_its_own_leaves_nothing_and_lets_the_next_in_at_once(
        self, store: Neo4jStore, ask: Ask, monkeypatch
    ):
        store.write(firms(2))

        def fail(*_: object) -> None:
            raise RuntimeError("pulled the plug")

        with monkeypatch.context() as patch:
            patch.setattr(module, "extents", fail)
            with pytest.raises(RuntimeError, match="pulled the plug"):
                store.write(firms(3, source="b"))
        assert ask("MATCH (r:Record) RETURN count(*)") == [[2]]
        assert ask("MATCH ()-[s:SUPPLIES]->() RETURN count(*)") == [[2]]
        assert ask("MATCH (lease:Lease) RETURN lease.holder, lease.unfinished") == [[None, None]]

        store.write(firms(4, source="b"))

        assert ask("MATCH (r:Record) RETURN count(*)") == [[6]]
        assert len(names(store.load())) == 6
