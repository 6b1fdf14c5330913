"""What the lines of a form say, as records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from valuechain.model.batch import Fault, Place, Record, read_record
from valuechain.model.cells import Cell as Written
from valuechain.model.errors import DataError
from valuechain.model.interview import (
    CELLS_OF,
    DONT_KNOW,
    HEADINGS,
    KINDS_OF_ORGANISATION,
    NO_OTHER,
    NOT_NEEDED,
    OURSELVES,
    WITHHELD,
    Cell,
    meant,
    slug,
)
from valuechain.model.language import say
from valuechain.model.schema import KINDS
from valuechain.model.terms import TERM
from valuechain.sources.cells.country_names import country_of
from valuechain.sources.cells.notation import read_notation
from valuechain.sources.interview_cells import UNSAID, Answer, WrongCellError
from valuechain.sources.lists.listing_links import as_written

_TIMES: dict[str, Cell] = {"lead_time_days": "lead_time_days", "stock_cover_days": "stock_cover_days"}
"""The cells that fill a field of their own, by the field."""


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
            what = say("{form} does not tell the day of the interview.", form=self.title)
            raise DataError(what, say("Fill in the day, such as 2026-03-31, or name it with --as-of."))

    def take(self, line: Answer) -> None:
        """Read one line; what is at fault refuses the line."""
        try:
            if not line.id:
                why = say("It is not known any more what this line asks.")
                raise WrongCellError("answer", why, say("Restore its last cell."))
            self._tell_stray(line)
            _TAKERS[line.id[0]](self, line)
        except WrongCellError as wrong:
            self._refuse(line, wrong)

    def _refuse(self, line: Answer, wrong: WrongCellError) -> None:
        written = line.text(wrong.cell)
        self.faults.append(Fault(line.place, say(HEADINGS[wrong.cell]), written, wrong.why, wrong.advice))

    def _tell_stray(self, line: Answer) -> None:
        """Warn of what was written where the line has no box."""
        for cell in line.cells:
            if cell not in CELLS_OF[line.id[0]] and line.text(cell):
                why = say("This question has no such box; this was not read.")
                advice = say("Write it where its question stands.")
                self.faults.append(Fault(line.place, say(HEADINGS[cell]), line.text(cell), why, advice, "warning"))

    def finish(self) -> None:
        """Add who was asked, and what two lines say together."""
        for lines in self._sales.values():
            self._take_sales(lines)
        if not self.organisation:
            cells = {"name": self.name, **self._own}
            self._keep(Answer(self.head, [], {}), "organisations", {"id": self.who, **cells})

    def _keep(self, line: Answer, kind: str, cells: Mapping[str, Written], says: str = "") -> None:
        """Keep a record of a line; raise WrongCellError for the cell that it cannot be made of."""
        word = str(cells.get("capability") or "").partition(f"{TERM}:")[2]
        extra = {**({"answer": says} if says else {}), **(as_written(word) if word else {})}
        record, faults = read_record(kind, self.source, {**cells, "as_of": self._day, **extra}, line.place)
        if record is None:
            raise WrongCellError(_TIMES.get(faults[0].column, "answer"), faults[0].why, faults[0].advice)
        self.records.append(record)

    def _asked(self, line: Answer, capability: str, says: str) -> None:
        """Keep that it was asked, and whether it was answered."""
        answered = "" if says in UNSAID else self._day
        cells = {"organisation": self.who, "capability": capability, "asked": self._day, "answered": answered}
        self._keep(line, "surveys", cells, says if says in (*UNSAID, NOT_NEEDED) else "")

    def _days(self, line: Answer) -> dict[str, Written]:
        days, assumed = line.days()
        self.said += [f"{self.title}, {one}" for one in assumed]
        return days

    def _somebody(self, line: Answer, name: str, role: str, withheld_id: str) -> str:
        """Keep an organisation that is named, or said to be there, and return its id."""
        if meant(name) == WITHHELD:
            self._keep(line, "organisations", {"id": withheld_id, "name": f"Name withheld ({role})", "named": "no"})
            return withheld_id
        id = f"named-{slug(name)}"
        self._keep(line, "organisations", {"id": id, "name": name, "city": line.text("town")})
        return id

    def _take_suppliers(self, line: Answer, capability: str, thing: str) -> None:
        """Keep who supplies a thing, with times and whether one could go on without it."""
        goes_on, days, names = line.yes("go_on"), self._days(line), line.names()
        said = [meant(name) for name in names]
        if days and not names:
            advice = say("Name it, or choose “{withheld}”.", withheld=say(WITHHELD))
            raise WrongCellError("who", say("The times of a delivery need a supplier."), advice)
        need = {"organisation": self.who, "capability": capability}
        if NOT_NEEDED in said:
            if len(said) > 1 or days:
                raise WrongCellError("who", say("What is not needed has no supplier."), say("Keep one of both."))
            self._keep(line, "needs", {**need, "holds": "no"})
            return
        if goes_on is not None or line.id[0] == "needs":
            self._keep(line, "needs", {**need, "essential": "" if goes_on is None else "no" if goes_on else "yes"})
        for number, (name, one) in enumerate(zip(names, said, strict=True), start=1):
            if one == OURSELVES:
                self._keep(line, "offers", {**need, "access": "own use"})
            elif one not in (*UNSAID, NO_OTHER):
                place = line.id[1] if line.id[0] == "needs" else line.id[2]
                supplier = self._somebody(line, name, thing, f"withheld-{slug(thing)}-{place}-{number}")
                link = {"supplier": supplier, "buyer": self.who, "capability": capability, **days}
                self._keep(line, "supplies", link)

    def _take_field(self, line: Answer) -> None:
        name, text = line.id[1], line.text("answer")
        if meant(text) in UNSAID:
            return
        cell: Written = text
        if name == "kind":
            if meant(text) not in KINDS_OF_ORGANISATION:
                raise WrongCellError("answer", say("This is not one of the list."), say("Choose from the list."))
            cell = KINDS_OF_ORGANISATION[meant(text)]
        elif name == "country":
            cell = country_of(text)
            if cell is None:
                advice = say("Write its name, or two letters such as DE.")
                raise WrongCellError("answer", say("This is not a country."), advice)
        elif name == "staff":
            cell, assumed = line.figure("answer", KINDS["organisations"].field("staff"))
            self.said += [f"{self.title}, {one}" for one in assumed]
        elif name not in ("name", "postcode", "city"):
            raise WrongCellError("answer", say("This line does not belong to the form."), say("Delete it."))
        _, faults = read_record("organisations", self.source, {"id": "x", "name": "x", name: cell}, line.place)
        if faults:
            raise WrongCellError("answer", faults[0].why, faults[0].advice)
        self._own[name] = cell

    def _take_makes(self, line: Answer) -> None:
        self._keep(line, "offers", {"organisation": self.who, "capability": line.word()})

    def _take_needs(self, line: Answer) -> None:
        word = line.word()
        self._take_suppliers(line, word, line.text("answer"))

    def _take_supplier(self, line: Answer) -> None:
        capability, thing = line.id[1], line.id[3]
        said = line.said("who")
        self._take_suppliers(line, capability, thing)
        if said:
            self._asked(line, capability, said)

    def _take_link(self, line: Answer) -> None:
        """Times of a link, and whether it holds where that was asked."""
        kind, capability, supplier, since = line.id[:4]
        holds, days, said = None, self._days(line), line.said("answer")
        if kind == "link":
            holds = line.yes()
        elif said and said not in UNSAID:
            advice = say("Write the days into their own cells.")
            raise WrongCellError("answer", say("This is not one of the list."), advice)
        if holds is not None or days:
            link = {"supplier": supplier, "buyer": self.who, "capability": capability, "since": since}
            self._keep(line, "supplies", {**link, **({} if holds is False else days), "holds": _word_for(holds)})
        self._asked(line, capability, said)

    def _take_offer(self, line: Answer) -> None:
        capability = line.id[1]
        makes = line.yes()
        if makes is not None:
            offer = {"organisation": self.who, "capability": capability, "holds": _word_for(makes)}
            self._keep(line, "offers", offer)
        self._asked(line, capability, line.said("answer"))

    def _take_essential(self, line: Answer) -> None:
        capability = line.id[1]
        goes_on = line.yes()
        if goes_on is not None:
            need = {"organisation": self.who, "capability": capability, "essential": "no" if goes_on else "yes"}
            self._keep(line, "needs", need)
        self._asked(line, capability, line.said("answer"))

    def _take_part_of_sales(self, line: Answer) -> None:
        """Keep a line for later: who takes most and how much stand in two."""
        self._sales.setdefault(line.id[1], []).append(line)

    def _take_sales(self, lines: list[Answer]) -> None:
        """Keep the customer that takes more than half of sales, from the two lines about it."""
        first = next((line for line in lines if line.id[0] == "sales"), lines[0])
        try:
            self._take_customer(first, next((line for line in lines if line.id[0] == "share"), None))
        except WrongCellError as wrong:
            for line in lines:
                self._refuse(line, wrong)

    def _take_customer(self, line: Answer, share: Answer | None) -> None:
        if line.id[0] != "sales":
            advice = say("Answer the question above it, too.")
            raise WrongCellError("answer", say("A share without a customer says nothing."), advice)
        capability, offered = line.id[1:]
        takes, names = line.yes(), line.names()
        told_share = share.text("answer") if share else ""
        if not takes and (names or (told_share and meant(told_share) not in UNSAID)):
            why = say("A customer or share is told, but not that it is more than half.")
            raise WrongCellError("answer", why, say("Write yes, or take it out."))
        if takes:
            if not names or share is None or not told_share:
                why = say("Who takes more than half, and how much, is not told.")
                advice = say(
                    "Name the customer, or choose “{withheld}”, and fill in the share.", withheld=say(WITHHELD)
                )
                raise WrongCellError("who", why, advice)
            told = offered.get(names[0])
            known = isinstance(told, list) and len(told) == 3 and all(map(_is_text, told))
            key, thing, since = told if known else ("", capability, "")
            customer = key or self._somebody(line, names[0], "customer", "withheld-customer")
            link = {"supplier": self.who, "buyer": customer, "capability": thing, "since": since}
            self._keep(line, "supplies", {**link, "sales_share": share.large_share()})
        self._asked(line, capability, line.said("answer") or DONT_KNOW)


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
