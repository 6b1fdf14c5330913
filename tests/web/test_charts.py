"""Charts on pages: a sentence and a table without script, a figure from the server for those with it."""

from dataclasses import replace

import pytest

from tests.support.results import CHARTS, result
from valuechain.model.result import Chart
from valuechain.web.charts import charts_of


def test_charts_stand_with_the_table_that_they_draw_and_ask_with_the_options_of_the_page():
    found = charts_of(result(CHARTS), {"region": "DE9", "least": ""})

    assert {one.table for charts in found.values() for one in charts} == set(found)
    name = result().analysis.name
    assert found["firms"][0].source == f"/analysis/{name}/charts/{CHARTS[0].name}.json?region=DE9"


def test_heat_maps_are_tables_already_and_empty_tables_are_no_charts():
    cells = Chart("cells", "heatmap", "Orders", "firms", "firm", "state", value="orders")
    assert charts_of(result((cells,)), {}) == {}

    full = result((CHARTS[0],))
    empty = replace(full.table(CHARTS[0].table), rows=(), evidence=())
    assert charts_of(replace(full, tables=(empty,)), {}) == {}


class TestOnAPage:
    def test_a_chart_has_its_sentence_and_where_its_figure_comes_from(self, client):
        text = client.get("/regions/DEG0").text

        assert 'data-figure="/analysis/region-profile/charts/flows.json?region=DEG0"' in text
        assert "as wide as the joint" in text

    def test_the_figure_is_what_the_page_asked(self, client):
        figure = client.get("/analysis/region-profile/charts/flows.json?region=DEG0").json()

        [flows] = figure["data"]
        assert flows["type"] == "sankey"
        assert "Berlin" in flows["node"]["label"]
        assert figure["config"]["showSendToCloud"] is False

    @pytest.mark.parametrize("address", ["/analysis/gaps/charts/none.json", "/analysis/none/charts/flows.json"])
    def test_a_chart_that_is_not_there_is_said(self, client, address):
        assert client.get(address).status_code == 404
