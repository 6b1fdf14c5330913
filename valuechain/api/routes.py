"""Every route of the HTTP interface under one router; the application that includes it holds `state.service`."""

from __future__ import annotations

from fastapi import APIRouter

from valuechain.api import (
    analyses,
    differences,
    docs,
    health,
    import_runs,
    imports,
    matches,
    question_runs,
    things,
    words,
)

router = APIRouter()
for _part in (analyses, question_runs, things, imports, import_runs, differences, words, matches, health, docs):
    router.include_router(_part.router)
