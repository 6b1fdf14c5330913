"""A document for people to hand on: what it says, in which order and on which page; how it looks is up to each form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Literal

from valuechain.model.language import day_words, plural, say
from valuechain.model.result import Result
from valuechain.report import words
from valuechain.report.sources import sources_of


@dataclass(frozen=True)
class Heading:
    """A heading below the title of the document, level 2 or 3."""

    text: str
    level: Literal[2, 3] = 2


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: `lead` is the answer in large letters, `note` a remark in small ones; `cited` numbers sources."""

    text: str
    style: Literal["plain", "lead", "note"] = "plain"
    cited: str = ""


@dataclass(frozen=True)
class Bullets:
    """A list of points."""

    items: tuple[Paragraph, ...]


@dataclass(frozen=True)
class Grid:
    """A table of texts: a head and a share of the width for each column; `numeric` columns stand at the right."""

    heads: tuple[str, ...]
    widths: tuple[float, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[int, ...] = ()


Block = Heading | Paragraph | Bullets | Grid


@dataclass(frozen=True)
class Sheet:
    """What begins on a page of its own; with `fits` its letters are as large as one page allows."""

    blocks: tuple[Block, ...]
    fits: bool = True


@dataclass(frozen=True)
class Document:
    """What is handed on: what kind it is, its title, for whom it is, on what it rests, and its sheets."""

    kind: str
    title: str
    reader: str
    state: str
    sheets: tuple[Sheet, ...]


class Sources:
    """The sources of a result by number, as every form of a document cites them."""

    def __init__(self, result: Result) -> None:
        self._all = sources_of(result)
        self._numbers = {index: number for number, one in enumerate(self._all, start=1) for index in one.records}

    def cited(self, evidence: Iterable[int]) -> str:
        """Return the numbers of the sources behind something, as text; a dash where there is none."""
        numbers = {self._numbers[index] for index in evidence if index in self._numbers}
        return words.positions(number - 1 for number in numbers) or "–"

    def grid(self, with_rows: bool) -> Grid:
        """Return the sources as a table: where, what, how known, how new, and which rows or how many."""
        heads = (say("No."), say("Source"), say("File"), say("Kind"), say("How known"), say("Newest"), say("Rows"))
        rows = tuple(
            (
                str(number),
                one.name,
                one.file,
                words.code_words("kind", one.kind),
                words.status_words(one.status),
                day_words(one.newest, "medium") if one.newest else "–",
                words.positions(row - 1 for row in one.rows) if with_rows else plural(len(one.rows), "row"),
            )
            for number, one in enumerate(self._all, start=1)
        )
        return Grid(heads, (5, 17, 19, 17, 11, 13, 34 if with_rows else 12), rows, numeric=(0,))


def for_whom(result: Result) -> str:
    """Return for whom a document is meant, and who may see all that it rests on: it stands on every page."""
    return say(
        "For: {reader}. Rests on records visible to: {visibility}.",
        reader=words.reader_words(result.graph.reader),
        visibility=words.reader_words(result.graph.visibility),
    )


def rows_of(result: Result, name: str) -> list[dict[str, Any]]:
    """Return the rows of a table with their `evidence`; none where the result has no such table."""
    return [
        {**table.cells(row), "evidence": table.evidence[row]}
        for table in result.tables
        if table.name == name
        for row in range(len(table.rows))
    ]


def not_known(result: Result) -> list[Block]:
    """Return what nobody has said yet, and what to do about it: the rows of the table `unknown`."""
    items = [
        Paragraph(
            say(
                "{about}: {what} What to do: {ask}",
                about=clipped(row["about"], 60),
                what=clipped(row["what"], 700),
                ask=clipped(row["ask"], 220),
            )
        )
        for row in rows_of(result, "unknown")
    ]
    return [Heading(say("What is not known")), Bullets(tuple(items))]


def clipped(text: str, most: int) -> str:
    """Return a text of at most so many letters, cut between words; the workbook has it whole."""
    if len(text) <= most:
        return text
    kept = text[: most - 1].rsplit(" ", 1)[0].rstrip(" ,;:.")
    return f"{kept or text[: most - 1]} …"
