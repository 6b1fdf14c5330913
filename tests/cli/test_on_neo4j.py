"""The command line on a team's store: the same answers, and nothing left behind."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

from tests.support.command import valuechain
from tests.support.neo4j_server import Neo4jServer
from valuechain.stores.cypher import names, statement

REFERENCE = Path(str(files("valuechain").joinpath("reference")))
FOLDERS = [REFERENCE / name for name in ("photonics", "cordis-de-photonics", "example-cluster")]


def told(done_content: bytes) -> dict[str, object]:
    answer = json.loads(done_content)
    return {key: answer[key] for key in ("verdict", "findings")} | {"digest": answer["graph"]["digest"]}


def test_the_same_files_in_another_order_give_the_same_digest_and_findings(tmp_path: Path, neo4j_server: Neo4jServer):
    embedded = f"sqlite:///{tmp_path / 'store.sqlite'}"
    for folder in FOLDERS:
        assert valuechain("import", folder, "--store", embedded).code == 0
    for folder in reversed(FOLDERS):
        done = valuechain(
            "import", folder, "--store", neo4j_server.uri, VALUECHAIN_NEO4J_PASSWORD=neo4j_server.password
        )
        assert done.code == 0, done.errors

    question = ("run", "gaps", "--region", "DEG", "--format", "json", "--store")
    here = valuechain(*question, embedded)
    there = valuechain(*question, neo4j_server.uri, VALUECHAIN_NEO4J_PASSWORD=neo4j_server.password)

    assert told(there.content)["digest"] == told(here.content)["digest"]
    titles = [[one["title"] for one in json.loads(done.content)["findings"]] for done in (here, there)]
    assert titles[0] == titles[1]
    assert "Friedrich-Schiller-Universität Jena" in here.output


def test_what_people_see_in_the_database_is_up_to_date_when_the_command_ends(neo4j_server: Neo4jServer):
    password = {"VALUECHAIN_NEO4J_PASSWORD": neo4j_server.password}
    assert valuechain("import", FOLDERS[0], "--store", neo4j_server.uri, **password).code == 0

    with neo4j_server.driver() as driver:
        for name in names("checks"):
            rows, _, _ = driver.execute_query(statement(name).text, database_=neo4j_server.database)
            assert rows == [], name
