"""Fixes: the cheapest new or secured links that remove the most single failures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._chain import flags
from valuechain.analyses._failure import Dependencies, dependencies
from valuechain.analyses._fixes_frontier import EXACT, frontier
from valuechain.analyses._fixes_measures import Market, Prices
from valuechain.analyses._fixes_plan import plan
from valuechain.analyses._fixes_problem import Problem, problem
from valuechain.analyses._fixes_tables import frontier_table, left_table, removed_table, step_table, supplier_table
from valuechain.analyses._fixes_words import step_finding, verdict
from valuechain.analyses._reach import reach_of_suppliers
from valuechain.model.analysis import analysis
from valuechain.model.errors import QuestionError
from valuechain.model.language import plural, say
from valuechain.model.result import Chart, Finding, Result

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

SPELLED_OUT = 10
"""So many steps are told as findings."""

PAIRS = 50_000
"""The failures that stop the most enter the choice, until they make so many pairs of who fails and who stops."""


@analysis(version="1")
def fixes(
    graph: ValueGraph,
    *,
    budget: float = 5.0,
    measures: Literal["both", "new", "secured"] = "both",
    weigh: Literal["failures", "turnover"] = "failures",
    new_link: float = 1.0,
    secured_link: float = 4.0,
) -> Result:
    """Which new or secured links remove the most single failures for the least effort?

    A single failure is a pair: who fails alone, and who stops with it. A new link is a further supplier of an input who
    goes on when the present ones do not; a secured link is a stock that lasts until the failed one is back.

    Parameters
    ----------
    budget : float, 0.01..1000000, effort
        At most so much effort in all. One unit is what it takes to qualify one new supplier at home.
    measures : both, new or secured
        Whether new links, secured links or both may be chosen. A stock bridges a failure; if the failed one never comes
        back, only a new link helps.
    weigh : failures or turnover
        Whether every single failure counts the same, or as much as the turnover of who stops.
    new_link : float, 0.01..1000000, effort
        What it takes to qualify one new supplier at home, of whom it is certain that it can deliver.
    secured_link : float, 0.01..1000000, effort per EUR 100,000
        What it takes to hold EUR 100,000 of stock. 4 is a quarter of the stock's value a year, for four years, if one
        qualification costs EUR 25,000.

    Formula
    -------
    Who stops when one fails is followed as in weak-links (greatest fixed point). Choose measures M within the budget so
    that as much weight as possible goes on. For each x that fails and each y that stopped with it:
    y goes on <= for each essential input r that y lost: sum of (suppliers of r that go on) + sum of (chosen new
    suppliers of r that go on) + (1 if r is secured). Largest solution; only the choice itself is whole numbers.
    Effort of a new link = new-link x 1/4 if the supplier is qualified already, 1/2 if it delivered before or shares a
    project, else 1 x 1.5 if it lies in another country or one of them in none that is known x days to qualify / 180
    (between 1/2 and 2; 1 where nobody said) / how sure the offer is (so many have to be asked until one delivers). It
    belongs to no legal group of the present suppliers or of anybody whose failure takes the input away. Effort of a
    secured link = secured-link x value of the stock / EUR 100,000, at least EUR 2,500; value = (days until the slowest
    of those who fail is back, 180 where nobody said - days that the stock lasts now, 0 where nobody said) / 365 x value
    of the input in a year (EUR 100,000 where nobody said); goods alone, services cannot be put in stock. Of the
    measures for one input those are left out that cost more than another that helps in all its failures. Up to 5,000
    pairs of who fails and who stops this is solved as an integer program (HiGHS), after at most 200 branches with the
    bound proven until then. Beyond, the bundle that removes most for its effort is added again and again; that has
    no guarantee (two measures may be worth nothing alone and much together), so the bound of the linear program is
    given beside it. At most 50,000 pairs, of those whose failure stops most, enter. Turnover that nobody said counts as
    the middle one. Severity: five failures or more go, or one that stops the organisation asked about: high; two to
    four: medium; one: low. Less sure than one half: one step less severe. Confidence: the lowest of the inputs that are
    lost on the way of the failures, and of the offers of new suppliers.

    Units
    -----
    Effort in units of one qualification at home; failures as pairs of who fails and who stops; confidence in 0..1.

    Reference
    ---------
    The choice of two mends for each pair contains the densest subgraph of k nodes, for which no constant factor can be
    expected: P. Manurangsi (2017), Proceedings of STOC 49. Where nobody loses two inputs in the same failure, the
    weight that goes on is a coverage function: G. Nemhauser, L. Wolsey, M. Fisher (1978), Mathematical Programming 14.
    Solver: Q. Huangfu, J. Hall (2018), Mathematical Programming Computation 10.

    Example
    -------
    A diamond on one root: the sand maker stops both glass makers, and with them the lens maker. Hill has sand too.

    >>> graph = example(
    ...     supplies='''supplier, buyer, capability
    ...                 Sandpit,  Flint, sand
    ...                 Sandpit,  Crown, sand
    ...                 Flint,    Lens,  glass
    ...                 Crown,    Lens,  glass''',
    ...     offers='''organisation, capability, confidence
    ...               Hill,         sand,       1''',
    ... )
    >>> answer = fixes(graph.within(Scope(organisation="example:Lens")), measures="new")
    >>> answer.table("steps").column("supplier"), answer.table("steps").column("effort")
    (['Hill'], [1.5])
    >>> print(answer.findings[0].title)
    Qualify Hill as second supplier of sand for Flint: then the failure of Sandpit no longer stops Lens
    """
    known = dependencies(graph)
    missing = _not_assessed(known)
    chosen, left_out = _failing(known)
    weights = _weights(graph, "failures" if missing else weigh)
    asked = problem(Market(known, Prices(new_link, secured_link, measures)), chosen, weights)
    choices = frontier(asked, budget)
    best = choices[-1]
    todo = plan(asked, best.taken)
    return Result(
        verdict=missing or verdict(todo, best, budget, _who(graph)),
        findings=tuple(step_finding(todo, step) for step in todo.steps[:SPELLED_OUT]) or _remark(known),
        tables=(
            step_table(todo), supplier_table(todo), frontier_table(todo, choices), removed_table(todo),
            left_table(todo, best.taken),
        ),
        charts=(
            Chart(
                "frontier", "scatter", say("What each effort removes"), "frontier", "effort", "removed",
                alternative=say("For choices of more and more effort, how many single failures each removes."),
            ),
        ),
        notes=_notes(asked, len(todo.steps), left_out, weigh),
    )  # fmt: skip


def _who(graph: ValueGraph) -> str:
    """Whom the question is about."""
    if graph.organisation >= 0:
        return str(graph["organisations"]["label"].iloc[graph.organisation])
    return say("somebody {where}", where=graph.scope_words)


def _asked_about(graph: ValueGraph) -> Booleans:
    """Whose stopping counts: the organisation asked about, or all in scope."""
    if graph.organisation >= 0:
        return flags(len(graph["organisations"]), np.array([graph.organisation]))
    return graph.in_scope


def _failing(known: Dependencies) -> tuple[list[int], int]:
    """Whose failures enter the choice, and how many more stop somebody in scope and are left out."""
    if known.graph.organisation >= 0:
        return list(known.single_points(known.graph.organisation)), 0
    reach = reach_of_suppliers(known)
    stopping = reach.loc[reach["stops"] > 0, "organisation"].tolist()
    chosen: list[int] = []
    pairs = 0
    for one in stopping:
        pairs += len(known.what_stops(one).stopped)
        if chosen and pairs > PAIRS:
            break
        chosen.append(one)
    return chosen, len(stopping) - len(chosen)


def _weights(graph: ValueGraph, weigh: str) -> Integers:
    """What each counts when it stops: 1, or its turnover in thousands of EUR; 0 if the question is not about it."""
    about = _asked_about(graph)
    if weigh == "failures":
        return about.astype(np.int64)
    turnover = graph["organisations"]["turnover_eur"].to_numpy(float, na_value=np.nan)
    known = turnover[about & (turnover > 0)]
    if len(known) == 0:
        raise QuestionError(
            say("No turnover is known {where}.", where=graph.scope_words), say("Let every failure count the same.")
        )
    filled = np.where(turnover > 0, turnover, np.median(known))
    return np.where(about, np.maximum(1, np.round(filled / 1000.0)), 0).astype(np.int64)


def _not_assessed(known: Dependencies) -> str:
    """Why there is no answer, empty where there is one."""
    graph = known.graph
    if graph.organisation >= 0 and len(known.of_buyer(graph.organisation)) == 0:
        return say("Not assessed: nobody said who supplies {name}.", name=_who(graph))
    if len(known.links) == 0:
        return say("Not assessed: no supplier link is known {where}.", where=graph.scope_words)
    return ""


def _remark(known: Dependencies) -> tuple[Finding, ...]:
    """What to ask where nothing can be said."""
    missing = _not_assessed(known)
    if not missing:
        return ()
    finding = Finding(
        kind="not-asked",
        severity="info",
        confidence=1.0,
        subjects=(known.graph.scope.organisation,) if known.graph.scope.organisation else (),
        title=say(
            "Nobody was asked for suppliers yet: whose failure stops {who} is not assessed", who=_who(known.graph)
        ),
        explanation=say("Without supplier links it cannot be said whose failure would stop whom, nor what would help."),
        action=say("Ask the firms who supplies their essential inputs, and import the answers as the table supplies."),
    )
    return (finding,)


def _notes(asked: Problem, steps: int, left_out: int, weigh: str) -> tuple[str, ...]:
    notes = [
        say("An input without a known supplier counts as met and is not assessed."),
        say(
            "An effort of 1 is one new supplier qualified at home. Efforts are assumptions; the options new-link and "
            "secured-link set them."
        ),
    ]
    if steps > SPELLED_OUT:
        more = plural(steps - SPELLED_OUT, "more step")
        notes.append(say("{steps} not spelled out; the first table holds them all.", steps=more))
    if left_out:
        notes.append(
            say(
                "{organisations} whose failure stops fewer others left out of the choice: at most {pairs:,} pairs of "
                "who fails and who stops enter it.",
                organisations=plural(left_out, "more organisation"),
                pairs=PAIRS,
            )
        )
    if len(asked.weight) > EXACT:
        notes.append(
            say(
                "{pairs:,} pairs are too many for the exact program ({exact:,}): the choice is a good one and the "
                "share that none can exceed stands beside it.",
                pairs=len(asked.weight),
                exact=EXACT,
            )
        )
    if weigh == "turnover":
        notes.append(
            say("Failures weigh as much as the turnover of who stops; where it is not known, as the middle one.")
        )
    return tuple(notes)
