"""Country, region, postcode and point of an organisation against each other.

Towns and their postcodes are public facts: 07745 is Jena, 06108 Halle, 82152 Planegg and Krailling near Munich, 22869
Schenefeld beside Hamburg (there is another Schenefeld in Steinburg).
"""

import pytest

from tests.sources.plausibility.warned import of_organisation, warnings

JENA = (50.93, 11.59)
MUNICH = (48.14, 11.58)
BERLIN = (52.52, 13.39)


def german(postcode: str, region: str, point: tuple[float, float] | None = None) -> list[tuple[str, str]]:
    lat, lon = point or (None, None)
    return of_organisation(country="DE", postcode=postcode, region=region, lat=lat, lon=lon)


class TestPostcodeAgainstRegion:
    @pytest.mark.parametrize(
        ("postcode", "region"),
        [
            ("07745", "DEG03"),
            ("07745", "DEG0"),
            ("07745", "DE"),
            ("D-07745", "DEG03"),
            ("DE-07745", "DEG03"),
            ("441 43", "DEA52"),
            ("82152", "DE21H"),
            ("82152", "DE21L"),
            ("99817", "DEG0N"),
            ("99817", "DEG0R"),
            ("00000", "DE300"),
            ("07745", "DEZZZ"),
            ("", "DE300"),
        ],
        ids=[
            "district", "region of level 2", "country", "with a D", "with DE", "with a space", "first of two districts",
            "second of two districts", "code of 2021", "its code of 2024", "unknown postcode", "extra-regio", "none",
        ],
    )  # fmt: skip
    def test_agree(self, postcode: str, region: str):
        assert german(postcode, region) == []

    def test_in_a_town_next_door_are_not_told_apart(self):
        assert german("07751", "DEG03") == []  # Bucha near Jena, in another district; SUPRACON AG lies in Jena

    @pytest.mark.parametrize(
        ("postcode", "region", "lies_in"),
        [
            ("07745", "DE212", "Jena, Kreisfreie Stadt (DEG03)"),
            ("22869", "DEF0E", "Pinneberg (DEF09)"),
            ("82152", "DE300", "München, Landkreis (DE21H) / Starnberg (DE21L)"),
            ("07745", "DE2", "Jena, Kreisfreie Stadt (DEG03)"),
        ],
    )
    def test_disagree(self, postcode: str, region: str, lies_in: str):
        ((field, why),) = german(postcode, region)
        assert field == "region"
        assert f"Postcode {postcode} lies in {lies_in}, the region code says " in why
        assert f"({region})" in why

    def test_are_compared_by_the_region_code_where_the_country_is_missing(self):
        ((field, _),) = of_organisation(postcode="07745", region="DE212")
        assert field == "region"

    def test_of_another_country_are_not_compared(self):
        assert of_organisation(country="GB", postcode="07745", region="UKI31") == []

    @pytest.mark.parametrize(
        ("point", "where"),
        [
            (JENA, "lies where the postcode does"),
            (MUNICH, "lies where the region code says"),
            (BERLIN, "lies in neither"),
        ],
    )
    def test_the_point_is_a_third_witness_and_told_in_the_same_warning(self, point: tuple[float, float], where: str):
        ((field, why),) = german("07745", "DE212", point)
        assert field == "region"
        assert where in why


class TestGermanPostcodes:
    def test_have_lost_a_0_to_a_spreadsheet(self):
        ((field, why),) = of_organisation(country="DE", postcode="6108")
        assert field == "postcode"
        assert why == "A postcode of DE has 5 digits; a spreadsheet may have taken the 0 off 06108."

    @pytest.mark.parametrize("postcode", ["123", "0774", "077455", "Jena", "CV6 5LZ"])
    def test_have_five_digits(self, postcode: str):
        assert of_organisation(country="DE", postcode=postcode) == [("postcode", "A postcode of DE has 5 digits.")]

    def test_of_post_boxes_may_be_unknown(self):
        assert of_organisation(country="DE", postcode="01999") == []


class TestRegionCodes:
    @pytest.mark.parametrize("region", ["DE212", "DE", "PT170", "NL310", "DEZZZ", "UKI31"])
    def test_of_2024_and_2021_are_known(self, region: str):
        assert of_organisation(region=region) == []

    @pytest.mark.parametrize(
        ("region", "nearest"),
        [
            ("DE919", "Braunschweig (DE91)"),
            ("DE2120", "München, Kreisfreie Stadt (DE212)"),
            ("DE-9180", "Deutschland (DE)"),
        ],
    )
    def test_of_neither_are_told_with_the_nearest(self, region: str, nearest: str):
        why = f"No region of NUTS 2024 or 2021 has this code. The nearest that they know is {nearest}."
        assert of_organisation(country="DE", region=region) == [("region", why)]

    def test_that_are_none_are_told_as_they_are(self):
        why = "No region of NUTS 2024 or 2021 has this code."
        assert of_organisation(region="Thüringen") == [("region", why)]

    @pytest.mark.parametrize("kind", ["surveys", "statistics", "priorities"])
    def test_are_checked_wherever_they_stand(self, kind: str):
        row = {"region": "DE919", "label": "Light", "measure": "staff", "year": 2024, "value": 1}
        (fault,) = warnings(**{kind: [row]})
        assert (fault.column, fault.value, fault.place.file) == ("region", "DE919", f"{kind}.csv")

    def test_of_iso_3166_2_and_of_countries_without_nuts_are_not_of_this_list(self):
        assert of_organisation(country="US", region="US-CA") == []
        assert of_organisation(country="US", region="California") == []
        assert of_organisation(country="DE", region="DE-BY") == []
        assert of_organisation(country="JP", region="JP13", region_scheme="iso3166-2") == []


