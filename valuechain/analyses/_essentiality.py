"""Which inputs a buyer cannot do without: as a list of sectors says, or as needs and the chain say."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._words import itemised
from valuechain.kernels.economy import ESSENTIAL, NEGLIGIBLE, NON_ESSENTIAL
from valuechain.model.errors import QuestionError
from valuechain.model.language import listed, plural, say, term

if TYPE_CHECKING:
    from valuechain.analyses._failure import Dependencies
    from valuechain.analyses._sector_of import SectorOf
    from valuechain.model.arrays import Booleans, Integers

GRADES = {
    term("negligible"): NEGLIGIBLE,
    term("non-essential"): NON_ESSENTIAL,
    term("essential"): ESSENTIAL,
}

_COLUMNS = ("supplier_sector", "buyer_sector", "essentiality")
_MOST_FAULTS = 5


@dataclass(frozen=True, eq=False)
class Essentiality:
    """Which input of its buyer each supply link serves, and how much the buyer needs it.

    `product` numbers the inputs, `grade` is NEGLIGIBLE, NON_ESSENTIAL or ESSENTIAL, `said` whether somebody said so.
    `by_sector` says that the suppliers' sectors are the inputs, as in the published method; else the capabilities are.
    """

    product: Integers
    grade: Integers
    said: Booleans
    by_sector: bool

    @property
    def known(self) -> float:
        """Share of the links for which somebody said how essential they are, 0..1."""
        return float(self.said.mean()) if len(self.said) else 0.0

    def note(self, unstated: str) -> str:
        """Say what was taken for an input, and what for essential."""
        lead = (
            say("An input is the sector of its supplier; how essential it is says the list that was given.")
            if self.by_sector
            else say(
                "An input is a capability; it is essential where the buyer's need, or else the chain or a bill of "
                "materials, says so, and non-essential for a buyer who offers it itself."
            )
        )
        unsaid = int((~self.said).sum())
        if unsaid == 0:
            return lead
        rest = say(
            "Nobody said so for {links}; these count as {grade}.",
            links=plural(unsaid, "supplier link"),
            grade=say(unstated),
        )
        return f"{lead} {rest}"


def essentiality_of_links(known: Dependencies, sector: SectorOf, contents: str, unstated: str) -> Essentiality:
    """Return how essential each supply link is.

    Parameters
    ----------
    known : Dependencies
        The links and what is said of the inputs that they serve.
    sector : SectorOf
    contents : str
        The text of a list of sectors, empty if there is none; see `read_essentiality`.
    unstated : str
        What an input counts as where nobody said it: a key of GRADES.
    """
    if contents:
        return _by_sector(known, sector, read_essentiality(contents), GRADES[unstated])
    of_input = np.select(
        [(known.inputs["essential"] == "no").to_numpy(bool), (known.inputs["essential"] == "yes").to_numpy(bool)],
        [NON_ESSENTIAL, ESSENTIAL],
        GRADES[unstated],
    )
    said = (known.inputs["essential"] != "assumed").to_numpy(bool)
    of_input = np.where(known.inputs["in_house"], np.minimum(of_input, NON_ESSENTIAL), of_input)
    times = np.diff(known.starts)
    product = known.links["capability"].to_numpy(np.int64)
    return Essentiality(product, np.repeat(of_input, times).astype(np.int64), np.repeat(said, times), False)


def _by_sector(
    known: Dependencies, sector: SectorOf, grades: Mapping[tuple[str, str], int], otherwise: int
) -> Essentiality:
    supplier, buyer = (known.links[end].to_numpy(np.int64) for end in ("supplier", "buyer"))
    labels = [*sector.labels, ""]
    table = np.array([[grades.get((one, other), -1) for other in labels] for one in labels])
    grade = table[sector.number[supplier], sector.number[buyer]]
    own = len(sector.labels) + supplier
    product = np.where(sector.number[supplier] >= 0, sector.number[supplier], own)
    return Essentiality(product, np.where(grade >= 0, grade, otherwise), grade >= 0, True)


def read_essentiality(contents: str) -> dict[tuple[str, str], int]:
    """Return how essential suppliers of one sector are for buyers of another: (supplier's, buyer's) -> 0, 1 or 2.

    Parameters
    ----------
    contents : str
        CSV or TSV with a header: supplier_sector, buyer_sector, essentiality. NACE codes count by their division.

    Raises
    ------
    QuestionError
        If a column is missing, or rows are wrong: named by line.
    """
    grades: dict[tuple[str, str], int] = {}
    faults = []
    for line, row in read_rows("essentiality", contents, _COLUMNS):
        pair = division(row["supplier_sector"]), division(row["buyer_sector"])
        if not all(pair):
            faults.append(say("line {line}: a sector is missing", line=line))
        elif row["essentiality"] not in ("0", "1", "2"):
            faults.append(
                say("line {line}: essentiality '{cell}' is not one of 0, 1, 2", line=line, cell=row["essentiality"])
            )
        elif grades.setdefault(pair, int(row["essentiality"])) != int(row["essentiality"]):
            faults.append(
                say(
                    "line {line}: {supplier} for {buyer} stands there already with {grade}",
                    line=line,
                    supplier=pair[0],
                    buyer=pair[1],
                    grade=grades[pair],
                )
            )
    advice = say("0 = negligible, 1 = non-essential, 2 = essential, once for each pair of sectors.")
    refuse("essentiality", faults, advice)
    return grades


def division(code: str) -> str:
    """Return the NACE division of a code (its first two digits), or the code itself where it is none."""
    found = re.fullmatch(r"(?:NACE )?[A-V]?(\d\d)(?:\.?\d{1,2})?", code.strip())
    return found.group(1) if found else code.strip()


def read_rows(option: str, contents: str, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a small table with their line numbers; cells are separated by commas, semicolons or tabs.

    Raises QuestionError if a column is missing or there is no row.
    """
    header = contents.splitlines()[0]
    separator = max(",;\t", key=header.count)
    reader = csv.DictReader(contents.splitlines(), delimiter=separator, skipinitialspace=True)
    names = [(name or "").strip() for name in reader.fieldnames or ()]
    missing = [name for name in columns if name not in names]
    advice = say("Its columns are {columns}.", columns=", ".join(columns))
    if missing:
        lacking = say("{option}: the header lacks {columns}.", option=option, columns=listed(missing, len(missing)))
        raise QuestionError(lacking, advice)
    reader.fieldnames = names
    rows = [
        (reader.line_num, {name: (row.get(name) or "").strip() for name in names})
        for row in reader
        if any(isinstance(cell, str) and cell.strip() for cell in row.values())
    ]
    if not rows:
        raise QuestionError(say("{option}: there is no row below the header.", option=option), advice)
    return rows


def refuse(option: str, faults: list[str], advice: str) -> None:
    """Raise QuestionError if there are faults, which names the first ones."""
    if faults:
        raise QuestionError(f"{option}: {itemised(faults, _MOST_FAULTS)}.", advice)
