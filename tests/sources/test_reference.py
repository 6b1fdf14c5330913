"""What the program carries with it can be read by its own sources."""

import re

from valuechain.sources.nuts import lies_in, region_labels, region_scheme
from valuechain.sources.reference import demo_batches, load_reference


def test_title_terms_are_keyed_by_the_capabilities_of_the_chain():
    batches = {batch.source: batch for batch in demo_batches()}
    capabilities = {record.key for record in batches["photonics"].records if record.kind == "capabilities"}

    terms = load_reference().title_terms

    assert len(terms) == 83
    assert set(terms) == capabilities
    assert re.search(terms["photonics:laser_diodes"], "High-power laser diodes", re.IGNORECASE)


def test_regions_have_names_those_of_2021_too():
    labels = load_reference().region_labels
    assert len(labels) == 1798 + 290
    assert labels["DE212"] == "München, Kreisfreie Stadt"
    assert labels["PT170"] == "Área Metropolitana de Lisboa"


def test_the_demo_is_three_deliveries_of_which_no_row_is_refused_and_cordis_alone_is_warned_of():
    batches = demo_batches()

    assert [batch.source for batch in batches] == ["photonics", "cordis-de-photonics", "example-cluster"]
    assert [batch.refused for batch in batches] == [0, 0, 0]
    assert [bool(batch.faults) for batch in batches] == [False, True, False]
    assert {record.values["as_of"] for record in batches[1].records} == {"2026-08-31"}


def test_region_codes_are_of_the_newest_list_that_knows_them():
    known = region_labels()
    assert [region_scheme(code, known) for code in ("DE212", "DE", "DEG0F", "UKF24", "GH", "DE-21")] == [
        "nuts2024", "nuts2024", "nuts2021", "nuts2021", "", "",
    ]  # fmt: skip


def test_codes_lie_in_countries_by_either_of_their_names():
    assert lies_in("EL303", "GR")
    assert lies_in("EL303", "el")
    assert lies_in("UKF24", "GB")
    assert not lies_in("FR101", "DE")
