"""What tells the sector, or the region, of an organisation."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.small import firms, graph_of, links
from valuechain.analyses._groups import Groups, field_of_topic, regions, sectors

MARKET = {
    "capabilities": [
        {"id": "market_health", "label": "Market: health", "kind": "market"},
        {"id": "market_space", "label": "Market: space", "kind": "market"},
    ]
}


def told(groups: Groups) -> list[dict[str, float]]:
    """Share of each organisation in each group."""
    full = groups.shares.toarray()
    return [{groups.labels[group]: round(float(row[group]), 3) for group in np.flatnonzero(row)} for row in full]


def of(**rows: Any) -> list[dict[str, float]]:
    return told(sectors(graph_of({**MARKET, "organisations": firms("a"), **rows})))


def sector(*codes: str, scheme: str = "nace2", organisation: str = "a") -> list[dict[str, str]]:
    return [{"organisation": organisation, "code": code, "scheme": scheme} for code in codes]


def market(name: str, scheme: str = "application") -> dict[str, str]:
    return {"organisation": "a", "market": name, "scheme": scheme}


def project(topic: str) -> dict[str, Any]:
    return {
        "projects": [{"id": "p", "title": "A project", "topic": topic}],
        "participations": links("participations", "a p"),
    }


def test_a_stated_class_of_nace_counts_by_its_division():
    assert of(sectors=sector("26.70", "26.51")) == [{"NACE 26": 1}]
    assert of(sectors=sector("26.70", scheme="nace2.1")) == [{"NACE 26": 1}]


def test_several_divisions_share_an_organisation_equally():
    assert of(sectors=sector("26.70", "28.41", "28.49")) == [{"NACE 26": 0.5, "NACE 28": 0.5}]


def test_a_code_of_another_list_stands_for_itself():
    assert of(sectors=sector("photonics", scheme="other")) == [{"photonics": 1}]


def test_where_no_sector_is_stated_the_topics_of_projects_tell():
    assert of(**project("PHC-11-2015")) == [{"health": 1}]


def test_where_no_topic_tells_the_application_markets_do():
    assert of(markets=[market("market_health")], **project("ERC-2021-STG")) == [{"health": 1}]
    assert of(markets=[market("FR", "country")]) == [{}]


def test_the_first_source_that_tells_any_is_the_only_one_asked_about_an_organisation():
    assert of(sectors=sector("26.70"), markets=[market("market_space")], **project("PHC-11-2015")) == [{"NACE 26": 1}]
    assert of(markets=[market("market_space")], **project("PHC-11-2015")) == [{"health": 1}]


def test_each_organisation_has_its_own_first_source_and_all_are_counted():
    rows = {**MARKET, "organisations": firms("a", "b", "c", "d"), **project("PHC-11-2015")}
    rows["sectors"] = sector("26.70", organisation="b")
    rows["markets"] = [{**market("market_health"), "organisation": "c"}]
    groups = sectors(graph_of(rows))
    assert groups.known_from == {"stated": 1, "topics of projects": 1, "application markets": 1}
    assert groups.labels == ("NACE 26", "health")
    assert not groups.comparable(0, 1)
    assert groups.comparable(1, 1)
    assert groups.among(np.array([True, True, False, False])).known_from == {"stated": 1, "topics of projects": 1}


def test_a_sector_that_follows_from_projects_is_inferred_and_its_records_are_named():
    graph = graph_of({**MARKET, "organisations": firms("a", "b"), "sectors": sector("26"), **project("PHC-11-2015")})
    assert sectors(graph).rank.tolist() == [0, 0]
    inferred = sectors(graph_of({**MARKET, "organisations": firms("a", "b"), **project("PHC-11-2015")}))
    assert inferred.rank.tolist() == [1, 0]
    assert len(sectors(graph).evidence(graph, np.array([0, 1]))) == 1
    assert sectors(graph).confidence(np.array([0])) == pytest.approx(0.9)
    assert sectors(graph).confidence(np.array([1])) == 0


def test_without_any_source_nobody_has_a_sector():
    groups = sectors(graph_of({"organisations": firms("a")}))
    assert (groups.labels, groups.shares.shape, groups.known_from) == ((), (1, 0), {})


@pytest.mark.parametrize(
    ("topic", "field"),
    [
        ("ICT-27-2015", "digital technology"), ("Space-SME-2015-2", "space"), ("SPACE", "space"),
        ("SC5-03b-2014", "environment"), ("MG-5.2-2014", "transport"),
        ("HORIZON-CL4-2022-DIGITAL-EMERGING-01-03", "digital technology, industry and space"),
        ("HORIZON-HLTH-2021-TOOL-06-03", "health"), ("ERC-2021-STG", ""), ("HORIZON-MSCA-2021-DN-01", ""),
        ("H2020-FOF-2016", "manufacturing"), ("XYZ-1", "XYZ"),
    ],
)  # fmt: skip
def test_the_first_part_of_a_topic_names_its_field(topic: str, field: str):
    assert field_of_topic(topic) == field


def test_a_region_is_cut_to_the_level_asked_for_and_unknown_where_its_code_is_too_short():
    places = [*firms("a", region="DEG03"), *firms("b", region="DEG"), *firms("c")]
    graph = graph_of(
        {"organisations": places, "regions": [{"code": "DEG0", "scheme": "nuts2024", "label": "Thüringen"}]}
    )
    assert told(regions(graph, 2)) == [{"Thüringen (DEG0)": 1}, {}, {}]
    assert told(regions(graph, 1)) == [{"DEG (DEG)": 1}, {"DEG (DEG)": 1}, {}]
    assert told(regions(graph, 0)) == [{"Germany (DE)": 1}, {"Germany (DE)": 1}, {}]


def test_of_too_many_groups_the_largest_are_kept(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("valuechain.analyses._groups.MOST_GROUPS", 1)
    places = [*firms("a", "b", region="DEG03"), *firms("c", region="DE212")]
    groups = regions(graph_of({"organisations": places}), 1)
    assert groups.labels == ("DEG (DEG)",)
    assert told(groups) == [{"DEG (DEG)": 1}, {"DEG (DEG)": 1}, {}]
