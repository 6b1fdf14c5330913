"""The template: complete, explained, and empty for an importer until it is filled in."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.sources.files import write_files
from valuechain.model.errors import DataError
from valuechain.model.schema import COMMON, KINDS
from valuechain.sources.open import read
from valuechain.sources.tables.workbook import read_sheets
from valuechain.sources.tabular import READ_ME
from valuechain.sources.template import describe, template_folder, template_workbook

FIELDS = {name: [field.name for field in (*kind.fields, *COMMON)] for name, kind in KINDS.items()}


def test_the_workbook_has_a_sheet_per_kind_with_every_field_and_nothing_below():
    sheets = {grid.sheet: grid.lines for grid in read_sheets("template.xlsx", template_workbook())}

    explained = sheets.pop(READ_ME)
    assert sheets == {name: [tuple(fields)] for name, fields in FIELDS.items()}
    text = "\n".join(str(row[0]) for row in explained)
    assert all(f"    {field}: " in text for fields in FIELDS.values() for field in fields)


def test_the_workbook_explains_each_column_in_a_note_and_offers_the_words_of_choices():
    with zipfile.ZipFile(io.BytesIO(template_workbook())) as archive:
        notes = archive.read("xl/comments1.xml").decode()
        sheet = archive.read("xl/worksheets/sheet2.xml").decode()

    assert notes.count("<comment ") == len(FIELDS["organisations"])
    assert "ISO 3166-1 alpha-2 code; EL and UK are accepted (text)." in notes
    assert "nuts2024,nuts2021,iso3166-2" in sheet
    assert '"yes,no"' in sheet


def test_the_folder_has_a_file_per_kind_and_explains_itself():
    files = template_folder()

    readme = files.pop("README.txt").decode("utf-8-sig")
    assert sorted(files) == sorted(f"{name}.csv" for name in KINDS)
    for name, fields in FIELDS.items():
        assert files[f"{name}.csv"].decode("utf-8-sig").strip().split(",") == fields
    assert "Do not enter persons" in readme


def test_help_says_form_unit_and_whether_a_cell_must_be_filled():
    organisations = KINDS["organisations"]
    assert describe(organisations.field("id")) == "Any id that is unique in this source (text), required."
    assert describe(organisations.field("lat")) == "Latitude (number, degrees)."
    assert describe(KINDS["offers"].field("capability")) == "What is offered (id of one of capabilities), required."
    assert describe(organisations.field("named")) == "no = it exists, its name is withheld (yes or no)."
    assert describe(KINDS["markets"].field("scheme")) == "What sort of market it is (one of: application, country)."


def test_an_empty_template_is_refused_with_words(tmp_path: Path):
    write_files(tmp_path, {"template.xlsx": template_workbook()})
    write_files(tmp_path / "template", template_folder())

    for path in (tmp_path / "template.xlsx", tmp_path / "template"):
        with pytest.raises(DataError, match="template holds no rows below its headers"):
            read([path])


def test_a_filled_template_is_read(tmp_path: Path):
    files = template_folder()
    files["organisations.csv"] += b"a,Alpha\r\n"
    files["supplies.csv"] += b"a,a,photonics:lasers\r\n"

    (batch,) = read([write_files(tmp_path / "mine", files)])

    assert (batch.rows_read, batch.refused, batch.assumed) == (2, 0, ())
