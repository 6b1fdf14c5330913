"""The outlines that maps are drawn from: countries in the program itself, regions in a data package of their own."""

import csv
import re
from importlib.resources import files
from itertools import pairwise

import pytest
from valuechain_geometry import REGIONS

FRAME = (5_000, 4_160)
"""Width and height of the grid in km."""

CUT_OFF = ("ES7", "FRY", "NO0B", "PT2", "PT3")
"""Regions outside the frame, or partly so: Canary Islands, overseas France, Svalbard and Jan Mayen, Azores, Madeira."""

AREA_KM2 = {"DE": 357_600, "DEG0": 16_200, "NL": 37_400, "AT": 83_900}
"""Areas of the Eurostat table of region sizes, rounded; the Netherlands without large waters."""


def table(text):
    return {row["code"]: row for row in csv.DictReader(text.splitlines())}


def rings(path):
    """The rings of a path of relative moves, as points."""
    for ring in path.removesuffix("z").split("z"):
        numbers = [int(number) for number in re.findall(r"-?\d+", ring)]
        points = list(zip(numbers[::2], numbers[1::2], strict=True))
        for at in range(1, len(points)):
            points[at] = points[at - 1][0] + points[at][0], points[at - 1][1] + points[at][1]
        yield points


def area(path):
    """Area of a path in km2; holes run the other way round and count against it."""
    return abs(sum(x * v - u * y for ring in rings(path) for (x, y), (u, v) in pairwise([*ring, ring[0]]))) / 2


REGION = table(REGIONS.read_text(encoding="utf-8"))
COUNTRY = table(files("valuechain.reference").joinpath("countries/outlines.csv").read_text(encoding="utf-8"))
NAMED = table(files("valuechain.reference").joinpath("nuts/nuts2024_codes.csv").read_text(encoding="utf-8"))


@pytest.mark.parametrize("outlines", [REGION, COUNTRY], ids=["regions", "countries"])
class TestEveryOutline:
    def test_is_made_of_closed_rings_of_three_points_or_more(self, outlines):
        for row in outlines.values():
            assert re.fullmatch(r"(M\d+ \d+l-?\d+(?:[ -]\d+| -\d+)*z)+", row["path"])
            assert all(len(ring) >= 3 for ring in rings(row["path"]))

    def test_lies_in_the_frame(self, outlines):
        for row in outlines.values():
            for ring in rings(row["path"]):
                assert all(0 <= x <= FRAME[0] and 0 <= y <= FRAME[1] for x, y in ring)

    def test_has_a_point_to_write_its_name_at(self, outlines):
        for row in outlines.values():
            corners = [point for ring in rings(row["path"]) for point in ring]
            for axis, at in enumerate((row["x"], row["y"])):
                assert min(one[axis] for one in corners) - 2 <= int(at) <= max(one[axis] for one in corners) + 2


class TestRegions:
    def test_are_those_of_nuts_2024_but_for_what_lies_far_away(self):
        assert set(REGION) <= set(NAMED)
        assert {code for code in set(NAMED) - set(REGION) if not code.startswith(CUT_OFF)} == set()

    @pytest.mark.parametrize(("code", "expected"), AREA_KM2.items())
    def test_have_the_area_that_is_known(self, code, expected):
        assert area(REGION[code]["path"]) == pytest.approx(expected, rel=0.03)

    def test_fill_the_region_that_they_are_part_of(self):
        for code in ("DE", "DE2", "DE21", "PL", "ITC"):
            parts = [one for one in REGION if len(one) == len(code) + 1 and one.startswith(code)]
            assert sum(area(REGION[one]["path"]) for one in parts) == pytest.approx(
                area(REGION[code]["path"]), rel=0.01
            )


class TestCountries:
    @pytest.mark.parametrize("code", ["DE", "NL", "AT", "PL"])
    def test_are_as_large_as_their_regions(self, code):
        assert area(COUNTRY[code]["path"]) == pytest.approx(area(REGION[code]["path"]), rel=0.06)

    def test_are_all_those_whose_regions_are_drawn(self):
        drawn = {NAMED[code]["country"].replace("EL", "GR") for code in REGION}

        assert drawn <= set(COUNTRY)
