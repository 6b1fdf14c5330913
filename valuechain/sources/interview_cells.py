"""The cells of one line of a form, read as the form asked for them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from valuechain.model.batch import Place
from valuechain.model.cells import NO, YES
from valuechain.model.cells import Cell as Written
from valuechain.model.formulas import rearmed
from valuechain.model.interview import DONT_KNOW, HEADINGS, REFUSED, Cell, meant
from valuechain.model.language import say
from valuechain.model.schema import KINDS, Field
from valuechain.model.search import folded
from valuechain.model.terms import TERM
from valuechain.sources.cells.notation import read_notation
from valuechain.sources.tables.grid import is_empty

UNSAID = (DONT_KNOW, REFUSED)

_LONGEST = 200
_SHARE = re.compile(r"\D*(\d{1,3}(?:[.,]\d+)?) ?%?")


class WrongCellError(ValueError):
    """A cell says something that cannot be taken in: which, why, and what to do."""

    def __init__(self, cell: Cell, why: str, advice: str) -> None:
        super().__init__(why)
        self.cell, self.why, self.advice = cell, why, advice


@dataclass(frozen=True)
class Answer:
    """One line: where it stands, its id (empty if it has none any more), and the cells as written."""

    place: Place
    id: list[Any]
    cells: Mapping[Cell, Written]

    @property
    def is_empty(self) -> bool:
        """Whether nothing was filled in."""
        return all(is_empty(cell) for cell in self.cells.values())

    def text(self, cell: Cell) -> str:
        """Return what is written in a cell, without blanks around it."""
        written = self.cells.get(cell)
        return "" if is_empty(written) else rearmed(" ".join(str(written).split()))

    def said(self, cell: Cell) -> str:
        """Return which of the answers that were offered is written in a cell, else its text in small letters."""
        return meant(self.text(cell))

    def yes(self, cell: Cell = "answer") -> bool | None:
        """Return whether a cell says yes, None where nothing is said. Raises WrongCellError."""
        said = self.said(cell)
        if not said or said in UNSAID:
            return None
        if said in YES or said in NO:
            return said in YES
        advice = say("Write yes, no, {dont_know} or {refused}.", dont_know=say(DONT_KNOW), refused=say(REFUSED))
        raise WrongCellError(cell, say("This is neither yes nor no."), advice)

    def names(self) -> list[str]:
        """Return the names that are told, several of them separated by semicolons. Raises WrongCellError."""
        text = self.text("who")
        names = [name.strip() for name in text.split(";") if name.strip()]
        if (text and not names) or any(not folded(name) or len(name) > _LONGEST for name in names):
            advice = say("Write the name of the firm, or choose from the list.")
            raise WrongCellError("who", say("This is not a name."), advice)
        return names

    def word(self) -> str:
        """Return the thing that the answer names in words, as a reference. Raises WrongCellError."""
        text = self.text("answer")
        if not folded(text) or len(text) > _LONGEST:
            why = say("This is not the name of a thing or service.") if text else say("What is needed is not told.")
            raise WrongCellError("answer", why, say("Write a few words."))
        return f"{TERM}:{text}"

    def days(self) -> tuple[dict[str, Written], list[str]]:
        """Return the times in days by their field, and what was assumed; "6 weeks" are 42."""
        found: dict[str, Written] = {}
        assumed: list[str] = []
        for cell in ("lead_time_days", "stock_cover_days"):
            if self.text(cell) and self.said(cell) not in UNSAID:
                found[cell], said = self.figure(cell, KINDS["supplies"].field(cell))
                assumed += said
        return found, assumed

    def figure(self, cell: Cell, field: Field) -> tuple[Written, list[str]]:
        """Return what a cell says in the notation of a field, and what was assumed."""
        (value,), said = read_notation(field, [self.cells.get(cell)])
        heading = say(HEADINGS[cell])
        return value, [
            say("row {row}, {heading}: {told}", row=self.place.row, heading=heading, told=one) for one in said
        ]

    def large_share(self) -> float:
        """Return a share that is more than half, told in per cent or as a part of one. Raises WrongCellError."""
        text = self.text("answer")
        match = _SHARE.fullmatch(text)
        number = float(match[1].replace(",", ".")) if match else 0.0
        part = number if number <= 1 and "%" not in text else number / 100
        if not 0.5 < part <= 1:
            why, advice = say("This is not more than half of the sales."), say("Write it in %, such as 60.")
            raise WrongCellError("answer", why, advice)
        return part
