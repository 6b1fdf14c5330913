"""CORDIS, the EU's projects and their participants: `organization.csv` and `project.csv`, as published or a slice.

Three layouts are known: the published one, and slices that leave out columns. What CORDIS says is kept as it stands;
where it contradicts itself the row carries a warning, and what had to be assumed is counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace

from valuechain.model.batch import Batch, Fault, Place, Record, assemble, read_record
from valuechain.model.cells import NO, YES, Cell
from valuechain.model.errors import DataError
from valuechain.sources.delivery import Delivery
from valuechain.sources.nuts import lies_in, region_labels, region_scheme
from valuechain.sources.reading import Reading
from valuechain.sources.table import Row, Table
from valuechain.sources.text import read_text

NAME = "cordis"
PROJECTS, PARTICIPANTS, TOPICS = "project.csv", "organization.csv", "topics.csv"

WITHHELD = "Name withheld"
"""Stands for the name of a participant who may be a natural person: persons are not kept in the graph."""

_KINDS = {"REC": "rto", "HES": "university", "PUB": "public", "OTH": "other"}
_PROJECT_COLUMNS = {
    "id": "id", "acronym": "acronym", "title": "title", "start": "startDate", "end": "endDate",
    "programme": "frameworkProgramme", "topic": "topics", "cordis": "id",
}  # fmt: skip
_ORGANISATION_COLUMNS = {
    "id": "organisationID", "name": "name", "aliases": "shortName", "country": "country", "region": "nutsCode",
    "postcode": "postCode", "city": "city", "vat": "vatNumber", "website": "organizationURL", "pic": "organisationID",
}  # fmt: skip
_PARTICIPATION_COLUMNS = {
    "organisation": "organisationID", "project": "projectID", "role": "role", "contribution_eur": "ecContribution",
}  # fmt: skip
_READ_ASIDE = frozenset({"projectAcronym", "SME", "activityType", "geolocation", "programme", "contentUpdateDate"})
_PIC = re.compile(r"\d{9}")
_VAT = re.compile(r"[A-Z]{2}(?=.*\d.*\d)[0-9A-Z]{2,13}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_POINT = re.compile(r"\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def recognises(delivery: Delivery) -> bool:
    """Whether a delivery holds a file that CORDIS publishes."""
    return delivery.find(PROJECTS) is not None or delivery.find(PARTICIPANTS) is not None


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return organisations, projects and participations as one batch.

    Parameters
    ----------
    delivery : Delivery
        Holds `organization.csv` and `project.csv`; `topics.csv` is read where the projects name no topics.
    reading : Reading
        Name of the source, and day of the release; without one it is the newest `contentUpdateDate`, where there is
        such a column.

    Returns
    -------
    One batch. A row of `organization.csv` gives an organisation and its participation, and is stored or refused
    whole.

    Raises
    ------
    DataError
        If one of the two files is missing, is no table, or lacks a column without which nothing can be told.
    """
    projects = _table(delivery, PROJECTS, ("id",))
    participants = _table(delivery, PARTICIPANTS, ("projectID", "organisationID", "name"))
    if not {"title", "acronym"} & set(projects.columns):
        raise DataError(f"{projects.file} lacks the column 'title' or 'acronym'.", "Get it anew from CORDIS.")
    as_of = reading.as_of or _newest_update(projects, participants)
    reader = _Reader(reading.source, as_of)
    topics = _topics(delivery) if "topics" not in projects.columns else {}
    for row in projects.rows:
        reader.read_project(row, topics)
    for row in participants.rows:
        reader.read_participant(row)
    assumed = [*projects.assumed, *participants.assumed, *_left_out(delivery, projects, participants)]
    if not as_of:
        assumed.append("The files do not tell of which day they are: their rows count as oldest.")
    assumed += [f"{count:,} {what}" for what, count in sorted(reader.notes.items())]
    faults = (*projects.faults, *participants.faults, *reader.faults)
    rows_read = projects.rows_read + participants.rows_read
    files = (participants.file, projects.file)
    return [assemble(reading.source, "CORDIS", files, rows_read, reader.records, faults, assumed)]


