"""Regions: which stands where, what one does more than others, whom it complements, and what a pair would add up to."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.region_map import RegionMap, region_map
from valuechain.web.sections import Plan, answer_page

router = APIRouter(route_class=PageRoute)

MEASURES = {
    "organisations": "Organisations",
    "specialisations": "Specialisations",
    "projects": "Joint projects with other regions",
    "single": "Capabilities with one supplier known",
}
"""What the map of all regions can show: columns of the table of regions."""

ALL_PLANS = {
    "regions": Plan(
        "The same as a table",
        "A region opens its profile.",
        ("region", "organisations", "specialisations", "strongest", "quotient", "single", "projects", "status"),
        60,
        "Regions",
    ),
}  # fmt: skip

PROFILE_PLANS = {
    "activities": Plan(
        "What it does more, and what is within reach",
        "Shares beside the average share; a small count leaves much to chance, which the bounds say.",
        ("activity", "reading", "quotient", "low", "high", "count", "density", "usual_density", "regions", "status"),
        14,
        "Activities",
    ),
    "gaps": Plan(
        "What is lacking, and what hangs on one",
        "",
        ("capability", "stage", "state", "offered_by", "needers", "candidates", "status"),
        14,
        "Gaps",
    ),
    "ties": Plan(
        "To whom it is tied",
        "Joint projects beside those expected from how many each has with whomever.",
        ("partner", "projects", "expected", "through_here", "through_there", "delivers", "receives", "status"),
        14,
        "Ties",
    ),
    "priorities": Plan("Smart-specialisation priorities", "", (), 20, "Priorities", "No priority is recorded."),
    "coverage": Plan("How much is known", "", (), 20, "Coverage"),
}

PARTNER_PLANS = {
    "partners": Plan(
        "Whom it complements",
        "Gain, similarity and existing ties stand side by side; a partner opens what the two would add to each other.",
        ("partner", "gain_here", "gain_there", "similarity", "joint_projects", "fills_here", "fills_there", "status"),
        25,
        "Partners",
    ),
}  # fmt: skip

PAIR_PLANS = {
    "fills": Plan(
        "What one has that the other lacks",
        "",
        ("capability", "gains", "state", "who", "needed_by", "only_one", "status"),
        16,
        "Fills",
    ),
    "adds": Plan(
        "What adds to the other's strengths",
        "",
        ("capability", "gains", "gain", "quotient", "count_there", "count_here", "status"),
        16,
        "Adds",
    ),
    "carriers": Plan(
        "Who would carry it", "", ("organisation", "capability", "side", "reason", "place", "status"), 20, "Carriers"
    ),
}


@router.get("/regions")
def regions(request: Request) -> HTMLResponse:
    """Return the map and the table of all regions of a level; `measure` chooses what the map shows."""
    address = Address.of(request)
    answer = ask(request, "region-profile", region="")
    measure = address.option("measure") if address.option("measure") in MEASURES else "organisations"
    table = answer.result.table("regions")
    links = {str(code): address.to(f"/regions/{code}") for code in table.column("region_key")}
    return _page(
        request,
        answer,
        ALL_PLANS,
        heading="Regions",
        path=[("Regions", "")],
        views=[],
        measures=[(word, address.here(measure=name), name == measure) for name, word in MEASURES.items()],
        map=region_map(answer.graph, MEASURES[measure], _figures(answer, "regions", "region_key", measure), links),
    )


@router.get("/regions/{code}")
def region(request: Request, code: str) -> HTMLResponse:
    """Return the profile of one region; with `view=partners`, the regions that complement it."""
    address = Address.of(request)
    name = "collaboration" if address.option("view") == "partners" else "region-profile"
    answer = ask(request, name, region=code)
    views = [("Profile", "region-profile", None), ("Partners", "collaboration", "partners")]
    label = answer.graph.region_label(code)
    return _page(
        request,
        answer,
        PARTNER_PLANS if name == "collaboration" else PROFILE_PLANS,
        apart=("adds", "fills", "openings", "carriers"),
        heading=label,
        path=[("Regions", address.to("/regions")), (label, "")],
        views=[(word, address.here(view=view, evidence=None, show=None), one == name) for word, one, view in views],
        measures=[],
        map=_partner_map(answer, address, code) if name == "collaboration" else _tie_map(answer, address, code),
    )


@router.get("/regions/{code}/{partner}")
def pair(request: Request, code: str, partner: str) -> HTMLResponse:
    """Return what two regions would add to each other, and who would carry it."""
    address = Address.of(request)
    answer = ask(request, "collaboration", region=code, **{"with-region": partner})
    one, other = (answer.graph.region_label(name) for name in (code, partner))
    path = [("Regions", address.to("/regions")), (one, address.to(f"/regions/{code}", view="partners")), (other, "")]
    return _page(
        request, answer, PAIR_PLANS, heading=f"{one} and {other}", path=path, views=[], measures=[], map=None
    )  # fmt: skip


def _page(
    request: Request, answer: Answer, plans: dict[str, Plan], *, apart: tuple[str, ...] = (), **shown: Any
) -> HTMLResponse:
    address = Address.of(request)
    form = analysis_form(answer, address)
    form["fields"] = [one for one in form["fields"] if one.name != "region"]
    form["own"] = [one for one in form["own"] if one.name != "with-region"]
    context = answer_page(request, answer, plans, apart=apart)
    return render(
        request, "regions.html", answer.graph, honesty_of_answer(request, answer), **form, **context, **shown
    )  # fmt: skip


def _tie_map(answer: Answer, address: Address, code: str) -> RegionMap | None:
    """The region among those it has joint projects with."""
    projects = _figures(answer, "ties", "partner_key", "projects")
    links = {one: address.to(f"/regions/{code}/{one}") for one in projects}
    return region_map(answer.graph, "Joint projects with each region", projects, links, code)


def _partner_map(answer: Answer, address: Address, code: str) -> RegionMap | None:
    """The region among those that complement it, with the joint projects that tie them already."""
    gains = _figures(answer, "partners", "partner_key", "gain_both")
    links = {one: address.to(f"/regions/{code}/{one}") for one in gains}
    ties = {one: int(count) for one, count in _figures(answer, "partners", "partner_key", "joint_projects").items()}
    return region_map(
        answer.graph, "What both would gain", gains, links, code, ties, f"not among the first {len(gains)}"
    )  # fmt: skip


def _figures(answer: Answer, table: str, key: str, column: str) -> dict[str, float]:
    """A column of figures by the keys of another, as far as known; none where the answer has no such table."""
    if table not in (one.name for one in answer.result.tables):
        return {}
    rows = zip(*(answer.result.table(table).column(name) for name in (key, column)), strict=True)
    return {str(code): float(figure) for code, figure in rows if code and isinstance(figure, int | float)}
