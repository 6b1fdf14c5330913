"""What a person hands over: a file, a folder or a zip, seen as named files."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources.abc import Traversable
from pathlib import Path

from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.sources.tables.files import MOST_BYTES, WORKBOOKS, File, check_size
from valuechain.sources.tables.table import Table
from valuechain.sources.tables.tables import read_tables


@dataclass(frozen=True)
class Delivery:
    """Files that belong together, and the name that the delivery goes by unless told otherwise."""

    name: str
    files: tuple[File, ...]

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Every table in the files; DataError if one that should be a table cannot be read."""
        return tuple(table for file in self.files if file.is_table for table in read_tables(file))

    def find(self, name: str) -> File | None:
        """Return the file called `name`, in upper or lower case; None if there is none."""
        return next((file for file in self.files if Path(file.name).name.lower() == name), None)


def open_delivery(path: Path) -> Delivery:
    """Return the files that lie at `path`: a file, or a folder or zip with the files in it.

    A folder or zip that holds nothing but another folder is opened further. Subfolders beside files, hidden
    files and files that describe others (README, NOTICE, LICENSE) are left aside. Nothing of a zip is written to disk.

    Raises
    ------
    DataError
        If nothing is there, it is neither file nor folder, or a zip is damaged, holds too much, another zip, or names
        that lead out of it.
    """
    try:
        if path.is_dir():
            return Delivery(path.resolve().name, _files_in(path, str(path)))
        if path.is_file():
            if _is_zip(path):
                return Delivery(path.stem, _files_in(_open_zip(path), path.name))
            file = File(_shown(path.name), path)
            return Delivery(file.stem, (file,))
    except OSError as problem:
        what = say("{path} cannot be read: {strerror}.", path=path, strerror=problem.strerror)
        raise DataError(what, say("Check that it is open to you.")) from None
    if path.exists():
        raise DataError(
            say("{path} is neither a file nor a folder.", path=path), say("Name a file or a folder with files.")
        )
    raise DataError(say("{path} does not exist.", path=path), say("Check the path."))


def join_deliveries(paths: Sequence[Path], name: str) -> Delivery:
    """Return the files at several paths as one delivery called `name`."""
    opened = [open_delivery(path) for path in paths]
    names = [file.name for delivery in opened for file in delivery.files]
    files = (
        File(file.name if names.count(file.name) == 1 else f"{delivery.name}/{file.name}", file.path)
        for delivery in opened
        for file in delivery.files
    )
    return Delivery(name, tuple(files))


def _files_in(folder: Traversable, called: str) -> tuple[File, ...]:
    entries = [entry for entry in folder.iterdir() if not _is_aside(entry.name)]
    entries.sort(key=lambda entry: entry.name)
    files = [entry for entry in entries if entry.is_file()]
    folders = [entry for entry in entries if entry.is_dir()]
    inner = [entry.name for entry in files if entry.name.lower().endswith(".zip")]
    if inner and isinstance(folder, zipfile.Path):
        raise DataError(
            say("{called} holds another zip, {inner}.", called=called, inner=inner[0]),
            say("Unpack it, and bring what is in it."),
        )
    if not files and len(folders) == 1:
        return _files_in(folders[0], f"{called}/{folders[0].name}")
    if not files:
        raise DataError(
            say("{called} holds no files.", called=called), say("Put the tables into it, one file per kind.")
        )
    return tuple(File(_shown(entry.name), entry) for entry in files)


def _shown(name: str) -> str:
    """A file's name without signs that no eye sees but a terminal or a page obeys."""
    return "".join("\ufffd" if unicodedata.category(sign) in ("Cc", "Cf") else sign for sign in name)


def _is_aside(name: str) -> bool:
    described = name.upper().startswith(("README", "NOTICE", "LICENSE", "LICENCE"))
    return name.startswith((".", "~$", "__MACOSX")) or described


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() not in WORKBOOKS and zipfile.is_zipfile(path)


def _open_zip(path: Path) -> Traversable:
    try:
        archive = zipfile.ZipFile(io.BytesIO(File(path.name, path).content))
    except (zipfile.BadZipFile, ValueError) as problem:
        raise DataError(
            say("{name} is not a whole zip: {problem}.", name=path.name, problem=problem), say("Get it anew.")
        ) from None
    check_size(archive, path.name, MOST_BYTES)
    if "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist():
        what = say("{name} is an office document of another kind, or a workbook under another name.", name=path.name)
        raise DataError(what, say("Save the table as .xlsx or CSV."))
    astray = [name for name in archive.namelist() if _leads_out(name)]
    if astray:
        what = say("{name} holds a file whose name leads out of it, {astray!r}.", name=path.name, astray=astray[0])
        raise DataError(what, say("Do not open it elsewhere; ask whoever made it for a plain zip."))
    return zipfile.Path(archive)


def _leads_out(name: str) -> bool:
    """Whether a name in a zip is no plain path below it: absolute, with a drive, or with `..` or empty parts."""
    parts = re.split(r"[/\\]", name.rstrip("/"))
    return ".." in parts or "" in parts or re.match(r"[A-Za-z]:", name) is not None
