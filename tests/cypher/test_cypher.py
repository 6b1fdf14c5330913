"""Every statement is announced by its header, names only what the schema declares, and is planned without a warning."""

import re
from collections.abc import Iterator

import pytest
from neo4j import Driver

from tests.stores.samples import batch, full_record, record, small_world
from tests.support.neo4j_server import Neo4jServer
from valuechain.model.history import Decision
from valuechain.model.schema import KINDS, columns
from valuechain.stores import cypher
from valuechain.stores.neo4j import Neo4jStore
from valuechain.stores.neo4j_layout import ends, record_label, thing_label

STATEMENTS = [cypher.statement(name) for name in cypher.names()]
THINGS = [kind for kind in KINDS.values() if kind.names_things]
LINKS = [kind for kind in KINDS.values() if kind.ends]
OTHERS = [kind for kind in KINDS.values() if not kind.names_things and not kind.ends]

LABELS = {
    *("Store", "Lease", "Import", "Event", "Decision", "Record"),
    *(thing_label(kind.name) for kind in THINGS),
    *(record_label(kind.name) for kind in (*THINGS, *OTHERS)),
    *("Region", "Sector", "Market"),
}
COMPUTED = {"SAME_AS", "BROADER", "IN_STAGE", "LOCATED_IN", "IN_SECTOR", "TARGETS", "COLLABORATES"}
TYPES = {"DESCRIBES", *(kind.relation for kind in LINKS), *COMPUTED}
PROPERTIES = {
    *(name for kind in KINDS for name, _ in columns(kind)),
    *("name", "format", "revision", "projection"),  # of the store
    *("holder", "expires", "asked", "unfinished"),  # of the lease
    *("id", "source", "taken_for", "files", "revision", "at", "by", "rows_read", "refused", "records"),  # of imports
    *("action", "target"),  # of events
    *("verdict", "subject", "object", "who", "ordinal"),  # of decisions
    "key",  # of things
    *("active", "canonical", "stamp", "label", "projects"),  # of the projection
    *("fields", "labels", "first", "start", "end"),  # of rows and stretches that are given as parameters
}
WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DETACH|DROP|LOAD|FOREACH)\b")
SAMPLE = {
    "rows": [], "keys": [], "stretches": [], "label": "SectorRecord", "fields": {}, "holder": "", "most": 1,
    "milliseconds": 1, "unfinished": 1, "import": 1, "revision": 1, "format": 1, "action": "import", "target": 1,
    "at": "", "by": "", "kinds": [], "stamps": [], "words": "x", "capability": "", "organisation": "", "region": "",
    "columns": [],
}  # fmt: skip


def body(statement: cypher.Statement) -> str:
    """The statement without comments, quoted text and names of procedures."""
    return re.sub(r"//.*|'[^']*'|CALL db\.[\w.]+", "", statement.text)


@pytest.fixture(params=STATEMENTS, ids=lambda one: one.name)
def statement(request: pytest.FixtureRequest) -> cypher.Statement:
    one: cypher.Statement = request.param
    return one


