"""Bands of figures and size classes, as people write them in seven languages."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.sources.cells.bands import read_band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("10-49", (10, 49)),
        ("10–49 Mitarbeiter", (10, 49)),
        ("10 — 49 MA", (10, 49)),
        ("10 bis 49", (10, 49)),
        ("von 10 bis 49 Beschäftigte", (10, 49)),
        ("von 10 bis unter 50", (10, 50)),
        ("zwischen 10 und 49", (10, 49)),
        ("10 to 49 employees", (10, 49)),
        ("between 10 and 49", (10, 49)),
        ("de 10 à 49 salariés", (10, 49)),
        ("entre 10 et 49", (10, 49)),
        ("de 10 a 49 empleados", (10, 49)),
        ("da 10 a 49 dipendenti", (10, 49)),
        ("tra 10 e 49", (10, 49)),
        ("od 10 do 49 pracowników", (10, 49)),
        ("10 till 49 anställda", (10, 49)),
        ("från 10 till 49", (10, 49)),
        ("≥10 und <50", (10, 50)),
        ("> 10 < 50", (10, 50)),
        ("10..49", (10, 49)),
        ("10 … 49", (10, 49)),
        ("10~49", (10, 49)),
        ("1.000-5.000", (1000, 5000)),
        ("2 000 – 5 000", (2000, 5000)),
        ("2\u202f000 – 5\u00a0000 €", (2000, 5000)),
        ("1'000-5'000", (1000, 5000)),
        ("1,234,567 - 2,345,678.50 EUR", (1_234_567, 2_345_678.5)),
        ("10-49 (2022)", (10, 49)),
        ("más de 10 y menos de 50", (10, 50)),
        ("10 bis 49 Mitarbeiterinnen und Mitarbeiter", (10, 49)),
    ],
)
def test_two_figures_are_a_band(text: str, band: tuple[float, float]):
    assert read_band(text) == band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("> 250", (250, None)), ("≥ 250", (250, None)), ("ab 250", (250, None)), ("über 250 MA", (250, None)),
        ("mehr als 250", (250, None)), ("250 und mehr Mitarbeiter", (250, None)), ("50+", (50, None)),
        ("50 + employees", (50, None)), ("250 and more", (250, None)), ("more than 250", (250, None)),
        ("over 250 people", (250, None)), ("plus de 250", (250, None)), ("250 et plus", (250, None)),
        ("más de 250", (250, None)), ("250 o más", (250, None)), ("oltre 250", (250, None)),
        ("più di 250", (250, None)), ("powyżej 250", (250, None)), ("250 i więcej", (250, None)),
        ("mer än 250", (250, None)), ("250 eller fler", (250, None)), ("mindestens 250", (250, None)),
    ],
)  # fmt: skip
def test_a_lower_end_leaves_the_upper_open(text: str, band: tuple[float, None]):
    assert read_band(text) == band


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("<50", (None, 50)), ("≤ 50", (None, 50)), ("bis 9", (None, 9)), ("bis zu 9", (None, 9)),
        ("unter 10 Mitarbeiter", (None, 10)), ("weniger als 10", (None, 10)), ("max. 9", (None, 9)),
        ("up to 9", (None, 9)), ("fewer than 10 people", (None, 10)), ("9 or fewer", (None, 9)),
        ("moins de 10", (None, 10)), ("jusqu'à 9 personnes", (None, 9)), ("menos de 10", (None, 10)),
        ("hasta 9", (None, 9)), ("meno di 10", (None, 10)), ("fino a 9", (None, 9)), ("poniżej 10", (None, 10)),
        ("do 9 osób", (None, 9)), ("upp till 9", (None, 9)), ("färre än 10", (None, 10)),
    ],
)  # fmt: skip
def test_an_upper_end_leaves_the_lower_open(text: str, band: tuple[None, float]):
    assert read_band(text) == band


@pytest.mark.parametrize(
    "text", ["ca. 20", "~20", "20 (2023)", "etwa 20 Mitarbeiter", "about 20", "environ 20", "20 employees"]
)
def test_a_figure_with_a_word_beside_it_is_a_band_of_one_value(text: str):
    assert read_band(text) == (20, 20)


@pytest.mark.parametrize(
    ("text", "band"),
    [
        ("5-10 Mio. €", (5e6, 1e7)),
        ("> 5 M", (5e6, None)),
        ("2,5 Mio. EUR", (2.5e6, 2.5e6)),
        ("0.500-1 M€", (5e5, 1e6)),
        ("500 k – 2 M", (5e5, 2e6)),
        ("500.000 – 1 Mio. €", (5e5, 1e6)),
        ("5 Mio. - 10", (5e6, 1e7)),
        ("TEUR 500 - 900", (5e5, 9e5)),
        ("500 TEUR", (5e5, 5e5)),
        ("Mio. € 5-10", (5e6, 1e7)),
        ("500k€", (5e5, 5e5)),
        ("bis 250 Tsd. Euro", (None, 2.5e5)),
        ("1-2 Mrd. €", (1e9, 2e9)),
        ("2 bn EUR", (2e9, 2e9)),
        ("moins de 2 millions d'euros", (None, 2e6)),
        ("5 mil millones de euros", (5e9, 5e9)),
        ("10 milioni di euro", (1e7, 1e7)),
        ("5-10 mln", (5e6, 1e7)),
        ("10-20 miljoner", (1e7, 2e7)),
        ("≤ € 2 m", (None, 2e6)),
        ("2 bis 10 Mio. Euro Umsatz", (2e6, 1e7)),
        ("2-10 M€/Jahr", (2e6, 1e7)),
        ("5 Mio. EUR p.a.", (5e6, 5e6)),
    ],
)
def test_words_of_scale_multiply(text: str, band: tuple[float | None, float | None]):
    assert read_band(text) == pytest.approx(band)


@pytest.mark.parametrize(
    ("words", "band"),
    [
        ("micro, Micro-enterprise, Kleinstunternehmen, microentreprise, microempresa, microimpresa, "
         "mikroprzedsiębiorstwo, mikroföretag", (0, 9)),
        ("small, kleines Unternehmen, Kleinunternehmen, petite entreprise, pequeña empresa, piccola impresa, "
         "małe przedsiębiorstwo, litet företag", (10, 49)),
        ("medium-sized, mittleres Unternehmen, moyenne entreprise, mediana empresa, media impresa, "
         "średnie przedsiębiorstwo, medelstort företag", (50, 249)),
        ("large, Großunternehmen, grande entreprise, gran empresa, grande impresa, duże przedsiębiorstwo, "
         "stort företag", (250, None)),
        ("SME, KMU, PME, PYME, PMI, MŚP", (0, 249)),
    ],
)  # fmt: skip
def test_size_classes_stand_for_the_staff_of_recommendation_2003_361(words: str, band: tuple[float, float | None]):
    assert {word: read_band(word) for word in words.split(", ")} == dict.fromkeys(words.split(", "), band)


@pytest.mark.parametrize("text", ["small (10-24)", "10-24 (small)", "Kleinunternehmen: 10 bis 24", "[small] 10-24"])
def test_figures_beside_a_size_class_win(text: str):
    assert read_band(text) == (10, 24)


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "20", "2.000", "1 000", "abc", "keine Angabe", "-", "-50", "50-", "10-20-30", "2024-01-15",
        "15.01.2024", "10-20 %", "5 M USD", "10 SEK", "Typ 3-5", "5 mil", "50-10", "900 - 2 Mio", "10 49 5",
        "(10-49) (50-99) (100)", "< 10 > 20 < 30", "plus", "€", "ca.", "(2022)",
    ],
)  # fmt: skip
def test_what_is_no_band_is_none(text: str):
    assert read_band(text) is None


@given(st.integers(0, 10**7), st.integers(0, 10**7), st.sampled_from(["{}-{}", "{} – {} €", "von {} bis {}", "{}…{}"]))
def test_a_written_band_is_read_as_its_figures(first: int, second: int, form: str):
    low, high = sorted((first, second))
    assert read_band(form.format(low, high)) == (low, high)


@given(st.text(max_size=30))
def test_any_text_is_read_or_none(text: str):
    band = read_band(text)
    if band and None not in band:
        assert band[0] <= band[1]  # type: ignore[operator]
