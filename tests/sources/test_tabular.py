"""The tabular form: folders, workbooks, single files, and the ways in which they go wrong."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.files import workbook, write_files
from valuechain.model.batch import Batch, Place
from valuechain.model.errors import DataError
from valuechain.model.schema import COMMON, KINDS, Field
from valuechain.sources import tabular
from valuechain.sources.delivery import Delivery, open_delivery
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import File

FIRMS = "id,name,country\na,Alpha,DE\nb,Beta,FR\n"


def read(path: Path, **options: str) -> list[Batch]:
    delivery = open_delivery(path)
    return tabular.read(
        delivery, Reading(options.get("as_", ""), options.get("source", delivery.name), options.get("as_of", ""))
    )


def read_files(folder: Path, files: dict[str, str | bytes], **options: str) -> Batch:
    (batch,) = read(write_files(folder, files), **options)
    return batch


class TestAFolder:
    def test_becomes_one_batch_named_after_it(self, tmp_path: Path):
        batch = read_files(
            tmp_path / "cluster",
            {"organisations.csv": FIRMS, "supplies.csv": "supplier;buyer;capability\na;b;photonics:lasers\n"},
        )

        assert (batch.source, batch.taken_for) == ("cluster", "organisations, supplies")
        assert batch.files == ("organisations.csv", "supplies.csv")
        assert (batch.rows_read, batch.refused, batch.assumed) == (3, 0, ())
        assert [record.key for record in batch.records[:2]] == ["cluster:a", "cluster:b"]
        assert batch.records[0].place == Place("organisations.csv", "", 2)
        assert batch.records[2].values["supplier"] == "cluster:a"
        assert batch.records[2].values["capability"] == "photonics:lasers"

    def test_files_not_named_after_a_kind_are_left_out_and_said(self, tmp_path: Path):
        batch = read_files(tmp_path, {"organisations.csv": FIRMS, "old.csv": "x", "logo.png": b"\x89PNG"})

        assert batch.assumed == (
            "logo.png was left out: it is not named after a record kind.",
            "old.csv was left out: it is not named after a record kind.",
        )

    def test_decisions_of_an_export_are_left_to_whoever_imports(self, tmp_path: Path):
        assert read_files(tmp_path, {"organisations.csv": FIRMS, "decisions.csv": "x,y\n"}).assumed == ()

    def test_a_file_with_headers_alone_is_fine_beside_filled_ones(self, tmp_path: Path):
        assert read_files(tmp_path, {"organisations.csv": FIRMS, "stages.csv": "id,chain,label,order\n"}).rows_read == 2


class TestASingleFile:
    def test_is_taken_for_the_kind_it_is_named_after(self, tmp_path: Path):
        write_files(tmp_path, {"Organisations.csv": FIRMS})
        (batch,) = read(tmp_path / "Organisations.csv")
        assert (batch.source, batch.taken_for, batch.rows_read) == ("Organisations", "organisations", 2)

    def test_is_taken_for_the_kind_it_is_said_to_be(self, tmp_path: Path):
        write_files(tmp_path, {"members.txt": FIRMS})
        (batch,) = read(tmp_path / "members.txt", as_="organisations", source="cluster")
        assert (batch.source, len(batch.records)) == ("cluster", 2)

    def test_is_what_it_is_said_to_be_whatever_its_name(self, tmp_path: Path):
        write_files(tmp_path, {"offers.dat": FIRMS, "offers.csv": FIRMS})
        for name in ("offers.dat", "offers.csv"):
            assert read(tmp_path / name, as_="organisations")[0].taken_for == "organisations"

    def test_among_others_is_what_its_name_says_before_what_is_said(self, tmp_path: Path):
        files: dict[str, str | bytes] = {"offers.csv": "organisation,capability\na,x:y\n", "members.csv": FIRMS}
        batch = read_files(tmp_path, files, as_="organisations")
        assert (batch.taken_for, batch.rows_read) == ("organisations, offers", 3)


class TestAWorkbook:
    def test_has_a_sheet_per_kind_and_others_are_said(self, tmp_path: Path):
        data = workbook(
            {
                "Read me": [["How to"]],
                "Organisations": [["ID", "Name", "Staff", "Founded"], [7, "Alpha", 12, "2001"]],
                "offers": [["organisation", "capability"], [], ["7", "photonics:lasers"]],
                "Notes": [["anything"]],
            }
        )
        batch = read_files(tmp_path, {"cluster.xlsx": data})

        assert batch.rows_read == 2
        assert batch.records[0].values["id"] == "7"
        assert batch.records[0].values["staff"] == 12
        assert batch.records[1].place == Place("cluster.xlsx", "offers", 3)
        assert batch.assumed == ("cluster.xlsx, sheet Notes was left out: it is not named after a record kind.",)

    def test_its_only_sheet_is_taken_for_the_kind_the_file_is_named_after(self, tmp_path: Path):
        data = workbook({"Tabelle1": [["id", "name"], ["a", "Alpha"]], "Tabelle2": []})
        assert read_files(tmp_path, {"organisations.xlsx": data}).taken_for == "organisations"

    def test_its_only_sheet_is_taken_for_the_kind_it_is_said_to_be(self, tmp_path: Path):
        data = workbook({"Tabelle1": [["id", "name"], ["a", "Alpha"]]})
        assert read_files(tmp_path, {"list.xlsx": data}, as_="organisations").rows_read == 1

    def test_of_several_sheets_none_is_guessed(self, tmp_path: Path):
        data = workbook({"Tabelle1": [["id", "name"], ["a", "Alpha"]], "Tabelle2": [["x"]]})
        with pytest.raises(DataError, match=r"Found: list\.xlsx, sheet Tabelle1, list\.xlsx, sheet Tabelle2"):
            read_files(tmp_path, {"list.xlsx": data}, as_="organisations")

    def test_a_sheet_of_blanks_holds_no_rows(self, tmp_path: Path):
        data = workbook({"organisations": [["id", "name"], ["a", "Alpha"]], "offers": [[" "]]})
        assert read_files(tmp_path, {"list.xlsx": data}).taken_for == "organisations"

    def test_without_a_cell_is_empty(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"list\.xlsx is empty"):
            read_files(tmp_path, {"list.xlsx": workbook({"organisations": []})})


class TestColumns:
    def test_match_whatever_their_case_spaces_and_underscores(self, tmp_path: Path):
        batch = read_files(tmp_path, {"organisations.csv": "ID, Name ,Region Scheme,GROUP-ID\na,A,nuts2024,g\n"})
        assert batch.records[0].values["region_scheme"] == "nuts2024"
        assert batch.records[0].values["group_id"] == "g"

    def test_unknown_ones_are_kept_and_said_once(self, tmp_path: Path):
        batch = read_files(tmp_path, {"organisations.csv": "id,name,Rating,label_fr\na,A,good,x\nb,B,,\n"})
        assert dict(batch.records[0].extra) == {"Rating": "good", "label_fr": "x"}
        assert dict(batch.records[1].extra) == {}
        assert batch.assumed == ("organisations.csv: not known here, so kept as it stands: 'Rating', 'label_fr'.",)

    def test_those_about_persons_are_refused_and_said_and_the_row_is_kept(self, tmp_path: Path):
        text = "id,name,Ansprechpartner,E-Mail\na,Alpha,Jane Roe,jane@example.org\n"
        batch = read_files(tmp_path, {"organisations.csv": text})
        assert (batch.rows_read, batch.refused) == (1, 0)
        assert "Jane" not in repr(batch)
        assert batch.assumed[0].startswith("organisations.csv: not taken in")
        assert batch.assumed[0].endswith("'Ansprechpartner', 'E-Mail'.")

    def test_a_missing_one_that_is_required_is_named(self, tmp_path: Path):
        with pytest.raises(DataError) as caught:
            read_files(tmp_path, {"offers.csv": "organisation;trl\na;5\n"})
        assert str(caught.value) == (
            "offers.csv lacks the column 'capability' of offers. Add it. The columns found are: organisation, trl."
        )

    def test_a_date_for_rows_without_one_can_be_given(self, tmp_path: Path):
        text = "id,name,as_of\na,A,2020\nb,B,\n"
        batch = read_files(tmp_path, {"organisations.csv": text}, as_of="2026-08-31")
        assert [record.values["as_of"] for record in batch.records] == ["2020", "2026-08-31"]


class TestSources:
    def test_a_filled_source_column_wins_and_gives_one_batch_per_value(self, tmp_path: Path):
        text = "id,name,source\na,A,register\nb,B,\nc,C,survey  2026\n"
        batches = read(write_files(tmp_path / "mine", {"organisations.csv": text, "note.csv": "x"}))

        assert [(batch.source, batch.rows_read) for batch in batches] == [
            ("register", 1), ("mine", 1), ("survey 2026", 1),
        ]  # fmt: skip
        assert [len(batch.assumed) for batch in batches] == [1, 0, 0]
        assert batches[0].records[0].key == "register:a"

    def test_a_source_with_a_colon_is_refused_row_by_row(self, tmp_path: Path):
        batch = read_files(tmp_path, {"organisations.csv": "id,name,source\na,A,x:y\nb,B,z\n"})
        assert (batch.source, batch.rows_read, batch.refused) == ("z", 2, 1)
        assert "colon" in batch.faults[0].why

    def test_rows_that_are_too_long_count_with_the_delivery(self, tmp_path: Path):
        batch = read_files(tmp_path / "mine", {"organisations.csv": "id,name\na,A,b,c\n"})
        assert (batch.source, batch.rows_read, batch.refused, batch.records) == ("mine", 1, 1, ())


class TestFaults:
    @pytest.mark.parametrize(
        ("file", "text", "column", "value", "why"),
        [
            ("organisations.csv", "id,name,staff\na,A,12\nb,B,many", "staff", "many", "not a number"),
            ("organisations.csv", "id,name,staff\na,A,12\nb,B,1e300", "staff", "1e300", "too large"),
            ("organisations.csv", "id,name,founded\na,A,2001\nb,B,٢٠٢٦", "founded", "٢٠٢٦", "not a date"),
            ("organisations.csv", "id,name,founded\na,A,2001\nb,B,31.02.2001", "founded", "31.02.2001", "not a date"),
            ("organisations.csv", "id,name,country\na,A,DE\nb,B,Germany", "country", "Germany", "not a country code"),
            ("organisations.csv", "id,name\na,A\nb,", "name", "", "cell is empty"),
            ("ownerships.csv", "owner,owned\nx:a,x:b\nx:a,c", "owned", "c", "No row of organisations"),
        ],
    )
    def test_a_faulty_row_is_refused_and_says_where_and_why(
        self, tmp_path: Path, file: str, text: str, column: str, value: str, why: str
    ):
        batch = read_files(tmp_path, {file: text})

        assert (batch.rows_read, batch.refused, len(batch.records)) == (2, 1, 1)
        (fault,) = batch.faults
        assert (fault.place, fault.column, fault.value) == (Place(file, "", 3), column, value)
        assert why in fault.why
        assert fault.advice


class TestWhatCannotBeReadSaysWhy:
    def test_a_folder_without_tables(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"Found: photo\.jpg\. Say what it holds with --as, one of: organisations"):
            read_files(tmp_path, {"photo.jpg": b"\xff\xd8\xff"})

    def test_an_empty_file(self, tmp_path: Path):
        with pytest.raises(DataError, match=r"organisations\.csv is empty"):
            read_files(tmp_path, {"organisations.csv": ""})

    def test_headers_without_rows(self, tmp_path: Path):
        with pytest.raises(DataError, match="holds no rows below its headers"):
            read_files(tmp_path, {"organisations.csv": "id,name\n"})

    def test_an_image_named_as_a_table(self, tmp_path: Path):
        with pytest.raises(DataError, match="is an image"):
            read_files(tmp_path, {"organisations.csv": b"\x89PNG\r\n\x1a\n\x00"})

    def test_a_text_named_as_a_workbook(self, tmp_path: Path):
        with pytest.raises(DataError, match="is not a whole workbook"):
            read_files(tmp_path, {"organisations.xlsx": FIRMS})


def test_a_delivery_is_recognised_by_the_names_in_it(tmp_path: Path):
    def recognised(name: str) -> bool:
        return tabular.recognises(open_delivery(write_files(tmp_path / name, {name: "x"})))

    assert recognised("offers.csv")
    assert recognised("Offers.TXT")
    assert recognised("anything.xlsx")
    assert not recognised("anything.csv")
    assert not recognised("offers.json")  # no array


class _InMemory:
    """A file that lies nowhere, so that many can be tried quickly."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read_bytes(self) -> bytes:
        return self.data


