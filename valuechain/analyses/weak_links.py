"""Weak links: whose failure stops others, and what one organisation hangs on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._connectors import connector_findings, connector_tables
from valuechain.analyses._failure import Dependencies, dependencies
from valuechain.analyses._reach import (
    FOLLOWED,
    lost_directly,
    ranking_table,
    reach_finding,
    reach_of_suppliers,
)
from valuechain.analyses._substitutes import substitutes
from valuechain.analyses._supply_check import SupplyCheck, check_supply
from valuechain.analyses._ties import Ties, ties
from valuechain.analyses._weak_tables import substitute_table
from valuechain.analyses._words import first_named
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say
from valuechain.model.result import SEVERITIES, Chart, Finding, Result

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

SHOWN_FINDINGS = 20


@analysis(version="1")
def weak_links(graph: ValueGraph, *, candidates: int = 5) -> Result:
    """Whose failure alone stops others, and who could deliver instead?

    An organisation goes on as long as each of its essential inputs has at least one supplier that goes on. With an
    organisation: on whom it hangs, also over several steps, with the way, what stops, how long stocks last, and who
    could replace the weak point. Without: everybody who supplies somebody, by how many others stop; beside it, whom
    and which ties the network of joint projects and supply links falls apart without.

    Parameters
    ----------
    candidates : int, 0..50
        How many organisations to name that could deliver instead, for each lost capability.

    Formula
    -------
    Start with everybody running and remove one. Whoever has lost all suppliers of one essential input stops, until
    nothing changes (greatest fixed point: on a cycle, who can keep each other going goes on). An input is essential
    when the buyer's need says so, else when the chain or its bill of materials makes it essential for something it
    offers; where neither speaks of it, it counts as essential at half the confidence. An input without a known supplier
    counts as met and is not assessed. What a firm states to offer itself it supplies itself. Gap = delivery time - days
    that the stocks along the way last. In the ranking a failure is followed until more than 1,000 others have stopped;
    for one organisation to its end. Severity: stops the organisation and stocks end before a new delivery could
    arrive: critical; stops it: high; suppliers of an essential input with one owner: medium; the only known supplier
    of an input that is not essential: medium with a gap, else low. In the ranking: five or more stop: high, critical
    if that is a tenth of all who depend on somebody; two to four: medium; one: low. Less sure than one half: one step
    less severe. Confidence = that of the least sure input on the way; an input is as sure as the least sure of its
    supply links and of what makes it essential. Turnover of those who stop = sum of what is known, with of how many it
    is. Substitutes are none who stop, nor of the failed one's legal group; they rank by: qualified already, delivered
    before, then confidence x (1 + 0.5 if they share a project with the organisation asked about + 0.2 if they lie in
    its country).

    Units
    -----
    Organisations, capabilities and regions are counted; times in days, gaps in full weeks, rounded down; confidence in
    0..1.

    Reference
    ---------
    Articulation points and bridges: J. Hopcroft, R. Tarjan (1973), Communications of the ACM 16(6). Without inputs that
    need several suppliers at once, single points of failure are the dominators of a flow graph: T. Lengauer,
    R. Tarjan (1979), ACM Transactions on Programming Languages and Systems 1(1).

    Example
    -------
    G and H both sell glass to A, so that neither stops A alone; but both get their sand from S.

    >>> graph = example(supplies='''supplier, buyer, capability
    ...                               S,        G,     sand
    ...                               S,        H,     sand
    ...                               G,        A,     glass
    ...                               H,        A,     glass''')
    >>> weak_links(graph).frame("ranking")[["organisation", "stops"]].values.tolist()
    [['S', 3], ['G', 0], ['H', 0]]
    >>> weak_links(graph.within(Scope(organisation="example:A"))).table("weak-links").column("way")
    ['S → sand → G and H → glass → A']
    """
    known = dependencies(graph)
    if graph.organisation >= 0:
        return _of_one(known, graph.organisation, candidates)
    return _of_all(known, candidates)


def _of_one(known: Dependencies, organisation: int, candidates: int) -> Result:
    check = check_supply(known, organisation, candidates)
    return Result(
        verdict=_verdict_of_one(check),
        findings=(*check.findings, *check.remarks()),
        tables=check.tables(),
        notes=(*_notes(known), *check.notes()),
    )


def _verdict_of_one(check: SupplyCheck) -> str:
    labels = check.dependencies.graph["organisations"]["label"]
    name = labels.iloc[check.organisation]
    if not check.known:
        return say("Not assessed: nobody said who supplies {name}.", name=name)
    stopping = [point.organisation for point in check.single_points]
    if not stopping:
        first = say("No single failure among the known suppliers stops {name}.", name=name)
    elif len(stopping) == 1:
        first = say("The failure of {failed} alone stops {name}.", failed=labels.iloc[stopping[0]], name=name)
    else:
        who = first_named(labels, stopping, check.stopping)
        first = say(
            "{name} stops if any one of these {count:,} fails: {who}.", name=name, count=check.stopping, who=who
        )
    known = say("The suppliers of {known} of {needed} inputs are known.", known=check.known, needed=check.needed)
    return f"{first} {known}"


def _of_all(known: Dependencies, candidates: int) -> Result:
    graph = known.graph
    network = ties(graph)
    connectors, single_ties = connector_tables(network)
    reach = reach_of_suppliers(known)
    reach = reach[(reach["stops"] > 0) | graph.in_scope[reach["organisation"].to_numpy(np.int64)]]
    stopping = reach[reach["stops"] > 0]
    failures = [known.what_stops(organisation) for organisation in stopping["organisation"][:SHOWN_FINDINGS]]
    instead = substitutes(known, [(failure, lost_directly(known, failure)) for failure in failures], candidates)
    told = zip(failures, stopping.itertuples(), instead, strict=False)
    findings = [reach_finding(known, failure, row, who) for failure, row, who in told]
    findings.extend(connector_findings(connectors))
    findings.sort(key=lambda one: SEVERITIES.index(one.severity))
    if len(reach) == 0:
        findings.append(_nobody_asked(graph))
    hangs_on = [failure.organisation for failure in failures]
    return Result(
        verdict=_verdict_of_all(known, reach),
        findings=tuple(findings),
        tables=(
            ranking_table(known, reach),
            connectors,
            single_ties,
            substitute_table(
                known, hangs_on, instead, say("Who could deliver instead of the first {count}", count=len(hangs_on))
            ),
        ),
        charts=(
            Chart(
                "reach", "bar", say("Who stops others {where}", where=graph.scope_words), "ranking", "organisation",
                "stops", alternative=say("For each supplier, how many others stop if it alone fails."),
            ),
        ),
        notes=(*_notes(known), *_notes_on_all(network, reach)),
    )  # fmt: skip


def _verdict_of_all(known: Dependencies, reach: pd.DataFrame) -> str:
    graph = known.graph
    if len(reach) == 0:
        return say("Not assessed: no supplier link is known {where}.", where=graph.scope_words)
    worst = reach.iloc[0]
    if worst["stops"] == 0:
        return say("No single failure among the known suppliers stops anybody {where}.", where=graph.scope_words)
    told: dict[str, Any] = {
        "stopping": int((reach["stops"] > 0).sum()),
        "suppliers": plural(len(reach), "supplier"),
        "name": graph["organisations"]["label"].iloc[worst["organisation"]],
        "stops": int(worst["stops"]),
    }
    if worst["over"]:
        return say(
            "{stopping:,} of {suppliers} can stop somebody alone. Most hang on {name}: more than {stops:,} stop "
            "without it.",
            **told,
        )
    return say(
        "{stopping:,} of {suppliers} can stop somebody alone. Most hang on {name}: {stops:,} stop without it.", **told
    )


def _nobody_asked(graph: ValueGraph) -> Finding:
    return Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=(),
        title=say("Nobody was asked for suppliers yet {where}", where=graph.scope_words),
        explanation=say(
            "No supplier link is known, so it cannot be said whose failure would stop whom. Joint projects say who "
            "knows whom, not who delivers to whom."
        ),
        action=say(
            "Ask the firms who supplies their essential inputs, begin with the makers that many others build on, and "
            "import the answers as the table supplies."
        ),
    )


def _notes(known: Dependencies) -> tuple[str, ...]:
    notes = [say("An input without a known supplier counts as met and is not assessed.")]
    assumed = int((known.inputs["essential"] == "assumed").sum())
    if assumed == 1:
        notes.append(say("1 input counts as essential because nobody said whether it is."))
    elif assumed:
        inputs = plural(assumed, "input")
        notes.append(say("{inputs} count as essential because nobody said whether they are.", inputs=inputs))
    return tuple(notes)


def _notes_on_all(network: Ties, reach: pd.DataFrame) -> tuple[str, ...]:
    graph = network.graph
    tied = np.diff(network.adjacency.indptr) > 0
    alone = int((graph.in_scope & ~tied).sum())
    silent = int(graph.in_scope.sum()) - int(graph.in_scope[reach["organisation"].to_numpy(np.int64)].sum())
    notes = [
        say(
            "{organisations} {where} supply nobody as far as known; whether others hang on them is not assessed.",
            organisations=plural(silent, "organisation"),
            where=graph.scope_words,
        ),
        say(
            "{organisations} without joint project or supply link are not part of the network of ties.",
            organisations=plural(alone, "organisation"),
        ),
    ]
    left_out = int((reach["stops"] > 0).sum()) - SHOWN_FINDINGS
    if left_out > 0:
        more = plural(left_out, "more supplier")
        notes.append(say("{suppliers} who can stop others not spelled out; the table has them all.", suppliers=more))
    if reach["over"].any():
        notes.append(
            say(
                "Where more than {followed:,} others stop, the rest was not followed; ask about that one alone.",
                followed=FOLLOWED,
            )
        )
    if not graph.in_scope.all():
        notes.append(say("Failures and ties were followed everywhere; those who stop are counted in scope alone."))
    return tuple(notes)
