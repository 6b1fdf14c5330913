"""Which column fills which field: header and cells together, each field once, persons never."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.files import make_table
from valuechain.model.errors import DataError
from valuechain.sources import listing
from valuechain.sources.delivery import Delivery
from valuechain.sources.lists.contacts import Contact, contacts_csv, contacts_of
from valuechain.sources.lists.mapping import SURE, UNSURE, Column, match_columns
from valuechain.sources.lists.mapping_file import Mapping, read_mapping, recall, remember, shape, write_mapping
from valuechain.sources.lists.mapping_proposal import proposal, used_mappings
from valuechain.sources.lists.mapping_signs import is_nothing, is_vat_number, vat_of
from valuechain.sources.lists.mapping_target import read_target
from valuechain.sources.lists.mapping_values import agreement, evidence
from valuechain.sources.reading import Reading
from valuechain.sources.tables.files import File
from valuechain.sources.tables.table import Table


def table(*grid: Sequence[object], file: str = "list.csv") -> Table:
    made = make_table(file, "", [list(row) for row in grid])  # type: ignore[arg-type]
    assert made is not None
    return made


def taken(grid: Table, said: dict[str, str] | None = None) -> dict[str, Column]:
    return {column.name: column for column in match_columns(grid, said)}


def filled(grid: Table, said: dict[str, str] | None = None) -> dict[str, str]:
    """What each column is used for: a target, or what else is done with it."""
    return {name: str(column.fills or column.use) for name, column in taken(grid, said).items()}


class TestHeaderAndCells:
    def test_cells_that_fit_leave_a_header_as_sure_as_it_is(self):
        column = taken(table(["Firma", "PLZ"], ["Alpha GmbH", "07745"], ["Beta AG", "99084"]))["PLZ"]

        assert column.match.score == 1.0
        assert column.match.why == "header is German for postcode; values look like postcodes"

    def test_cells_that_contradict_make_a_header_unsure(self):
        column = taken(table(["Firma", "PLZ"], ["Alpha GmbH", "Jena"], ["Beta AG", "Erfurt"]))["PLZ"]

        assert (column.use, column.match.field, column.match.score) == ("keep", "", 0.0)
        half = taken(table(["Firma", "PLZ"], ["Alpha GmbH", "Jena"], ["Beta AG", "99084"]))["PLZ"]
        assert (half.use, half.match.field) == ("keep", "organisations.postcode")
        assert UNSURE <= half.match.score < SURE
        assert "but only 50% of the values look like postcodes; not sure" in half.match.why

    def test_cells_that_say_nothing_do_not_count(self):
        grid = table(["Firma", "Land"], ["Alpha", "Polen"], ["Beta", "k. A."], ["Gamma", "-"], ["Delta", None])
        assert filled(grid)["Land"] == "organisations.country"

    def test_telling_cells_make_a_weak_header_sure(self):
        weak = table(["Firma", "Nr. TVA xyz"], ["Alpha GmbH", "blau"], ["Beta AG", "rot"])
        told = table(["Firma", "Nr. TVA xyz"], ["Alpha GmbH", "FR12345678901"], ["Beta AG", "FR98765432109"])

        assert filled(weak)["Nr. TVA xyz"] == "keep"
        assert filled(told)["Nr. TVA xyz"] == "organisations.vat"

    def test_cells_alone_are_enough_where_nothing_else_looks_so(self):
        grid = table(["Firma", "Feld 7"], ["Alpha GmbH", "DE123456789"], ["Beta AG", "ATU12345678"])

        column = taken(grid)["Feld 7"]
        assert (str(column.fills), column.match.score) == ("organisations.vat", 0.9)
        assert column.match.why == "values look like VAT numbers"

    def test_cells_alone_are_proposed_where_others_look_so_too(self):
        grid = table(["Firma", "Feld 7"], ["Alpha GmbH", "www.alpha.example"], ["Beta AG", "beta.example"])

        column = taken(grid)["Feld 7"]
        assert (column.use, column.match.field) == ("keep", "organisations.website")
        assert UNSURE <= column.match.score < SURE

    def test_known_headers_without_a_field_are_not_overruled_by_cells(self):
        grid = table(["Firma", "Quelle"], ["Alpha GmbH", "https://a.example"], ["Beta AG", "https://b.example"])
        assert filled(grid)["Quelle"] == "keep"

    def test_marks_are_no_words(self):
        grid = table(["Firma", "Dienstleistungen"], ["Alpha GmbH", "ja"], ["Beta AG", "nein"])
        assert filled(grid)["Dienstleistungen"] == "keep"


class TestEachFieldOnce:
    def test_is_filled_by_the_best_column(self):
        grid = table(["Stadt/Land", "Ort", "Firma"], ["Jena", "Jena", "Alpha GmbH"])

        assert filled(grid) == {"Stadt/Land": "keep", "Ort": "organisations.city", "Firma": "organisations.name"}

    def test_of_equals_the_first_is_taken_and_the_other_says_so(self):
        grid = table(["Stadt", "Ort", "Firma"], ["Jena", "Gera", "Alpha GmbH"])

        assert filled(grid)["Stadt"] == "organisations.city"
        assert taken(grid)["Ort"].match.why == "city is filled by the column 'Stadt' already; kept as an extra property"

    def test_does_not_hold_for_what_makes_records(self):
        grid = table(["Firma", "Produkte", "Leistungen", "Kompetenz 2"], ["Alpha", "Laser", "Beratung", "Optik"])
        assert list(filled(grid).values())[1:] == ["offers.capability"] * 3

    def test_a_cluster_is_the_name_of_a_row_that_has_no_other(self):
        assert filled(table(["Cluster", "Land"], ["OptoNet", "DE"]))["Cluster"] == "organisations.name kind=cluster"
        assert filled(table(["Cluster", "Firma"], ["OptoNet", "Alpha"]))["Cluster"] == "memberships.cluster"


class TestPersons:
    def test_beside_a_firm_a_plain_name_is_that_of_a_person(self):
        grid = table(["Firma", "Name"], ["Alpha GmbH", "Eva Muster"])
        assert filled(grid) == {"Firma": "organisations.name", "Name": "person"}

    def test_beside_a_first_name_a_plain_name_is_none_of_a_firm(self):
        assert filled(table(["Vorname", "Name", "Ort"], ["Eva", "Muster", "Jena"]))["Name"] == "person"
        assert filled(table(["Prénom", "Nom"], ["Eva", "Alpha SARL"]))["Nom"] == "organisations.name"

    def test_cells_with_addresses_tell_of_persons_whatever_the_header(self):
        grid = table(["Firma", "Feld 7"], ["Alpha GmbH", "eva@alpha.example"])
        assert filled(grid)["Feld 7"] == "person"

    def test_are_not_kept_even_where_somebody_says_so(self):
        grid = table(["Firma", "Telefon", "Notiz"], ["Alpha GmbH", "0123", "eva@alpha.example"])
        assert filled(grid, {"Telefon": "keep", "Notiz": "keep"}) == {
            "Firma": "organisations.name", "Telefon": "person", "Notiz": "person",
        }  # fmt: skip


class TestWhatIsSaid:
    def test_comes_first(self):
        grid = table(["Firma", "Ort", "Kürzel"], ["Alpha GmbH", "Jena", "A"])
        said = {"KÜRZEL": "organisations.id", "Ort": "leave out", "firma": "organisations.aliases"}

        assert filled(grid, said) == {
            "Firma": "organisations.aliases",
            "Ort": "leave out",
            "Kürzel": "organisations.id",
        }
        assert {column.match.why for column in match_columns(grid, {"Ort": "keep"}) if column.name == "Ort"} == {
            "kept as an extra property, as the mapping says"
        }

    def test_takes_the_field_from_others(self):
        grid = table(["Firma", "Sitz", "Ort"], ["Alpha GmbH", "Jena", "Gera"])
        assert filled(grid, {"Sitz": "organisations.city"})["Ort"] == "keep"


class TestTargets:
    def test_are_fields_with_constants(self):
        target = read_target("markets.market stage=exporting scheme=country")

        assert (target.name, target.constants) == (
            "markets.market",
            (("stage", "exporting"), ("scheme", "country")),
        )
        assert str(target) == "markets.market stage=exporting scheme=country"

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("organisations.nmae", "A column cannot fill 'organisations.nmae'. Use one such as organisations.name"),
            ("capabilities.label", "A column cannot fill 'capabilities.label'."),
            ("xyz", "A column cannot fill 'xyz'. Use one such as organisations.id"),
            ("markets.market stage", "'stage' behind markets.market is not a field with a value."),
            ("markets.market colour=red", "'colour=red' behind markets.market is not a field with a value."),
            ("markets.market stage=often", "'stage=often' behind markets.market: This word is not known here."),
        ],
    )
    def test_that_there_are_not_are_refused_with_advice(self, text: str, message: str):
        with pytest.raises(DataError) as caught:
            read_target(text)
        assert str(caught.value).startswith(message)


def test_vat_numbers_are_told_by_the_form_of_their_country():
    assert all(
        map(is_vat_number, ["DE123456789", "ATU 123 456 78", "PL 526-104-08-28", "SE556012345601", "NL123456789B01"])
    )
    assert not any(map(is_vat_number, ["DE12", "123456789", "XX123456789", ""]))
    assert (vat_of("GR", "123456789"), vat_of("DE", "1"), vat_of("US", "1")) == ("EL123456789", None, None)


def test_agreement_and_evidence_are_shares():
    assert agreement("organisations.country", ["Deutschland", "PL", "Atlantis", "D"]) == 0.75
    assert agreement("organisations.country", []) == 1.0
    assert evidence("organisations.lei", ["529900T8BM49AURSDO55", "?"]) == pytest.approx(0.45)
    assert evidence("organisations.city", ["Jena"]) == 0.0


@pytest.mark.parametrize("cell", ["-", "–", "k. A.", "n/a", "?", "keine Angabe", "brak", "saknas", "...", "Néant"])
def test_signs_for_nothing_say_nothing(cell: str):
    assert is_nothing(cell)


@pytest.mark.parametrize("cell", [None, "", 0, "0", "Nordstern", "Ja", "x"])
def test_other_cells_are_no_signs_for_nothing(cell: object):
    assert not is_nothing(cell)  # type: ignore[arg-type]


FILE = """
# As our list is kept
kind of row: rto
cluster: optonet
separators: {Produkte: "/"}
matrix:
  Laser: needs
