"""Whatever is brought finds its reader, or hears why not."""

from pathlib import Path

import pytest

from tests.sources.files import write_files
from valuechain.model.errors import DataError
from valuechain.sources.open import SOURCES, read
from valuechain.sources.reading import Reading

FIRMS = "id,name\na,Alpha\n"
OFFERS = "organisation,capability\na,photonics:lasers\n"
CORDIS = {
    "project.csv": '"id";"acronym"\n"1";"A"\n',
    "organization.csv": '"projectID";"organisationID";"name"\n"1";"2";"B"\n',
}


def test_each_source_has_a_name_of_its_own():
    assert [source.NAME for source in SOURCES] == [
        "interview",
        "cordis",
        "network",
        "bill-of-materials",
        "chain",
        "listing",
        "tabular",
    ]


def test_each_path_is_a_delivery_of_its_own(tmp_path: Path):
    chain = write_files(tmp_path / "firms", {"organisations.csv": FIRMS})
    projects = write_files(tmp_path / "release", CORDIS)

    batches = read([chain, projects])

    assert [(batch.source, batch.taken_for) for batch in batches] == [
        ("firms", "organisations"),
        ("release", "CORDIS"),
    ]


def test_paths_under_one_source_name_are_one_delivery(tmp_path: Path):
    write_files(tmp_path, {"organisations.csv": FIRMS, "offers.csv": OFFERS})

    (batch,) = read([tmp_path / "offers.csv", tmp_path / "organisations.csv"], Reading(source="cluster"))

    assert (batch.source, batch.rows_read, batch.refused) == ("cluster", 2, 0)
    assert batch.files == ("offers.csv", "organisations.csv")


def test_what_cannot_be_told_can_be_said(tmp_path: Path):
    write_files(tmp_path, {"members.csv": FIRMS})
    assert read([tmp_path / "members.csv"], Reading("organisations"))[0].taken_for == "organisations"
    assert read([write_files(tmp_path / "c", CORDIS)], Reading("cordis", as_of="2026"))[0].taken_for == "CORDIS"
    with pytest.raises(DataError, match=r"holds no project\.csv"):
        read([tmp_path / "members.csv"], Reading("cordis"))


def test_with_a_mapping_any_table_is_a_list_of_organisations(tmp_path: Path):
    write_files(tmp_path, {"things.csv": "Ding;Wo\nAlpha;Jena\n"})
    with pytest.raises(DataError, match="not a kind of data known here"):
        read([tmp_path / "things.csv"])
    mapping = "columns: {Ding: organisations.name, Wo: organisations.city}"
    (batch,) = read([tmp_path / "things.csv"], Reading(mapping=mapping))
    assert [(record.kind, record.values["city"]) for record in batch.records] == [("organisations", "Jena")]


def test_what_is_not_known_is_said_with_what_is(tmp_path: Path):
    write_files(tmp_path / "photos", {"a.jpg": "x", "b.csv": FIRMS})
    with pytest.raises(DataError) as caught:
        read([tmp_path / "photos"])
    assert caught.value.what == "photos is not a kind of data known here. Found: a.jpg, b.csv."
    assert caught.value.advice.startswith(
        "Say what it holds with --as, one of: interview, cordis, network, bill-of-materials, "
    )


@pytest.mark.parametrize("name", ["photo.jpg", "report.pdf", "old.doc", "page.html"])
def test_a_file_that_is_no_table_is_told_what_is_one(tmp_path: Path, name: str):
    write_files(tmp_path, {name: "x"})
    with pytest.raises(DataError) as caught:
        read([tmp_path / name])
    assert caught.value.what == f"{name} is no table, nor are there tables in it."
    assert "CSV, JSON lines or a workbook" in caught.value.advice


def test_an_unknown_kind_is_refused_before_anything_is_opened(tmp_path: Path):
    with pytest.raises(DataError, match="'firms' is not a kind of data known here"):
        read([tmp_path / "nothing"], Reading("firms"))


def test_a_day_that_is_none_is_refused_at_once(tmp_path: Path):
    with pytest.raises(DataError, match=r"'31\.8\.2026': This is not a date"):
        read([tmp_path / "nothing"], Reading(as_of="31.8.2026"))


def test_a_missing_path_is_said(tmp_path: Path):
    with pytest.raises(DataError, match="does not exist"):
        read([tmp_path / "nothing"])


def test_a_source_name_with_a_colon_is_refused(tmp_path: Path):
    write_files(tmp_path, {"organisations.csv": FIRMS})
    with pytest.raises(DataError, match="holds a colon"):
        read([tmp_path / "organisations.csv"], Reading(source="a:b"))
