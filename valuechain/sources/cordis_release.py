"""The files of a CORDIS release: which of them hold what, under the names of any year."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from valuechain.model.errors import DataError
from valuechain.model.language import listed, plural, say
from valuechain.sources.delivery import Delivery
from valuechain.sources.tables.files import File
from valuechain.sources.tables.table import Row, Table
from valuechain.sources.tables.tables import read_tables

PROJECTS, PARTICIPANTS = "project", "organization"
TOPICS, FIELDS_OF_SCIENCE = "topics", "euroscivoc"

_FORMS = (".csv", ".xlsx")
_STANDALONE = re.compile(r"cordis-\w*?(project|organi[sz]ation)s")
"""Until 2020 each programme came as two files of their own, such as `cordis-h2020organizations.csv`."""
_OLDER_NAMES = {"organisationID": "id", "organizationURL": "organizationUrl"}
_MOST_FIELDS = 5
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@dataclass(frozen=True)
class Release:
    """One release: its two main tables and, by project, what the tables beside them say.

    `names` gives, for a column as it is called today, the name that the table of participants has for it.
    """

    projects: Table
    participants: Table
    topics: Mapping[str, str]
    fields_of_science: Mapping[str, str]
    names: Mapping[str, str]
    assumed: tuple[str, ...]

    @property
    def day(self) -> str:
        """ISO date of the newest update in the release; empty where its rows tell none."""
        rows = (row for table in (self.projects, self.participants) for row in table.rows)
        days = (_DAY.match(text(row, "contentUpdateDate")) for row in rows)
        return max((day.group() for day in days if day), default="")


def holds_release(delivery: Delivery) -> bool:
    """Whether a delivery holds a file that CORDIS publishes."""
    return any(_find(delivery, name) for name in (PROJECTS, PARTICIPANTS))


def open_release(delivery: Delivery) -> Release:
    """Return the tables of a release.

    Raises
    ------
    DataError
        If the projects or the participants are missing, are no table, or lack a column without which nothing can be
        told.
    """
    projects = _table(delivery, PROJECTS, ("id",))
    if not {"title", "acronym"} & set(projects.columns):
        what = say("{file} lacks the column 'title' or 'acronym'.", file=projects.file)
        raise DataError(what, say("Get it anew from CORDIS."))
    participants = _table(delivery, PARTICIPANTS, ("projectID", "organisationID", "name"))
    names = {new: old for new, old in _OLDER_NAMES.items() if new not in participants.columns}
    known = {text(row, "id") for row in projects.rows}
    read = [projects.file, participants.file]
    assumed = [*projects.assumed, *participants.assumed]
    topics: dict[str, list[str]] = {}
    if "topics" not in projects.columns:
        topics = _beside(delivery, TOPICS, "topic", known, read, assumed)
    fields = _beside(delivery, FIELDS_OF_SCIENCE, "euroSciVocTitle", known, read, assumed)
    left = [file.name for file in delivery.files if file.name not in read]
    if left:
        assumed.append(say("Files that were not read: {files}.", files=", ".join(left)))
    return Release(
        projects,
        participants,
        {project: several[0] for project, several in topics.items()},
        {project: "; ".join(several[:_MOST_FIELDS]) for project, several in fields.items()},
        names,
        tuple(assumed),
    )


def text(row: Row, column: str) -> str:
    """Return what a cell holds as text without blanks around it, empty where there is no such column."""
    return str(row.cells.get(column) or "").strip()


def left_out(table: Table, taken: Iterable[str]) -> str:
    """Return a sentence on the columns of `table` that are not `taken`; empty if all are."""
    columns = [column for column in table.columns if column not in set(taken)]
    if not columns:
        return ""
    return say("{table}: columns that were not taken in: {columns}.", table=table.file, columns=", ".join(columns))


def _find(delivery: Delivery, name: str) -> File | None:
    return next((file for file in delivery.files if file.suffix in _FORMS and _called(file) == name), None)


def _called(file: File) -> str:
    """What CORDIS calls a file today."""
    stem = file.stem.rpartition("/")[2].lower()
    standalone = _STANDALONE.fullmatch(stem)
    return standalone[1].replace("nis", "niz") if standalone else stem


def _table(delivery: Delivery, name: str, required: tuple[str, ...]) -> Table:
    file = _find(delivery, name)
    if file is None:
        advice = say("CORDIS data are organization.csv and project.csv together.")
        raise DataError(say("{name} holds no {file}.", name=delivery.name, file=f"{name}.csv"), advice)
    table = next(iter(read_tables(file)), None)
    if table is None:
        raise DataError(say("{name} is empty.", name=file.name), say("Get it anew from CORDIS."))
    found = {*table.columns, *(new for new, old in _OLDER_NAMES.items() if old in table.columns)}
    missing = [column for column in required if column not in found]
    if missing:
        names = listed(map(repr, missing), len(missing))
        what = say("{file} lacks the column {columns}.", file=file.name, columns=names)
        found_are = ", ".join(table.columns)
        raise DataError(what, say("Get it anew from CORDIS. The columns found are: {columns}.", columns=found_are))
    return table


def _beside(
    delivery: Delivery, name: str, column: str, known: set[str], read: list[str], assumed: list[str]
) -> dict[str, list[str]]:
    """What a table beside the projects says of each, in its order; notes the file as read, and rows of no project."""
    file = _find(delivery, name)
    if file is None:
        return {}
    told: dict[str, list[str]] = defaultdict(list)
    strangers = 0
    for table in read_tables(file):
        if not {"projectID", column} <= set(table.columns):
            return {}
        for row in table.rows:
            project, what = text(row, "projectID"), text(row, column)
            strangers += project not in known
            if what and what not in told[project]:
                told[project].append(what)
    read.append(file.name)
    if strangers:
        what = plural(
            strangers,
            "row names a project that project.csv does not hold; left out.",
            "rows name a project that project.csv does not hold; left out.",
        )
        assumed.append(f"{file.name}: {what}")
    return told
