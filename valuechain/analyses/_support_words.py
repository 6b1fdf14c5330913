"""Who can help, in words: a finding for each lack, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._support import Supporters
from valuechain.analyses._support_tables import named
from valuechain.analyses._words import DOUBTFUL, sentence, stage_of
from valuechain.model.language import labels_listed, plural, say
from valuechain.model.result import Finding, least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

Row = Mapping[str, Any]
"""A row of the table of those who can help."""

NAMED = 3
"""How many who can help a finding names."""

NOBODY_KNOWN = 0.5
"""Factor on the confidence of a need where nobody is known who can help: who is not in the records may be there."""


def support_finding(graph: ValueGraph, found: Supporters, rows: Sequence[Row]) -> Finding:
    """Return what is known of who can help with one lack; `rows` are those who can, best first.

    Severity: who can help is no weakness: info. Nobody known: low where nothing is made without it, else info.
    Confidence: that of the best offer; where nobody is known, half of that of the need.
    """
    lack, capabilities = found.lack, graph["capabilities"]
    own = graph["organisations"]["key"].iloc[[graph.organisation]] if graph.organisation >= 0 else ()
    title, explanation, action = _told(graph, found, rows)
    told = [*lack.evidence, *(record for row in rows[:NAMED] for record in row["evidence"])]
    return Finding(
        kind="support-found" if found.covers else "support-near" if rows else "support-unknown",
        severity="low" if lack.essential and not rows else "info",
        confidence=rows[0]["confidence"] if rows else round(NOBODY_KNOWN * lack.confidence, 3),
        subjects=(*own, capabilities["key"].iloc[lack.capability]),
        title=title,
        explanation=explanation,
        action=action,
        with_whom=named(rows[:NAMED]),
        status=least_certain([lack.status, *(row["status"] for row in rows[:NAMED])]),
        stage=stage_of(graph, int(capabilities["stage"].iloc[lack.capability])),
        evidence=tuple(dict.fromkeys(told)) or graph.evidence("capabilities", [lack.capability]),
    )


def _told(graph: ValueGraph, found: Supporters, rows: Sequence[Row]) -> tuple[str, str, str]:
    """Title, explanation and action."""
    label, level = _label(graph, found), found.lack.readiness
    if not rows:
        nobody = say(
            "No research organisation or open facility {where} is known for it, nor for anything near it.",
            where=graph.scope_words,
        )
        return (
            say("{capability}: nobody known who could help", capability=label),
            f"{nobody} {say('There may be one that is not in the records.')}",
            say("Look further away, or ask a technology transfer office."),
        )
    at = f" {say('at {level}', level=level)}" if level else ""
    if found.covers:
        return _can_help(graph, label, at, len(found), rows[0])
    nearest = say("The nearest is {organisation}", organisation=rows[0]["organisation"])
    return (
        f"{say('{capability}: nobody is known to cover it', capability=label)}{at}, "
        f"{plural(len(found), 'comes near', 'come near')}",
        f"{sentence(nearest)} {say('It differs in this: {differs}.', differs=rows[0]['differs'])}",
        say("Ask them for the readiness level that they work at.")
        if rows[0]["unstated"]
        else say("Ask them whether what they offer would do, or whom they would ask."),
    )


def _can_help(graph: ValueGraph, label: str, at: str, count: int, best: Row) -> tuple[str, str, str]:
    guessed, weak = best["status"] == "inferred", best["confidence"] < DOUBTFUL
    told = {"capability": label, "organisation": best["organisation"]}
    many = {"organisations": plural(count, "organisation"), "where": graph.scope_words}
    if not guessed:
        covers = (
            say("{organisations} {where} covers it", **many)
            if count == 1
            else say("{organisations} {where} cover it", **many)
        )
        return (
            say("{capability}: {organisation} can help", **told),
            f"{covers}{at}.",
            say("Call the first: ask what a first trial costs, and when it can start."),
        )
    seems = (
        say("{organisations} {where} seems to cover it, by the titles of their projects", **many)
        if count == 1
        else say("{organisations} {where} seem to cover it, by the titles of their projects", **many)
    )
    minding = say("These are weak guesses: research titles seldom speak of daily work, so who does it may be missing.")
    return (
        say("{capability}: {organisation} may be able to help", **told)
        if weak
        else say("{capability}: {organisation} can probably help", **told),
        f"{seems}{at}. {minding}" if weak else f"{seems}{at}.",
        say("Call the first: ask who in the house does it, at which readiness level, and what a first trial costs."),
    )


def nobody_finding(graph: ValueGraph, found: Mapping[int, Supporters]) -> list[Finding]:
    """Return one finding on all capabilities with which nobody known can help, none where there is no such one."""
    empty = [one.lack.capability for one in found.values() if not len(one)]
    if not empty:
        return []
    labels, keys = (graph["capabilities"][name].iloc[empty] for name in ("label", "key"))
    return [
        Finding(
            kind="support-unknown",
            severity="info",
            confidence=NOBODY_KNOWN,
            subjects=tuple(keys),
            title=say(
                "Nobody known who could help: {count:,} of {capabilities}",
                count=len(empty),
                capabilities=plural(len(found), "capability", "capabilities"),
            ),
            explanation=say(
                "No research organisation or open facility {where} is known for {capabilities}. There may be some that "
                "are not in the records.",
                where=graph.scope_words,
                capabilities=labels_listed(labels, 5),
            ),
            action=say("Ask the technology transfer offices, and record what they offer."),
            evidence=graph.evidence("capabilities", empty),
        )
    ]


def verdict(graph: ValueGraph, need: str, found: Mapping[int, Supporters], rows: Mapping[int, Sequence[Row]]) -> str:
    """Return the answer in a sentence or two; `need` is what was asked for in words, empty if it was not."""
    every = list(found.values())
    if not every and need:
        return say(
            "No capability known here is clearly meant by \u201c{need}\u201d; the nearest labels are listed.", need=need
        )
    if not every and graph.organisation >= 0:
        return say("Nothing is known that {organisation} lacks.", organisation=_asker(graph))
    if not every:
        return say("Not assessed: no capability is known here.")
    if need:
        meant = labels_listed(_label(graph, one) for one in every)
        means = say("\u201c{need}\u201d seems to mean {capabilities}.", need=need, capabilities=meant)
        return f"{means} {_sentence(graph, every[0], rows)}"
    if len(every) == 1:
        return _sentence(graph, every[0], rows)
    covered, near = sum(one.covers for one in every), sum(not one.covers and len(one) > 0 for one in every)
    nobody = len(every) - covered - near
    parts = []
    if covered:
        parts.append(
            plural(
                covered,
                "is covered by a research organisation or an open facility",
                "are covered by a research organisation or an open facility",
            )
        )
    if near:
        parts.append(say("for {count:,} only near matches are known", count=near))
    if nobody:
        parts.append(say("for {count:,} nobody is known", count=nobody))
    told = {"capabilities": plural(len(every), "capability", "capabilities"), "answer": "; ".join(parts)}
    if graph.organisation >= 0:
        return say("Of {capabilities} that {organisation} lacks, {answer}.", organisation=_asker(graph), **told)
    return say("Of {capabilities} asked for {where}, {answer}.", where=graph.scope_words, **told)


def _sentence(graph: ValueGraph, found: Supporters, rows: Mapping[int, Sequence[Row]]) -> str:
    best = rows[found.lack.capability]
    title = _told(graph, found, best)[0]
    if not found.covers:
        return f"{title}."
    where = f", {best[0]['place']}" if best and best[0]["place"] else ""
    more = [plural(len(found) - 1, "more is known", "more are known")] if len(found) > 1 else []
    return f"{'; '.join([f'{title}{where}', *more])}."


def _asker(graph: ValueGraph) -> str:
    return str(graph["organisations"]["label"].iloc[graph.organisation])


def _label(graph: ValueGraph, found: Supporters) -> str:
    return str(graph["capabilities"]["label"].iloc[found.lack.capability])
