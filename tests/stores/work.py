"""What a process of its own does with a store while a test watches: python -m tests.stores.work TASK URL NUMBER."""

import os
import resource
import signal
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.stores.samples import firms, names, open_for_test
from valuechain.model.errors import StoreBusyError
from valuechain.stores import neo4j, sqlite
from valuechain.stores.base import Store


def write(store: Store, count: int) -> None:
    """Write one delivery of `count` firms, in parts where it is; say when it starts and when it is in."""
    neo4j.WRITTEN_AT_ONCE = 200
    delivery = firms(count)
    print("writing", flush=True)
    print(store.write(delivery).revision, flush=True)


def read(store: Store, revision: int) -> None:
    """Load again and again until `revision` is there; each time say the revision and what was found."""
    print("reading", flush=True)
    found = -1
    while found < revision:
        snapshot = store.load()
        found = snapshot.revision
        supplies = snapshot.tables["supplies"].num_rows
        print(found, len(names(snapshot)), supplies, snapshot.digest(), flush=True)


def write_again_and_again(url: str, count: int) -> None:
    """For each line that comes in let a process of its own write; with the next line, wait for its end or kill it."""
    sqlite.WRITTEN_AT_ONCE = neo4j.WRITTEN_AT_ONCE = 50
    delivery = firms(count)
    for _ in sys.stdin:
        child = os.fork()
        if not child:
            store = open_for_test(url)
            print("writing", flush=True)
            store.write(delivery)
            os._exit(0)
        if sys.stdin.readline() == "kill\n":
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        print("ended", flush=True)


def write_little(store: Store, bytes_: int) -> None:
    """Write a delivery where no file may grow beyond a size; say what the store says about it."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (bytes_, bytes_))
    try:
        print(store.write(firms(3_000)).revision, flush=True)
    except Exception as error:
        print(type(error).__name__, error, flush=True)


def import_(store: Store, count: int) -> None:
    """Import a file of `count` organisations through the service; say when, and what it reports."""
    from valuechain.service import Service
    from valuechain.sources.reading import Reading
    from valuechain.sources.reference import load_reference

    with TemporaryDirectory() as folder:
        file = Path(folder) / "organisations.csv"
        file.write_text("id,name\n" + "".join(f"{n},Firm {n}\n" for n in range(count)), encoding="utf-8")
        service = Service(store, load_reference())
        print("importing", flush=True)
        sys.stdin.readline()
        try:
            [report] = service.import_([file], Reading(source=f"of {count}"))
            print(report.new, flush=True)
        except StoreBusyError as error:
            print(error, flush=True)


if __name__ == "__main__":
    task, url, number = sys.argv[1:]
    if task == "write-again":
        write_again_and_again(url, int(number))
    else:
        with open_for_test(url) as store:
            {"write": write, "read": read, "write-little": write_little, "import": import_}[task](store, int(number))
