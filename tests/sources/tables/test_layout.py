"""Where the table lies on a sheet: headers, titles, groups, further tables, totals."""

import io
from collections.abc import Sequence
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.files import make_table
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.sources.tables.grid import is_empty
from valuechain.sources.tables.table import Table, table_in
from valuechain.sources.tables.text import read_text
from valuechain.sources.tables.workbook import read_sheets

HEADER = ["id", "name", "staff"]


def table(*rows: Sequence[Any]) -> Table:
    found = make_table("list.csv", "", rows)
    assert found is not None
    return found


def cells(found: Table) -> list[list[Cell]]:
    return [[row.cells.get(name) for name in found.columns] for row in found.rows]


def places(found: Table) -> list[int]:
    return [row.place.row for row in found.rows]


class TestTheHeader:
    def test_is_the_first_row_and_then_nothing_is_said(self):
        found = table(HEADER, ["a", "Alpha", 3])
        assert (found.columns, found.header_row, found.assumed) == (("id", "name", "staff"), 1, ())

    def test_is_found_below_a_title_notes_and_blank_rows_and_that_is_said(self):
        found = table(
            ["Members of the cluster"], [], ["As of 31.03.2026, source: survey"], [], HEADER, ["a", "Alpha", 3]
        )

        assert (found.columns, found.header_row, places(found)) == (("id", "name", "staff"), 5, [6])
        assert found.assumed == ("list.csv: row 5 was taken as the header; what is above was not read.",)

    def test_is_found_below_pairs_of_words_and_values(self):
        found = table(
            ["Cluster", "Photonics"], ["Date", "31.03.2026"],
            ["Firm", "City", "Staff", "Offers"], ["Alpha", "Jena", 3, "lasers"], ["Beta", "Ulm", 4, "lenses"],
        )  # fmt: skip
        assert (found.header_row, places(found)) == (3, [4, 5])

    def test_is_found_below_labels_with_a_colon(self):
        found = table(["Cluster:", "Photonics"], ["Contact:", "Office"], ["Firm", "City"], ["Alpha", "Jena"])
        assert (found.columns, places(found)) == (("Firm", "City"), [4])

    def test_is_found_below_an_empty_row_where_what_is_above_is_narrower(self):
        found = table(["Cluster", "Photonics"], ["Source", "survey"], [], ["Firm", "City", "Land"], ["A", "x", "DE"])
        assert (found.columns, places(found)) == (("Firm", "City", "Land"), [5])

    def test_is_found_by_the_names_of_fields_whatever_the_width_of_rows(self):
        found = table(["id", "name"], ["a", "A", "b", "c"], ["d", "D", "e", "f"])
        assert (found.header_row, len(found.faults)) == (1, 2)

    def test_may_be_wider_than_its_rows(self):
        found = table(["Firm", "City", "Staff", "Web", "Phone", "Note"], ["Alpha", "Jena"], ["Beta", "Ulm"])
        assert found.header_row == 1
        assert len(found.columns) == 6

    def test_may_hold_years(self):
        assert table(["Firm", 2024, 2025], ["Alpha", 1, 2]).columns == ("Firm", "2024", "2025")

    def test_a_row_of_words_with_a_day_is_none(self):
        found = table(["Export", "31.03.2026", "x"], HEADER, ["a", "Alpha", 3])
        assert found.header_row == 2

    def test_without_one_the_first_row_is_told(self):
        with pytest.raises(DataError, match="has no header"):
            table([1, 2, 3], [4, 5, 6])


