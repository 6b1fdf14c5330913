"""How much is known of a region and how old it is: what every figure of its profile rests on."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._call_requirements import CATEGORY_WORDS
from valuechain.analyses._chain import NUTS2_LENGTH, known_offers
from valuechain.analyses._region_places import region_places
from valuechain.model.language import day_words, listed, plural, say, separated
from valuechain.model.names import MANY_OF_KIND
from valuechain.model.result import STATUS, Column, Finding, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

COVERAGE_COLUMNS = (
    Column("what", "text", "What is known of the region"),
    Column("value", "text", "How much of it, or since when"),
    STATUS,
)

THIN = 5
"""With fewer organisations of which anything is known, a profile is a list of names and not a picture of a region."""


@dataclass(frozen=True, eq=False)
class Coverage:
    """What is known of a region; organisations are positions.

    `here` are those in scope, `placed` those of them that count in the region, `active` those with a known or guessed
    offer, `stated` those who stated one. `networks` and `contradicted` are in scope and not counted; `societies` are
    the networks wherever they have their seat. `newest` and `oldest` are the days of the offers.
    """

    region: str
    here: Integers
    placed: Integers
    active: Integers
    stated: Integers
    networks: Integers
    contradicted: Integers
    societies: Integers
    newest: str
    oldest: str
    surveys: tuple[int, ...]


def region_coverage(graph: ValueGraph, region: str, level: int) -> Coverage:
    """Return what is known of the region that the scope names."""
    lying = region_places(graph, level)
    here = np.flatnonzero(graph.in_scope)
    placed = here[lying.number[here] >= 0]
    offers = known_offers(graph)
    offers = offers[np.isin(offers["organisation"].to_numpy(np.int64), placed)]
    days = offers["as_of"].dropna()
    surveys = graph["surveys"]
    codes = surveys["region"].fillna("")
    about = [code == "" or code.startswith(region) or region.startswith(code) for code in codes]
    told = surveys[np.array(about, dtype=bool)]
    return Coverage(
        region=region,
        here=here,
        placed=placed,
        active=np.unique(offers["organisation"].to_numpy(np.int64)),
        stated=np.unique(offers["organisation"][(offers["status"] != "inferred").to_numpy(bool)].to_numpy(np.int64)),
        networks=here[lying.networks[here]],
        contradicted=here[lying.contradicted[here] & ~lying.networks[here]],
        societies=np.flatnonzero(lying.networks),
        newest=days.max() if len(days) else "",
        oldest=days.min() if len(days) else "",
        surveys=tuple(told.index[told["answered"].notna().to_numpy(bool)].tolist()),
    )


def coverage_table(graph: ValueGraph, matrix: RegionMatrix, found: Coverage, where: str) -> Table:
    """Return what is known of the region, line by line."""
    title = say("What is known of {region}", region=where)
    return Table.from_rows("coverage", title, COVERAGE_COLUMNS, _rows(graph, matrix, found))


def _rows(graph: ValueGraph, matrix: RegionMatrix, found: Coverage) -> Iterator[dict[str, Any]]:
    def people(what: str, value: str, members: Integers) -> dict[str, Any]:
        return {
            "what": what,
            "value": value,
            "status": least_certain(graph["organisations"]["status"].iloc[members].unique()),
            "evidence": graph.evidence("organisations", members.tolist()),
        }

    kinds = graph["organisations"]["kind"].iloc[found.placed].value_counts()
    of_kind = [f"{count} {say(MANY_OF_KIND.get(str(kind), str(kind)))}" for kind, count in kinds.items()]
    placed = f"{len(found.placed)}: {listed(of_kind, 4)}" if of_kind else say("none")
    yield people(say("Organisations"), placed, found.placed)
    yield people(say("with a known or guessed offer"), f"{len(found.active)}", found.active)
    yield people(say("who stated one themselves"), f"{len(found.stated)}", found.stated)
    if len(found.networks):
        yield people(say("Networks with their seat here, not counted"), _names(graph, found.networks), found.networks)
    if len(found.contradicted):
        what = say("Whose postcode lies elsewhere, not counted")
        yield people(what, _names(graph, found.contradicted), found.contradicted)
    if found.newest:
        yield people(
            say("Newest and oldest offer"), f"{day_words(found.newest)}, {day_words(found.oldest)}", found.active
        )
    yield {
        "what": say("Surveys answered that asked here"),
        "value": str(len(found.surveys)),
        "status": least_certain(graph["surveys"]["status"].iloc[list(found.surveys)]),
        "evidence": graph.evidence("surveys", found.surveys),
    }
    told = graph["regions"]
    of_nuts2 = told["category"].notna() & (told["code"] == found.region[:NUTS2_LENGTH])
    counted = told["population"].notna() & (told["code"] == found.region)
    for row, one in told[(of_nuts2 | counted).to_numpy(bool)].iterrows():
        record = {"status": one["status"], "evidence": graph.evidence("regions", [int(str(row))])}
        if of_nuts2[row]:
            category = str(one["category"])
            words = say(CATEGORY_WORDS.get(category, category))
            yield {"what": say("Cohesion policy category"), "value": words, **record}
        if counted[row]:
            yield {"what": say("Inhabitants"), "value": separated(one["population"], ",.0f"), **record}
    yield {
        "what": say("Regions to compare with"),
        "value": str(max(0, len(matrix.regions) - 1)),
        "status": "declared",
        "evidence": (),
    }


def coverage_finding(graph: ValueGraph, matrix: RegionMatrix, found: Coverage, priorities: int) -> Finding:
    """Return what is not known of the region; severity low where it is thin, else info."""
    where = graph.region_label(found.region)
    thin = len(found.active) < THIN
    parts = list(_unknown(graph, matrix, found, priorities, where))
    return Finding(
        kind="region-coverage",
        severity="low" if thin else "info",
        confidence=1.0,
        subjects=(found.region,),
        title=say("What is not known of {region}", region=where)
        if not thin
        else say(
            "{region}: something is known of {organisations} alone",
            region=where,
            organisations=plural(len(found.active), "organisation"),
        ),
        explanation=" ".join(parts),
        action=say(
            "Ask the organisations here what they offer and whom they buy from; record the survey with its date."
        ),
        status=least_certain(graph["organisations"]["status"].iloc[found.placed].unique()),
        evidence=graph.evidence("organisations", [*found.contradicted.tolist(), *found.societies.tolist()]),
    )


def _unknown(graph: ValueGraph, matrix: RegionMatrix, found: Coverage, priorities: int, where: str) -> Iterator[str]:
    silent = len(found.placed) - len(found.active)
    if silent:
        placed = plural(len(found.placed), "organisation")
        yield say("Nothing says what {silent:,} of {organisations} offer.", silent=silent, organisations=placed)
    if len(found.active):
        yield _guesses(found, bool(silent))
    if not found.surveys:
        yield say("No survey of {region} was answered, so nothing can be called missing.", region=where)
    if not priorities:
        yield say("No smart-specialisation priority is recorded.")
    if len(found.societies):
        yield say(
            "{names}: one name for sites in many places, so counted in no region, though some may lie here.",
            names=_names(graph, found.societies),
        )
    if len(found.contradicted):
        yield say(
            "Not counted either, because the postcode lies elsewhere: {names}.",
            names=_names(graph, found.contradicted),
        )
    if matrix.basis != "jobs" and not len(graph["statistics"]):
        yield say("No statistics of jobs are recorded, so nothing here tells the size of an activity in the economy.")


def _guesses(found: Coverage, of_others: bool) -> str:
    """How many of those with an offer (others than those of whom nothing is known) project titles alone tell of."""
    guessed = len(found.active) - len(found.stated)
    if not guessed:
        return say("The others all stated what they offer.") if of_others else say("They all stated what they offer.")
    if guessed == len(found.active):
        if of_others:
            return say("What the others offer is guessed from project titles alone.")
        return say("What they offer is guessed from project titles alone.")
    if of_others:
        return say("What {count:,} of the others offer is guessed from project titles alone.", count=guessed)
    return say("What {count:,} of them offer is guessed from project titles alone.", count=guessed)


def _names(graph: ValueGraph, members: Integers) -> str:
    return listed(graph["organisations"]["label"].iloc[members])
