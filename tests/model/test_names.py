"""Names as people read them; the capitals of CORDIS are real ones."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.language import in_a_sentence
from valuechain.model.names import normal_name, readable


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        (
            "FRAUNHOFER GESELLSCHAFT ZUR FORDERUNG DER ANGEWANDTEN FORSCHUNG EV",
            "Fraunhofer Gesellschaft zur Forderung der Angewandten Forschung e.V.",
        ),
        ("LZH LASERZENTRUM HANNOVER EV", "LZH Laserzentrum Hannover e.V."),
        ("UNIVERSITAT ZU KOLN", "Universitat zu Koln"),
        ("CARL ZEISS NTS GMBH", "Carl Zeiss NTS GmbH"),
        ("FERDINAND-BRAUN-INSTITUT GGMBH LEIBNIZ- INSTITUT FUR HOCHSTFREQUENZTECHNIK",
         "Ferdinand-Braun-Institut gGmbH Leibniz- Institut fur Hochstfrequenztechnik"),
        ("DEUTSCHES ELEKTRONEN-SYNCHROTRON DESY", "Deutsches Elektronen-Synchrotron DESY"),
        ("SCHAEFFLER TECHNOLOGIES AG & CO. KG", "Schaeffler Technologies AG & Co. KG"),
        ("TESAT-SPACECOM GMBH & CO.KG", "Tesat-Spacecom GmbH & Co.KG"),
        ("TRUMPF SCIENTIFIC LASERS GMBH + COKG", "Trumpf Scientific Lasers GmbH + CoKG"),
        ("ZIEHL-ABEGG S.E.", "Ziehl-Abegg S.E."),
        ("PHOTONICS BW E.V.", "Photonics BW e.V."),
        ("DR. FOOKE-ACHTERRATH LABORATORIEN GMBH", "Dr. Fooke-Achterrath Laboratorien GmbH"),
        ("B. BRAUN MELSUNGEN AKTIENGESELLSCHAFT", "B. Braun Melsungen Aktiengesellschaft"),
        ("3S - SENSORS, SIGNAL PROCESSING, SYSTEMS GMBH", "3S - Sensors, Signal Processing, Systems GmbH"),
        ("BIOMARKER TECHNOLOGIES (BMK) GMBH", "Biomarker Technologies (BMK) GmbH"),
        ("FRIEDRICH-SCHILLER-UNIVERSITÄT JENA", "Friedrich-Schiller-Universität Jena"),
        ("THE CIVICS INNOVATION HUB GGMBH", "The Civics Innovation Hub gGmbH"),
        ("DEN HAAG", "Den Haag"),
        ("CSEM CENTRE SUISSE D'ELECTRONIQUE ET DE MICROTECHNIQUE SA",
         "CSEM Centre Suisse D'electronique et de Microtechnique SA"),
        ("SAP SE", "SAP SE"),
    ],
)  # fmt: skip
def test_capitals_stay_where_words_begin_and_in_short_names(name: str, shown: str):
    assert readable(name) == shown


@pytest.mark.parametrize(
    "name", ["Fraunhofer IOF", "abberior GmbH", "X-FAB Dresden GmbH & Co. KG", "Blazejewski MEDI-TECH GMBH", "", "4711"]
)
def test_a_name_with_small_letters_in_it_is_left_alone(name: str):
    assert readable(name) == name


@given(st.text(max_size=40))
def test_any_name_stays_the_same_but_for_its_capitals_and_the_dots_of_registered_associations(name: str):
    def bare(text: str) -> str:
        return text.casefold().replace(".", "").replace("ı", "i")

    assert bare(readable(name)) == bare(name)


@given(st.text(max_size=40))
def test_what_is_readable_already_stays(name: str):
    assert readable(readable(name)) == readable(name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("Turnover EUR", "turnover_eur"), (" Größe (m²) ", "grösse_m²"), ("lead-time__days", "lead_time_days")],
)
def test_a_column_or_sheet_is_called_by_its_words_alone(text: str, name: str):
    assert normal_name(text) == name


@pytest.mark.parametrize(
    ("label", "text"),
    [
        ("Optical glass", "optical glass"),
        ("LEDs and lamps", "LEDs and lamps"),
        ("Raman, infrared and laser spectroscopy", "Raman, infrared and laser spectroscopy"),
    ],
)
def test_a_label_within_a_sentence_keeps_short_names_and_those_of_people(label: str, text: str):
    assert in_a_sentence(label) == text
