"""What a person hands over: a file, a folder or a zip, seen as named files."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources.abc import Traversable
from pathlib import Path

from valuechain.model.errors import DataError

MOST_BYTES = 1_000_000_000
"""Largest file, and largest content of a zip, that is read. CORDIS in full stays well below."""
MOST_FILES = 1_000

WORKBOOKS = (".xlsx", ".xlsm")
TEXTS = (".csv", ".tsv", ".txt")


@dataclass(frozen=True)
class File:
    """One file of a delivery; `name` is what reports call it."""

    name: str
    path: Traversable

    @property
    def stem(self) -> str:
        """The name without folders and ending."""
        return Path(self.name).stem

    @property
    def suffix(self) -> str:
        """The ending with its dot, in lower case."""
        return Path(self.name).suffix.lower()

    @property
    def is_table(self) -> bool:
        """Whether the ending says that this is a table."""
        return self.suffix in (*WORKBOOKS, *TEXTS)

    def read(self) -> bytes:
        """Return the content; DataError if it cannot be read, or is too much."""
        try:
            if isinstance(self.path, Path) and self.path.stat().st_size > MOST_BYTES:
                raise DataError(f"{self.name} is larger than {MOST_BYTES:,} bytes.", "Split it into files.")
            return self.path.read_bytes()
        except (OSError, RuntimeError, EOFError, zipfile.BadZipFile, zlib.error) as problem:
            what = f"{self.name} cannot be read: {problem}."
            raise DataError(what, "Check that it is whole and open to you.") from None


@dataclass(frozen=True)
class Delivery:
    """Files that belong together, and the name that the delivery goes by unless told otherwise."""

    name: str
    files: tuple[File, ...]

    def find(self, name: str) -> File | None:
        """Return the file called `name`, in upper or lower case; None if there is none."""
        return next((file for file in self.files if Path(file.name).name.lower() == name), None)


def open_delivery(path: Path) -> Delivery:
    """Return the files that lie at `path`: a file, or a folder or zip with the files in it.

    A folder or zip that holds nothing but another folder is opened further. Subfolders beside files, hidden
    files and files that describe others (README, NOTICE, LICENSE) are left aside.

    Raises
    ------
    DataError
        If nothing is there, it is neither file nor folder, or a zip is damaged or holds too much.
    """
    try:
        if path.is_dir():
            return Delivery(path.resolve().name, _files_in(path, str(path)))
        if path.is_file():
            if _is_zip(path):
                return Delivery(path.stem, _files_in(_open_zip(path), path.name))
            return Delivery(path.stem, (File(path.name, path),))
    except OSError as problem:
        what = f"{path} cannot be read: {problem.strerror}."
        raise DataError(what, "Check that it is open to you.") from None
    if path.exists():
        raise DataError(f"{path} is neither a file nor a folder.", "Name a file or a folder with files.")
    raise DataError(f"{path} does not exist.", "Check the path.")


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
    if not files and len(folders) == 1:
        return _files_in(folders[0], f"{called}/{folders[0].name}")
    if not files:
        raise DataError(f"{called} holds no files.", "Put the tables into it, one file per kind.")
    return tuple(File(entry.name, entry) for entry in files)


def _is_aside(name: str) -> bool:
    described = name.upper().startswith(("README", "NOTICE", "LICENSE", "LICENCE"))
    return name.startswith((".", "~$", "__MACOSX")) or described


def _is_zip(path: Path) -> bool:
    return path.suffix.lower() not in WORKBOOKS and zipfile.is_zipfile(path)


def _open_zip(path: Path) -> Traversable:
    try:
        archive = zipfile.ZipFile(io.BytesIO(File(path.name, path).read()))
    except (zipfile.BadZipFile, ValueError) as problem:
        raise DataError(f"{path.name} is not a whole zip: {problem}.", "Get it anew.") from None
    check_size(archive, path.name, MOST_BYTES)
    if "[Content_Types].xml" in archive.namelist() or "mimetype" in archive.namelist():
        what = f"{path.name} is an office document of another kind, or a workbook under another name."
        raise DataError(what, "Save the table as .xlsx or CSV.")
    return zipfile.Path(archive)


def check_size(archive: zipfile.ZipFile, name: str, most_bytes: int) -> None:
    """Raise DataError if an archive would unfold into more than this program is ready to read."""
    members = archive.infolist()
    if len(members) > MOST_FILES or sum(member.file_size for member in members) > most_bytes:
        what = f"{name} unfolds into more than {MOST_FILES:,} files or {most_bytes:,} bytes."
        raise DataError(what, "Unpack it and bring what you need as CSV.")
