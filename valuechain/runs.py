"""Works that take their time: started, watched, cancelled. Each is known by a number while this program runs."""

from __future__ import annotations

import itertools
import logging
import threading
import time
from collections.abc import Callable, Iterator
from contextvars import copy_context
from dataclasses import dataclass
from typing import Any, Literal

from valuechain.model.errors import CancelledError, NotFoundError, RefusedError, StoreBusyError, ValuechainError
from valuechain.model.language import say

SECONDS_BETWEEN_NEWS = 0.5
MOST_AT_WORK = 8
MOST_REMEMBERED = 50

State = Literal["running", "done", "failed", "cancelled"]

Work = Callable[[Callable[[int, int], None]], Any]


@dataclass(frozen=True)
class RunWords:
    """How a sort of work is spoken of, in messages that are said when they are needed.

    `cancelled` and `left` say that one was stopped and what is left of it; `unknown` (with `number`) and `forgotten`
    that there is none, and why; `busy` (with `count`) that too many are at work.
    """

    cancelled: str
    left: str
    unknown: str
    forgotten: str
    busy: str


@dataclass(frozen=True)
class News:
    """How far a work is: steps done of all, 0 of 0 while nobody knows; at the end what came of it."""

    state: State
    done: int
    total: int
    seconds: float
    outcome: Any = None

    def to_dict(self) -> dict[str, Any]:
        """Return the news as JSON gives them, with the rate (steps a second) and the seconds left, if known."""
        rate = self.done / self.seconds if self.done else None
        left = (self.total - self.done) / rate if rate else None
        return {
            "state": self.state, "done": self.done, "total": self.total, "seconds": round(self.seconds, 1),
            "rate": rate and round(rate), "seconds_left": left and round(left, 1), "outcome": self.outcome,
        }  # fmt: skip


class Run:
    """One work in a thread of its own.

    Parameters
    ----------
    work : callable
        Works, calls what it is given with (steps done, steps in all), and returns what came of it as JSON.
    words : RunWords
    title : str
        What it works on.
    origin : str
        Address of the page from which it was begun; empty if it was none.
    """

    def __init__(self, work: Work, words: RunWords, title: str = "", origin: str = "") -> None:
        self.title = title
        self.origin = origin
        self._work = work
        self._words = words
        self._changed = threading.Condition()
        self._cancelled = False
        self._started = time.monotonic()
        self._news = News("running", 0, 0, 0.0)
        speaking_as_here = copy_context()
        threading.Thread(target=speaking_as_here.run, args=(self._run,), daemon=True).start()

    @property
    def news(self) -> News:
        """How far it is now."""
        return self._news

    def cancel(self) -> None:
        """Ask it to stop: it does so before its next step, and leaves nothing behind."""
        self._cancelled = True

    def wait(self, seconds: float) -> None:
        """Wait until it has ended, at most for so long."""
        with self._changed:
            self._changed.wait_for(lambda: self._news.state != "running", seconds)

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
            logging.getLogger(__name__).exception("A work failed: %s", self.title)
            self._tell("failed", 0, self._news.total, {"detail": say("The program failed; its log says why.")})

    def _watch(self, done: int, total: int) -> None:
        if self._cancelled:
            raise CancelledError(say(self._words.cancelled), say(self._words.left))
        if done == total or self._seconds() - self._news.seconds >= SECONDS_BETWEEN_NEWS:
            self._tell("running", done, total)

    def _tell(self, state: State, done: int, total: int, outcome: Any = None) -> None:
        with self._changed:
            self._news = News(state, done, total, self._seconds(), outcome)
            self._changed.notify_all()

    def _seconds(self) -> float:
        return time.monotonic() - self._started


class Runs:
    """The works of one sort that this server has at hand, and the last ones that ended."""

    def __init__(self, words: RunWords) -> None:
        self._words = words
        self._runs: dict[int, Run] = {}
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()

    def start(self, work: Work, title: str = "", origin: str = "") -> int:
        """Begin a work, see `Run`, and return its number. Raises StoreBusyError if too many are at work."""
        with self._lock:
            ended = [number for number, run in self._runs.items() if run.news.state != "running"]
            if len(self._runs) - len(ended) >= MOST_AT_WORK:
                what = say(self._words.busy, count=MOST_AT_WORK)
                raise StoreBusyError(what, say("Wait until one is done, and try again."))
            for number in ended[:-MOST_REMEMBERED]:
                del self._runs[number]
            number = next(self._numbers)
            self._runs[number] = Run(work, self._words, title, origin)
            return number

    def find(self, number: int) -> Run:
        """Return the work with a number. Raises NotFoundError."""
        if number not in self._runs:
            raise NotFoundError(say(self._words.unknown, number=number), say(self._words.forgotten))
        return self._runs[number]

    def newest_first(self) -> list[tuple[int, Run]]:
        """Return those at work and the last ones that ended, each with its number."""
        with self._lock:
            return list(reversed(self._runs.items()))


def _told(problem: ValuechainError) -> dict[str, Any]:
    faults = {"faults": [fault.to_dict() for fault in problem.faults]} if isinstance(problem, RefusedError) else {}
    return {"detail": problem.what, "advice": problem.advice, **faults}
