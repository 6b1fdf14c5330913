"""The heatmap of a value chain: how many organisations stand in each stage, by market or by region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Literal

import numpy as np

from valuechain.analyses._cell_candidates import asked_cell, candidate_table
from valuechain.analyses._cells import Cell, Field, cells, market_field, region_field
from valuechain.analyses._organisations import shown_of
from valuechain.analyses._words import itemised, sentence
from valuechain.model.analysis import analysis
from valuechain.model.language import plural, say, term
from valuechain.model.result import STATUS, Chart, Column, Finding, Result, Table, least_certain

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

KNOWN, NOTHING_KNOWN = term("known"), term("nothing known")

_COLUMN = {
    "market": Column("column", "text", "The market"),
    "region": Column("column", "text", "The region"),
}

_COLUMN_KEY = {
    "market": Column("column_key", "key", "Key of the market, empty where it has none"),
    "region": Column("column_key", "key", "Key of the region, empty where it has none"),
}


@analysis(version="2")
def heatmap(
    graph: ValueGraph,
    *,
    columns: Literal["market", "region"] = "market",
    level: int = 2,
    freshness: float = 5.0,
    stage: str = "",
    column: str = "",
    candidates: int = 10,
) -> Result:
    """Who stands where: how many organisations offer something in each stage, by market or by region?

    A cell counts the organisations in scope with a live offer in that stage and, by what was stated or what their
    projects' titles name, in that market; or that lie in that region. It is empty where nobody is and the question was
    asked, and nothing is known where nobody is and it was not. The second table lists who is in each cell. A stage and
    a column name one cell: then a third table lists who could fill it, from where, and why.

    Parameters
    ----------
    columns : {"market", "region"}
        What to set the stages against.
    level : int, 0..3
        NUTS level of the regions, 0 = countries.
    freshness : float, 0.., years
        Offers and surveys older than this no longer count.
    stage : str
        Key or label of the stage of one cell, empty for none.
    column : str
        Key, code or label of the market or region of that cell.
    candidates : int, 0..100
        How many to name who could fill that cell.

    Formula
    -------
    Cell = number of different organisations. Its confidence is that of the surest of them; one is as sure as the
    weaker of its surest offer in the stage and its market or region. Asked means: surveys cover the scope, or the
    region of the column, for every capability of the stage, and for the market where columns are markets.
    A cell can be filled by who offers something in its stage elsewhere, or stands in its column and offers what goes
    into that stage or comes after it. Rank = confidence of the surest offer x (1, or 0.5 beside the stage) x (1 + 0.5
    if tied to somebody in the column by a joint project or a supply link) and, for regions, x 300 / (300 + km); a
    distance that is not known counts as 300 km.

    Units
    -----
    Organisations are counted, one in every cell where it stands; confidence lies in 0..1.

    Reference
    ---------
    Counts of records; no model.

    Example
    -------
    Two offer components, one of them in each region; nobody was asked, so nothing is known of the rest.

    >>> here = example(
    ...     organisations='''id,     name,   region
    ...                      Lens,   Lens,   DEG03
    ...                      Mirror, Mirror, DE212''',
    ...     stages='''id, chain,  label,      order
    ...               s1, optics, Components, 1
    ...               s2, optics, Systems,    2''',
    ...     capabilities='''id,     label,      chain,  stage, kind
    ...                     optics, Optics,     optics, s1,    component
    ...                     laser,  Laser head, optics, s2,    system''',
    ...     offers='''organisation, capability
    ...               Lens,         optics
    ...               Mirror,       optics''',
    ... )
    >>> heatmap(here, columns="region", level=1).frame()[["stage", "column", "organisations", "state"]]
            stage     column  organisations          state
    0  Components  DE2 (DE2)            1.0          known
    1  Components  DEG (DEG)            1.0          known
    2     Systems  DE2 (DE2)            NaN  nothing known
    3     Systems  DEG (DEG)            NaN  nothing known
    """
    field = market_field(graph) if columns == "market" else region_field(graph, level)
    found = cells(graph, field, freshness)
    asked = asked_cell(graph, field, found, stage, column)
    more = [candidate_table(graph, field, asked, freshness, candidates)] if asked else []
    by_market = columns == "market"
    return Result(
        verdict=_verdict(graph, found, by_market),
        findings=tuple(_findings(graph, found, by_market)),
        tables=(_cell_table(graph, found, columns), _member_table(graph, found, columns), *more),
        charts=(
            Chart(
                "heatmap", "heatmap", _title(graph, by_market), "cells", "column", "stage", value="organisations",
                alternative=say(
                    "For each stage and market, how many organisations stand there; empty where nothing is known."
                )
                if by_market
                else say(
                    "For each stage and region, how many organisations stand there; empty where nothing is known."
                ),
            ),
        ),
        notes=_notes(found, field, by_market),
    )  # fmt: skip


def _title(graph: ValueGraph, by_market: bool) -> str:
    if by_market:
        return say("Organisations by stage and market {where}", where=graph.scope_words)
    return say("Organisations by stage and region {where}", where=graph.scope_words)


def _cell_table(graph: ValueGraph, found: Sequence[Cell], columns: str) -> Table:
    head = (
        Column("stage", "text", "Stage of the chain"),
        _COLUMN[columns],
        _COLUMN_KEY[columns],
        Column("organisations", "integer", "Who stands there; empty where nothing is known", "organisations"),
        Column("guessed", "integer", "How many of them by a guess from project titles alone", "organisations"),
        Column("state", "text", "known, or nothing known: nobody was found and nobody was asked"),
        Column("confidence", "number", "How sure it is that somebody stands there", "0..1"),
        STATUS,
    )
    rows = (
        {
            "stage": cell.stage,
            "column": cell.column,
            "column_key": cell.column_key,
            "organisations": len(cell.members) if cell.known else None,
            "guessed": sum(one.status == "inferred" for one in cell.members) if cell.known else None,
            "state": KNOWN if cell.known else NOTHING_KNOWN,
            "confidence": round(max(one.confidence for one in cell.members), 3) if cell.members else None,
            "status": cell.status,
            "evidence": cell.evidence,
        }
        for cell in found
    )
    return Table.from_rows("cells", _title(graph, columns == "market"), head, rows)


def _member_table(graph: ValueGraph, found: Sequence[Cell], columns: str) -> Table:
    head = (
        Column("stage", "text", "Stage of the chain"),
        _COLUMN[columns],
        Column("organisation", "text", "Who stands there"),
        Column("organisation_key", "key", "Its key"),
        Column("kind", "text", "Kind of organisation"),
        Column("place", "text", "Where it lies"),
        Column("offers", "text", "What it offers in that stage"),
        Column("confidence", "number", "How sure it is", "0..1"),
        STATUS,
    )
    everybody = [one.organisation for cell in found for one in cell.members]
    organisations = iter(shown_of(graph, np.array(everybody, dtype=np.int64)))
    labels = graph["capabilities"]["label"].tolist()
    rows = (
        next(organisations)
        | {
            "stage": cell.stage,
            "column": cell.column,
            "offers": itemised([labels[at] for at in one.capabilities]),
            "confidence": round(one.confidence, 3),
            "status": one.status,
            "evidence": one.evidence,
        }
        for cell in found
        for one in cell.members
    )
    return Table.from_rows("members", say("Who stands in each cell"), head, rows)


def _verdict(graph: ValueGraph, found: Sequence[Cell], by_market: bool) -> str:
    everybody = {one.organisation for cell in found for one in cell.members}
    where = graph.scope_words
    if not everybody and by_market:
        return sentence(say("Nothing is known of who stands in which stage and market {where}", where=where))
    if not everybody:
        return sentence(say("Nothing is known of who stands in which stage and region {where}", where=where))
    fullest = max(found, key=lambda cell: len(cell.members))
    told = {
        "organisations": plural(len(everybody), "organisation"),
        "where": where,
        "most": len(fullest.members),
        "stage": fullest.stage,
        "column": fullest.column,
    }
    if len(everybody) == 1 and by_market:
        return say("1 organisation {where} stands in a stage and a market: in {stage} for {column}.", **told)
    if len(everybody) == 1:
        return say("1 organisation {where} stands in a stage and a region: in {stage} for {column}.", **told)
    if by_market:
        return say(
            "{organisations} {where} stand in a stage and a market; most, {most:,}, in {stage} for {column}.", **told
        )
    return say(
        "{organisations} {where} stand in a stage and a region; most, {most:,}, in {stage} for {column}.", **told
    )


def _findings(graph: ValueGraph, found: Sequence[Cell], by_market: bool) -> list[Finding]:
    """What is empty although it was asked (low), and of what nothing is known (info)."""
    empty = [cell for cell in found if cell.known and not cell.members]
    unknown = [cell for cell in found if not cell.known]
    findings = []
    if empty:
        findings.append(
            Finding(
                kind="empty-cells",
                severity="low",
                confidence=1.0,
                subjects=_subjects(empty),
                title=say(
                    "Asked, and nobody there: {cells} of {all} {where}",
                    cells=plural(len(empty), "cell"),
                    all=len(found),
                    where=graph.scope_words,
                ),
                explanation=say(
                    "The stages of these were asked about, and nobody stands there: {cells}.", cells=_words(empty)
                ),
                action=say("Decide whether a gap there matters, and look for somebody who could enter the market.")
                if by_market
                else say("Decide whether a gap there matters, and look for somebody who could enter the region."),
                status=least_certain(cell.status for cell in empty),
                evidence=tuple(dict.fromkeys(record for cell in empty for record in cell.evidence)),
            )
        )
    if unknown:
        findings.append(
            Finding(
                kind="not-asked",
                severity="info",
                confidence=1.0,
                subjects=_subjects(unknown),
                title=say(
                    "Nothing known: {cells} of {all} {where}",
                    cells=plural(len(unknown), "cell"),
                    all=len(found),
                    where=graph.scope_words,
                ),
                explanation=say(
                    "Nobody is known to stand there, and nobody was asked: {cells}.", cells=_words(unknown)
                ),
                action=say("Ask the organisations here what they offer and for which markets."),
            )
        )
    return findings


def _words(some: Sequence[Cell]) -> str:
    return itemised([say("{stage} for {column}", stage=cell.stage, column=cell.column) for cell in some])


def _subjects(some: Sequence[Cell]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for cell in some for key in (cell.stage_key, cell.column_key) if key))


def _notes(found: Sequence[Cell], field: Field, by_market: bool) -> tuple[str, ...]:
    notes = [
        say("An organisation stands in every cell where it has an offer, so cells do not add up to organisations.")
    ]
    if field.without:
        without = plural(field.without, "organisation")
        notes.append(
            say("{organisations} in scope without a known market left out.", organisations=without)
            if by_market
            else say("{organisations} in scope without a known region left out.", organisations=without)
        )
    if any(one.status == "inferred" for cell in found for one in cell.members):
        notes.append(
            say("What is guessed from project titles says what a project was about, not what each partner sells.")
        )
    return tuple(notes)
