"""The choice of fixes as one problem: failures, whom each stops, what each of these lost, and what would mend it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._failure import Dependencies
from valuechain.analyses._fixes_measures import Market, Measure
from valuechain.kernels.failure import stopped_by
from valuechain.kernels.repair import Losses, going_on, losses
from valuechain.model.watching import tell

if TYPE_CHECKING:
    from valuechain.model.arrays import Booleans, Floats, Integers, ShortIntegers


@dataclass(frozen=True, eq=False)
class Problem:
    """Single failures, whom they stop, and the measures against them.

    Node n of `net` is the pair of who fails, `failed[n]`, and who stops, `stopped[n]`; it weighs `weight[n]` (0 if it
    only passes the failure on). The rows of `net` are lost inputs: `row_input` holds rows of `Dependencies.inputs`.
    `failing` says whose failure takes each input away, `others_stopped` who stops when each of them fails.
    """

    market: Market
    measures: tuple[Measure, ...]
    net: Losses
    failed: Integers
    stopped: Integers
    weight: Integers
    row_input: Integers
    failing: dict[int, list[int]]
    others_stopped: dict[int, dict[int, int]]

    @property
    def known(self) -> Dependencies:
        return self.market.known

    @cached_property
    def costs(self) -> Floats:
        """Effort of each measure."""
        return np.array([measure.cost for measure in self.measures], dtype=float)

    @cached_property
    def nothing(self) -> Booleans:
        """The choice of no measure."""
        return np.zeros(len(self.measures), dtype=bool)

    @cached_property
    def total(self) -> int:
        """Weight of all failures."""
        return int(self.weight.sum())

    def going_on(self, taken: Booleans) -> Booleans:
        """Return which nodes go on with the measures `taken`."""
        return np.asarray(going_on(self.net, taken), dtype=bool)

    def behind(self, nodes: Iterable[int]) -> set[int]:
        """Return the inputs that are lost on the way to some nodes, themselves and whoever they hang on."""
        net, met, waiting = self.net, set(nodes), list(nodes)
        rows: list[int] = []
        while waiting:
            node = waiting.pop()
            for row in range(net.row_start[node], net.row_start[node + 1]):
                rows.append(row)
                entries = slice(net.entry_start[row], net.entry_start[row + 1])
                before = net.entry_node[entries][net.entry_measure[entries] < 0].tolist()
                waiting += [one for one in before if one >= 0 and one not in met]
                met.update(before)
        return set(self.row_input[rows].tolist())

    def removed(self, taken: Booleans) -> int:
        """Return the weight of the failures that the measures `taken` remove."""
        return int(self.weight[self.going_on(taken)].sum())

    def cost(self, taken: Booleans) -> float:
        """Return the effort of the measures `taken`."""
        return float(self.costs[taken].sum())

    @cached_property
    def removable(self) -> int:
        """Weight of the failures that all measures together remove."""
        return self.removed(~self.nothing)


def problem(market: Market, failing: Sequence[int], weights: Integers) -> Problem:
    """Return the problem of the failures of each of `failing`.

    Parameters
    ----------
    market : Market
    failing : sequence of positions
        Who fails, each alone.
    weights : integers, one per organisation
        What it weighs when it stops, 0 for those whom the question is not about.
    """
    known = market.known
    others_stopped: dict[int, dict[int, int]] = {}
    lost: dict[int, list[int]] = {}
    for done, one in enumerate(failing, start=1):
        stopped, _ = stopped_by(known.requirements, one)
        others_stopped[one] = {organisation: place for place, organisation in enumerate(stopped.tolist())}
        lost[one] = _lost(known, one, stopped)
        tell(done, len(failing))
    threatened: dict[int, list[int]] = {}
    for one, rows in lost.items():
        for row in rows:
            threatened.setdefault(row, []).append(one)
    return _Builder(market, weights, lost, threatened, others_stopped).build()


def _lost(known: Dependencies, failed: int, stopped: Integers) -> list[int]:
    """Inputs, rows of `Dependencies.inputs`, that those who stop lose all suppliers of."""
    net = known.requirements
    gone = np.zeros(len(net.own_start) - 1, dtype=bool)
    gone[failed] = gone[stopped] = True
    rows = _gathered(net.own_start, net.own, stopped)
    if len(rows) == 0:
        return []
    suppliers = _gathered(net.supplier_start, net.supplier, rows)
    sizes = (net.supplier_start[rows + 1] - net.supplier_start[rows]).astype(np.int64)
    all_gone = np.logical_and.reduceat(gone[suppliers], np.cumsum(sizes) - sizes)
    found: list[int] = np.sort(known.critical[rows[all_gone]]).tolist()
    return found


def _gathered(start: ShortIntegers, values: ShortIntegers, which: Integers) -> Integers:
    """The entries of several rows in compressed form, one row after the other."""
    sizes = (start[which + 1] - start[which]).astype(np.int64)
    offsets = np.repeat(start[which] - (np.cumsum(sizes) - sizes), sizes)
    return np.asarray(values[offsets + np.arange(len(offsets))], dtype=np.int64)


class _Builder:
    """Collects nodes, rows, entries and measures, one failure after the other."""

    def __init__(
        self,
        market: Market,
        weights: Integers,
        lost: dict[int, list[int]],
        threatened: dict[int, list[int]],
        others_stopped: dict[int, dict[int, int]],
    ) -> None:
        self.market, self.weights = market, weights
        self.lost, self.threatened, self.others_stopped = lost, threatened, others_stopped
        self.measures: list[Measure] = []
        self.measures_of: dict[int, range] = {}
        self.failed: list[int] = []
        self.stopped: list[int] = []
        self.row_node: list[int] = []
        self.row_input: list[int] = []
        self.entries: list[tuple[int, int, int]] = []

    def build(self) -> Problem:
        for failed in self.others_stopped:
            self._add(failed)
        entries = np.array(self.entries, dtype=np.int64).reshape(-1, 3)
        stopped = np.array(self.stopped, dtype=np.int64)
        return Problem(
            market=self.market,
            measures=tuple(self.measures),
            net=losses(np.array(self.row_node, dtype=np.int64), entries, len(self.stopped), len(self.measures)),
            failed=np.array(self.failed, dtype=np.int64),
            stopped=stopped,
            weight=self.weights[stopped],
            row_input=np.array(self.row_input, dtype=np.int64),
            failing=self.threatened,
            others_stopped=self.others_stopped,
        )

    def _add(self, failed: int) -> None:
        """Add the nodes of one failure: whom the question is about, and on whom their going on may depend."""
        stopped = self.others_stopped[failed]
        node: dict[int, int] = {}
        waiting = [one for one in stopped if self.weights[one]]
        for one in waiting:
            node[one] = self._node(failed, one)
        own = self._own_rows(failed)
        place = 0
        pending: list[tuple[int, int, list[tuple[int, int]]]] = []
        while place < len(waiting):
            buyer = waiting[place]
            place += 1
            for row in own.get(buyer, ()):
                suppliers = self.market.suppliers(row)
                supports = [(-1, one) for one in suppliers]
                for number in self._measures_of(row):
                    supports.append((number, self.measures[number].supplier))
                supports = [one for one in supports if one[1] != failed]
                for _, supplier in supports:
                    if supplier in stopped and supplier not in node:
                        node[supplier] = self._node(failed, supplier)
                        waiting.append(supplier)
                pending.append((node[buyer], row, supports))
        for owner, row, supports in sorted(pending):
            for measure, supplier in supports:
                self.entries.append((len(self.row_node), measure, node.get(supplier, -1)))
            self.row_node.append(owner)
            self.row_input.append(row)

    def _own_rows(self, failed: int) -> dict[int, list[int]]:
        """The inputs that each organisation loses when `failed` fails, but for those it makes itself."""
        inputs = self.market.known.inputs
        rows = self.lost[failed]
        buyers, own = inputs["buyer"].to_numpy()[rows].tolist(), inputs["in_house"].to_numpy()[rows].tolist()
        found: dict[int, list[int]] = {}
        for row, buyer, in_house in zip(rows, buyers, own, strict=True):
            if not in_house:
                found.setdefault(buyer, []).append(row)
        return found

    def _node(self, failed: int, stopped: int) -> int:
        self.failed.append(failed)
        self.stopped.append(stopped)
        return len(self.stopped) - 1

    def _measures_of(self, row: int) -> range:
        """Numbers of the measures for an input."""
        if row not in self.measures_of:
            first = len(self.measures)
            self.measures += self.market.measures(row, self.threatened[row], self.others_stopped)
            self.measures_of[row] = range(first, len(self.measures))
        return self.measures_of[row]
