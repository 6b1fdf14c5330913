"""An interview: a few questions to one organisation as a form, the same in a workbook, on paper, and when read back.

Each line of a form carries an id, which says what its cells mean; so lines may change their order, and the questions
may be worded otherwise. "Don't know" and "rather not say" are answers of their own. A form is made in the language
that is spoken; the answers and headings that it offers mean the same in every language (see `meant`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from valuechain.model.language import LANGUAGES, say, speaking, term
from valuechain.model.search import folded

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

MOST = 12
"""Questions of one interview; more would not be answered."""

FORM = "valuechain interview"
"""How the id of a form's head begins."""
VERSION = 1

PREFIX = "interview-"
"""How the source of a form is called, before whom it asks and the revision at which it was made."""

YES = term("yes")
NO = term("no")
DONT_KNOW = term("don't know")
REFUSED = term("rather not say")
WITHHELD = term("exists, name withheld")
OURSELVES = term("we make it ourselves")
NOT_NEEDED = term("we do not need it")
NO_OTHER = term("there is none")

Cell = Literal["answer", "who", "town", "lead_time_days", "stock_cover_days", "go_on"]

HEADINGS: dict[Cell, str] = {
    "answer": term("Your answer"),
    "who": term("Who (name)"),
    "town": term("Town"),
    "lead_time_days": term("A new delivery takes (days)"),
    "stock_cover_days": term("Your stock lasts (days)"),
    "go_on": term("Could you go on without it?"),
}
"""The cells that a line may have, and what stands above them."""

NUMBER, QUESTION, WHY, LEAVE = term("No."), term("Question"), term("Why we ask"), term("Leave as it is")
"""Headings of the columns that nobody fills in; below the last one stand the ids."""

KINDS_OF_ORGANISATION = {
    term("firm with less than 250 staff"): "sme",
    term("larger firm"): "large",
    term("research institute"): "rto",
    term("university"): "university",
    term("public body"): "public",
    term("other"): "other",
}

ANSWERS = (
    YES, NO, DONT_KNOW, REFUSED, WITHHELD, OURSELVES, NOT_NEEDED, NO_OTHER, *KINDS_OF_ORGANISATION,
)  # fmt: skip
"""Everything that forms offer to choose from, names of things and organisations aside."""

_OFFERED = 12
"""So many known customers are offered by name."""

_UNSAID = (DONT_KNOW, REFUSED)
GO_ON = (YES, NO, DONT_KNOW)
"""What may be said to `go_on`."""

_YES_OR_NO = (YES, NO, *_UNSAID)
_SUPPLIERS = (WITHHELD, OURSELVES, NOT_NEEDED, *_UNSAID)
_SUPPLIERS_OF_A_NEED = (WITHHELD, OURSELVES, *_UNSAID)
_TIMES: tuple[Cell, ...] = ("answer", "lead_time_days", "stock_cover_days")
_SUPPLY: tuple[Cell, ...] = ("who", "town", "lead_time_days", "stock_cover_days", "go_on")


@dataclass(frozen=True)
class Line:
    """One line of a form.

    `number` is that of the question, empty where a line goes on with the one above. `id` says what the cells mean: the
    kind of line first, then keys and numbers. `cells` are those to be filled in. `answers` are offered as the answer,
    and nothing else is one unless it is `free`; `whom` are offered beside any name. `given` is filled in already.
    """

    number: str
    question: str
    why: str
    id: tuple[Any, ...]
    cells: tuple[Cell, ...]
    answers: tuple[str, ...] = ()
    whom: tuple[str, ...] = ()
    free: bool = False
    given: str = ""

    @property
    def written_id(self) -> str:
        """The id as it stands in the form."""
        return json.dumps(self.id, ensure_ascii=False)


CELLS_OF: dict[str, tuple[Cell, ...]] = {
    "day": ("answer",),
    "field": ("answer",),
    "makes": ("answer",),
    "needs": ("answer", *_SUPPLY),
    "supplier": _SUPPLY,
    "times": _TIMES,
    "link": _TIMES,
    "offer": ("answer",),
    "essential": ("answer",),
    "sales": ("answer", "who", "town"),
    "share": ("answer",),
}
"""Kinds of lines, and the cells that they have at most."""


