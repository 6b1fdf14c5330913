"""Imports, withdrawals, restorations and decisions in any order, on every store, against a model in a few lines."""

from dataclasses import dataclass, field
from hashlib import sha256

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stores.conftest import StorePlace
from tests.stores.samples import batch, names, organisation
from valuechain.model.batch import Batch
from valuechain.model.errors import NotFoundError
from valuechain.model.history import Decision, Verdict
from valuechain.stores.base import Store

CONTENTS = ((1,), (2,), (1, 2), (2, 3), ())
"""Firms that deliveries tell of; the same content comes again, also from another source."""

Step = tuple[str, object, object]

steps = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.sampled_from(("a", "b")), st.sampled_from(CONTENTS)),
        st.tuples(st.sampled_from(("withdraw", "restore")), st.integers(1, 4), st.none()),
        st.tuples(st.just("decide"), st.sampled_from(("same", "different", "open")), st.sampled_from(("a:1", "b:2"))),
    ),
    min_size=1,
    max_size=8,
)


def delivery(source: str, content: tuple[int, ...]) -> Batch:
    return batch(*map(organisation, content), source=source)


@dataclass
class Model:
    """Deliveries in the order of import, which of them are withdrawn, and the last word on each pair."""

    imports: list[Batch] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)
    decided: dict[str, Decision] = field(default_factory=dict)
    past: list[tuple[list[str], str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.remember()

    def remember(self) -> None:
        """Keep names and digest of what is active now: the state of one more revision."""
        records = [record for one in self.active() for record in one.records]
        hashes = {record.hash for record in records} | {one.hash for one in self.decided.values()}
        digest = sha256("\n".join(sorted(hashes)).encode()).hexdigest()
        self.past.append(([str(record.values["name"]) for record in records], digest))

    def active(self) -> list[Batch]:
        standing = [(n, one) for n, one in enumerate(self.imports, 1) if n not in self.withdrawn]
        newest = {one.source: n for n, one in standing}
        return [self.imports[n - 1] for n in sorted(newest.values())]

    def take_in(self, one: Batch) -> int:
        self.imports.append(one)
        self.remember()
        return len(self.imports)

    def turn(self, action: str, number: int) -> None:
        if (number in self.withdrawn) != (action == "withdraw"):
            self.withdrawn ^= {number}
            self.remember()

    def decide(self, decision: Decision) -> None:
        self.decided.pop(decision.subject, None)
        if decision.verdict != "open":
            self.decided[decision.subject] = decision
        self.remember()


def do(step: Step, store: Store, model: Model) -> None:
    match step:
        case ("import", str(source), tuple(content)):
            one = delivery(source, content)
            assert store.write(one).id == model.take_in(one)
        case ("decide", verdict, str(subject)):
            said: Verdict = verdict  # type: ignore[assignment]
            decision = Decision(said, subject, "c:1")
            model.decide(decision)
            assert store.decide([decision]) == len(model.past) - 1
        case (str(action), int(number), _) if number <= len(model.imports):
            model.turn(action, number)
            assert getattr(store, action)(number) == len(model.past) - 1
        case (str(action), number, _):
            with pytest.raises(NotFoundError):
                getattr(store, action)(number)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_sequence_of_changes_leaves_what_the_model_says(place: StorePlace, steps: list[Step]):
    store, model = place.fresh(), Model()

    for step in steps:
        do(step, store, model)

    assert store.revision() == len(model.past) - 1
    past = [store.load(revision) for revision in range(len(model.past))]
    assert [(names(one), one.digest()) for one in past] == model.past


@settings(max_examples=3, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(first=st.sampled_from(CONTENTS), second=st.sampled_from(CONTENTS))
def test_withdrawing_the_second_delivery_gives_the_digest_of_the_first_and_restoring_that_of_the_second(
    place: StorePlace, first: tuple[int, ...], second: tuple[int, ...]
):
    store, alone = place.fresh(), Model()
    alone.take_in(delivery("a", first))
    alone.take_in(delivery("a", second))
    [_, (_, of_first), (_, of_second)] = alone.past

    for content in (first, second):
        store.write(delivery("a", content))
    found = [store.load().digest()]
    for turn in (store.withdraw, store.restore):
        turn(2)
        found.append(store.load().digest())

    assert found == [of_second, of_first, of_second]
    assert store.check() == ()
