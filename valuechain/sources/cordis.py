"""CORDIS, the EU's projects and their participants: a release as published, an older one, or a slice.

Releases differ by year in columns and files; slices leave some out. What CORDIS says is kept as it stands; where it
contradicts itself or leaves out what it has a column for, the row carries a warning, and what had to be assumed is
counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace

from valuechain.model.batch import Batch, Fault, Place, Record, assemble, read_record
from valuechain.model.cells import NO, YES, Cell
from valuechain.model.language import say, term
from valuechain.sources.cordis_release import Release, holds_release, left_out, open_release, text
from valuechain.sources.cordis_words import NOTES
from valuechain.sources.delivery import Delivery
from valuechain.sources.nuts import region_labels, region_scheme
from valuechain.sources.reading import Reading
from valuechain.sources.tables.table import Row
from valuechain.sources.third_countries import has_nuts

NAME = "cordis"

WITHHELD = "Name withheld"
"""Stands for the name of a participant who may be a natural person: persons are not kept in the graph."""

FIELDS_OF_SCIENCE = "euroSciVoc"
"""Extra property of a project: its fields in the European science vocabulary, separated by `;`."""

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
_TAKEN_FOR = term("CORDIS")
_KEPT = term("It was kept as it is; correct it if you know.")
_PIC = re.compile(r"\d{9}")
_VAT = re.compile(r"[A-Z]{2}(?=.*\d.*\d)[0-9A-Z]{2,13}")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_POINT = re.compile(r"\(?\s*(-?\d+(?:\.\d+)?)\s*,\s*(-?\d+(?:\.\d+)?)\s*\)?")


def recognises(delivery: Delivery) -> bool:
    """Whether a delivery holds a file that CORDIS publishes."""
    return holds_release(delivery)


def read(delivery: Delivery, reading: Reading) -> list[Batch]:
    """Return organisations, projects and participations as one batch.

    Parameters
    ----------
    delivery : Delivery
        Holds `organization` and `project` as CSV or XLSX; topics are read from `topics` where the projects name none,
        and fields of science from `euroSciVoc`.
    reading : Reading
        Name of the source, and day of the release; without one it is the newest `contentUpdateDate`, where there is
        such a column.

    Returns
    -------
    One batch. A row of `organization` gives an organisation and its participation, and is stored or refused whole.

    Raises
    ------
    DataError
        If one of the two files is missing, is no table, or lacks a column without which nothing can be told.
    """
    return [read_release(open_release(delivery), reading)]


def read_release(release: Release, reading: Reading) -> Batch:
    """Return what the tables of a release say; see `read`."""
    projects, participants = release.projects, release.participants
    as_of = reading.as_of or release.day
    reader = _Reader(reading.source, as_of, release)
    for row in projects.rows:
        reader.read_project(row)
    for row in participants.rows:
        reader.read_participant(row)
    assumed = [*release.assumed, *reader.left_out()]
    if not as_of:
        assumed.append(say("The files do not tell of which day they are: their rows count as oldest."))
    assumed += [NOTES[what](count) for what, count in sorted(reader.notes.items())]
    faults = (*projects.faults, *participants.faults, *reader.faults)
    rows_read = projects.rows_read + participants.rows_read
    files = (participants.file, projects.file)
    return assemble(reading.source, _TAKEN_FOR, files, rows_read, reader.records, faults, assumed)


class _Reader:
    """Turns rows of CORDIS into records, and keeps what is to be said about them."""

    def __init__(self, source: str, as_of: str, release: Release) -> None:
        self.source = source
        self.release = release
        self.common: dict[str, Cell] = {"as_of": as_of, "visibility": "public", "status": "declared"}
        self.records: list[Record] = []
        self.faults: list[Fault] = []
        self.notes: Counter[str] = Counter()
        self.regions = region_labels()
        self.projects: set[str] = set()
        self.organisation_columns = _renamed(_ORGANISATION_COLUMNS, release.names)
        self.participation_columns = _renamed(_PARTICIPATION_COLUMNS, release.names)

    def read_project(self, row: Row) -> None:
        """Read a row of `project`."""
        cells = _cells(row, _PROJECT_COLUMNS)
        number = text(row, "id")
        if not cells["title"]:
            cells["title"] = cells["acronym"]
            self.notes["project without title"] += 1
        cells["programme"] = cells["programme"] or text(row, "programme")
        cells["topic"] = cells["topic"] or self.release.topics.get(number, "")
        cells[FIELDS_OF_SCIENCE] = self.release.fields_of_science.get(number, "")
        if self._keep("projects", cells, row.place, _PROJECT_COLUMNS):
            self.projects.add(number)

    def read_participant(self, row: Row) -> None:
        """Read a row of `organization`: an organisation, and its participation in a project."""
        cells = _cells(row, self.organisation_columns)
        if cells["aliases"] == cells["name"]:
            cells["aliases"] = ""
        if _may_be_a_person(row):
            cells |= {"name": WITHHELD, "aliases": "", "named": "no"}
            self.notes["participant withheld"] += 1
        cells["kind"] = self._kind(row)
        cells["country"] = self._country(row)
        cells["region_scheme"] = self._region_scheme(row)
        cells["lat"], cells["lon"] = self._point(row)
        if not _PIC.fullmatch(str(cells["pic"])):
            cells["pic"] = ""
            self.notes["participant by another id"] += 1
        if cells["vat"] and not _VAT.fullmatch(re.sub(r"\W", "", str(cells["vat"])).upper()):
            cells["vat"] = ""
            self.notes["participant with a word as VAT number"] += 1
        project = text(row, "projectID")
        if project and project not in self.projects:
            file = self.release.projects.file
            why = say("{file} holds no such project, or its row was refused.", file=file)
            advice = say("Add the project to {file}, or take the row out.", file=file)
            self.faults.append(Fault(row.place, "projectID", project, why, advice))
        self._keep("organisations", cells, row.place, self.organisation_columns)
        participation = _cells(row, self.participation_columns)
        self._keep("participations", participation, row.place, self.participation_columns)

    def left_out(self) -> list[str]:
        """Say which columns were not taken in."""
        taken = {*self.organisation_columns.values(), *self.participation_columns.values(), *_READ_ASIDE}
        sentences = (
            left_out(self.release.participants, taken),
            left_out(self.release.projects, {*_PROJECT_COLUMNS.values(), *_READ_ASIDE}),
        )
        return [sentence for sentence in sentences if sentence]

    def _keep(self, kind: str, cells: dict[str, Cell], place: Place, columns: Mapping[str, str]) -> bool:
        record, faults = read_record(kind, self.source, {**cells, **self.common}, place)
        self.faults += (replace(fault, column=columns.get(fault.column, fault.column)) for fault in faults)
        if record:
            self.records.append(record)
        return record is not None

    def _kind(self, row: Row) -> str:
        """Kind of organisation, from its activity and, for companies, the flag of small and medium-sized ones."""
        activity, flag = text(row, "activityType").upper(), text(row, "SME").lower()
        if activity == "PRC":
            if flag in YES:
                return "sme"
            if flag in NO:
                return "large"
            self.notes["company without flag"] += 1
            why = say("The SME flag of this company is missing.")
            self._warn(row, "SME", why, say("It counts as other, not as an SME."))
        elif activity not in _KINDS:
            self.notes["participant without activity"] += 1
        return _KINDS.get(activity, "other")

    def _region_scheme(self, row: Row) -> str:
        code, country = text(row, "nutsCode"), text(row, "country").upper()
        country = country if _COUNTRY.fullmatch(country) else ""
        scheme = region_scheme(code, self.regions)
        in_nuts = not country or has_nuts(country, self.regions)
        if not code:
            self.notes["participant without region"] += 1
            if in_nuts:
                why = say("The region code is missing.")
                self._warn(row, "nutsCode", why, say("Fill it in if you know the town."))
        elif len(code) < 5 and in_nuts:
            self.notes["participant in a wide region"] += 1
            why = say("The region code is cut short: it names no district (NUTS 3).")
            self._warn(row, "nutsCode", why, say(_KEPT))
        elif scheme == "nuts2021":
            self.notes["participant in a former region"] += 1
        return scheme

    def _country(self, row: Row) -> str:
        country = text(row, "country")
        if not country or _COUNTRY.fullmatch(country):
            return country
        self._warn(row, "country", say("This is not one country code."), say("It was left empty."))
        return ""

    def _point(self, row: Row) -> tuple[str, str]:
        place = text(row, "geolocation")
        match = _POINT.fullmatch(place)
        if match and abs(float(match[1])) <= 90 and abs(float(match[2])) <= 180:
            return match[1], match[2]
        if place:
            self._warn(row, "geolocation", say("This is not latitude and longitude."), say("It was left empty."))
        return "", ""

    def _warn(self, row: Row, column: str, why: str, advice: str) -> None:
        """Warn of a cell; a column that the release does not have at all is counted, not warned of row by row."""
        if column in row.cells:
            self.faults.append(Fault(row.place, column, text(row, column), why, advice, "warning"))


def _may_be_a_person(row: Row) -> bool:
    """Whether a company has neither SME flag nor address, which is how CORDIS lists natural persons."""
    is_company = text(row, "activityType").upper() == "PRC" and "SME" in row.cells
    return is_company and not any(text(row, column) for column in ("SME", "city", "postCode"))


def _renamed(columns: Mapping[str, str], names: Mapping[str, str]) -> dict[str, str]:
    return {field: names.get(column, column) for field, column in columns.items()}


def _cells(row: Row, columns: Mapping[str, str]) -> dict[str, Cell]:
    return {field: text(row, column) for field, column in columns.items()}
