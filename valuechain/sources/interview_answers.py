"""What the lines of a form say, as records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from valuechain.model.batch import Fault, Place, Record, read_record
from valuechain.model.cells import NO, YES
from valuechain.model.cells import Cell as Written
from valuechain.model.errors import DataError
from valuechain.model.formulas import rearmed
from valuechain.model.interview import (
    CELLS_OF,
    DONT_KNOW,
    HEADINGS,
    KINDS_OF_ORGANISATION,
    NO_OTHER,
    NOT_NEEDED,
    OURSELVES,
    REFUSED,
    WITHHELD,
    Cell,
    slug,
)
from valuechain.model.schema import KINDS
from valuechain.model.search import folded
from valuechain.model.terms import TERM
from valuechain.sources.cells.country_names import country_of
from valuechain.sources.cells.notation import read_notation
from valuechain.sources.tables.grid import is_empty

UNSAID = (DONT_KNOW, REFUSED)
_COLUMN_OF = {name: name for name in ("lead_time_days", "stock_cover_days")}
_LONGEST = 200


@dataclass(frozen=True)
class Answer:
    """One line: where it stands, its id (empty if it has none any more), and the cells as written."""

    place: Place
    id: list[Any]
    cells: Mapping[Cell, Written]

    def text(self, cell: Cell) -> str:
        """Return what is written in a cell, without blanks around it."""
        written = self.cells.get(cell)
        return "" if is_empty(written) else rearmed(" ".join(str(written).split()))


class Wrong(ValueError):
    """A cell says something that cannot be taken in: which, why, and what to do."""

    def __init__(self, cell: Cell, why: str, advice: str) -> None:
        super().__init__(why)
        self.cell, self.why, self.advice = cell, why, advice


@dataclass
class Answers:
    """Turns the lines of one form into records, and keeps what is to be said about them.

    `organisation` is the key of who was asked, empty where the form itself introduces them by `name`.
    """

    source: str
    organisation: str
    name: str
    head: Place
    title: str
    records: list[Record] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    said: list[str] = field(default_factory=list)
    _day: str = ""
    _own: dict[str, Written] = field(default_factory=dict)
    _sales: dict[str, list[Answer]] = field(default_factory=dict)

    @property
    def who(self) -> str:
        """How records refer to who was asked."""
        return self.organisation or slug(self.name)

    def set_day(self, cell: Written) -> None:
        """Read the day of the interview. Raises DataError if there is none."""
        (day,), _ = read_notation(KINDS["surveys"].field("asked"), [cell])
        record, _ = read_record("surveys", self.source, {"asked": day}, self.head)
        self._day = str(record.values.get("asked") or "") if record else ""
        if not self._day:
            what = f"{self.title} does not tell the day of the interview."
            raise DataError(what, "Fill in the day, such as 2026-03-31, or name it with --as-of.")

    def take(self, line: Answer) -> None:
        """Read one line; what is at fault refuses the line."""
        try:
            if not line.id:
                raise Wrong("answer", "It is not known any more what this line asks.", "Restore its last cell.")
            self._tell_stray(line)
            _TAKERS[line.id[0]](self, line)
        except Wrong as wrong:
            self._refuse(line, wrong)

    def _refuse(self, line: Answer, wrong: Wrong) -> None:
        written = line.text(wrong.cell)
        self.faults.append(Fault(line.place, HEADINGS[wrong.cell], written, wrong.why, wrong.advice))

    def _tell_stray(self, line: Answer) -> None:
        """Warn of what was written where the line has no box."""
        for cell in line.cells:
            if cell not in CELLS_OF[line.id[0]] and line.text(cell):
                why, advice = "This question has no such box; this was not read.", "Write it where its question stands."
                self.faults.append(Fault(line.place, HEADINGS[cell], line.text(cell), why, advice, "warning"))

    def finish(self) -> None:
        """Add who was asked, and what two lines say together."""
        for lines in self._sales.values():
            self._take_sales(lines)
        if not self.organisation:
            cells = {"name": self.name, **self._own}
            self._keep(Answer(self.head, [], {}), "organisations", {"id": self.who, **cells})

    def _keep(self, line: Answer, kind: str, cells: Mapping[str, Written], says: str = "") -> None:
        """Keep a record of a line; raise Wrong for the cell that it cannot be made of."""
        extra = {"answer": says} if says else {}
        record, faults = read_record(kind, self.source, {**cells, "as_of": self._day, **extra}, line.place)
        if record is None:
            cell: Cell = _COLUMN_OF.get(faults[0].column, "answer")  # type: ignore[assignment]
            raise Wrong(cell, faults[0].why, faults[0].advice)
        self.records.append(record)

    def _asked(self, line: Answer, capability: str, says: str) -> None:
        """Keep that it was asked, and whether it was answered."""
        answered = "" if says in UNSAID else self._day
        cells = {"organisation": self.who, "capability": capability, "asked": self._day, "answered": answered}
        self._keep(line, "surveys", cells, says if says in (*UNSAID, NOT_NEEDED) else "")

    def _days(self, line: Answer) -> dict[str, Written]:
        """The times of a line in days, as numbers; "6 weeks" are 42."""
        found: dict[str, Written] = {}
        for cell in ("lead_time_days", "stock_cover_days"):
            if is_empty(line.cells.get(cell)) or line.text(cell).lower() in UNSAID:
                continue
            (days,), said = read_notation(KINDS["supplies"].field(cell), [line.cells[cell]])
            self.said += [f"{self.title}, row {line.place.row}, {HEADINGS[cell]!r}: {one}" for one in said]
            found[cell] = days
        return found

    def _yes(self, line: Answer, cell: Cell = "answer") -> bool | None:
        """Whether a cell says yes; None where nothing is said."""
        text = line.text(cell).lower()
        if not text or text in UNSAID:
            return None
        if text in YES or text in NO:
            return text in YES
        raise Wrong(cell, "This is neither yes nor no.", f"Write yes, no, {DONT_KNOW} or {REFUSED}.")

    def _names(self, line: Answer) -> list[str]:
        names = [name.strip() for name in line.text("who").split(";") if name.strip()]
        for name in names:
            if not folded(name) or len(name) > _LONGEST:
                raise Wrong("who", "This is not a name.", "Write the name of the firm, or choose from the list.")
        return names

    def _somebody(self, line: Answer, name: str, role: str, withheld_id: str) -> str:
        """Keep an organisation that is named, or said to be there, and return its id."""
        if name.lower() == WITHHELD:
            self._keep(line, "organisations", {"id": withheld_id, "name": f"Name withheld ({role})", "named": "no"})
            return withheld_id
        id = f"named-{slug(name)}"
        self._keep(line, "organisations", {"id": id, "name": name, "city": line.text("town")})
        return id

    def _take_suppliers(self, line: Answer, capability: str, thing: str) -> None:
        """Keep who supplies a thing, with times and whether one could go on without it."""
        goes_on, days = self._yes(line, "go_on"), self._days(line)
        if goes_on is not None or line.id[0] == "needs":
            essential = "" if goes_on is None else "no" if goes_on else "yes"
            need = {"organisation": self.who, "capability": capability, "essential": essential}
            self._keep(line, "needs", need)
        names = self._names(line)
        if not names and days:
            raise Wrong("who", "The times of a delivery need a supplier.", f"Name it, or choose {WITHHELD}.")
        for number, name in enumerate(names, start=1):
            said = name.lower()
            if said == OURSELVES:
                own = {"organisation": self.who, "capability": capability, "access": "own use"}
                self._keep(line, "offers", own)
            elif said == NOT_NEEDED:
                self._keep(line, "needs", {"organisation": self.who, "capability": capability, "holds": "no"})
            elif said not in (*UNSAID, NO_OTHER):
                place = line.id[1] if line.id[0] == "needs" else line.id[2]
                withheld = f"withheld-{slug(thing)}-{place}-{number}"
                supplier = self._somebody(line, name, thing, withheld)
                link = {"supplier": supplier, "buyer": self.who, "capability": capability, **days}
                self._keep(line, "supplies", link)

    def _take_field(self, line: Answer) -> None:
        name, text = line.id[1], line.text("answer")
        if text.lower() in UNSAID:
            return
        cell: Written = text
        if name == "kind":
            if text not in KINDS_OF_ORGANISATION:
                raise Wrong("answer", "This is not one of the list.", "Choose from the list.")
            cell = KINDS_OF_ORGANISATION[text]
        elif name == "country":
            cell = country_of(text) or text
        elif name == "staff":
            (cell,), said = read_notation(KINDS["organisations"].field("staff"), [line.cells["answer"]])
            self.said += [f"{self.title}, row {line.place.row}: {one}" for one in said]
        elif name not in ("name", "postcode", "city"):
            raise Wrong("answer", "This line does not belong to the form.", "Delete it.")
        _, faults = read_record("organisations", self.source, {"id": "x", "name": "x", name: cell}, line.place)
        if faults:
            raise Wrong("answer", faults[0].why, faults[0].advice)
        self._own[name] = cell

    def _take_makes(self, line: Answer) -> None:
        self._keep(line, "offers", {"organisation": self.who, "capability": self._word(line)})

    def _take_needs(self, line: Answer) -> None:
        word = self._word(line)
        self._take_suppliers(line, word, line.text("answer"))

    def _word(self, line: Answer) -> str:
        text = line.text("answer")
        if not folded(text) or len(text) > _LONGEST:
            why = "What is needed is not told." if line.id[0] == "needs" else "This is not a thing or a service."
            raise Wrong("answer", why, "Write a few words.")
        return f"{TERM}:{text}"

    def _take_supplier(self, line: Answer) -> None:
        capability, thing = line.id[1], line.id[3]
        said = line.text("who").lower()
        self._take_suppliers(line, capability, thing)
        if said:
            self._asked(line, capability, said)

    def _take_link(self, line: Answer) -> None:
        """Times of a link, and whether it holds where that was asked."""
        kind, capability, supplier, since = line.id[:4]
        holds, days, said = None, self._days(line), line.text("answer").lower()
        if kind == "link":
            holds = self._yes(line)
        elif said and said not in UNSAID:
            raise Wrong("answer", "This is not one of the list.", "Write the days into their own cells.")
        if holds is not None or days:
            link = {"supplier": supplier, "buyer": self.who, "capability": capability, "since": since}
            self._keep(line, "supplies", {**link, **({} if holds is False else days), "holds": _word_for(holds)})
        self._asked(line, capability, said)

    def _take_offer(self, line: Answer) -> None:
        capability = line.id[1]
        makes = self._yes(line)
        if makes is not None:
            offer = {"organisation": self.who, "capability": capability, "holds": _word_for(makes)}
            self._keep(line, "offers", offer)
        self._asked(line, capability, line.text("answer").lower())

    def _take_essential(self, line: Answer) -> None:
        capability = line.id[1]
        goes_on = self._yes(line)
        if goes_on is not None:
            need = {"organisation": self.who, "capability": capability, "essential": "no" if goes_on else "yes"}
            self._keep(line, "needs", need)
        self._asked(line, capability, line.text("answer").lower())

    def _take_part_of_sales(self, line: Answer) -> None:
        """Keep a line for later: who takes most and how much stand in two."""
        self._sales.setdefault(line.id[1], []).append(line)

    def _take_sales(self, lines: list[Answer]) -> None:
        """Keep the customer that takes more than half of sales, from the two lines about it."""
        first = next((line for line in lines if line.id[0] == "sales"), lines[0])
        try:
            self._take_customer(first, next((line for line in lines if line.id[0] == "share"), None))
        except Wrong as wrong:
            for line in lines:
                self._refuse(line, wrong)

    def _take_customer(self, line: Answer, share: Answer | None) -> None:
        if line.id[0] != "sales":
            raise Wrong("answer", "A share without a customer says nothing.", "Answer the question above it, too.")
        capability, offered = line.id[1:]
        takes, names = self._yes(line), self._names(line)
        if takes:
            if not names or share is None or is_empty(share.cells.get("answer")):
                why = "Who takes more than half, and how much, is not told."
                raise Wrong("who", why, f"Name the customer, or choose {WITHHELD}, and write the share below.")
            told = share.text("answer")
            part, _ = read_record("supplies", self.source, _sold("x", "y", "z", told), line.place)
            if part is None:
                raise Wrong("answer", f"{told!r} is not a share of sales.", "Write it in %, such as 60.")
            told_before = offered.get(names[0])
            if not (isinstance(told_before, list) and len(told_before) == 3 and all(map(_is_text, told_before))):
                told_before = ["", capability, ""]
            key, thing, since = told_before
            customer = key or self._somebody(line, names[0], "customer", "withheld-customer")
            self._keep(line, "supplies", {**_sold(self.who, customer, thing, told), "since": since})
        self._asked(line, capability, line.text("answer").lower() or DONT_KNOW)


def _sold(supplier: str, buyer: str, capability: str, share: str) -> dict[str, Written]:
    """The cells of a sale of which the share is told in per cent: "60", "60 %", "ca. 60 %"; or as a part of 1."""
    (part,), _ = read_notation(KINDS["supplies"].field("sales_share"), [share if "%" in share else f"{share} %"])
    return {"supplier": supplier, "buyer": buyer, "capability": capability, "sales_share": part}


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _word_for(holds: bool | None) -> str:
    return "no" if holds is False else ""


_TAKERS: dict[str, Callable[[Answers, Answer], None]] = {
    "field": Answers._take_field,
    "makes": Answers._take_makes,
    "needs": Answers._take_needs,
    "supplier": Answers._take_supplier,
    "times": Answers._take_link,
    "link": Answers._take_link,
    "offer": Answers._take_offer,
    "essential": Answers._take_essential,
    "sales": Answers._take_part_of_sales,
    "share": Answers._take_part_of_sales,
}
"""What takes a line in, by the kind that its id begins with."""
