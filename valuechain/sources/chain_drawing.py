"""A value chain as it is drawn in a spreadsheet: stages as columns, from upstream to downstream, capabilities below.

A table is taken for one without being told so if it has at least three columns, every one of them is headed as stages
are (by a word such as materials, Komponenten, marchés, or by a number), and every cell is a short text. Columns that
hold arrows alone join the capabilities left and right of them; a table with the columns from and to beside it names
inputs too. A chain without either has its inputs taken from the order of its stages: all of a stage go into all of
the next, as a guess.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, product
from pathlib import Path

from valuechain.model.batch import Batch, Fault, Place, Record, assemble, read_record
from valuechain.model.cells import Cell
from valuechain.model.errors import DataError
from valuechain.model.language import plural, say, term
from valuechain.model.schema import STAGE_ORDER
from valuechain.model.search import folded
from valuechain.sources.cells.lists import split_list
from valuechain.sources.delivery import Delivery
from valuechain.sources.reading import Reading
from valuechain.sources.stage_words import is_stage, kind_of_stage
from valuechain.sources.tables.loose_tables import columns_by_name, loose_tables, text
from valuechain.sources.tables.table import Row, Table

NAME = "chain"

_TAKEN_FOR = term("chain")
STAGE_ORDER_CONFIDENCE = 0.1
"""Confidence of an input that only the order of stages suggests: of all pairs in two stages, few are real."""

_LEAST_STAGES = 3
_LONGEST_NAME = 80
_ARROW = re.compile(r"(?:[-–—=]*[>»›→⇒➔➜➝▶►⟶]+|→+)")
_FROM = ("from_capability", "from", "von", "de", "desde", "da", "od", "från", "input", "eingang")
_TO = ("to_capability", "to", "nach", "à", "a", "hacia", "do", "till", "output", "ausgang")
_NAMELESS_SHEET = re.compile(r"(?:sheet|tabelle|feuil|hoja|foglio|arkusz|blad)\s*\d*", re.IGNORECASE)
_LETTER = re.compile(r"[^\W\d_]")


def recognises(delivery: Delivery) -> bool:
    """Whether a table is headed by stages alone and holds nothing but short texts."""
    return any(_is_drawing(table) for table in loose_tables(delivery, "inputs"))


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return stages, capabilities and inputs of the chains that are drawn, as one batch.

    Parameters
    ----------
    delivery : Delivery
        Tables whose columns are stages; each is a chain, called like its sheet, or its file where the sheet has no
        name of its own. A table with the columns from and to names inputs of them.
    reading : Reading
        Source, and day of the rows. Where `as_` says chain, any table that names no inputs is one.

    Returns
    -------
    One batch. A row of a drawing tells of a capability of each stage.

    Raises
    ------
    DataError
        If no table is a chain.
    """
    links = [table for table in delivery.tables if _ends(table)]
    others = [table for table in delivery.tables if not _ends(table)]
    drawings = [table for table in others if reading.as_ == NAME or _is_drawing(table)]
    if not drawings:
        what = say("{name} holds no drawing of a chain.", name=delivery.name)
        raise DataError(what, say("It needs a table whose columns are the stages, with capabilities below."))
    reader = _Reader(reading)
    chains = [reader.read_drawing(table) for table in drawings]
    for table in links:
        reader.read_links(table)
    assumed = [line for table in (*drawings, *links) for line in table.assumed]
    assumed += [line for chain in chains for line in reader.finish(chain)]
    aside = [table.title for table in others if table not in drawings]
    assumed += [say("{table} was left out: it is no chain.", table=title) for title in aside]
    tables = (*drawings, *links)
    faults = [*(fault for table in tables for fault in table.faults), *reader.faults]
    rows_read = sum(table.rows_read for table in tables)
    files = dict.fromkeys(table.file for table in tables)
    return [assemble(reading.source, _TAKEN_FOR, files, rows_read, reader.records, faults, assumed)]


@dataclass(frozen=True)
class _Chain:
    """A chain that was read: its name, and the capabilities of each stage with the rows that name them."""

    name: str
    stages: tuple[tuple[str, Mapping[str, Place]], ...]


