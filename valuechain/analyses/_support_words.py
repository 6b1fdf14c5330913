"""Who can help, in words: a finding for each lack, and the verdict."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from valuechain.analyses._chain import labels_listed, plural
from valuechain.analyses._support import Supporters
from valuechain.analyses._support_tables import UNSTATED, named
from valuechain.analyses._words import DOUBTFUL, sentence, stage_of
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
    at = f" at {level}" if level else ""
    if not rows:
        return (
            f"{label}: nobody known who could help",
            f"No research organisation or open facility {graph.scope_words} is known for it, nor for anything near it. "
            "There may be one that is not in the records.",
            "Look further away, or ask a technology transfer office.",
        )
    first = rows[0]["organisation"]
    guessed = rows[0]["status"] == "inferred"
    if found.covers:
        can = "can" if not guessed else "can probably" if rows[0]["confidence"] >= DOUBTFUL else "may be able to"
        many = f"{plural(len(found), 'organisation')} {graph.scope_words}"
        weak = guessed and rows[0]["confidence"] < DOUBTFUL
        minding = " These are weak guesses: research titles seldom speak of daily work, so who does it may be missing."
        seem = ("seems" if len(found) == 1 else "seem") + " to cover it, by the titles of their projects"
        return (
            f"{label}: {first} {can} help",
            f"{many} {seem if guessed else 'covers it' if len(found) == 1 else 'cover it'}{at}."
            f"{minding if weak else ''}",
            "Call the first: ask who in the house does it, at which readiness level, and what a first trial costs."
            if guessed
            else "Call the first: ask what a first trial costs, and when it can start.",
        )
    return (
        f"{label}: nobody is known to cover it{at}, {len(found):,} come near",
        f"{sentence(f'The nearest is {first}')} It differs in this: {rows[0]['match'].partition(': ')[2]}.",
        "Ask them for the readiness level that they work at."
        if rows[0]["match"].endswith(f": {UNSTATED}")
        else "Ask them whether what they offer would do, or whom they would ask.",
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
            title=f"Nobody known who could help: {len(empty):,} of {plural(len(found), 'capability', 'capabilities')}",
            explanation=f"No research organisation or open facility {graph.scope_words} is known for "
            f"{labels_listed(labels, 5)}. There may be some that are not in the records.",
            action="Ask the technology transfer offices, and record what they offer.",
            evidence=graph.evidence("capabilities", empty),
        )
    ]


def verdict(graph: ValueGraph, need: str, found: Mapping[int, Supporters], rows: Mapping[int, Sequence[Row]]) -> str:
    """Return the answer in a sentence or two; `need` is what was asked for in words, empty if it was not."""
    every = list(found.values())
    if not every and need:
        return f"No capability known here is clearly meant by \u201c{need}\u201d; the nearest labels are listed."
    if not every and graph.organisation >= 0:
        return f"Nothing is known that {_asker(graph)} lacks."
    if not every:
        return "Not assessed: no capability is known here."
    if need:
        meant = labels_listed(_label(graph, one) for one in every)
        return f"\u201c{need}\u201d seems to mean {meant}. {_sentence(graph, every[0], rows)}"
    if len(every) == 1:
        return _sentence(graph, every[0], rows)
    covered, near = sum(one.covers for one in every), sum(not one.covers and len(one) > 0 for one in every)
    of_whom = f"that {_asker(graph)} lacks" if graph.organisation >= 0 else f"asked for {graph.scope_words}"
    parts = [
        (
            covered,
            f"{covered:,} {'is' if covered == 1 else 'are'} covered by a research organisation or an open facility",
        ),
        (near, f"for {near:,} only near matches are known"),
        (len(every) - covered - near, f"for {len(every) - covered - near:,} nobody is known"),
    ]
    told = "; ".join(words for count, words in parts if count)
    return f"Of {plural(len(every), 'capability', 'capabilities')} {of_whom}, {told}."


def _sentence(graph: ValueGraph, found: Supporters, rows: Mapping[int, Sequence[Row]]) -> str:
    best = rows[found.lack.capability]
    title = _told(graph, found, best)[0]
    where = f", {best[0]['place']}" if best and best[0]["place"] and found.covers else ""
    more = (
        f"; {plural(len(found) - 1, 'more', 'more')} {'is' if len(found) == 2 else 'are'} known"
        if len(found) > 1
        else ""
    )
    return f"{title}{where}{more if found.covers else ''}."


def _asker(graph: ValueGraph) -> str:
    return str(graph["organisations"]["label"].iloc[graph.organisation])


def _label(graph: ValueGraph, found: Supporters) -> str:
    return str(graph["capabilities"]["label"].iloc[found.lack.capability])
