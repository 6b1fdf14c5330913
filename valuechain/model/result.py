"""What an analysis returns: findings, tables, charts as data. No drawing here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from hashlib import blake2b
from itertools import chain
from typing import TYPE_CHECKING, Any, Literal

from valuechain.model.actions import Action, agreed_actions
from valuechain.model.errors import NotFoundError
from valuechain.model.language import say, term
from valuechain.model.schema import READERS, STAGE_ORDER, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.graph import ValueGraph

Severity = Literal["critical", "high", "medium", "low", "info"]
SEVERITIES: tuple[Severity, ...] = ("critical", "high", "medium", "low", "info")
"""From the worst to a mere remark. What nobody was asked about is never above info."""

Cell = str | int | float | bool | None

RECORD_LIMIT = 20_000
"""At most so many records are listed in one result; how many were left out is said."""


ON_STAGE_ORDER = term("It rests in part on the order of the stages: nobody said there what goes into what.")


@dataclass(frozen=True)
class Finding:
    """One thing that a reader should know, as an advisor would say it.

    Parameters
    ----------
    kind : str
        What sort of finding, such as `no-actor`; with the subjects it makes the id.
    severity : Severity
        How bad it is.
    confidence : float
        0..1, no higher than what it rests on.
    subjects : sequence of str
        Keys of the things it is about, the main one first.
    title : str
        The finding itself in one line, not its topic.
    explanation : str
        Why, in two or three sentences.
    action : str
        What to do.
    with_whom : sequence of str
        Whom to ask, each by name and reason; empty if nobody is known.
    status : str
        The least certain status that it rests on: declared, inferred, synthetic.
    stage : str
        Label of the stage of the chain where it stands; empty if it has none.
    evidence : sequence of int
        Positions of the records behind it.
    actions : sequence of Action
        What was agreed to be done about it; `completed` adds them to the findings of every analysis.
    """

    kind: str
    severity: Severity
    confidence: float
    subjects: tuple[str, ...]
    title: str
    explanation: str
    action: str
    with_whom: tuple[str, ...] = ()
    status: str = "declared"
    stage: str = ""
    evidence: tuple[int, ...] = ()
    actions: tuple[Action, ...] = ()

    @property
    def id(self) -> str:
        """Name of the finding that stays the same from one revision to the next."""
        return f"{self.kind}-{blake2b(' '.join(self.subjects).encode(), digest_size=6).hexdigest()}"


@dataclass(frozen=True)
class Column:
    """One column of a table. A column `x_key` of type `key` names the thing that column `x` shows.

    A `datetime` is local time in ISO form, "2026-10-01T09:00".
    """

    name: str
    type: Literal["text", "integer", "number", "boolean", "date", "datetime", "key"]
    description: str
    unit: str = ""


STATUS = Column("status", "text", "The least certain status that the row rests on")
"""Every table ends with this column, so that a guess stays a guess in every export."""


@dataclass(frozen=True)
class Table:
    """Rows with units, and the records behind each row. `cut` counts rows that were left out."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    evidence: tuple[tuple[int, ...], ...]
    cut: int = 0

    def column(self, name: str) -> list[Cell]:
        """Return the cells of one column; ValueError if there is none of that name."""
        index = [column.name for column in self.columns].index(name)
        return [row[index] for row in self.rows]

    def cells(self, row: int) -> dict[str, Cell]:
        """Return the cells of one row by the names of their columns."""
        return dict(zip((column.name for column in self.columns), self.rows[row], strict=True))

    @staticmethod
    def from_rows(
        name: str,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Mapping[str, Any]],
    ) -> Table:
        """Build a table from mappings of column name to value; `evidence` holds the record positions of the row.

        Values that are not a number (NaN) become empty, numpy values plain ones; whole numbers lose the point that a
        column with empty cells gave them.
        """
        rows = list(rows)
        return Table(
            name,
            title,
            tuple(columns),
            tuple(tuple(_typed(column, row.get(column.name)) for column in columns) for row in rows),
            tuple(tuple(row.get("evidence", ())) for row in rows),
        )


@dataclass(frozen=True)
class Chart:
    """A picture as data: which columns of which table to draw, and how.

    `series` names the column that splits or colours; `value` the column of a heat map's cells, or of the widths of the
    flows from what `x` names to what `y` names. `alternative` says in a sentence what the picture shows.
    """

    name: str
    kind: Literal["bar", "scatter", "heatmap", "sankey"]
    title: str
    table: str
    x: str
    y: str
    series: str = ""
    value: str = ""
    alternative: str = ""


@dataclass(frozen=True)
class RecordLine:
    """One record behind a result: enough to open the file at the row."""

    id: str
    kind: str
    import_: int
    source: str
    file: str
    sheet: str
    row: int
    as_of: str | None
    status: str
    confidence: float | None

    def to_dict(self) -> dict[str, Cell]:
        """Return the line with the names that results use."""
        return {name.rstrip("_"): value for name, value in asdict(self).items()}


@dataclass(frozen=True)
class AnalysisHeader:
    """Which analysis, in which version, was run with which parameters (resolved)."""

    name: str
    version: str
    parameters: Mapping[str, Cell]


@dataclass(frozen=True)
class GraphHeader:
    """What it was run on and for whom. `visibility` is the highest visibility of the records it rests on."""

    revision: int
    digest: str
    as_of: str
    valid_on: str
    reader: str
    visibility: str