@dataclass
class _Reader:
    """Turns cells into records, and keeps what is to be said about them."""

    reading: Reading
    chain_of: dict[str, str] = field(default_factory=dict)
    linked: Counter[str] = field(default_factory=Counter)
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def read_drawing(self, table: Table) -> _Chain:
        """Read the stages and capabilities of a chain, and the inputs that arrows in it draw."""
        chain = _name(table)
        columns = [column for column in table.columns if not _is_arrows(table, column)]
        stages: dict[str, dict[str, Place]] = {column: {} for column in columns}
        for order, column in enumerate(columns, start=1):
            id = f"{_id(chain)}-{order}"
            head = Place(table.file, table.sheet, table.header_row)
            self._keep("stages", {"id": id, "chain": chain, "label": _label(column), "order": order}, head)
        for row in table.rows:
            for order, column in enumerate(columns, start=1):
                stage = f"{_id(chain)}-{order}"
                self._check(row, column)
                for word in _words(row, column):
                    if self._is_new(word, chain, row, column):
                        told = {"id": _id(word), "label": word, "chain": chain, "stage": stage}
                        self._keep("capabilities", {**told, "kind": kind_of_stage(column)}, row.place)
                        stages[column][_id(word)] = row.place
        for row in table.rows:
            self._read_arrows(table, row)
        return _Chain(chain, tuple(stages.items()))

    def read_links(self, table: Table) -> None:
        """Read a table of inputs."""
        columns, ends = columns_by_name(table), _ends(table)
        for row in table.rows:
            names = [text(row, column) for column in ends]
            for name, column in zip(names, ends, strict=True):
                if name and _id(name) not in self.chain_of:
                    why = say("No chain here has this capability.")
                    advice = say("Write it as the chain does, or add it there.")
                    self.faults.append(Fault(row.place, column, name, why, advice))
            self._link(names, ends, row, {name: row.cells.get(columns.get(name, "")) for name in ("essential", "why")})

    def finish(self, chain: _Chain) -> Iterator[str]:
        """Say what was made of a chain; guess its inputs from the order of its stages where nothing names them."""
        names = ", ".join(_label(name) for name, _ in chain.stages)
        yield say("The chain {name!r} has these stages, in this order: {stages}.", name=chain.name, stages=names)
        yield _kinds_told([name for name, _ in chain.stages])
        if self.linked[chain.name]:
            return
        count = 0
        refused = {fault.place for fault in self.faults if fault.severity == "refused"}
        kept = [{id: place for id, place in stage.items() if place not in refused} for _, stage in chain.stages]
        for before, after in pairwise(kept):
            for one, (other, place) in product(before, after.items()):
                ends = {"from_capability": one, "to_capability": other, "essential": "no", "why": STAGE_ORDER}
                self._keep("inputs", {**ends, "status": "inferred", "confidence": STAGE_ORDER_CONFIDENCE}, place)
                count += 1
        if count:
            inputs = plural(
                count,
                "input was taken from the order of the stages, all of one into all of the next.",
                "inputs were taken from the order of the stages, all of one into all of the next.",
            )
            yield say(
                "Nothing says what goes into what in {name!r}: {inputs} They are guesses; a sheet with the columns from"
                " and to, or arrows between the columns, takes their place.",
                name=chain.name, inputs=inputs,
            )  # fmt: skip

    def _check(self, row: Row, column: str) -> None:
        wrong = next((word for word in _words(row, column) if not _is_name(word)), None)
        if wrong is not None:
            why = say("This is not the name of a capability.")
            advice = say("Write a few words, or leave the cell empty.")
            self.faults.append(Fault(row.place, column, wrong, why, advice))

    def _is_new(self, word: str, chain: str, row: Row, column: str) -> bool:
        first = self.chain_of.get(_id(word))
        if first is None:
            self.chain_of[_id(word)] = chain
            return True
        why = (
            say("This stands in this chain already; that place was kept.")
            if first == chain
            else say("This stands in the chain {name!r} already; that place was kept.", name=first)
        )
        advice = say("Name it in one place, or more precisely.")
        self.faults.append(Fault(row.place, column, word, why, advice, "warning"))
        return False

    def _read_arrows(self, table: Table, row: Row) -> None:
        """Join what stands left and right of each arrow."""
        for number, column in enumerate(table.columns):
            if not _is_arrows(table, column) or not text(row, column):
                continue
            left = next((one for one in reversed(table.columns[:number]) if not _is_arrows(table, one)), "")
            right = next((one for one in table.columns[number + 1 :] if not _is_arrows(table, one)), "")
            if not text(row, left) or not text(row, right):
                why = say("This arrow does not join two capabilities.")
                advice = say("Write one on each side, in the same row.")
                self.faults.append(Fault(row.place, column, text(row, column), why, advice, "warning"))
                continue
            for one, other in product(_words(row, left), _words(row, right)):
                self._link([one, other], (left, right), row, {})

    def _link(self, names: list[str], columns: tuple[str, ...], row: Row, told: Mapping[str, Cell]) -> None:
        one, other = map(_id, names)
        self.linked[self.chain_of.get(one, "")] += 1
        ends = {"from_capability": one, "to_capability": other}
        self._keep("inputs", {**ends, **told}, row.place, dict(zip(ends, columns, strict=True)))

    def _keep(
        self, kind: str, cells: Mapping[str, Cell], place: Place, columns: Mapping[str, str] | None = None
    ) -> None:
        record, faults = read_record(kind, self.reading.source, {**cells, "as_of": self.reading.as_of}, place)
        self.faults += (replace(fault, column=(columns or {}).get(fault.column, fault.column)) for fault in faults)
        if record:
            self.records.append(record)


