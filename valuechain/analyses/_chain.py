"""What the analyses share about a value chain: what it requires, who offers, who needs, who is joined to whom."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array

from valuechain.model.derive import years_between
from valuechain.model.language import say
from valuechain.model.merge import by_status
from valuechain.model.schema import STAGE_ORDER, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

EVIDENCE_COLUMNS = {"offer": "offers", "need": "needs", "supply": "supplies", "input": "inputs"}
"""Columns of the frames below that name a row of a graph table which says so; -1 where that table says nothing."""

NUTS2_LENGTH = 4
"""Letters and digits of a NUTS 2 code, the size of region that counts as "here" for a firm without a cluster."""

OPTIONAL_INPUT = 0.5
"""A maker needs an input that is not essential half as surely as it makes what the input goes into."""


def required_capabilities(graph: ValueGraph) -> pd.DataFrame:
    """Return the capabilities of the chain asked about, or of all chains, that somebody must offer: all but markets.

    Returns
    -------
    DataFrame indexed by capability position, in the order of the chain's stages and then by label, with the columns of
    `graph["capabilities"]`, `stage_label` (empty if unknown) and `stage_order`.
    """
    required = graph.once(_required_capabilities).copy(deep=False)
    stages = required["stage"].map(graph["stages"]["label"]).astype("object").fillna("").astype("str")
    labels = graph["capabilities"]["label"].reindex(required.index)  # a frame without rows would take on theirs
    required = required.assign(label=labels, stage_label=stages)
    return required[required["chain"] == graph.scope.chain] if graph.scope.chain else required


def _required_capabilities(graph: ValueGraph) -> pd.DataFrame:
    capabilities = graph["capabilities"]
    stages = graph["stages"]
    required = capabilities[capabilities["kind"] != "market"]
    order = required["stage"].map(stages["order"]).fillna(len(stages) + 1).astype("int64")
    return required.assign(stage_order=order).sort_values(["stage_order", "label"])


def active_supplies(graph: ValueGraph) -> pd.DataFrame:
    """Return the supply links that deliver today; the index is the row in `graph["supplies"]`."""
    return graph.once(_active_supplies).copy(deep=False)


def _active_supplies(graph: ValueGraph) -> pd.DataFrame:
    supplies = graph["supplies"]
    active = is_active(supplies)
    return supplies if active.all() else supplies[active]


def is_active(supplies: pd.DataFrame) -> Booleans:
    """Return which supply links deliver today; an empty relation means so."""
    active: Booleans = (supplies["relation"].isna() | (supplies["relation"] == "active")).to_numpy(bool)
    return active


def known_offers(graph: ValueGraph) -> pd.DataFrame:
    """Return who offers what to others: offers that are not for own use, and what active suppliers deliver.

    Made once for a graph, whatever the scope.

    Returns
    -------
    DataFrame with one row per organisation and capability: organisation, capability, share (0..1 or empty), trl,
    access, status, confidence, as_of, and the columns of EVIDENCE_COLUMNS.
    """
    return graph.once(_known_offers).copy(deep=False)


def _known_offers(graph: ValueGraph) -> pd.DataFrame:
    offers = graph["offers"]
    offers = offers[offers["access"].fillna("customers") != "own use"]
    offers = offers.assign(offer=offers.index)
    supplies = active_supplies(graph)
    delivered = supplies[supplies["capability"] >= 0]
    delivered = delivered.assign(organisation=delivered["supplier"], supply=delivered.index)
    columns = [
        "organisation",
        "capability",
        "share",
        "trl",
        "access",
        "status",
        "confidence",
        "as_of",
        "offer",
        "supply",
    ]
    return _best([offers, delivered.drop(columns="share")], columns)


def known_needs(graph: ValueGraph) -> pd.DataFrame:
    """Return who needs what: needs that were stated, what buyers buy, and the inputs of what an organisation makes.

    Who makes b needs each input of b; such a need is inferred. It is as sure as the offer of b if the input is
    essential, half as sure if not; an input that is itself inferred makes it less sure by its own confidence. A firm's
    own bill of materials counts for that firm alone, and what it says not to need does not follow from the chain. Made
    once for a graph, whatever the scope.

    Returns
    -------
    DataFrame with one row per organisation and capability: organisation, capability, essential (True, False or empty
    where nothing says), status, confidence, as_of, and the columns of EVIDENCE_COLUMNS.
    """
    return graph.once(_known_needs).copy(deep=False)


def _known_needs(graph: ValueGraph) -> pd.DataFrame:
    needs = graph["needs"]
    needs = needs.assign(need=needs.index)
    supplies = active_supplies(graph)
    bought = supplies[supplies["capability"] >= 0]
    bought = bought.assign(organisation=bought["buyer"], supply=bought.index, essential=None)
    columns = ["organisation", "capability", "essential", "status", "confidence", "as_of"]
    columns += list(EVIDENCE_COLUMNS)
    return _best([needs, bought, _implied_needs(graph)], columns)


def _implied_needs(graph: ValueGraph) -> pd.DataFrame:
    inputs = graph["inputs"]
    sure = inputs["confidence"].where(inputs["status"] == "inferred", 1.0)
    inputs = inputs.assign(input=inputs.index, sure=sure)[
        ["from_capability", "to_capability", "essential", "organisation", "input", "sure"]
    ]
    offers = graph["offers"]
    offers = offers.assign(offer=offers.index)[["organisation", "capability", "confidence", "as_of", "offer", "status"]]
    made = offers.merge(inputs, left_on="capability", right_on="to_capability", suffixes=("", "_of_input"))
    made = made[(made["organisation_of_input"] < 0) | (made["organisation_of_input"] == made["organisation"])]
    denied, count = graph["denied_needs"], len(graph["capabilities"])
    of_denied = (denied["organisation"] * count + denied["capability"]).to_numpy(np.int64)
    made = made[~np.isin((made["organisation"] * count + made["from_capability"]).to_numpy(np.int64), of_denied)]
    essential = made["essential"].fillna(False).astype(bool)
    made = made.assign(
        capability=made["from_capability"],
        essential=essential,
        confidence=made["confidence"] * np.where(essential, 1.0, OPTIONAL_INPUT) * made["sure"],
        status=made["status"].where(by_status(made["status"], STATUS_RANK) > STATUS_RANK["inferred"], "inferred"),
    )
    surest = np.lexsort((-made["confidence"].to_numpy(float), ~made["essential"].to_numpy(bool)))
    return made.iloc[surest].drop_duplicates(["organisation", "capability"])


def told_inputs(graph: ValueGraph) -> pd.DataFrame:
    """Return what goes into what, without what only the order of the stages suggests; the index is the table's row."""
    inputs = graph["inputs"]
    return inputs[(inputs["why"] != STAGE_ORDER) | (inputs["status"] != "inferred")]


