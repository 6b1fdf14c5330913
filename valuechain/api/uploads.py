"""What a request that brings files holds: the files, and what is told about them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

from fastapi import Depends, File, Form, UploadFile

from valuechain.sources.reading import Reading
from valuechain.sources.received import kept


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
            yield [kept(file.filename or "", file.file, Path(folder)) for file in self.files]


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
