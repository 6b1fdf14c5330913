"""Words on the command line: listed, decided, taken back; the same on both stores."""

import json
from importlib.resources import files
from pathlib import Path

import pytest

from tests.sources.files import write_files
from tests.support.command import Done, valuechain
from tests.support.neo4j_server import Neo4jServer

PHOTONICS = Path(str(files("valuechain").joinpath("reference/photonics")))
MEMBERS = {
    "organisations.csv": "id,name,kind,country\na,Alpha Optik,sme,DE\nb,Beta Laser,sme,DE\n",
    "offers.csv": "organisation,capability,offered\n"
    "a,term:Beschichtungen für Optiken,Beschichtungen für Optiken\n"
    "b,term:beschichtungen fur optiken,\n"
    "b,term:Lohnbuchhaltung,Lohnbuchhaltung\n",
}


@pytest.fixture
def embedded(tmp_path: Path) -> str:
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    bring(tmp_path, store)
    return store


def bring(folder: Path, store: str, **environment: str) -> None:
    members = write_files(folder / "members", MEMBERS)
    for path in (PHOTONICS, members):
        done = valuechain("import", path, "--store", store, **environment)
        assert done.code == 0, done.errors


def listed(done: Done) -> dict[str, tuple[str, int]]:
    assert done.code == 0, done.errors
    return {one["word"]: (one["verdict"], one["count"]) for one in json.loads(done.content)["words"]}


def offers_and_digest(store: str, **environment: str) -> tuple[int, str]:
    done = valuechain("run", "gaps", "--country", "DE", "--format", "json", "--store", store, **environment)
    answer = json.loads(done.content)
    table = next(one for one in answer["tables"] if one["name"] == "gaps")
    names = [column["name"] for column in table["columns"]]
    row = next(row for row in table["rows"] if row[names.index("capability_key")] == "photonics:coatings")
    return row[names.index("offerers")], answer["graph"]["digest"]


def decided_and_taken_back(store: str, **environment: str) -> None:
    def words(*options: str) -> dict[str, tuple[str, int]]:
        return listed(valuechain("words", *options, "--format", "json", "--store", store, **environment))

    asked = {"Beschichtungen für Optiken": ("open", 2), "Lohnbuchhaltung": ("open", 1)}
    assert words() == asked
    before = offers_and_digest(store, **environment)
    assert before[0] == 0

    decided = words("--means", "beschichtungen für optiken", "coatings", "--not-in-chain", "Lohnbuchhaltung")
    assert decided == {"Beschichtungen für Optiken": ("means", 2), "Lohnbuchhaltung": ("not in this chain", 1)}
    meanwhile = offers_and_digest(store, **environment)
    assert meanwhile[0] == 2
    assert meanwhile[1] != before[1]

    assert words("--take-back", "Beschichtungen für Optiken", "--take-back", "lohnbuchhaltung") == asked
    assert offers_and_digest(store, **environment) == before


def test_a_decided_word_counts_until_it_is_taken_back(embedded: str):
    decided_and_taken_back(embedded)


def test_so_it_does_in_the_store_of_a_team(tmp_path: Path, neo4j_server: Neo4jServer):
    password = {"VALUECHAIN_NEO4J_PASSWORD": neo4j_server.password}
    bring(tmp_path, neo4j_server.uri, **password)
    decided_and_taken_back(neo4j_server.uri, **password)


def test_the_list_says_who_uses_a_word_and_what_it_may_mean(embedded: str):
    done = valuechain("words", "--store", embedded)

    assert "2 open words, 0 decided." in done.output
    assert "Beschichtungen für Optiken" in done.output
    assert "offer: 2" in done.output
    assert "Alpha Optik and Beta" in done.output
    assert "photonics:coatings" in done.output


def test_a_decision_says_its_revision_and_keeps_who_made_it(embedded: str):
    done = valuechain("words", "--not-in-chain", "Lohnbuchhaltung", "--by", "Ann", "--store", embedded)

    assert done.errors == "1 decided. Revision 3.\n"
    assert "1 open words, 1 decided." in done.output
    assert "not in this chain" in done.output
    assert "Ann" in done.output


def test_a_decision_on_what_is_not_there_is_refused_whole(embedded: str):
    done = valuechain("words", "--not-in-chain", "x", "--means", "Optik", "nothing of the kind", "--store", embedded)

    assert done.code == 1
    assert "No capability is called 'nothing of the kind'." in done.errors
    assert set(listed(valuechain("words", "--format", "json", "--store", embedded)).values()) == {
        ("open", 2),
        ("open", 1),
    }


def test_a_store_without_words_says_so(tmp_path: Path):
    done = valuechain("words", "--store", f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert done.output == "0 open words, 0 decided.\n"


def test_decisions_travel_with_an_export(embedded: str, tmp_path: Path):
    assert valuechain("words", "--not-in-chain", "Lohnbuchhaltung", "--store", embedded).code == 0
    assert valuechain("export", tmp_path / "out", "--store", embedded).code == 0
    elsewhere = f"sqlite:///{tmp_path / 'elsewhere.sqlite'}"
    assert valuechain("import", tmp_path / "out", "--store", elsewhere).code == 0

    told = [valuechain("words", "--format", "json", "--store", store) for store in (embedded, elsewhere)]
    assert listed(told[0]) == listed(told[1])
