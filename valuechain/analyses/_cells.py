"""Cells of the heatmap: who has an offer in a stage and stands in a market, or lies in a region."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import is_fresh, known_offers, required_capabilities
from valuechain.analyses._evidence import records_behind
from valuechain.analyses._partners_market import market_name
from valuechain.analyses._surveys import Surveys
from valuechain.model.result import least_certain
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph
    from valuechain.model.merge import Evidence


@dataclass(frozen=True)
class Member:
    """One organisation in a cell, with the capabilities that it offers in the stage; positions."""

    organisation: int
    capabilities: tuple[int, ...]
    confidence: float
    status: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Asked:
    """Answered surveys that looked into a cell: the least certain status of them, and their records."""

    status: str
    evidence: tuple[int, ...]


@dataclass(frozen=True)
class Cell:
    """One stage against one column. `asked` tells of the surveys that looked there, None where not all was asked."""

    stage: str
    stage_key: str
    column: str
    column_key: str
    members: tuple[Member, ...]
    asked: Asked | None

    @property
    def known(self) -> bool:
        """Whether the number of members may be stated, 0 included."""
        return bool(self.members) or self.asked is not None

    @property
    def status(self) -> str:
        """The least certain status that the number of members rests on."""
        if self.asked and not self.members:
            return self.asked.status
        return least_certain(one.status for one in self.members)

    @property
    def evidence(self) -> tuple[int, ...]:
        """Records behind the number of members: theirs, or those of the surveys that found nobody."""
        told = tuple(dict.fromkeys(record for one in self.members for record in one.evidence))
        return told or (self.asked.evidence if self.asked else ())


@dataclass(frozen=True, eq=False)
class Field:
    """What stages are set against.

    `columns` has one row per column: name, key, capability (position of a market, -1 for a region) and region (code,
    empty for a market). `places` has the rows that put an organisation there: column (row of `columns`), organisation,
    confidence, status, and row of `table`. `without` counts organisations in scope that no row puts anywhere.
    """

    columns: pd.DataFrame
    places: pd.DataFrame
    table: str
    without: int


def market_field(graph: ValueGraph) -> Field:
    """Return the application markets of the chain asked about, or of all, and who is in which."""
    import pandas as pd

    capabilities = graph["capabilities"]
    chosen = capabilities[capabilities["kind"] == "market"]
    if graph.scope.chain:
        chosen = chosen[chosen["chain"] == graph.scope.chain]
    columns = pd.DataFrame(
        {"name": chosen["label"].map(market_name), "key": chosen["key"], "capability": chosen.index}
    ).assign(region="")
    places = graph["markets"]
    places = places[places["capability"].isin(chosen.index)]
    row_of = pd.Series(np.arange(len(columns)), index=columns["capability"])
    return _field(graph, columns, places.assign(column=places["capability"].map(row_of)), "markets")


def region_field(graph: ValueGraph, level: int) -> Field:
    """Return the NUTS regions of a level in which organisations in scope lie."""
    import pandas as pd

    organisations = graph["organisations"]
    codes = organisations["region"].fillna("")
    places = organisations[graph.in_scope & (codes.str.len() >= 2 + level).to_numpy(bool)]
    codes = places["region"].str[: 2 + level]
    names = sorted(set(codes))
    columns = pd.DataFrame(
        {
            "name": [f"{graph.region_label(code)} ({code})" for code in names],
            "key": "",
            "capability": -1,
            "region": names,
        }
    )
    row_of = {code: row for row, code in enumerate(names)}
    placed = places.assign(organisation=places.index, column=codes.map(row_of))
    return _field(graph, columns, placed, "organisations")


def _field(graph: ValueGraph, columns: pd.DataFrame, places: pd.DataFrame, table: str) -> Field:
    places = places.assign(row=places.index)[["column", "organisation", "confidence", "status", "row"]]
    places = places[graph.in_scope[places["organisation"].to_numpy(np.int64)]]
    without = int(graph.in_scope.sum()) - int(places["organisation"].nunique())
    return Field(columns.reset_index(drop=True), places.reset_index(drop=True), table, without)


def cells(graph: ValueGraph, field: Field, freshness: float) -> list[Cell]:
    """Return every cell, stages in the order of the chain."""
    required = required_capabilities(graph)
    required = required[required["stage"] >= 0]
    members = _members(graph, field, required, freshness)
    labels, keys = graph["stages"]["label"], graph["stages"]["key"]
    asked = _asked(graph, field, required, freshness)
    return [
        Cell(
            labels.iloc[stage],
            keys.iloc[stage],
            column.name,
            column.key,
            tuple(sorted(members.get((stage, column.Index), ()), key=lambda one: (-one.confidence, one.organisation))),
            asked.get((stage, column.Index)),
        )
        for stage in required["stage"].drop_duplicates().tolist()
        for column in field.columns.itertuples()
    ]


def _members(
    graph: ValueGraph, field: Field, required: pd.DataFrame, freshness: float
) -> dict[tuple[int, int], list[Member]]:
    """Who has a live offer in each stage and stands in each column."""
    import pandas as pd

    offers = live_offers(graph, required, freshness)
    standing = np.flatnonzero(~offers.duplicated(["organisation", "stage"]))
    ends = np.append(standing[1:], len(offers))
    behind = records_behind(graph, offers)
    places = field.places.drop_duplicates(["organisation", "column"], keep="last")
    told = graph.behind[field.table].select(places["row"].to_numpy(np.int64))
    first = offers.iloc[standing][["organisation", "stage", "confidence", "status"]]
    joined = first.assign(start=standing, end=ends).merge(
        places.assign(told=np.arange(len(places)))[["organisation", "column", "confidence", "status", "told"]],
        on="organisation",
        suffixes=("", "_of_place"),
    )
    sure = np.minimum(joined["confidence"], joined["confidence_of_place"])
    ranks = [joined[name].map(STATUS_RANK) for name in ("status", "status_of_place")]
    status = pd.Series(np.maximum(*ranks), dtype="int64").map(STATUS_OF_RANK)
    capabilities = offers["capability"].tolist()
    found: dict[tuple[int, int], list[Member]] = {}
    for one, confidence, known in zip(joined.itertuples(), sure.tolist(), status.tolist(), strict=True):
        records = (*_records(behind, one.start, one.end), *_records(told, one.told, one.told + 1))
        member = Member(
            one.organisation, tuple(capabilities[one.start : one.end]), confidence, known, tuple(dict.fromkeys(records))
        )
        found.setdefault((one.stage, one.column), []).append(member)
    return found


def _records(behind: Evidence, start: int, end: int) -> list[int]:
    """The records behind the rows from `start` to `end`."""
    found: list[int] = behind.positions[behind.offsets[start] : behind.offsets[end]].tolist()
    return found


def live_offers(graph: ValueGraph, required: pd.DataFrame, freshness: float) -> pd.DataFrame:
    """Offers in scope that are not too old, by organisation and stage, the surest first."""
    offers = known_offers(graph)
    chosen = is_fresh(graph, offers["as_of"], freshness) & graph.in_scope[offers["organisation"].to_numpy(np.int64)]
    offers = offers[chosen & offers["capability"].isin(required.index).to_numpy(bool)]
    offers = offers.assign(stage=offers["capability"].map(required["stage"]))
    stage, who, sure, what = (offers[name] for name in ("stage", "organisation", "confidence", "capability"))
    return offers.iloc[np.lexsort((what, -sure, stage, who))].reset_index(drop=True)


def _asked(graph: ValueGraph, field: Field, required: pd.DataFrame, freshness: float) -> dict[tuple[int, int], Asked]:
    """Surveys that asked about all of a stage: in the region of the column, or for its market too."""
    found = {}
    by_coverage: dict[bytes, dict[int, list[int]]] = {}
    everywhere = Surveys(graph, freshness)
    for column in field.columns.itertuples():
        surveys = Surveys(_narrowed(graph, column.region), freshness) if column.region else everywhere
        of_market: tuple[int, ...] = ()
        if column.capability >= 0:
            market = surveys.of(column.capability, graph["capabilities"]["chain"].iloc[column.capability])
            if market is None:
                continue
            of_market = market.rows
        if surveys.coverage not in by_coverage:
            by_coverage[surveys.coverage] = _asked_stages(surveys, required)
        for stage, told in by_coverage[surveys.coverage].items():
            used = list(dict.fromkeys((*told, *of_market)))
            found[stage, column.Index] = Asked(
                least_certain(graph["surveys"]["status"].iloc[used]), graph.evidence("surveys", used)
            )
    return found


def _narrowed(graph: ValueGraph, region: str) -> ValueGraph:
    """The same question, asked about what of its scope lies in a region."""
    inside = tuple(code for code in graph.scope.regions if code.startswith(region))
    return replace(graph, scope=replace(graph.scope, regions=inside or (region,)))


def _asked_stages(surveys: Surveys, required: pd.DataFrame) -> dict[int, list[int]]:
    """Rows of the surveys behind each stage of which every capability was asked about."""
    found = {}
    for stage, capabilities in required.groupby("stage"):
        asked = [surveys.of(int(str(at)), chain) for at, chain in capabilities["chain"].items()]
        if all(asked):
            found[int(str(stage))] = list(dict.fromkeys(row for one in asked if one for row in one.rows))
    return found
