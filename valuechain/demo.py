"""The demo: the data that the program carries, in a store of its own."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from hashlib import blake2b
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from valuechain.settings import Settings

FIRM = "example-cluster:laserhead"
"""The made-up firm whose check the demo shows."""


def demo_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return where the demo's store lies: in the user's data folder, under a name that changes with the demo data."""
    folder = Settings.from_environment(environment).data
    assert folder is not None, "the environment always names one"
    return folder / f"demo-{_fingerprint()}.sqlite"


def store_address(file: Path) -> str:
    """Return the address of the store in a file."""
    return f"sqlite:///{file}"


def make_demo(file: Path) -> None:
    """Write the demo data to a store that does not exist yet; it appears whole or not at all."""
    from valuechain.service import open_service
    from valuechain.sources.reference import demo_batches

    file.parent.mkdir(parents=True, exist_ok=True)
    unfinished = file.with_suffix(f".{os.getpid()}.unfinished")
    unfinished.unlink(missing_ok=True)
    service = open_service(Settings(store=store_address(unfinished)))
    service.take_in(demo_batches(), by="demo")
    service.store.close()
    unfinished.replace(file)


def _fingerprint() -> str:
    """Hash of the program's version and of every file that the demo is made of."""
    content = blake2b(version("valuechain").encode(), digest_size=6)
    for file in _all_files(files("valuechain").joinpath("reference")):
        content.update(file.name.encode() + file.read_bytes())
    return content.hexdigest()


def _all_files(folder: Traversable) -> Iterator[Traversable]:
    for entry in sorted(folder.iterdir(), key=lambda one: one.name):
        if entry.is_dir():
            yield from _all_files(entry)
        elif entry.name.endswith(".csv"):
            yield entry
