"""Between the doors and the analyses: loads the graph once per revision, cuts it to the reader, runs, remembers."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping
from dataclasses import replace
from threading import RLock
from typing import TypeVar

from valuechain import registry
from valuechain.model.analysis import Analysis
from valuechain.model.build import Reference, build
from valuechain.model.errors import NotFoundError
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Snapshot
from valuechain.model.question import Question
from valuechain.model.result import AnalysisHeader, Result, completed
from valuechain.model.search import find_organisation
from valuechain.stores.base import Store

Kept = TypeVar("Kept")


class Service:
    """Answers questions about one store. Safe to share between threads.

    Parameters
    ----------
    store : Store
        Where the records are.
    reference : Reference
        Title terms and region names that the program brings along.
    """

    def __init__(self, store: Store, reference: Reference) -> None:
        self.store = store
        self._reference = reference
        self._lock = RLock()
        self._snapshots: OrderedDict[Hashable, Snapshot] = OrderedDict()
        self._graphs: OrderedDict[Hashable, ValueGraph] = OrderedDict()
        self._results: OrderedDict[Hashable, Result] = OrderedDict()

    def run(self, name: str, options: Mapping[str, object] | None = None) -> Result:
        """Answer the question of the analysis `name` with options as any door gives them.

        Raises NotFoundError for an unknown analysis or subject, QuestionError for options that do not fit.
        """
        analysis = registry.get(name)
        question = Question.read(analysis, options or {})
        revision = self.revision(question.as_of)
        key = (revision, question)
        return self._kept(self._results, 128, key, lambda: self._answer(analysis, question, revision))

    def graph(self, view: View | None = None, as_of: str = "") -> ValueGraph:
        """Return the graph that `view` shows of the store at `as_of` (revision, date, or now)."""
        return self._graph(view or View(), self.revision(as_of))

    def snapshot(self, as_of: str = "") -> Snapshot:
        """Return the active records and decisions at `as_of`."""
        return self._snapshot(self.revision(as_of))

    def revision(self, as_of: str = "") -> int:
        """Return the revision that `as_of` means: a number, the last one of a day (ISO date), or the newest."""
        newest = self.store.revision()
        if not as_of:
            return newest
        if as_of.isdigit():
            if int(as_of) > newest:
                raise NotFoundError(f"There is no revision {as_of}.", f"The newest is {newest}.")
            return int(as_of)
        _, events = self.store.history()
        before = [event.revision for event in events if event.at[: len(as_of)] <= as_of]
        return max(before, default=0)

    def subject_view(self, view: View, organisation: str, as_of: str = "") -> View:
        """Return the view in which to look at one organisation: made-up records are let in for a made-up one.

        Raises NotFoundError if nobody of that key, id or name is visible.
        """
        revision = self.revision(as_of)
        for widened in (view, replace(view, statuses=(*view.statuses, "synthetic"))):
            graph = self._graph(widened, revision)
            found = find_organisation(graph, organisation)
            if found is not None:
                return widened
        raise NotFoundError(f"No organisation is called {organisation!r}.", "Search for a part of its name.")

    def _answer(self, analysis: Analysis, question: Question, revision: int) -> Result:
        view, scope = question.view, question.scope
        notes: tuple[str, ...] = ()
        if scope.organisation:
            if analysis.asks_about_one:
                widened = self.subject_view(view, scope.organisation, str(revision))
                if widened != view:
                    notes = ("This organisation is made up, so made-up records are let in. No real one rests on them.",)
                view = widened
            graph = self._graph(view, revision)
            found = find_organisation(graph, scope.organisation)
            if found is None:
                raise NotFoundError(
                    f"No organisation is called {scope.organisation!r}.",
                    "Search for a part of its name; a made-up one needs --with synthetic.",
                )
            scope = replace(scope, organisation=str(graph["organisations"]["key"].iloc[found]))
        graph = self._graph(view, revision).within(scope)
        answer = analysis(graph, **dict(question.parameters))
        header = AnalysisHeader(analysis.name, analysis.version, _parameters(question, graph))
        return completed(replace(answer, notes=(*notes, *answer.notes)), graph, header, question.limit)

    def _graph(self, view: View, revision: int) -> ValueGraph:
        return self._kept(
            self._graphs, 6, (revision, view), lambda: build(self._snapshot(revision), view, self._reference)
        )

    def _snapshot(self, revision: int) -> Snapshot:
        return self._kept(self._snapshots, 2, revision, lambda: self.store.load(revision))

    def _kept(self, memory: OrderedDict[Hashable, Kept], size: int, key: Hashable, make: Callable[[], Kept]) -> Kept:
        """Return what is remembered under `key`, or make it; the least recently used goes first."""
        with self._lock:
            if key not in memory:
                memory[key] = make()
                if len(memory) > size:
                    memory.popitem(last=False)
            memory.move_to_end(key)
            return memory[key]


def _parameters(question: Question, graph: ValueGraph) -> dict[str, str | int | float | bool | None]:
    """Every option as it was resolved, under the name that commands and URLs use."""
    scope = graph.scope
    asked: dict[str, str | int | float | bool | None] = {
        "as-of": graph.revision,
        "valid-on": graph.view.valid_on,
        "for": graph.view.reader,
        "statuses": ",".join(graph.view.statuses),
        "organisation": scope.organisation,
        "region": ",".join(scope.regions),
        "country": ",".join(scope.countries),
        "cluster": ",".join(scope.clusters),
        "kind": ",".join(scope.kinds),
        "chain": scope.chain,
        "limit": question.limit,
    }
    return {**asked, **{name.replace("_", "-"): value for name, value in question.parameters}}
