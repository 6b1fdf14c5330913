"""The spread of one failure as tables: who puts how much at risk, who is hit, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from valuechain.analyses._organisations import place_of
from valuechain.analyses._supply_economy import SupplyEconomy
from valuechain.kernels.systemic_risk import Spread, spread_of_each, spread_of_shock
from valuechain.model.language import say, term
from valuechain.model.result import STATUS, Column, Table
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers

ON_PLATEAU, BELOW = term("plateau"), term("below")

PLATEAU = 0.5
"""Whoever puts at least this part of the largest share at risk belongs to the plateau."""

FOLLOWED = (
    Column("eps", "number", "Followed until no output changed by more than this in one step", "0..1"),
    Column("steps", "integer", "After how many steps that was", "steps"),
    Column("cut_short", "boolean", "Whether the greatest number of steps was reached before"),
)

KEY = Column("organisation_key", "key", "Its key")
WHO = (
    Column("kind", "text", "Kind of organisation"),
    Column("place", "text", "Where it lies"),
    Column("sector", "text", "Its sector, a NACE division or another code; empty where nobody said"),
)

LOSS_PARTS = (
    Column("downstream_part", "number", "Loss because it lacks inputs", "0..1"),
    Column("upstream_part", "number", "Loss because it lacks sales", "0..1"),
)

SURE = Column(
    "confidence", "number", "How sure its least sure link is, less for what is not known of the network", "0..1"
)

RANKING_COLUMNS = (
    Column("rank", "integer", "1 = puts most at risk"),
    Column("organisation", "text", "Who fails, alone and completely"),
    KEY,
    Column("at_risk", "number", "Part of the network's output that is lost then (ESRI)", "0..1"),
    Column("others", "number", "What the others lose: at risk without its own part", "0..1"),
    Column("downstream_part", "number", "What is lost because buyers lack inputs, itself included", "0..1"),
    Column("upstream_part", "number", "What is lost because suppliers lack sales, itself included", "0..1"),
    Column("own", "number", "Its own part of the network's output", "0..1"),
    Column("plateau", "text", "Plateau (at least half as much at risk as the first) or below"),
    *WHO,
    *FOLLOWED,
    SURE,
    STATUS,
)

SPREADS_COLUMNS = (
    Column("organisation", "text", "Who is hit when the organisation asked about fails"),
    KEY,
    Column("loss", "number", "Part of its output that it loses", "0..1"),
    *LOSS_PARTS,
    Column("lost_here", "number", "What that is of the network's output", "0..1"),
    *FOLLOWED,
    SURE,
    STATUS,
)

HIT_BY_COLUMNS = (
    Column("organisation", "text", "Whose failure hits the organisation asked about"),
    KEY,
    Column("loss", "number", "Part of its output that the organisation asked about then loses", "0..1"),
    Column("at_risk", "number", "Part of the network's output that is lost then (ESRI)", "0..1"),
    *WHO,
    *FOLLOWED,
    SURE,
    STATUS,
)


@dataclass(frozen=True, eq=False)
class Following:
    """How losses are followed: `eps` is the change that no longer counts, `most` the greatest number of steps."""

    eps: float
    most: int

    def cells(self, steps: int, cut_short: bool) -> dict[str, Any]:
        """Return the cells that say how far a figure was followed."""
        return {"eps": self.eps, "steps": steps, "cut_short": cut_short}


@dataclass(frozen=True, eq=False)
class Ranking:
    """Whose failure puts how much at risk, the most first: `firms`, and their `spread` in the same order."""

    firms: Integers
    spread: Spread

    @property
    def plateau(self) -> Booleans:
        """Who puts at least half as much at risk as the first."""
        return np.asarray(self.spread.at_risk >= PLATEAU * self.spread.at_risk.max(initial=0.0), dtype=bool)

    def of(self, places: Integers | Booleans) -> Ranking:
        """Return the entries at some places, in their order."""
        return Ranking(self.firms[places], self.spread.of(places))


@dataclass(frozen=True, eq=False)
class Losses:
    """What everybody loses in the end (0..1) for want of inputs and of sales, and how far that was followed."""

    down: Floats
    up: Floats
    steps: int
    cut_short: bool

    @property
    def loss(self) -> Floats:
        """What everybody loses: the greater of both."""
        return np.maximum(self.down, self.up)


def ranking_of(economy: SupplyEconomy, firms: Integers, following: Following, target: int) -> Ranking:
    """Return whose failure alone puts how much at risk, of some firms; `target` as in the kernel."""
    weight = np.concatenate([economy.weight, [0.0, 0.0]])
    spread = spread_of_each(economy.net, firms, weight, following.eps, following.most, target, tell)
    order = np.lexsort((firms, -spread.at_risk))
    return Ranking(firms[order], spread.of(order))


def losses_of(economy: SupplyEconomy, firms: Integers, loss: Floats, following: Following) -> Losses:
    """Return what everybody loses when some firms lose a part of their output at once."""
    down, up, steps, cut_short = spread_of_shock(economy.net, firms, loss, following.eps, following.most)
    count = len(economy.weight)
    return Losses(down[:count], up[:count], steps, cut_short)


def ranking_table(economy: SupplyEconomy, ranking: Ranking, following: Following) -> Table:
    """Return who puts how much at risk."""
    spread, plateau = ranking.spread, ranking.plateau
    own = economy.weight[ranking.firms]
    rows = (
        who
        | {
            "rank": place + 1,
            "at_risk": float(spread.at_risk[place]),
            "downstream_part": float(spread.downstream[place]),
            "upstream_part": float(spread.upstream[place]),
            "own": float(own[place]),
            "others": float(spread.at_risk[place] - own[place]),
            "plateau": ON_PLATEAU if plateau[place] else BELOW,
            **following.cells(int(spread.steps[place]), bool(spread.cut_short[place])),
        }
        for place, who in enumerate(who_cells(economy, ranking.firms))
    )
    title = say("What is at risk if one organisation fails {where}", where=economy.graph.scope_words)
    return Table.from_rows("ranking", title, RANKING_COLUMNS, rows)


def spreads_table(economy: SupplyEconomy, failed: int, losses: Losses, following: Following) -> Table:
    """Return who is hit when one organisation fails, first by what that is of the network's output."""
    lost = economy.weight * losses.loss
    hit = np.flatnonzero(losses.loss > 0)
    hit = hit[hit != failed]
    hit = hit[np.lexsort((hit, -losses.loss[hit], -lost[hit]))]
    rows = (
        who | loss_cells(economy, losses, firm) | following.cells(losses.steps, losses.cut_short)
        for firm, who in zip(hit, who_cells(economy, hit), strict=True)
    )
    name = economy.graph["organisations"]["label"].iloc[failed]
    return Table.from_rows("spreads", say("Who is hit when {name} fails", name=name), SPREADS_COLUMNS, rows)


