"""Routes that list pairs of organisations that may be one, and remember what people say of them."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Form, Query

from valuechain.api.requests import OptionsOf, ServiceOf
from valuechain.model.errors import QuestionError
from valuechain.model.language import say
from valuechain.model.question import read_view

router = APIRouter(prefix="/api/v1/matches", tags=["matches"])


@router.get("")
def list_matches(options: OptionsOf, service: ServiceOf, limit: int = Query(50, ge=0)) -> dict[str, Any]:
    """List pairs that wait for a decision, best first, with what agrees and contradicts; and what was decided.

    `limit` = 0 lists all pairs; `cut` says how many were left out.
    """
    view, as_of = read_view({name: value for name, value in options.items() if name != "limit"})
    return service.waiting(view, as_of).to_dict(limit)


@router.post("")
def decide(
    options: OptionsOf,
    service: ServiceOf,
    verdict: Annotated[str, Form(description="same, different, later, or open to take one of these back")],
    first: Annotated[str, Form(description="Key, strong id or name of an organisation")],
    second: Annotated[str, Form(description="Key, strong id or name of the other")],
    by: Annotated[str, Form(description="Who decides, for the history")] = "",
) -> dict[str, Any]:
    """Remember a verdict on two organisations; it holds for later imports too, until it is taken back."""
    view, as_of = read_view(options)
    if as_of:
        raise QuestionError(say("Nobody decides in the past."), say("Leave as-of out."))
    said = service.decide(verdict, first, second, by, view)
    return {**vars(said), "revision": service.revision()}
