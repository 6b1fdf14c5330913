"""Clusters side by side, as one cluster manager writes to the other."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import evidence_of
from valuechain.analyses._partners_market import STAGES
from valuechain.analyses._partners_side import IN_PART, NOT_ASKED
from valuechain.analyses._words import first_named, less_sure, sentence
from valuechain.model.language import labels_listed, listed, plural, say
from valuechain.model.result import Finding, Severity, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._partners import Clusters
    from valuechain.analyses._partners_pair import Pair
    from valuechain.analyses._partners_side import Side

TOLD = 5
"""So many pairs and clusters are spelled out in findings."""


def findings(known: Clusters, pairs: Sequence[Pair], sides: Sequence[Side]) -> tuple[Finding, ...]:
    """Return what a cluster manager should know: of the best pairs, and of what was not asked."""
    found: list[Finding] = []
    for pair in pairs[:TOLD]:
        found += [_complementing(pair), *_doors(pair), *_missing(pair), *_both(pair)]
    for side in sides[:TOLD]:
        found += _not_asked(side)
    return (*found, *_silent(known))


def _complementing(pair: Pair) -> Finding:
    """What the two could do for each other.

    Severity: medium where the one meets a need of the other that is known to be essential, low where it meets any
    other need, for information else; less sure than one half: one step less severe.
    """
    first, second = pair.first, pair.second
    gives, gets = pair.meets(first), pair.meets(second)
    severity: Severity = "info"
    if len(gives) or len(gets):
        essential = any(_essential(pair, side) for side in (first, second))
        severity = less_sure("medium" if essential else "low", pair.confidence)
    return Finding(
        kind="complementary-cluster" if severity != "info" else "no-need-met",
        severity=severity,
        confidence=pair.confidence,
        subjects=(first.key, second.key),
        title=_headline(pair),
        explanation=" ".join(part for part in _explained(pair) if part),
        action=_action(pair),
        with_whom=_first_meetings(pair),
        status=pair.status,
        evidence=pair.evidence,
    )


def _essential(pair: Pair, side: Side) -> bool:
    other = pair.second if side is pair.first else pair.first
    needs = other.best_needs["essential"].reindex(pair.meets(side))
    return bool(needs.fillna(False).astype(bool).any())


def _headline(pair: Pair) -> str:
    first, second = pair.first.label, pair.second.label
    gets, gives = len(pair.meets(pair.second)), len(pair.meets(pair.first))
    if gets and gives:
        return say(
            "{second} could meet {needs} of {first}, and {first} {gives:,} of {second}",
            second=second,
            needs=plural(gets, "open need"),
            first=first,
            gives=gives,
        )
    if gets or gives:
        who, whom = (second, first) if gets else (first, second)
        return say(
            "{who} could meet {needs} of {whom}; the other way round none is known",
            who=who,
            needs=plural(gets + gives, "open need"),
            whom=whom,
        )
    return say("{first} and {second}: neither is known to meet an open need of the other", first=first, second=second)


def _explained(pair: Pair) -> Iterator[str]:
    labels, stages = pair.known.graph["capabilities"]["label"], pair.known.graph["stages"]["label"]
    if pair.status == "inferred":
        yield say("Part of this is guessed from project titles: ask the members before it is passed on.")
    for side, other in ((pair.second, pair.first), (pair.first, pair.second)):
        met = pair.meets(side)
        if len(met):
            yield sentence(
                say(
                    "Members of {buyer} need and lack what members of {seller} offer: {capabilities}",
                    buyer=other.label,
                    seller=side.label,
                    capabilities=labels_listed(labels.iloc[met]),
                )
            )
    for side, only in ((pair.second, (False, True)), (pair.first, (True, False))):
        alone = pair.stages(*only)
        if alone:
            told = labels_listed(stages.iloc[alone])
            yield sentence(say("Only {cluster} is known to stand in: {stages}", cluster=side.label, stages=told))
    shared = pair.stages(True, True)
    if shared:
        yield sentence(say("Both stand in: {stages}", stages=labels_listed(stages.iloc[shared], 6)))
    else:
        yield say("They share no stage.")
    if len(pair.ties):
        yield plural(
            len(pair.ties), "pair of members know each other already.", "pairs of members know each other already."
        )
    else:
        yield say("No joint project and no supply link between their members is known.")


def _action(pair: Pair) -> str:
    if not pair.meetings:
        return say(
            "Ask the members of {first} and of {second} what they need and whom they look for.",
            first=pair.first.label,
            second=pair.second.label,
        )
    meetings = plural(len(pair.meetings), "meeting")
    if pair.known.market.name:
        return say(
            "Propose {meetings} for {market}; begin with those named here.",
            meetings=meetings,
            market=pair.known.market.name,
        )
    return say("Propose {meetings}; begin with those named here.", meetings=meetings)


def _first_meetings(pair: Pair) -> tuple[str, ...]:
    names, labels = pair.known.graph["organisations"]["label"], pair.known.graph["capabilities"]["label"]
    return tuple(
        say(
            "{participant} with {partner}: {about}",
            participant=names.iloc[one.participant],
            partner=names.iloc[one.partner],
            about=labels_listed(labels.iloc[list(one.about)]),
        )
        for one in pair.meetings[:3]
    )


def _doors(pair: Pair) -> Iterator[Finding]:
    """Who is in the target market already, and who of the other side would like to get in: severity low."""
    rows = pair.known.market.rows
    names = pair.known.graph["organisations"]["label"]
    for host, inside, guest, wishing in pair.doors:
        there, would = (rows[rows["organisation"].isin(pair.known.active(side.cluster))] for side in (host, guest))
        there, would = there[there["stage"].isin(STAGES[1:])], would[would["stage"] == STAGES[0]]
        told = least_certain([*there["status"], *would["status"]])
        inside_names, wishing_names = (first_named(names, some["organisation"].tolist()) for some in (there, would))
        already = say("There already: {names}", names=inside_names)
        would_like = say("Would like to: {names}", names=wishing_names)
        sure = float(min(there["confidence"].max(), would["confidence"].max()))
        yield Finding(
            kind="open-doors",
            severity="low",
            confidence=round(sure, 3),
            subjects=(host.key, guest.key),
            title=_door(pair.known.market.name, host.label, inside, guest.label, wishing),
            explanation=f"{sentence(already)} {sentence(would_like)}",
            action=say(
                "Ask those who are there whether they would take the others along, or introduce them to customers."
            ),
            status=told,
            evidence=pair.known.graph.evidence("markets", [*there.index[:TOLD], *would.index[:TOLD]]),
        )


def _door(market: str, host: str, inside: int, guest: str, wishing: int) -> str:
    told = {"market": market, "host": host, "inside": inside, "guest": guest, "wishing": wishing}
    if inside == 1:
        return say(
            "Market {market}: {inside:,} of {host} is there already, {wishing:,} of {guest} would like to get in",
            **told,
        )
    return say(
        "Market {market}: {inside:,} of {host} are there already, {wishing:,} of {guest} would like to get in",
        **told,
    )


def _missing(pair: Pair) -> Iterator[Finding]:
    """What both lack together. Severity: low where somebody is known to need it essentially, else for information."""
    if not len(pair.missing):
        return
    known = pair.known
    labels = known.graph["capabilities"]["label"]
    needs = [side.best_needs[side.best_needs.index.isin(pair.missing)] for side in (pair.first, pair.second)]
    essential = any(one["essential"].fillna(False).astype(bool).any() for one in needs)
    unasked = [at for at in pair.missing.tolist() if at not in pair.first.asked or at not in pair.second.asked]
    lacking = say("Nobody is known to offer: {capabilities}", capabilities=labels_listed(labels.iloc[pair.missing], 6))
    asked = [say("Not both clusters were asked about {count:,} of them.", count=len(unasked))] if unasked else []
    records = tuple(dict.fromkeys(record for one in needs for record in evidence_of(known.graph, one)))
    statuses = [status for one in needs for status in one["status"]]
    yield Finding(
        kind="still-missing",
        severity="low" if essential else "info",
        confidence=round(float(np.mean([sure for one in needs for sure in one["confidence"]])), 3),
        subjects=(pair.first.key, pair.second.key),
        title=say(
            "Together {first} and {second} still lack {capabilities} that their members need",
            first=pair.first.label,
            second=pair.second.label,
            capabilities=plural(len(pair.missing), "capability", "capabilities"),
        ),
        explanation=" ".join([sentence(lacking), *asked]),
        action=say("Look for a third cluster that has them, or ask the members once more."),
        status=least_certain([*statuses, *known.graph.records["status"].iloc[list(records)]]),
        evidence=records,
    )


def _both(pair: Pair) -> Iterator[Finding]:
    """Who belongs to both: for information."""
    if len(pair.both):
        names = pair.known.graph["organisations"]["label"]
        rows = pair.known.graph["memberships"]
        told = rows[rows["organisation"].isin(pair.both)]
        yield Finding(
            kind="in-both-clusters",
            severity="info",
            confidence=round(float(told["confidence"].min()), 3),
            subjects=(pair.first.key, pair.second.key),
            title=say(
                "{organisations} to both {first} and {second}",
                organisations=plural(len(pair.both), "organisation belongs", "organisations belong"),
                first=pair.first.label,
                second=pair.second.label,
            ),
            explanation=f"{sentence(first_named(names, pair.both.tolist()))} "
            f"{say('They are not asked to meet anybody here.')}",
            action=say("Ask them to introduce the two sides to each other."),
            status=least_certain(told["status"]),
            evidence=pair.memberships,
        )


def _not_asked(side: Side) -> Iterator[Finding]:
    """Stages of which nobody was asked in a cluster and in which nobody is known: for information."""
    stages = side.known.graph["stages"]
    unknown = [one.stage for one in side.stages if one.state in (NOT_ASKED, IN_PART)]
    if unknown:
        rows = side.known.graph["memberships"]
        row = rows.index[rows["cluster"] == side.known.positions[side.cluster]][:1]
        yield Finding(
            kind="stages-not-asked",
            severity="info",
            confidence=1.0,
            subjects=(side.key, *stages["key"].iloc[unknown]),
            title=say(
                "{cluster}: members were not asked about {stages}",
                cluster=side.label,
                stages=labels_listed(stages["label"].iloc[unknown]),
            ),
            explanation=say("Nobody is known there, which does not mean that nobody is."),
            action=say("Ask the members before somebody else is looked for."),
            status=_status(side.known, side.known.graph.evidence("memberships", row)),
            evidence=side.known.graph.evidence("memberships", row),
        )


def _silent(known: Clusters) -> Iterator[Finding]:
    """Clusters of which no member is known: for information."""
    if len(known.silent):
        organisations = known.graph["organisations"].iloc[known.silent]
        evidence = known.graph.evidence("organisations", known.silent[:TOLD].tolist())
        yield Finding(
            kind="no-members",
            severity="info",
            confidence=1.0,
            subjects=tuple(organisations["key"]),
            title=say(
                "Of {clusters} no member is known: {names}",
                clusters=plural(len(known.silent), "cluster"),
                names=listed(organisations["label"]),
            ),
            explanation=say("Without members nothing can be compared."),
            action=say("Import its list of members."),
            status=_status(known, evidence),
            evidence=evidence,
        )


def _status(known: Clusters, records: Sequence[int]) -> str:
    return least_certain(known.graph.records["status"].iloc[list(records)])


def verdict(known: Clusters, pairs: Sequence[Pair], count: int) -> str:
    """Return the answer in a sentence or two."""
    if not pairs:
        return _not_assessed(known)
    best: Any = pairs[0]
    compared = [plural(count, "pair of clusters was compared.", "pairs of clusters were compared.")]
    others = compared if count > 1 else []
    if not (len(best.meets(best.first)) or len(best.meets(best.second))):
        nothing = say(
            "{first} and {second} are not known to meet any open need of each other; what is needed was asked of few, "
            "or nobody.",
            first=best.first.label,
            second=best.second.label,
        )
        return " ".join([nothing, *others])
    worth = plural(len(best.meetings), "meeting is worth having", "meetings are worth having")
    meetings = f"{worth} {known.market.words}".rstrip()
    return " ".join([sentence(_headline(best)), f"{meetings}.", *others])


def _not_assessed(known: Clusters) -> str:
    scope = known.graph.scope_words
    if not len(known.positions):
        return say("Not assessed: no cluster with members is known {where}.", where=scope)
    if len(known.positions) == 1:
        return say("Not assessed: {cluster} is the only cluster with members that is known.", cluster=known.label(0))
    return say("Not assessed: real clusters and made-up ones are not compared with each other.")
