"""What a request that brings files holds: the files, and what is told about them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, File, Form, UploadFile

from valuechain.model.errors import DataError
from valuechain.sources.reading import Reading

_LONGEST_NAME = 200


@dataclass(frozen=True)
class Upload:
    """Files with what is told about them, whether any fault refuses them all, and who brings them."""

    files: tuple[UploadFile, ...]
    reading: Reading
    strict: bool
    by: str

    @contextmanager
    def kept(self) -> Iterator[list[Path]]:
        """Give the files on disk, each under its own name, for as long as they are needed."""
        with TemporaryDirectory(prefix="valuechain-") as folder:
            yield [_kept(file, Path(folder)) for file in self.files]


def _upload(
    files: Annotated[list[UploadFile], File(description="Tables or zips of them; each is a delivery of its own")],
    source: Annotated[str, Form(description="Name of the delivery; makes one of all files")] = "",
    as_: Annotated[str, Form(alias="as", description="What the files hold, where it cannot be told")] = "",
    as_of: Annotated[str, Form(alias="as-of", description="The day for which rows hold that name none")] = "",
    mapping: Annotated[str, Form(description="Which columns fill which fields, as YAML")] = "",
    by: Annotated[str, Form(description="Who imports, for the history")] = "",
    strict: Annotated[bool, Form(description="Write nothing if any row is at fault")] = False,
) -> Upload:
    return Upload(tuple(files), Reading(as_, source, as_of, mapping), strict, by)


UploadOf = Annotated[Upload, Depends(_upload)]
"""The files of a request."""


def _kept(upload: UploadFile, folder: Path) -> Path:
    """Copy an upload into the folder under its own name, which must be a plain one: it becomes the source's."""
    name = (upload.filename or "").replace("\\", "/").rpartition("/")[2]
    if name.strip(". ") == "" or len(name.encode()) > _LONGEST_NAME or not name.isprintable():
        raise DataError(f"{name[:50]!r} is no name of a file.", "Rename the file.")
    path = folder / name
    if path.exists():
        raise DataError(f"Two files are called {name!r}.", "Rename one of them.")
    with path.open("wb") as copy:
        shutil.copyfileobj(upload.file, copy)
    return path
