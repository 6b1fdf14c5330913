"""A collaboration of two regions as a planner would forward it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._candidates import RESEARCH_KINDS
from valuechain.analyses._collaboration_carriers import OFFERS, USES
from valuechain.analyses._pairs_fills import NOBODY, UNKNOWN
from valuechain.analyses._words import less_sure
from valuechain.model.language import labels_listed, listed, plural, say, separated
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
        title=say(
            "{region} and {partner}: {in_short}",
            region=_with_code(found, match.region),
            partner=_with_code(found, match.partner),
            in_short=_in_short(found, match),
        ),
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
    gains = say(
        "{partner} adds {specialisations}, {region} {others:,}",
        partner=found.name(match.partner),
        specialisations=plural(here, "specialisation"),
        region=found.name(match.region),
        others=there,
    )
    return f"{gains}; {_tied(found, match)}"


def _tied(found: Collaboration, match: Match) -> str:
    joint, links = int(found.ties.projects[match.region, match.partner]), found.links(match)
    projects, supplies = plural(joint, "joint project"), plural(links, "supply link")
    if joint and links:
        return say("{projects} and {links} already", projects=projects, links=supplies)
    if joint or links:
        return say("{ties} already", ties=projects if joint else supplies)
    return say("no tie yet")


def _adds(found: Collaboration, side: Side) -> str:
    """What one side adds to the other, and which gaps that fills."""
    giver, gainer = found.name(side.giver), found.name(side.gainer)
    if not len(side.added):
        first = say("{giver} has no specialisation that {gainer} lacks.", giver=giver, gainer=gainer)
    elif found.status_of_side(side) == "inferred":
        first = say(
            "Going by titles of funded projects, {giver} is specialised in what {gainer} is not: {capabilities}.",
            giver=giver,
            gainer=gainer,
            capabilities=labels_listed(found.label(one) for one in side.added),
        )
    else:
        first = say(
            "{giver} is specialised in what {gainer} is not: {capabilities}.",
            giver=giver,
            gainer=gainer,
            capabilities=labels_listed(found.label(one) for one in side.added),
        )
    return " ".join([*_asked(giver, gainer, side), first, *_not_asked(gainer, side)])


def _asked(giver: str, gainer: str, side: Side) -> list[str]:
    """What nobody offers though everybody was asked."""
    labels = [fill.label for fill in side.fills if fill.state == NOBODY]
    if not labels:
        return []
    return [
        say(
            "Nobody in {gainer} offers {capabilities} (all were asked): {giver} does.",
            gainer=gainer,
            capabilities=labels_listed(labels),
            giver=giver,
        )
    ]


def _not_asked(gainer: str, side: Side) -> list[str]:
    """Of what the other is specialised in, what nobody or one alone is known for."""
    nobody = [fill.label for fill in side.telling if fill.state == UNKNOWN]
    one = [fill.label for fill in side.telling if fill.state not in (UNKNOWN, NOBODY)]
    told = {"gainer": gainer, "unknown": labels_listed(nobody, 2), "alone": labels_listed(one, 2)}
    if nobody and one:
        return [
            say(
                "Of these, nobody in {gainer} is known for {unknown} (not asked yet), and one organisation alone is "
                "known there for {alone}.",
                **told,
            )
        ]
    if nobody:
        return [say("Of these, nobody in {gainer} is known for {unknown} (not asked yet).", **told)]
    return [say("Of these, one organisation alone is known in {gainer} for {alone}.", **told)] if one else []


def _together(found: Collaboration, match: Match) -> str:
    """What they share, and what ties them."""
    specialised = found.pairs.matrix.specialised
    both = int((specialised[match.region] & specialised[match.partner]).sum())
    either = int((specialised[match.region] | specialised[match.partner]).sum())
    joint, links = int(found.ties.projects[match.region, match.partner]), found.links(match)
    expected = float(found.ties.expected[match.region, match.partner])
    told = []
    if either:
        told.append(
            say("They share {both} of {specialisations}.", both=both, specialisations=plural(either, "specialisation"))
        )
    if joint:
        running = int(found.ties.running[match.region, match.partner])
        projects = say(
            "They have {projects} ({running:,} running)", projects=plural(joint, "joint project"), running=running
        )
    else:
        projects = say("No joint project")
    if expected >= 1:
        usual = separated(expected, ".0f" if expected >= 10 else ".1f")
        told.append(
            say(
                "{projects}; {usual} would be usual for two regions with as many projects.",
                projects=projects,
                usual=usual,
            )
        )
    else:
        told.append(f"{projects}.")
    told += [plural(links, "supply link joins them.", "supply links join them.")] if links else []
    return " ".join(told)


def _how_firm(found: Collaboration, match: Match) -> list[str]:
    """Whether the rank of a pair hangs on single organisations."""
    low, high = found.ranks(match)
    least = found.pairs.matrix.least
    if low == high or len(found.matches) == 1:
        return []
    ranks = {"low": low, "high": high, "more": least + 1}
    if least > 1:
        return [
            say(
                "Its rank lies between {low:,} and {high:,} if {fewer:g} or {more:g} had to stand behind a "
                "specialisation.",
                fewer=least - 1,
                **ranks,
            )
        ]
    return [
        say("Its rank lies between {low:,} and {high:,} if {more:g} had to stand behind a specialisation.", **ranks)
    ]


def _action(found: Collaboration, match: Match) -> str:
    if match.both == 0:
        return say("Ask what the side that gains nothing by these counts would want, before anything is proposed.")
    names = found.graph["organisations"]["label"]
    joint = found.ties.joint_of_each(match.region, match.partner).most_common()
    sides = [[one for one, _ in joint if found.where.row[one] == region] for region in (match.region, match.partner)]
    if all(sides):
        known = listed(names.iloc[[one[0] for one in sides]])
        if found.ties.projects[match.region, match.partner] > 1:
            return say(
                "Start from {organisations}, who take part in most of the joint projects, and bring in the others who "
                "would carry it.",
                organisations=known,
            )
        return say(
            "Start from {organisations}, who share a project already, and bring in the others who would carry it.",
            organisations=known,
        )
    if found.links(match):
        return say("Start from those who deliver to each other, and bring in the others who would carry it.")
    return say("Arrange a first meeting of those who would carry it, on the capabilities that add most.")


def _with_whom(found: Collaboration, match: Match, carriers: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
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
                told = {
                    "capability": found.capabilities[capability][0],
                    "offering": listed(map(_in_town, _of_both_sorts(offering))),
                }
                parts.append(
                    say("{capability}: {offering}, for {user}", user=_in_town(using[0]), **told)
                    if using
                    else say("{capability}: {offering}", **told)
                )
    return tuple(parts)


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
