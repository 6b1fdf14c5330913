"""What went wrong, as a page in the usual frame: what happened, that nothing is lost, and what to do next."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine
from typing import Any

from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from valuechain.model.errors import NoDataError, NotFoundError, StoreError, ValuechainError
from valuechain.model.language import say, term
from valuechain.web.ask import service_of
from valuechain.web.page import render

_LOG = logging.getLogger(__name__)

_HEADINGS = {
    404: term("This is not here"),
    413: term("This is too much at once"),
    422: term("The question does not fit"),
    500: term("Something went wrong in the program"),
    503: term("The data cannot be read just now"),
}


class PageRoute(APIRoute):
    """A route whose errors are pages."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the usual handler, with errors told as pages."""
        handle = super().get_route_handler()

        async def handled(request: Request) -> Response:
            try:
                return await handle(request)
            except NoDataError:
                return render(request, "no_data.html", None, status_code=422)
            except ValuechainError as problem:
                return error_page(request, status_of(problem), problem.what, problem.advice)
            except RequestValidationError as problem:
                fields = ", ".join(dict.fromkeys(str(error["loc"][1]) for error in problem.errors()))
                what = say("The form was not filled in as it is meant.")
                return error_page(request, 422, what, say("Look at: {fields}.", fields=fields))
            except HTTPException as problem:
                if problem.status_code != 413:
                    raise
                advice = say("Bring the files one after the other, or with the command line, which takes any size.")
                return error_page(request, 413, problem.detail, advice)
            except Exception:
                _LOG.exception("%s failed", request.url.path)
                what = say("The program failed; its log says why.")
                return error_page(request, 500, what, say("Go back and try another way."))

        return handled


def status_of(problem: ValuechainError) -> int:
    """Return the HTTP status that tells of an error."""
    if isinstance(problem, NotFoundError):
        return 404
    return 503 if isinstance(problem, StoreError) else 422


def error_page(request: Request, status: int, what: str, advice: str = "") -> HTMLResponse:
    """Return a page that says what happened and what to do next.

    Parameters
    ----------
    request : Request
        What was asked for.
    status : int
        HTTP status.
    what, advice : str
        One sentence each; `advice` may be empty.
    """
    graph = None
    if status != 503:
        try:
            graph = service_of(request).graph()
        except (ValuechainError, AttributeError) as problem:
            _LOG.warning("An error page stands without its frame: %s", problem)
    page = render(
        request,
        "error.html",
        graph,
        status_code=status,
        heading=say(_HEADINGS.get(status, term("This did not work"))),
        what=what,
        advice=advice,
        busy=status == 503,
        may_be_made_up=status == 404 and graph is not None and bool(graph.left_out.get("synthetic")),
    )
    if status == 503:
        page.headers["Retry-After"] = "5"
    return page
