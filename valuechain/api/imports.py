"""Routes that bring data in, list what came, and undo."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter

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


@router.post("/{id}/withdraw")
def withdraw(id: int, service: ServiceOf) -> dict[str, int]:
    """Undo an import; the delivery of the same source before it counts again."""
    return {"revision": service.store.withdraw(id)}


@router.post("/{id}/restore")
def restore(id: int, service: ServiceOf) -> dict[str, int]:
    """Take a withdrawn import back in."""
    return {"revision": service.store.restore(id)}