class TestNamesOfColumns:
    def test_a_name_that_comes_twice_gets_a_number_and_that_is_said(self):
        found = table(["Firm", "City", "firm", "FIRM"], ["a", "b", "c", "d"])
        assert found.columns == ("Firm", "City", "firm (2)", "FIRM (3)")
        assert found.assumed == (
            "list.csv names a column more than once: "
            "'firm' is called 'firm (2)' here, 'FIRM' is called 'FIRM (3)' here.",
        )

    def test_empty_columns_are_none(self):
        assert table(["Firm", "", "City"], ["Alpha", "", "Jena"]).columns == ("Firm", "City")

    def test_groups_written_in_every_column_join_the_names_below(self):
        found = table(
            ["Supplier", "Supplier", "Buyer", "Buyer"], ["name", "country", "name", "country"], ["A", "DE", "B", "FR"]
        )
        assert found.columns == ("Supplier: name", "Supplier: country", "Buyer: name", "Buyer: country")
        assert cells(found) == [["A", "DE", "B", "FR"]]
        assert found.assumed == ("list.csv: rows 1 and 2 name the columns together, such as 'Supplier: country'.",)

    def test_groups_written_once_join_the_names_below_where_these_repeat(self):
        found = table(["", "Supplier", "", "Buyer"], ["id", "name", "city", "name", "city"], [1, "A", "x", "B", "y"])
        assert found.columns == ("id", "Supplier: name", "Supplier: city", "Buyer: name", "Buyer: city")
        assert places(found) == [3]

    def test_names_below_groups_fill_the_gaps_that_groups_leave(self):
        found = table(["Capability", "Supplier", ""], ["", "name", "country"], ["lasers", "A", "DE"])
        assert found.columns == ("Capability", "Supplier: name", "Supplier: country")

    def test_a_row_below_names_that_come_twice_is_a_row_where_it_has_figures(self):
        found = table(["Firm", "Firm", "Staff"], ["Alpha 1", "Beta", "x"], ["Gamma", "Delta", "y"])
        assert found.header_row == 1
        assert len(found.rows) == 2

    def test_merged_cells_of_a_sheet_are_groups(self):
        content = io.BytesIO()
        with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
            sheet = book.add_worksheet("a")
            sheet.merge_range(0, 0, 0, 4, "Links of the chain")
            sheet.merge_range(1, 0, 2, 0, "Part")
            sheet.merge_range(1, 1, 1, 2, "Supplier")
            sheet.merge_range(1, 3, 1, 4, "Buyer")
            sheet.write_row(2, 1, ["name", "country", "name", "country"])
            sheet.merge_range(3, 0, 4, 0, "lasers")
            sheet.write_row(3, 1, ["A", "DE", "B", "FR"])
            sheet.write_row(4, 1, ["C", "DE", "D", "FR"])
        [grid] = read_sheets("list.xlsx", content.getvalue())
        found = table_in(grid)
        assert found is not None

        assert found.columns == ("Part", "Supplier: name", "Supplier: country", "Buyer: name", "Buyer: country")
        assert cells(found) == [["lasers", "A", "DE", "B", "FR"], ["lasers", "C", "DE", "D", "FR"]]
        assert places(found) == [4, 5]


