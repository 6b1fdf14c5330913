"""What headers of lists mean, in seven languages, measured on headers that were written for the test."""

import csv
from importlib.resources import files

import pytest

from tests.sources.lists.header_cases import CASES
from valuechain.sources.lists.mapping import SURE, UNSURE, match_columns
from valuechain.sources.lists.mapping_headers import (
    AMONG_OTHERS,
    CLEANED,
    ESSENCE,
    KEEP,
    LANGUAGES,
    LEAVE_OUT,
    ONE_OF_TWO,
    PART_OF_HEADER,
    PERSON,
    SAME,
    Unit,
    meanings_of,
    number_of,
    unit_of,
)
from valuechain.sources.lists.mapping_target import LINKS, read_target
from valuechain.sources.tables.table import Table

LEAST_PRECISION = 0.97
"""Of the columns that are used on the word of their header alone, how many are what was meant."""
LEAST_RECALL = 0.85
"""Of the columns that have a field, how many are used."""


def taken_for(header: str, meaning: str) -> tuple[str, str]:
    """What a header without cells is taken for, and what is proposed where that is not sure."""
    beside = ("Company",) if meaning == "memberships.cluster" else ()  # "Cluster" alone is the name of the row
    column = match_columns(Table("list.csv", "", (header, *beside), ()))[0]
    return (column.fills.name if column.fills else column.use), column.match.field


@pytest.mark.parametrize("language", CASES)
def test_headers_written_for_the_test_are_taken_for_what_they_mean(language: str):
    results = [(meaning, *taken_for(header, meaning)) for header, meaning in CASES[language]]
    used = [(meaning, got) for meaning, got, _ in results if "." in got]
    right = [meaning for meaning, got in used if meaning == got]
    fields = [meaning for meaning, _, _ in results if "." in meaning]

    assert len(results) >= 40
    assert len(right) / len(used) >= LEAST_PRECISION
    assert len(right) / len(fields) >= LEAST_RECALL


def test_over_all_languages_one_in_a_hundred_used_columns_is_wrong_at_most():
    results = [(meaning, *taken_for(header, meaning)) for cases in CASES.values() for header, meaning in cases]
    used = [(meaning, got) for meaning, got, _ in results if "." in got]
    proposed = [(meaning, field) for meaning, got, field in results if got == "keep" and field and "." in meaning]

    assert sum(meaning == got for meaning, got in used) / len(used) >= 0.99
    assert sum(meaning == field for meaning, field in proposed) / len(proposed) >= 0.5


@pytest.mark.parametrize("language", CASES)
def test_no_header_about_persons_is_used_or_kept(language: str):
    persons = [header for header, meaning in CASES[language] if meaning == PERSON]

    assert {taken_for(header, PERSON)[0] for header in persons} == {"person"}


@pytest.mark.parametrize(
    ("header", "target", "score"),
    [
        ("Raison sociale", "organisations.name", SAME),
        ("RAISON_SOCIALE", "organisations.name", SAME),
        ("Umsatz 2023 (Mio. €)", "organisations.turnover_eur", CLEANED),
        ("Kompetenz 3", "offers.capability", CLEANED),
        ("Firma / Institution", "organisations.name", ONE_OF_TWO),
        ("Lieferanten unserer Werkzeugmacher", "supplies.supplier", 0.78),
        ("Tecnologie principali", "offers.capability", ESSENCE),
        ("Angaben (Homepage)", "organisations.website", PART_OF_HEADER),
        ("Telefon der Zentrale", PERSON, PART_OF_HEADER),
    ],
)
def test_the_less_of_a_header_is_known_the_lower_the_score(header: str, target: str, score: float):
    best = meanings_of(header)[0]

    assert best.target == target
    assert best.score == pytest.approx(score, abs=0.03)


def test_a_header_may_be_misspelled_or_part_of_a_compound():
    assert meanings_of("Postleitzal")[0].target == "organisations.postcode"
    assert UNSURE < meanings_of("Mitarbeiterzufriedenheit")[0].score < SURE


def test_a_header_that_speaks_of_two_things_is_sure_of_neither():
    meanings = meanings_of("Land der Muttergesellschaft")

    assert {one.target for one in meanings} == {"organisations.country", "ownerships.owner"}
    assert all(one.score <= AMONG_OTHERS for one in meanings)


def test_a_header_nobody_knows_means_nothing():
    assert meanings_of("Xyzzy") == ()
    assert meanings_of("()") == ()


def test_the_languages_that_know_a_header_are_told():
    assert meanings_of("Firmenname")[0].spoken == "German"
    assert meanings_of("PLZ/Ort")[0].languages[0] == "de"


@pytest.mark.parametrize(
    ("header", "unit"),
    [
        ("Umsatz (Mio €)", Unit(1e6, "EUR")),
        ("Umsatz in T€", Unit(1e3, "EUR")),
        ("Umsatz TEUR", Unit(1e3, "EUR")),
        ("Turnover [k€]", Unit(1e3, "EUR")),
        ("Revenue (EUR million)", Unit(1e6, "EUR")),
        ("CA (M€)", Unit(1e6, "EUR")),
        ("Facturación (miles de €)", Unit(1e3, "EUR")),
        ("Fatturato (migliaia di euro)", Unit(1e3, "EUR")),
        ("Obrót (mln zł)", Unit(1e6, "PLN")),
        ("Omsättning (tkr)", Unit(1e3, "SEK")),
        ("Omsättning (MSEK)", Unit(1e6, "SEK")),
        ("Umsatz (Mrd. CHF)", Unit(1e9, "CHF")),
        ("Umsatz", Unit(1.0, "")),
    ],
)
def test_units_in_headers_are_understood(header: str, unit: Unit):
    assert unit_of(header) == unit


def test_a_number_behind_a_header_tells_columns_apart_but_a_year_does_not():
    assert [number_of(header) for header in ("Produkt 2", "Produkt (02)", "Produkt", "Umsatz 2023")] == [
        "2",
        "2",
        "",
        "",
    ]


def test_every_synonym_is_of_a_known_field_and_language():
    with files("valuechain").joinpath("reference/mapping/headers.csv").open(encoding="utf-8") as text:
        rows = list(csv.DictReader(text))

    assert {row["language"] for row in rows} == set(LANGUAGES)
    for field in {row["field"] for row in rows} - {KEEP, LEAVE_OUT, PERSON}:
        target = read_target(field)
        assert target.kind in ("organisations", *LINKS)
        assert {row["language"] for row in rows if row["field"] == field} == set(LANGUAGES)


@pytest.mark.parametrize(
    ("header", "field"),
    [
        ("Stammdaten: PLZ", "organisations.postcode"),
        ("Key figures: Turnover (EUR million)", "organisations.turnover_eur"),
        ("Profil: Sucht", "needs.capability"),
        ("Profil: Lieferanten", "supplies.supplier"),
        ("Supplier: Name", "supplies.supplier"),
        ("Kontakt: Telefon", "person"),
    ],
)
def test_a_group_above_counts_only_where_it_says_who_or_what_is_meant(header: str, field: str):
    assert meanings_of(header)[0].target.partition(" ")[0] == field
