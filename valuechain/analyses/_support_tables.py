"""Who can help, as rows: each with how it matches what is lacking, why this one, how ready, and how far."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import cited, evidence_of_each, known_offers, title_projects
from valuechain.analyses._lookup import Lookup
from valuechain.analyses._organisations import shown
from valuechain.analyses._support import Supporters, societies
from valuechain.analyses._support_record import joint_rows, projects_with_smes
from valuechain.analyses._umbrellas import what_to_mind
from valuechain.model.language import in_a_sentence, listed, plural, say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


SUPPORT_COLUMNS = (
    Column("lacking", "text", "What is looked for"),
    Column("lacking_key", "key", "Its key"),
    Column("rank", "integer", "1 = best"),
    Column("organisation", "text", "Who can help"),
    Column("organisation_key", "key", "Its key"),
    Column("match", "text", "covers it; seems to cover it: as project titles suggest; or near: and what differs"),
    Column("reason", "text", "Why this one, and what to mind"),
    Column("place", "text", "Where it lies"),
    Column("distance_km", "integer", "As the crow flies, empty where a place is not known", "km"),
    Column("readiness", "integer", "Technology readiness level that it states, empty where nobody did", "1..9"),
    Column("access", "text", "Who may use it: open, customers; empty where nobody said"),
    Column("sme_projects", "integer", "Projects with small and medium-sized firms", "projects"),
    Column("joint_projects", "integer", "Projects with the organisation asked about", "projects"),
    Column("kind", "text", "Kind of organisation"),
    Column("confidence", "number", "How sure the offer is", "0..1"),
    STATUS,
)


LACK_COLUMNS = (
    Column("lacking", "text", "What is looked for"),
    Column("lacking_key", "key", "Its key"),
    Column("readiness", "text", "Readiness levels asked for"),
    Column("cover", "integer", "Who covers it", "organisations"),
    Column("near", "integer", "Who only comes near", "organisations"),
    Column("essential", "boolean", "Whether nothing can be made without it, empty where nobody said"),
    STATUS,
)


def support_table(graph: ValueGraph, found: Mapping[int, Supporters], most: int) -> Table:
    """Return the `most` best who can help with each lack."""
    return as_table(row for one in found.values() for row in support_rows(graph, one.first(most)))


def as_table(rows: Iterable[Mapping[str, Any]]) -> Table:
    """Return rows of those who can help as a table."""
    return Table.from_rows("support", say("Who can help with what is lacking"), SUPPORT_COLUMNS, rows)


def lack_table(graph: ValueGraph, found: Mapping[int, Supporters]) -> Table:
    """Return what is looked for, how many cover it, and how many come near."""
    capabilities = graph["capabilities"]
    rows = (
        {
            "lacking": capabilities["label"].iloc[one.lack.capability],
            "lacking_key": capabilities["key"].iloc[one.lack.capability],
            "readiness": one.lack.readiness or say("any"),
            "cover": one.covering,
            "near": one.near,
            "essential": one.lack.essential,
            "status": one.lack.status,
            "evidence": one.lack.evidence or graph.evidence("capabilities", [one.lack.capability]),
        }
        for one in found.values()
    )
    return Table.from_rows("lacking", say("What is looked for"), LACK_COLUMNS, rows)


def support_rows(graph: ValueGraph, found: Supporters) -> Iterator[dict[str, Any]]:
    """Yield a row of SUPPORT_COLUMNS for each who can help with one lack.

    Beside the cells it has `differs` (what is asked for and not offered, in words) and whether the readiness level is
    all that is `unstated`.
    """
    capabilities, lack = graph["capabilities"], found.lack
    offers = known_offers(graph).iloc[found.offers]
    label, key = (capabilities[name].iloc[lack.capability] for name in ("label", "key"))
    told = zip(offers.itertuples(), found.joint.tolist(), found.kilometres.tolist(), found.with_smes.tolist(),
               evidence_of_each(graph, offers), strict=True)  # fmt: skip
    for rank, (offer, joint, apart, with_smes, evidence) in enumerate(told, start=1):
        relation = found.relation.get(offer.capability)
        projects, own_rows = graph.once(projects_with_smes).of(offer.organisation)
        between = joint_rows(graph, graph.organisation, offer.organisation) if joint else []
        told_of = shown(graph)[offer.organisation]
        place = told_of["place"]
        if offer.organisation in graph.once(societies) and place:
            place = say("seat in {place}", place=place)
        differs, unstated = _differs(graph, found, offer)
        yield told_of | {
            "place": place,
            "lacking": label,
            "lacking_key": key,
            "rank": rank,
            "match": say("near: {differs}", differs=differs) if differs else _covers(offer),
            "differs": differs,
            "unstated": unstated,
            "reason": _reason(graph, offer, set(projects.tolist()), joint, apart, with_smes),
            "distance_km": None if apart != apart else round(apart),
            "readiness": int(offer.trl) if offer.trl == offer.trl else None,
            "access": offer.access if isinstance(offer.access, str) else None,
            "sme_projects": with_smes,
            "joint_projects": joint if graph.organisation >= 0 else None,
            "confidence": round(float(offer.confidence), 3),
            "status": offer.status,
            "evidence": tuple(
                dict.fromkeys(
                    (
                        *evidence,
                        *(graph.evidence("capabilities", (lack.capability, offer.capability)) if relation else ()),
                        *graph.evidence("participations", own_rows),
                        *graph.evidence("collaborations", between),
                    )
                )
            ),
        }


def named(rows: Iterable[Mapping[str, Any]]) -> tuple[str, ...]:
    """Return those who can help as a finding names them, each with the reason."""
    return tuple(f"{_called(row)}: {_unless_covered(row)}{row['reason']}" for row in rows)


def _called(row: Mapping[str, Any]) -> str:
    return f"{row['organisation']}, {row['place']}" if row["place"] else str(row["organisation"])


def _unless_covered(row: Mapping[str, Any]) -> str:
    return f"{row['match']}; " if row["differs"] else ""


def _covers(offer: Any) -> str:
    return say("seems to cover it") if offer.status == "inferred" else say("covers it")


def _differs(graph: ValueGraph, found: Supporters, offer: Any) -> tuple[str, bool]:
    """In what an offer differs from the lack, empty where it covers it; and whether only its level is not stated."""
    if found.covers:
        return "", False
    differs = []
    relation = found.relation.get(offer.capability)
    unstated = bool(found.lack.readiness) and offer.trl != offer.trl
    if relation:
        label = in_a_sentence(str(graph["capabilities"]["label"].iloc[offer.capability]))
        differs.append(f"{label}, {relation}")
    if unstated:
        differs.append(say("readiness level not stated"))
    elif found.lack.readiness and not found.lack.lowest <= offer.trl <= found.lack.highest:
        differs.append(
            say("readiness level {level:.0f}, asked for {asked}", level=offer.trl, asked=found.lack.readiness)
        )
    return "; ".join(differs), unstated and not relation


def _reason(graph: ValueGraph, offer: Any, sme_projects: set[int], joint: int, apart: float, with_smes: int) -> str:
    """Why this one: what it offers, with whom it worked, how far it is; then what to mind."""
    parts = [_offered(graph, offer, sme_projects)]
    mind = what_to_mind(graph).get(offer.organisation, "")
    if joint:
        parts.append(say("{projects} with this organisation", projects=plural(joint, "joint project")))
    if with_smes:
        parts.append(say("{projects} with SMEs", projects=plural(with_smes, "project")))
    if apart == apart:
        parts.append(say("{distance:,.0f} km away", distance=apart) if apart >= 1 else say("less than 1 km away"))
    if mind:
        parts.append(mind)
    return "; ".join(parts)


def _offered(graph: ValueGraph, offer: Any, sme_projects: set[int]) -> str:
    """What makes us say that it has the capability."""
    told = graph.once(_title_projects).of(offer.organisation)
    told = told[told["capability"] == offer.capability]
    if offer.status == "inferred" and len(told):
        small = sum(project in sme_projects for project in told["project"])
        parts = [
            say(
                "{projects} on it: {names}",
                projects=plural(len(told), "project"),
                names=listed(map(cited, told["name"], told["end"])),
            )
        ]
        if small == len(told):
            parts.append(say("with SMEs"))
        elif small:
            parts.append(say("{count} of them with SMEs", count=small))
        return ", ".join(parts)
    parts = [say("supplies it to others already") if offer.supply >= 0 else say("offers it")]
    if offer.trl == offer.trl:
        parts = [f"{parts[0]} {say('at readiness level {level:.0f}', level=offer.trl)}"]
    if offer.access == "open":
        parts.append(say("open to everybody"))
    return ", ".join(parts)


def _title_projects(graph: ValueGraph) -> Lookup:
    """Which projects make us guess which capability of whom, the newest first."""
    return Lookup.by(title_projects(graph), "organisation", len(graph["organisations"]))