@dataclass(frozen=True)
class Section:
    """Lines under a heading, with a word of help."""

    title: str
    help: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Form:
    """The form for one organisation.

    `organisation` is its key, empty where no record speaks of it yet. `source` is what its answers are called once
    they are imported. `words` are names of capabilities that are offered where one is asked for.
    """

    organisation: str
    name: str
    source: str
    sections: tuple[Section, ...]
    words: tuple[str, ...] = field(default=())

    @property
    def written_id(self) -> str:
        """The id of the form's head."""
        return json.dumps([FORM, VERSION, self.organisation, self.name, self.source], ensure_ascii=False)


@dataclass(frozen=True)
class Links:
    """What is known already of the links that are asked about.

    `since` maps keys of supplier and capability to the first day of that link, where it tells one. `customers` maps
    names of customers to their key, the key of what they buy, and the first day of that. `services` are keys of
    capabilities that nobody can lay in stock.
    """

    since: Mapping[tuple[str, str], str] = field(default_factory=dict)
    customers: Mapping[str, tuple[str, str, str]] = field(default_factory=dict)
    services: frozenset[str] = frozenset()


def known_links(graph: ValueGraph, organisation: int) -> Links:
    """Return what is known of the supply links of an organisation, given by its position."""
    supplies = graph["supplies"]
    names, keys = graph["organisations"]["label"], graph["organisations"]["key"]
    things = graph["capabilities"]["key"]
    services = frozenset(things[graph["capabilities"]["kind"].isin(["service", "facility"])])
    bought = supplies[(supplies["buyer"] == organisation) & supplies["since"].notna()]
    sold = supplies[supplies["supplier"] == organisation]
    return Links(
        {
            (keys.iloc[supplier], things.iloc[thing]): day
            for supplier, thing, day in zip(bought["supplier"], bought["capability"], bought["since"], strict=True)
        },
        {
            names.iloc[buyer]: (keys.iloc[buyer], things.iloc[thing], day)
            for buyer, thing, day in zip(sold["buyer"], sold["capability"], sold["since"].fillna(""), strict=True)
        },
        services,
    )


def form_of(
    organisation: str,
    name: str,
    revision: int,
    questions: Sequence[Mapping[str, Any]] = (),
    links: Links | None = None,
    is_known: bool = False,
    words: Iterable[str] = (),
) -> Form:
    """Return the form for an organisation.

    Parameters
    ----------
    organisation : str
        Its key, empty where no record speaks of it.
    name : str
        What it is called.
    revision : int
        That of the store; forms made at different revisions are different sources, so that none replaces another.
    questions : sequence of mappings
        Rows of the analysis `questions`, the most important first; the first MOST are asked.
    links : Links
        What is known of the links that are asked about.
    is_known : bool
        Whether anybody said what it makes or needs; if not, that is asked first.
    words : iterable of str
        Names of capabilities to offer.
    """
    source = f"{PREFIX}{_called(organisation, name)}-{revision}"
    sections = [] if organisation else [_about(name)]
    asked = [
        line
        for number, row in enumerate(questions[:MOST], start=1)
        for line in _lines(str(number), row, links or Links())
    ]
    if not is_known:
        sections += [_makes(4), _needs(6)]
    if asked:
        sections.append(Section(say("Questions"), say("The most important come first."), tuple(asked)))
    if is_known and len(questions) < MOST:
        sections.append(_missing())
    return Form(organisation, name, source, tuple(sections), tuple(dict.fromkeys(words)))


def _called(organisation: str, name: str) -> str:
    """How the source of a form calls whom it asks; who came into the store by a form goes by the same name again."""
    source, _, id = organisation.partition(":")
    return slug(id if source.startswith(PREFIX) else organisation or name)


def slug(text: str) -> str:
    """Return a name as the id of what it names: small letters and hyphens."""
    return folded(text).replace(" ", "-")[:60] or "organisation"


