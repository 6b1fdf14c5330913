"""The mission dossier: the schedule of meetings, the check of each firm, and what is not known."""

from typing import Any

import pytest

from tests.support.documents import DOSSIER
from valuechain.model.errors import NotFoundError
from valuechain.model.result import Result
from valuechain.service import Service

MISSION = {name: value for name, value in DOSSIER.items() if name != "firms"}


@pytest.fixture(scope="module")
def told(demo: Service) -> Result:
    return demo.run("dossier", MISSION)


def rows(result: Result, name: str) -> list[dict[str, Any]]:
    table = result.table(name)
    return [table.cells(row) for row in range(len(table.rows))]


def test_its_schedule_is_that_of_meetings(demo: Service, told: Result):
    asked = {
        "with": "synthetic",
        "cluster": "example-cluster:cluster,example-cluster:health-optics-cluster",
        "market": "health",
        "shortlist": 40,
    }
    assert rows(told, "schedule") == rows(demo.run("meetings", asked), "schedule")


def test_a_firm_is_told_what_its_check_says(demo: Service, told: Result):
    firm = next(row for row in rows(told, "firms") if row["organisation_key"] == "example-cluster:laserhead")
    check = demo.run("audit", {"organisation": firm["organisation_key"]})
    facts = {row["name"]: row["value"] for row in rows(check, "facts")}
    points = [row for row in rows(told, "points") if row["organisation_key"] == firm["organisation_key"]]

    assert f"{firm['inputs_known']} of {firm['inputs']}" == facts["inputs known"]
    assert [row["point"] for row in points] == [one.title for one in check.findings[:3]]
    assert (firm["market_stage"], firm["partner_sought"]) == ("interested", "maker of medical lasers")


def test_every_firm_is_a_member_with_as_many_meetings_as_the_schedule_has(told: Result):
    schedule = rows(told, "schedule")
    for firm in rows(told, "firms"):
        key = firm["organisation_key"]
        assert firm["meetings"] == sum(key in (row["participant_key"], row["partner_key"]) for row in schedule) > 0


def test_the_market_counts_the_members_of_both_as_partners_does(demo: Service, told: Result):
    pair = rows(demo.run("partners", {"market": "health", "with": "synthetic"}), "pairs")[0]
    market = {row["cluster_key"]: row for row in rows(told, "market")}

    assert market[pair["cluster_key"]]["established"] == pair["cluster_established"]
    assert market[pair["partner_cluster_key"]]["interested"] == pair["partner_interested"]


def test_seen_from_the_other_side_the_firms_are_those_of_the_other_cluster(demo: Service):
    other = demo.run("dossier", {**MISSION, "cluster": "example-cluster:health-optics-cluster"})

    assert other.verdict.startswith(f"{len(rows(other, 'firms'))} members of Example Health Optics Cluster to meet")
    assert [row["cluster"] for row in rows(other, "market")] == [
        "Example Health Optics Cluster",
        "Example Cluster e. V.",
    ]


def test_firms_without_a_page_are_counted(demo: Service):
    told = demo.run("dossier", {**MISSION, "firms": "2"})

    assert len(told.table("firms").rows) == 2
    assert any("More firms have meetings, but no page here" in note for note in told.notes)


def test_what_is_not_known_is_said(demo: Service, told: Result):
    assert [row["about"] for row in rows(told, "unknown")] == ["What the firms need", "Market", "Day", "Willingness"]

    fixed = demo.run("dossier", {"with": "synthetic", "day": "2026-10-01"})
    assert "Day" not in [row["about"] for row in rows(fixed, "unknown")]
    assert not fixed.table("market").rows


def test_without_two_clusters_it_says_why(demo: Service):
    told = demo.run("dossier")

    assert told.verdict.endswith(".")
    assert not told.table("firms").rows


def test_a_partner_cluster_is_named_by_its_key(demo: Service):
    named = demo.run("dossier", {**MISSION, "with-cluster": "example-cluster:health-optics-cluster"})
    assert "to meet Example Health Optics Cluster" in named.verdict
    with pytest.raises(NotFoundError):
        demo.run("dossier", {**MISSION, "with-cluster": "nobody"})
