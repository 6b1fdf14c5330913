"""One file that a person hands over, and the limits of what is read."""

from __future__ import annotations

import re
import zipfile
import zlib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from valuechain.model.errors import DataError
from valuechain.model.language import say

MOST_BYTES = 1_000_000_000
"""Largest file, and largest content of a zip, that is read. CORDIS in full stays well below."""
MOST_FILES = 1_000

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv", ".txt")
JSON = (".jsonl", ".ndjson", ".json")

CORRECTED = "-faults"
"""What the name of a correction file ends with."""

_BEGINS_AN_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[")


@dataclass(frozen=True)
class File:
    """One file of a delivery; `name` is what reports call it."""

    name: str
    path: Traversable

    @property
    def stem(self) -> str:
        """The name without folders and ending; a file corrected goes by the name of the file that it corrects."""
        return Path(self.name).stem.removesuffix(CORRECTED)

    @property
    def suffix(self) -> str:
        """The ending with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @property
    def is_table(self) -> bool:
        """Whether the ending says that this is a table; of .json, which may be anything, an array is one."""
        if self.suffix == ".json":
            return _BEGINS_AN_ARRAY.match(self.content) is not None
        return self.suffix in (*WORKBOOKS, *TEXTS, *JSON)

    @cached_property
    def content(self) -> bytes:
        """The content, read once: a file that changes meanwhile is not half of each; DataError if it cannot be read."""
        try:
            if isinstance(self.path, Path) and self.path.stat().st_size > MOST_BYTES:
                raise DataError(
                    say("{name} is larger than {most_bytes:,} bytes.", name=self.name, most_bytes=MOST_BYTES),
                    say("Split it into files."),
                )
            return self.path.read_bytes()
        except (OSError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
            what = say("{name} cannot be read: {problem}.", name=self.name, problem=problem)
            raise DataError(what, say("Check that it is whole and open to you.")) from None


def check_size(archive: zipfile.ZipFile, name: str, most_bytes: int) -> None:
    """Raise DataError if an archive would unfold into more than this program is ready to read."""
    members = archive.infolist()
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > most_bytes:
        what = say(
            "{name} unfolds into more than {most_files:,} files or {most_bytes:,} bytes.",
            name=name,
            most_files=MOST_FILES,
            most_bytes=most_bytes,
        )
        raise DataError(what, say("Unpack it and bring what you need as CSV."))
