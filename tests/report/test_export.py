"""Records out and in again: the same data, whatever the names."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.support.results import HOSTILE
from valuechain.model.history import Decision
from valuechain.report.export import export_files
from valuechain.service import Service, open_service
from valuechain.settings import Settings


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return open_service(Settings(store=f"sqlite:///{tmp_path / 'first.sqlite'}"))


def write(folder: Path, files: dict[str, str]) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    return folder


def again(service: Service, folder: Path) -> Service:
    """A second store that the first one's export was imported into."""
    second = open_service(Settings(store=f"sqlite:///{folder / 'second.sqlite'}"))
    second.import_([write(folder / "export", export_files(service.snapshot()))])
    return second


def test_the_demo_comes_back_with_the_same_digest(demo: Service, tmp_path: Path):
    second = again(demo, tmp_path)

    assert second.snapshot().digest() == demo.snapshot().digest()
    assert second.graph().records["source"].nunique() == demo.graph().records["source"].nunique()


def test_hostile_names_extra_columns_and_decisions_come_back(service: Service, tmp_path: Path):
    text = io.StringIO(newline="")
    rows = csv.writer(text)
    rows.writerow(["id", "name", "lat", "staff", "named", "aliases", "Remark; one", "=remark"])
    rows.writerows([f"o{number}", name, -3.5, 7, "no", "a;b", name, name] for number, name in enumerate(HOSTILE))
    service.import_([write(tmp_path / "data", {"organisations.csv": text.getvalue()})])
    service.store.decide([Decision("same", "data:o1", "data:o2"), Decision("means", "=laser", "data:x")], by="me")

    second = again(service, tmp_path)

    assert second.snapshot().digest() == service.snapshot().digest()
    assert [(one.verdict, one.subject, one.who) for one in second.snapshot().decisions] == [
        ("means", "=laser", "me"),
        ("same", "data:o1", "me"),
    ]
    extra = second.snapshot().tables["organisations"].column("extra").to_pylist()
    assert {json.loads(one)["=remark"].strip() for one in extra} == {name.strip() for name in HOSTILE}


def test_columns_that_differ_by_spelling_alone_go_to_files_of_their_own(service: Service, tmp_path: Path):
    for folder, column in (("a", "Remark"), ("b", "remark"), ("c", "re-mark")):
        service.import_([write(tmp_path / folder, {"organisations.csv": f"id,name,{column}\n1,X,y\n"})])

    files = export_files(service.snapshot())
    assert set(files) == {"organisations.csv", "organisations-2.csv"}
    assert again(service, tmp_path).snapshot().digest() == service.snapshot().digest()


def test_a_second_import_of_the_same_export_decides_nothing_anew(service: Service, tmp_path: Path):
    service.import_([write(tmp_path / "data", {"organisations.csv": "id,name\n1,A\n2,B\n"})])
    service.store.decide([Decision("same", "data:1", "data:2")])
    second = again(service, tmp_path)
    revision = second.revision()

    second.import_([tmp_path / "export"])

    assert second.revision() == revision + 1
    assert second.snapshot().digest() == service.snapshot().digest()


def test_an_empty_store_exports_nothing(service: Service):
    assert export_files(service.snapshot()) == {}
