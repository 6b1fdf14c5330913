"""A grid of cells becomes a table: its header, and rows that know their place."""

import pytest

from tests.sources.files import make_table
from valuechain.model.batch import Place
from valuechain.model.errors import DataError
from valuechain.model.names import normal_name
from valuechain.sources.tables.table import Table


def table(*grid: list[object]) -> Table:
    made = make_table("list.csv", "", grid)  # type: ignore[arg-type]
    assert made is not None
    return made


def test_rows_count_as_a_spreadsheet_counts_them_and_empty_ones_are_left_out():
    made = table([], ["id", "name"], [None, " "], ["a", "b"])

    assert made.columns == ("id", "name")
    assert [(row.place, dict(row.cells)) for row in made.rows] == [(Place("list.csv", "", 4), {"id": "a", "name": "b"})]


def test_a_grid_without_cells_is_no_table():
    assert make_table("list.csv", "", [[], ["", None]]) is None


def test_cells_that_are_missing_at_the_end_of_a_row_are_empty():
    assert dict(table(["id", "name", "city"], ["a"]).rows[0].cells) == {"id": "a"}


def test_a_row_longer_than_the_header_is_refused_and_counted():
    made = table(["id", "name"], ["a", "b", "c"], ["d", "e", ""])

    assert made.rows_read == 2
    assert len(made.rows) == 1
    assert str(made.faults[0]) == (
        "list.csv, row 2 ('c'): The row has more cells than the header, which names 2 columns. "
        "Put quotes around cells that hold the separator."
    )


def test_a_column_without_a_name_is_called_by_its_letter_if_it_holds_cells():
    made = table(["id", "", "name", *[""] * 24, "z", ""], ["a", "", "b", "x", *[""] * 23, "y", ""])

    assert made.columns == ("id", "name", "column D", "z")
    assert made.rows[0].cells["column D"] == "x"


def test_letters_go_on_after_z():
    assert table(["id", "name", *[""] * 24, "", "end"], ["a", *[""] * 25, "x"]).columns[2] == "column AA"


def test_typed_header_cells_become_text():
    assert table(["id", 2024], ["a", 1]).columns == ("id", "2024")


@pytest.mark.parametrize(
    ("grid", "why"),
    [
        ([["1", "2"], ["3", "4"]], "has no header"),
        ([["organisations"], ["a"]], "shows a single column, 'organisations'"),
    ],
)
def test_a_grid_whose_first_row_is_no_header_says_why(grid: list[list[object]], why: str):
    with pytest.raises(DataError, match=why):
        table(*grid)


def test_names_compare_without_case_spaces_and_signs():
    assert normal_name("  Turnover (EUR) ") == normal_name("turnover_eur") == "turnover_eur"
