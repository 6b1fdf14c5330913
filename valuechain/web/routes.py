"""Every page under one router; the application that includes it holds `state.service`."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from fastapi import APIRouter
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.staticfiles import StaticFiles

from valuechain.model.errors import NotFoundError
from valuechain.model.language import LANGUAGES, say
from valuechain.web.errors import PageRoute
from valuechain.web.page import THEMES
from valuechain.web.pages import (
    actions,
    around,
    chain,
    charts,
    check,
    communities,
    consortia,
    coverage,
    data,
    diff,
    explore,
    gaps,
    home,
    imports,
    interview,
    match,
    organisations,
    questions,
    records,
    regions,
    words,
    work,
)
from valuechain.web.reader_language import COOKIE

router = APIRouter(route_class=PageRoute, include_in_schema=False, default_response_class=Response)
for page in (
    home,
    charts,
    actions,
    interview,
    check,
    gaps,
    communities,
    around,
    organisations,
    chain,
    consortia,
    explore,
    regions,
    data,
    coverage,
    diff,
    imports,
    match,
    questions,
    records,
    words,
    work,
):
    router.include_router(page.router)

_STATIC = StaticFiles(directory=Path(str(files("valuechain.web").joinpath("static"))))
_YEAR = 365 * 24 * 3600


@router.get("/static/{path:path}")
async def static(request: Request, path: str) -> Response:
    """Return a style sheet, script, font or picture of the pages."""
    return await _STATIC.get_response(path, request.scope)


@router.get("/theme/{name}")
def theme(name: str, back: str = "/") -> Response:
    """Remember whether the reader wants light or dark pages, and go back to the page of this server it came from."""
    if name not in THEMES:
        raise NotFoundError(
            say("There are no colours called “{name}”.", name=name), say("There are: {names}.", names=", ".join(THEMES))
        )
    return _remembered("theme", name, back)


@router.get("/language/{code}")
def language(code: str, back: str = "/") -> Response:
    """Remember in which language the reader wants the pages, and go back to the page of this server it came from."""
    if code not in LANGUAGES:
        raise NotFoundError(
            say("No page is written in “{code}”.", code=code), say("There are: {names}.", names=", ".join(LANGUAGES))
        )
    return _remembered(COOKIE, code, back)


def _remembered(cookie: str, choice: str, back: str) -> Response:
    ours = back.startswith("/") and not back.startswith(("//", "/\\"))
    response = RedirectResponse(back if ours else "/", 303)
    response.set_cookie(cookie, choice, max_age=_YEAR, httponly=True, samesite="lax")
    return response


@router.get("/{path:path}")
def nowhere(path: str) -> Response:
    """Say that a page does not exist; what is asked of the HTTP interface is answered in its own way."""
    if path.startswith("api/"):
        raise HTTPException(404)
    raise NotFoundError(
        say("There is no page /{path}.", path=path),
        say("Search for what you are looking for, or begin at the first page."),
    )
