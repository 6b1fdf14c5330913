"""Regions: which stands where, what one does more than others, whom it complements, and what a pair would add up to."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.errors import NotFoundError
from valuechain.model.language import say, term
from valuechain.model.result import Table
from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask, graph_of
from valuechain.web.errors import PageRoute
from valuechain.web.forms import analysis_form
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.region_facts import at_a_glance, facts_of_pair, figures_of
from valuechain.web.region_map import RegionMap, region_map
from valuechain.web.region_pair import led_to_pairs, sides
from valuechain.web.region_plans import ALL_PLANS, PAIR_PLANS, PARTNER_PLANS, PROFILE_PLANS
from valuechain.web.sections import Plan, answer_page
from valuechain.web.trip import Trip, trip

router = APIRouter(route_class=PageRoute)

MEASURES = {
    "organisations": term("Organisations"),
    "specialisations": term("Specialisations"),
    "projects": term("Joint projects with other regions"),
    "single": term("Capabilities with one supplier known"),
}
"""What the map of all regions can show: columns of the table of regions."""

PARTNER_MEASURES = {
    "gain_both": term("What both would gain"),
    "gain_here": term("What it would add here"),
    "joint_projects": term("Joint projects so far"),
}
"""What the map of partners can show: columns of the table of partners."""

LEVELS = (term("Countries"), term("NUTS 1"), term("NUTS 2"), term("NUTS 3"))
"""The levels of the map of all regions, by their number."""

Choices = list[tuple[str, list[tuple[str, str, bool]]]]
"""Ways to look at a page: what is chosen, and words with a link each and whether that is the present one."""


@router.get("/regions")
def regions(request: Request) -> HTMLResponse:
    """Return the map and the table of all regions of a level; `measure` chooses what the map shows."""
    address = Address.of(request)
    answer = ask(request, "region-profile", region="")
    measure = _chosen(address, MEASURES)
    table = answer.result.table("regions")
    links = {str(code): address.to(f"/regions/{code}") for code in table.column("region_key")}
    level = int(str(answer.result.analysis.parameters["level"]))
    levels = [(say(word), address.here(level=str(one)), one == level) for one, word in enumerate(LEVELS)]
    return _page(
        request,
        answer,
        ALL_PLANS,
        heading=say("Regions"),
        path=[],
        choices=[
            (say("What the map shows"), _measures(address, MEASURES)),
            (say("Level"), levels),
            *_countries(answer, address, table),
        ],
        map=region_map(
            answer.graph, say(MEASURES[measure]), figures_of(answer, "regions", "region_key", measure), links
        ),
    )


@router.get("/regions/{code}")
def region(request: Request, code: str) -> HTMLResponse:
    """Return the profile of one region; with `view=partners`, the regions that complement it."""
    address = Address.of(request)
    _known(request, code)
    if address.option("view") == "partners":
        return _partners(request, code)
    answer = ask(request, "region-profile", region=code)
    projects = figures_of(answer, "ties", "partner_key", "projects")
    links = {one: address.to(f"/regions/{code}/{one}") for one in projects}
    none = say("no joint project known")
    return _page(
        request,
        answer,
        PROFILE_PLANS,
        code=code,
        heading=answer.graph.region_label(code),
        path=_path(answer, address, code),
        views=_views(address, "profile"),
        figures=at_a_glance(answer),
        group=address.to("/consortia", region=code, rules="joint-project"),
        map=region_map(answer.graph, say("Joint projects with each region"), projects, links, code, others=none),
    )


def _partners(request: Request, code: str) -> HTMLResponse:
    address = Address.of(request)
    answer = ask(request, "collaboration", region=code)
    measure = _chosen(address, PARTNER_MEASURES)
    figures = {one: figures_of(answer, "partners", "partner_key", one) for one in PARTNER_MEASURES}
    links = {one: address.to(f"/regions/{code}/{one}") for one in figures["gain_both"]}
    return _page(
        request,
        answer,
        PARTNER_PLANS,
        apart=("adds", "fills", "openings", "carriers"),
        code=code,
        heading=answer.graph.region_label(code),
        path=_path(answer, address, code),
        views=_views(address, "partners"),
        choices=[(say("What the map shows"), _measures(address, PARTNER_MEASURES))],
        map=_partner_map(answer, code, say(PARTNER_MEASURES[measure]), figures[measure], figures, links),
        trip=_trip(answer, code, figures, links),
    )


@router.get("/regions/{code}/{partner}")
def pair(request: Request, code: str, partner: str) -> HTMLResponse:
    """Return what two regions would add to each other, and who would carry it."""
    address = Address.of(request)
    _known(request, code)
    _known(request, partner)
    answer = ask(request, "collaboration", region=code, **{"with-region": partner})
    one, other = (answer.graph.region_label(name) for name in (code, partner))
    path = [
        (say("Regions"), address.to("/regions")),
        (one, address.to(f"/regions/{code}", view="partners")),
        (other, address.to(f"/regions/{partner}", view="partners")),
    ]
    both = sides(answer, address, code, partner)
    return _page(
        request,
        answer,
        PAIR_PLANS,
        apart=("adds", "partners") if both else (),
        more=[("sides", say("What each would bring"))] if both else [],
        heading=say("{one} and {other}", one=one, other=other),
        path=path,
        facts=facts_of_pair(answer.result.table("partners")),
        sides=both,
        group=address.to("/consortia", region=f"{code},{partner}", rules=_rules_for(code, partner)),
        brief=address.to("/analysis/brief", region=code, **{"with-region": partner}),
        mission=_mission(answer, address, code, partner),
    )


def _mission(answer: Answer, address: Address, code: str, partner: str) -> str:
    """The dossier of a mission between clusters of two regions, empty where no two clusters have members there."""
    memberships = answer.graph["memberships"]
    here = answer.graph["organisations"]["region"].str.startswith((code, partner)).fillna(False).to_numpy(bool)
    clusters = memberships["cluster"][here[memberships["organisation"].to_numpy(int)]]
    if clusters.nunique() < 2:
        return ""
    return address.to("/analysis/dossier", region=f"{code},{partner}")


def _known(request: Request, code: str) -> None:
    """Raise NotFoundError where no region has this code; in one that has, nobody may be known.

    A code without a name, of an older list or of a country's own, is one if somebody lies there.
    """
    graph = graph_of(request)
    if code not in graph.region_labels and not graph["organisations"]["region"].str.startswith(code).any():
        raise NotFoundError(say("No region has the code {code}.", code=code), say("Choose one on the map of regions."))


def _page(
    request: Request,
    answer: Answer,
    plans: dict[str, Plan],
    *,
    apart: tuple[str, ...] = (),
    more: Sequence[tuple[str, str]] = (),
    code: str = "",
    **shown: Any,
) -> HTMLResponse:
    address = Address.of(request)
    form = analysis_form(answer, address)
    form["fields"] = [one for one in form["fields"] if one.name != "region"]
    form["own"] = [one for one in form["own"] if one.name != "with-region"]
    context = answer_page(request, answer, plans, more, apart)
    if code:
        context["sections"] = led_to_pairs(context["sections"], address, code)
    nothing: dict[str, Any] = {
        "views": [],
        "choices": [],
        "map": None,
        "trip": None,
        "sides": (),
        "facts": [],
        "figures": [],
        "group": "",
        "brief": "",
        "mission": "",
    }
    return render(
        request,
        "regions.html",
        answer.graph,
        honesty_of_answer(request, answer),
        code=code,
        **form,
        **context,
        **{**nothing, **shown},
    )


def _rules_for(code: str, partner: str) -> str:
    """The rules that a group of two regions is looked for with until a call is chosen; they count NUTS 2 regions."""
    return "joint-project" if code[:4] == partner[:4] else "two-regions"


def _path(answer: Answer, address: Address, code: str) -> list[tuple[str, str]]:
    return [(say("Regions"), address.to("/regions")), (answer.graph.region_label(code), "")]


def _views(address: Address, present: str) -> list[tuple[str, str, bool]]:
    words = {"profile": say("Profile"), "partners": say("Partners")}
    return [
        (
            word,
            address.here(view=None if name == "profile" else name, evidence=None, show=None, measure=None),
            name == present,
        )
        for name, word in words.items()
    ]


def _chosen(address: Address, measures: dict[str, str]) -> str:
    return address.option("measure") if address.option("measure") in measures else next(iter(measures))


def _measures(address: Address, measures: dict[str, str]) -> list[tuple[str, str, bool]]:
    chosen = _chosen(address, measures)
    return [(say(word), address.here(measure=name), name == chosen) for name, word in measures.items()]


def _countries(answer: Answer, address: Address, table: Table) -> Choices:
    """All countries of the regions, to look at one alone; no choice where there is but one."""
    present = address.option("country")
    codes = sorted({str(code)[:2] for code in table.column("region_key")})
    if len(codes) < 2 and not present:
        return []
    every = [(say("All"), address.here(country=None), not present)]
    label = answer.graph.region_label
    return [(say("Country"), every + [(label(one), address.here(country=one), one == present) for one in codes])]


def _partner_map(
    answer: Answer,
    code: str,
    title: str,
    shown: dict[str, float],
    figures: dict[str, dict[str, float]],
    links: dict[str, str],
) -> RegionMap | None:
    """The region among those that complement it, with the joint projects that tie them already."""
    ties = {one: int(count) for one, count in figures["joint_projects"].items()}
    others = say("not among the first {count:,}", count=len(links))
    return region_map(answer.graph, title, shown, links, code, ties, others)


def _trip(answer: Answer, code: str, figures: dict[str, dict[str, float]], links: dict[str, str]) -> Trip | None:
    label = answer.graph.region_label
    return trip(
        {one: label(one) for one in links},
        figures["gain_here"],
        figures["joint_projects"],
        links,
        say("joint projects so far"),
        say("what each would add to {region}, 0 to 100", region=label(code)),
    )
