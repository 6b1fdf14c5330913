"""What stands around every page: the data set, its revision and day, the reader, and how sure the numbers are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from starlette.requests import Request

from valuechain.model.schema import READERS, reader_rank
from valuechain.web.address import Address
from valuechain.web.ask import Answer, service_of

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.history import Snapshot


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


@dataclass(frozen=True)
class Place:
    """One of the words at the top of every page."""

    word: str
    link: str
    current: bool


def frame_of(request: Request, graph: ValueGraph) -> Frame:
    """Return the line about the data set that a page rests on."""
    service = service_of(request)
    snapshot = service.snapshot(str(graph.revision))
    sources = sorted({one.source for one in snapshot.imports if one.state == "active"})
    return Frame(
        tuple(sources),
        graph.revision,
        graph.as_of,
        graph.revision == service.revision(),
        graph.view.valid_on,
        len(graph["organisations"]),
        len(graph["projects"]),
        graph.view.reader,
    )


def places(address: Address) -> tuple[Place, ...]:
    """Return the words at the top, each with where it leads; the page that a reader is on is marked."""
    found = (
        ("Check", "/", ("/", "/check")),
        ("Gaps", "/gaps", ("/gaps",)),
        ("Explore", "/explore", ("/explore",)),
        ("Regions", "/regions", ("/regions",)),
        ("Questions", "/analysis", ("/analysis",)),
        ("Data", "/data", ("/data", "/records")),
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
    return _honesty(request, graph, _links_by_status(graph), "link", False)


def _honesty(request: Request, graph: ValueGraph, statuses: Counter[str], what: str, subject_made_up: bool) -> Honesty:
    options = Address.of(request).options
    snapshot = service_of(request).snapshot(str(graph.revision))
    made_up_in = "synthetic" in graph.view.statuses
    return Honesty(
        statuses.total(),
        statuses["inferred"],
        statuses["synthetic"],
        _words(options.get("without", "")),
        _words(options.get("with", "")),
        0 if made_up_in else made_up_records(snapshot, graph.view.reader),
        what,
        subject_made_up,
    )


@lru_cache(maxsize=8)
def _links_by_status(graph: ValueGraph) -> Counter[str]:
    linking = ("offers", "needs", "supplies", "markets", "collaborations", "memberships")
    return Counter(str(status) for table in linking for status in graph[table]["status"])


def made_up_records(snapshot: Snapshot, reader: str) -> int:
    """Count the made-up records that a reader may see."""
    import pyarrow as pa
    import pyarrow.compute as pc

    visible = pa.array(READERS[: reader_rank(reader) + 1])
    return sum(
        pc.sum(
            pc.and_(
                pc.equal(table.column("status"), "synthetic"), pc.is_in(table.column("visibility"), value_set=visible)
            )
        ).as_py()
        or 0
        for table in snapshot.tables.values()
    )


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split(",") if word)
