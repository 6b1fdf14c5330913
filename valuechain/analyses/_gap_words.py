"""Gaps as an advisor would say them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from valuechain.analyses._chain import labels_listed, listed, plural
from valuechain.analyses._words import less_sure
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
        with_whom=_both_sides(graph, gap) if gap.state == "unlinked" else _from_outside(graph, outside or ()),
        status=gap.status,
        stage=gap.stage,
        evidence=gap.evidence,
    )


def not_asked_finding(graph: ValueGraph, unknown: Sequence[Gap], total: int) -> Finding:
    """Return one remark on everything that nobody was asked about, or not everybody."""
    part = sum(gap.unasked is not None and gap.unasked.why != "nobody was asked" for gap in unknown)
    some = f" About {part:,} of them some were asked, but not all, or have not answered." if part else ""
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=_keys(graph, unknown),
        title=f"Not asked yet: {len(unknown)} of {total} capabilities {graph.scope_words}",
        explanation=f"Nobody is known to offer {labels_listed((gap.label for gap in unknown), 5)}, and it was not "
        f"asked whether anybody does. That says nothing about whether they are there.{some}",
        action="Ask the organisations here what they offer, and record the survey with its date.",
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
        title=f"Too old to count: what is known of {len(outdated)} of {total} capabilities {graph.scope_words}",
        explanation=f"Offers or answers on {labels_listed((gap.label for gap in outdated), 5)} are more than "
        f"{freshness:g} years old. Whether they still hold is not known.",
        action="Ask again, and record the answers with their date.",
        with_whom=listed(names.iloc[list(again)], 5) if again else "",
        status=least_certain(gap.status for gap in outdated),
        evidence=_evidence(outdated),
    )


def offer_verb(offerers: int, guess: bool) -> str:
    """Return the verb for so many who offer something, or of whom it is guessed."""
    if guess:
        return "seems to offer" if offerers == 1 else "seem to offer"
    return "offers" if offerers == 1 else "offer"


def need_verb(needers: int, inferred: int) -> str:
    """Return the verb for so many who need something, of whom for some it only follows from what they make."""
    if 0 < inferred < needers:
        return "need it, or seem to"
    if inferred:
        return "seems to need it" if needers == 1 else "seem to need it"
    return "needs it" if needers == 1 else "need it"


def why_unknown(graph: ValueGraph, gap: Gap) -> str:
    """Return why nothing is known of a capability: who was asked, and what is too old to count."""
    asked = gap.unasked.why if gap.unasked else "asked, but what is known of it is too old"
    return f"{asked}; too old: {old_offers(graph, gap)}" if gap.outdated else asked


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
    return f"{offering} with {needing}"


def _from_outside(graph: ValueGraph, outside: Sequence[Outsider]) -> str:
    names = graph["organisations"]["label"]
    return ". ".join(
        f"{names.iloc[one.organisation]}{', ' if one.place else ''}{one.place}: {one.reason}" for one in outside[:3]
    )


def _demand(graph: ValueGraph, gap: Gap) -> str:
    """Who needs it, what cannot be made without it, and how many make that."""
    names, where = graph["organisations"]["label"], graph.scope_words
    count = len(gap.needers)
    need = need_verb(count, gap.inferred_needers)
    needed = (
        f"{plural(count, 'organisation')} {where} {need}: {listed(names.iloc[list(gap.needers)])}."
        if count
        else f"Nobody {where} is known to need it."
    )
    if gap.imported:
        needed = f"{needed} {gap.imported:,} of them {'gets' if gap.imported == 1 else 'get'} it from elsewhere."
    if not gap.downstream:
        return needed
    labels = graph["capabilities"]["label"].iloc[list(gap.downstream)]
    make = "makes" if gap.makers == 1 else "make"
    these = "it" if len(gap.downstream) == 1 else "some of these"
    makers = f", and {plural(gap.makers, 'organisation')} {where} {make} {these}" if gap.makers else ""
    return (
        f"{needed} {plural(len(gap.downstream), 'capability', 'capabilities')} cannot be made without it{makers}: "
        f"{labels_listed(labels)}."
    )


def _words(graph: ValueGraph, gap: Gap, alone: bool) -> tuple[str, str, str]:
    """Title, explanation and action of a gap."""
    names, where = graph["organisations"]["label"], graph.scope_words
    offering = listed(names.iloc[list(gap.offerers)])
    guess = gap.status == "inferred"
    guessed = " This is a guess." if guess else ""
    offer = offer_verb(len(gap.offerers), guess)
    demand = _demand(graph, gap)
    elsewhere = " Nobody elsewhere is known to offer it either." if alone else ""
    match gap.state:
        case "no actor":
            return (
                f"{gap.label}: nobody {where} offers it",
                f"The question was asked, and nobody said yes. {demand}{elsewhere}",
                "Look for a supplier beyond what is recorded here, or build it up with a research partner."
                if alone
                else "Find a supplier outside, or build it up with a research partner.",
            )
        case "unlinked":
            return (
                f"{gap.label}: here, but not connected",
                f"{plural(len(gap.offerers), 'organisation')} {where} {offer} it: {offering}. {demand} "
                f"No supply link or joint project is known that joins the two sides.{guessed}",
                "Introduce them to each other.",
            )
        case "sole source":
            known = "" if gap.surveyed else " known"
            group = " They belong to one legal group and count as one." if len(gap.offerers) > 1 else ""
            second = "Secure it by contract, or qualify a second source."
            return (
                f"{gap.label}: only one supplier{known} {where}",
                f"{offering} {offer} it.{group} {demand}{guessed}",
                second if gap.surveyed else f"Ask whether there are others. If not: {second[0].lower()}{second[1:]}",
            )
        case _:
            return (
                f"{gap.label}: few suppliers {where}",
                f"{offering} {offer} it; the Herfindahl index of their shares is {gap.herfindahl:.2f} (1 = a single "
                f"supplier). {demand}{guessed}",
                "Know a further source before it is needed.",
            )
