"""Imports that take their time: started, watched, cancelled.

An import at work is known by a number while this server runs; what it wrote stands in the history for good.
"""

from __future__ import annotations

import itertools
import json
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request
from starlette.responses import StreamingResponse

from valuechain.api.requests import ServiceOf
from valuechain.api.uploads import UploadOf
from valuechain.model.errors import CancelledError, NotFoundError, RefusedError, StoreBusyError, ValuechainError

router = APIRouter(prefix="/api/v1/imports/runs", tags=["imports"])

SECONDS_BETWEEN_NEWS = 0.5
MOST_AT_WORK = 8
MOST_REMEMBERED = 50

State = Literal["running", "done", "failed", "cancelled"]


@dataclass(frozen=True)
class News:
    """How far an import is: records written of all, 0 of 0 while files are read; at the end what came of it."""

    state: State
    done: int
    total: int
    seconds: float
    outcome: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Return the news as JSON gives them, with the rate (records a second) and the seconds left, if known."""
        rate = self.done / self.seconds if self.done else None
        left = (self.total - self.done) / rate if rate else None
        return {
            "state": self.state, "done": self.done, "total": self.total, "seconds": round(self.seconds, 1),
            "rate": rate and round(rate), "seconds_left": left and round(left, 1), "outcome": self.outcome,
        }  # fmt: skip


class ImportRun:
    """One import at work in a thread of its own.

    Parameters
    ----------
    work : callable
        Imports, calls what it is given with (records written, records in all), and returns the reports as JSON.
    """

    def __init__(self, work: Callable[[Callable[[int, int], None]], Any]) -> None:
        self._work = work
        self._changed = threading.Condition()
        self._cancelled = False
        self._started = time.monotonic()
        self._news = News("running", 0, 0, 0.0)
        threading.Thread(target=self._run, daemon=True).start()

    @property
    def news(self) -> News:
        """How far it is now."""
        return self._news

    def cancel(self) -> None:
        """Ask it to stop: it does so before its next records, and leaves nothing behind."""
        self._cancelled = True

    def all_news(self) -> Iterator[News]:
        """Yield how far it is, now and whenever that changes, until it has ended."""
        told = None
        while told is None or told.state == "running":
            with self._changed:
                self._changed.wait_for(lambda seen=told: self._news is not seen)  # type: ignore[misc]
                told = self._news
            yield told

    def _run(self) -> None:
        try:
            outcome = self._work(self._watch)
            self._tell("done", self._news.total, self._news.total, outcome)
        except CancelledError as problem:
            self._tell("cancelled", 0, self._news.total, _told(problem))
        except ValuechainError as problem:
            self._tell("failed", 0, self._news.total, _told(problem))
        except Exception:
            logging.getLogger(__name__).exception("an import failed")
            self._tell("failed", 0, self._news.total, {"detail": "The program failed; its log says why."})

    def _watch(self, done: int, total: int) -> None:
        if self._cancelled:
            raise CancelledError("The import was cancelled.", "Nothing was written.")
        if done == total or self._seconds() - self._news.seconds >= SECONDS_BETWEEN_NEWS:
            self._tell("running", done, total)

    def _tell(self, state: State, done: int, total: int, outcome: Any = None) -> None:
        with self._changed:
            self._news = News(state, done, total, self._seconds(), outcome)
            self._changed.notify_all()

    def _seconds(self) -> float:
        return time.monotonic() - self._started


class ImportRuns:
    """The imports that this server has at work, and the last ones that ended."""

    def __init__(self) -> None:
        self._runs: dict[int, ImportRun] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def start(self, work: Callable[[Callable[[int, int], None]], Any]) -> int:
        """Begin an import and return its number. Raises StoreBusyError if too many are at work."""
        with self._lock:
            ended = [number for number, run in self._runs.items() if run.news.state != "running"]
            if len(self._runs) - len(ended) >= MOST_AT_WORK:
                raise StoreBusyError(f"{MOST_AT_WORK} imports are at work.", "Wait until one is done, and try again.")
            for number in ended[:-MOST_REMEMBERED]:
                del self._runs[number]
            number = next(self._numbers)
            self._runs[number] = ImportRun(work)
            return number

    def find(self, number: int) -> ImportRun:
        """Return the import with a number. Raises NotFoundError."""
        if number not in self._runs:
            what = f"There is no import at work with the number {number}."
            raise NotFoundError(what, "The history lists those that ended.")
        return self._runs[number]


def _told(problem: ValuechainError) -> dict[str, Any]:
    faults = {"faults": [fault.to_dict() for fault in problem.faults]} if isinstance(problem, RefusedError) else {}
    return {"detail": problem.what, "advice": problem.advice, **faults}


def _runs(request: Request) -> ImportRuns:
    runs: ImportRuns = request.app.state.import_runs
    return runs


RunsOf = Annotated[ImportRuns, Depends(_runs)]


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
        number = runs.start(work)
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
    all_news = runs.find(id).all_news()
    lines = (f"event: {one.state}\ndata: {json.dumps(one.to_dict(), ensure_ascii=False)}\n\n" for one in all_news)
    return StreamingResponse(lines, media_type="text/event-stream", headers={"Cache-Control": "no-store"})


@router.delete("/{id}", status_code=202)
def cancel(id: int, runs: RunsOf) -> dict[str, Any]:
    """Ask an import to stop. Nothing of it is left behind; one that is done already stays: withdraw it."""
    run = runs.find(id)
    run.cancel()
    return run.news.to_dict()
