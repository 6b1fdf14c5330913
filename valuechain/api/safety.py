"""Stands before every request: foreign host names, writes from foreign pages, and bodies without end are refused.

Everybody who reaches the server reads as owner, which is right only while it listens on this machine alone. What runs
in a browser on this machine can reach it too: a foreign page may send requests here, or give its own name this
machine's address. Hence the list of host names, and the look at where a write comes from.
"""

from __future__ import annotations

from collections.abc import Collection
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from valuechain.api.errors import problem_document
from valuechain.model.language import say

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
"""Content-Security-Policy of every answer that does not bring its own."""

_READING = ("GET", "HEAD", "OPTIONS")
_OWN_SITES = ("same-origin", "none")
_HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class Guard:
    """Refuses requests that must not reach the application, and adds the headers of safety to every answer.

    Parameters
    ----------
    app : ASGI application
        What lies behind.
    hosts : collection of str
        Host names that a request may carry, without port.
    body_limit : int
        Largest body, in bytes.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str], body_limit: int) -> None:
        self._app = app
        self._hosts = {host.lower() for host in hosts}
        self._limit = body_limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        headers = Headers(scope=scope)
        if _host_of(f"//{headers.get('host', '')}") not in self._hosts:
            refused = problem_document(400, "This host name is not served here; VALUECHAIN_HOSTS may add it.")
        elif scope["method"] not in _READING and _is_foreign(headers):
            refused = problem_document(403, "A write must not come from a page of another site.")
        else:
            announced = int(headers.get("content-length", "0"))
            await self._app(scope, _counted(receive, self._limit, announced), send_safely)
            return
        await refused(scope, receive, send_safely)


def _is_foreign(headers: Headers) -> bool:
    """Whether a browser says that another site sent this request; programs say nothing of the kind.

    A form on a page that sends no referrer has the origin "null": it is ours if the browser says so otherwise.
    """
    site, origin = headers.get("sec-fetch-site"), headers.get("origin")
    if site is not None and site not in _OWN_SITES:
        return True
    if origin is None or (origin == "null" and site is not None):
        return False
    return urlsplit(origin).netloc.lower() != headers["host"].lower()


def _host_of(address: str) -> str | None:
    try:
        return urlsplit(address).hostname
    except ValueError:
        return None


def _counted(receive: Receive, limit: int, announced: int) -> Receive:
    """Pass a body on until it exceeds the limit, nothing of one that is announced to; raises HTTPException 413."""
    seen = 0

    async def counting() -> Message:
        nonlocal seen
        message = await receive() if announced <= limit else {"body": b""}
        seen += len(message.get("body", b""))
        if max(seen, announced) > limit:
            raise HTTPException(413, say("At most {bytes:,} bytes are taken in one request.", bytes=limit))
        return message

    return counting
