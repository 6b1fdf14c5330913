"""Surveys whose columns are capabilities and whose cells are marks."""

import pytest

from tests.sources.files import make_table
from valuechain.sources.lists._marks import read_mark
from valuechain.sources.lists.survey_matrix import Matrix, find_matrix, matrix_rows
from valuechain.sources.tables.table import Table


def table(header: str, *lines: str, sheet: str = "", file: str = "survey.csv") -> Table:
    made = make_table(file, sheet, [line.split(";") for line in (header, *lines)])
    assert made is not None
    return made


def found(one: Table, *but: str) -> Matrix | None:
    return find_matrix(one, [name for name in one.columns if name not in ("Firma", *but)])


def told(one: Table, matrix: Matrix | None) -> list[list[tuple[str, dict]]]:
    assert matrix is not None
    return [matrix_rows(matrix, row) for row in one.rows]


CROSSES = table("Firma;Laser;Optik;Sensorik", "A;x;;X", "B;;✓;(x)", "C;;;")


def test_crosses_mean_what_the_organisation_offers():
    matrix = found(CROSSES)

    assert matrix is not None
    assert dict(matrix.columns) == {"Laser": "Laser", "Optik": "Optik", "Sensorik": "Sensorik"}
    assert matrix.meaning == "offers"
    assert "'Laser', 'Optik' and 'Sensorik' hold marks" in matrix.why
    assert "offers" in matrix.why
    assert "Nothing says so" in matrix.why
    assert told(CROSSES, matrix) == [
        [("Laser", {}), ("Sensorik", {})],
        [("Optik", {}), ("Sensorik", {"extent": "partly"})],
        [],
    ]


@pytest.mark.parametrize(
    ("header", "meaning", "words"),
    [
        ("bietet: Laser;bietet: Optik", "offers", ["Laser", "Optik"]),
        ("bietet Laser;bietet Optik", "offers", ["Laser", "Optik"]),
        ("Wir bieten: Laser;Wir bieten: Optik", "offers", ["Laser", "Optik"]),
        ("Angebotene Kompetenzen Laser;Angebotene Kompetenzen Optik", "offers", ["Laser", "Optik"]),
        ("What do you need? Lasers;What do you need? Optics", "needs", ["Lasers", "Optics"]),
        ("Lieferanten Alpha GmbH;Lieferanten Beta AG", "supplies", ["Alpha GmbH", "Beta AG"]),
        ("sucht Laser;sucht Optik", "needs", ["Laser", "Optik"]),
        ("Bedarf – Laser;Bedarf – Optik", "needs", ["Laser", "Optik"]),
        ("Laser (Bedarf);Optik (Bedarf)", "needs", ["Laser", "Optik"]),
        ("Laser - needs;Optik - needs", "needs", ["Laser", "Optik"]),
        ("Laser gesucht;Optik gesucht", "needs", ["Laser", "Optik"]),
        ("Technologiebedarf / Laser;Technologiebedarf / Optik", "needs", ["Laser", "Optik"]),
        ("needs | lasers;needs | optics", "needs", ["lasers", "optics"]),
        ("Lieferanten / Alpha GmbH;Lieferanten / Beta AG", "supplies", ["Alpha GmbH", "Beta AG"]),
        ("Lieferant A;Lieferant B", "supplies", ["Lieferant A", "Lieferant B"]),
        ("Supplier: Alpha;Supplier: Beta", "supplies", ["Alpha", "Beta"]),
    ],
)
def test_headers_say_what_a_mark_means(header: str, meaning: str, words: list[str]):
    matrix = found(table(f"Firma;{header}", "A;x;", "B;;x"))
    assert matrix is not None
    assert (matrix.meaning, list(matrix.columns.values())) == (meaning, words)
    assert "Nothing says so" not in matrix.why


