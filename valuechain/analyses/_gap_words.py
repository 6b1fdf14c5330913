"""Gaps as an advisor would say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._words import less_sure
from valuechain.model.language import labels_listed, listed, plural, say
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._gap_states import Gap
    from valuechain.analyses._outside import Outsider
    from valuechain.model.graph import ValueGraph


def gap_finding(graph: ValueGraph, gap: Gap, outside: Sequence[Outsider] | None) -> Finding:
    """Return a gap as a finding, with those `outside` who could fill it (None where nobody looked for them).

    Severity: nobody offers what somebody here needs: high; nobody offers and nobody is known to need it: medium; not
    connected: medium; only one supplier: high where at least two need it and other capabilities cannot be made without
    it, medium where somebody needs it, else low; few suppliers: low. A finding less sure than one half is one step
    less severe.
    """
    title, explanation, action = _words(graph, gap, outside is not None and not outside)
    confidence = gap.linkage_confidence if gap.state == "unlinked" else gap.presence_confidence
    return Finding(
        kind=gap.state.replace(" ", "-"),
        severity=_severity(gap, confidence),
        confidence=round(confidence, 3),
        subjects=(graph["capabilities"]["key"].iloc[gap.capability],),
        title=title,
        explanation=explanation,
        action=action,
        with_whom=(_both_sides(graph, gap),) if gap.state == "unlinked" else _from_outside(graph, outside or ()),
        status=gap.status,
        stage=gap.stage,
        evidence=gap.evidence,
    )


def not_asked_finding(graph: ValueGraph, unknown: Sequence[Gap], total: int) -> Finding:
    """Return one remark on everything that nobody was asked about, or not everybody."""
    part = sum(gap.unasked is not None and not gap.unasked.nobody for gap in unknown)
    explanation = say(
        "Nobody is known to offer {capabilities}, and it was not asked whether anybody does. That says nothing about "
        "whether they are there.",
        capabilities=labels_listed((gap.label for gap in unknown), 5),
    )
    if part:
        some = say("About {part:,} of them some were asked, but not all, or have not answered.", part=part)
        explanation = f"{explanation} {some}"
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=_keys(graph, unknown),
        title=say(
            "Not asked yet: {unknown} of {total} capabilities {where}",
            unknown=len(unknown),
            total=total,
            where=graph.scope_words,
        ),
        explanation=explanation,
        action=say("Ask the organisations here what they offer, and record the survey with its date."),
        status=least_certain(gap.status for gap in unknown),
        evidence=_evidence(unknown),
    )


def too_old_finding(graph: ValueGraph, outdated: Sequence[Gap], total: int, freshness: float) -> Finding:
    """Return one remark on everything of which all that is known is too old to count."""
    names = graph["organisations"]["label"]
    again = dict.fromkeys(organisation for gap in outdated for organisation, _ in gap.outdated)
    return Finding(
        kind="too-old",
        severity="info",
        confidence=1.0,
        subjects=_keys(graph, outdated),
        title=say(
            "Too old to count: what is known of {outdated} of {total} capabilities {where}",
            outdated=len(outdated),
            total=total,
            where=graph.scope_words,
        ),
        explanation=say(
            "Offers or answers on {capabilities} are more than {years:g} years old. Whether they still hold is not "
            "known.",
            capabilities=labels_listed((gap.label for gap in outdated), 5),
            years=freshness,
        ),
        action=say("Ask again, and record the answers with their date."),
        with_whom=(listed(names.iloc[list(again)], 5),) if again else (),
        status=least_certain(gap.status for gap in outdated),
        evidence=_evidence(outdated),
    )


def offered(names: str, count: int, guess: bool) -> str:
    """Return as a clause that so many, by their names, offer something, or that it is guessed."""
    if guess and count == 1:
        return say("{names} seems to offer it", names=names)
    if guess:
        return say("{names} seem to offer it", names=names)
    return say("{names} offers it", names=names) if count == 1 else say("{names} offer it", names=names)


def _offered_here(where: str, names: str, count: int, guess: bool) -> str:
    """How many in a place offer something, or seem to, and who."""
    told = {"organisations": plural(count, "organisation"), "where": where, "names": names}
    if guess and count == 1:
        return say("{organisations} {where} seems to offer it: {names}.", **told)
    if guess:
        return say("{organisations} {where} seem to offer it: {names}.", **told)
    if count == 1:
        return say("{organisations} {where} offers it: {names}.", **told)
    return say("{organisations} {where} offer it: {names}.", **told)


def _needed_here(where: str, names: str, count: int, inferred: int) -> str:
    """How many in a place need something, of whom for some it only follows from what they make, and who."""
    if not count:
        return say("Nobody {where} is known to need it.", where=where)
    told = {"organisations": plural(count, "organisation"), "where": where, "names": names}
    if 0 < inferred < count:
        return say("{organisations} {where} need it, or seem to: {names}.", **told)
    if inferred and count == 1:
        return say("{organisations} {where} seems to need it: {names}.", **told)
    if inferred:
        return say("{organisations} {where} seem to need it: {names}.", **told)
    if count == 1:
        return say("{organisations} {where} needs it: {names}.", **told)
    return say("{organisations} {where} need it: {names}.", **told)


def why_unknown(graph: ValueGraph, gap: Gap) -> str:
    """Return why nothing is known of a capability: who was asked, and what is too old to count."""
    asked = gap.unasked.why if gap.unasked else say("asked, but what is known of it is too old")
    return say("{why}; too old: {offers}", why=asked, offers=old_offers(graph, gap)) if gap.outdated else asked


def old_offers(graph: ValueGraph, gap: Gap) -> str:
    """Return who offered it and when they said so, where that is too long ago to count."""
    names = graph["organisations"]["label"]
    return listed((f"{names.iloc[one]} ({str(day)[:4]})" for one, day in gap.outdated), 3)


def _keys(graph: ValueGraph, gaps: Sequence[Gap]) -> tuple[str, ...]:
    keys = graph["capabilities"]["key"]
    return tuple(keys.iloc[gap.capability] for gap in gaps)


def _evidence(gaps: Sequence[Gap]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(record for gap in gaps for record in gap.evidence))


def _severity(gap: Gap, confidence: float) -> Severity:
    severity: Severity = "medium" if gap.needers or gap.state == "no actor" else "low"
    if (gap.state == "no actor" and gap.needers) or (
        gap.state == "sole source" and len(gap.needers) >= 2 and gap.downstream
    ):
        severity = "high"
    elif gap.state == "concentrated":
        severity = "low"
    return less_sure(severity, confidence)


def _both_sides(graph: ValueGraph, gap: Gap) -> str:
    names = graph["organisations"]["label"]
    offering, needing = (listed(names.iloc[list(some)]) for some in (gap.offerers, gap.needers))
    return say("{offering} with {needing}", offering=offering, needing=needing)


def _from_outside(graph: ValueGraph, outside: Sequence[Outsider]) -> tuple[str, ...]:
    names = graph["organisations"]["label"]
    return tuple(
        f"{names.iloc[one.organisation]}{', ' if one.place else ''}{one.place}: {one.reason}" for one in outside[:3]
    )


def _demand(graph: ValueGraph, gap: Gap) -> str:
    """Who needs it, what cannot be made without it, and how many make that."""
    names, where = graph["organisations"]["label"], graph.scope_words
    parts = [_needed_here(where, listed(names.iloc[list(gap.needers)]), len(gap.needers), gap.inferred_needers)]
    if gap.imported == 1:
        parts.append(say("{count:,} of them gets it from elsewhere.", count=gap.imported))
    elif gap.imported:
        parts.append(say("{count:,} of them get it from elsewhere.", count=gap.imported))
    if gap.downstream:
        parts.append(_hanging_on_it(graph, gap))
    return " ".join(parts)


def _hanging_on_it(graph: ValueGraph, gap: Gap) -> str:
    """What cannot be made without it, and how many make that."""
    told = {
        "capabilities": plural(len(gap.downstream), "capability", "capabilities"),
        "labels": labels_listed(graph["capabilities"]["label"].iloc[list(gap.downstream)]),
        "organisations": plural(gap.makers, "organisation"),
        "where": graph.scope_words,
    }
    if not gap.makers:
        return say("{capabilities} cannot be made without it: {labels}.", **told)
    if len(gap.downstream) == 1 and gap.makers == 1:
        return say("{capabilities} cannot be made without it, and {organisations} {where} makes it: {labels}.", **told)
    if len(gap.downstream) == 1:
        return say("{capabilities} cannot be made without it, and {organisations} {where} make it: {labels}.", **told)
    if gap.makers == 1:
        return say(
            "{capabilities} cannot be made without it, and {organisations} {where} makes some of these: {labels}.",
            **told,
        )
    return say(
        "{capabilities} cannot be made without it, and {organisations} {where} make some of these: {labels}.", **told
    )


def _words(graph: ValueGraph, gap: Gap, alone: bool) -> tuple[str, str, str]:
    """Title, explanation and action of a gap."""
    names, where = graph["organisations"]["label"], graph.scope_words
    offering, count = listed(names.iloc[list(gap.offerers)]), len(gap.offerers)
    guess = gap.status == "inferred"
    guessed = say("This is a guess.") if guess else ""
    demand = _demand(graph, gap)
    match gap.state:
        case "no actor":
            asked = say("The question was asked, and nobody said yes.")
            elsewhere = say("Nobody elsewhere is known to offer it either.") if alone else ""
            return (
                say("{capability}: nobody {where} offers it", capability=gap.label, where=where),
                _joined(asked, demand, elsewhere),
                say("Look for a supplier beyond what is recorded here, or build it up with a research partner.")
                if alone
                else say("Find a supplier outside, or build it up with a research partner."),
            )
        case "unlinked":
            apart = say("No supply link or joint project is known that joins the two sides.")
            return (
                say("{capability}: here, but not connected", capability=gap.label),
                _joined(_offered_here(where, offering, count, guess), demand, apart, guessed),
                say("Introduce them to each other."),
            )
        case "sole source":
            group = say("They belong to one legal group and count as one.") if count > 1 else ""
            return (
                say("{capability}: only one supplier {where}", capability=gap.label, where=where)
                if gap.surveyed
                else say("{capability}: only one supplier known {where}", capability=gap.label, where=where),
                _joined(f"{offered(offering, count, guess)}.", group, demand, guessed),
                say("Secure it by contract, or qualify a second source.")
                if gap.surveyed
                else say("Ask whether there are others. If not: secure it by contract, or qualify a second source."),
            )
        case _:
            shares = say(
                "{offer}; the Herfindahl index of their shares is {index:.2f} (1 = a single supplier).",
                offer=offered(offering, count, guess),
                index=gap.herfindahl,
            )
            return (
                say("{capability}: few suppliers {where}", capability=gap.label, where=where),
                _joined(shares, demand, guessed),
                say("Know a further source before it is needed."),
            )


def _joined(*sentences: str) -> str:
    return " ".join(filter(None, sentences))
