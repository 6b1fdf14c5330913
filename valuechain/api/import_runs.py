"""Imports that take their time: started, watched, cancelled.

An import at work is known by a number while this server runs; what it wrote stands in the history for good.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from starlette.responses import StreamingResponse

from valuechain.api.requests import ServiceOf
from valuechain.api.runs import events_of
from valuechain.api.uploads import UploadOf
from valuechain.model.errors import StoreBusyError
from valuechain.model.language import term
from valuechain.runs import Runs, RunWords

router = APIRouter(prefix="/api/v1/imports/runs", tags=["imports"])

WORDS = RunWords(
    cancelled=term("The import was cancelled."),
    left=term("Nothing of what was being written is left behind."),
    unknown=term("There is no import at work with the number {number}."),
    forgotten=term("The history lists those that ended."),
    busy=term("{count:,} imports are at work."),
)


def _runs(request: Request) -> Runs:
    runs: Runs = request.app.state.import_runs
    return runs


RunsOf = Annotated[Runs, Depends(_runs)]


@router.post("", status_code=202)
def start(runs: RunsOf, service: ServiceOf, upload: UploadOf) -> dict[str, Any]:
    """Take files, begin to import them, and return the number under which the import can be watched."""
    files = ExitStack()
    paths = files.enter_context(upload.kept())

    def work(watch: Callable[[int, int], None]) -> Any:
        with files:
            reports = service.import_(paths, upload.reading, strict=upload.strict, by=upload.by, progress=watch)
        return [report.to_dict() for report in reports]

    try:
        number = runs.start(work, ", ".join(path.name for path in paths))
    except StoreBusyError:
        files.close()
        raise
    return {"id": number, "events": f"{router.prefix}/{number}/events"}


@router.get("/{id}")
def state(id: int, runs: RunsOf) -> dict[str, Any]:
    """Return how far an import is."""
    return runs.find(id).news.to_dict()


@router.get("/{id}/events")
def events(id: int, runs: RunsOf) -> StreamingResponse:
    """Return server-sent events: how far an import is whenever that changes, the last one with what came of it."""
    return events_of(runs.find(id))


@router.delete("/{id}", status_code=202)
def cancel(id: int, runs: RunsOf) -> dict[str, Any]:
    """Ask an import to stop. Nothing of it is left behind; one that is done already stays: withdraw it."""
    run = runs.find(id)
    run.cancel()
    return run.news.to_dict()
