"""What people see who ask the database themselves."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, ClassVar

import pytest

from tests.sources.files import write_files
from tests.stores.samples import AWKWARD, batch, organisation, record, small_world, supply
from tests.support.neo4j_server import Neo4jServer
from valuechain.model.batch import Batch
from valuechain.model.build import Reference
from valuechain.model.errors import StoreUnavailableError
from valuechain.model.history import Decision, Snapshot
from valuechain.service import Service
from valuechain.stores import cypher, neo4j_projection
from valuechain.stores.neo4j import Neo4jStore
from valuechain.stores.open import open_store

Ask = Callable[..., list[list[Any]]]

pytestmark = pytest.mark.parametrize("neo4j_server", ["neo4j-5", "neo4j-2026"], indirect=True)


@pytest.fixture
def ask(neo4j_server: Neo4jServer) -> Iterator[Ask]:
    with neo4j_server.driver() as driver:
        yield lambda query, **parameters: [
            record.values() for record in driver.execute_query(query, parameters).records
        ]


@pytest.fixture
def explore(ask: Ask) -> Ask:
    """Ask a saved question by its name."""
    return lambda name, **parameters: ask(cypher.statement(f"explore/{name}").text, **parameters)


@pytest.fixture
def store(neo4j_server: Neo4jServer) -> Callable[[], Neo4jStore]:
    return lambda: Neo4jStore(neo4j_server.uri, neo4j_server.password)


@pytest.fixture
def write(store: Callable[[], Neo4jStore]) -> Callable[..., None]:
    """Write deliveries and decisions in a session of their own."""

    def write(*batches: Batch, decisions: tuple[Decision, ...] = ()) -> None:
        with store() as one:
            for delivery in batches:
                one.write(delivery)
            if decisions:
                one.decide(decisions)

    return write


class TestThings:
    def test_show_what_their_active_records_say_together(self, write, ask: Ask):
        older = Batch(
            "b", "", (), 1, (record("organisations", source="b", id="x", name="OLD", vat="DE111", city="Jena"),)
        )
        write(small_world(), older)

        shown = "MATCH (o:Organisation {key: $key}) RETURN labels(o), properties(o)"
        [[labels, firm]] = ask(shown, key="a:1")
        assert sorted(labels) == ["Organisation", "SME"]
        assert (firm["canonical"], firm["active"], firm["city"], firm["staff"]) == ("a:1", True, "Jena", 20)
        assert (firm["name"], firm["description"]) in {("Firm 1", AWKWARD), ("OLD", AWKWARD)}
        [[_, alias]] = ask(shown, key="b:x")
        assert {**alias, "key": "", "stamp": ""} == {**firm, "key": "", "stamp": ""}
        assert ask("MATCH (o {key: 'b:x'})-[:SAME_AS]->(c) RETURN c.key") == [["a:1"]]
        assert ask("MATCH (c:Capability {key: 'a:laser'}) RETURN c.label, c.stage, c.broader") == [
            ["Laser", "a:components", "a:light"]
        ]

    def test_follow_decisions(self, write, ask: Ask):
        write(small_world(), decisions=(Decision("same", "a:1", "a:2"),))
        assert ask("MATCH (o:Organisation {canonical: 'a:1'}) RETURN o.key ORDER BY o.key") == [["a:1"], ["a:2"]]

        write(decisions=(Decision("open", "a:1", "a:2"),))
        assert ask("MATCH (o:Organisation {canonical: 'a:1'}) RETURN o.key") == [["a:1"]]
        assert ask("MATCH ()-[s:SAME_AS]->() RETURN s") == []

    def test_that_are_withdrawn_show_nothing_but_their_key(self, write, store, ask: Ask):
        write(small_world())
        with store() as one:
            one.withdraw(1)

        shown = "MATCH (o:Organisation) RETURN labels(o), properties(o) ORDER BY o.key"
        assert ask(shown)[0] == [["Organisation"], {"key": "a:1", "active": False}]
        assert ask("MATCH (n:Region|Sector|Market) RETURN n") == []
        with store() as one:
            one.restore(1)
        assert ask(shown)[0][1]["name"] == "Firm 1"


class TestLinks:
    def test_one_record_of_each_fact_counts(self, write, ask: Ask):
        write(
            small_world(),
            Batch(
                "b", "", (), 1, (record("supplies", source="b", supplier="a:2", buyer="a:1", capability="a:crystal"),)
            ),
            Batch(
                "c", "", (), 1, (record("supplies", source="c", supplier="a:2", buyer="c:nobody", capability="a:x"),)
            ),
        )

        counting = "MATCH (a)-[s:SUPPLIES]->(b) RETURN a.key, b.key, s.active ORDER BY a.key, b.key, s.active"
        assert ask(counting) == [
            *(["a:1", "a:2", True], ["a:2", "a:1", True]),
            *(["a:2", "a:1", None], ["a:2", "c:nobody", None]),
        ]

    def test_of_a_replaced_delivery_count_no_longer(self, write, ask: Ask):
        write(small_world())
        write(batch(organisation(1), organisation(2)))

        assert ask("MATCH ()-[s:SUPPLIES]->() RETURN s.import, s.active") == [[1, False], [1, False]]

    def test_that_are_computed_are_drawn(self, write, ask: Ask):
        write(small_world())

        drawn = """MATCH (a)-[link:BROADER|IN_STAGE|LOCATED_IN|IN_SECTOR|TARGETS|COLLABORATES]->(b)
                   RETURN type(link), a.key, b.key, b.label ORDER BY type(link), a.key, b.key"""
        assert ask(drawn) == [
            ["BROADER", "a:laser", "a:light", "Light source"],
            ["COLLABORATES", "a:1", "a:2", "Firm 2"],
            ["IN_SECTOR", "a:1", "nace2:26.11", "26.11"],
            ["IN_SECTOR", "a:2", "72", "72"],
            ["IN_STAGE", "a:laser", "a:components", "Components"],
            ["LOCATED_IN", "a:1", "DE2", "Bayern"],
            ["LOCATED_IN", "a:2", "DE2", "Bayern"],
            ["TARGETS", "a:1", "a:medicine", "Medicine"],
            ["TARGETS", "a:1", "country:JP", "JP"],
        ]
        [[joint]] = ask("MATCH ()-[link:COLLABORATES]->() RETURN properties(link)")
        assert (joint["projects"], joint["contribution_eur"], joint["status"]) == (1, 3e5, "declared")

    def test_stay_readable_as_records(self, write, store, ask: Ask):
        write(small_world())

        with store() as one:
            snapshot = one.load()

        assert snapshot.tables["supplies"].num_rows == 2
        assert "active" not in snapshot.tables["supplies"].column_names


class TestBeingUpToDate:
    def test_comes_with_closing_and_with_opening(self, neo4j_server: Neo4jServer, write, ask: Ask):
        shown = "MATCH (s:Store) RETURN s.revision, s.projection"
        write(small_world())
        assert ask(shown) == [[1, 1]]

        ask("MATCH (s:Store) SET s.projection = 0 WITH s MATCH (o:Organisation) SET o = {key: o.key, stamp: ''}")
        open_store(neo4j_server.uri, neo4j_server.password).close()

        assert ask(shown) == [[1, 1]]
        assert ask("MATCH (o:Organisation {key: 'a:1'}) RETURN o.name") == [["Firm 1"]]

    def test_writes_only_what_differs(self, write, ask: Ask, monkeypatch: pytest.MonkeyPatch):
        write(small_world())
        written = []
        monkeypatch.setattr(neo4j_projection, "_run", lambda name, parameters, _: written.append((name, parameters)))

        write(Batch("b", "", (), 1, (record("organisations", source="b", id="x", name="New"),)))

        (name, parameters), (last, _) = written
        assert (name, last) == ("write/projection/things/organisations", "write/projection/forget_places")
        assert [row["key"] for row in parameters["rows"]] == ["b:x"]

    def test_is_brought_up_to_date_at_the_end_of_an_import_through_the_service(self, store, ask: Ask, tmp_path: Path):
        firms = [write_files(tmp_path, {"organisations.csv": "id,name\n1,Optik\n"})]
        with store() as one:
            service = Service(one, Reference({}, {}))
            service.import_(firms, dry_run=True)
            assert ask("MATCH (n) RETURN count(*)") == [[0]]

            service.import_(firms)

            assert ask("MATCH (s:Store) RETURN s.projection") == [[1]]

    def test_waits_while_another_writes(self, store, write, ask: Ask):
        write(small_world())
        ask("MATCH (lease:Lease) SET lease.holder = 'somebody', lease.expires = timestamp() + 60000")
        ask("MATCH (s:Store) SET s.projection = 0")

        with store() as one:
            one.refresh()

        assert ask("MATCH (s:Store) RETURN s.projection") == [[0]]

    def test_is_left_to_the_next_where_the_revision_has_moved_on(
        self, store: Callable[[], Neo4jStore], write, ask: Ask, monkeypatch
    ):
        write(small_world())
        ask("MATCH (s:Store) SET s.projection = 0")
        other = store()
        with store() as one, monkeypatch.context() as patch:
            load = one.load

            def load_while_another_writes() -> Snapshot:
                snapshot = load()
                other.write(batch(organisation(9)))
                return snapshot

            patch.setattr(one, "load", load_while_another_writes)
            one.refresh()

        assert ask("MATCH (s:Store) RETURN s.revision, s.projection") == [[2, 0]]
        other.close()
        assert ask("MATCH (s:Store) RETURN s.revision, s.projection") == [[2, 2]]
        assert ask("MATCH (lease:Lease) RETURN lease.holder") == [[None]]

    def test_does_not_keep_a_store_from_closing(self, store, monkeypatch: pytest.MonkeyPatch):
        one = store()
        one.write(small_world())

        def fail(*_: object, **__: object) -> None:
            raise StoreUnavailableError("gone")

        monkeypatch.setattr(one, "load", fail)
        one.close()


class TestSavedQuestions:
    @pytest.fixture(autouse=True)
    def world(self, write):
        write(small_world())

    def test_find_names(self, explore: Ask):
        found = explore("find_by_name", words="laser OR bright")
        assert sorted(found) == [[["Capability"], "a:laser", "Laser"], [["Project"], "a:p", "Bright"]]

    def test_tell_who_offers_what(self, explore: Ask):
        assert explore("who_offers", capability="a:laser") == [["Firm 1", "a:1", "DE2", 9, "declared", 0.8]]
        assert explore("sole_sources") == [["Laser", "a:laser", "Firm 1", "a:1"]]
        assert explore("missing_inputs") == [["Crystal", "a:crystal", ["Laser"]]]
        assert explore("region", region="DE") == [
            ["Firm 1", "a:1", "sme", "Bayern", ["Laser"]],
            ["Firm 2", "a:2", "rto", "Bayern", []],
        ]

    def test_tell_who_works_with_whom(self, explore: Ask):
        assert explore("partners", organisation="a:1") == [["Firm 2", "a:2", 1, 3e5]]
        assert explore("suppliers_of_suppliers", organisation="a:1") == [
            ["Firm 2", "a:2", "a:crystal", "Firm 1", "a:1", "a:laser"]
        ]

    def test_tell_where_it_is_from(self, explore: Ask, write):
        write(Batch("b", "", (), 2, (
            record("organisations", source="b", id="x", name="Firm one", vat="DE111"),
            record("offers", source="b", organisation="vat:DE999", capability="a:laser"),
        )))  # fmt: skip

        found = explore("where_from", organisation="a:1")
        assert [(row[0]["name"], row[1], row[5]) for row in found] == [
            ("Firm 1", "a", "a:1"),
            ("Firm one", "b", "b:x"),
        ]
        assert [row[1:] for row in explore("several_sources")] == [["a:1", ["b:x"]]]
        assert explore("waiting_links") == [[["Organisation"], "vat:DE999", 1]]


class TestChecks:
    BROKEN: ClassVar = {
        "revision": "MATCH (e:Event {revision: 1}) DELETE e",
        "projection": "MATCH (s:Store) SET s.projection = 0",
        "counts": "MATCH ()-[s:SUPPLIES]->() WITH s LIMIT 1 DELETE s",
        "remains": "CREATE (:Record {import: 9, ordinal: 0})",
        "active_links": "MATCH (o:Organisation {key: 'a:2'}) SET o.active = false",
        "canonical": "MATCH (o:Organisation {key: 'a:2'}) SET o.canonical = 'a:nobody'",
        "bare_things": "CREATE (:Organisation {key: 'a:nobody'})",
    }

    def test_find_nothing_where_all_is_well_and_each_its_own_fault(self, write, store, ask: Ask):
        write(small_world(), Batch("b", "", (), 1, (supply(1),)), decisions=(Decision("same", "a:1", "a:2"),))
        checks = {name.removeprefix("checks/"): cypher.statement(name).text for name in cypher.names("checks")}
        assert checks.keys() == self.BROKEN.keys()
        assert {name: ask(check) for name, check in checks.items()} == {name: [] for name in checks}

        for name, fault in self.BROKEN.items():
            ask("MATCH (n) DETACH DELETE n")
            write(small_world())
            ask(fault)
            assert ask(checks[name]), name
            with store() as one:
                problems = one.check()
            assert bool(problems) == (name != "projection"), "what is shown is brought up to date before"
            assert all(problem.startswith("It is not so that ") for problem in problems)

    def test_of_a_store_find_records_that_were_changed(self, write, store, ask: Ask):
        write(small_world())
        ask("MATCH ()-[o:OFFERS]->() SET o.trl = 1")

        with store() as one:
            assert one.check() == ("1 records of offers are not as they were written, 1-9 first.",)
