"""A collaboration of two regions as a planner would forward it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._chain import labels_listed, listed, plural
from valuechain.analyses._collaboration_carriers import OFFERS, USES
from valuechain.analyses._pairs_fills import NOBODY, UNKNOWN
from valuechain.analyses._words import less_sure
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._collaboration_matches import Collaboration, Match, Side

NAMED_CAPABILITIES = 2
"""Of so many capabilities on each side a finding names who would carry it."""


def match_finding(found: Collaboration, match: Match, carriers: Sequence[Mapping[str, Any]]) -> Finding:
    """Return a pair of regions as a finding; `carriers` are the rows of `carrier_rows`.

    Severity: medium where one side was asked, nobody there offers what somebody there needs, and the other offers it;
    low where both gain; else info. Less sure than one half: one step less, not below low.
    """
    told = [fill for side in match.sides for fill in side.telling]
    severity: Severity = "low" if match.both > 0 else "info"
    if any(fill.state == NOBODY and fill.needers for fill in told):
        severity = "medium"
    records = (*found.evidence_of(match), *(record for fill in told for record in fill.evidence))
    return Finding(
        kind="partner-region",
        severity=severity if severity == "info" else less_sure(severity, match.confidence),
        confidence=round(match.confidence, 3),
        subjects=(found.code(match.region), found.code(match.partner)),
        title=f"{_with_code(found, match.region)} and {_with_code(found, match.partner)}: {_in_short(found, match)}",
        explanation=" ".join(
            [*(_adds(found, side) for side in match.sides), _together(found, match), *_how_firm(found, match)]
        ),
        action=_action(found, match),
        with_whom=_with_whom(found, match, carriers),
        status=least_certain([found.status_of(match), *(fill.status for fill in told)]),
        evidence=tuple(dict.fromkeys(records)),
    )


def _with_code(found: Collaboration, region: int) -> str:
    """A region by its name and code: Köln is a city, and the region of Aachen and Bonn as well."""
    name, code = found.name(region), found.code(region)
    return code if name == code else f"{name} ({code})"


def _in_short(found: Collaboration, match: Match) -> str:
    """What each has that the other has not, and whether they know each other."""
    here, there = (len(side.added) for side in match.sides)
    joint, links = int(found.ties.projects[match.region, match.partner]), found.links(match)
    told = [plural(joint, "joint project")] if joint else []
    told += [plural(links, "supply link")] if links else []
    ties = f"{' and '.join(told)} already" if told else "no tie yet"
    region, partner = found.name(match.region), found.name(match.partner)
    return f"{partner} adds {plural(here, 'specialisation')}, {region} {there:,}; {ties}"


def _adds(found: Collaboration, side: Side) -> str:
    """What one side adds to the other, and which gaps that fills."""
    giver, gainer = found.name(side.giver), found.name(side.gainer)
    if not len(side.added):
        first = f"{giver} has no specialisation that {gainer} lacks."
    else:
        labels = labels_listed(found.label(one) for one in side.added)
        guessed = "Going by titles of funded projects, " if found.status_of_side(side) == "inferred" else ""
        first = f"{guessed}{giver} is specialised in what {gainer} is not: {labels}."
    return " ".join([*_asked(giver, gainer, side), first, *_not_asked(gainer, side)])


def _asked(giver: str, gainer: str, side: Side) -> list[str]:
    """What nobody offers though everybody was asked."""
    labels = [fill.label for fill in side.fills if fill.state == NOBODY]
    return [f"Nobody in {gainer} offers {labels_listed(labels)} (all were asked): {giver} does."] if labels else []


def _not_asked(gainer: str, side: Side) -> list[str]:
    """Of what the other is specialised in, what nobody or one alone is known for."""
    nobody = [fill.label for fill in side.telling if fill.state == UNKNOWN]
    one = [fill.label for fill in side.telling if fill.state not in (UNKNOWN, NOBODY)]
    parts = [f"nobody in {gainer} is known for {labels_listed(nobody, 2)} (not asked yet)"] if nobody else []
    alone = "there" if nobody else f"in {gainer}"
    parts += [f"one organisation alone is known {alone} for {labels_listed(one, 2)}"] if one else []
    return [f"Of these, {', and '.join(parts)}."] if parts else []


def _together(found: Collaboration, match: Match) -> str:
    """What they share, and what ties them."""
    specialised = found.pairs.matrix.specialised
    both = int((specialised[match.region] & specialised[match.partner]).sum())
    either = int((specialised[match.region] | specialised[match.partner]).sum())
    joint, links = int(found.ties.projects[match.region, match.partner]), found.links(match)
    expected = float(found.ties.expected[match.region, match.partner])
    usual = f"{expected:.0f}" if expected >= 10 else f"{expected:.1f}"
    against = f"; {usual} would be usual for two regions with as many projects" if expected >= 1 else ""
    told = [f"They share {both} of {plural(either, 'specialisation')}."] if either else []
    run = f" ({int(found.ties.running[match.region, match.partner]):,} running)"
    told.append(
        f"They have {plural(joint, 'joint project')}{run}{against}." if joint else f"No joint project{against}."
    )
    told += [f"{plural(links, 'supply link')} {'joins' if links == 1 else 'join'} them."] if links else []
    return " ".join(told)


def _how_firm(found: Collaboration, match: Match) -> list[str]:
    """Whether the rank of a pair hangs on single organisations."""
    low, high = found.ranks(match)
    least = found.pairs.matrix.least
    if low == high or len(found.matches) == 1:
        return []
    limits = f"{least - 1:g} or {least + 1:g}" if least > 1 else f"{least + 1:g}"
    return [f"Its rank lies between {low:,} and {high:,} if {limits} had to stand behind a specialisation."]


def _action(found: Collaboration, match: Match) -> str:
    if match.both == 0:
        return "Ask what the side that gains nothing by these counts would want, before anything is proposed."
    names = found.graph["organisations"]["label"]
    joint = found.ties.joint_of_each(match.region, match.partner).most_common()
    sides = [[one for one, _ in joint if found.where.row[one] == region] for region in (match.region, match.partner)]
    if all(sides):
        known = listed(names.iloc[[one[0] for one in sides]])
        most = found.ties.projects[match.region, match.partner] > 1
        which = "who take part in most of the joint projects" if most else "who share a project already"
        return f"Start from {known}, {which}, and bring in the others who would carry it."
    if found.links(match):
        return "Start from those who deliver to each other, and bring in the others who would carry it."
    return "Arrange a first meeting of those who would carry it, on the capabilities that add most."


def _with_whom(found: Collaboration, match: Match, carriers: Sequence[Mapping[str, Any]]) -> str:
    """Who would carry it: of the first capabilities of each side, the best who offer it and who would use it.

    Nobody real is asked to meet somebody made up.
    """
    parts = []
    for side in match.sides:
        pair = (match.region, match.partner)
        mine = [row for row in carriers if row["pair"] == pair and row["gainer"] == side.gainer]
        for capability in list(dict.fromkeys(row["position"] for row in mine))[:NAMED_CAPABILITIES]:
            rows = [row for row in mine if row["position"] == capability]
            best = next((row for row in rows if row["side"] == OFFERS), None)
            if best:
                alike = [row for row in rows if row["made_up"] == best["made_up"]]
                offering, using = ([row for row in alike if row["side"] == part] for part in (OFFERS, USES))
                for_whom = f", for {_in_town(using[0])}" if using else ""
                label = found.capabilities[capability][0]
                parts.append(f"{label}: {listed(map(_in_town, _of_both_sorts(offering)))}{for_whom}")
    return ". ".join(parts)


def _in_town(row: Mapping[str, Any]) -> str:
    """An organisation with its town."""
    town = str(row["place"]).partition(" (")[0]
    return f"{row['organisation']} ({town})" if town else str(row["organisation"])


def _of_both_sorts(rows: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The best, and beside it the best of those who deliver if it does research, or the other way round."""
    first, *others = rows
    research = first["kind"] in RESEARCH_KINDS
    second = next((row for row in others if (row["kind"] in RESEARCH_KINDS) != research), None)
    return [first, *([second] if second else others[:1])]
