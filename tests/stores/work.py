"""What a process of its own does with a store while a test watches: python -m tests.stores.work TASK URL NUMBER."""

import sys

from tests.stores.samples import firms, names, open_for_test
from valuechain.stores import neo4j
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


if __name__ == "__main__":
    task, url, number = sys.argv[1:]
    with open_for_test(url) as store:
        {"write": write, "read": read}[task](store, int(number))
