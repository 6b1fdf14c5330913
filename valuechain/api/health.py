"""Routes for whoever watches over the server."""

from __future__ import annotations

from fastapi import APIRouter

from valuechain.api.requests import ServiceOf

router = APIRouter(prefix="/health", tags=["health"])


@router.get("/live")
def live() -> dict[str, str]:
    """Say that the server answers."""
    return {"status": "live"}


@router.get("/ready")
def ready(service: ServiceOf) -> dict[str, str | int]:
    """Say that the store answers, and with which revision; 503 if it does not."""
    return {"status": "ready", "revision": service.store.revision()}
