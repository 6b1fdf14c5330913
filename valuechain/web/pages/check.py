"""The value-chain check of one organisation: what is missing, what could break, whom to call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.actions import ACTION_WORDS
from valuechain.model.codes import KIND_WORDS, STATUS_WORDS
from valuechain.model.errors import NotFoundError
from valuechain.model.language import day_words, in_a_sentence, labels_listed, listed, plural, say, term
from valuechain.model.result import Cell, Result
from valuechain.model.search import find_organisation
from valuechain.web.address import Address
from valuechain.web.ask import Answer, ask, made_up_keys
from valuechain.web.chain import HEADINGS, Entry, entries, knowledge
from valuechain.web.errors import PageRoute
from valuechain.web.frame import honesty_of_answer
from valuechain.web.page import render
from valuechain.web.sections import Plan, answer_page
from valuechain.web.strip import SIZES, Strip, strip
from valuechain.web.tables import table_view
from valuechain.web.words import STATE_WORDS

router = APIRouter(route_class=PageRoute)

PLANS = {
    "inputs": Plan(
        term("What it buys, input by input"),
        term("One row per input that its products need."),
        ("input", "state", "suppliers", "essential", "lead_time_days", "stock_cover_days", "stage", "status"),
        8,
        term("Inputs"),
    ),
    "weak-links": Plan(
        term("Weak links"),
        term("On whom it hangs, what stops without them, and who could deliver instead."),
        ("input", "hangs_on", "way", "lead_time_days", "stock_days", "gap_weeks", "stops", "replace_with", "status"),
        6,
        empty=term("No weak link is known. Inputs without a known supplier are not assessed."),
    ),
    "substitutes": Plan(
        term("Who could deliver instead"),
        term("Best first for each weak link."),
        ("organisation", "capability", "hangs_on", "kind", "place", "reason", "status"),
        5,
        term("Substitutes"),
    ),
    "stopped": Plan(
        term("Who stops with it"),
        term("If one of these fails, who cannot go on."),
        ("organisation", "place", "input", "hangs_on", "confidence", "status"),
        5,
        term("Who stops"),
    ),
    "support": Plan(
        term("Who can help with what is lacking"),
        term(
            "Research organisations and open facilities, best first for each input; who only comes near is marked so."
        ),
        ("organisation", "lacking", "match", "place", "reason", "readiness", "distance_km", "status"),
        6,
        term("Who can help"),
        term("No research organisation is known to work on what is lacking."),
    ),
    "partners": Plan(
        term("Partners and customers worth meeting"),
        term("Found by rule: what is needed beside what is offered. How likely a deal is, nobody can say yet."),
        ("organisation", "could_be", "capability", "reason", "why_not_before", "place", "distance_km", "status"),
        6,
        term("Partners"),
        term("Nobody fits by what is stated, or guessed from the titles of two projects or more."),
    ),
    "questions": Plan(
        term("What we do not know"),
        term("Questions whose answers would change most of the above, in that order."),
        (),
        12,
        term("Questions"),
        term("Nothing is open whose answer would change a finding."),
    ),
    "actions": Plan(
        term("What was agreed"),
        term("What is due next comes first. Each change is an import that can be withdrawn."),
        (),
        30,
        term("Agreed"),
        term("Nothing was agreed yet. Each finding above can be given an action: what, who, by when."),
    ),
}

_INPUT_OF = {"inputs": "input_key", "weak-links": "input_key", "support": "lacking_key", "partners": "capability_key",
             "questions": "capability_key"}  # fmt: skip
"""The column of each table that says which input a row concerns."""

_OF_WEAK_LINKS = ("substitutes", "stopped")
"""Tables that say more of those on whom it hangs; nothing to tell where it hangs on nobody."""

_OF_INPUTS = ("inputs", "weak-links", "support")
"""Tables about what it needs; nothing to tell where not one input is known."""


@router.get("/check/{key:path}")
def check(request: Request, key: str) -> HTMLResponse:
    """Return the check of the organisation that `key` names: its key, a strong id, its bare id or its full name.

    The option `input` narrows the tables to what concerns one input.
    """
    answer = ask(request, "audit", organisation=key)
    result, address = answer.result, Address.of(request)
    organisations = answer.graph["organisations"]
    found = find_organisation(answer.graph, key)
    row = organisations.iloc[found]
    facts = _facts(result)
    name = str(row["label"])
    boxes = entries(result)
    strips = [strip(result, answer.graph, size, name) for size in SIZES] if boxes else []
    chosen = address.option("input")
    rows = _rows_about(result, chosen) if chosen else {}
    known = knowledge(result.table("inputs"))
    nothing = [] if known else list(_OF_INPUTS)
    nothing += [one for one in _OF_WEAK_LINKS if not (rows[one] if chosen else result.table(one).rows)]
    return render(
        request,
        "check.html",
        answer.graph,
        honesty_of_answer(request, answer, row["key"] in answer.graph.once(made_up_keys)),
        name=name,
        key=row["key"],
        firm=row["kind"] in ("sme", "large"),
        facts=_fact_words(facts, _is_guessed(result)),
        known=known,
        inputs=len(result.table("inputs").rows),
        days=_days(facts.get("newest record", ""), facts.get("oldest record", "")) if _anything_known(known) else "",
        strips=strips,
        summary=_summary(boxes),
        entries=boxes,
        headings=HEADINGS,
        not_drawn=strips[0].hidden if strips else 0,
        drawn_statuses=_statuses(strips),
        drawn_states={box.state for picture in strips for box in picture.boxes},
        upstream=any(line.status == "chain" for picture in strips for line in picture.lines),
        chain=table_view(answer, result.table("chain"), address, first=60),
        input=chosen,
        input_label=_label_of(result, chosen),
        agreeing=True,
        action_cells=_cells_by_row(result, "actions"),
        today=date.today().isoformat(),
        ACTION_WORDS=ACTION_WORDS,
        section_links={
            "partners": (
                address.to("/analysis/missing-links", organisation=str(row["key"]), with_=_let_in(answer)),
                say("Suggested partners: how likely a joint project is"),
            )
        },
        **answer_page(
            request, answer, PLANS, [("strip", say("Chain"))] if strips else [], ("chain", "facts", *nothing), rows
        ),
    )


def _let_in(answer: Answer) -> str | None:
    """What the address must let in for others to find who the check is about."""
    return "synthetic" if "synthetic" in answer.graph.view.statuses else None


def _rows_about(result: Result, key: str) -> dict[str, Sequence[int]]:
    """The rows of each table that concern one input. Raises NotFoundError if the organisation does not need it."""
    if key not in result.table("inputs").column("input_key"):
        raise NotFoundError(say("The check has no input {key!r}.", key=key), say("Choose one in the picture."))
    rows = {name: _where(result, name, column, {key}) for name, column in _INPUT_OF.items()}
    weak = result.table("weak-links").column("hangs_on_key")
    hangs_on = {str(weak[row]) for row in rows["weak-links"]}
    return {**rows, **{name: _where(result, name, "hangs_on_key", hangs_on) for name in _OF_WEAK_LINKS}}


def _where(result: Result, table: str, column: str, keys: set[str]) -> list[int]:
    return [row for row, cell in enumerate(result.table(table).column(column)) if cell in keys]


def _label_of(result: Result, key: str) -> str:
    inputs = result.table("inputs")
    labels: Mapping[object, object] = dict(zip(inputs.column("input_key"), inputs.column("input"), strict=True))
    return str(labels.get(key, ""))


def _cells_by_row(result: Result, table: str) -> dict[str, dict[str, Cell]]:
    """The cells of a table as they are, not as people read them, by the element that shows the row."""
    found = result.table(table)
    return {f"{table}-{row + 1}": found.cells(row) for row in range(len(found.rows))}


def _facts(result: Result) -> dict[str, str]:
    table = result.table("facts")
    return {str(name): str(value) for name, value in zip(table.column("name"), table.column("value"), strict=True)}


def _is_guessed(result: Result) -> bool:
    table = result.table("facts")
    return ("makes", "inferred") in zip(table.column("name"), table.column("status"), strict=True)


def _fact_words(facts: dict[str, str], guessed: bool) -> list[str]:
    """Who it is, in a line; `guessed` says that what it makes is."""
    kind = facts.get("kind", "")
    who = say(KIND_WORDS[kind]) if kind in KIND_WORDS else kind
    if facts.get("staff", "").isdecimal():
        who = say("{kind}, {staff:,} staff", kind=who, staff=int(facts["staff"]))
    what = in_a_sentence(facts.get("makes", ""))
    makes = say("seems to make {what}", what=what) if guessed else say("makes {what}", what=what)
    member = say("member of {cluster}", cluster=facts["cluster"]) if facts.get("cluster") else ""
    parts = (f"{who[:1].upper()}{who[1:]}", facts.get("place", ""), makes if what else "", member)
    return [part for part in parts if part]


def _anything_known(known: tuple[tuple[str, int], ...]) -> bool:
    """Whether a supplier of any input is known, so that it matters when that was told."""
    return any(kind not in ("lacking", "unknown") for kind, _ in known)


def _days(newest: str, oldest: str) -> str:
    """How old what is known of the inputs is."""
    if newest == oldest:
        return say("told on {day}", day=day_words(newest)) if newest else ""
    return say("newest {newest}, oldest {oldest}", newest=day_words(newest), oldest=day_words(oldest))


def _summary(boxes: tuple[Entry, ...]) -> str:
    """What the picture shows, in words."""
    inputs = [one for one in boxes if one.role == "input"]
    states = [one.state for one in inputs]
    parts = [
        say("{count} {state}", count=states.count(state), state=say(word))
        for state, word in STATE_WORDS.items()
        if state in states
    ]
    outputs = [one.capability for one in boxes if one.role == "output"]
    told = [
        say("{inputs}: {states}.", inputs=plural(len(inputs), "input"), states=listed(parts, len(parts)))
        if inputs
        else say("No input is known.")
    ]
    if outputs:
        told.append(say("Its buyers make {what}.", what=labels_listed(outputs)))
    return " ".join(told)


def _statuses(strips: list[Strip]) -> list[str]:
    drawn = {one.status for picture in strips for one in picture.lines}
    return [status for status in STATUS_WORDS if status in drawn]
