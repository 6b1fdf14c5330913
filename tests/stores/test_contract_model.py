"""Imports, withdrawals and restorations in any order, on every store, against a model in a few lines."""

from dataclasses import dataclass, field

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.stores.conftest import StorePlace
from tests.stores.samples import batch, names, organisation
from valuechain.model.errors import NotFoundError

SOURCES = ("a", "b")

steps = st.lists(
    st.one_of(
        st.tuples(st.just("import"), st.sampled_from(SOURCES)),
        st.tuples(st.sampled_from(("withdraw", "restore")), st.integers(1, 4)),
    ),
    min_size=1,
    max_size=8,
)


@dataclass
class Model:
    """Deliveries in the order of import, and which of them are withdrawn."""

    imports: list[str] = field(default_factory=list)
    withdrawn: set[int] = field(default_factory=set)
    past: list[list[str]] = field(default_factory=lambda: [[]])

    def do(self, action: str, target: str | int) -> bool:
        """Apply a step; False if it names an import that is not there."""
        if isinstance(target, str):
            self.imports.append(target)
        elif target > len(self.imports):
            return False
        elif (target in self.withdrawn) == (action == "withdraw"):
            return True
        else:
            self.withdrawn ^= {target}
        self.past.append(self.active())
        return True

    def active(self) -> list[str]:
        standing = [(n, source) for n, source in enumerate(self.imports, 1) if n not in self.withdrawn]
        newest = {source: number for number, source in standing}
        return [f"Firm {number}" for number in sorted(newest.values())]


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=steps)
def test_any_sequence_of_changes_leaves_what_the_model_says(place: StorePlace, steps: list[tuple[str, str | int]]):
    store, model = place.fresh(), Model()

    for action, target in steps:
        known = model.do(action, target)
        if isinstance(target, str):
            number = len(model.imports)
            assert store.write(batch(organisation(number), source=target)).id == number
        elif known:
            getattr(store, action)(target)
        else:
            with pytest.raises(NotFoundError):
                getattr(store, action)(target)

    assert store.revision() == len(model.past) - 1
    assert [names(store.load(revision)) for revision in range(len(model.past))] == model.past
