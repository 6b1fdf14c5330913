"""Merging and unmerging in any order, on every store: what is taken back leaves nothing behind."""

from __future__ import annotations

import random
from dataclasses import replace

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stores.conftest import StorePlace
from tests.stores.samples import batch, organisation, record, supply
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Snapshot, settled
from valuechain.stores.base import Store

KEYS = ("a:1", "a:2", "a:3", "b:1", "b:2")

pairs = st.lists(st.sampled_from(KEYS), min_size=2, max_size=2, unique=True)
verdicts = st.sampled_from(("same", "different", "later"))
words = st.lists(st.builds(lambda verdict, pair: Decision(verdict, *pair), verdicts, pairs), min_size=1, max_size=5)


def world() -> list[Batch]:
    """Two deliveries that share one VAT number and dispute a participant code."""
    first = batch(
        organisation(1, vat="DE111111111", pic="900000001"),
        organisation(2, pic="900000002", country="DE"),
        organisation(3),
        supply(2),
        supply(3),
    )
    others = [
        replace(one, values={**one.values, "source": "b"})
        for one in (
            organisation(1, vat="DE111111111", name="Other 1"),
            organisation(2, pic="900000002", country="FR"),
            record("offers", organisation="b:2", capability="chain:lasers"),
        )
    ]
    return [first, batch(*others, source="b")]


def filled(place: StorePlace) -> Store:
    store = place.fresh()
    for one in world():
        store.write(one)
    return store


def graph_of(snapshot: Snapshot) -> ValueGraph:
    return build(snapshot, View(), Reference())


def assert_same_graph(one: Snapshot, other: Snapshot):
    mine, its = graph_of(one), graph_of(other)
    assert dict(mine.positions["organisations"]) == dict(its.positions["organisations"])
    for name in mine.tables:
        pd.testing.assert_frame_equal(mine[name], its[name])


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=words, chance=st.randoms(use_true_random=False))
def test_what_is_decided_and_taken_back_in_any_order_leaves_digest_and_graph_as_before(
    place: StorePlace, said: list[Decision], chance: random.Random
):
    store = filled(place)
    before = store.load()

    for decision in said:
        store.decide([decision], by="Ada")
    for decision in chance.sample(said, len(said)):
        ends = chance.sample([decision.subject, decision.object], 2)
        store.decide([Decision("open", *ends)], by="Grace")

    after = store.load()
    assert after.decisions == ()
    assert after.digest() == before.digest()
    assert_same_graph(after, before)


@settings(max_examples=5, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=words, chance=st.randoms(use_true_random=False))
def test_the_order_of_decisions_on_different_pairs_does_not_matter_whether_before_or_after_an_import(
    place: StorePlace, said: list[Decision], chance: random.Random
):
    last = settled(said)
    straight = filled(place)
    straight.decide(last)
    one = straight.load()

    mixed = place.fresh()
    steps: list[Batch | Decision] = [*world(), *last]
    for step in chance.sample(steps, len(steps)):
        if isinstance(step, Decision):
            mixed.decide([step])
        else:
            mixed.write(step)
    other = mixed.load()

    assert other.digest() == one.digest()
    assert_same_graph(
        replace(other, tables=_by_hash(other)),
        replace(one, tables=_by_hash(one)),
    )


def test_later_is_remembered_and_changes_nothing_in_the_graph(store: Store):
    for one in world():
        store.write(one)
    before = store.load()

    store.decide([Decision("later", "b:2", "a:3")], by="Ada")

    after = store.load()
    assert [(one.verdict, one.subject, one.object, one.who) for one in after.decisions] == [
        ("later", "a:3", "b:2", "Ada")
    ]
    assert_same_graph(after, before)


def test_a_decision_outlives_the_next_delivery_of_its_source(store: Store):
    first, second = world()
    store.write(first)
    store.write(second)
    store.decide([Decision("same", "a:3", "b:2")])

    store.write(replace(second))

    assert graph_of(store.load()).find("organisations", "b:2") == graph_of(store.load()).find("organisations", "a:3")


def _by_hash(snapshot: Snapshot):
    """The tables without what tells which import a record came with, so that the order of imports does not show."""
    return {name: table.sort_by("hash") for name, table in snapshot.tables.items()}
