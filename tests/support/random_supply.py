"""Small random supply networks, and who fails, stops and goes on in them by the definition itself."""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from tests.support.small import firms, graph_of, links
from valuechain.analyses._failure import dependencies
from valuechain.analyses._fixes_measures import SECURED, Measure
from valuechain.analyses._fixes_problem import Problem
from valuechain.model.graph import ValueGraph

Input = tuple[int, frozenset[int]]
Pair = tuple[int, int]

ORGANISATIONS, CAPABILITIES = 7, 4


def rows(seed: int) -> dict[str, list[dict[str, Any]]]:
    """A network drawn at random: goods and services, supply links also in circles and to oneself, offers."""
    chance = random.Random(seed)
    names = [f"o{number}-{seed}" for number in range(ORGANISATIONS)]
    goods = [f"c{number}-{seed}" for number in range(CAPABILITIES)]
    supplies = {f"{chance.choice(names)} {chance.choice(names)} {chance.choice(goods)}" for _ in range(8 + seed % 9)}
    offers = {f"{chance.choice(names)} {chance.choice(goods)}" for _ in range(4 + seed % 5)}
    kinds = ("component", "service")
    return {
        "organisations": [one | {"country": chance.choice(("DE", "FR"))} for one in firms(*names)],
        "capabilities": [{"id": one, "label": one, "chain": "c", "kind": chance.choice(kinds)} for one in goods],
        "supplies": links("supplies", *sorted(supplies)),
        "offers": links("offers", *sorted(offers), access="customers"),
    }


def side_by_side(networks: Iterable[Mapping[str, list[dict[str, Any]]]]) -> ValueGraph:
    """One graph of several networks that have nothing to do with each other; making one is quicker than many."""
    together: dict[str, list[dict[str, Any]]] = {}
    for network in networks:
        for kind, some in network.items():
            together.setdefault(kind, []).extend(some)
    return graph_of(together)


def members(graph: ValueGraph, seed: int) -> list[int]:
    """Positions of the organisations of one network, in the order of their names."""
    return [graph.find("organisations", f"test:o{number}-{seed}") for number in range(ORGANISATIONS)]


def inputs_of(graph: ValueGraph, organisations: Iterable[int]) -> dict[int, Input]:
    """Every input of some organisations with its suppliers; what a firm makes itself it supplies itself."""
    known = dependencies(graph)
    inputs = known.inputs[known.inputs["buyer"].isin(list(organisations))]
    return {
        int(row.Index): (int(row.buyer), frozenset([*known.suppliers(row.Index), *([row.buyer] * row.in_house)]))
        for row in inputs.itertuples()
    }


def pairs(inputs: Iterable[Input], organisations: Iterable[int]) -> set[Pair]:
    """Who stops with whom: for everybody that fails alone, drop whoever lacks an input until nothing changes."""
    inputs = list(inputs)
    found: set[Pair] = set()
    for failed in organisations:
        gone = {failed}
        while more := {buyer for buyer, suppliers in inputs if suppliers <= gone} - gone:
            gone |= more
        found |= {(failed, one) for one in gone - {failed}}
    return found


def applied(inputs: Mapping[int, Input], measures: Iterable[Measure]) -> list[Input]:
    """The inputs with measures taken: a secured one never lacks, a new supplier is one more."""
    changed = dict(inputs)
    for measure in measures:
        if measure.supplier == SECURED:
            changed.pop(measure.input_row, None)
        elif measure.input_row in changed:
            buyer, suppliers = changed[measure.input_row]
            changed[measure.input_row] = (buyer, suppliers | {measure.supplier})
    return list(changed.values())


def every_choice(found: Problem, organisations: list[int]) -> list[tuple[float, int, frozenset[int]]]:
    """Cost, failures removed and measures of every subset of the measures."""
    inputs = inputs_of(found.known.graph, organisations)
    before = len(pairs(inputs.values(), organisations))
    numbers = range(len(found.measures))
    subsets = [frozenset(some) for size in range(len(numbers) + 1) for some in combinations(numbers, size)]
    return [
        (
            sum(found.measures[one].cost for one in some),
            before - len(pairs(applied(inputs, [found.measures[one] for one in some]), organisations)),
            some,
        )
        for some in subsets
    ]
