"""Heat maps: unknown, zero and below zero never look alike."""

from dataclasses import replace

from valuechain.model.result import AnalysisHeader, Chart, Column, Result, Table
from valuechain.web.address import Address
from valuechain.web.heat import chosen_cell, heats, rows_of_cell

COLUMNS = (Column("stage", "text", ""), Column("market", "text", ""), Column("count", "integer", ""))
CHART = Chart("heat", "heatmap", "Where", "cells", "market", "stage", value="count")


def result(*rows: tuple, members: tuple = (), chart: Chart = CHART) -> Result:
    names = tuple(column.name for column in COLUMNS)
    cells = Table("cells", "Cells", COLUMNS, rows, ((),) * len(rows))
    people = Table(
        "people",
        "People",
        tuple(Column(name, "text", "") for name in (names[0], names[1], "who")),
        members,
        ((),) * len(members),
    )
    return Result(tables=(cells, people), charts=(chart,))


def drawn(answer: Result, query: dict[str, str] | None = None) -> dict[str, dict[str, tuple[str, str]]]:
    (heat,) = heats(answer, Address("/explore", query or {}))
    return {side: {cell.label: (cell.look, cell.text) for cell in cells} for side, cells in heat.rows}


def test_steps_follow_the_highest_number():
    answer = result(("A", "x", 100), ("A", "y", 25), ("A", "z", 26))

    assert drawn(answer)["A"] == {"A, x": ("h4", "100"), "A, y": ("h1", "25"), "A, z": ("h2", "26")}


def test_no_row_and_no_value_are_unknown_and_zero_is_a_number():
    answer = result(("A", "x", 0), ("A", "y", None), ("B", "x", 4))

    assert drawn(answer)["A"] == {"A, x": ("h0", "0"), "A, y": ("hx", "")}
    assert drawn(answer)["B"]["B, y"] == ("hx", "")


def test_below_zero_has_a_look_of_its_own():
    (heat,) = heats(result(("A", "x", -2.5), ("A", "y", 5.0)), Address("/explore", {}))

    assert [cell.look for cell in heat.rows[0][1]] == ["hn", "h4"]
    assert heat.below_zero


def test_a_pair_told_once_stands_in_both_cells():
    answer = result(("A", "B", 3), ("A", "A", 1))

    assert drawn(answer)["A"]["A, B"] == drawn(answer)["B"]["B, A"] == ("h4", "3")


def test_a_cell_links_to_its_list_and_zero_does_not():
    (heat,) = heats(result(("A", "x", 2), ("A", "y", 0)), Address("/explore", {"region": "DE9"}))

    assert [cell.link for cell in heat.rows[0][1]] == ["/explore?region=DE9&cell=1#cell", ""]


def test_the_rows_of_a_cell_are_those_of_its_stage_and_market():
    members = (("A", "x", "one"), ("A", "y", "two"), ("A", "x", "three"))
    answer = result(("A", "x", 2), ("A", "y", 1), members=members)

    assert rows_of_cell(answer, Address("/explore", {"cell": "1"})) == {"people": [0, 2]}


def test_no_cell_or_one_that_is_not_there_opens_nothing():
    answer = result(("A", "x", 2))

    for cell in ("", "9", "0", "x"):
        assert chosen_cell(answer, Address("/explore", {"cell": cell})) is None
        assert rows_of_cell(answer, Address("/explore", {"cell": cell})) == {}


def test_a_heat_map_without_a_cell_is_not_drawn():
    assert heats(result(), Address("/explore", {})) == ()


def test_every_cell_puts_its_question_where_the_question_can_be_put_about_one():
    answer = result(("A", "x", 2), ("A", "y", None), ("B", "x", 0))
    header = AnalysisHeader("heat", "1", {"stage": "", "market": ""})
    (heat,) = heats(replace(answer, analysis=header), Address("/explore", {"cell": "2"}))

    cells = {cell.label: cell for _, row in heat.rows for cell in row}
    assert {label: cell.link for label, cell in cells.items()} == {
        "A, x": "/explore?cell=1&stage=A&market=x#cell",
        "A, y": "/explore?cell=2&stage=A&market=y#cell",
        "B, x": "/explore?cell=3&stage=B&market=x#cell",
        "B, y": "",
    }
    assert [label for label, cell in cells.items() if cell.picked] == ["A, y"]
