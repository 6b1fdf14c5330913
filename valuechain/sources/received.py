"""Files that a person hands in over a network, under the names they bear there."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import BinaryIO

from valuechain.model.errors import DataError
from valuechain.model.language import say

_LONGEST_NAME = 200


def kept(name: str, content: BinaryIO, folder: Path) -> Path:
    """Copy a file into a folder under its own name, which must be a plain one: it becomes the source's.

    Raises DataError for a name that is no name of a file, or that is there already.
    """
    name = name.replace("\\", "/").rpartition("/")[2]
    if name.strip(". ") == "" or len(name.encode()) > _LONGEST_NAME or not name.isprintable():
        raise DataError(say("{name} is no name of a file.", name=repr(name[:50])), say("Rename the file."))
    path = folder / name
    if path.exists():
        raise DataError(say("Two files are called {name}.", name=repr(name)), say("Rename one of them."))
    with path.open("wb") as copy:
        shutil.copyfileobj(content, copy)
    return path
