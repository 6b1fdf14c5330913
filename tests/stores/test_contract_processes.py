"""What every store must do when several processes use it, and when one of them is killed."""

import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from tests.stores.conftest import StorePlace
from tests.stores.samples import batch, firms, names, organisation
from valuechain.model.errors import StoreBusyError
from valuechain.stores.base import Store
from valuechain.stores.rows import now

COUNT = 2_000


def start(task: str, url: str, number: int) -> "subprocess.Popen[str]":
    """Start a process that works on a store, and wait until it has opened it."""
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "tests.stores.work", task, url, str(number)]
    process = subprocess.Popen(command, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    assert process.stdout.readline() == {"write": "writing\n", "read": "reading\n", "import": "importing\n"}[task]
    return process


def test_a_killed_writer_leaves_the_last_whole_revision_and_room_for_the_next(place: StorePlace):
    store = place.fresh()
    store.write(firms(3))
    with start("write", place.url, COUNT) as writer:
        began = time.monotonic()
        writer.wait()
    duration = time.monotonic() - began
    small, large = store.load(1).digest(), store.load(2).digest()
    killed_midway = 0

    for share in (0.0, 0.2, 0.4, 0.6, 0.8):
        before = store.revision()
        kept = store.load().digest()
        writer = start("write", place.url, COUNT)
        time.sleep(share * duration)
        writer.kill()
        writer.communicate()

        snapshot = store.load()
        killed_midway += snapshot.revision == before
        assert snapshot.revision in (before, before + 1)
        assert snapshot.digest() == (kept if snapshot.revision == before else large)
        assert snapshot.digest() in (small, large)

    assert killed_midway
    new = store.write(batch(organisation(7)))
    assert names(store.load()) == ["Firm 7"]
    assert new.revision == store.revision() == len(store.history()[1])
    assert [one.id for one in store.history()[0]] == list(range(1, new.id + 1))


def test_two_readers_see_whole_revisions_while_one_writes(place: StorePlace):
    store = place.fresh()
    store.write(firms(3))
    readers = [start("read", place.url, 3) for _ in range(2)]

    store.write(firms(200))
    store.write(firms(400))

    whole = {
        f"{revision} {count} {count} {store.load(revision).digest()}"
        for revision, count in ((1, 3), (2, 200), (3, 400))
    }
    for reader in readers:
        told, _ = reader.communicate(timeout=120)
        lines = told.splitlines()
        assert reader.returncode == 0
        assert len(lines) >= 2
        assert set(lines) <= whole
        assert lines[-1].startswith("3 ")


def test_a_second_writer_waits_for_the_first(place: StorePlace):
    store = place.fresh()
    writer = start("write", place.url, 500)

    store.write(firms(1, source="b"))

    assert writer.wait(60) == 0
    writer.communicate()
    assert store.revision() == 2
    assert len(names(store.load())) == 501


def test_a_writer_that_cannot_wait_is_told_to_try_again(place: StorePlace, monkeypatch: pytest.MonkeyPatch):
    store = place.fresh()
    hasty = place.open(patience=0.0)
    store.write(firms(1))
    writing, go_on = threading.Event(), threading.Event()

    def now_when_told() -> str:
        writing.set()
        assert go_on.wait(60)
        return now()

    monkeypatch.setattr(sys.modules[type(store).__module__], "now", now_when_told)
    writer = threading.Thread(target=store.write, args=(firms(2),))
    writer.start()
    assert writing.wait(60)
    with pytest.raises(StoreBusyError, match="try again"):
        hasty.withdraw(1)
    go_on.set()
    writer.join()

    assert hasty.withdraw(2) == 3


def test_imports_at_once_through_the_service_are_all_there_or_refused_with_a_reason(place: StorePlace):
    counts = (300, 400, 500)
    importers = [start("import", place.url, count) for count in counts]

    for importer in importers:
        assert importer.stdin is not None
        importer.stdin.write("go\n")
        importer.stdin.flush()
    told = [importer.communicate(timeout=120)[0].strip() for importer in importers]

    store = place.open()
    assert {importer.returncode for importer in importers} == {0}
    taken = [count for count, said in zip(counts, told, strict=True) if said == str(count)]
    refused = [said for said in told if "Another program is writing" in said and said.endswith("and try again.")]
    assert len(taken) + len(refused) == len(counts)
    assert taken
    assert sorted(one.records for one in store.history()[0]) == taken
    assert len(names(store.load())) == sum(taken)
    assert store.check() == ()


def test_threads_may_share_a_store(store: Store):
    store.write(firms(200))
    found: list[int] = []
    failed: list[Exception] = []

    def use(number: int) -> None:
        try:
            store.write(firms(20, source=f"source {number}"))
            found.append(len(names(store.load())))
        except Exception as error:
            failed.append(error)

    threads = [threading.Thread(target=use, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert failed == []
    assert store.revision() == 7
    assert len(names(store.load())) == 200 + 6 * 20
    assert all(count >= 220 for count in found)
