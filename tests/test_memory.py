"""What took long to make is made once."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier, Event

import pytest

from valuechain.memory import Memory


class Maker:
    """Makes things, and keeps count."""

    def __init__(self) -> None:
        self.made: list[str] = []

    def __call__(self, key: str) -> str:
        self.made.append(key)
        return key.upper()


def test_a_thing_is_made_once():
    memory, make = Memory[str](2), Maker()

    assert [memory.get("a", lambda: make("a")) for _ in range(3)] == ["A"] * 3
    assert make.made == ["a"]


def test_the_least_recently_used_thing_goes_first():
    memory, make = Memory[str](2), Maker()

    for key in ("a", "b", "a", "c", "a", "b"):
        memory.get(key, partial(make, key))
    assert make.made == ["a", "b", "c", "b"]


def test_threads_that_ask_for_one_thing_share_its_making():
    memory, make, start = Memory[str](2), Maker(), Barrier(4)

    def ask() -> str:
        start.wait()
        return memory.get("a", lambda: make("a"))

    with ThreadPoolExecutor(4) as pool:
        assert [one.result() for one in [pool.submit(ask) for _ in range(4)]] == ["A"] * 4
    assert make.made == ["a"]


def test_who_asks_for_another_thing_does_not_wait():
    memory, go_on = Memory[int](2), Event()

    with ThreadPoolExecutor(1) as pool:
        slow = pool.submit(memory.get, "slow", lambda: int(go_on.wait(10)))
        assert memory.get("fast", lambda: 1) == 1
        assert not slow.done()
        go_on.set()
        assert slow.result() == 1


def test_what_could_not_be_made_is_tried_again():
    memory = Memory[int](2)

    with pytest.raises(ZeroDivisionError):
        memory.get("a", lambda: 1 // 0)
    assert memory.get("a", lambda: 1) == 1
