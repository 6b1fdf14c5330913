"""The application: HTTP interface and pages on one store, behind the guard."""

from __future__ import annotations

import asyncio
import gc
import socket
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from importlib.metadata import version
from typing import Any

import uvicorn
from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from valuechain.api import import_runs, question_runs
from valuechain.api.docs import describe_api
from valuechain.api.errors import tell_errors
from valuechain.api.routes import router as api_router
from valuechain.api.safety import Guard
from valuechain.model.errors import QuestionError
from valuechain.runs import Runs
from valuechain.service import Service, open_service
from valuechain.settings import Settings
from valuechain.web.overviews import keep_overviews_open
from valuechain.web.reader_language import ReaderLanguage
from valuechain.web.routes import router as web_router
from valuechain.web.staging import Staging


def create_app(settings: Settings) -> FastAPI:
    """Return the application on the store that the settings name.

    Raises
    ------
    QuestionError, StoreError
        If the store cannot be opened. A store that fails later is told to each request, as status 503.
    """
    return application(settings, open_service(settings))


async def _nothing(app: FastAPI) -> None:
    """Leave an application to its readers."""


def application(
    settings: Settings, service: Service, meanwhile: Callable[[FastAPI], Coroutine[Any, Any, object]] = _nothing
) -> FastAPI:
    """Return the application on an open service; its store is closed when the application ends.

    `meanwhile` is what the application does by itself from its start on, while it answers.
    """

    @asynccontextmanager
    async def living(app: FastAPI) -> AsyncIterator[None]:
        doing = asyncio.create_task(meanwhile(app))
        yield
        doing.cancel()
        await asyncio.gather(doing, return_exceptions=True)  # before the store that it reads is closed
        app.state.staging.close()
        service.store.close()

    app = FastAPI(
        title="valuechain",
        version=version("valuechain"),
        description="Find what is missing and fragile in a value chain, and who could mend it.",
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/v1/openapi.json",
        lifespan=living,
    )
    app.state.settings = settings
    app.state.service = service
    app.state.import_runs = Runs(import_runs.WORDS)
    app.state.question_runs = Runs(question_runs.WORDS)
    app.state.staging = Staging()
    app.include_router(api_router)
    app.include_router(web_router)
    app.openapi = lambda: describe_api(app)  # type: ignore[method-assign]
    app.add_middleware(GZipMiddleware, minimum_size=1000, compresslevel=5)
    app.add_middleware(ReaderLanguage)
    app.add_middleware(Guard, hosts=_hosts(settings), body_limit=settings.upload_limit)
    tell_errors(app)
    return app


def _hosts(settings: Settings) -> set[str]:
    """Names that a request may carry: those allowed, and the address listened on, unless it stands for all."""
    return {*settings.allowed_hosts, settings.host} - {"0.0.0.0", "::"}


async def _prepare(app: FastAPI, host: str) -> None:
    """Keep the overviews open, and let answers not wait for the search of cyclic garbage through all that is kept.

    What libraries and graphs hold stays anyway; to look through it takes a quarter of a second, every twentieth answer.
    Answers leave few cycles: the whole of the rest is looked through a tenth as often as is usual.
    """
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, 10 * old)
    async for _ in keep_overviews_open(app, host):
        gc.unfreeze()  # what belonged to the revision before may go
        gc.collect()
        gc.freeze()


def listen(settings: Settings, service: Service, told: Callable[[str], None]) -> None:
    """Serve until interrupted; `told` is called with the address once requests are taken.

    Raises
    ------
    QuestionError
        If the address is taken or not this machine's.
    """
    app = application(settings, service, lambda app: _prepare(app, min(_hosts(settings))))
    try:
        family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
        listener = socket.create_server((settings.host, settings.port), family=family)
    except OSError as problem:
        what = f"{settings.host}, port {settings.port} cannot be listened on: {problem.strerror}."
        raise QuestionError(what, "Choose another port with --port.") from problem
    with listener:
        host = f"[{settings.host}]" if ":" in settings.host else settings.host
        told(f"http://{host}:{listener.getsockname()[1]}")
        uvicorn.Server(uvicorn.Config(app, log_level="warning")).run(sockets=[listener])
