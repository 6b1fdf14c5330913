"""A collaboration of regions as a planner would forward it: findings, verdict, and what to mind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import labels_listed, listed, plural
from valuechain.analyses._collaboration_carriers import OFFERS, USES
from valuechain.analyses._pairs_fills import NOBODY, ONLY_ONE
from valuechain.analyses._words import less_sure
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._collaboration_matches import Collaboration, Match, Side

NAMED_CARRIERS = 3
"""Of so many capabilities on each side a finding names who would carry it."""


def match_finding(found: Collaboration, match: Match, carriers: Sequence[Mapping[str, Any]]) -> Finding:
    """Return a pair of regions as a finding.

    Severity: medium where one side was asked, nobody there offers what somebody there needs, and the other offers it;
    low where both gain; else info. Less sure than one half: one step less, not below low.
    """
    region, partner = found.name(match.region), found.name(match.partner)
    told = [fill for side in match.sides for fill in side.telling]
    severity: Severity = "low" if match.both > 0 else "info"
    if any(fill.state == NOBODY and fill.needers for fill in told):
        severity = "medium"
    confidence = match.confidence
    return Finding(
        kind="partner-region",
        severity=severity if severity == "info" else less_sure(severity, confidence),
        confidence=round(confidence, 3),
        subjects=(found.code(match.region), found.code(match.partner)),
        title=f"{region} and {partner}: {_title(found, match)}",
        explanation=" ".join(
            [*(_adds(found, side) for side in match.sides), _alike(found, match), _tied(found, match)]
        ),
        action=_action(found, match),
        with_whom=_with_whom(found, match, carriers),
        status=least_certain([found.status_of(match), *(fill.status for fill in told)]),
        evidence=tuple(
            dict.fromkeys([*found.evidence_of(match), *(record for fill in told for record in fill.evidence)])
        ),
    )


def _title(found: Collaboration, match: Match) -> str:
    """What each has that the other has not, and whether they know each other."""
    here, there = (plural(len(side.added), "strength") for side in match.sides)
    ties = _ties_in_short(found, match)
    return f"{here} there that are none here, {there} the other way round; {ties}"


def _ties_in_short(found: Collaboration, match: Match) -> str:
    joint = int(found.ties.projects[match.region, match.partner])
    links = _links(found, match)
    told = [plural(joint, "joint project")] if joint else []
    told += [plural(links, "supply link")] if links else []
    return f"{' and '.join(told)} already" if told else "no tie yet"


def _links(found: Collaboration, match: Match) -> int:
    supplies = found.ties.supplies
    return int(supplies[match.region, match.partner] + supplies[match.partner, match.region])


def _adds(found: Collaboration, side: Side) -> str:
    """What one side adds to the other, and which gaps that fills."""
    giver, gainer = found.name(side.giver), found.name(side.gainer)
    if not len(side.added):
        first = f"{giver} has no specialisation that {gainer} lacks."
    else:
        labels = labels_listed(found.label(one) for one in side.added)
        first = f"{giver} is specialised in what {gainer} is not: {labels}."
    parts = []
    nobody, one = ([fill for fill in side.telling if (fill.state == ONLY_ONE) == alone] for alone in (False, True))
    asked = [fill for fill in nobody if fill.state == NOBODY]
    silent = [fill for fill in nobody if fill.state != NOBODY]
    if asked:
        parts.append(f"nobody in {gainer} offers {labels_listed(fill.label for fill in asked)}")
    if silent:
        parts.append(f"nobody in {gainer} is known for {labels_listed(fill.label for fill in silent)} (not asked yet)")
    if one:
        parts.append(f"only one there is known for {labels_listed(fill.label for fill in one)}")
    return f"{first} Of what it offers, {listed(parts)}." if parts else first


def _alike(found: Collaboration, match: Match) -> str:
    specialised = found.pairs.matrix.specialised
    both = int((specialised[match.region] & specialised[match.partner]).sum())
    either = int((specialised[match.region] | specialised[match.partner]).sum())
    return f"They share {both} of {plural(either, 'specialisation')}." if either else ""


def _tied(found: Collaboration, match: Match) -> str:
    joint = int(found.ties.projects[match.region, match.partner])
    expected = float(found.ties.expected[match.region, match.partner])
    links = _links(found, match)
    supplied = f" {plural(links, 'supply link')} {'joins' if links == 1 else 'join'} them." if links else ""
    if not joint:
        return f"No joint project of theirs is known.{supplied}"
    against = f"; as many as each has with whomever would give {expected:.0f}" if expected >= 1 else ""
    return f"They have {plural(joint, 'joint project')}{against}.{supplied}"


def _action(found: Collaboration, match: Match) -> str:
    joint = found.ties.projects[match.region, match.partner]
    if match.both == 0:
        return "Ask what the side that gains nothing here would want, before anything is proposed."
    if joint or _links(found, match):
        return "Start from those who work together already, and bring in the others who would carry it."
    return "Arrange a first meeting of those who would carry it, on the capabilities that add most."


def _with_whom(found: Collaboration, match: Match, carriers: Sequence[Mapping[str, Any]]) -> str:
    """Who would carry it: of the first capabilities of each side, the best who offers it and who would use it."""
    parts = []
    for side in match.sides:
        mine = [row for row in carriers if row["gainer"] == side.gainer]
        for capability in list(dict.fromkeys(row["position"] for row in mine))[:NAMED_CARRIERS]:
            rows = [row for row in mine if row["position"] == capability]
            offering = [row["organisation"] for row in rows if row["side"] == OFFERS][:2]
            using = [row["organisation"] for row in rows if row["side"] == USES][:1]
            if offering:
                label = found.graph["capabilities"]["label"].iloc[capability]
                with_them = f", with {listed(using)} in {found.name(side.gainer)}" if using else ""
                parts.append(f"{label}: {listed(offering)} in {found.name(side.giver)}{with_them}")
    return ". ".join(parts)
