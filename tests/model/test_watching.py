"""Long works tell how far they are to whoever watches."""

import pytest

from valuechain.model.errors import CancelledError
from valuechain.model.watching import tell, watched


def test_nobody_needs_to_watch():
    tell(1, 2)


def test_the_watcher_of_a_context_is_told_and_the_one_before_comes_back():
    outer: list[tuple[int, int]] = []
    inner: list[tuple[int, int]] = []

    with watched(lambda done, total: outer.append((done, total))):
        with watched(lambda done, total: inner.append((done, total))):
            tell(1, 2)
        tell(2, 2)

    assert (outer, inner) == ([(2, 2)], [(1, 2)])


def test_a_watcher_stops_the_work():
    def stop(done: int, total: int) -> None:
        raise CancelledError("Stopped.")

    with pytest.raises(CancelledError), watched(stop):
        tell(1, 2)