columns:
  Firma: organisations.name
  Export: markets.market stage=exporting
  No: keep
  2023: leave out
"""


class TestMappingFiles:
    def test_say_what_columns_fill(self):
        assert read_mapping(FILE) == Mapping(
            {"Firma": "organisations.name", "Export": "markets.market stage=exporting", "No": "keep",
             "2023": "leave out"},
            "rto", "optonet", {"Produkte": "/"}, {"Laser": "needs"},
        )  # fmt: skip

    def test_may_say_nothing(self):
        assert read_mapping("") == read_mapping("columns:") == read_mapping("kind of row: organisation") == Mapping()

    @pytest.mark.parametrize(
        ("text", "message"),
        [
            ("column:\n  Firma: keep", "The mapping has a key 'column' that is not known here. Write 'columns'."),
            ("xyzzy: 1", "The mapping has a key 'xyzzy' that is not known here. The keys are: kind of row, cluster,"),
            (
                "columns:\n  Firma: organisation.name",
                "The mapping of the column 'Firma' is not known here: A column cannot",
            ),
            ("columns:\n  Firma: keep\n  Firma: keep", "The mapping names 'Firma' twice."),
            ("columns: [Firma]", "Line 1 of the mapping is no pair of names."),
            ("columns:\n  Firma:\n    x: {y: z}", "Line 3 of the mapping is no pair of names."),
            ("columns:\n  Firma: {x: y}", "Line 2 of the mapping is no pair of names."),
            ("columns: Firma", "What stands below 'columns' in the mapping is no list of columns."),
            ("cluster: {a: b}", "'cluster' in the mapping is no single value."),
            ("kind of row: giant", "The mapping has a kind of row 'giant' that is not known here."),
            ("matrix: {Laser: perhaps}", "The mapping says that marks in 'Laser' mean 'perhaps'"),
            ("just words", "The mapping holds no keys."),
            ("columns: {a: b", "The mapping is not readable in line 1."),
            ("a\x00b: c", "The mapping is not readable."),
            ("x" * 200_001, "The mapping is longer than 200,000 signs."),
            ("[" * 100_000, "The mapping is nested too deeply."),
        ],
    )
    def test_at_fault_are_refused_with_advice(self, text: str, message: str):
        with pytest.raises(DataError) as caught:
            read_mapping(text)
        assert str(caught.value).startswith(message)
        assert caught.value.advice

    @given(
        st.dictionaries(st.text(min_size=1, max_size=12), st.sampled_from(["keep", "leave out", "organisations.city"])),
        st.sampled_from(["", "cluster", "sme"]),
        st.text(max_size=12).map(str.strip),
    )
    def test_written_are_read_as_they_were(self, columns: dict[str, str], row_kind: str, cluster: str):
        mapping = Mapping(columns, row_kind, cluster)
        assert read_mapping(write_mapping(mapping)) == mapping

    def test_are_kept_by_shape_and_found_again(self, tmp_path: Path):
        one, two = table(["Firma", "Ort"], ["Alpha", "Jena"]), table(["ort", "FIRMA"], ["Jena", "Alpha"])
        path = remember(
            tmp_path / "kept", Mapping({"Firma": "organisations.name"}, shape=shape(one), used="2026-11-22")
        )

        assert path.name == f"{shape(one)}.yaml"
        assert recall(tmp_path / "kept", shape(two)) == read_mapping(path.read_text(encoding="utf-8"))
        assert recall(tmp_path / "kept", shape(table(["Firma", "PLZ"], ["Alpha", "1"]))) is None

    def test_that_are_kept_but_damaged_are_forgotten(self, tmp_path: Path):
        (tmp_path / "0123456789abcdef.yaml").write_text("nonsense: 1", encoding="utf-8")
        assert recall(tmp_path, "0123456789abcdef") is None

    def test_cannot_be_kept_without_a_shape_or_a_folder(self, tmp_path: Path):
        with pytest.raises(DataError, match="without a shape cannot be kept"):
            remember(tmp_path, Mapping(shape="../../x"))
        (tmp_path / "file").touch()
        with pytest.raises(DataError, match="cannot be written"):
            remember(tmp_path / "file", Mapping(shape="0" * 16))


MEMBERS = table(
    ["Firma", "Standort", "Feld 7", "Ansprechpartner", "Produkte"],
    ["Alpha GmbH", "Jena", "alpha.example", "Eva Muster", "Laser/Optik"],
    ["Beta AG", "Gera", "beta.example", "-", "Glas"],
)


MARKED = table(
    ["Firma", "Ort", "Laser", "Optik", "Glas"],
    ["Alpha GmbH", "Jena", "x", "", "x"],
    ["Beta AG", "Gera", "x", "x", ""],
)


class _Fixed(Delivery):
    """A delivery whose tables are there already."""

    @property
    def tables(self) -> tuple[Table, ...]:
        return (MEMBERS,)


LIST = _Fixed("list", (File("list.csv", Path("list.csv")),))


class TestAMappingInAnImport:
    def test_decides_what_the_rows_say(self):
        mapping = (
            "kind of row: sme\ncluster: OptoNet\nseparators: {produkte: /}\ncolumns: {Feld 7: organisations.website}"
        )
        (batch,) = listing.read(LIST, Reading(source="list", mapping=mapping))

        first = batch.records[0]
        assert (first.values["kind"], first.values["website"]) == ("sme", "alpha.example")
        assert [r.values["capability"] for r in batch.records if r.kind == "offers"] == [
            "term:laser", "term:optik", "term:glas",
        ]  # fmt: skip
        assert {r.values["cluster"] for r in batch.records if r.kind == "memberships"} == {"list:optonet"}
        assert any(r.values.get("name") == "OptoNet" for r in batch.records)

    def test_names_the_cluster_by_key_too(self):
        (batch,) = listing.read(LIST, Reading(source="list", mapping="cluster: clusters:optonet"))
        assert {r.values["cluster"] for r in batch.records if r.kind == "memberships"} == {"clusters:optonet"}

    def test_that_names_a_column_which_is_not_there_is_refused(self):
        with pytest.raises(DataError, match="names a column 'Umsatz' that is not there"):
            listing.read(LIST, Reading(source="list", mapping="columns: {Umsatz: keep}"))

    def test_may_turn_around_what_marks_mean(self):
        grid = table(
            ["Firma", "Ort", "Laser", "Optik", "Glas"], ["A GmbH", "Jena", "x", "", "x"], ["B AG", "G", "x", "x", ""]
        )

        class Marked(_Fixed):
            @property
            def tables(self) -> tuple[Table, ...]:
                return (grid,)

        delivery = Marked("list", LIST.files)
        said = "matrix: {Laser: needs, Optik: needs, Glas: needs}"
        (offered,) = listing.read(delivery, Reading(source="list"))
        (needed,) = listing.read(delivery, Reading(source="list", mapping=said))
        assert {record.kind for record in offered.records} == {"organisations", "offers"}
        assert {record.kind for record in needed.records} == {"organisations", "needs"}

    def test_is_remembered_and_used_for_the_same_columns_again(self, tmp_path: Path):
        said = Reading(source="list", mapping="columns: {Feld 7: organisations.website}")
        for used in used_mappings([MEMBERS], said):
            remember(tmp_path, used)

        (batch,) = listing.read(LIST, Reading(source="list", remembered=tmp_path))
        assert batch.records[0].values["website"] == "alpha.example"
        assert any(sentence.startswith("list.csv: columns as in the import of 20") for sentence in batch.assumed)
        assert contacts_of([MEMBERS], Reading(source="list", remembered=tmp_path))[0].value == "Eva Muster"
        assert "Eva" not in str(batch.records)

    def test_that_is_remembered_leaves_open_what_was_not_sure(self):
        (used,) = used_mappings([MEMBERS], Reading())

        assert used.columns == {
            "Firma": "organisations.name",
            "Standort": "organisations.city",
            "Produkte": "offers.capability",
        }
        assert used.shape == shape(MEMBERS)


class TestProposals:
    def test_say_each_column_with_score_and_reason(self):
        text = proposal([MEMBERS], Reading())

        assert "  Firma: organisations.name  # 1.00 header is German or Polish for name; values look like" in text
        assert "  Feld 7: keep  # 0.70 perhaps organisations.website: values look like web addresses" in text
        assert "  # Ansprechpartner: looks like data about persons" in text

    def test_are_mapping_files_that_read_as_they_were_shown(self):
        text = proposal([MEMBERS], Reading(mapping="kind of row: sme\ncluster: optonet\nseparators: {Produkte: /}"))

        mapping = read_mapping(text)
        assert mapping.columns["Standort"] == "organisations.city"
        assert (mapping.row_kind, mapping.cluster, mapping.separators) == ("sme", "optonet", {"Produkte": "/"})

    def test_show_all_columns_where_none_is_surely_a_name(self):
        assert "Was: keep" in proposal([table(["Datum", "Was"], ["1.2.2024", "Treffen"])], Reading())

    def test_say_what_marks_mean(self):
        grid = table(
            ["Firma", "Ort", "Laser", "Optik", "Glas"], ["A GmbH", "Jena", "x", "", "x"], ["B AG", "G", "x", "x", ""]
        )

        assert read_mapping(proposal([grid], Reading())).matrix == {
            "Laser": "offers",
            "Optik": "offers",
            "Glas": "offers",
        }
        (used,) = used_mappings([grid], Reading())
        assert used.matrix == {"Laser": "offers", "Optik": "offers", "Glas": "offers"}


class TestContacts:
    def test_belong_to_the_organisations_of_the_import(self):
        contacts = contacts_of([MEMBERS], Reading(source="list"))
        (batch,) = listing.read(LIST, Reading(source="list"))

        assert contacts == [Contact("list:alpha-gmbh", "Ansprechpartner", "Eva Muster")]
        assert contacts[0].organisation in {record.key for record in batch.records if record.kind == "organisations"}

    def test_are_written_as_a_table_that_no_spreadsheet_calculates_with(self):
        contacts = [Contact("a:1", "E-Mail", "x@y.example"), Contact("a:1", "Tel", "+49 123")]

        assert contacts_csv(contacts) == "organisation,column,value\r\na:1,E-Mail,x@y.example\r\na:1,Tel,'+49 123\r\n"


@given(st.lists(st.lists(st.text(max_size=8), min_size=3, max_size=3), max_size=4), st.text(max_size=20))
@settings(deadline=None, max_examples=60)
def test_every_table_gives_one_column_for_each_of_its_own(rows: list[list[str]], header: str):
    try:
        made = make_table("x.csv", "", [["Firma", "Ort", header], *rows])
    except DataError:
        return
    assert made is not None
    columns = match_columns(made)
    assert [column.name for column in columns] == list(made.columns)
    assert all(0 <= column.match.score <= 1 and column.match.why for column in columns)
