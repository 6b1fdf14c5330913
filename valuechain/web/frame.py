"""What stands around every page: the data set, its revision and day, the reader, and how sure the numbers are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from valuechain.model import interview
from valuechain.model.language import plural, say, term
from valuechain.model.schema import READERS
from valuechain.web import agreeing
from valuechain.web.address import Address
from valuechain.web.ask import Answer, service_of

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True)
class Frame:
    """The line under the header. `now` is False when an older revision is shown."""

    sources: tuple[str, ...]
    revision: int
    as_of: str
    now: bool
    valid_on: str
    organisations: int
    projects: int
    reader: str
    readers: tuple[str, ...] = READERS


@dataclass(frozen=True)
class Honesty:
    """How many lines of a page are guessed or made up, and what is left out of it.

    `subject_made_up` says that the page is about an organisation that does not exist, so that made-up records belong
    to it; `what` is what was counted, lines or links; `kept_out` counts the made-up records that this page leaves out.
    """

    lines: int
    guessed: int
    made_up: int
    left_out: tuple[str, ...]
    let_in: tuple[str, ...]
    kept_out: int
    what: str
    subject_made_up: bool

    @property
    def sentences(self) -> tuple[str, ...]:
        """What is to be said of it, beyond whether there are guesses at all."""
        found = []
        if self.guessed or self.made_up:
            found.append(self._of_what())
        elif "inferred" in self.left_out:
            found.append(say("What is shown rests on what somebody stated."))
        if self.kept_out:
            found.append(
                say("Left out: {records}, there for showing.", records=plural(self.kept_out, "made-up record"))
            )
        return tuple(found)

    def _of_what(self) -> str:
        count = plural(self.lines, "line") if self.what == "line" else plural(self.lines, "link")
        shares = {"lines": count, "guessed": self.guessed, "made_up": self.made_up}
        if self.made_up and self.subject_made_up:
            if self.guessed:
                return say(_MADE_UP_SUBJECT_AND_GUESSES, **shares)
            return say(
                "This organisation is made up. Resting on made-up records: {made_up:,} of {lines} here.", **shares
            )
        return say(_SHARES[self.what, bool(self.guessed), bool(self.made_up)], **shares)


_MADE_UP_SUBJECT_AND_GUESSES = term(
    "This organisation is made up. Resting on made-up records: {made_up:,} of {lines} here; on guesses: {guessed:,}."
)

_SHARES = {
    ("line", True, False): term("Resting on guesses: {guessed:,} of {lines} here."),
    ("line", False, True): term("Resting on made-up records: {made_up:,} of {lines} here."),
    ("line", True, True): term("Resting on guesses: {guessed:,} of {lines} here; on made-up records: {made_up:,}."),
    ("link", True, False): term("Resting on guesses: {guessed:,} of {lines} in the data."),
    ("link", False, True): term("Resting on made-up records: {made_up:,} of {lines} in the data."),
    ("link", True, True): term(
        "Resting on guesses: {guessed:,} of {lines} in the data; on made-up records: {made_up:,}."
    ),
}
"""What is said of the shares by what is counted, whether there are guesses, and whether there are made-up records."""


@dataclass(frozen=True)
class Place:
    """One of the words at the top of every page, in English."""

    word: str
    link: str
    current: bool


def frame_of(request: Request, graph: ValueGraph) -> Frame:
    """Return the line about the data set that a page rests on."""
    service = service_of(request)
    return Frame(
        tuple(say(one) if one in _TOLD.values() else one for one in graph.once(_sources)),
        graph.revision,
        graph.as_of,
        graph.revision == service.revision(),
        graph.view.valid_on,
        len(graph["organisations"]),
        len(graph["projects"]),
        graph.view.reader,
    )


def _sources(graph: ValueGraph) -> tuple[str, ...]:
    """The sources, those with the most records first; all that was told on pages and forms comes last, as a kind."""
    counts: Counter[str] = Counter()
    for source, records in Counter(graph.records["source"].tolist()).items():
        counts[_called(source)] += records
    return tuple(sorted(counts, key=lambda source: (source in _TOLD.values(), -counts[source], source)))


def _called(source: str) -> str:
    return next((word for prefix, word in _TOLD.items() if source.startswith(prefix)), source)


_TOLD = {interview.PREFIX: term("interviews"), agreeing.PREFIX: agreeing.TAKEN_FOR}
"""What sources are called together whose own names are codes, by how these begin."""


def places(address: Address) -> tuple[Place, ...]:
    """Return the words at the top, each with where it leads; the page that a reader is on is marked."""
    found = (
        (term("Check"), "/", ("/", "/check")),
        (term("Gaps"), "/gaps", ("/gaps",)),
        (term("Explore"), "/explore", ("/explore",)),
        (term("Regions"), "/regions", ("/regions", "/consortia")),
        (term("Questions"), "/analysis", ("/analysis",)),
        (term("Data"), "/data", ("/data", "/records")),
    )
    return tuple(
        Place(word, address.to(link), any(_lies_in(address.path, start) for start in starts))
        for word, link, starts in found
    )


def _lies_in(path: str, start: str) -> bool:
    return path == start or (start != "/" and path.startswith(f"{start}/"))


def honesty_of_answer(request: Request, answer: Answer, subject_made_up: bool = False) -> Honesty:
    """Count the findings and rows of an answer by the least certain status that they rest on."""
    statuses = Counter(finding.status for finding in answer.result.findings)
    for table in answer.result.tables:
        if "status" in (column.name for column in table.columns):
            statuses.update(str(status) for status in table.column("status"))
    return _honesty(request, answer.graph, statuses, "line", subject_made_up)


def honesty_of_graph(request: Request, graph: ValueGraph) -> Honesty:
    """Count the links of a graph by status, for pages that show no answer."""
    return _honesty(request, graph, graph.once(_links_by_status), "link", False)


def _honesty(request: Request, graph: ValueGraph, statuses: Counter[str], what: str, subject_made_up: bool) -> Honesty:
    options = Address.of(request).options
    return Honesty(
        statuses.total(),
        statuses["inferred"],
        statuses["synthetic"],
        _words(options.get("without", "")),
        _words(options.get("with", "")),
        graph.left_out.get("synthetic", 0),
        what,
        subject_made_up,
    )


def _links_by_status(graph: ValueGraph) -> Counter[str]:
    linking = ("offers", "needs", "supplies", "markets", "collaborations", "memberships")
    return Counter(str(status) for table in linking for status in graph[table]["status"])


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)
