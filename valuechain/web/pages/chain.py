"""The chain: how many offer each capability, stage by stage, and what goes into what around the chosen one."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.language import plural, say, term
from valuechain.model.result import Table
from valuechain.web.address import Address
from valuechain.web.ask import ask
from valuechain.web.columns import MARKED, chain_picture
from valuechain.web.errors import PageRoute
from valuechain.web.forms import scope_fields
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page
from valuechain.web.words import STATE_WORDS

router = APIRouter(route_class=PageRoute)

PLANS = {
    "gaps": Plan(
        term("The same as a table"),
        term("Every capability with who offers it, by stage; the capability opens its gaps and who could fill them."),
        ("capability", "stage", "offerers", "state", "needers", "downstream", "offered_by", "status"),
        30,
        term("Capabilities"),
    ),
}


@router.get("/explore/chain")
def chain(request: Request) -> HTMLResponse:
    """Return the chain of the scope asked for; `capability` chooses the one whose arcs are drawn."""
    address = Address.of(request)
    answer = ask(request, "gaps", limit=address.option("limit") or "0")
    table = answer.result.table("gaps")
    chosen = address.option("capability")
    names = dict(zip(table.column("capability_key"), table.column("capability"), strict=True))
    return render(
        request,
        "chain.html",
        answer.graph,
        honesty_of_answer(request, answer),
        picture=chain_picture(answer.graph, table, chosen),
        chosen=chosen if chosen in names else "",
        marked=MARKED,
        states=[one for one in ("no actor", *MARKED, "unknown") if one in table.column("state")],
        chosen_name=names.get(chosen, ""),
        fields=scope_fields(answer.graph, address),
        told=_told(table, chosen),
        **answer_page(request, answer, PLANS, apart=("candidates", "stages", "unknown")),
    )


def _told(table: Table, chosen: str) -> str:
    """How many offer and need the capability chosen, and how it stands; empty where none is chosen."""
    keys = table.column("capability_key")
    if chosen not in keys:
        return ""
    row = table.cells(keys.index(chosen))
    state = str(row["state"])
    told = say(
        "Offered by {offerers}, needed by {needers}: {state}.",
        offerers=plural(int(str(row["offerers"] or 0)), "organisation"),
        needers=plural(int(str(row["needers"] or 0)), "organisation"),
        state=say(STATE_WORDS.get(state, state)),
    )
    return f"{told} {say('This is a guess.')}" if row["status"] == "inferred" else told