class TestAStatement:
    def test_stands_alone_in_its_file(self, statement: cypher.Statement):
        assert ";" not in body(statement)
        assert statement.text.count("// purpose: ") == 1
        assert statement.text.endswith("\n")

    def test_takes_the_parameters_that_its_header_names(self, statement: cypher.Statement):
        used = set(re.findall(r"\$(\w+)", body(statement)))
        assert used == set(re.findall(r"\$(\w+)", statement.params))
        assert used or statement.params == "none"

    def test_says_what_it_returns(self, statement: cypher.Statement):
        assert statement.purpose
        assert ("RETURN" in body(statement)) == (statement.returns != "nothing")
        returned = body(statement).split("RETURN")[-1] if "RETURN" in body(statement) else ""
        for alias in re.findall(r"\bAS (\w+)", returned):
            assert alias in statement.returns

    def test_names_only_what_the_schema_declares(self, statement: cypher.Statement):
        text = body(statement)
        in_nodes = re.findall(r"\(\w*((?::[\w|$()]+)+)", text)
        in_links = re.findall(r"\[\w*:([\w|]+)", text)
        labels = {label for found in in_nodes for label in re.findall(r"[A-Z]\w+", found)}
        assert labels <= LABELS
        assert {type_ for found in in_links for type_ in found.split("|")} <= TYPES
        owners = r"\b(?!valuechain)[a-z_]+"
        assert set(re.findall(rf"{owners}\.(\w+)", text)) <= PROPERTIES | set(TYPES)
        assert set(re.findall(r"[{,]\s*(\w+):", text)) <= PROPERTIES

    def test_does_not_rely_on_internal_ids(self, statement: cypher.Statement):
        assert not re.search(r"\b(elementId|id)\(", body(statement))

    def test_writes_only_where_its_folder_says_so(self, statement: cypher.Statement):
        folder = statement.name.partition("/")[0]
        assert folder in {"schema", "write", "read", "checks", "explore"}
        assert bool(WRITES.search(body(statement))) == (folder in {"schema", "write"})


class TestTheFolders:
    def test_every_kind_has_its_statements(self):
        links = {kind.name for kind in LINKS}
        things = {kind.name for kind in THINGS}
        assert set(cypher.names("write/links")) == {f"write/links/{kind}" for kind in links}
        assert set(cypher.names("read/links")) == {f"read/links/{kind}" for kind in links}
        assert set(cypher.names("write/records")) == {f"write/records/{kind}" for kind in things}
        assert set(cypher.names("write/keys")) == {f"write/keys/{kind}" for kind in things}
        assert set(cypher.names("write/projection/active")) == {f"write/projection/active/{kind}" for kind in links}
        assert set(cypher.names("write/projection/things")) == {f"write/projection/things/{kind}" for kind in things}
        assert {f"schema/{kind}_place" for kind in links} <= set(cypher.names("schema"))
        assert {f"schema/{kind}_key" for kind in things} <= set(cypher.names("schema"))

    @pytest.mark.parametrize("kind", LINKS, ids=lambda kind: kind.name)
    def test_a_link_joins_the_things_that_the_schema_says(self, kind):
        (first, first_thing), (second, second_thing) = ends(kind)
        write = cypher.statement(f"write/links/{kind.name}").text
        assert f"MATCH ({first}:{thing_label(first_thing)} {{key: row.{first}}})" in write
        assert f"MATCH ({second}:{thing_label(second_thing)} {{key: row.{second}}})" in write
        assert f"({first})-[link:{kind.relation}]->({second})" in write
        read = cypher.statement(f"read/links/{kind.name}").text
        assert f"({first})-[link:{kind.relation}]->({second})" in read
        assert f"collect({first}.key) AS {first}, collect({second}.key) AS {second}" in read

    @pytest.mark.parametrize("kind", LINKS, ids=lambda kind: kind.name)
    def test_what_counts_is_shown_on_the_link_that_the_schema_says(self, kind):
        assert f"[link:{kind.relation}]" in cypher.statement(f"write/projection/active/{kind.name}").text

    @pytest.mark.parametrize("name", ["checks/active_links", "checks/counts", "explore/waiting_links",
                                      "read/projection/active", "write/forget_links"])  # fmt: skip
    def test_what_is_asked_of_every_link_is_asked_of_every_kind_of_link(self, name: str):
        named = set(re.findall(r"\b[A-Z_]{4,}\b", body(cypher.statement(name))))
        assert {kind.relation for kind in LINKS} <= named

    def test_computed_links_are_found_again(self):
        for name in ("read/projection/links", "write/projection/forget_links"):
            [types] = re.findall(r"link:([\w|]+)", cypher.statement(name).text)
            assert set(types.split("|")) == COMPUTED
        written = {cypher.statement(name).text for name in cypher.names("write/projection/links")}
        assert {found for text in written for found in re.findall(r"CREATE .*link:(\w+)", text)} == COMPUTED

    @pytest.mark.parametrize("name", cypher.names("explore"))
    def test_saved_questions_are_about_what_is_active(self, name: str):
        assert re.search(r"\bactive\b", body(cypher.statement(name)))

    def test_forgetting_reaches_every_kind(self):
        links = cypher.statement("write/forget_links").text
        things = cypher.statement("write/forget_things").text
        assert all(f"[link:{kind.relation}]" in links for kind in LINKS)
        assert all(thing_label(kind.name) in things for kind in THINGS)