class _Reader:
    """Turns rows of CORDIS into records, and keeps what is to be said about them."""

    def __init__(self, source: str, as_of: str) -> None:
        self.source = source
        self.common: dict[str, Cell] = {"as_of": as_of, "visibility": "public", "status": "declared"}
        self.records: list[Record] = []
        self.faults: list[Fault] = []
        self.notes: Counter[str] = Counter()
        self.regions = region_labels()
        self.projects: set[str] = set()

    def read_project(self, row: Row, topics: dict[str, str]) -> None:
        """Read a row of `project.csv`."""
        cells = _renamed(row, _PROJECT_COLUMNS)
        if not cells["title"]:
            cells["title"] = cells["acronym"]
            self.notes["projects have no title; their acronym stands for it."] += 1
        cells["programme"] = cells["programme"] or _text(row, "programme")
        cells["topic"] = cells["topic"] or topics.get(_text(row, "id"), "")
        if self._keep("projects", cells, row.place, _PROJECT_COLUMNS):
            self.projects.add(_text(row, "id"))

    def read_participant(self, row: Row) -> None:
        """Read a row of `organization.csv`: an organisation, and its participation in a project."""
        cells = _renamed(row, _ORGANISATION_COLUMNS)
        if cells["aliases"] == cells["name"]:
            cells["aliases"] = ""
        if _may_be_a_person(row):
            cells |= {"name": WITHHELD, "aliases": "", "named": "no"}
            self.notes["participants have neither SME flag nor address, as natural persons do; names withheld."] += 1
        cells["kind"] = self._kind(row)
        cells["country"] = self._country(row)
        cells["region_scheme"] = self._region_scheme(row)
        cells["lat"], cells["lon"] = self._point(row)
        if not _PIC.fullmatch(str(cells["pic"])):
            cells["pic"] = ""
            self.notes["participants are named by an id that is no participant code (PIC)."] += 1
        if cells["vat"] and not _VAT.fullmatch(re.sub(r"\W", "", str(cells["vat"])).upper()):
            cells["vat"] = ""
            self.notes["participants have a word in place of a VAT number; it was left empty."] += 1
        project = _text(row, "projectID")
        if project and project not in self.projects:
            why = f"{PROJECTS} holds no such project, or its row was refused."
            advice = f"Add the project to {PROJECTS}, or take the row out."
            self.faults.append(Fault(row.place, "projectID", project, why, advice))
        self._keep("organisations", cells, row.place, _ORGANISATION_COLUMNS)
        participation = _renamed(row, _PARTICIPATION_COLUMNS)
        self._keep("participations", participation, row.place, _PARTICIPATION_COLUMNS)

    def _keep(self, kind: str, cells: dict[str, Cell], place: Place, columns: dict[str, str]) -> bool:
        record, faults = read_record(kind, self.source, {**cells, **self.common}, place)
        self.faults += (replace(fault, column=columns.get(fault.column, fault.column)) for fault in faults)
        if record:
            self.records.append(record)
        return record is not None

    def _kind(self, row: Row) -> str:
        """Kind of organisation, from its activity and, for companies, the flag of small and medium-sized ones."""
        activity, flag = _text(row, "activityType").upper(), _text(row, "SME").lower()
        if activity == "PRC":
            if flag in YES:
                return "sme"
            if flag in NO:
                return "large"
            self.notes["companies have no SME flag; they count as other."] += 1
        elif activity not in _KINDS:
            self.notes["participants have no known activity; they count as other."] += 1
        return _KINDS.get(activity, "other")

    def _region_scheme(self, row: Row) -> str:
        code, country = _text(row, "nutsCode"), _text(row, "country")
        scheme = region_scheme(code, self.regions)
        if not code:
            self.notes["participants have no region."] += 1
        elif not lies_in(code, country):
            why = f"The region code is not one of the country {country!r}."
            self._warn(row, "nutsCode", why, "Correct whichever of the two is wrong, if you know.")
        elif len(code) < 5:
            self.notes["participants have a region code that names no district (NUTS 3); kept as it is."] += 1
        elif scheme == "nuts2021":
            self.notes["participants have a region code that NUTS 2024 does not know; taken as NUTS 2021."] += 1
        elif not scheme:
            self._warn(row, "nutsCode", "This is no NUTS code.", "It was kept as it is.")
        return scheme

    def _country(self, row: Row) -> str:
        country = _text(row, "country")
        if not country or _COUNTRY.fullmatch(country):
            return country
        self._warn(row, "country", "This is not one country code.", "It was left empty.")
        return ""

    def _point(self, row: Row) -> tuple[str, str]:
        place = _text(row, "geolocation")
        match = _POINT.fullmatch(place)
        if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:
            return match[1], match[2]
        if place:
            self._warn(row, "geolocation", "This is not latitude and longitude.", "It was left empty.")
        return "", ""

    def _warn(self, row: Row, column: str, why: str, advice: str) -> None:
        self.faults.append(Fault(row.place, column, _text(row, column), why, advice, "warning"))