def _about(name: str) -> Section:
    lines = (
        Line("", say("Name of your organisation"), "", ("field", "name"), ("answer",), free=True, given=name),
        Line("", say("Postcode"), "", ("field", "postcode"), ("answer",), free=True),
        Line("", say("Town"), "", ("field", "city"), ("answer",), free=True),
        Line("", say("Country"), "", ("field", "country"), ("answer",), free=True),
        Line("", say("What are you?"), "", ("field", "kind"), ("answer",), (*KINDS_OF_ORGANISATION, REFUSED)),
        Line("", say("How many people work with you?"), "", ("field", "staff"), ("answer",), _UNSAID, free=True),
    )
    return Section(say("About you"), "", lines)


def _makes(count: int) -> Section:
    why = say("Who needs it, and what you need for it, follows from this.")
    lines = [_one_made(say("What do you make or offer?"), why, 1)]
    lines += [_one_made(say("And what else do you make or offer?"), "", number) for number in range(2, count + 1)]
    help = say("One thing for each line, in a few words. Empty lines do no harm.")
    return Section(say("What you make"), help, tuple(lines))


def _one_made(question: str, why: str, number: int) -> Line:
    return Line("", question, why, ("makes", number), ("answer",), free=True)


def _needs(count: int) -> Section:
    why = say("If one of these did not arrive, what would stand still?")
    again = say("And what else do you need, and who supplies it?")
    lines = [_one_needed(say("What do you need most for it, and who supplies it?"), why, 1)]
    lines += [_one_needed(again, "", number) for number in range(2, count + 1)]
    help = say("What you need comes first, who supplies it beside it. A second supplier gets a line of its own.")
    return Section(say("What you need for it"), help, tuple(lines))


def _one_needed(question: str, why: str, number: int) -> Line:
    return Line("", question, why, ("needs", number), CELLS_OF["needs"], whom=_SUPPLIERS_OF_A_NEED, free=True)


def _missing() -> Section:
    lines = (
        _one_made(say("What else do you make or offer?"), "", 1),
        _one_needed(say("What else do you need, and who supplies it?"), "", 1),
    )
    return Section(say("What is missing here"), say("Only if something important was not asked."), lines)


def _lines(number: str, row: Mapping[str, Any], links: Links) -> list[Line]:
    """The lines of one question; none for a kind that is not put to organisations."""
    question, why, kind, thing = row["question"], row["why"], row["kind"], row["capability_key"]
    other, label = row["about_key"] or "", row["capability"]
    if kind == "supplier":
        again = say("A second supplier of it, if there is one")
        cells = tuple(cell for cell in _SUPPLY if cell != "stock_cover_days" or thing not in links.services)
        return [
            Line(number, question, why, (kind, thing, 1, label), cells, whom=_SUPPLIERS),
            Line("", again, "", (kind, thing, 2, label), cells[:-1], whom=(NO_OTHER, WITHHELD, *_UNSAID)),
        ]
    if kind in ("times", "link"):
        id = (kind, thing, other, links.since.get((other, thing), ""))
        return [Line(number, question, why, id, _TIMES, _UNSAID if kind == "times" else _YES_OR_NO)]
    if kind in ("offer", "essential"):
        return [Line(number, question, why, (kind, thing), ("answer",), _YES_OR_NO)]
    if kind == "sales":
        share = say("About what share of your sales does it take, in %?")
        customers = {name: list(told) for name, told in list(links.customers.items())[:_OFFERED]}
        return [
            Line(number, question, why, (kind, thing, customers), CELLS_OF[kind], _YES_OR_NO, (*customers, WITHHELD)),
            Line("", share, "", ("share", thing), ("answer",), _UNSAID, free=True),
        ]
    return []


def meant(text: str) -> str:
    """Return which of ANSWERS a text is, in whatever language it was offered; else the text in small letters."""
    written = _plain(text)
    return _meanings().get(written, written)


def said_in_any(message: str) -> frozenset[str]:
    """Return a message in every language, as headings and other fixed words of a form may read."""
    return frozenset(_said(message, language) for language in LANGUAGES)


@cache
def _meanings() -> dict[str, str]:
    return {_plain(_said(answer, language)): answer for answer in ANSWERS for language in reversed(LANGUAGES)}


def _said(message: str, language: str) -> str:
    with speaking(language):
        return say(message)


def _plain(text: str) -> str:
    """A text in small letters, with the apostrophe that keyboards have: programs bend it."""
    return text.lower().replace("’", "'")
