"""What a path holds: a file, a folder or a zip."""

import os
import zipfile
from pathlib import Path

import pytest

from tests.sources.files import workbook, write_files, zipped
from valuechain.model.errors import DataError
from valuechain.sources import delivery
from valuechain.sources.delivery import join_deliveries, open_delivery
from valuechain.sources.tables import files
from valuechain.sources.tables.files import File


def names(opened: delivery.Delivery) -> list[str]:
    return [file.name for file in opened.files]


def test_a_folder_is_one_delivery_named_after_it(tmp_path: Path):
    folder = write_files(tmp_path / "cluster", {"offers.csv": "x", "organisations.csv": "y"})

    opened = open_delivery(folder)

    assert opened.name == "cluster"
    assert names(opened) == ["offers.csv", "organisations.csv"]
    assert opened.files[1].content == b"y"


def test_the_present_folder_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(write_files(tmp_path / "cluster", {"offers.csv": "x"}))

    assert open_delivery(Path()).name == "cluster"


def test_a_file_is_a_delivery_named_after_its_stem(tmp_path: Path):
    write_files(tmp_path, {"Offers.CSV": "x"})

    opened = open_delivery(tmp_path / "Offers.CSV")

    assert (opened.name, names(opened)) == ("Offers", ["Offers.CSV"])
    assert (opened.files[0].stem, opened.files[0].suffix) == ("Offers", ".csv")
    assert opened.files[0].is_table


def test_a_zip_is_opened_and_read_like_a_folder(tmp_path: Path):
    write_files(tmp_path, {"release.zip": zipped({"organization.csv": "o", "project.csv": "p"})})

    opened = open_delivery(tmp_path / "release.zip")

    assert opened.name == "release"
    assert {file.name: file.content for file in opened.files} == {"organization.csv": b"o", "project.csv": b"p"}


def test_a_zip_that_holds_one_folder_is_opened_further(tmp_path: Path):
    write_files(tmp_path, {"release.zip": zipped({"csv/project.csv": "p", "__MACOSX/csv/._project.csv": "junk"})})

    assert names(open_delivery(tmp_path / "release.zip")) == ["project.csv"]


def test_a_workbook_is_a_file_although_it_is_a_zip_inside(tmp_path: Path):
    write_files(tmp_path, {"list.xlsx": workbook({"a": []})})

    assert names(open_delivery(tmp_path / "list.xlsx")) == ["list.xlsx"]


def test_files_that_describe_others_and_hidden_files_are_left_aside(tmp_path: Path):
    write_files(tmp_path, dict.fromkeys(("NOTICE.md", "README.txt", ".DS_Store", "~$a.xlsx", "a.csv"), "x"))
    (tmp_path / "more").mkdir()

    assert names(open_delivery(tmp_path)) == ["a.csv"]


def test_a_file_is_found_whatever_its_case(tmp_path: Path):
    opened = open_delivery(write_files(tmp_path, {"Project.csv": "x"}))

    found = opened.find("project.csv")
    assert found is not None
    assert found.name == "Project.csv"
    assert opened.find("organization.csv") is None


def test_several_paths_can_be_one_delivery_and_each_file_keeps_a_name_of_its_own(tmp_path: Path):
    north = write_files(tmp_path / "north", {"offers.csv": "n", "needs.csv": "n"})
    south = write_files(tmp_path / "south", {"offers.csv": "s"})

    joined = join_deliveries([north, south], "region")

    assert (joined.name, names(joined)) == ("region", ["needs.csv", "north/offers.csv", "south/offers.csv"])
    found = joined.find("offers.csv")
    assert found is not None
    assert found.content == b"n"


class TestWhatCannotBeOpenedSaysWhy:
    def test_a_missing_file(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"nothing\.csv does not exist\. Check the path\."):
            open_delivery(tmp_path / "nothing.csv")

    def test_an_empty_folder(self, tmp_path: Path):
        with pytest.raises(DataError, match="holds no files"):
            open_delivery(tmp_path)

    def test_a_pipe(self, tmp_path: Path):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(DataError, match="neither a file nor a folder"):
            open_delivery(tmp_path / "pipe")

    def test_a_folder_that_is_closed(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        def refuse(self: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refuse)
        with pytest.raises(DataError, match="Permission denied"):
            open_delivery(tmp_path)

    def test_a_file_that_vanishes(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"a\.csv cannot be read"):
            File("a.csv", tmp_path / "a.csv").content  # noqa: B018

    def test_a_file_beyond_all_measure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(files, "MOST_BYTES", 3)
        write_files(tmp_path, {"a.csv": "1234"})
        with pytest.raises(DataError, match="larger than 3 bytes"):
            File("a.csv", tmp_path / "a.csv").content  # noqa: B018

    def test_a_zip_that_unfolds_beyond_all_measure(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(delivery, "MOST_BYTES", 10_000)
        write_files(tmp_path, {"bomb.zip": zipped({"a.csv": bytes(20_000)})})
        with pytest.raises(DataError, match=r"bomb\.zip unfolds into more"):
            open_delivery(tmp_path / "bomb.zip")

    def test_a_zip_with_a_password(self, tmp_path: Path):
        data = bytearray(zipped({"a.csv": "x"}))
        data[6] |= 1
        data[data.index(b"PK\x01\x02") + 8] |= 1
        write_files(tmp_path, {"secret.zip": bytes(data)})
        with pytest.raises(DataError, match=r"a\.csv cannot be read: .*encrypted"):
            open_delivery(tmp_path / "secret.zip").files[0].content  # noqa: B018

    def test_a_zip_with_a_damaged_file(self, tmp_path: Path):
        data = zipped({"a.csv": "hello hello hello"})
        place = data.index(b"a.csv") + len("a.csv")
        write_files(tmp_path, {"torn.zip": data[:place] + b"\xff\xff" + data[place + 2 :]})
        with pytest.raises(DataError, match=r"a\.csv cannot be read"):
            open_delivery(tmp_path / "torn.zip").files[0].content  # noqa: B018

    def test_a_zip_whose_index_is_damaged(self, tmp_path: Path):
        data = bytearray(zipped({"a.csv": "x", "b.csv": "y"}))
        data[data.index(b"PK\x01\x02")] = 0
        write_files(tmp_path, {"torn.zip": bytes(data)})
        assert zipfile.is_zipfile(tmp_path / "torn.zip")
        with pytest.raises(DataError, match="not a whole zip"):
            open_delivery(tmp_path / "torn.zip")

    def test_an_office_document_under_a_name_that_hides_it(self, tmp_path: Path):
        write_files(tmp_path, {"organisations.csv": workbook({"a": []})})
        with pytest.raises(DataError, match="office document"):
            open_delivery(tmp_path / "organisations.csv")