@pytest.mark.parametrize(
    ("sheet", "file", "meaning"),
    [
        ("Bedarf", "survey.xlsx", "needs"),
        ("", "members_needs_2026.csv", "needs"),
        ("Suppliers", "survey.xlsx", "offers"),
        ("Angebot und Nachfrage", "survey.xlsx", "offers"),
    ],
)
def test_the_sheet_or_file_may_say_it(sheet: str, file: str, meaning: str):
    matrix = found(table("Firma;Laser;Optik;UV", "A;x;x;x", sheet=sheet, file=file))
    assert matrix is not None
    assert matrix.meaning == meaning


def test_a_sheet_of_suppliers_names_them_in_columns_only_if_those_are_firms():
    matrix = found(table("Firma;Alpha GmbH;Beta AG;Gamma", "A;x;x;x", sheet="Lieferanten"))
    assert matrix is not None
    assert matrix.meaning == "supplies"


def test_offers_and_needs_side_by_side_are_two_matrices():
    one = table("Firma;bietet Laser;bietet Optik;sucht Laser;sucht Optik", "A;x;;;x", "B;;x;x;")
    first = found(one)
    assert first is not None
    second = found(one, *first.columns)

    assert (first.meaning, told(one, first)) == ("offers", [[("Laser", {})], [("Optik", {})]])
    assert second is not None
    assert (second.meaning, told(one, second)) == ("needs", [[("Optik", {})], [("Laser", {})]])
    assert found(one, *first.columns, *second.columns) is None


def test_a_group_header_over_capabilities_is_taken_off_their_words():
    matrix = found(table("Firma;Technik / Laser;Technik / Optik;Technik / UV", "A;x;x;x"))
    assert matrix is not None
    assert list(matrix.columns.values()) == ["Laser", "Optik", "UV"]

    matrix = found(table("Firma;Kompetenzen Laser;Kompetenzen Optik;Kompetenzen UV", "A;x;x;x"))
    assert matrix is not None
    assert list(matrix.columns.values()) == ["Laser", "Optik", "UV"]


def test_a_word_that_capabilities_share_is_no_group():
    names = ["Laser welding", "Laser cutting", "Technologie Transfer", "Print on demand"]
    matrix = found(table(f"Firma;{';'.join(names)}", "A;x;x;x;x"))
    assert matrix is not None
    assert (matrix.meaning, list(matrix.columns.values())) == ("offers", names)


def test_a_no_counts_only_where_others_say_yes():
    one = table("Firma;Laser;Optik;UV", "A;ja;x;nein", "B;nein;;nein", "C;-;-;ja", "D;;;", "E;?;;k.A.")
    assert told(one, found(one)) == [
        [("Laser", {}), ("Optik", {}), ("UV", {"holds": "no"})],
        [("Laser", {"holds": "no"}), ("UV", {"holds": "no"})],
        [("Optik", {"holds": "no"}), ("UV", {})],
        [],
        [],
    ]


def test_a_column_of_noes_alone_is_no_capability():
    one = table("Firma;Laser;Optik;UV;IR", "A;x;x;nein;x", "B;;;nein;")
    assert told(one, found(one))[1] == []


def test_a_column_of_noes_may_make_up_a_matrix():
    one = table("Firma;Laser;Optik;UV", "A;1;0;1", "B;0;0;1")
    assert told(one, found(one)) == [[("Laser", {}), ("UV", {})], [("Laser", {"holds": "no"}), ("UV", {})]]
    assert found(table("Firma;Laser;Optik;UV", "A;ja;nein;nein")) is None


def test_ones_and_zeros_are_yes_and_no():
    one = table("Firma;Laser;Optik;UV", "A;1;1;1", "B;0;0;1")
    assert told(one, found(one)) == [
        [("Laser", {}), ("Optik", {}), ("UV", {})],
        [("Laser", {"holds": "no"}), ("Optik", {"holds": "no"}), ("UV", {})],
    ]


