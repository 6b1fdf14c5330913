"""Rows of a mission dossier: the firms that go, what matters to each, the market, and what is not known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from valuechain.analyses._firm import inputs_of
from valuechain.model.language import listed, plural, say
from valuechain.model.result import Result, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._partners_market import Market
    from valuechain.model.graph import ValueGraph

Row = dict[str, Any]

POINTS = 3
"""So many findings are told of each firm, the worst first."""

QUESTIONS = 3
"""So many questions to each firm."""

CONCENTRATED = 0.4
"""Herfindahl index above which the check of a firm calls an input concentrated."""

STAGES = ("interested", "exporting", "established")


@dataclass(frozen=True)
class Mission:
    """Two clusters by key and name, ours first, and the row of the partners' table that compares them."""

    keys: tuple[str, str]
    names: tuple[str, str]
    pair: Row


def mission_of(pairs: Sequence[Row], own: Sequence[str], partner: str) -> Mission | None:
    """Return the mission of one of our clusters to another: the named one, else the one that completes it best."""
    for row in pairs:
        for sides in (("cluster", "partner_cluster"), ("partner_cluster", "cluster")):
            ours, theirs = (row[f"{side}_key"] for side in sides)
            if (not own or ours in own) and (not partner or theirs == partner):
                return Mission((ours, theirs), (row[sides[0]], row[sides[1]]), row)
    return None


def firms_of(graph: ValueGraph, mission: Mission, meetings: Sequence[Row]) -> dict[str, list[Row]]:
    """Return the meetings of each of our members by its key, whoever has most first."""
    memberships = graph["memberships"]
    ours = graph.find("organisations", mission.keys[0])
    members = memberships.loc[memberships["cluster"] == ours, "organisation"]
    keys = set(graph["organisations"]["key"].iloc[members.to_numpy("int64")])
    found: dict[str, list[Row]] = {}
    for row in meetings:
        for side in ("participant", "partner"):
            if row[f"{side}_key"] in keys:
                found.setdefault(row[f"{side}_key"], []).append(row)
    return dict(sorted(found.items(), key=lambda one: (-len(one[1]), -sum(row["score"] for row in one[1]), one[0])))


def firm_row(
    graph: ValueGraph, market: Market, key: str, check: Result, meetings: Sequence[Row], freshness: float
) -> Row:
    """Return one firm: who it is, how far it has come in the market, how much is known of what it needs."""
    facts = dict(zip(*(check.table("facts").column(name) for name in ("name", "value")), strict=True))
    position = graph.find("organisations", key)
    there = market.of.get(position)
    inputs = inputs_of(graph, position, CONCENTRATED, freshness)
    records = [record for evidence in check.table("facts").evidence for record in evidence]
    records += graph.evidence("markets", [there.Index]) if there is not None else []
    statuses = [str(one) for one in check.table("facts").column("status")]
    statuses += [there.status] if there is not None else []
    return {
        "organisation": facts["name"],
        "organisation_key": key,
        "kind": facts.get("kind"),
        "place": facts.get("place"),
        "staff": int(str(facts["staff"])) if "staff" in facts else None,
        "makes": facts.get("makes"),
        "meetings": len(meetings),
        "market_stage": there.stage if there is not None else None,
        "partner_sought": there.partner_sought if there is not None else None,
        "objective": there.objective if there is not None else None,
        "inputs": len(inputs),
        "inputs_known": sum(one.known for one in inputs),
        "newest_record": facts.get("newest record"),
        "status": least_certain(statuses),
        "evidence": tuple(dict.fromkeys(records)),
    }


def points_of(key: str, name: str, check: Result) -> list[Row]:
    """Return what matters most to a firm on its way: its findings, those that say what is amiss."""
    amiss = [one for one in check.findings if one.severity != "info"]
    return [
        {
            "organisation": name,
            "organisation_key": key,
            "rank": rank,
            "severity": one.severity,
            "point": one.title,
            "action": one.action,
            "confidence": one.confidence,
            "status": one.status,
            "evidence": one.evidence,
        }
        for rank, one in enumerate(amiss[:POINTS], start=1)
    ]


