"""A store's records in the tabular form: CSV files that, imported again, give the same digest."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import astuple, fields
from typing import TYPE_CHECKING

from valuechain.model.history import DECISIONS, Decision
from valuechain.model.names import normal_name
from valuechain.model.schema import COMMON, KINDS, Kind
from valuechain.report.data import csv_text

if TYPE_CHECKING:
    from valuechain.model.cells import Value
    from valuechain.model.history import Snapshot


def export_files(snapshot: Snapshot) -> dict[str, str]:
    """Return the active records and the decisions in force as CSV files by name; kinds without records have none.

    Every row names its source, so that each delivery comes back as one. Extra properties are columns of their own.
    Where two sources spell one column differently, the rows of the second go to a file of their own, such as
    `organisations-2.csv`.
    """
    files = {}
    for name, kind in KINDS.items():
        rows = snapshot.tables[name].to_pylist()
        for number, (header, group) in enumerate(_groups(kind, rows), start=1):
            file = f"{name}.csv" if number == 1 else f"{name}-{number}.csv"
            files[file] = csv_text(header, ([row.get(column) for column in header] for row in group))
    if snapshot.decisions:
        header = [field.name for field in fields(Decision)]
        files[f"{DECISIONS}.csv"] = csv_text(header, map(astuple, snapshot.decisions))
    return files


def _groups(kind: Kind, rows: Iterable[Mapping[str, Value]]) -> list[tuple[list[str], list[dict[str, Value]]]]:
    """Rows with the header of each group; in one group no two names of extra columns differ by spelling alone."""
    declared = [field.name for field in (*kind.fields, *COMMON)]
    groups: list[tuple[dict[str, str], list[dict[str, Value]]]] = []
    for row in rows:
        extra: dict[str, str] = json.loads(str(row["extra"])) if row["extra"] else {}
        spelled = {normal_name(name): name for name in extra}
        fits = (one for one in groups if all(one[0].get(same, name) == name for same, name in spelled.items()))
        found = next(fits, None)
        if found is None:
            found = ({}, [])
            groups.append(found)
        found[0].update(spelled)
        found[1].append({**{name: row[name] for name in declared}, **extra})
    return [([*declared, *known.values()], group) for known, group in groups]
