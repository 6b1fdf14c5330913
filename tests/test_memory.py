"""What took long to make is made once."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

import pytest

from valuechain.memory import Memory


def test_a_thing_is_made_once():
    memory, made = Memory[int](2), list[int]()

    for _ in range(3):
        assert memory.get("a", lambda: made.append(1) or len(made)) == 1  # type: ignore[func-returns-value]
    assert made == [1]


def test_the_least_recently_used_thing_goes_first():
    memory, made = Memory[str](2), list[str]()

    def make(key: str) -> str:
        made.append(key)
        return key

    for key in ("a", "b", "a", "c", "a", "b"):
        memory.get(key, lambda key=key: make(key))  # type: ignore[misc]
    assert made == ["a", "b", "c", "b"]


def test_threads_that_ask_for_one_thing_share_its_making():
    memory, made, start = Memory[int](2), list[int](), Barrier(4)

    def ask() -> int:
        start.wait()
        return memory.get("a", lambda: made.append(1) or 42)  # type: ignore[func-returns-value]

    with ThreadPoolExecutor(4) as pool:
        assert [one.result() for one in [pool.submit(ask) for _ in range(4)]] == [42] * 4
    assert made == [1]


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
