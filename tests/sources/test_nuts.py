"""Region codes of 2021 and 2024.

The codes of 2021 are compared with those of 2024 in full; where a region of 2024 has the same name it is the successor
(Commission Delegated Regulation (EU) 2023/674).
"""

import pytest

from valuechain.sources.nuts import current_code, current_codes, former_labels, region_labels, region_scheme


def test_a_former_code_is_not_one_of_2024():
    assert not former_labels().keys() & region_labels().keys()
    assert len([code for code in former_labels() if not code.startswith("UK")]) == 57


def test_every_successor_is_a_region_of_2024_of_the_same_level_and_country():
    known = region_labels()
    for code, current in current_codes().items():
        assert current in known
        assert (current[:2], len(current)) == (code[:2], len(code))


def test_successors_have_the_same_name_but_for_the_town_that_went_into_its_district():
    renamed = {
        code
        for code, current in current_codes().items()
        if former_labels()[code] != " ".join(region_labels()[current].split())
    }
    assert renamed == {"DEG0N"}  # Eisenach, in the Wartburgkreis since July 2021


def test_two_former_regions_are_one_only_where_one_took_in_the_other():
    successors = list(current_codes().values())
    assert {code for code in successors if successors.count(code) > 1} == {"DEG0R"}


@pytest.mark.parametrize(
    ("code", "current"),
    [
        ("DEG0F", "DEG0T"),
        ("DEG0N", "DEG0R"),
        ("NL31", "NL35"),
        ("NL310", "NL350"),
        ("PT16D", "PT191"),
        ("LV006", "LV00A"),
        ("FI1D1", "FI1DA"),
        ("DE212", "DE212"),
        ("DE", "DE"),
        ("anything", "anything"),
    ],
)
def test_a_code_leads_to_the_one_in_use(code: str, current: str):
    assert current_code(code) == current


@pytest.mark.parametrize("code", ["PT170", "PT17", "PT16", "PT18", "LV007", "NO074", "NO082", "NO091", "UKI31"])
def test_what_was_divided_or_left_has_no_successor(code: str):
    assert current_code(code) == code
    assert region_scheme(code, region_labels()) == "nuts2021"


def test_codes_of_older_lists_are_of_neither():
    assert region_scheme("DE919", region_labels()) == ""
