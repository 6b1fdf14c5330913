"""Routes that bring data in, list what came, and undo."""

from __future__ import annotations

import io
import zipfile
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter
from starlette.responses import Response

from valuechain.api.requests import ServiceOf
from valuechain.api.uploads import UploadOf
from valuechain.report.imports import history_data

router = APIRouter(prefix="/api/v1/imports", tags=["imports"])


@router.get("")
def list_imports(service: ServiceOf) -> dict[str, Any]:
    """List every import with its state now, and every event, oldest first."""
    return history_data(*service.store.history())


@router.post("")
def import_files(service: ServiceOf, upload: UploadOf, dry_run: bool = False) -> list[dict[str, Any]]:
    """Take files in and return one report per delivery; with `dry_run=true` check and report, write nothing."""
    with upload.kept() as paths:
        reports = service.import_(paths, upload.reading, dry_run, upload.strict, upload.by)
    return [report.to_dict() for report in reports]


@router.post("/mapping")
def propose_mapping(service: ServiceOf, upload: UploadOf) -> Response:
    """Return what each column of a list is taken for, as a mapping file (YAML) to be corrected. Nothing is written."""
    with upload.kept() as paths:
        text = service.proposed_mapping(paths, upload.reading)
    return _download("mapping.yaml", text.encode(), "application/yaml")


@router.post("/faults")
def mark_faults(service: ServiceOf, upload: UploadOf) -> Response:
    """Return the files that have faults, what is wrong and what to do beside each row; several as a zip."""
    with upload.kept() as paths:
        files = service.corrections(paths, upload.reading)
    if not files:
        return Response(status_code=204)
    if len(files) == 1:
        [(name, content)] = files.items()
        return _download(name, content, "application/octet-stream")
    archive = io.BytesIO()
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as bundle:
        for name, content in files.items():
            bundle.writestr(name, content)
    return _download("faults.zip", archive.getvalue(), "application/zip")


@router.post("/contacts")
def read_contacts(service: ServiceOf, upload: UploadOf) -> Response:
    """Return what the columns of lists tell of persons, as CSV. It is never stored."""
    with upload.kept() as paths:
        text = service.contacts(paths, upload.reading)
    return _download("contacts.csv", text.encode("utf-8-sig"), "text/csv; charset=utf-8")


def _download(name: str, content: bytes, media_type: str) -> Response:
    """A file to be kept; its name may hold any letters, so it is given as RFC 6266 wants it."""
    headers = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}
    return Response(content, media_type=media_type, headers=headers)


@router.post("/{id}/withdraw")
def withdraw(id: int, service: ServiceOf) -> dict[str, int]:
    """Undo an import; the delivery of the same source before it counts again."""
    return {"revision": service.store.withdraw(id)}


@router.post("/{id}/restore")
def restore(id: int, service: ServiceOf) -> dict[str, int]:
    """Take a withdrawn import back in."""
    return {"revision": service.store.restore(id)}