def _may_be_a_person(row: Row) -> bool:
    """Whether a company has neither SME flag nor address, which is how CORDIS lists natural persons."""
    is_company = _text(row, "activityType").upper() == "PRC" and "SME" in row.cells
    return is_company and not any(_text(row, column) for column in ("SME", "city", "postCode"))


def _text(row: Row, column: str) -> str:
    return str(row.cells.get(column) or "").strip()


def _renamed(row: Row, columns: dict[str, str]) -> dict[str, Cell]:
    return {field: _text(row, column) for field, column in columns.items()}


def _table(delivery: Delivery, name: str, required: tuple[str, ...]) -> Table:
    file = delivery.find(name)
    if file is None:
        advice = f"CORDIS data are {PARTICIPANTS} and {PROJECTS} together."
        raise DataError(f"{delivery.name} holds no {name}.", advice)
    table = read_text(file.name, file.content)
    if table is None:
        raise DataError(f"{file.name} is empty.", "Get it anew from CORDIS.")
    missing = [column for column in required if column not in table.columns]
    if missing:
        what = f"{file.name} lacks the column {' and '.join(map(repr, missing))}."
        raise DataError(what, f"Get it anew from CORDIS. The columns found are: {', '.join(table.columns)}.")
    return table


def _topics(delivery: Delivery) -> dict[str, str]:
    """Topic of each project from `topics.csv`, where it lies beside; of several the first."""
    if delivery.find(TOPICS) is None:
        return {}
    rows = _table(delivery, TOPICS, ("projectID", "topic")).rows
    return {_text(row, "projectID"): _text(row, "topic") for row in reversed(rows)}


def _newest_update(*tables: Table) -> str:
    days = (_DAY.match(_text(row, "contentUpdateDate")) for table in tables for row in table.rows)
    return max((day.group() for day in days if day), default="")


def _left_out(delivery: Delivery, projects: Table, participants: Table) -> Iterable[str]:
    """What lies in the delivery and is not taken in."""
    read = {PROJECTS, PARTICIPANTS, *((TOPICS,) if "topics" not in projects.columns else ())}
    files = [file.name for file in delivery.files if file.name.lower() not in read]
    if files:
        yield f"Files that were not read: {', '.join(files)}."
    taken = {*_PROJECT_COLUMNS.values(), *_ORGANISATION_COLUMNS.values(), *_PARTICIPATION_COLUMNS.values()}
    for table in (participants, projects):
        columns = [column for column in table.columns if column not in taken | _READ_ASIDE]
        if columns:
            yield f"{table.file}: columns that were not taken in: {', '.join(columns)}."