def in_memory(name: str, data: bytes) -> Delivery:
    return Delivery("generated", (File(name, _InMemory(data)),))  # type: ignore[arg-type]


def rows_add_up(delivery: Delivery) -> None:
    """Whatever is brought, every row read is stored or refused, or the file is refused with words."""
    try:
        batches = tabular.read(delivery, Reading(source="generated"))
    except DataError:
        return
    for batch in batches:
        refused = {fault.place for fault in batch.faults}
        stored = {record.place for record in batch.records}
        assert not refused & stored
        assert len(stored) <= batch.rows_read - batch.refused
        assert bool(stored) == (batch.rows_read > batch.refused)


WORDS = {
    "text": ["a", "b", "DE"], "reference": ["a", "b", "x:y", "vat:DE1"], "list": ["a;b", ";"], "boolean": ["yes", "no"],
    "integer": ["2", "3"], "number": ["0.5", "0,25"], "date": ["2026", "2026-01-31"],
}  # fmt: skip
"""Cells that fit a type, so that some rows are stored; some name an id that may or may not be there."""


def cells_of(field: Field) -> st.SearchStrategy[str]:
    fitting = st.sampled_from(list(field.choices) or WORDS[field.type])
    any_cell = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=8)
    return st.one_of(fitting, fitting, fitting, any_cell)


