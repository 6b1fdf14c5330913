"""Files that were brought to be looked at wait on this machine until they are imported or crowded out by others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from threading import Lock
from typing import BinaryIO

from valuechain.model.errors import NotFoundError
from valuechain.model.language import say
from valuechain.sources.reading import Reading
from valuechain.sources.received import kept

MOST = 8
"""So many deliveries wait at once; the oldest gives way."""


@dataclass(frozen=True)
class Told:
    """What a person says about files beside their content; `mapping` is what columns are taken for (YAML)."""

    source: str = ""
    as_: str = ""
    as_of: str = ""
    by: str = ""
    mapping: str = ""

    @property
    def reading(self) -> Reading:
        """How the files are to be read."""
        return Reading(self.as_, self.source, self.as_of, self.mapping)


@dataclass
class Delivery:
    """Files that wait in a folder of their own, and what was told about them last."""

    folder: TemporaryDirectory[str]
    told: Told

    @property
    def paths(self) -> list[Path]:
        """The files in alphabetical order."""
        return sorted(Path(self.folder.name).iterdir())


class Staging:
    """Deliveries that wait, each under a name that nobody can guess."""

    def __init__(self) -> None:
        self._waiting: OrderedDict[str, Delivery] = OrderedDict()
        self._lock = Lock()

    def keep(self, files: Iterable[tuple[str, BinaryIO]]) -> str:
        """Keep files, given by name and content, and return the name under which they wait. Raises DataError."""
        folder = TemporaryDirectory(prefix="valuechain-")
        try:
            for name, content in files:
                kept(name, content, Path(folder.name))
        except BaseException:
            folder.cleanup()
            raise
        token = token_urlsafe(16)
        self.put_back(token, Delivery(folder, Told()))
        return token

    def find(self, token: str) -> Delivery:
        """Return the delivery that waits under a name. Raises NotFoundError."""
        found = self._waiting.get(token)
        if found is None:
            what = say("These files wait no longer: they were imported, are being imported, or were given up.")
            raise NotFoundError(what, say("The page Data lists what was imported; else choose them again."))
        return found

    def take(self, token: str) -> Delivery:
        """Return the delivery that waits under a name, which waits no longer: who takes it cleans up its folder.

        Raises NotFoundError.
        """
        with self._lock:
            found = self.find(token)
            del self._waiting[token]
            return found

    def put_back(self, token: str, delivery: Delivery) -> None:
        """Let a delivery wait under a name; the oldest gives way if too many do."""
        with self._lock:
            self._waiting[token] = delivery
            crowded_out = [self._waiting.popitem(last=False)[1] for _ in range(len(self._waiting) - MOST)]
        for one in crowded_out:
            one.folder.cleanup()

    def close(self) -> None:
        """Forget everything that waits."""
        for token in list(self._waiting):
            self.take(token).folder.cleanup()
