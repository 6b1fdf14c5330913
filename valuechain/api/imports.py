"""Routes that bring data in, list what came, and undo."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, File, Form, UploadFile

from valuechain.api.requests import ServiceOf
from valuechain.model.errors import DataError
from valuechain.report.imports import history_data
from valuechain.sources.reading import Reading

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])

_LONGEST_NAME = 200


@router.get("")
def list_imports(service: ServiceOf) -> dict[str, Any]:
    """List every import with its state now, and every event, oldest first."""
    return history_data(*service.store.history())


@router.post("")
def import_files(
    service: ServiceOf,
    files: Annotated[list[UploadFile], File(description="CSV, XLSX or zip; each is a delivery of its own")],
    source: Annotated[str, Form(description="Name of the delivery; makes one of all files")] = "",
    as_: Annotated[str, Form(alias="as", description="What the files hold, where it cannot be told")] = "",
    as_of: Annotated[str, Form(alias="as-of", description="The day for which rows hold that name none")] = "",
    by: Annotated[str, Form(description="Who imports, for the history")] = "",
    strict: Annotated[bool, Form(description="Write nothing if any row is at fault")] = False,
    dry_run: bool = False,
) -> list[dict[str, Any]]:
    """Take files in and return one report per delivery; with `dry_run=true` check and report, write nothing."""
    with TemporaryDirectory(prefix="valuechain-") as folder:
        paths = [_kept(file, Path(folder)) for file in files]
        reports = service.import_(paths, Reading(as_, source, as_of), dry_run, strict, by)
    return [report.to_dict() for report in reports]


@router.post("/{id}/withdraw")
def withdraw(id: int, service: ServiceOf) -> dict[str, int]:
    """Undo an import; the delivery of the same source before it counts again."""
    return {"revision": service.store.withdraw(id)}


@router.post("/{id}/restore")
def restore(id: int, service: ServiceOf) -> dict[str, int]:
    """Take a withdrawn import back in."""
    return {"revision": service.store.restore(id)}


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
