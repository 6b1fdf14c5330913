"""Opens the pages that readers open first before anybody asks, so that the first of them does not wait longest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.types import Message

from valuechain.model.errors import StoreError
from valuechain.model.language import LANGUAGES

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.service import Service

OVERVIEWS = ("/", "/gaps", "/explore", "/explore/stages", "/explore/organisations", "/regions")

SECONDS_BETWEEN_LOOKS = 5.0


async def keep_overviews_open(
    app: FastAPI, host: str, seconds: float = SECONDS_BETWEEN_LOOKS
) -> AsyncIterator[list[int]]:
    """Open the overviews, and again after each change of the store, whoever made it; never ends.

    While the store cannot answer, nothing is opened: each reader is told why.

    Parameters
    ----------
    app, host
        As `open_overviews` takes them.
    seconds : float
        How long to wait before the store is asked again whether it has changed.

    Yields
    ------
    The status of each answer, every time.
    """
    service: Service = app.state.service
    seen = -1
    while True:
        opened: list[int] = []
        with suppress(StoreError):
            newest = await run_in_threadpool(service.revision)
            if newest != seen:
                opened = await open_overviews(app, host)
                seen = newest
        if opened:
            yield opened
        await asyncio.sleep(seconds)


async def open_overviews(app: FastAPI, host: str) -> list[int]:
    """Open each overview in each language, one after the other.

    Parameters
    ----------
    app : FastAPI
        The whole one, with the service in its state: what it works out for a page, it keeps for the next who asks.
    host : str
        A host name that the application answers to.

    Returns
    -------
    The status of each answer.
    """
    service: Service = app.state.service
    pages = overviews(await run_in_threadpool(service.graph))
    return [await _status(app, host, path, f"{query}lang={code}") for code in LANGUAGES for path, query in pages]


def overviews(graph: ValueGraph) -> tuple[tuple[str, str], ...]:
    """Return the path and the query of each page that is opened ahead.

    A search and the check of one organisation are among them, for what all searches and all checks share.
    """
    pages = tuple((path, "") for path in OVERVIEWS)
    organisations, buyers = graph["organisations"]["key"], graph["supplies"]["buyer"]
    if not len(organisations):
        return pages
    one = organisations.iloc[int(buyers.iloc[0]) if len(buyers) else 0]
    return (*pages, ("/", "q=a&"), (f"/check/{one}", ""))


async def _status(app: FastAPI, host: str, path: str, query: str) -> int:
    statuses: list[int] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        statuses.append(message.get("status", 0))

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "GET", "scheme": "http",
        "path": path, "raw_path": quote(path).encode(), "root_path": "", "query_string": query.encode(),
        "headers": [(b"host", host.encode())], "client": None, "server": None,
    }  # fmt: skip
    await app(scope, receive, send)
    return statuses[0]
