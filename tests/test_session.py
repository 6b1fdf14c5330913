"""The program in Python: open, import, ask, look."""

from pathlib import Path

import pytest

import valuechain as vc
from tests.sources.files import write_files
from valuechain.session import Session


@pytest.fixture(scope="module")
def session(demo_store: Path) -> Session:
    return vc.open(f"sqlite:///{demo_store}")


def test_an_answer_gives_tables_as_frames_and_charts_as_figures(session: Session):
    answer = session.run("gaps", region="DE2", limit=5)

    assert list(answer.frame("stages")) == ["stage", "state", "capabilities", "status"]
    assert len(answer.frame("gaps")) == 5
    assert answer.figure("states").layout.title.text == answer.charts[0].title
    assert answer.figure().to_dict() == answer.figure("states").to_dict()


def test_an_answer_is_a_result_with_the_same_data(session: Session, demo_store: Path):
    answer = session.run("gaps", region="DE2")
    service = vc.open(f"sqlite:///{demo_store}")

    assert answer.to_dict() == service.run("gaps", region="DE2").to_dict()
    assert "about" not in answer.to_dict()


def test_an_answer_shows_itself_in_a_notebook(session: Session):
    shown = session.run("gaps", region="DE2")._repr_html_()

    assert "States by stage" in shown
    assert "<script" not in shown


@pytest.mark.parametrize("name", ["a.html", "a.xlsx", "a.json", "a.csv", "a.TXT"])
def test_an_answer_can_be_saved_as_its_ending_says(session: Session, tmp_path: Path, name: str):
    session.run("gaps", region="DE2").save(tmp_path / name)
    assert (tmp_path / name).stat().st_size > 100


def test_what_an_answer_does_not_have_is_named(session: Session):
    answer = session.run("gaps")
    with pytest.raises(vc.NotFoundError, match=r"no chart 'x'.*states"):
        answer.figure("x")
    with pytest.raises(vc.NotFoundError, match="no table 'x'"):
        answer.frame("x")
    with pytest.raises(vc.QuestionError, match=r"no format called '\.doc'"):
        answer.save("answer.doc")


def test_options_behind_words_of_python_have_an_underscore(session: Session):
    parameters = session.run("gaps", with_="synthetic", for_="public").analysis.parameters

    assert parameters["for"] == "public"
    assert "synthetic" in str(parameters["statuses"])


def test_the_graph_is_that_of_the_options(session: Session):
    without, made_up = session.graph(without="inferred"), session.graph(with_="synthetic")

    assert "inferred" not in set(without.records["status"])
    assert "synthetic" in set(made_up.records["status"])
    assert session.graph(as_of="1").revision == 1
    with pytest.raises(vc.QuestionError, match="has no option region"):
        session.graph(region="DE")


def test_every_analysis_is_listed_with_its_question(session: Session):
    assert session.analyses()["gaps"].startswith("Which capabilities")


def test_files_are_imported_into_the_store_that_was_opened(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    folder = write_files(tmp_path / "firms", {"organisations.csv": "id,name\n1,A\n"})
    monkeypatch.setenv("VALUECHAIN_STORE", f"sqlite:///{tmp_path / 'store.sqlite'}")

    [report] = vc.open().import_(folder, by="me")
    assert report.stored == 1
    assert len(vc.open().graph()["organisations"]) == 1


def test_an_address_that_is_none_is_refused():
    with pytest.raises(vc.QuestionError, match="not the address of a store"):
        vc.open("somewhere")


def test_the_demo_opens_by_itself(demo_home: Path):
    answer = vc.open_demo().run("audit", organisation="example-cluster:laserhead")
    assert answer.findings


def test_a_session_lets_go_of_its_store_at_the_end(tmp_path: Path):
    with vc.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as session:
        session.import_(write_files(tmp_path, {"organisations.csv": "id,name\na,Alpha\n"}))
        assert len(session.graph()["organisations"]) == 1


def test_a_list_is_read_as_its_mapping_says_and_revisions_are_compared(tmp_path: Path):
    with vc.open(f"sqlite:///{tmp_path / 'store.sqlite'}") as session:
        lists = write_files(tmp_path / "lists", {"a.csv": "Firma;Was\nAlpha GmbH;Linsen\nBeta GmbH;Laser\n"})
        session.import_(lists, mapping="columns:\n  Was: needs.capability\n")
        assert len(session.compare(0, 1).changes) == 2
        assert session.graph().unresolved["needs"] == 2
