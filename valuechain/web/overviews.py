"""Opens the pages that readers open first before anybody asks, so that the first of them does not wait longest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

from starlette.concurrency import run_in_threadpool
from starlette.types import ASGIApp, Message

from valuechain.model.errors import StoreError
from valuechain.model.language import LANGUAGES

OVERVIEWS = ("/", "/explore", "/gaps", "/regions")

SECONDS_BETWEEN_LOOKS = 5.0


async def keep_overviews_open(
    app: ASGIApp, host: str, revision: Callable[[], int], seconds: float = SECONDS_BETWEEN_LOOKS
) -> AsyncIterator[list[int]]:
    """Open the overviews, and again after each change of the store, whoever made it; never ends.

    Parameters
    ----------
    app, host
        As `open_overviews` takes them.
    revision : callable
        Asks the store for its newest revision. While it cannot answer, nothing is opened: each reader is told why.
    seconds : float
        How long to wait before the store is asked again.

    Yields
    ------
    The status of each answer, every time.
    """
    seen = -1
    while True:
        try:
            newest = await run_in_threadpool(revision)
        except StoreError:
            newest = seen
        if newest != seen:
            seen = newest
            yield await open_overviews(app, host)
        await asyncio.sleep(seconds)


async def open_overviews(app: ASGIApp, host: str) -> list[int]:
    """Open each overview in each language, one after the other.

    Parameters
    ----------
    app : ASGI application
        The whole one: what it works out for a page, it keeps for the next who asks.
    host : str
        A host name that the application answers to.

    Returns
    -------
    The status of each answer.
    """
    return [await _status(app, host, path, f"lang={language}") for language in LANGUAGES for path in OVERVIEWS]


async def _status(app: ASGIApp, host: str, path: str, query: str) -> int:
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": path.encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", host.encode())], "client": None, "server": None,
    }  # fmt: skip
    await app(scope, receive, send)
    return statuses[0]
