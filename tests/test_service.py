"""The service: deliveries in, answers out."""

from pathlib import Path

import pytest

from tests.sources.files import write_files
from valuechain.model.errors import DataError, NotFoundError, QuestionError, RefusedError
from valuechain.model.graph import View
from valuechain.service import Service, open_service
from valuechain.settings import Settings
from valuechain.sources.reading import Reading

ORGANISATIONS = "id,name,staff\n1,Optik GmbH,10\n2,Laser AG,20\n3,Linse e.V.,30\n"


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return open_service(Settings(store=f"sqlite:///{tmp_path / 'store.sqlite'}"))


def deliver(folder: Path, text: str = ORGANISATIONS, name: str = "organisations.csv") -> list[Path]:
    write_files(folder, {name: text})
    return [folder]


def test_an_import_is_reported_with_its_rows_and_what_is_new(service: Service, tmp_path: Path):
    [report] = service.import_(deliver(tmp_path / "firms"), by="me")

    assert report.to_dict() == {
        "import": 1, "source": "firms", "revision": 1, "taken_for": "organisations", "rows_read": 3, "stored": 3,
        "refused": 0, "new": 3, "changed": 0, "unchanged": 0, "vanished": 0, "vanished_first": [],
        "assumed": [], "faults": [], "columns": [], "words": {},
    }  # fmt: skip
    [imported], _ = service.store.history()
    assert (imported.by, imported.records) == ("me", 3)


