"""The rules of calls that the program carries."""

import pytest

from valuechain.model.call_rules import parse_call_rules
from valuechain.sources.reference import call_rules, load_reference

CARRIED = call_rules()


@pytest.mark.parametrize("name", CARRIED)
def test_each_file_can_be_read_is_called_like_its_rules_and_names_its_source(name: str):
    rules = parse_call_rules(CARRIED[name])
    assert rules.name == name
    assert rules.document
    assert rules.url.startswith("https://")
    assert rules.note
    assert rules.holds_on("2026-06-01")


def test_what_is_asked_about_is_carried():
    assert {
        "horizon-europe", "i3-strand-1", "i3-strand-2a", "i3-strand-2b", "interreg", "interreg-central-europe",
        "export-consortium", "zim-innovation-network", "joint-project", "two-regions",
    } == set(CARRIED)  # fmt: skip
    assert load_reference().call_rules == CARRIED


def test_horizon_europe_knows_27_member_states_and_the_associated_countries_of_a_day():
    groups = parse_call_rules(CARRIED["horizon-europe"]).groups
    assert len(groups["member_states"].on("2026-01-01")) == 27
    associated = {day: groups["associated"].on(day) for day in ("2022-12-31", "2024-06-01", "2026-06-01")}
    assert len(associated["2022-12-31"]) == 16
    assert associated["2024-06-01"] - associated["2022-12-31"] == {"NZ", "GB", "CA"}
    assert associated["2026-06-01"] - associated["2024-06-01"] == {"KR", "CH", "EG", "JP"}
    assert not groups["member_states"].on("2026-06-01") & associated["2026-06-01"]
