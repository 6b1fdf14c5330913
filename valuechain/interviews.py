"""Interviews of a store's organisations: the form that asks what matters most, and what its answers changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from valuechain.model.difference import FindingChange, finding_changes
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.interview import Form, form_of, known_links
from valuechain.model.language import say
from valuechain.model.question import view_among
from valuechain.model.result import SEVERITIES, Result
from valuechain.model.search import Hit, find_organisation, search

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.service import Service


@dataclass(frozen=True)
class Count:
    """One figure of a check, before and after: `name` is a severity, or what is counted."""

    name: str
    before: int
    after: int


@dataclass(frozen=True)
class Changed:
    """What an import changed in the check of one organisation: its findings, and figures that tell how far."""

    before: Result
    after: Result
    findings: tuple[FindingChange, ...]
    counts: tuple[Count, ...]

    def of(self, what: str) -> tuple[FindingChange, ...]:
        """Return the findings that are new, gone or changed, the worst first."""
        return tuple(one for one in self.findings if one.what == what)


def form_for(service: Service, organisation: str, options: Mapping[str, str] | None = None) -> Form:
    """Return the form for an organisation that is in the store, in the language that is spoken.

    `options` say on which knowledge and for whom, as those of any question do.

    Raises
    ------
    QuestionError, NotFoundError
        If nobody is named, or nobody of that key, id or name is visible.
    """
    if not organisation.strip():
        raise QuestionError(say("Nobody is named."), say("Name whom the interview is with."))
    asked = view_among(options or {})
    revision = service.revision((options or {}).get("as-of", ""))
    view = service.subject_view(asked, organisation, str(revision))
    graph = service.graph(view, str(revision))
    position = find_organisation(graph, organisation)
    assert position is not None, "its view was found above"
    key, name = (str(graph["organisations"][column].iloc[position]) for column in ("key", "label"))
    wanted = {**(options or {}), "as-of": str(revision), "organisation": key}
    if view != asked:
        wanted["with"] = "synthetic"
    table = service.run("questions", wanted).table("questions")
    rows = [table.cells(row) for row in range(len(table.rows))]
    known = any(
        bool((graph[kind][end] == position).any())
        for kind, end in (("offers", "organisation"), ("needs", "organisation"), ("supplies", "buyer"))
    )
    return form_of(key, name, revision, rows, known_links(graph, position), known, _words(graph))


def form_for_somebody_new(service: Service, name: str) -> Form:
    """Return the form for somebody of whom no record speaks: who they are, what they make, and what they need."""
    return form_of("", " ".join(name.split()), service.revision(), words=_words(service.graph()))


def alike(service: Service, name: str, most: int = 3) -> list[Hit]:
    """Return organisations that are called like somebody who is not known."""
    return [hit for hit in search(service.graph(), name) if hit.kind == "organisation"][:most]


def changed(service: Service, organisation: str, revision: int, options: Mapping[str, str] | None = None) -> Changed:
    """Return what the import that made `revision` changed in the check of an organisation.

    `options` are those of the check, without `as-of`. What is not asked yet changes with every answer: it is counted,
    not listed as a finding.
    """
    wanted = {**(options or {}), "organisation": organisation}
    after = service.run("audit", {**wanted, "as-of": str(revision)})
    same_day = {"valid-on": after.graph.valid_on, "as-of": str(revision - 1)}
    try:
        before = service.run("audit", {**wanted, **same_day})
    except (NotFoundError, QuestionError):  # nobody knew the organisation then
        before = replace(after, findings=(), tables=tuple(replace(one, rows=(), evidence=()) for one in after.tables))
    return Changed(before, after, _found(before, after), tuple(_counts(before, after)))


def _found(before: Result, after: Result) -> tuple[FindingChange, ...]:
    """What became of the findings; the remark on what was not asked yet is counted, not compared."""
    old, new = ([one for one in result.findings if one.severity != "info"] for result in (before, after))
    found = finding_changes("audit", old, new)
    return tuple(sorted(found, key=lambda one: SEVERITIES.index(one.finding.severity)))


def _counts(before: Result, after: Result) -> Iterator[Count]:
    """Figures of both checks: inputs whose supplier is known, findings by severity, weak links, open questions."""
    yield Count("inputs", _known(before), _known(after))
    severities = [Counter(one.severity for one in result.findings) for result in (before, after)]
    for severity in SEVERITIES[:-1]:
        yield Count(severity, *(counted[severity] for counted in severities))
    for table in ("weak-links", "questions"):
        yield Count(table, *(len(result.table(table).rows) for result in (before, after)))


def _known(check: Result) -> int:
    return sum(1 for suppliers in check.table("inputs").column("suppliers") if suppliers)


def _words(graph: ValueGraph) -> Iterable[str]:
    """Names of what a chain requires, in alphabetical order."""
    capabilities = graph["capabilities"]
    return sorted(capabilities["label"][capabilities["kind"] != "market"].dropna())
