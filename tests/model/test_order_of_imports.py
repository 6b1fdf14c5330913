"""The graph is a pure function of what is active: how it came to be active does not matter. On a real store."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.support.small import Rows, delivery, snapshot
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Snapshot
from valuechain.stores.base import Store
from valuechain.stores.open import open_store

SOURCES = "abc"
CHAIN: Rows = {
    "capabilities": [
        {"id": "lens", "label": "Lens", "terms": "lens"},
        {"id": "glass", "label": "G", "broader": "lens"},
    ],
    "inputs": [{"from_capability": "glass", "to_capability": "lens"}],
}

anybody = st.sampled_from([*(f"{source}:{id}" for source in SOURCES for id in "12"), "vat:DE1"])
days = st.sampled_from((None, "2025", "2026-03"))
firm_rows = st.lists(
    st.fixed_dictionaries(
        {"id": st.sampled_from("12"), "name": st.sampled_from(("One", "TWO GMBH")), "as_of": days},
        optional={
            "vat": st.sampled_from(("DE1", "DE2")),
            "city": st.sampled_from(("Jena", "Suhl")),
            "closed": st.just("2024"),
            "holds": st.just("no"),
        },
    ),
    max_size=3,
)
supply_rows = st.lists(
    st.fixed_dictionaries(
        {"supplier": anybody, "buyer": anybody, "capability": st.sampled_from(("c0:lens", "c0:glass")), "as_of": days},
        optional={"share": st.sampled_from((0.2, 0.8)), "since": st.just("2020"), "holds": st.just("no")},
    ),
    max_size=4,
)
part_rows = st.lists(st.fixed_dictionaries({"organisation": anybody, "project": st.just("c0:p")}), max_size=3)


@st.composite
def deliveries(draw: st.DrawFn) -> list[Batch]:
    """One of each source: firms that may be the same by VAT number, links among them, and the chain they stand in."""
    projects: Rows = {"projects": [{"id": "p", "title": draw(st.sampled_from(("A lens", "Sheep")))}]}
    found = [delivery({**CHAIN, **projects}, "c0")]
    for source in SOURCES:
        firms = draw(firm_rows)
        own = {f"{source}:{row['id']}" for row in firms}

        def known(row: dict[str, Any], source: str = source, own: set[str] = own) -> bool:
            """Whether the row names no unknown id of its own source, which would be a fault."""
            ends = [row.get(name) for name in ("supplier", "buyer", "organisation")]
            return all(end is None or not end.startswith(f"{source}:") or end in own for end in ends)

        links = [row for row in draw(supply_rows) if known(row)]
        parts = [row for row in draw(part_rows) if known(row)]
        found.append(delivery({"organisations": firms, "supplies": links, "participations": parts}, source))
    return found


decisions = st.lists(
    st.builds(Decision, st.sampled_from(("same", "different")), anybody, anybody).filter(
        lambda one: one.subject < one.object
    ),
    max_size=2,
    unique_by=lambda one: (one.subject, one.object),
)


@pytest.fixture
def stores(tmp_path: Path) -> Iterator[Store]:
    """Empty stores, a new one each time."""
    return (open_store(f"sqlite:///{tmp_path}/{number}.sqlite") for number in count())


def graph(snapshot: Snapshot) -> ValueGraph:
    return build(snapshot, View(), Reference())


def assert_same(one: ValueGraph, other: ValueGraph) -> None:
    """Equal in everything but the numbers of imports and revisions."""
    assert one.digest == other.digest
    assert one.view == other.view
    assert one.unresolved == other.unresolved
    assert one.positions == other.positions
    for name, table in one.tables.items():
        pd.testing.assert_frame_equal(table, other.tables[name], obj=name)
        assert one.behind[name].offsets.tolist() == other.behind[name].offsets.tolist()
        assert one.behind[name].positions.tolist() == other.behind[name].positions.tolist()
    numbers = ["id", "import"]
    pd.testing.assert_frame_equal(one.records.drop(columns=numbers), other.records.drop(columns=numbers))


on_stores = settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])


@on_stores
@given(batches=deliveries(), decided=decisions, data=st.data())
def test_the_order_of_imports_and_decisions_does_not_matter(
    stores: Iterator[Store], batches: list[Batch], decided: list[Decision], data: st.DataObject
):
    steps: list[Batch | Decision] = [*batches, *decided]
    loaded = []
    for order in (steps, data.draw(st.permutations(steps))):
        store = next(stores)
        for step in order:
            if isinstance(step, Batch):
                store.write(step)
            else:
                store.decide([step])
        loaded.append(store.load())

    assert loaded[0].digest() == loaded[1].digest()
    assert_same(graph(loaded[0]), graph(loaded[1]))


@on_stores
@given(batches=deliveries(), data=st.data())
def test_what_was_replaced_or_withdrawn_leaves_no_trace_and_comes_back_whole(
    stores: Iterator[Store], batches: list[Batch], data: st.DataObject
):
    """Any imports, withdrawals and restorations, against the newest delivery of each source that is not withdrawn."""
    store = next(stores)
    imported: list[Batch] = []
    withdrawn: set[int] = set()
    turns = st.tuples(st.sampled_from(("withdraw", "restore")), st.integers(1, 6))
    for step in data.draw(st.lists(st.one_of(st.sampled_from(batches), turns), min_size=2, max_size=10)):
        if isinstance(step, Batch):
            store.write(step)
            imported.append(step)
        elif step[1] <= len(imported):
            action, number = step
            getattr(store, action)(number)
            withdrawn = withdrawn | {number} if action == "withdraw" else withdrawn - {number}

    active = {one.source: one for number, one in enumerate(imported, 1) if number not in withdrawn}
    assert_same(graph(store.load()), graph(snapshot(*active.values())))


def renamed(batch: Batch, row: int, name: str) -> Batch:
    """The delivery with another name in one of its rows."""
    rows = [{**record.values} for record in batch.records]
    rows[row]["name"] = name
    return delivery({"organisations": rows}, batch.source)


class TestByExample:
    FIRST = delivery({"organisations": [{"id": "1", "name": "One"}, {"id": "2", "name": "Two"}]}, "a")

    @staticmethod
    def names(store: Store) -> Sequence[str]:
        return sorted(graph(store.load())["organisations"]["name"])

    def test_a_newer_delivery_replaces_the_one_before_and_withdrawing_it_brings_that_back(
        self, stores: Iterator[Store]
    ):
        store = next(stores)
        store.write(self.FIRST)
        before = store.load().digest()
        new = store.write(renamed(self.FIRST, 0, "Uno"))

        assert self.names(store) == ["Two", "Uno"]
        assert store.load().digest() != before
        store.withdraw(new.id)
        assert self.names(store) == ["One", "Two"]
        assert store.load().digest() == before
        store.restore(new.id)
        assert self.names(store) == ["Two", "Uno"]

    def test_a_link_waits_for_its_thing_and_is_lost_with_it(self, stores: Iterator[Store]):
        store = next(stores)
        store.write(delivery(CHAIN, "c0"))
        store.write(delivery({"offers": [{"organisation": "a:1", "capability": "c0:lens"}]}, "b"))
        assert graph(store.load()).unresolved["offers"] == 1

        new = store.write(self.FIRST)
        assert len(graph(store.load())["offers"]) == 1

        store.withdraw(new.id)
        assert graph(store.load()).unresolved["offers"] == 1

    def test_a_decision_is_taken_back_whole(self, stores: Iterator[Store]):
        store = next(stores)
        store.write(self.FIRST)
        before = store.load()

        store.decide([Decision("same", "a:1", "a:2")])
        assert self.names(store) == ["One"] or self.names(store) == ["Two"]

        store.decide([Decision("open", "a:2", "a:1")])
        assert_same(graph(store.load()), graph(before))