def test_a_second_delivery_tells_new_changed_and_unchanged_apart(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    [report] = service.import_(deliver(tmp_path / "firms", "id,name,staff\n1,Optik GmbH,10\n2,Laser AG,21\n4,New,1\n"))

    assert (report.new, report.changed, report.unchanged) == (1, 1, 1)
    assert (report.import_, report.revision) == (2, 2)


def test_rows_that_vanished_are_counted_and_named(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    [report] = service.import_(deliver(tmp_path / "firms", "id,name,staff\n1,Optik GmbH,10\n"))

    assert (report.vanished, len(report.vanished_first)) == (2, 2)


def test_a_mapping_that_was_used_is_used_again(tmp_path: Path):
    service = open_service(Settings(f"sqlite:///{tmp_path / 's.sqlite'}", data=tmp_path / "kept"))
    lists = deliver(tmp_path / "lists", "Firma;Ort;Was\nOptik;Jena;Linsen\nLaser;Ulm;Laser\n", "members.csv")
    service.import_(lists, Reading(mapping="columns:\n  Was: needs.capability\n"))

    [report] = service.import_(lists)

    assert {one.column: one.field for one in report.columns}["Was"] == "needs.capability"
    assert report.unchanged == 4
    assert any("as in the import" in text for text in report.assumed)


def test_another_source_is_not_compared_with(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    [report] = service.import_(deliver(tmp_path / "others"))

    assert (report.new, report.changed, report.unchanged) == (3, 0, 0)


def test_rows_at_fault_are_refused_counted_and_placed(service: Service, tmp_path: Path):
    [report] = service.import_(deliver(tmp_path / "firms", "id,name,staff\n1,Optik,10\n2,,5\n3,Laser,many\n"))

    assert (report.rows_read, report.stored, report.refused) == (3, 1, 2)
    assert [(one["row"], one["column"]) for one in report.to_dict()["faults"]] == [(3, "name"), (4, "staff")]


def test_a_trial_writes_nothing_and_reports_the_same(service: Service, tmp_path: Path):
    [trial] = service.import_(deliver(tmp_path / "firms"), dry_run=True)

    assert service.revision() == 0
    assert (trial.import_, trial.revision, trial.new) == (None, None, 3)


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_strict_import_with_a_fault_writes_nothing_of_any_delivery(service: Service, tmp_path: Path, dry_run: bool):
    paths = [
        *deliver(tmp_path / "good"),
        *deliver(tmp_path / "bad", "id,name,staff\n1,Optik,10\n2,,5\n"),
        *deliver(tmp_path / "worse", "id,name,staff\n1,Optik,x\n2,A,5\n"),
    ]

    with pytest.raises(RefusedError, match="2 rows are at fault") as refused:
        service.import_(paths, strict=True, dry_run=dry_run)
    assert [fault.place.row for fault in refused.value.faults] == [3, 2]
    assert service.revision() == 0


def test_a_delivery_of_which_nothing_is_left_is_refused_and_the_others_with_it(service: Service, tmp_path: Path):
    paths = [*deliver(tmp_path / "good"), *deliver(tmp_path / "bad", "id,name\n1,\n2,\n")]

    with pytest.raises(RefusedError, match="Nothing of 'bad' can be taken in: 2 of 2 rows are at fault"):
        service.import_(paths)
    assert service.revision() == 0


def test_two_deliveries_of_one_name_are_refused(service: Service, tmp_path: Path):
    paths = [*deliver(tmp_path / "a" / "data"), *deliver(tmp_path / "b" / "data")]

    with pytest.raises(DataError, match="Two deliveries are called 'data'"):
        service.import_(paths)
    assert service.revision() == 0


def test_decisions_of_an_export_are_taken_over_once(service: Service, tmp_path: Path):
    folder = tmp_path / "firms"
    write_files(
        folder, {"organisations.csv": ORGANISATIONS, "decisions.csv": "verdict,subject,object\nsame,firms:1,firms:2\n"}
    )

    service.import_([folder], dry_run=True)
    assert service.revision() == 0
    service.import_([folder])
    service.import_([folder])

    assert [event.action for event in service.store.history()[1]] == ["import", "decide", "import"]
    assert len(service.graph(View())["organisations"]) == 2


def test_an_answer_is_computed_once_per_revision_and_question(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    first = service.run("gaps", {"limit": "5"})

    assert service.run("gaps", {"limit": 5}) is first
    service.import_(deliver(tmp_path / "more"))
    assert service.run("gaps", {"limit": 5}) is not first
    assert service.run("gaps", {"limit": 5, "as-of": "1"}).graph == first.graph


def test_an_answer_names_its_parameters_as_they_were_resolved(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    parameters = service.run("gaps", {"for": "advisor", "without": "inferred"}).analysis.parameters

    assert parameters["as-of"] == 1
    assert parameters["for"] == "advisor"
    assert parameters["statuses"] == "confirmed,declared"


def test_a_store_without_records_says_so(service: Service):
    with pytest.raises(QuestionError, match=r"store\.sqlite holds nothing.*Import data first"):
        service.run("gaps")


def test_a_revision_is_named_by_number_day_or_not_at_all(service: Service, tmp_path: Path):
    service.import_(deliver(tmp_path / "firms"))
    [event] = service.store.history()[1]

    assert service.revision() == service.revision("1") == service.revision(event.at[:10]) == 1
    assert service.revision("1999-12-31") == 0
    with pytest.raises(NotFoundError, match=r"no revision 2\. The newest is 1"):
        service.revision("2")


def test_a_made_up_organisation_lets_made_up_records_in_by_itself(demo: Service):
    answer = demo.run("audit", {"organisation": "example-cluster:laserhead"})

    assert "synthetic" in str(answer.analysis.parameters["statuses"])
    assert any("made up" in note for note in answer.notes)


def test_an_organisation_may_be_named_by_its_name_alone(demo: Service):
    answer = demo.run("audit", {"organisation": "Example Laserhead GmbH"})
    assert answer.analysis.parameters["organisation"] == "example-cluster:laserhead"


def test_a_real_organisation_needs_no_made_up_records(demo: Service):
    key = str(demo.graph(View())["organisations"]["key"].iloc[0])
    assert demo.subject_view(View(), key) == View()


@pytest.mark.parametrize(
    ("analysis", "options", "why"),
    [
        ("nothing", {}, "No analysis is called 'nothing'"),
        ("audit", {"organisation": "nobody"}, "No organisation is called 'nobody'"),
        ("gaps", {"organisation": "nobody"}, "No organisation is called 'nobody'"),
        ("gaps", {"chain": "nothing"}, "No value chain is called 'nothing'"),
    ],
)
def test_what_is_not_there_is_named(demo: Service, analysis: str, options: dict[str, str], why: str):
    with pytest.raises(NotFoundError, match=why):
        demo.run(analysis, options)


def test_an_option_that_does_not_fit_is_refused(demo: Service):
    with pytest.raises(QuestionError, match="has no option colour"):
        demo.run("gaps", {"colour": "red"})