class TestCountryAgainstRegion:
    @pytest.mark.parametrize(
        ("country", "region"), [("GR", "EL303"), ("EL", "EL303"), ("GB", "UKI31"), ("UK", "UKI31")]
    )
    def test_agree_under_the_names_of_iso_and_of_the_eu(self, country: str, region: str):
        assert of_organisation(country=country, region=region) == []

    def test_disagree(self):
        why = "Paris (FR101) lies in the country FR, the country told is DE."
        assert of_organisation(country="DE", region="FR101") == [("region", why)]

    def test_disagree_once_even_if_the_postcode_does_not_fit_either(self):
        assert [field for field, _ in of_organisation(country="DE", region="FR101", postcode="07745")] == ["region"]


class TestPoints:
    @pytest.mark.parametrize(
        ("country", "point"),
        [
            ("DE", JENA),
            ("FR", (-21.1, 55.5)),
            ("PT", (38.7, -27.2)),
            ("ES", (28.1, -15.4)),
            ("NO", (78.2, 15.6)),
            ("XX", (0.0, 0.0)),
        ],
        ids=["Jena", "Réunion", "Azores", "Canary Islands", "Svalbard", "unknown country"],
    )
    def test_lie_in_their_country(self, country: str, point: tuple[float, float]):
        assert of_organisation(country=country, lat=point[0], lon=point[1]) == []

    def test_outside_their_country_are_told(self):
        why = "The point 40.417, -3.704 lies outside DE."
        assert of_organisation(country="DE", lat=40.4168, lon=-3.7038) == [("lat", why)]

    def test_with_latitude_and_longitude_swapped_are_told_so(self):
        why = "The point 11.590, 50.930 lies outside DE; latitude and longitude may be swapped."
        assert of_organisation(country="DE", lat=11.59, lon=50.93) == [("lat", why)]

    def test_a_little_outside_the_box_of_a_country_are_let_be(self):
        assert of_organisation(country="DE", lat=47.05, lon=10.2) == []
        assert of_organisation(country="DE", lat=46.9, lon=10.2) != []

    def test_outside_the_region_told_are_told_with_the_distance(self):
        ((field, why),) = german("07745", "DEG03", (51.0834, 10.4234))
        assert field == "lat"
        assert why == "The point 51.083, 10.423 lies some 76 km outside Jena, Kreisfreie Stadt (DEG03)."

    def test_near_the_region_are_let_be(self):
        assert german("07745", "DEG03", (50.90, 11.72)) == []

    def test_are_measured_against_the_whole_of_a_larger_region(self):
        assert german("", "DEG0", (51.0834, 10.4234)) == []
        assert [field for field, _ in german("", "DEG0", MUNICH)] == ["lat"]

    def test_are_measured_against_the_postcode_where_there_is_no_region_code(self):
        ((field, why),) = german("07745", "", MUNICH)
        assert field == "lat"
        assert why.endswith("Jena, Kreisfreie Stadt (DEG03), where postcode 07745 lies.")

    def test_need_both_numbers(self):
        assert of_organisation(country="DE", lat=0.0) == []


class TestPostcodesOfOtherCountries:
    @pytest.mark.parametrize(
        ("country", "postcode", "region"),
        [
            ("FR", "38054 Cedex 9", "FRK24"),
            ("FR", "91120", "FR1"),
            ("NL", "5612 AE", "NL414"),
            ("NL", "2629 HZ", "NL333"),
            ("AT", "A-8010", "AT221"),
            ("IT", "39100", "ITH10"),
            ("IT", "38123", "ITH20"),
            ("GB", "CV4 7AL", "UKG33"),
        ],
    )
    def test_agree_with_regions_of_any_level_and_of_2021(self, country: str, postcode: str, region: str):
        assert of_organisation(country=country, postcode=postcode, region=region) == []

    def test_disagree(self):
        why = "Postcode 38054 lies in Auvergne-Rhône-Alpes (FRK), the region code says Paris (FR101)."
        assert of_organisation(country="FR", postcode="38054", region="FR101", lat=45.2, lon=5.7) == [("region", why)]

    def test_have_lost_a_0_too(self):
        why = "A postcode of ES has 5 digits; a spreadsheet may have taken the 0 off 08860."
        assert of_organisation(country="ES", postcode="8860") == [("postcode", why)]

    def test_say_nothing_of_the_point(self):
        assert of_organisation(country="FR", postcode="38054", lat=48.9, lon=2.3) == []
