"""The tables of places that the program carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.sources.nuts import region_labels
from valuechain.sources.places import (
    Box,
    PostalArea,
    country_boxes,
    german_districts,
    german_postcode,
    german_postcodes,
)

DISTRICTS = {code for code in region_labels() if code.startswith("DE") and len(code) == 5}


def test_every_district_has_a_box_and_a_postcode():
    assert german_districts().keys() == DISTRICTS
    assert {code for area in german_postcodes().values() for code in area.regions} == DISTRICTS


def test_postcodes_have_five_digits_and_lie_in_districts():
    postcodes = german_postcodes()
    assert len(postcodes) == 10_807
    assert all(len(code) == 5 and code.isdigit() for code in postcodes)
    assert all(area.regions and {*area.regions, *area.near} <= DISTRICTS for area in postcodes.values())
    assert sum(len(area.regions) > 1 for area in postcodes.values()) == 201


@pytest.mark.parametrize(
    ("postcode", "regions"),
    [("01067", ("DED21",)), ("10115", ("DE300",)), ("80331", ("DE212",)), ("82152", ("DE21H", "DE21L"))],
)
def test_postcodes_lie_where_people_know_them(postcode: str, regions: tuple[str, ...]):
    assert german_postcodes()[postcode].regions == regions


def test_a_postcode_may_lie_in_any_region_around_its_districts():
    area = PostalArea(("DE21H", "DE21L"), ("DE212",))
    assert all(area.may_lie_in(code) for code in ("DE21H", "DE21L", "DE212", "DE21", "DE"))
    assert not any(area.may_lie_in(code) for code in ("DE211", "DE3", "FR"))


@pytest.mark.parametrize(
    ("text", "postcode"),
    [("07745", "07745"), ("D-07745", "07745"), ("de 07745", "07745"), ("441 43", "44143"), ("CV6 5LZ", "CV6 5LZ")],
)
def test_postcodes_are_read_as_people_write_them(text: str, postcode: str):
    assert german_postcode(text) == postcode


def test_boxes_of_a_country_hold_its_far_parts():
    boxes = country_boxes()
    assert len(boxes) == 235
    assert any(box.distance(-21.1, 55.5) == 0 for box in boxes["FR"])
    assert all(box.distance(52.5, 13.4) > 0 for box in boxes["ES"])


class TestBox:
    BOX = Box(50, 10, 51, 12)

    @given(st.floats(50, 51), st.floats(10, 12))
    def test_holds_what_is_inside(self, lat: float, lon: float):
        assert self.BOX.distance(lat, lon) == 0

    def test_is_as_far_as_the_nearest_edge(self):
        assert self.BOX.distance(52, 11) == pytest.approx(111.2)
        assert self.BOX.distance(0, 11) == pytest.approx(50 * 111.2)
        assert self.BOX.distance(50.5, 13) == pytest.approx(70.7, abs=0.1)  # a degree of longitude at 50.5 degrees