def _kinds_told(stages: Sequence[str]) -> str:
    """Which kinds of capabilities the names of stages tell."""
    kinds = [
        say("{stage} as {kind}", stage=_label(name), kind=say(kind)) for name in stages if (kind := kind_of_stage(name))
    ]
    if not kinds:
        return say("The kind of a capability is told by the name of its stage: none; the others have no kind.")
    told = ", ".join(kinds)
    if len(kinds) < len(stages):
        return say(
            "The kind of a capability is told by the name of its stage: {kinds}; the others have no kind.", kinds=told
        )
    return say("The kind of a capability is told by the name of its stage: {kinds}; each tells one.", kinds=told)


def _words(row: Row, column: str) -> list[str]:
    """The capabilities that a cell names."""
    cell = row.cells.get(column)
    return [] if cell is None else split_list(str(cell), ";\n")


def _is_name(word: str) -> bool:
    return _LETTER.search(word) is not None and len(word) <= _LONGEST_NAME


def _id(word: str) -> str:
    return folded(word).replace(" ", "_")


def _name(table: Table) -> str:
    stem = Path(table.file).stem
    return table.sheet if table.sheet and not _NAMELESS_SHEET.fullmatch(table.sheet.strip()) else stem


def _ends(table: Table) -> tuple[str, ...]:
    """The two columns of a table that name what goes into what; none if it is no such table."""
    columns = columns_by_name(table)
    ends = [next((columns[name] for name in names if name in columns), "") for names in (_FROM, _TO)]
    return tuple(ends) if all(ends) and len(columns) <= _LEAST_STAGES + 2 else ()


def _label(column: str) -> str:
    """The name of a stage, without an arrow drawn behind or before it."""
    return re.sub(rf"^{_ARROW.pattern}\s*|\s*{_ARROW.pattern}$", "", column)


def _is_arrows(table: Table, column: str) -> bool:
    """Whether a column holds arrows alone: in its cells, or, where these are empty, in its header."""
    filled = [text(row, column) for row in table.rows if text(row, column)]
    return all(map(_ARROW.fullmatch, filled or [re.sub(r" \(\d+\)$", "", column)]))


def _is_drawing(table: Table) -> bool:
    columns = [column for column in table.columns if not _is_arrows(table, column)]
    if len(columns) < _LEAST_STAGES or not all(map(is_stage, columns)):
        return False
    cells = [text(row, column) for row in table.rows for column in columns]
    return bool(table.rows) and all(map(_is_name, filter(None, cells)))