def questions_of(key: str, name: str, check: Result) -> list[Row]:
    """Return what to ask a firm before it goes."""
    table = check.table("questions")
    asked = [
        {"question": row["question"], "why": row["why"], "status": row["status"], "evidence": table.evidence[place]}
        for place, row in enumerate(map(table.cells, range(len(table.rows))))
    ]
    if not asked:
        asked = [
            {"question": one.title, "why": one.explanation, "status": one.status, "evidence": one.evidence}
            for one in check.findings
            if one.severity == "info"
        ]
    return [
        {"organisation": name, "organisation_key": key, "rank": rank, **one}
        for rank, one in enumerate(asked[:QUESTIONS], start=1)
    ]


def market_rows(mission: Mission, market: Market) -> list[Row]:
    """Return how many members of either cluster have come how far in the market; none where no market was named."""
    if not market.name:
        return []
    sides = ("cluster", "partner_cluster") if mission.pair["cluster_key"] == mission.keys[0] else (
        "partner_cluster", "cluster",
    )  # fmt: skip
    return [
        {
            "cluster": name,
            "cluster_key": key,
            "members": mission.pair["members" if side == "cluster" else "partner_members"],
            **{stage: mission.pair[f"{side.removesuffix('_cluster')}_{stage}"] for stage in STAGES},
            "status": mission.pair["status"],
            "evidence": mission.pair["evidence"],
        }
        for name, key, side in zip(mission.names, mission.keys, sides, strict=True)
    ]


def not_known(mission: Mission, market: Market, firms: Sequence[Row], day: str) -> list[Row]:
    """Return what nobody has said yet, and how to come to know it."""
    rows = []
    blank = [row["organisation"] for row in firms if not row["inputs"]]
    if blank:
        rows.append(
            {
                "about": say("What the firms need"),
                "what": say("Nothing is known of what these need: {names}.", names=listed(blank, 5)),
                "ask": say("Take their interviews before they go."),
            }
        )
    if not market.name:
        rows.append(
            {
                "about": say("Market"),
                "what": say("No target market was named, so nobody was looked up in one."),
                "ask": say("Ask again with the market: an application field or a country."),
            }
        )
    else:
        silent = [row["organisation"] for row in firms if row["market_stage"] is None]
        if silent:
            told = say("Of these nobody said how far they have come there: {names}.", names=listed(silent, 5))
            rows.append({"about": say("Market"), "what": told, "ask": say("Ask them what they want there.")})
    if not day:
        rows.append(
            {
                "about": say("Day"),
                "what": say("No day is fixed: the times are a draft."),
                "ask": say("Agree the day with {partner}, then ask again with it.", partner=mission.names[1]),
            }
        )
    rows.append(
        {
            "about": say("Willingness"),
            "what": say("Nobody named here was asked whether they want to go or to meet."),
            "ask": say("Ask both sides, and make the schedule again with their wishes."),
        }
    )
    return [{"status": "declared", **row} for row in rows]


def verdict(mission: Mission, market: Market, firms: int, meetings: Sequence[Row]) -> str:
    """Return who goes to whom, for which market, with how many meetings."""
    told = {
        "ours": mission.names[0],
        "theirs": mission.names[1],
        "firms": plural(firms, "member"),
        "meetings": plural(len(meetings), "meeting"),
        "market": market.name,
    }
    if not meetings:
        return say("No meeting of {ours} with {theirs} is worth proposing, going by what is known.", **told)
    if market.name:
        return say("{firms} of {ours} to meet {theirs} for {market}: {meetings} on the schedule.", **told)
    return say("{firms} of {ours} to meet {theirs}: {meetings} on the schedule.", **told)
