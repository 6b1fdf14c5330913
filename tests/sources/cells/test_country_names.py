"""Countries and markets as people write them."""

import csv
from collections import defaultdict
from importlib.resources import files

import pytest

from valuechain.model.search import folded
from valuechain.sources.cells.country_names import Market, Stage, country_of, is_group, read_market, read_markets

FOLDER = files("valuechain").joinpath("reference/countries")
LANGUAGES = ("en", "de", "fr", "es", "it", "pl", "sv")


def rows(name: str) -> list[dict[str, str]]:
    with FOLDER.joinpath(f"{name}.csv").open(encoding="utf-8") as text:
        return list(csv.DictReader(text))


def test_every_name_in_every_language_is_found():
    wanted = {(row["code"], row[language]) for row in rows("countries") for language in (*LANGUAGES, "code")}
    assert {(country_of(name), name) for _, name in wanted} == wanted
    assert len(rows("countries")) == 250  # the 249 of ISO 3166-1, and Kosovo


def test_codes_of_three_letters_are_known():
    assert country_of("DEU") == "DE"
    assert [row["code"] for row in rows("countries") if not row["alpha3"]] == ["XK"]


def test_no_name_stands_for_two_countries():
    owners = defaultdict(set)
    for row in rows("countries"):
        for language in LANGUAGES:
            owners[folded(row[language])].add(row["code"])
    for row in rows("other_names"):
        owners[folded(row["name"].replace(".", ""))].add(row["code"])
    for row in rows("groups"):
        for language in LANGUAGES:
            owners[folded(row[language])].add("")
    assert {name: codes for name, codes in owners.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Deutschland", "DE"), ("GERMANY", "DE"), ("  allemagne ", "DE"), ("Niemcy", "DE"), ("DE", "DE"),
        ("EL", "GR"), ("UK", "GB"), ("U.S.A.", "US"), ("EE.UU.", "US"), ("die Schweiz", "CH"), ("les Pays-Bas", "NL"),
        ("The Netherlands", "NL"), ("Holland", "NL"), ("Tschechische Republik", "CZ"), ("Oesterreich", "AT"),
        ("Deutschland / Germany", "DE"), ("Japan (JP)", "JP"), ("Bosnia and Herzegovina", "BA"), ("Korea", "KR"),
        ("Korea (Nord)", "KP"), ("Guinea-Bissau", "GW"), ("Côte d’Ivoire", "CI"),
    ],
)  # fmt: skip
def test_usual_spellings_are_known(text: str, code: str):
    assert country_of(text) == code


@pytest.mark.parametrize(
    "text", ["", "in", "no", "de", "ZZ", "XX", "DDR", "Jena, Germany", "Germany, Austria", "Bavaria"]
)
def test_what_is_no_country_is_none(text: str):
    assert country_of(text) is None


def test_continents_and_unions_are_groups():
    assert all(map(is_group, ("Asien", "Europe", "EU", "DACH", "D-A-CH", "weltweit", "Ameryka Południowa")))
    assert not any(map(is_group, ("", "Japan", "142", "Medizintechnik")))


@pytest.mark.parametrize(
    ("text", "market", "stage"),
    [
        ("Japan", "JP", ""),
        ("IN", "IN", ""),
        ("Japan?", "JP", "interested"),
        ("Ziel: Japan", "JP", "interested"),
        ("USA (export)", "US", "exporting"),
        ("Export nach Frankreich", "FR", "exporting"),
        ("Export nach Japan (geplant)", "JP", "interested"),
        ("wir liefern in die Schweiz", "CH", "exporting"),
        ("seit 2019 in China", "CN", "established"),
        ("China (2019)", "CN", ""),
        ("Polen (Niederlassung)", "PL", "established"),
        ("ventes en Espagne", "ES", "exporting"),
    ],
)
def test_a_country_is_read_with_the_stage_that_is_said(text: str, market: str, stage: Stage):
    assert read_market(text) == Market(market, "country", stage)


@pytest.mark.parametrize(
    ("text", "market", "stage"),
    [
        ("Medizintechnik", "Medizintechnik", ""),
        ("Medizintechnik (geplant)", "Medizintechnik", "interested"),
        ("Sensorik?", "Sensorik", "interested"),
        ("Automotive seit 2015", "Automotive", "established"),
        ("office lighting", "office lighting", ""),
        ("optics (IR)", "optics", ""),
    ],
)
def test_another_word_is_an_application_field(text: str, market: str, stage: Stage):
    assert read_market(text) == Market(market, "application", stage)


def test_a_group_of_countries_is_neither_country_nor_application():
    assert read_market("DACH (Export)") == Market("DACH", "", "exporting")


@pytest.mark.parametrize("text", ["", "-", "?", "Export", "kein Export", "nicht nach Japan", "USA und Kanada"])
def test_nothing_one_can_name_is_no_market(text: str):
    assert read_market(text) is None


def test_a_list_of_markets_comes_apart():
    assert read_markets("Japan?; USA und Kanada (export), Medizintechnik\nkein Export; japan?") == [
        Market("JP", "country", "interested"),
        Market("US", "country", "exporting"),
        Market("CA", "country", "exporting"),
        Market("Medizintechnik", "application", ""),
    ]


def test_signs_of_vehicles_count_in_lists_of_markets_alone():
    assert [market.market for market in read_markets("D, A, CH; F & I")] == ["DE", "AT", "CH", "FR", "IT"]
    assert country_of("D") is None


def test_a_stage_before_a_colon_holds_for_all():
    assert read_markets("Export: USA, Japan?") == [
        Market("US", "country", "exporting"),
        Market("JP", "country", "interested"),
    ]
    assert read_markets("Ziel: Medizintechnik") == [Market("Medizintechnik", "application", "interested")]


def test_countries_in_brackets_stand_for_their_group():
    assert [market.market for market in read_markets("Europa (D, A, CH); Nordamerika?")] == [
        "DE", "AT", "CH", "Nordamerika",
    ]  # fmt: skip
    assert read_markets("Asien (vor allem Japan)") == [Market("Asien", "", "")]


def test_shares_beside_a_country_do_not_hide_it():
    assert [market.market for market in read_markets("China 30 %, USA <20%, 10% Japan")] == ["CN", "US", "JP"]
