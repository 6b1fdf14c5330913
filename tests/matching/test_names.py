"""Names as they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.matching.legal_forms import forms_after, words_of
from valuechain.matching.names import initials, is_short_for, plain_name, plain_words


@pytest.mark.parametrize(
    ("name", "country", "plain"),
    [
        ("LZH LASERZENTRUM HANNOVER E.V.", "DE", "lzh laserzentrum hannover"),
        ("Müller GmbH & Co. KG", "DE", "muller"),
        ("MUELLER GMBH", "DE", "muller"),
        ("Merck Kommanditgesellschaft auf Aktien", "DE", "merck"),
        ("IHP GmbH - Leibniz-Institut", "DE", "ihp leibniz institute"),
        ("fka Gesellschaft Kraftfahrwesen mbH Aachen", "DE", "fka gesellschaft kraftfahrwesen aachen"),
        ("Beispiel Ges.m.b.H.", "AT", "beispiel"),
        ("Exemple S.p.A.", "IT", "exemple"),
        ("SARL Exemple", "FR", "exemple"),
        ("SC EXEMPLU SRL", "RO", "exemplu"),
        ("UAB Pavyzdys", "LT", "pavyzdys"),
        ("Przykład Sp. z o.o. Sp. k.", "PL", "przyklad"),
        ("Příklad s.r.o.", "CZ", "priklad"),
        ("Primer d.o.o.", "SI", "primer"),
        ("Példa Kft.", "HU", "pelda"),
        ("Πρότυπο Α.Ε.", "GR", "προτυπο"),
        ("Protypo AE", "GR", "protypo"),
        ("ЕООД Пример", "BG", "пример"),
        ("Eksempel A/S", "DK", "eksempel"),
        ("Esimerkki Oyj Abp", "FI", "esimerkki"),
        ("Exempel Aktiebolag", "SE", "exempel"),
        ("Eksempel ASA", "NO", "eksempel"),
        ("Näide OÜ", "EE", "naide"),
        ("Piemērs SIA", "LV", "piemers"),
        ("Voorbeeld B.V.", "NL", "voorbeeld"),
        ("Exemple ASBL", "BE", "exemple"),
        ("Exemplo, Unipessoal Lda.", "PT", "exemplo"),
        ("Ejemplo S.L.U.", "ES", "ejemplo"),
        ("Beispiel Sagl", "CH", "beispiel"),
        ("Example Holdings plc", "GB", "example holdings"),
        ("Example, Inc.", "US", "example"),
        ("株式会社東芝", "JP", "東芝"),
        ("Toshiba Co., Ltd.", "JP", "toshiba"),
        ("Beispiel GmbH", "", "beispiel"),
        ("Carl Zeiss SE", "", "carl zeiss"),
    ],
)  # fmt: skip
def test_legal_forms_before_and_after_a_name_are_left_out(name: str, country: str, plain: str):
    assert plain_name(name, country) == plain


def test_a_short_form_of_another_country_is_a_word_and_a_long_one_a_legal_form():
    assert plain_name("Nova AS", "NO") == "nova"
    assert plain_name("Nova AS", "DE") == "nova as"
    assert plain_name("Nova GmbH", "FR") == "nova"
    assert plain_name("SAS Institute GmbH", "DE") == "sas institute"


def test_a_name_that_is_nothing_but_a_legal_form_stays():
    assert plain_name("AG", "DE") == "ag"
    assert plain_name("GmbH GmbH", "DE") == "gmbh"
    assert plain_words("...", "DE") == ()


def test_single_letters_in_a_row_are_one_word():
    assert words_of("A. B. C. Optik 4 U") == ("abc", "optik", "4", "u")


def test_what_sort_of_organisation_it_is_counts_alike_in_every_language():
    assert plain_name("Universität Stuttgart", "DE") == plain_name("University Stuttgart", "DE")
    assert plain_name("Uniwersytet Gdański", "PL") == "university gdanski"


def test_a_letter_that_a_wrong_encoding_lost_does_not_break_the_word():
    assert plain_name("Universit\N{REPLACEMENT CHARACTER}tsklinikum", "DE") == "universitatsklinikum"


def test_initials_leave_small_words_out():
    assert initials(plain_words("Institut für Angewandte Optik und Feinmechanik")) == "iaof"


@pytest.mark.parametrize(
    ("short", "name", "fits"),
    [
        ("iof", "Institut für Angewandte Optik und Feinmechanik", True),
        ("dlr", "Deutsches Zentrum für Luft- und Raumfahrt", True),
        ("tum", "Technische Universität München", True),
        ("ufm", "Technische Universität München", False),
        ("i", "Institut", False),
        ("institut", "Institut für Optik", False),
        ("iof", "und", False),
    ],
)
def test_a_short_form_is_made_of_first_letters_in_order(short: str, name: str, fits: bool):
    assert is_short_for(short, plain_words(name)) is fits


def test_every_country_of_the_eu_has_legal_forms_of_its_own():
    far = forms_after("XX")
    countries = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IE IT LT LU LV MT NL PL PT RO SE SI SK"
    for country in countries.split():
        assert len(forms_after(country) - far) >= 1 or country in ("CY", "IE", "MT", "BG"), country


@given(name=st.text(max_size=30), country=st.sampled_from(("", "DE", "GR", "JP")))
def test_any_text_has_a_plain_name_that_is_plain_already(name: str, country: str):
    plain = plain_name(name, country)

    assert plain == " ".join(plain.split())
    assert bool(plain) == bool(words_of(name)) or not plain
