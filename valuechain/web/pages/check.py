"""The value-chain check of one organisation: what is missing, what could break, whom to call."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.names import in_a_sentence
from valuechain.model.result import Result
from valuechain.model.search import find_organisation
from valuechain.web.address import Address
from valuechain.web.ask import ask, made_up_keys
from valuechain.web.chain import HEADINGS, Entry, entries, knowledge
from valuechain.web.errors import PageRoute
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page
from valuechain.web.strip import SIZES, Strip, strip
from valuechain.web.tables import table_view
from valuechain.web.words import KIND_WORDS, STATE_WORDS, STATUS_WORDS, listed, plural

router = APIRouter(route_class=PageRoute)

PLANS = {
    "weak-links": Plan(
        "Weak links",
        "On whom it hangs, what stops without them, and who could deliver instead.",
        ("input", "hangs_on", "way", "lead_time_days", "stock_days", "gap_weeks", "stops", "replace_with", "status"),
        empty="No weak link is known. Inputs without a known supplier are not assessed.",
    ),
    "substitutes": Plan(
        "Who could deliver instead",
        "Best first for each weak link.",
        ("organisation", "capability", "hangs_on", "kind", "place", "reason", "status"),
        6,
        "Substitutes",
    ),
    "stopped": Plan(
        "Who stops with it",
        "If one of these fails, who else cannot go on.",
        ("organisation", "place", "input", "hangs_on", "confidence", "status"),
        6,
        "Who stops",
    ),
    "inputs": Plan(
        "What it buys, input by input",
        "One row per input that its products need.",
        ("input", "state", "suppliers", "essential", "lead_time_days", "stock_cover_days", "stage", "status"),
        40,
        "Inputs",
    ),
    "support": Plan(
        "Who can help with what is lacking",
        "Research organisations and open facilities, best first for each input; who only comes near is marked so.",
        ("organisation", "lacking", "match", "place", "reason", "readiness", "distance_km", "status"),
        word="Who can help",
    ),
    "partners": Plan(
        "Partners and customers worth meeting",
        "Found by rule: what is needed beside what is offered. Suggested partners adds joint projects.",
        ("organisation", "could_be", "place", "capability", "reason", "why_not_before", "distance_km", "status"),
        30,
        "Partners",
        "Nobody fits by what is stated, or guessed from the titles of two projects or more.",
    ),
    "questions": Plan(
        "What we do not know",
        "Questions whose answers would change most of the above, in that order.",
        (),
        12,
        "Questions",
    ),
}


@router.get("/check/{key:path}")
def check(request: Request, key: str) -> HTMLResponse:
    """Return the check of the organisation that `key` names: its key, a strong id, its bare id or its full name."""
    answer = ask(request, "audit", organisation=key)
    address = Address.of(request)
    organisations = answer.graph["organisations"]
    found = find_organisation(answer.graph, key)
    row = organisations.iloc[found]
    facts = _facts(answer.result)
    name = str(row["label"])
    boxes = entries(answer.result, answer.graph)
    strips = [strip(answer.result, answer.graph, size, name) for size in SIZES] if boxes else []
    return render(
        request,
        "check.html",
        answer.graph,
        honesty_of_answer(request, answer, row["key"] in made_up_keys(answer.graph)),
        name=name,
        key=row["key"],
        firm=row["kind"] in ("sme", "large"),
        facts=_fact_words(facts, _is_guessed(answer.result)),
        known=knowledge(answer.result.table("inputs")),
        inputs=len(answer.result.table("inputs").rows),
        days=tuple(facts.get(one, "") for one in ("newest record", "oldest record")),
        strips=strips,
        summary=_summary(boxes),
        entries=boxes,
        headings=HEADINGS,
        not_drawn=strips[0].hidden if strips else 0,
        drawn_statuses=_statuses(strips),
        upstream=any(line.status == "chain" for picture in strips for line in picture.lines),
        chain=table_view(answer, answer.result.table("chain"), address, first=60),
        **answer_page(request, answer, PLANS, [("strip", "Chain")] if strips else [], ("chain", "facts")),
    )


def _facts(result: Result) -> dict[str, str]:
    table = result.table("facts")
    return {str(name): str(value) for name, value in zip(table.column("name"), table.column("value"), strict=True)}


def _is_guessed(result: Result) -> bool:
    table = result.table("facts")
    return ("makes", "inferred") in zip(table.column("name"), table.column("status"), strict=True)


def _fact_words(facts: dict[str, str], guessed: bool) -> list[str]:
    """Who it is, in a line; `guessed` says that what it makes is."""
    kind = facts.get("kind", "")
    staff = f", {int(facts['staff']):,} staff" if facts.get("staff", "").isdecimal() else ""
    who = f"{KIND_WORDS.get(kind, kind)}{staff}"
    makes = f"{'seems to make' if guessed else 'makes'} {in_a_sentence(facts['makes'])}" if "makes" in facts else ""
    member = f"member of {facts['cluster']}" if facts.get("cluster") else ""
    return [part for part in (who[:1].upper() + who[1:], facts.get("place", ""), makes, member) if part]


def _summary(boxes: tuple[Entry, ...]) -> str:
    """What the picture shows, in words."""
    inputs = [one for one in boxes if one.role == "input"]
    states = [one.state for one in inputs]
    parts = [f"{states.count(state)} {STATE_WORDS[state]}" for state in STATE_WORDS if state in states]
    outputs = [one.capability for one in boxes if one.role == "output"]
    sells = f" Its buyers make {listed(outputs[:3])}." if outputs else ""
    return f"{plural(len(inputs), 'input')}: {listed(parts)}.{sells}" if inputs else f"No input is known.{sells}"


def _statuses(strips: list[Strip]) -> list[str]:
    drawn = {one.status for picture in strips for one in picture.lines}
    return [status for status in STATUS_WORDS if status in drawn]
