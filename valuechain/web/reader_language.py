"""In which language a reader is answered: asked for in the address, chosen before, or as the browser says."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from valuechain.model.language import LANGUAGES, SOURCE, speaking

COOKIE = "language"


class ReaderLanguage:
    """Answers each request in the language of its reader."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Speak the reader's language while the application answers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        language = language_of(Request(scope))

        async def told(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Content-Language"] = language
                headers.add_vary_header("Accept-Language")
                headers.add_vary_header("Cookie")
            await send(message)

        with speaking(language):
            await self._app(scope, receive, told)


def language_of(request: Request) -> str:
    """Return the language of a request: its option `lang`, else the one chosen before, else the browser's first."""
    asked = [request.query_params.get("lang", ""), request.cookies.get(COOKIE, "")]
    asked += [
        one.partition(";")[0].strip()[:2].lower() for one in request.headers.get("Accept-Language", "").split(",")
    ]
    return next((one for one in asked if one in LANGUAGES), SOURCE)