@dataclass(frozen=True)
class Result:
    """Findings, tables and charts, with the records that every number leads back to.

    An analysis fills the first five fields, with evidence as positions in `ValueGraph.records`; `completed` adds the
    rest and turns evidence into indexes of `records`. `verdict` is the answer in one or two sentences.
    """

    verdict: str = ""
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()
    notes: tuple[str, ...] = ()
    analysis: AnalysisHeader = field(default_factory=lambda: AnalysisHeader("", "", {}))
    graph: GraphHeader = field(default_factory=lambda: GraphHeader(0, "", "", "", "", ""))
    records: tuple[RecordLine, ...] = ()
    records_cut: int = 0

    def table(self, name: str = "") -> Table:
        """Return the table called `name`, or the first; NotFoundError if there is none."""
        for table in self.tables:
            if name in ("", table.name):
                return table
        known = ", ".join(table.name for table in self.tables)
        raise NotFoundError(
            say("This result has no table {name!r}.", name=name), say("It has: {tables}.", tables=known)
        )

    def frame(self, name: str = "") -> pd.DataFrame:
        """Return a table as a pandas DataFrame, the first by default."""
        import pandas as pd

        table = self.table(name)
        return pd.DataFrame(list(table.rows), columns=[column.name for column in table.columns])

    def to_dict(self) -> dict[str, Any]:
        """Return the result in the form in which it is given out as JSON."""
        return {
            "analysis": {
                "name": self.analysis.name,
                "version": self.analysis.version,
                "parameters": dict(self.analysis.parameters),
            },
            "graph": asdict(self.graph),
            "verdict": self.verdict,
            "findings": [{"id": finding.id, **asdict(finding)} for finding in self.findings],
            "tables": [asdict(table) for table in self.tables],
            "charts": [asdict(chart) for chart in self.charts],
            "records": [record.to_dict() for record in self.records],
            "records_cut": self.records_cut,
            "notes": list(self.notes),
        }


def completed(result: Result, graph: ValueGraph, header: AnalysisHeader, limit: int) -> Result:
    """Return `result` ready to be given out: tables cut to `limit` rows (0 = all), evidence and records filled in."""
    tables = tuple(_said(_cut(table, limit)) for table in result.tables)
    agreed = agreed_actions(graph)
    if agreed:
        result = replace(result, findings=tuple(_with_actions(one, agreed) for one in result.findings))
    cited = _cited(result.findings, tables)
    listed = cited[:RECORD_LIMIT]
    index = {position: number for number, position in enumerate(listed)}

    def renumbered(evidence: tuple[int, ...]) -> tuple[int, ...]:
        return tuple(index[position] for position in evidence if position in index)

    guessed = _stage_order_records(graph)
    lines = graph.records.iloc[listed]
    readers = set(graph.records["visibility"].iloc[cited].unique())
    return replace(
        result,
        findings=tuple(
            replace(
                one,
                explanation=_explained(one, guessed),
                evidence=renumbered(one.evidence),
                actions=tuple(replace(action, evidence=renumbered(action.evidence)) for action in one.actions),
            )
            for one in result.findings
        ),
        tables=tuple(
            replace(table, evidence=tuple(renumbered(evidence) for evidence in table.evidence)) for table in tables
        ),
        analysis=header,
        graph=GraphHeader(
            graph.revision, graph.digest, graph.as_of, graph.view.valid_on, graph.view.reader,
            max(readers, key=READERS.index, default=READERS[0]),
        ),
        records=tuple(
            RecordLine(
                row.id, row.kind, int(row.import_), row.source, row.file, row.sheet, int(row.row), _plain(row.as_of),
                row.status, _plain(row.confidence),
            )
            for row in lines.rename(columns={"import": "import_"}).itertuples()
        ),
        records_cut=len(cited) - len(listed),
    )  # fmt: skip


def _cited(findings: Iterable[Finding], tables: Iterable[Table]) -> list[int]:
    """Positions of all records behind findings, what was agreed about them, and rows; in order, without repeats."""
    cited = [one.evidence for one in findings]
    cited += [action.evidence for one in findings for action in one.actions]
    cited += chain.from_iterable(table.evidence for table in tables)
    return sorted(set(chain.from_iterable(cited)))


def _with_actions(finding: Finding, agreed: Sequence[Action]) -> Finding:
    return replace(finding, actions=tuple(one for one in agreed if one.finding == finding.id))


def _stage_order_records(graph: ValueGraph) -> frozenset[int]:
    """Positions of the records of inputs that only the order of the stages suggests."""
    inputs = graph["inputs"]
    rows = inputs.index[(inputs["why"] == STAGE_ORDER) & (inputs["status"] == "inferred")]
    return frozenset(graph.evidence("inputs", rows))


def _explained(finding: Finding, guessed: frozenset[int]) -> str:
    """The explanation of a finding, which says where it rests on the order of the stages alone."""
    return (
        f"{finding.explanation} {say(ON_STAGE_ORDER)}"
        if guessed.intersection(finding.evidence)
        else finding.explanation
    )


def least_certain(statuses: Iterable[str]) -> str:
    """Return the status that ranks lowest; declared if there is none."""
    return max(statuses, key=lambda status: STATUS_RANK[status], default="declared")


def _said(table: Table) -> Table:
    """The table with its columns explained in the language that is spoken."""
    columns = tuple(replace(one, description=say(one.description), unit=say(one.unit)) for one in table.columns)
    return replace(table, columns=columns)


def _cut(table: Table, limit: int) -> Table:
    if not limit or len(table.rows) <= limit:
        return table
    cut = table.cut + len(table.rows) - limit
    return replace(table, rows=table.rows[:limit], evidence=table.evidence[:limit], cut=cut)


def _typed(column: Column, value: Any) -> Cell:
    plain: Cell = _plain(value)
    return int(plain) if column.type == "integer" and isinstance(plain, float) and plain.is_integer() else plain


def _plain(value: Any) -> Any:
    """A plain Python value; None for what is not a number."""
    if value is None or value != value:
        return None
    return value.item() if hasattr(value, "item") else value
