"""From stage to stage: three deliveries of a region, counted by hand."""

from typing import Any

from tests.support.small import firms, graph_of, links
from valuechain.analyses.region_profile import region_profile
from valuechain.model.graph import Scope

STAGES = ("raw", "part", "system")
ROWS: dict[str, Any] = {
    "stages": [{"id": one, "chain": "c", "label": one.title(), "order": place} for place, one in enumerate(STAGES)],
    "capabilities": [
        {"id": name, "label": name.title(), "chain": "c", "stage": stage, "kind": "component"}
        for name, stage in (("glass", "raw"), ("lens", "part"), ("camera", "system"))
    ],
    "inputs": [
        {"from_capability": "glass", "to_capability": "lens"},
        {"from_capability": "lens", "to_capability": "camera"},
    ],
    "organisations": [*firms("a", "b", region="DE211"), *firms("e", "f", region="FR101")],
    "offers": links("offers", "a glass", "b lens", "e lens", "f camera"),
    "supplies": links("supplies", "a b glass", "a e glass", "b f lens", "e f lens", "a f glass", since="2020"),
}


def deliveries(*regions: str) -> list[list[object]]:
    result = region_profile(graph_of(ROWS).within(Scope(regions=regions)))
    rows: list[list[object]] = result.frame("deliveries")[["from_stage", "to_stage", "links"]].values.tolist()
    return rows


def test_links_with_an_end_here_are_counted_by_what_they_are_and_what_is_made_of_them():
    assert deliveries("DE21") == [["Raw", "Part", 2], ["Raw", "not known", 1], ["Part", "System", 1]]


def test_links_of_others_alone_are_not():
    assert deliveries("FR10") == [["Raw", "Part", 1], ["Raw", "not known", 1], ["Part", "System", 2]]


def test_each_leads_back_to_its_records():
    table = region_profile(graph_of(ROWS).within(Scope(regions=("DE21",)))).table("deliveries")

    assert [len(one) for one in table.evidence] == [2, 1, 1]


def test_without_a_supply_link_there_is_none():
    result = region_profile(graph_of({**ROWS, "supplies": []}).within(Scope(regions=("DE21",))))

    assert result.frame("deliveries").empty