def _best(parts: list[pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """One row per organisation and capability: the most certain; whether it is essential comes from whoever says so."""
    import pandas as pd

    filled = [part.reindex(columns=columns) for part in parts if len(part)]
    if not filled:
        return parts[0].reindex(columns=columns)
    known = pd.concat(filled, ignore_index=True)
    ranked = np.lexsort((-known["confidence"].to_numpy(float), by_status(known["status"], STATUS_RANK)))
    organisation, capability = (known[name].to_numpy(np.int64)[ranked] for name in ("organisation", "capability"))
    pair, distinct = pd.factorize(organisation * (capability.max() + 1) + capability)  # pairs by their best row
    best = known.iloc[ranked[_first(pair, len(distinct))]].reset_index(drop=True)
    if "essential" in columns:
        said = known["essential"].notna().to_numpy(bool)[ranked]
        row = _first(pair[said], len(distinct))
        told = known["essential"].to_numpy(object)[ranked][said]
        best["essential"] = pd.Series(np.append(told, np.nan)[row], dtype=known["essential"].dtype)
    for name in EVIDENCE_COLUMNS:
        if name in columns:
            says = np.full(len(distinct), -1, dtype=np.int64)
            np.maximum.at(says, pair, known[name].fillna(-1).to_numpy(np.int64)[ranked])
            best[name] = says
    return best


def _first(group: Integers, groups: int) -> Integers:
    """The first place of each group, -1 for those that have none."""
    first = np.full(groups, -1, dtype=np.int64)
    first[group[::-1]] = np.arange(len(group))[::-1]
    return first


def is_fresh(graph: ValueGraph, days: pd.Series[str], freshness: float) -> Booleans:
    """Return which dates are at most `freshness` years old on the graph's day; a missing date counts as fresh."""
    years = years_between(days, graph.view.valid_on).to_numpy(float)
    fresh: Booleans = ~(years > freshness)
    return fresh


def collaboration_matrix(graph: ValueGraph) -> csr_array:
    """Return the symmetric matrix of joint projects, one row and column per organisation, made once for a graph."""
    return graph.once(_collaboration_matrix)


def _collaboration_matrix(graph: ValueGraph) -> csr_array:
    links = graph["collaborations"]
    count = len(graph["organisations"])
    first, second = links["first"].to_numpy(np.int64), links["second"].to_numpy(np.int64)
    projects = links["projects"].to_numpy(float)
    ends = np.concatenate([first, second]), np.concatenate([second, first])
    return csr_array(coo_array((np.concatenate([projects, projects]), ends), shape=(count, count)))


def title_projects(graph: ValueGraph) -> pd.DataFrame:
    """Return which projects make us guess which capability of whom: organisation, capability, project, name, end.

    The newest come first; `cited` makes of name and end (empty where nobody said) how people cite a project.
    """
    projects = graph["projects"]
    names = projects["acronym"].fillna(projects["title"])
    ends = projects["end"].fillna("")
    taking_part = graph["participations"][["organisation", "project"]].drop_duplicates()
    joined = taking_part.merge(graph["matches"], on="project")
    joined = joined.assign(name=joined["project"].map(names), end=joined["project"].map(ends))
    return joined.sort_values("end", ascending=False, kind="stable")


def cited(project: str, end: str) -> str:
    """Return a project of `title_projects` as people cite it: "METAFAST (to 2025)"."""
    return say("{project} (to {year})", project=project, year=end[:4]) if end else project


def evidence_of(graph: ValueGraph, rows: pd.DataFrame) -> tuple[int, ...]:
    """Return the records behind rows of `known_offers` or `known_needs`."""
    found: dict[int, None] = {}
    for column, table in EVIDENCE_COLUMNS.items():
        if column in rows:
            found.update(dict.fromkeys(graph.evidence(table, (row for row in rows[column] if row >= 0))))
    return tuple(found)


def evidence_of_each(graph: ValueGraph, rows: pd.DataFrame) -> list[tuple[int, ...]]:
    """Return, for each row of `known_offers` or `known_needs`, the records behind it."""
    columns = [(table, rows[column].tolist()) for column, table in EVIDENCE_COLUMNS.items() if column in rows]
    return [
        tuple(
            dict.fromkeys(
                record for table, told in columns if told[row] >= 0 for record in graph.evidence(table, (told[row],))
            )
        )
        for row in range(len(rows))
    ]


def known_or_none(value: float) -> float | None:
    """Return a number as a plain float, None where it is not a number."""
    return None if value != value else float(value)


def together(confidences: Iterable[float]) -> float:
    """Return how sure it is that at least one of several holds: 1 - product of (1 - confidence)."""
    return float(1.0 - np.prod([1.0 - confidence for confidence in confidences]))


def downstream(graph: ValueGraph) -> dict[int, frozenset[int]]:
    """Return, for each capability, those that cannot be made without it: what essential arcs lead to, in any steps."""
    inputs = graph["inputs"]
    arcs = inputs[inputs["essential"].fillna(False).astype(bool) & (inputs["organisation"] < 0)]
    following: dict[int, set[int]] = {}
    for source, target in zip(arcs["from_capability"], arcs["to_capability"], strict=True):
        following.setdefault(int(source), set()).add(int(target))

    def reached(start: int) -> frozenset[int]:
        seen: set[int] = set()
        waiting = [start]
        while waiting:
            for target in following.get(waiting.pop(), ()):
                if target not in seen:
                    seen.add(target)
                    waiting.append(target)
        return frozenset(seen - {start})

    return {capability: reached(capability) for capability in range(len(graph["capabilities"]))}


def flags(count: int, positions: Integers) -> Booleans:
    """Return `count` flags, set at `positions`."""
    chosen = np.zeros(count, dtype=bool)
    chosen[positions] = True
    return chosen
