"""What a consortium has to cover, who has to be in it and who must not."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy.sparse import coo_array, csr_array
from scipy.sparse.csgraph import breadth_first_order

from valuechain.analyses._chain import known_offers, required_capabilities, told_inputs
from valuechain.analyses._keys import find
from valuechain.analyses._lookup import bought_by, made_by, needs_of
from valuechain.model.errors import QuestionError
from valuechain.model.language import say

if TYPE_CHECKING:
    from valuechain.model.arrays import Integers
    from valuechain.model.graph import ValueGraph

_BETWEEN = re.compile(r"[,;]")


@dataclass(frozen=True)
class Item:
    """Something that at least one member has to bring: one capability, or any capability of a stage."""

    label: str
    key: str
    capabilities: tuple[int, ...]
    is_stage: bool = False

    @property
    def title(self) -> str:
        """What it is called where it may be a capability or a stage."""
        return say("stage {stage}", stage=self.label) if self.is_stage else self.label


@dataclass(frozen=True)
class Wanted:
    """What has to be covered, and positions of who has to be in and who must not.

    `reason` says where the items come from, or why there are none.
    """

    items: tuple[Item, ...]
    required: tuple[int, ...]
    excluded: tuple[int, ...]
    reason: str


def wanted(graph: ValueGraph, capabilities: str, stages: str, required: str, excluded: str, all_stages: bool) -> Wanted:
    """Return what a question asks for.

    Named capabilities and stages come first; without them, what the organisation asked about lacks, or else one
    capability of every stage of the chain. `all_stages` adds those in any case (full service).

    Raises QuestionError where members are both required and excluded, NotFoundError for unknown keys.
    """
    members = [find(graph, "organisations", word) for word in _words(required)]
    others = [find(graph, "organisations", word) for word in _words(excluded)]
    if graph.organisation >= 0:
        members.append(graph.organisation)
    both = [one for one in members if one in others]
    if both:
        name = graph["organisations"]["label"].iloc[both[0]]
        raise QuestionError(
            say("{organisation} is both required and excluded.", organisation=name),
            say("Take it off one of the two lists."),
        )
    _of_one_world(graph, members)
    items = [_capability_item(graph, find(graph, "capabilities", word)) for word in _words(capabilities)]
    items += [_stage_item(graph, find(graph, "stages", word)) for word in _words(stages)]
    reason = say("the capabilities asked for")
    if not items and graph.organisation >= 0:
        items, reason = _lacking(graph)
    if all_stages or (not items and graph.organisation < 0):
        reason = reason if items else say("every stage of the chain")
        items += [one for one in _every_stage(graph, items) if one not in items]
    distinct = {one.key: one for one in items}
    return Wanted(tuple(distinct.values()), tuple(dict.fromkeys(members)), tuple(dict.fromkeys(others)), reason)


def _of_one_world(graph: ValueGraph, members: list[int]) -> None:
    organisations = graph["organisations"].iloc[members]
    real = organisations["status"] != "synthetic"
    if real.any() and not real.all():
        made_up, other = (organisations["label"][some].iloc[0] for some in (~real, real))
        raise QuestionError(
            say("{made_up} is made up and {real} is real: they cannot be in one group.", made_up=made_up, real=other),
            say("Require only made-up or only real organisations."),
        )


def _words(text: str) -> list[str]:
    return [word.strip() for word in _BETWEEN.split(text) if word.strip()]


def _capability_item(graph: ValueGraph, capability: int) -> Item:
    row = graph["capabilities"].iloc[capability]
    if row["kind"] == "market":
        raise QuestionError(
            say("{capability} is a market, which nobody offers.", capability=row["label"]),
            say("Name what is sold there instead."),
        )
    return Item(row["label"], row["key"], (capability,))


def _stage_item(graph: ValueGraph, stage: int) -> Item:
    row, capabilities = graph["stages"].iloc[stage], graph["capabilities"]
    inside = np.flatnonzero((capabilities["stage"] == stage) & (capabilities["kind"] != "market"))
    if not len(inside):
        raise QuestionError(
            say("The stage {stage} holds nothing that can be offered.", stage=row["label"]),
            say("Name another stage."),
        )
    return Item(row["label"], row["key"], tuple(inside.tolist()), is_stage=True)


def _every_stage(graph: ValueGraph, items: list[Item]) -> list[Item]:
    """Each stage of the chain of what is asked for, in order; of the only chain where nothing is asked for.

    Where something is asked for, a stage is covered only by what goes into that, in any steps, or what that goes into:
    a maker of displays adds nothing to a laser, though it stands in a stage of the same chain.
    """
    capabilities = required_capabilities(graph)
    named = [capability for item in items for capability in item.capabilities]
    chains = set(graph["capabilities"]["chain"].iloc[named].dropna()) or set(capabilities["chain"].dropna())
    if len(chains) > 1 and not named:
        raise QuestionError(
            say("There are several value chains."),
            say("Choose one with --chain: {chains}.", chains=", ".join(sorted(chains))),
        )
    inside = capabilities[capabilities["chain"].isin(chains) & (capabilities["stage"] >= 0)]
    if named:
        inside = inside[inside.index.isin(_joined(graph, named))]
    stages = inside.groupby("stage", sort=False)
    return [replace(_stage_item(graph, int(stage)), capabilities=tuple(rows.index)) for stage, rows in stages]


def _joined(graph: ValueGraph, named: list[int]) -> Integers:
    """The capabilities named, what goes into them and what they go into, in any steps."""
    arcs = told_inputs(graph)
    arcs = arcs[arcs["organisation"] < 0]
    ends = [arcs[end].to_numpy(np.int64) for end in ("from_capability", "to_capability")]
    count = len(graph["capabilities"])
    found = np.array(named, dtype=np.int64)
    for source, target in (ends, ends[::-1]):
        net = csr_array(coo_array((np.ones(len(source)), (source, target)), shape=(count, count)))
        reached = [breadth_first_order(net, one, return_predecessors=False) for one in named]
        found = np.union1d(found, np.concatenate(reached))
    return found


def _lacking(graph: ValueGraph) -> tuple[list[Item], str]:
    """What the organisation asked about needs, does not make itself, and is not known to buy from anybody."""
    one = graph.organisation
    name = graph["organisations"]["label"].iloc[one]
    needed = needs_of(graph, one)["capability"]
    has = {*made_by(graph, one)["capability"], *bought_by(graph, one)["capability"]}
    known = known_offers(graph)
    has.update(known["capability"][known["organisation"] == one])
    markets = graph["capabilities"]["kind"] == "market"
    lacking = [int(capability) for capability in needed if capability not in has and not markets.iloc[capability]]
    items = [_capability_item(graph, capability) for capability in sorted(lacking)]
    if items:
        return items, say("what {organisation} needs and is not known to make or buy", organisation=name)
    if len(needed):
        return [], say("{organisation} has a supplier for all that it is known to need", organisation=name)
    return [], say("{organisation} is not known to need anything", organisation=name)
