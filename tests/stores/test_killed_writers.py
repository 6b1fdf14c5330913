"""Writers killed without warning, fifty times and more, at any moment of their work."""

import random
import subprocess
import sys
import time
from pathlib import Path
from typing import Literal

import pytest

from tests.stores.conftest import StorePlace
from tests.stores.samples import LEASE, batch, firms, names, organisation
from valuechain.stores.base import Store

KILLED_MIDWAY = 50
COUNTS = {"sqlite": 1_000, "neo4j": 150}
"""Firms in a delivery: enough to be hit while it is written."""


class Writer:
    """A process that has everything loaded, and lets another write at once when it is told to."""

    def __init__(self, url: str, count: int) -> None:
        command = [sys.executable, "-m", "tests.stores.work", "write-again", url, str(count)]
        root = Path(__file__).parents[2]
        self._process = subprocess.Popen(
            command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def start(self) -> None:
        """Begin to write."""
        self._say("write")
        assert self._line() == "writing\n"

    def end(self, how: Literal["wait", "kill"]) -> None:
        self._say(how)
        assert self._line() == "ended\n"

    def close(self) -> None:
        self._process.communicate()

    def _say(self, word: str) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(f"{word}\n")

    def _line(self) -> str:
        assert self._process.stdout is not None
        return self._process.stdout.readline()


@pytest.mark.parametrize("place", ["sqlite", "neo4j-5"], indirect=True)
def test_a_writer_may_be_killed_at_any_moment(place: StorePlace, monkeypatch: pytest.MonkeyPatch):
    lease = 0.0 if place.url.startswith("sqlite") else 0.4
    monkeypatch.setenv("LEASE_FOR_TEST", str(lease or LEASE))
    store = place.fresh()
    count = COUNTS[place.url.partition(":")[0]]
    store.write(firms(3))
    writer = Writer(place.url, count)
    for _ in range(2):  # the first warms up
        writer.start()
        began = time.monotonic()
        writer.end("wait")
        duration = time.monotonic() - began
    digests = {store.load(1).digest(), store.load(2).digest()}
    chance = random.Random(1)
    killed_midway = 0

    while killed_midway < KILLED_MIDWAY:
        before = store.revision()
        writer.start()
        time.sleep(chance.uniform(0, duration))
        writer.end("kill")
        killed_midway += store.revision() == before
        time.sleep(lease)
        assert_is_whole(store, before, digests)

    writer.close()
    new = store.write(batch(organisation(7)))
    assert names(store.load()) == ["Firm 7"]
    assert [one.id for one in store.history()[0]] == list(range(1, new.id + 1))
    assert store.check() == ()


def assert_is_whole(store: Store, before: int, digests: set[str]) -> None:
    snapshot = store.load()
    assert snapshot.revision in (before, before + 1)
    assert snapshot.digest() in digests
    assert len(store.history()[0]) == snapshot.revision
    assert store.check() == ()
