"""Figures of charts, as plotly.js draws them on a page."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse

from valuechain.model.errors import NotFoundError
from valuechain.model.language import say
from valuechain.web.ask import ask
from valuechain.web.errors import PageRoute

router = APIRouter(route_class=PageRoute)


@router.get("/analysis/{name}/charts/{chart}.json")
def chart(request: Request, name: str, chart: str) -> JSONResponse:
    """Return the figure of one chart of an analysis, asked with the options of the page that shows it."""
    from valuechain.report.figures import description

    result = ask(request, name).result
    wanted = [one for one in result.charts if one.name == chart]
    if not wanted:
        known = ", ".join(one.name for one in result.charts)
        raise NotFoundError(
            say("This answer has no chart {chart!r}.", chart=chart), say("It has: {names}.", names=known)
        )
    return JSONResponse(description(wanted[0], result))
