"""The form of an interview on a page: its fields, and what was filled in as the lines that a workbook would hold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.batch import Place
from valuechain.model.interview import ANSWERS, GO_ON, HEADINGS, Cell, Form, Line
from valuechain.model.language import say
from valuechain.report.codes import ON_SCREEN
from valuechain.report.interview import box_label
from valuechain.sources.interview_cells import Answer

if TYPE_CHECKING:
    from valuechain.model.batch import Fault

Given = Mapping[str, Sequence[str]]
"""What was posted: every value of each field."""

_WIDE = ("answer", "who")
_DAYS = ("lead_time_days", "stock_cover_days")


@dataclass(frozen=True)
class Box:
    """A field to write into. `id` is its name, too; `offers` are what may be chosen from a list, or written freely."""

    id: str
    label: str
    value: str
    wide: bool
    days: bool
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Choice:
    """One answer to choose: its code and its word."""

    value: str
    word: str
    chosen: bool


@dataclass(frozen=True)
class Choices:
    """Answers of which one is chosen, under a word of their own where the question is not theirs."""

    name: str
    legend: str
    options: tuple[Choice, ...]


@dataclass(frozen=True)
class LineView:
    """One line of the form: its place among all, and what is wrong with it. `more` is only wanted by some."""

    place: int
    line: Line
    boxes: tuple[Box, ...]
    choices: tuple[Choices, ...]
    faults: tuple[Fault, ...]
    more: bool

    @property
    def open(self) -> bool:
        """Whether something stands in it already."""
        return (
            bool(self.faults)
            or any(box.value for box in self.boxes)
            or any(one.chosen and one.value for choices in self.choices for one in choices.options)
        )


@dataclass(frozen=True)
class SectionView:
    """Lines under a heading."""

    title: str
    help: str
    lines: tuple[LineView, ...]


def sections_of_form(form: Form, given: Given | None = None, faults: Iterable[Fault] = ()) -> tuple[SectionView, ...]:
    """Return the form as a page shows it, with what was filled in before and what is wrong with it."""
    wrong: dict[int, list[Fault]] = defaultdict(list)
    for fault in faults:
        wrong[fault.place.row].append(fault)
    sections, place = [], 0
    for section in form.sections:
        lines: list[LineView] = []
        for line in section.lines:
            place += 1
            lines.append(_line(place, line, given or {}, tuple(wrong[place]), form.words, bool(lines)))
        sections.append(SectionView(section.title, section.help, tuple(lines)))
    return tuple(sections)


def answers_given(form: Form, given: Given) -> list[Answer]:
    """Return what was filled in, one line of the form each; several values of a field are read as separated names."""
    lines = [line for section in form.sections for line in section.lines]
    return [
        Answer(
            Place(ON_SCREEN, "", place),
            list(line.id),
            {cell: "; ".join(filter(None, map(str.strip, given.get(_name(cell, place), ())))) for cell in line.cells},
        )
        for place, line in enumerate(lines, start=1)
    ]


def _line(
    place: int, line: Line, given: Given, faults: tuple[Fault, ...], words: tuple[str, ...], follows: bool
) -> LineView:
    boxes, choices = [], []
    for cell in line.cells:
        name = _name(cell, place)
        told = list(given.get(name, ()))
        offered = {"answer": line.answers, "who": line.whom, "go_on": GO_ON}.get(cell, ())
        codes = tuple(one for one in offered if one in ANSWERS)
        if cell != "go_on" and (cell != "answer" or line.free):
            names = tuple(one for one in offered if one not in ANSWERS)
            names += words if cell == "answer" and line.id[0] in ("makes", "needs") else ()
            value = next((one for one in told if one not in codes), line.given if cell == "answer" and not told else "")
            boxes.append(Box(name, box_label(line, cell), value, cell in _WIDE, cell in _DAYS, names))
        if codes:
            choices.append(_choices(name, _legend(line, cell), codes, told))
    more = follows and not line.number and not line.why and line.id[0] in ("supplier", "makes", "needs")
    return LineView(place, line, tuple(boxes), tuple(choices), faults, more)


def _choices(name: str, legend: str, codes: Sequence[str], told: Sequence[str]) -> Choices:
    chosen = next((code for code in codes if code in told), "")
    options = [Choice("", say("leave open"), not chosen)]
    options += [Choice(code, say(code), code == chosen) for code in codes]
    return Choices(name, legend, tuple(options))


def _legend(line: Line, cell: Cell) -> str:
    if cell == "go_on":
        return say(HEADINGS[cell])
    return say("Instead of a name") if cell == "who" else say("Instead") if line.free else ""


def _name(cell: Cell, place: int) -> str:
    return f"{cell}-{place}"
