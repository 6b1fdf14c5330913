"""Routes to single things: organisations, and the records behind every number."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from fastapi import APIRouter, Query

from valuechain.api.requests import OptionsOf, ServiceOf
from valuechain.model.profile import profile
from valuechain.model.question import read_view
from valuechain.model.search import find_organisation, search
from valuechain.model.stored import find_record

router = APIRouter(prefix="/api/v1", tags=["things"])


@router.get("/organisations")
def find_organisations(
    options: OptionsOf, service: ServiceOf, q: str = "", limit: int = Query(20, ge=1, le=1000)
) -> dict[str, Any]:
    """Find organisations by parts of their names, towns or keys, made-up ones too; each says how it is known."""
    view, as_of = read_view(_without(options, "q", "limit"))
    graph = service.graph(replace(view, statuses=(*view.statuses, "synthetic")), as_of)
    found = [hit for hit in search(graph, q, len(graph["organisations"]) * 2) if hit.kind == "organisation"]
    status = dict(zip(graph["organisations"]["key"], graph["organisations"]["status"], strict=True))
    return {
        "organisations": [
            {"key": hit.key, "label": hit.label, "detail": hit.detail, "status": status[hit.key]}
            for hit in found[:limit]
        ],
        "cut": max(0, len(found) - limit),
    }


@router.get("/organisations/{key}")
def show_organisation(key: str, options: OptionsOf, service: ServiceOf) -> dict[str, Any]:
    """Return one organisation: its fields, and every link and remark that names it, with the records behind each."""
    view, as_of = read_view(options)
    graph = service.graph(service.subject_view(view, key, as_of), as_of)
    position = find_organisation(graph, key)
    assert position is not None, "the view was chosen so that it holds the organisation"
    return profile(graph, position)


@router.get("/records/{id}")
def show_record(id: str, options: OptionsOf, service: ServiceOf) -> dict[str, Any]:
    """Return one active record with the file and row that it was read from."""
    view, as_of = read_view(options)
    return find_record(service.snapshot(as_of), id, view.reader).to_dict()


def _without(options: dict[str, str], *names: str) -> dict[str, str]:
    return {name: value for name, value in options.items() if name not in names}
