"""The route that compares two revisions."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query

from valuechain.api.requests import OptionsOf, ServiceOf

router = APIRouter(prefix="/api/v1", tags=["imports"])


@router.get("/diff")
def compare(
    options: OptionsOf,
    service: ServiceOf,
    before: str = Query(description="Revision or date"),
    after: str = Query("", description="Revision or date; empty means now"),
) -> dict[str, Any]:
    """Return what differs between two revisions: findings, organisations, links. Other options as of any analysis."""
    asked = {name: value for name, value in options.items() if name not in ("before", "after")}
    return service.compare(before, after, asked).to_dict()
