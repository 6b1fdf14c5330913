"""The route that compares two revisions, and what is with what is planned."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Query

from valuechain.api.requests import OptionsOf, ServiceOf

router = APIRouter(prefix="/api/v1", tags=["imports"])


@router.get("/diff")
def compare(
    options: OptionsOf,
    service: ServiceOf,
    before: str = Query("", description="Revision or date; empty means now, for the plan alone"),
    after: str = Query("", description="Revision or date; empty means now"),
    plan: bool = Query(False, description="Compare with what is planned, too"),
) -> dict[str, Any]:
    """Return what differs between two revisions: findings, organisations, links. Other options as of any analysis.

    Of a finding that is gone it tells since when it stood and which changes ended it; with `plan`, also which findings
    the planned records would end, leave, and bring.
    """
    asked = {name: value for name, value in options.items() if name not in ("before", "after", "plan")}
    return service.compare(before, after, asked, plan).to_dict()
