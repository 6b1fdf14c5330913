"""Routes that ask: one path for every analysis, the form of the answer as its ending."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.responses import Response

from valuechain import registry
from valuechain.api.requests import OptionsOf, ServiceOf
from valuechain.model.errors import NotFoundError
from valuechain.model.language import say
from valuechain.model.question import COMMON_OPTIONS
from valuechain.report.catalogue import describe, describe_option
from valuechain.report.render import FORMATS, render

router = APIRouter(prefix="/api/v1/analyses", tags=["analyses"])

ENDINGS = tuple(name for name in FORMATS if name != "text")
"""File endings that an analysis's path may have; none means JSON."""


@router.get("")
def list_analyses() -> dict[str, Any]:
    """List the analyses with their questions, methods and options, and the options common to all."""
    return {
        "analyses": [describe(registry.get(name)) for name in registry.names()],
        "common_options": [describe_option(one) for one in COMMON_OPTIONS],
        "formats": list(ENDINGS),
    }


@router.get("/{path}")
def run_analysis(path: str, options: OptionsOf, service: ServiceOf) -> Response:
    """Answer the question of an analysis; an ending such as `.csv` chooses the form, `table` one table of a CSV."""
    name, _, ending = path.partition(".")
    if ending and ending not in ENDINGS:
        raise NotFoundError(
            say("There is no form {form!r}.", form=ending), say("There are: {forms}.", forms=", ".join(ENDINGS))
        )
    form = ending or "json"
    table = options.pop("table", "")
    result = service.run(name, options)
    content = render(result, registry.get(name), form, table)
    headers = {"Cache-Control": "no-cache"}
    if form == "html":
        from valuechain.report.html import policy

        headers["Content-Security-Policy"] = f"{policy(result)}; frame-ancestors 'none'"
    elif form != "json":
        headers["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return Response(content, headers=headers, media_type=FORMATS[form].media_type)
