"""The reference of the HTTP interface: one page made from the OpenAPI description, with a form for each analysis."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

from fastapi import APIRouter, FastAPI, Request
from fastapi.openapi.utils import get_openapi
from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.responses import HTMLResponse, Response

from valuechain import registry
from valuechain.api.analyses import ENDINGS
from valuechain.model.analysis import Parameter
from valuechain.model.question import COMMON_OPTIONS

router = APIRouter(include_in_schema=False)

_TYPES = {int: "integer", float: "number", bool: "boolean", str: "string"}
_ANY_ANALYSIS = "/api/v1/analyses/{path}"


@router.get("/docs")
def docs(request: Request) -> HTMLResponse:
    """Return the reference of every route."""
    schema = request.app.openapi()
    return HTMLResponse(_template().render(schema=schema, routes=_routes(schema), endings=ENDINGS))


@router.get("/docs/style.css")
def style() -> Response:
    """Return the style of the reference."""
    text = files("valuechain.api").joinpath("templates/docs.css").read_text(encoding="utf-8")
    return Response(text, media_type="text/css")


def describe_api(app: FastAPI) -> dict[str, Any]:
    """Return the OpenAPI description of an application, with a path of its own for every analysis."""
    schema = get_openapi(title=app.title, version=app.version, description=app.description, routes=app.routes)
    general = schema["paths"].pop(_ANY_ANALYSIS)["get"]
    for name in registry.names():
        analysis = registry.get(name)
        parameters = (*analysis.parameters, *COMMON_OPTIONS)
        schema["paths"][_ANY_ANALYSIS.format(path=name)] = {
            "get": {
                "tags": ["analyses"],
                "summary": analysis.question,
                "description": analysis.summary,
                "operationId": f"run_{name.replace('-', '_')}",
                "parameters": [_parameter(one) for one in parameters],
                "responses": general["responses"],
            }
        }
    return schema


def _parameter(parameter: Parameter) -> dict[str, Any]:
    """One option in OpenAPI's words."""
    limits = {
        "minimum": parameter.minimum,
        "maximum": parameter.maximum,
        "default": parameter.default,
        "enum": list(parameter.choices) or None,
        "contentMediaType": "text/csv" if parameter.is_contents else None,
    }
    return {
        "name": parameter.option,
        "in": "query",
        "required": parameter.default is None,
        "description": f"{parameter.help}{f' ({parameter.unit})' if parameter.unit else ''}"
        f"{' The text itself, not the name of a file.' if parameter.is_contents else ''}",
        "schema": {
            "type": _TYPES[parameter.type],
            **{name: value for name, value in limits.items() if value is not None},
        },
    }


def _routes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """Every method of every path, with its query parameters and the fields of its form."""
    return [
        {
            "path": path,
            "method": method.upper(),
            "about": about,
            "parameters": about.get("parameters", []),
            "fields": _form_fields(schema, about),
            "is_analysis": path.startswith("/api/v1/analyses/"),
        }
        for path, methods in schema["paths"].items()
        for method, about in methods.items()
    ]


def _form_fields(schema: dict[str, Any], about: dict[str, Any]) -> dict[str, Any]:
    """The fields of a body by name; none where there is no body."""
    bodies = about.get("requestBody", {}).get("content", {}).values()
    name = next((body["schema"].get("$ref", "").rpartition("/")[2] for body in bodies), "")
    fields: dict[str, Any] = schema["components"]["schemas"].get(name, {}).get("properties", {})
    return fields


@cache
def _template() -> Any:
    environment = Environment(
        loader=PackageLoader("valuechain.api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("docs.html.j2")
