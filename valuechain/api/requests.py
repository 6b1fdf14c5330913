"""What every route reads from a request: the service, and the options of a question."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from valuechain.service import Service


def _service(request: Request) -> Service:
    service: Service = request.app.state.service
    return service


def _options(request: Request) -> dict[str, str]:
    options: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if value.strip():
            options[name] = f"{options[name]},{value.strip()}" if name in options else value.strip()
    return options


ServiceOf = Annotated[Service, Depends(_service)]
"""The service of the application."""

OptionsOf = Annotated[dict[str, str], Depends(_options)]
"""The query of the address: empty options are not given, an option given several times is joined by commas."""
