"""Chunks run side by side and come back in order."""

import threading

import pytest

from valuechain.kernels.chunks import in_chunks


def test_parts_come_back_in_order_and_cover_everything():
    assert in_chunks(lambda start, stop: list(range(start, stop)), 10, 4) == [[0, 1, 2, 3], [4, 5, 6, 7], [8, 9]]


def test_nothing_to_do_gives_nothing():
    assert in_chunks(lambda start, stop: start, 0, 4) == []


def test_whoever_watches_is_told_in_the_calling_thread():
    told = []

    in_chunks(lambda start, stop: None, 5, 2, lambda done, total: told.append((done, total, threading.get_ident())))

    assert told == [(2, 5, threading.get_ident()), (4, 5, threading.get_ident()), (5, 5, threading.get_ident())]


def test_what_the_watcher_raises_stops_the_work():
    begun: list[int] = []

    def work(start: int, _: int) -> None:
        begun.append(start)
        if start:
            threading.Event().wait(0.2)  # long enough to be stopped meanwhile

    def stop(done: int, total: int) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        in_chunks(work, 1000, 1, stop)

    assert len(begun) < 1000


def test_what_the_work_raises_comes_through():
    with pytest.raises(ZeroDivisionError):
        in_chunks(lambda start, stop: 1 // start, 3, 1)
