"""What is agreed about a finding of a check, and what becomes of it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from valuechain.model.errors import DataError, NotFoundError
from valuechain.model.language import say
from valuechain.web.address import Address
from valuechain.web.agreeing import with_action
from valuechain.web.ask import ask, service_of
from valuechain.web.errors import PageRoute

router = APIRouter(route_class=PageRoute)


@router.post("/check/{key:path}/actions")
def agree(
    request: Request,
    key: str,
    finding: Annotated[str, Form()],
    what: Annotated[str, Form(max_length=400)],
    who: Annotated[str | None, Form(max_length=200)] = None,
    due: Annotated[str | None, Form(max_length=10)] = None,
    state: Annotated[str, Form()] = "agreed",
) -> Response:
    """Store an action, or what became of one, and lead back to its finding; fields that are not sent stay."""
    answer = ask(request, "audit", organisation=key)
    title = next((one.title for one in answer.result.findings if one.id == finding), "")
    listed = answer.result.table("actions")
    known = (finding, what) in zip(listed.column("finding"), listed.column("what"), strict=True)
    if not title and not known:
        raise NotFoundError(say("The check has no such finding any more."), say("Open the check anew."))
    if not what.strip():
        raise DataError(say("What is to be done is not told."), say("Write it in a few words."))
    about = {"about": title} if title and not known else {}
    given = {"who": who, "due": due}
    told = {name: " ".join(text.split()) for name, text in given.items() if text is not None}
    organisation = str(answer.result.analysis.parameters["organisation"])
    service = service_of(request)
    batch = with_action(
        service.snapshot(),
        organisation,
        {"finding": finding, "what": " ".join(what.split()), "state": state, **about, **told},
    )
    service.take_in([batch])
    service.store.refresh()
    return RedirectResponse(f"{Address.of(request).check(organisation)}#{finding if title else 's-actions'}", 303)
