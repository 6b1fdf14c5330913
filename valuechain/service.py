"""Between the doors and what they open: takes data in, loads the graph once per revision, runs, remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from valuechain import registry
from valuechain.graph_cache import GraphCache, graph_key
from valuechain.matching.deciding import decision
from valuechain.matching.waiting import Waiting, waiting
from valuechain.memory import Memory
from valuechain.model.analysis import Analysis
from valuechain.model.batch import Batch
from valuechain.model.build import Reference, build
from valuechain.model.difference import Difference
from valuechain.model.errors import DataError, NoDataError, NotFoundError, QuestionError, RefusedError
from valuechain.model.follow_up import followed
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Decision, Import, Snapshot
from valuechain.model.import_report import ImportReport, report
from valuechain.model.language import plural, say, speaking, spoken
from valuechain.model.question import Question, view_among
from valuechain.model.result import AnalysisHeader, Finding, Result, completed
from valuechain.model.schema import STATUSES
from valuechain.model.search import find_organisation
from valuechain.model.watching import Progress, unwatched, watched
from valuechain.model.words import words_used
from valuechain.settings import Settings
from valuechain.sources.beside import contacts, corrections, proposed_mapping, remember_mappings
from valuechain.sources.decisions import read_decisions
from valuechain.sources.open import open_deliveries, read_deliveries
from valuechain.sources.reading import Reading
from valuechain.sources.reference import load_reference
from valuechain.stores.base import Store
from valuechain.stores.open import open_store


def open_service(settings: Settings) -> Service:
    """Open the store that the settings name. Raises QuestionError or StoreError."""
    kept = GraphCache(settings.cache / "graphs") if settings.cache else None
    mappings = settings.data / "mappings" if settings.data else None
    return Service(open_store(settings.store, settings.neo4j_password), load_reference(), kept, mappings)


class Service:
    """Answers questions about one store. Safe to share between threads.

    Parameters
    ----------
    store : Store
        Where the records are.
    reference : Reference
        Title terms and region names that the program brings along.
    kept : GraphCache, optional
        Where graphs are kept between runs; without it each is made once per run.
    mappings : Path, optional
        Folder of the mappings that imports used; without it none is remembered.
    """

    def __init__(
        self, store: Store, reference: Reference, kept: GraphCache | None = None, mappings: Path | None = None
    ) -> None:
        self.store = store
        self._mappings = mappings
        self._reference = reference
        self._kept = kept
        self._snapshots = Memory[Snapshot](2)
        self._graphs = Memory[ValueGraph](6)
        self._results = Memory[Result](128)
        self._waiting = Memory[Waiting](4)

    def import_(
        self,
        paths: Sequence[Path],
        reading: Reading | None = None,
        dry_run: bool = False,
        strict: bool = False,
        by: str = "",
        progress: Progress = unwatched,
    ) -> list[ImportReport]:
        """Read files and store them, and return one report per delivery.

        Parameters
        ----------
        paths, reading
            What to read, see `valuechain.sources.open.read`. Decisions that an export brings along are taken over.
        dry_run : bool
            Check and report, write nothing.
        strict : bool
            Write nothing if any row is at fault.
        by : str
            Who imports, for the history.
        progress : callable
            Called with (records written, records in all) now and then, with (0, 0) while the files are read. What it
            raises stops the delivery that is being written, of which nothing is left behind; those before it stay.

        Raises
        ------
        DataError
            If a file cannot be read; as RefusedError if nothing is left of a delivery, or rows are refused and the
            import is strict. All deliveries are checked before the first is written.
        """
        reading = self._reading(reading)
        with watched(lambda done, total: progress(0, 0)):
            deliveries = open_deliveries(paths, reading)
            batches = read_deliveries(deliveries, reading)
        reports = self.take_in(batches, read_decisions(paths), dry_run, strict, by, progress)
        if not dry_run:
            remember_mappings(deliveries, reading)
            del deliveries, batches  # what a store shows to people takes as much memory again
            self.store.refresh()
        return reports

    def proposed_mapping(self, paths: Sequence[Path], reading: Reading | None = None) -> str:
        """Return a mapping file (YAML): what each column of the lists is taken for, to be corrected by a person."""
        reading = self._reading(reading)
        return proposed_mapping(open_deliveries(paths, reading), reading)

    def corrections(self, paths: Sequence[Path], reading: Reading | None = None) -> dict[str, bytes]:
        """Return a copy of each file with faults, by its new name: what is wrong and what to do beside each row."""
        reading = self._reading(reading)
        deliveries = open_deliveries(paths, reading)
        return corrections(deliveries, read_deliveries(deliveries, reading))

    def contacts(self, paths: Sequence[Path], reading: Reading | None = None) -> str:
        """Return what lists tell of persons, as CSV for a table of its own: it never goes into a store."""
        reading = self._reading(reading)
        return contacts(open_deliveries(paths, reading), reading)

    def _reading(self, reading: Reading | None) -> Reading:
        return replace(reading or Reading(), remembered=self._mappings)

    def take_in(
        self,
        batches: Sequence[Batch],
        decisions: Sequence[Decision] = (),
        dry_run: bool = False,
        strict: bool = False,
        by: str = "",
        progress: Progress = unwatched,
    ) -> list[ImportReport]:
        """Store deliveries that are read already, and decisions that are not in force yet; see `import_`."""
        _check(batches, strict)
        before = self.snapshot()
        written = [None] * len(batches) if dry_run else self._write(batches, by, progress)
        news = [one for one in decisions if one.hash not in {known.hash for known in before.decisions}]
        if news and not dry_run:
            self.store.decide(news, by)
        return [
            report(batch, before, one, self._unknown_words(batch)) for batch, one in zip(batches, written, strict=True)
        ]

    def _unknown_words(self, batch: Batch) -> dict[str, int]:
        """Words for capabilities that neither the chains that are known now nor a decision explain."""
        used = words_used(batch.records)
        if not used:
            return {}
        explained = self.graph().positions["capabilities"].keys() | {one.subject for one in self.snapshot().decisions}
        return {word: count for reference, word, count in used if reference not in explained}

    def _write(self, batches: Sequence[Batch], by: str, progress: Progress) -> list[Import]:
        total = sum(len(batch.records) for batch in batches)
        before = 0
        written = []

        def watch(done: int, of_one: int) -> None:
            progress(before + done, total)

        for batch in batches:
            written.append(self.store.write(batch, by, watch))
            before += len(batch.records)
        return written

    def run(self, name: str, options: Mapping[str, object] | None = None, progress: Progress = unwatched) -> Result:
        """Answer the question of the analysis `name` with options as any door gives them.

        `progress` is told now and then how far a long analysis is; what it raises stops it. Raises NotFoundError for
        an unknown analysis or subject, QuestionError for options that do not fit.
        """
        analysis = registry.get(name)
        question = Question.read(analysis, options or {})
        revision = self.revision(question.as_of)
        key = (revision, question)
        with watched(progress), speaking(question.language):
            return self._results.get(key, lambda: self._answer(analysis, question, revision))

    def waiting(self, view: View | None = None, as_of: str = "") -> Waiting:
        """Return the pairs of organisations that `view` shows and that wait for somebody's word, see `matching`."""
        view, revision = view or View(), self.revision(as_of)
        return self._waiting.get(
            (revision, view, spoken()), lambda: waiting(self._graph(view, revision), self._snapshot(revision))
        )

    def decide(self, verdict: str, first: str, second: str, by: str = "", view: View | None = None) -> Decision:
        """Remember a verdict on two organisations that `view` shows; return it as it was remembered.

        Raises NotFoundError or QuestionError, see `matching.deciding.decision`.
        """
        revision = self.revision()
        known = self._snapshot(revision).decisions
        said = decision(self._graph(view or View(), revision), known, verdict, first, second, by)
        self.store.decide([said], by)
        return said

    def compare(
        self,
        before: str = "",
        after: str = "",
        options: Mapping[str, object] | None = None,
        plan: bool = False,
        progress: Progress = unwatched,
    ) -> Difference:
        """Return what differs between the store at `before` and at `after` (revision or date; empty means now).

        Findings are those of every analysis that asks about all, or, with the option `organisation`, of those that ask
        about one. Unless `valid-on` is given, the day to which ages count is that of `after` throughout. With `plan`,
        `after` is also compared with itself and what is planned. An analysis that spells out its worst findings alone,
        as its notes say, may name others instead of those that are still there.

        `progress` is told how many questions are answered, then (0, 0) while it is looked up since when findings stood;
        what it raises stops the comparison.

        Raises QuestionError for options that do not fit. Where nobody is there to ask about, there are no findings.
        """
        view = view_among(options or {})
        first, last = self.revision(before), self.revision(after)
        view = replace(view, valid_on=self._graph(view, last).view.valid_on)
        intended = view.with_planned() if plan else view
        asked = {**(options or {}), "valid-on": view.valid_on}
        about_one = bool(asked.get("organisation"))
        names = [name for name in registry.names() if registry.get(name).asks_about_one == about_one]
        questions, answered = len(names) * (3 if plan else 2), count()

        def graph_at(revision: int, planned: bool) -> ValueGraph:
            return self._graph(intended if planned else view, revision)

        def findings_at(name: str, revision: int, planned: bool) -> tuple[Finding, ...]:
            so_far = next(answered)
            progress(*((so_far, questions) if so_far < questions else (0, 0)))
            let_in = {"with": ",".join(intended.statuses)} if planned else {}
            return self._findings(name, {**asked, **let_in, "as-of": str(revision)})

        for name in names:
            Question.read(registry.get(name), asked)
        made = {event.revision: event.at for event in self.store.history()[1]}
        return followed(names, (first, last), graph_at, findings_at, made, plan)

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
                raise NotFoundError(
                    say("There is no revision {revision}.", revision=as_of),
                    say("The newest is {revision}.", revision=str(newest)),
                )
            return int(as_of)
        _, events = self.store.history()
        before = [event.revision for event in events if event.at[: len(as_of)] <= as_of]
        return max(before, default=0)

    def subject_view(self, view: View, organisation: str, as_of: str = "") -> View:
        """Return the view in which to look at one organisation: made-up records are let in for a made-up one.

        Raises NotFoundError if nobody of that key, id or name is visible.
        """
        revision = self.revision(as_of)
        if find_organisation(self._graph(view, revision), organisation) is not None:
            return view
        let_in = {*view.statuses, "synthetic"}
        widened = replace(view, statuses=tuple(status for status in STATUSES if status in let_in))
        if find_organisation(self._graph(widened, revision), organisation) is None:
            raise NotFoundError(
                say("No organisation is called {name!r}.", name=organisation), say("Search for a part of its name.")
            )
        return widened

    def _findings(self, name: str, options: Mapping[str, object]) -> tuple[Finding, ...]:
        """What an analysis finds amiss: remarks on what is not known change with every import and are left out."""
        with suppress(QuestionError):
            return tuple(one for one in self.run(name, options).findings if one.severity != "info")
        return ()

    def _answer(self, analysis: Analysis, question: Question, revision: int) -> Result:
        view, scope = question.view, question.scope
        notes: tuple[str, ...] = ()
        if scope.organisation:
            if analysis.asks_about_one:
                widened = self.subject_view(view, scope.organisation, str(revision))
                if widened != view:
                    notes = (
                        say("This organisation is made up, so made-up records are let in. No real one rests on them."),
                    )
                view = widened
            graph = self._graph(view, revision)
            found = find_organisation(graph, scope.organisation)
            if found is None:
                raise NotFoundError(
                    say("No organisation is called {name!r}.", name=scope.organisation),
                    say("Search for a part of its name; a made-up one needs --with synthetic."),
                )
            scope = replace(scope, organisation=str(graph["organisations"]["key"].iloc[found]))
        graph = self._graph(view, revision)
        if graph.records.empty:
            raise NoDataError(
                say("{store} holds nothing that this reader may see.", store=self.store.url), say("Import data first.")
            )
        graph = graph.within(scope)
        answer = analysis(graph, **dict(question.parameters))
        header = AnalysisHeader(analysis.name, analysis.version, question.resolved(graph))
        return completed(replace(answer, notes=(*notes, *answer.notes)), graph, header, question.limit)

    def _graph(self, view: View, revision: int) -> ValueGraph:
        def made() -> ValueGraph:
            return build(self._snapshot(revision), view, self._reference)

        def kept() -> ValueGraph:
            if self._kept is None:
                return made()
            return self._kept.get(graph_key(*self.store.history(), revision, view, self._reference), made)

        return self._graphs.get((revision, view), kept)

    def _snapshot(self, revision: int) -> Snapshot:
        return self._snapshots.get(revision, lambda: self.store.load(revision))


def _check(batches: Sequence[Batch], strict: bool) -> None:
    """Raise DataError if one of the deliveries must not be written."""
    sources = [batch.source for batch in batches]
    twice = next((source for source in sources if sources.count(source) > 1), None)
    if twice is not None:
        what = say("Two deliveries are called {name!r}, and the second would replace the first.", name=twice)
        raise DataError(
            what, say("Make them one with --source NAME, or import them one after the other by other names.")
        )
    for batch in batches:
        if not batch.records:
            what = say(
                "Nothing of {source!r} can be taken in: {refused:,} of {rows:,} rows are at fault.",
                source=batch.source,
                refused=batch.refused,
                rows=batch.rows_read,
            )
            raise RefusedError(what, say("Nothing was written."), batch.faults)
    faults = tuple(fault for batch in batches for fault in batch.faults if fault.severity == "refused")
    if strict and faults:
        refused = sum(batch.refused for batch in batches)
        what = plural(refused, "row is at fault.", "rows are at fault.")
        raise RefusedError(what, say("Nothing was written, because the import is strict."), faults)
