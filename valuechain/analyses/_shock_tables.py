"""What shocks cost as tables: in all, to whom, and where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._chain import NUTS2_LENGTH
from valuechain.analyses._systemic_tables import FOLLOWED, KEY, LOSS_PARTS, SURE, WHO, loss_cells, who_cells
from valuechain.model.language import say
from valuechain.model.result import STATUS, Column, Table

if TYPE_CHECKING:
    from valuechain.analyses._shocks import Shock
    from valuechain.analyses._supply_economy import SupplyEconomy
    from valuechain.analyses._systemic_tables import Following, Losses

SHOCK_COLUMNS = (
    Column("shock", "text", "What happens"),
    Column("organisations", "integer", "How many are hit at once", "organisations"),
    Column("not_linked", "integer", "How many of them have no supply link; what they lose is not assessed",
           "organisations"),
    Column("at_once", "number", "Part of the network's output that is lost at once", "0..1"),
    Column("lost", "number", "Part of the network's output that is lost in the end", "0..1"),
    Column("downstream_part", "number", "What is lost because buyers lack inputs", "0..1"),
    Column("upstream_part", "number", "What is lost because suppliers lack sales", "0..1"),
    Column("times", "number", "How many times the loss at once that is; empty where nothing is lost at once"),
    *FOLLOWED,
    Column("confidence", "number", "How sure the least sure link of those is who are hit at once", "0..1"),
    STATUS,
)  # fmt: skip

SHOCK_HIT_COLUMNS = (
    Column("shock", "text", "What happens"),
    Column("organisation", "text", "Who is hit"),
    KEY,
    Column("at_once", "number", "Part of its output that it loses at once", "0..1"),
    Column("loss", "number", "Part of its output that it loses in the end", "0..1"),
    *LOSS_PARTS,
    Column("lost_here", "number", "What the loss is of the network's output", "0..1"),
    *WHO,
    SURE,
    STATUS,
)

GROUP_COLUMNS = (
    Column("shock", "text", "What happens"),
    Column("group", "text", "Region (NUTS 2) or sector"),
    Column("organisations", "integer", "How many in the network belong to it", "organisations"),
    Column("at_once", "number", "Part of its output that is lost at once", "0..1"),
    Column("loss", "number", "Part of its output that is lost in the end", "0..1"),
    Column("lost_here", "number", "What that is of the network's output", "0..1"),
    STATUS,
)


def shock_tables(
    economy: SupplyEconomy, shocks: Sequence[Shock], losses: Sequence[Losses], following: Following
) -> tuple[Table, ...]:
    """Return what the shocks cost in all, whom they hit, and where: by region and by sector."""
    both = list(zip(shocks, losses, strict=True))
    regions = economy.graph["organisations"]["region"].fillna("").str[:NUTS2_LENGTH]
    named = {code: f"{economy.graph.region_label(code)} ({code})" for code in regions.unique() if code}
    region = [named.get(code, say("not known")) for code in regions]
    sector = [economy.sector.label(firm) or say("not known") for firm in range(len(economy.weight))]
    return (
        Table.from_rows(
            "shocks", say("What is lost"), SHOCK_COLUMNS, (shock_cells(economy, *one, following) for one in both)
        ),
        Table.from_rows(
            "hit", say("Who is hit, first by what is lost beyond the shock itself"), SHOCK_HIT_COLUMNS,
            (row for one in both for row in _hit_cells(economy, *one)),
        ),
        Table.from_rows(
            "regions", say("What is lost, by region"), GROUP_COLUMNS,
            (row for one in both for row in _group_cells(economy, *one, region)),
        ),
        Table.from_rows(
            "sectors", say("What is lost, by sector"), GROUP_COLUMNS,
            (row for one in both for row in _group_cells(economy, *one, sector)),
        ),
    )  # fmt: skip


def shock_cells(economy: SupplyEconomy, shock: Shock, losses: Losses, following: Following) -> dict[str, Any]:
    """Return what a shock costs in all, as the cells of a row."""
    weight = economy.weight
    at_once, lost = float(weight[shock.organisations] @ shock.loss), float(weight @ losses.loss)
    linked = economy.traded[shock.organisations]
    sure = economy.confidence[shock.organisations[linked]]
    return {
        "shock": shock.name,
        "organisations": len(shock.organisations),
        "not_linked": int((~linked).sum()),
        "at_once": at_once,
        "lost": lost,
        "downstream_part": float(weight @ losses.down),
        "upstream_part": float(weight @ losses.up),
        "times": lost / at_once if at_once > 0 else None,
        **following.cells(losses.steps, losses.cut_short),
        "confidence": round(float(sure.min(initial=1.0)), 3) if linked.any() else 0.0,
        "status": economy.status,
        "evidence": tuple(dict.fromkeys(one for firm in shock.organisations for one in economy.evidence(int(firm)))),
    }


def _hit_cells(economy: SupplyEconomy, shock: Shock, losses: Losses) -> Iterator[dict[str, Any]]:
    at_once = np.zeros(len(economy.weight))
    at_once[shock.organisations] = shock.loss
    hit = np.flatnonzero(losses.loss > 0)
    beyond = economy.weight[hit] * (losses.loss - at_once)[hit]
    hit = hit[np.lexsort((hit, -losses.loss[hit], -beyond))]
    for firm, who in zip(hit.tolist(), who_cells(economy, hit), strict=True):
        yield who | loss_cells(economy, losses, firm) | {"shock": shock.name, "at_once": float(at_once[firm])}


def _group_cells(
    economy: SupplyEconomy, shock: Shock, losses: Losses, groups: Sequence[str]
) -> Iterator[dict[str, Any]]:
    """The losses of each group that loses something, the greatest part of the network's output first."""
    labels, of_firm = np.unique(np.array(groups), return_inverse=True)
    count = len(labels)
    size = np.bincount(of_firm, economy.weight, count)
    at_once = np.bincount(of_firm[shock.organisations], (economy.weight[shock.organisations] * shock.loss), count)
    lost = np.bincount(of_firm, economy.weight * losses.loss, count)
    taking_part = np.bincount(of_firm[economy.traded], minlength=count)
    for group in np.argsort(-lost, kind="stable"):
        if lost[group] > 0:
            worst = np.flatnonzero(of_firm == group)
            worst = worst[np.argsort(-(economy.weight * losses.loss)[worst], kind="stable")[:5]]
            yield {
                "shock": shock.name,
                "group": str(labels[group]),
                "organisations": int(taking_part[group]),
                "at_once": float(at_once[group] / size[group]),
                "loss": float(lost[group] / size[group]),
                "lost_here": float(lost[group]),
                "status": economy.status,
                "evidence": tuple(dict.fromkeys(one for firm in worst for one in economy.evidence(int(firm)))),
            }