class TestAHeader:
    def test_that_is_not_complete_is_refused(self, tmp_path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(cypher, "FOLDER", tmp_path)
        (tmp_path / "bare.cypher").write_text("// purpose: none\nRETURN 1\n")

        with pytest.raises(ValueError, match=r"bare\.cypher: .*'RETURN 1'.* '// params: '"):
            cypher.statement("bare")


@pytest.mark.parametrize("neo4j_server", ["neo4j-5", "neo4j-2026"], indirect=True)
class TestARealDatabase:
    @pytest.fixture
    def full(self, neo4j_server: Neo4jServer) -> Iterator[Driver]:
        """A database that holds every field of every kind."""
        with Neo4jStore(neo4j_server.uri, neo4j_server.password) as store:
            store.write(batch(*map(full_record, KINDS)))
            store.write(small_world())
            store.write(batch(record("organisations", source="b", id="1", name="Firm One", vat="DE111"), source="b"))
            store.decide([Decision("same", "a:1", "b:1")])
        with neo4j_server.driver() as driver:
            driver.execute_query("MATCH (lease:Lease) SET lease += $all", all={
                "holder": "", "expires": 1, "unfinished": 1,
            })  # fmt: skip
            driver.execute_query("CALL db.awaitIndexes(60)")  # no plan uses one that is still being filled,
            driver.execute_query("CALL db.prepareForReplanning(60)")  # and one made before it was is kept for a while
            yield driver

    def notes(self, driver: Driver, query: str) -> tuple[str, list[str]]:
        """The type of a query, and what the server says about its plan."""
        summary = driver.execute_query(f"EXPLAIN {query}", SAMPLE).summary
        notes = (status for status in summary.gql_status_objects if status.is_notification)
        return str(summary.query_type), [note.status_description for note in notes]

    def test_plans_each_statement_without_a_warning(self, full: Driver):
        assert self.notes(full, "MATCH (n:Organisation) WHERE n.nowhere = 1 RETURN n")[1]
        told = {}
        for one in STATEMENTS:
            query_type, notes = self.notes(full, one.text)
            if not one.name.startswith("schema"):  # there, that it exists already is told
                told[one.name] = notes
            assert one.name.startswith("schema") or (query_type == "r") == one.name.startswith(
                ("read", "checks", "explore")
            )
        assert {name: notes for name, notes in told.items() if notes} == {}

    def test_finds_records_by_index(self, full: Driver):
        searching = (*cypher.names("read/links"), "read/records", *cypher.names("write/projection/active"))
        for one in map(cypher.statement, searching):
            plan = full.execute_query(f"EXPLAIN {one.text}", SAMPLE).summary.plan
            assert plan is not None
            text = str(plan)
            assert "IndexSeek" in text
            assert "Scan" not in text

    def test_finds_things_by_key(self, full: Driver):
        for folder in (
            "write/links",
            "write/records",
            "write/keys",
            "write/projection/things",
            "write/projection/links",
        ):
            for name in cypher.names(folder):
                text = str(full.execute_query(f"EXPLAIN {cypher.statement(name).text}", SAMPLE).summary.plan)
                assert "Unique" in text
                assert "Scan" not in text
