"""From an exception to a status: every error is a problem document (RFC 9457)."""

from __future__ import annotations

import json
import logging
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from valuechain.model.errors import (
    DataError,
    NotFoundError,
    QuestionError,
    RefusedError,
    StoreError,
    ValuechainError,
)

_STATUS: tuple[tuple[type[ValuechainError], int], ...] = (
    (NotFoundError, 404),
    (QuestionError, 422),
    (DataError, 422),
    (StoreError, 503),
)


def status_of(problem: ValuechainError) -> int:
    """Return the HTTP status that tells of an error."""
    return next((status for kind, status in _STATUS if isinstance(problem, kind)), 500)


def problem_document(status: int, detail: str = "", **more: Any) -> Response:
    """Return an error as `application/problem+json`; `more` are members of its own."""
    content = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **more}
    headers = {"Retry-After": "5"} if status == 503 else {}
    text = json.dumps({name: value for name, value in content.items() if value != ""}, ensure_ascii=False)
    return Response(text, status, headers, media_type="application/problem+json")


def tell_errors(app: FastAPI) -> None:
    """Let an application answer every error with a problem document; what nobody expected without its details."""
    app.add_exception_handler(ValuechainError, _known)
    app.add_exception_handler(RequestValidationError, _misfit)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _unexpected)


def _known(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, ValuechainError)
    more: dict[str, Any] = {"advice": problem.advice}
    if isinstance(problem, RefusedError):
        more["faults"] = [fault.to_dict() for fault in problem.faults]
    return problem_document(status_of(problem), problem.what, **more)


def _misfit(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, RequestValidationError)
    errors = (f"{'.'.join(map(str, one['loc'][1:]))}: {one['msg']}" for one in problem.errors())
    return problem_document(422, "; ".join(errors))


def _http(request: Request, problem: Exception) -> Response:
    assert isinstance(problem, HTTPException)
    detail = "" if problem.detail == HTTPStatus(problem.status_code).phrase else problem.detail
    answer = problem_document(problem.status_code, detail)
    answer.headers.update(problem.headers or {})
    return answer


def _unexpected(request: Request, problem: Exception) -> Response:
    logging.getLogger(__name__).error("%s %s failed", request.method, request.url.path, exc_info=problem)
    return problem_document(500, "The program failed; its log says why. Nothing was changed by this request.")