class TestFurtherTables:
    def test_one_below_with_a_title_is_told_and_not_read(self):
        found = table(
            ["Firm", "Staff"], ["Alpha", 3], ["Beta", 4], [], ["Projects"], ["Project", "Euro"], ["P1", 300], ["P2", 5]
        )
        assert places(found) == [2, 3]
        assert found.assumed == (
            "list.csv holds more than one table. The first was read, not: rows 5 to 8, columns A to B. "
            "Bring each on a sheet of its own.",
        )

    def test_one_below_with_names_that_the_first_one_has_is_told(self):
        found = table(["Firm", "City", "Staff"], ["A", "x", 1], [], ["Firm", "City", "Euro"], ["B", "y", 2])
        assert places(found) == [2]

    def test_rows_below_an_empty_row_are_rows_of_the_same_table(self):
        found = table(["id", "name", "city"], ["a", "Alpha", "Jena"], [], ["b", "Beta", ""], [], ["c", "Gamma", "Ulm"])
        assert places(found) == [2, 4, 6]
        assert found.assumed == ()

    def test_one_beside_with_the_same_names_is_told_and_not_read(self):
        found = table(["Firm", "City", "", "Firm", "City"], ["A", "x", "", "B", "y"], ["C", "z", "", "", ""])
        assert cells(found) == [["A", "x"], ["C", "z"]]
        assert "rows 1 to 2, columns D to E" in found.assumed[0]

    def test_one_beside_that_starts_in_another_row_is_told(self):
        found = table(["Firm", "Staff", ""], ["A", 1, "", "Code", "Meaning"], ["B", 2, "", "x", "laser"], ["C", 3])
        assert places(found) == [2, 3, 4]
        assert "rows 2 to 3, columns D to E" in found.assumed[0]

    def test_a_list_of_words_beside_that_ends_early_is_told(self):
        legend = [["x", "laser"], ["y", "lens"], ["z", "fibre"]]
        rows = [[f"Firm {i}", i, "", *(legend[i] if i < 3 else ["", ""])] for i in range(9)]
        found = table(["Firm", "Staff", "", "Code", "Meaning"], *rows)
        assert found.columns == ("Firm", "Staff")
        assert len(found.rows) == 9

    def test_groups_of_a_survey_with_an_empty_column_between_are_one_table(self):
        found = table(
            ["", "Offers", "", "", "Needs", ""], ["Firm", "lasers", "lenses", "", "lasers", "lenses"],
            ["A", "x", "", "", "", "x"], ["B", "", "x", "", "x", ""], ["C", "x", "", "", "x", ""],
        )  # fmt: skip
        assert found.columns == ("Firm", "Offers: lasers", "Offers: lenses", "Needs: lasers", "Needs: lenses")
        assert places(found) == [3, 4, 5]

    def test_columns_behind_an_empty_one_are_columns_of_the_same_table(self):
        found = table(["Firm", "City", "", "Note", "Staff"], ["A", "x", "", "", 3], ["B", "y", "", "good", ""])
        assert found.columns == ("Firm", "City", "Note", "Staff")
        assert found.assumed == ()


