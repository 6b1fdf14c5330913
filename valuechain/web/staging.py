"""Files that were brought to be looked at wait on this machine until they are imported or crowded out by others."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from pathlib import Path
from secrets import token_urlsafe
from tempfile import TemporaryDirectory
from threading import Lock
from typing import BinaryIO

from valuechain.model.errors import NotFoundError
from valuechain.sources.received import kept

MOST = 8
"""So many deliveries wait at once; the oldest gives way."""


class Staging:
    """Deliveries that wait, each in a folder of its own under a name that nobody can guess."""

    def __init__(self) -> None:
        self._folders: OrderedDict[str, TemporaryDirectory[str]] = OrderedDict()
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
        with self._lock:
            self._folders[token] = folder
            crowded_out = [self._folders.popitem(last=False)[1] for _ in range(len(self._folders) - MOST)]
        for one in crowded_out:
            one.cleanup()
        return token

    def paths(self, token: str) -> list[Path]:
        """Return the files that wait under a name, in alphabetical order. Raises NotFoundError."""
        folder = self._folders.get(token)
        if folder is None:
            raise NotFoundError("These files wait no longer: they were imported or given up.", "Choose them again.")
        return sorted(Path(folder.name).iterdir())

    def drop(self, token: str) -> None:
        """Forget the files that wait under a name, if any do."""
        with self._lock:
            folder = self._folders.pop(token, None)
        if folder is not None:
            folder.cleanup()

    def close(self) -> None:
        """Forget everything that waits."""
        for token in list(self._folders):
            self.drop(token)
