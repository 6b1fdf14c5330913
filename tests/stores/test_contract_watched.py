"""An import that is watched, stopped or checked, on every store."""

import sys

import pytest

from tests.stores.conftest import StorePlace
from tests.stores.samples import batch, firms, full_record, organisation, small_world
from valuechain.model.errors import CancelledError
from valuechain.model.history import Decision
from valuechain.model.schema import KINDS
from valuechain.stores.base import Store


@pytest.fixture
def in_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A store that writes seven records at a time."""
    monkeypatch.setattr(sys.modules[type(store).__module__], "WRITTEN_AT_ONCE", 7)
    return store


def stop_after(most: int) -> object:
    def watch(done: int, total: int) -> None:
        if done > most:
            raise CancelledError("The import was cancelled.")

    return watch


class TestAnImportThatIsWatched:
    def test_tells_how_many_records_are_written_of_all(self, in_parts: Store):
        told = []

        in_parts.write(firms(10), progress=lambda done, total: told.append((done, total)))

        assert told == [(7, 20), (14, 20), (20, 20)]

    def test_is_told_of_every_20_000_records_at_least(self, store: Store):
        assert sys.modules[type(store).__module__].WRITTEN_AT_ONCE <= 20_000


class TestAnImportThatIsStopped:
    @pytest.mark.parametrize("most", [0, 7, 14, 19])
    def test_leaves_nothing_behind_and_the_next_may_write_at_once(self, in_parts: Store, most: int):
        in_parts.write(firms(3))
        digest = in_parts.load().digest()

        with pytest.raises(CancelledError, match="cancelled"):
            in_parts.write(firms(10, first=100), progress=stop_after(most))  # type: ignore[arg-type]

        assert in_parts.revision() == 1
        assert in_parts.load().digest() == digest
        assert in_parts.check() == ()
        assert in_parts.write(firms(1, source="b")).id == 2

    def test_may_be_the_first_of_all(self, in_parts: Store, place: StorePlace):
        with pytest.raises(CancelledError):
            in_parts.write(firms(10), progress=stop_after(0))  # type: ignore[arg-type]

        assert (place.open().revision(), place.open().check()) == (0, ())


class TestTheCheck:
    def test_finds_nothing_in_an_empty_store(self, store: Store):
        assert store.check() == ()

    def test_finds_nothing_where_all_is_well(self, store: Store):
        store.write(small_world())
        store.write(batch(*map(full_record, KINDS), source="b"))
        store.write(batch(organisation(1)))
        store.decide([Decision("same", "a:1", "b:1")])
        store.withdraw(3)

        assert store.check() == ()