class TestRowsThatAreNone:
    @pytest.mark.parametrize("word", ["Total", "Summe:", "Gesamt", "Total général", "Suma", "Totale", "Summa", "TOTAL"])
    def test_a_total_at_the_end_is_left_out_and_said(self, word: str):
        found = table(["Firm", "City", "Staff"], ["A", "x", 3], ["B", "y", 4], [word, "", 7])
        assert places(found) == [2, 3]
        assert found.rows_read == 2
        assert found.assumed == ("list.csv: row 4 was left out; it sums the rows above it.",)

    def test_a_total_of_texts_is_one_too(self):
        found = read_text("list.csv", b"Firm;Euro;Share\nA;1.234,50;50 %\nB;765,50;50 %\nSumme;2.000,00;\n")
        assert found is not None
        assert places(found) == [2, 3]

    def test_a_total_counts_figures_among_words_and_may_stand_above_notes(self):
        found = table(
            ["No", "Firm", "Staff"],
            [1, "A", "3 staff"],
            [2, "B", "10-49"],
            [3, "C", 4],
            ["", "Summe", 7],
            ["Source: us"],
        )
        assert places(found) == [2, 3, 4, 6]

    @pytest.mark.parametrize(
        "row",
        [["Total", "x", 8], ["Total SE", "Paris", 7], ["Total", "", ""], ["Totally Optics", "", 7], ["Sum", "", "x"]],
    )
    def test_what_does_not_sum_the_rows_is_a_row(self, row: list[Cell]):
        assert len(table(["Firm", "City", "Staff"], ["A", "x", 3], ["B", "y", 4], row).rows) == 3

    def test_a_total_of_a_column_that_also_holds_bands_is_one_by_its_name_in_a_wide_table(self):
        header: list[Cell] = ["Firm", "City", "Land", "Web", "Note", "Staff"]
        rows: list[list[Cell]] = [
            ["A", "x", "DE", "a.de", "n", 30],
            ["B", "y", "DE", "b.de", "n", "10-49"],
            ["C", "z", "DE", "", "n", 5],
        ]
        assert places(table(header, *rows, ["Summe", "", "", "", "", 35])) == [2, 3, 4]
        assert places(table(header, *rows, ["Summe", "Ulm", "", "", "", 35])) == [2, 3, 4, 5]
        assert places(table(["Firm", "Staff"], ["A", 30], ["B", "10-49"], ["Summe", 30])) == [2, 3, 4]

    def test_remarks_below_an_empty_row_are_left_out_and_said(self):
        found = table(["Firm", "City", "Staff"], ["A", "x", 3], ["B", "y", 4], [], ["Source: survey 2026"], ["As told"])
        assert places(found) == [2, 3]
        assert found.assumed[0] == "list.csv: row 5 was left out; it is a remark below the table."

    def test_a_row_with_a_name_alone_is_one_unless_an_empty_row_sets_it_apart(self):
        assert places(table(["Firm", "City", "Staff"], ["A", "x", 3], ["B", "y", 4], ["C"])) == [2, 3, 4]
        assert places(table(["Firm", "City"], ["A", "x"], [], ["C"])) == [2, 4]

    def test_a_total_of_nothing_but_zeros_is_a_row(self):
        assert len(table(["Firm", "Staff"], ["A", 0], ["B", 0], ["Total", 0]).rows) == 3

    def test_a_header_that_comes_again_is_left_out_and_said(self):
        found = table(["Firm", "Staff"], ["A", 1], ["Firm", "Staff"], ["B", 2], ["Firm", "Staff"], ["C", 3])
        assert places(found) == [2, 4, 6]
        assert found.assumed == (
            "list.csv: row 3 was left out; it repeats the header.",
            "list.csv: row 5 was left out; it repeats the header.",
        )

    def test_of_many_the_first_are_named_and_the_others_counted(self):
        found = table(["Firm", "Staff"], *[row for number in range(9) for row in (["A", number], ["Firm", "Staff"])])
        assert len(found.rows) == 9
        assert found.assumed[-1] == "list.csv: 4 more rows were left out; each repeats the header."


def test_columns_of_a_correction_file_are_not_read():
    found = table(["Firm", "Staff", "fault", "advice"], ["A", 1], ["B", "x", "staff: no number", "Write digits."])
    assert found.columns == ("Firm", "Staff")
    assert found.assumed == ()


def test_columns_called_fault_and_advice_elsewhere_are_columns():
    assert table(["Firm", "fault", "advice", "City"], ["A", "x", "y", "z"]).columns == (
        "Firm",
        "fault",
        "advice",
        "City",
    )
    assert table(["Firm", "City", "fault", "advice"], ["A", "x", "y", "z", "more"]).rows_read == 1


def test_the_delimiter_is_found_below_titles():
    found = read_text(
        "list.csv", b"Members of the cluster, as of 2026\nSource: survey, 2026\n\nFirm;City\nA, Ltd;x\nB;y\n"
    )
    assert found is not None
    assert (found.columns, places(found)) == (("Firm", "City"), [5, 6])


CELLS = st.sampled_from(["", None, "id", "name", "Firm", "Total", "Total:", "3", 3, 7, 1.5, "x y", "31.03.2026", True])


@given(st.lists(st.lists(CELLS, max_size=6), max_size=8))
def test_any_rows_are_a_table_whose_places_are_right_or_are_refused_in_words(rows: list[list[Cell]]):
    try:
        found = make_table("list.csv", "", rows)
    except DataError:
        return
    if found is None:
        assert all(is_empty(cell) for row in rows for cell in row)
        return
    for row in found.rows:
        assert row.place.row > found.header_row
        assert all(cell in rows[row.place.row - 1] for cell in row.cells.values())
