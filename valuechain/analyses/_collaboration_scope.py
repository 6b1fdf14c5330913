"""Which regions, partners and capabilities a question of collaboration is about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import required_capabilities
from valuechain.analyses._region_places import LEVELS
from valuechain.model.cells import country_code
from valuechain.model.country_codes import NUTS_OF_ISO
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import in_a_sentence, say
from valuechain.model.regions import advice_on_region

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats
    from valuechain.model.graph import ValueGraph

USUAL_LEVEL = 2
"""NUTS 2 is the size at which regional policy is made and paid for; it counts where no region is asked about."""


def level_asked(graph: ValueGraph, level: int) -> int:
    """Return the NUTS level of the regions that are compared: the one given, or that of the smallest region named.

    Raises QuestionError where a region is smaller than the level given.
    """
    smallest = max(graph.scope.regions, key=len, default="")
    own = min(max(len(smallest) - 2, 0), 3) if smallest else USUAL_LEVEL
    if 0 <= level < own and smallest:
        raise QuestionError(
            say(
                "{region} ({code}) is smaller than {regions}.",
                region=graph.region_label(smallest),
                code=smallest,
                regions=say(LEVELS[level][1]),
            ),
            say("Ask with --level {level}, or for {code}.", level=own, code=smallest[: 2 + level]),
        )
    return own if level < 0 else level


@dataclass(frozen=True, eq=False)
class Asked:
    """Which regions of a matrix are asked about.

    `ours` flags the regions that were named, or in the countries named, or all; `partners` those that may be partners
    by code and country; `near` (regions x regions) the pairs that lie within `within_km`, 0 = however far.
    """

    ours: Booleans
    partners: Booleans
    near: Booleans
    with_region: str
    within_km: float

    @property
    def pairs(self) -> Booleans:
        """The pairs (region, partner) by code and country; of two that may both stand first, each pair once."""
        allowed = np.outer(self.ours, self.partners) & ~np.eye(len(self.ours), dtype=bool)
        once: Booleans = allowed & ~np.tril(allowed & allowed.T)
        return once


def asked_about(
    graph: ValueGraph,
    codes: tuple[str, ...],
    distances: Floats,
    with_region: str,
    partner_country: str,
    within_km: float,
) -> Asked:
    """Return which regions the question is about, of those with some codes.

    Raises NotFoundError for a partner region that is not on any list.
    """
    wanted = _several(with_region)
    for code in wanted:
        if not any(one.startswith(code) for one in codes) and code not in graph.region_labels:
            advice = advice_on_region(graph.region_labels, codes, code)
            raise NotFoundError(
                say("No region has the code {code!r}.", code=code),
                advice or say("Write its code, such as DE21."),
            )
    countries = tuple(country_code(code) for code in _several(partner_country))
    return Asked(
        _beginning(codes, graph.scope.regions) & _beginning(codes, _nuts(graph.scope.countries)),
        _beginning(codes, wanted) & _beginning(codes, _nuts(countries)),
        distances <= within_km if within_km else np.ones(distances.shape, dtype=bool),
        with_region,
        within_km,
    )


def field_asked(graph: ValueGraph, stage: str, capability: str) -> pd.DataFrame:
    """Return the required capabilities that a gain is asked for: of the chain, of a stage of it, or a single one.

    Raises NotFoundError for a stage or capability that is not there, QuestionError for a market.
    """
    required = required_capabilities(graph)
    if stage:
        chosen = required["stage"].isin(_stages(graph, stage)).to_numpy(bool)
        required = required[chosen]
    if capability:
        position = graph.find("capabilities", capability)
        if position not in required.index:
            label = graph["capabilities"]["label"].iloc[position]
            raise QuestionError(
                say("{capability} is no capability that is asked about here.", capability=label),
                say("Name one of the chain and stage asked about; a market is none."),
            )
        required = required[required.index == position]
    return required


def field_words(graph: ValueGraph, field: pd.DataFrame, stage: str, capability: str) -> str:
    """Return what a gain is asked for, as a title says it."""
    if capability:
        return str(field["label"].iloc[0])
    chain = graph.scope.chain or ", ".join(dict.fromkeys(field["chain"].dropna()))
    of_stage = in_a_sentence(field["stage_label"].iloc[0]) if stage and len(field) else ""
    return ", ".join(part for part in (of_stage, chain) if part) or say("all capabilities")


def _stages(graph: ValueGraph, wanted: str) -> list[int]:
    """Positions of the stages that a key, a bare id or a label names."""
    stages = graph["stages"]
    names = (stages["key"], stages["id"], stages["label"])
    folded_name = wanted.casefold()
    named = np.logical_or.reduce([name.str.casefold().eq(folded_name).to_numpy(bool) for name in names])
    if not named.any():
        known = ", ".join(stages.sort_values("order")["id"]) or say("none")
        raise NotFoundError(
            say("No stage is called {name!r}.", name=wanted), say("Stages that are known: {stages}.", stages=known)
        )
    return list(stages.index[named])


def _beginning(codes: tuple[str, ...], prefixes: tuple[str, ...]) -> Booleans:
    """Which codes begin with one of some prefixes; all where there is none."""
    return np.array([not prefixes or code.startswith(prefixes) for code in codes], dtype=bool)


def _nuts(countries: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(NUTS_OF_ISO.get(code, code) for code in countries)


def _several(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(",") if word.strip())
