"""Maps of regions: classes, outlines or circles, what is shown of the grid of Europe."""

from typing import Any

import pytest

from tests.support.small import firms, graph_of
from valuechain.web import region_map as maps

MUNICH, JENA = {"lat": 48.14, "lon": 11.58, "region": "DE212"}, {"lat": 50.93, "lon": 11.59, "region": "DEG03"}


@pytest.fixture
def graph():
    return graph_of({"organisations": [*firms("m", **MUNICH), *firms("j", **JENA)]})


@pytest.fixture
def without_outlines(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(maps, "_outlines", dict)


def region_map(*given: Any) -> maps.RegionMap:
    """The map, where there must be one."""
    found = maps.region_map(*given)
    assert found is not None
    return found


def looks(found):
    return {one.code: one.look for one in found.shapes if one.look.startswith("c")}


class TestClasses:
    def test_hold_about_as_many_regions_each_the_highest_darkest(self, graph):
        figures = {f"DE{number}": float(number) for number in range(1, 10)} | {"DEA": 10.0}
        found = region_map(graph, "Figures", figures, {})

        assert [look for _, look in sorted(looks(found).items())] == [
            "c0", "c0", "c1", "c1", "c2", "c2", "c3", "c3", "c4", "c4",
        ]  # fmt: skip
        assert found.bounds[0] == ("c0", "1", "2")
        assert found.bounds[-1] == ("c4", "9", "10")

    def test_equal_figures_are_of_one_class(self, graph):
        assert set(looks(region_map(graph, "Figures", {"DE1": 3.0, "DE2": 3.0, "DE9": 3.0}, {})).values()) == {"c0"}


class TestShapes:
    def test_link_to_where_a_click_leads_and_say_what_they_are(self, graph):
        [bavaria] = [one for one in region_map(graph, "F", {"DE2": 4.0}, {"DE2": "/regions/DE2"}).shapes if one.link]

        assert (bavaria.code, bavaria.link, bavaria.label) == ("DE2", "/regions/DE2", "DE2 (DE2): 4")
        assert bavaria.path.startswith("M")

    def test_of_which_nothing_is_known_stand_beside_those_of_the_same_level(self, graph):
        found = region_map(graph, "Figures", {"DE2": 4.0}, {})
        silent = [one.code for one in found.shapes if one.look == "none"]

        assert len(silent) == 15  # 16 NUTS 1 regions of Germany
        assert all(len(code) == 3 and code.startswith("DE") for code in silent)

    def test_the_chosen_one_is_drawn_last(self, graph):
        found = region_map(graph, "Figures", {"DE1": 1.0, "DE2": 4.0, "DE9": 2.0}, {}, "DE1")

        assert found.shapes[-1].code == "DE1"
        assert found.shapes[-1].chosen

    def test_ties_lead_from_the_chosen_one_to_those_with_any(self, graph):
        found = region_map(graph, "F", {"DE1": 1.0, "DE2": 4.0}, {}, "DE1", {"DE1": 9, "DE2": 3, "DE9": 0, "ZZ9": 2})

        assert [one.number for one in found.ties] == [3]

    def test_the_strongest_ties_are_drawn_and_the_others_counted(self, graph):
        codes = sorted(maps._outlines())
        chosen, *others = [code for code in codes if len(code) == 4 and code.startswith("DE")]
        ties = {code: number for number, code in enumerate(others, start=1)}
        found = region_map(graph, "F", dict.fromkeys(others, 1.0), {}, chosen, ties)

        assert [one.number for one in found.ties] == sorted(ties.values(), reverse=True)[: maps.DRAWN_TIES]
        assert found.ties_left_out == len(others) - maps.DRAWN_TIES

    def test_the_chosen_one_is_never_called_unknown(self, graph):
        [one] = [one for one in region_map(graph, "F", {"DE1": 1.0}, {}, "DE2").shapes if one.chosen]

        assert one.look == "rest"

    def test_those_with_the_highest_figures_and_the_chosen_one_are_named_on_it(self, graph):
        figures = {f"DE{sign}": float(number) for number, sign in enumerate("123456789")}
        found = region_map(graph, "F", figures, {}, "DE1")

        assert {one.code for one in found.shapes if one.name} == {"DE1", "DE9", "DE8", "DE7", "DE6"}


class TestBesideTheMap:
    def test_stand_the_regions_with_the_highest_figures(self, graph):
        found = region_map(graph, "Figures", {"DE1": 1.0, "DE2": 4.0, "ZZ9": 9.0}, {"DE2": "/regions/DE2"})

        assert found.highest == (("ZZ9", "9", ""), ("DE2", "4", "/regions/DE2"), ("DE1", "1", ""))

    def test_stand_no_more_than_fit(self, graph):
        assert len(region_map(graph, "F", {f"DE{n:02}": float(n) for n in range(40)} | {"DE2": 1.0}, {}).highest) == 12


class TestView:
    def test_holds_all_regions_that_have_a_figure(self, graph):
        found = region_map(graph, "Figures", {"DE2": 4.0, "DE8": 1.0}, {})
        left, top, width, height = found.view

        for one in found.shapes:
            if one.look.startswith("c"):
                assert left < one.x < left + width
                assert top < one.y < top + height
        assert width >= maps.LEAST_WIDTH


@pytest.mark.usefixtures("without_outlines")
class TestWithoutOutlines:
    def test_a_circle_stands_where_the_organisations_of_a_region_lie(self, graph):
        found = region_map(graph, "Figures", {"DE2": 4.0, "DEG": 1.0}, {})
        circles = {one.code: one for one in found.shapes}

        assert not found.has_outlines
        assert circles["DE2"].path == ""
        assert circles["DE2"].radius == 2 * circles["DEG"].radius
        assert circles["DE2"].y - circles["DEG"].y == pytest.approx(310, abs=10)  # km from Jena to Munich

    def test_regions_without_a_place_are_counted(self, graph):
        assert region_map(graph, "Figures", {"DE2": 4.0, "FR1": 1.0}, {}).without_place == 1

    def test_there_is_no_map_where_no_place_is_known(self, graph):
        assert maps.region_map(graph, "Figures", {"FR1": 1.0}, {}) is None
