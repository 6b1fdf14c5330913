"""Charts drawn from the table that they name."""

import json
from dataclasses import replace
from typing import Any

import pytest

from tests.support.results import CHARTS, HOSTILE, TABLE, hostile, result
from valuechain.model.language import speaking
from valuechain.model.result import Chart, Column, Table
from valuechain.report.figures import CONFIG, MOST_FLOWS, description, figure, foreign_styles, plotly_script


def drawn(chart: Chart) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(json.dumps(description(chart, result(CHARTS))))
    return read


def test_bars_take_their_numbers_from_the_table():
    [bars] = drawn(CHARTS[0])["data"]

    assert bars["x"] == ["Optik GmbH", "Laser AG", "Linse e.V."]
    assert bars["y"] == [12, 0, None]
    assert bars["orientation"] == "v"


def test_bars_lie_where_the_names_stand_on_the_y_axis_and_series_differ_by_pattern():
    chart = drawn(CHARTS[1])

    assert [bar["name"] for bar in chart["data"]] == ["here, but not connected", "nobody here offers it", "covered"]
    assert {bar["orientation"] for bar in chart["data"]} == {"h"}
    assert len({bar["marker"]["pattern"]["shape"] for bar in chart["data"]}) == 3
    assert chart["layout"]["barmode"] == "stack"
    assert chart["layout"]["yaxis"]["autorange"] == "reversed"


def test_points_differ_by_shape_and_carry_the_name():
    points = drawn(CHARTS[2])["data"]

    assert [point["text"] for point in points] == [["Optik GmbH"], ["Laser AG"], ["Linse e.V."]]
    assert len({point["marker"]["symbol"] for point in points}) == 3


def test_in_a_heat_map_zero_is_a_number_and_the_unknown_stays_empty():
    chart = Chart("cells", "heatmap", "Orders", "firms", "firm", "state", value="orders")
    [cells] = drawn(chart)["data"]

    assert cells["x"] == ["Optik GmbH", "Laser AG", "Linse e.V."]
    assert cells["z"] == [[12, None, None], [None, 0, None], [None, None, None]]
    assert not cells["hoverongaps"]


def test_axes_say_what_they_measure_and_in_which_unit():
    layout = drawn(CHARTS[2])["layout"]
    assert layout["xaxis"]["title"]["text"] == "Orders"
    assert layout["yaxis"]["title"]["text"] == "Turnover, EUR"


def test_figures_send_nothing_anywhere():
    assert CONFIG["showSendToCloud"] is False
    assert drawn(CHARTS[0])["config"] == CONFIG


@pytest.mark.parametrize("name", HOSTILE)
def test_names_bring_no_tags_into_a_figure(name: str):
    texts = figure(replace(CHARTS[0], title=name), hostile(CHARTS)).to_json()
    assert "<" not in texts.replace("<br>", "")


def test_the_styles_that_plotly_brings_for_maps_are_known():
    assert [len(id) for id in foreign_styles()] == [64]
    assert foreign_styles()[0] in plotly_script()


def test_an_empty_table_gives_an_empty_figure():
    nothing = replace(result(CHARTS), tables=(replace(TABLE, rows=(), evidence=()),))
    assert len(figure(CHARTS[1], nothing).data) == 0


def test_of_many_names_the_first_are_drawn_and_the_others_counted():
    rows = tuple(
        (f"A rather long name {number}", "", "covered", number, 1.0, True, None, "declared") for number in range(50)
    )
    many = replace(result(CHARTS), tables=(replace(TABLE, rows=rows, evidence=((),) * 50),))
    chart = description(CHARTS[0], many)

    assert len(chart["data"][0]["y"]) == 30
    assert chart["data"][0]["orientation"] == "h"
    assert chart["layout"]["title"]["subtitle"]["text"] == "The first 30 of 50; the table holds them all."


def test_cells_above_and_below_nothing_are_told_apart_by_colour_and_figure():
    rows = tuple(("a", "", "covered", number, 1.0, None, None, "declared") for number in (-3, 3))
    both = replace(result(), tables=(replace(TABLE, rows=rows, evidence=((), ())),))
    [cells] = description(Chart("c", "heatmap", "C", "firms", "firm", "orders", value="orders"), both)["data"]

    assert cells["zmid"] == 0
    assert cells["texttemplate"]


FLOWS = Chart("flows", "sankey", "Who works with whom", "flows", "from", "to", value="width")


def flows_of(rows: list[dict[str, Any]]) -> Any:
    columns = (Column("from", "text", ""), Column("to", "text", ""), Column("width", "integer", ""))
    table = Table.from_rows("flows", "", columns, rows)
    return description(FLOWS, replace(result((FLOWS,)), tables=(table,)))


def test_flows_are_as_wide_as_their_sum_and_zero_or_unknown_ones_are_not_drawn():
    drawn = flows_of(
        [
            {"from": "A", "to": "B", "width": 2},
            {"from": "A", "to": "B", "width": 3},
            {"from": "B", "to": "A", "width": 4},
            {"from": "A", "to": "C", "width": 0},
            {"from": "A", "to": "D", "width": None},
        ]
    )
    [flows] = drawn["data"]

    assert flows["node"]["label"] == ["A", "B", "B", "A"]  # those at the left, then those at the right
    assert flows["link"]["source"] == [0, 1]
    assert flows["link"]["target"] == [2, 3]
    assert flows["link"]["value"] == [5, 4]
    assert "subtitle" not in drawn["layout"]["title"]


def test_of_many_flows_the_widest_are_drawn_and_the_others_counted():
    drawn = flows_of([{"from": f"A{n}", "to": "B", "width": n} for n in range(1, MOST_FLOWS + 6)])
    [flows] = drawn["data"]

    assert min(flows["link"]["value"]) == 6
    assert drawn["layout"]["title"]["subtitle"]["text"] == (
        f"The {MOST_FLOWS} widest of {MOST_FLOWS + 5} flows; the table holds them all."
    )


def test_numbers_are_written_as_the_language_writes_them():
    assert description(CHARTS[0], result(CHARTS))["layout"]["separators"] == ".,"
    with speaking("de"):
        assert description(CHARTS[0], result(CHARTS))["layout"]["separators"] == ",."
