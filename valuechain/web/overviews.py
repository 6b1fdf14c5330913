"""Opens the pages that readers open first before anybody asks, so that the first of them does not wait longest."""

from __future__ import annotations

from starlette.types import ASGIApp, Message

from valuechain.model.language import LANGUAGES

OVERVIEWS = ("/", "/explore", "/gaps", "/regions")


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
