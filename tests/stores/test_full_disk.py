"""A disk that is full: it is said, and the store stays as it was."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stores.samples import firms, names
from valuechain.model.errors import StoreUnavailableError
from valuechain.stores.sqlite import SqliteStore

KIBIBYTE = 1024
SAID = r"There is no room left for .*store\.sqlite\. Make room on the disk, and try again\."


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of two mebibytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    if os.geteuid() or subprocess.run(mount, capture_output=True).returncode:
        pytest.skip("only an administrator may mount a small disk")
    yield folder
    subprocess.run(["umount", str(folder)], check=True)


def leave_free(disk: Path, bytes_: int) -> None:
    """Fill the disk up to `bytes_`."""
    ballast = disk / "ballast"
    ballast.unlink(missing_ok=True)
    state = os.statvfs(disk)
    ballast.write_bytes(bytes(max(0, state.f_bavail * state.f_frsize - bytes_)))


def test_a_delivery_for_which_there_is_no_room_leaves_the_store_as_it_was_wherever_the_room_ends(disk: Path):
    """With little room the write-ahead log cannot be written, with more the file cannot take it over."""
    store = SqliteStore(disk / "store.sqlite")
    store.write(firms(3))
    digests = ["", store.load().digest()]
    ended = set()

    for free in range(64, 1_400, 96):
        leave_free(disk, free * KIBIBYTE)
        try:
            store.write(firms(1_000))
            ended.add("written to the log alone" if (disk / "store.sqlite-wal").exists() else "written")
            digests.append(store.load().digest())
        except StoreUnavailableError:
            ended.add("refused")
        leave_free(disk, 1_000 * KIBIBYTE)
        assert store.revision() == len(digests) - 1
        assert store.load().digest() == digests[-1]
        assert store.check() == ()

    assert ended == {"written", "written to the log alone", "refused"}


def test_a_first_delivery_for_which_there_is_no_room_leaves_an_empty_store(disk: Path):
    leave_free(disk, 100 * KIBIBYTE)

    with pytest.raises(StoreUnavailableError, match=SAID):
        SqliteStore(disk / "store.sqlite").write(firms(3_000))

    (disk / "ballast").unlink()
    store = SqliteStore(disk / "store.sqlite")
    assert (store.revision(), store.check()) == (0, ())
    assert store.write(firms(3)).revision == 1


@pytest.mark.parametrize("kibibytes", [0, 40, 100, 300, 500])
def test_a_file_that_may_not_grow_leaves_the_store_as_it_was(tmp_path: Path, kibibytes: int):
    """The same where the system, not the disk, sets the limit: to the log and to the file itself."""
    store = SqliteStore(tmp_path / "store.sqlite")
    store.write(firms(3))
    digest = store.load().digest()

    command = [sys.executable, "-m", "tests.stores.work", "write-little", store.url, str(kibibytes * KIBIBYTE)]
    told = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True, check=True).stdout

    assert told.startswith("StoreUnavailableError The store ")
    assert "Check the file, its rights and the space on the disk." in told
    assert store.load().digest() == digest
    assert store.check() == ()
    assert len(names(store.load())) == 3
    assert store.write(firms(3_000)).revision == 2