@st.composite
def any_table(draw: st.DrawFn, kind: str) -> str:
    """A table of a kind: all its required columns and some others, with cells that fit and cells that do not."""
    declared = (*KINDS[kind].fields, *COMMON, Field("extra", "text", "Unknown"))
    chosen = draw(st.lists(st.sampled_from(declared), min_size=2, unique=True))
    fields = [*dict.fromkeys([*(field for field in KINDS[kind].fields if field.required), *chosen])]
    rows = draw(st.lists(st.tuples(*map(cells_of, fields)).map(list), min_size=1, max_size=6))
    if draw(st.booleans()):
        rows[-1] = rows[-1] + ["too", "much"]
    table = [[field.name for field in fields], *rows]
    return "\n".join(";".join('"' + cell.replace('"', '""') + '"' for cell in row) for row in table)


@given(st.sampled_from(sorted(KINDS)).flatmap(lambda kind: st.tuples(st.just(kind), any_table(kind))))
def test_rows_in_are_rows_stored_and_rows_refused_for_any_table(kind_and_text: tuple[str, str]):
    kind, text = kind_and_text
    rows_add_up(in_memory(f"{kind}.csv", text.encode()))


@given(st.sampled_from(sorted(KINDS)), st.text())
def test_no_text_raises_anything_but_a_data_error(kind: str, text: str):
    rows_add_up(in_memory(f"{kind}.csv", text.encode()))


@given(st.sampled_from(["organisations.csv", "organisations.xlsx"]), st.binary())
def test_no_bytes_raise_anything_but_a_data_error(name: str, data: bytes):
    rows_add_up(in_memory(name, data))
