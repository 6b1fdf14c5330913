"""Who ties a region to which other, and which regions work together, on three projects counted by hand."""

from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.region_profile import region_profile
from valuechain.model.graph import Scope
from valuechain.model.result import Result

ROWS: dict[str, Any] = {
    **chain("glass>lens"),
    "organisations": [
        *firms("a", "b", region="DE211", country="DE"),
        *firms("e", "f", region="FR101", country="FR"),
        *firms("n", region="NL310", country="NL"),
    ],
    "offers": links("offers", "a lens", "e lens", "n glass"),
    "projects": [{"id": one, "title": one} for one in ("x", "y", "z")],
    "participations": links("participations", "a x", "e x", "a y", "b y", "f y", "b z", "n z"),
}


def ask(*regions: str) -> Result:
    return region_profile(graph_of(ROWS).within(Scope(regions=regions)))


def test_each_organisation_here_is_tied_to_the_regions_of_its_partners():
    flows = ask("DE21").frame("flows")

    assert flows[["organisation", "partner_key", "projects"]].values.tolist() == [
        ["a", "FR10", 2],
        ["b", "FR10", 1],
        ["b", "NL31", 1],
    ]


def test_behind_a_flow_are_the_parts_of_both_ends():
    table = ask("DE21").table("flows")

    assert [len(one) for one in table.evidence] == [4, 2, 2]


def test_each_pair_of_regions_stands_once_with_the_more_tied_one_at_the_left():
    flows = ask().frame("flows")

    assert flows[["region_key", "partner_key", "projects"]].values.tolist() == [
        ["DE21", "FR10", 2],
        ["DE21", "NL31", 1],
    ]


def test_of_several_regions_the_pairs_with_one_of_them_are_shown():
    flows = ask("NL31", "NL32").frame("flows")

    assert flows[["region_key", "partner_key"]].values.tolist() == [["DE21", "NL31"]]


@pytest.mark.parametrize("regions", [(), ("DE21",)])
def test_the_picture_draws_the_flows(regions):
    result = ask(*regions)
    [chart] = [one for one in result.charts if one.name == "flows"]

    assert chart.table == "flows"
    assert {chart.x, chart.y, chart.value} <= set(result.frame("flows").columns)
    assert chart.alternative


def test_organisations_without_a_joint_project_make_no_flow():
    alone = {**ROWS, "participations": links("participations", "a x", "b x")}
    result = region_profile(graph_of(alone).within(Scope(regions=("DE21",))))

    assert result.frame("flows").empty
