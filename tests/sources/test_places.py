"""The tables of places that the program carries."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.sources.nuts import region_labels
from valuechain.sources.places import (
    POSTCODE_DIGITS,
    Box,
    PostalArea,
    country_boxes,
    find_area,
    german_districts,
    postal_areas,
    postcode_digits,
)

DISTRICTS = {code for code in region_labels() if code.startswith("DE") and len(code) == 5}


def test_every_district_has_a_box_and_a_postcode():
    assert german_districts().keys() == DISTRICTS
    assert {code for area in postal_areas()["DE"].values() for code in area.regions} == DISTRICTS


def test_postcodes_have_five_digits_and_lie_in_districts():
    postcodes = postal_areas()["DE"]
    assert len(postcodes) == 10_807
    assert all(len(code) == 5 and code.isdigit() for code in postcodes)
    assert all(area.regions and {*area.regions, *area.near} <= DISTRICTS for area in postcodes.values())
    assert sum(len(area.regions) > 1 for area in postcodes.values()) == 201


@pytest.mark.parametrize(
    ("postcode", "regions"),
    [("01067", ("DED21",)), ("10115", ("DE300",)), ("80331", ("DE212",)), ("82152", ("DE21H", "DE21L"))],
)
def test_postcodes_lie_where_people_know_them(postcode: str, regions: tuple[str, ...]):
    assert postal_areas()["DE"][postcode].regions == regions


def test_a_postcode_may_lie_in_any_region_around_its_districts():
    area = PostalArea(("DE21H", "DE21L"), ("DE212",))
    assert all(area.may_lie_in(code) for code in ("DE21H", "DE21L", "DE212", "DE21", "DE"))
    assert not any(area.may_lie_in(code) for code in ("DE211", "DE3", "FR"))
    assert PostalArea(("FR1",)).may_lie_in("FR101")


@pytest.mark.parametrize(
    ("country", "text", "digits"),
    [
        ("DE", "07745", "07745"),
        ("DE", "D-07745", "07745"),
        ("DE", "de 07745", "07745"),
        ("DE", "441 43", "44143"),
        ("AT", "A-1010", "1010"),
        ("CH", "CH-8093", "8093"),
        ("NL", "2612 AB", "2612"),
        ("NL", "NL-2612AB", "2612"),
        ("FR", "38054 Cedex 9", "38054"),
        ("DK", "2800 Kgs. Lyngby", "2800"),
        ("NL", "2612 AB Delft", "2612"),
        ("CZ", "602 00", "60200"),
        ("DE", "CV6 5LZ", ""),
        ("DE", "", ""),
    ],
)
def test_postcodes_are_read_as_people_write_them(country: str, text: str, digits: str):
    assert postcode_digits(text, country) == digits


def test_prefixes_lie_in_regions_of_their_country():
    areas = postal_areas()
    assert areas.keys() == POSTCODE_DIGITS.keys()
    for country, known in areas.items():
        assert all(prefix.isdigit() and 2 <= len(prefix) <= POSTCODE_DIGITS[country] for prefix in known)
        assert {region for area in known.values() for region in area.regions} <= region_labels().keys()
        assert all(region.startswith(country) for area in known.values() for region in area.regions)


@pytest.mark.parametrize(
    ("country", "postcode", "region"),
    [
        ("AT", "1010", "AT13"),
        ("AT", "8010", "AT22"),
        ("BE", "1050", "BE1"),
        ("BE", "9052", "BE2"),
        ("BE", "4000", "BE3"),
        ("CH", "8093", "CH040"),
        ("CH", "1015", "CH011"),
        ("CZ", "60200", "CZ064"),
        ("DK", "2800", "DK01"),
        ("ES", "08860", "ES51"),
        ("ES", "28040", "ES30"),
        ("FR", "38054", "FRK"),
        ("FR", "91120", "FR1"),
        ("FR", "22300", "FRH"),
        ("IT", "20133", "ITC4"),
        ("IT", "56124", "ITI1"),
        ("NL", "5612", "NL41"),
        ("NL", "7522", "NL21"),
        ("SE", "16440", "SE11"),
    ],
    ids=[
        "Vienna", "Graz", "Brussels", "Ghent", "Liège", "Zurich", "Lausanne", "Brno", "Lyngby", "Castelldefels",
        "Madrid", "Grenoble", "Palaiseau", "Lannion", "Milan", "Pisa", "Eindhoven", "Enschede", "Kista",
    ],
)  # fmt: skip
def test_towns_of_other_countries_lie_where_people_know_them(country: str, postcode: str, region: str):
    area = find_area(postal_areas()[country], postcode)
    assert area == PostalArea((region,))


def test_digits_that_nobody_knows_have_no_area():
    assert find_area(postal_areas()["FR"], "99999") is None


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
