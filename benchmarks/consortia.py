"""How long the ten best consortia take, beside the same program over all candidates, and beside a greedy choice.

    python -m benchmarks.consortia [ORGANISATIONS]

By default 100,000 organisations with 500,000 supply links from `benchmarks.networks`, spread over the EU's Member
States (each region lies in one), in memory. `capabilities` asks for six that are far apart in the chain, `stages` for
every stage, which everybody could cover. `ten` is the whole analysis, after one question that makes what all share;
`looked at` counts candidates that entered the program. `all` solves for one consortium without leaving anybody out,
and has to cost the same (not beyond MANY candidates); `greedy` takes whoever covers most of what is missing, rules
aside. CPU seconds.
"""

from __future__ import annotations

import sys
from dataclasses import replace

import numpy as np

from benchmarks._measure import alone, cost_of, peak_memory, show
from benchmarks.networks import graph, network
from valuechain.analyses import _consortia_program
from valuechain.analyses._call_terms import terms
from valuechain.analyses._consortia_problem import Problem, problem
from valuechain.analyses._consortia_wanted import wanted
from valuechain.analyses._sme import NO
from valuechain.analyses.consortia import consortia
from valuechain.model.graph import Scope, ValueGraph
from valuechain.sources.reference import call_rules

COUNTRIES = (
    "AT", "BE", "BG", "CZ", "DE", "DK", "EE", "ES", "FI", "FR", "GR", "HR", "HU", "IE", "IT", "LT", "LU", "LV", "NL",
    "PL", "PT", "RO", "SE", "SI", "SK",
)  # fmt: skip
MANY = 30_000
"""Beyond so many candidates the program over all of them takes minutes."""

QUESTIONS = (
    ("capabilities", ""),
    ("capabilities", "horizon-europe"),
    ("capabilities", "i3-strand-1"),
    ("stages", "export-consortium"),
    ("stages", "i3-strand-1"),
)


def over_countries(whole: ValueGraph) -> ValueGraph:
    """Return the network with each region in one country, and with the rules that the program carries."""
    organisations = whole["organisations"]
    region = organisations["region"].str[:4].factorize()[0]
    country = np.array(COUNTRIES, dtype=object)[region % len(COUNTRIES)]
    tables = {**whole.tables, "organisations": organisations.assign(country=country)}
    return replace(whole, tables=tables, call_rules=call_rules())


def asked_for(whole: ValueGraph, kind: str, count: int) -> str:
    """Return the keys of capabilities that a question names, none for every stage."""
    if kind == "stages":
        return ""
    keys = whole["capabilities"]["key"][whole["capabilities"]["kind"] != "market"]
    return ",".join(keys.iloc[np.linspace(0, len(keys) - 1, count).astype(int)])


def greedy(asked: Problem) -> int:
    """Return how many members it takes if whoever covers most of what is missing joins next."""
    covers = np.stack([one.fits > NO for one in asked.requirements[: len(asked.items)]], axis=1)
    left, size = covers.any(axis=0), 0
    while left.any():
        left &= ~covers[int(covers[:, left].sum(axis=1).argmax())]
        size += 1
    return size


def everybody(asked: Problem) -> float:
    """Return what the best consortium costs if nobody is left out before, unless these are too MANY."""
    if len(asked.organisations) > MANY:
        return float("nan")
    solution = _consortia_program.solved(asked, ())
    return float("nan") if solution is None else solution.cost


def measured(organisations: int) -> tuple[list[tuple[object, ...]], int]:
    """Return a row for each question, and the peak of memory in MB."""
    whole = over_countries(graph(network(organisations, 5 * organisations))).within(Scope())
    consortia(whole, capabilities=asked_for(whole, "capabilities", 1), most=1)
    rows: list[tuple[object, ...]] = []
    for kind, rules in QUESTIONS:
        keys = asked_for(whole, kind, 6)
        cost, answer = cost_of(lambda keys=keys, rules=rules: consortia(whole, capabilities=keys, rules=rules))  # type: ignore[misc]
        known = terms(whole, rules, "", "")
        asked = problem(whole, known, wanted(whole, keys, "", "", "", bool(known.asks("full_service"))), "fewest")
        one, found = cost_of(lambda asked=asked: _consortia_program.best_consortia(asked, 1, 0.5))  # type: ignore[misc]
        all_, cheapest = cost_of(lambda asked=asked: everybody(asked))  # type: ignore[misc]
        simple, size = cost_of(lambda asked=asked: greedy(asked))  # type: ignore[misc]
        table = answer.table("consortia")
        same = "-" if cheapest != cheapest else "same"
        if abs(found.found[0].cost - cheapest) > 1e-6 * cheapest:
            same = "NO: another cost"
        rows.append((
            kind, rules or "none", found.candidates, found.considered, cost.cpu, len(table.rows),
            str(table.column("size")[0]), str(table.column("outcome")[0]), one.cpu,
            float("nan") if same == "-" else all_.cpu, same, simple.cpu, size,
        ))  # fmt: skip
    return rows, peak_memory()


def main(organisations: int = 100_000) -> None:
    """Measure and print."""
    rows, peak = alone(measured, organisations)
    columns = (
        "asked for", "rules", "candidates", "looked at", "ten s", "found", "size", "outcome", "one s", "all s", "cost",
        "greedy s", "size",
    )  # fmt: skip
    show(f"Consortia, {organisations:,} organisations, peak {peak:,} MB", columns, rows)


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
