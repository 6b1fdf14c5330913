"""From which stage of the chain to which a region's deliveries flow."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from valuechain.analyses._chain import active_supplies, known_offers, told_inputs
from valuechain.analyses._pairs_seats import seats
from valuechain.model.language import say
from valuechain.model.result import STATUS, Chart, Column, Table, least_certain

if TYPE_CHECKING:
    from valuechain.analyses._region_matrix import RegionMatrix
    from valuechain.model.graph import ValueGraph

DELIVERY_COLUMNS = (
    Column("from_stage", "text", "Stage of what is delivered"),
    Column("to_stage", "text", "Stage of what the buyer makes with it, as far as known"),
    Column("links", "integer", "Supply links that deliver today; one into several stages counts for each"),
    STATUS,
)


def stage_deliveries(graph: ValueGraph, matrix: RegionMatrix, row: int) -> tuple[Table, Chart]:
    """Return how many supply links, with an end in the region of a row, lead from stage to stage, and the picture."""
    links = active_supplies(graph)[["supplier", "buyer", "capability", "status"]]
    region = seats(graph, matrix).row
    here = [region[links[end].to_numpy(np.int64)] == row for end in ("supplier", "buyer")]
    own = links[here[0] | here[1]].rename_axis("link").reset_index()
    where = graph.region_label(matrix.regions[row])
    title = say("From stage to stage: what {region} delivers and receives", region=where)
    table = Table.from_rows("deliveries", title, DELIVERY_COLUMNS, _rows(graph, _with_stages(graph, own)))
    alternative = say(
        "From the stage of what is delivered, at the left, to the stage of what the buyer makes with it, at the right; "
        "as wide as the supply links with an end here."
    )
    return table, Chart(
        "deliveries", "sankey", title, "deliveries", "from_stage", "to_stage", value="links", alternative=alternative
    )


def _with_stages(graph: ValueGraph, links: pd.DataFrame) -> pd.DataFrame:
    """The links with their stages by position, -1 where not known: a row for each stage that one leads into."""
    stage = graph["capabilities"]["stage"].to_numpy(np.int64)
    uses = told_inputs(graph)[["from_capability", "to_capability"]].rename(columns={"from_capability": "capability"})
    made = known_offers(graph)[["organisation", "capability"]].drop_duplicates()
    made = made.rename(columns={"organisation": "buyer", "capability": "to_capability"})
    into = links.merge(uses, on="capability").merge(made, on=["buyer", "to_capability"])
    into = into.assign(to_stage=stage[into["to_capability"].to_numpy(np.int64)])
    found = links.merge(into[["link", "to_stage"]].drop_duplicates(), on="link", how="left")
    return found.assign(
        from_stage=stage[found["capability"].to_numpy(np.int64)],
        to_stage=found["to_stage"].fillna(-1).astype(np.int64),
    )


def _rows(graph: ValueGraph, links: pd.DataFrame) -> Iterator[dict[str, Any]]:
    names = {-1: say("not known"), **{row: say(label) for row, label in graph["stages"]["label"].items()}}
    order = {-1: float("inf"), **graph["stages"]["order"].to_dict()}
    groups = dict(iter(links.groupby(["from_stage", "to_stage"])))
    for source, target in sorted(groups, key=lambda ends: [order[end] for end in ends]):
        some = groups[source, target]
        yield {
            "from_stage": names[source],
            "to_stage": names[target],
            "links": len(some),
            "status": least_certain(some["status"]),
            "evidence": graph.evidence("supplies", some["link"]),
        }