def who_hits(ranking: Ranking, target: int) -> Ranking:
    """Return the part of a ranking whose failure hits one organisation, the worst for it first."""
    order = np.argsort(-ranking.spread.on_target, kind="stable")
    return ranking.of(order[(ranking.spread.on_target[order] > 0) & (ranking.firms[order] != target)])


def hit_by_table(economy: SupplyEconomy, target: int, hit_by: Ranking, following: Following) -> Table:
    """Return by whose failure one organisation is hit, from `who_hits`."""
    spread = hit_by.spread
    rows = (
        who
        | {"loss": float(spread.on_target[place]), "at_risk": float(spread.at_risk[place])}
        | following.cells(int(spread.steps[place]), bool(spread.cut_short[place]))
        for place, who in enumerate(who_cells(economy, hit_by.firms))
    )
    name = economy.graph["organisations"]["label"].iloc[target]
    return Table.from_rows("hit_by", say("By whose failure {name} is hit", name=name), HIT_BY_COLUMNS, rows)


def loss_cells(economy: SupplyEconomy, losses: Losses, firm: int) -> dict[str, Any]:
    loss = float(losses.loss[firm])
    return {
        "loss": loss,
        "downstream_part": float(losses.down[firm]),
        "upstream_part": float(losses.up[firm]),
        "lost_here": float(economy.weight[firm] * loss),
    }


def who_cells(economy: SupplyEconomy, firms: Integers) -> Iterator[dict[str, Any]]:
    """The cells that say who each firm is, how sure its figures are, and what they rest on."""
    confidence = economy.confidence
    chosen = economy.graph["organisations"].iloc[firms][["label", "key", "kind", "city", "region"]].to_dict("records")
    for firm, row in zip(firms.tolist(), chosen, strict=True):
        yield {
            "organisation": row["label"],
            "organisation_key": row["key"],
            "kind": row["kind"],
            "place": place_of(row),
            "sector": economy.sector.label(firm),
            "confidence": round(float(confidence[firm]), 3),
            "status": economy.status,
            "evidence": economy.evidence(firm),
        }