@pytest.mark.parametrize(
    ("header", "sheet"),
    [
        ("TRL Laser;TRL Optik;UV (TRL)", ""),
        ("Laser;Optik;UV", "TRL 2026"),
        ("TRL: Laser;TRL: Optik;TRL: UV", ""),
    ],
)
def test_numbers_are_readiness_levels_where_that_is_said(header: str, sheet: str):
    one = table(f"Firma;{header}", "A;4;9;1", "B;0;5;7", sheet=sheet)
    assert told(one, found(one)) == [
        [("Laser", {"trl": 4}), ("Optik", {"trl": 9}), ("UV", {"trl": 1})],
        [("Optik", {"trl": 5}), ("UV", {"trl": 7})],
    ]


def test_numbers_beside_crosses_are_readiness_levels_too():
    one = table("Firma;Laser;Optik;UV", "A;x;TRL 6;x", "B;7;x;x")
    assert told(one, found(one)) == [
        [("Laser", {}), ("Optik", {"trl": 6}), ("UV", {})],
        [("Laser", {"trl": 7}), ("Optik", {}), ("UV", {})],
    ]


def test_counts_and_shares_of_something_else_are_no_matrix():
    assert found(table("Firma;Patente;Messen;Lehrlinge", "A;3;2;4", "B;1;0;2")) is None
    assert found(table("Firma;Exportquote;F&E-Quote;Frauenanteil", "A;30 %;5 %;40 %")) is None
    assert found(table("Firma;Newsletter;DSGVO;Mitglied seit;exports", "A;x;x;x;x")) is None
    assert found(table("Firma;Laser;Optik", "A;x;x")) is None
    assert found(table("Firma;Ort;Branche;Notiz", "A;Jena;Optik;gut")) is None
    assert found(table("Firma;a;b;c", "A;;;", "B;;;")) is None


def test_shares_of_suppliers_are_shares_of_what_is_bought():
    one = table("Firma;Lieferant: Alpha;Lieferant: Beta", "A;60 %;40 %", "B;;0.25")
    assert told(one, found(one)) == [[("Alpha", {"share": 0.6}), ("Beta", {"share": 0.4})], [("Beta", {"share": 0.25})]]


def test_shares_of_offers_do_not_say_of_what():
    one = table("Firma;bietet Laser;bietet Optik", "A;60 %;x")
    assert told(one, found(one)) == [[("Laser", {"percent": 60.0}), ("Optik", {})]]


def test_what_is_said_beside_a_mark_is_kept_and_plans_are_plans():
    one = table("Firma;Laser;Optik;UV", "A;x (Prototyp);geplant;ja, seit 2020", "B;x;x;x")
    assert told(one, found(one))[0] == [
        ("Laser", {"remark": "Prototyp"}),
        ("Optik", {"status": "planned"}),
        ("UV", {"remark": "seit 2020"}),
    ]


def test_a_stray_remark_is_left_out_and_warned_of():
    lines = [f"{name};x;x;x" for name in "ABCD"]
    matrix = found(table("Firma;Laser;Optik;UV", *lines, "E;auf Anfrage;;x"))
    assert matrix is not None
    assert list(matrix.columns) == ["Laser", "Optik", "UV"]
    [fault] = matrix.faults
    assert (fault.place.row, fault.column, fault.value, fault.severity) == (6, "Laser", "auf Anfrage", "warning")

    crowded = table("Firma;Laser;Optik;UV;IR", "A;auf Anfrage;x;x;x", "B;x;x;x;x")
    assert "Laser" not in getattr(found(crowded), "columns", {})


def test_typed_cells_of_workbooks_are_marks():
    assert read_mark(True) is not None
    assert [getattr(read_mark(cell), "sort", None) for cell in (True, False, 1, 0.3, 12, 2.5)] == [
        "yes", "no", "number", "share", None, None,
    ]  # fmt: skip
    assert read_mark("130 %") is None
