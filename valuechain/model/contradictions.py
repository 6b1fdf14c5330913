"""Where records of one thing say different things: what each says of a field, the winner first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.merge import Evidence
from valuechain.model.schema import KINDS, Field, Kind

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Integers

HOLDS = "holds"
"""What is contradicted where one record says that a thing is so, and another that it is not."""

_WORDING = frozenset((
    "id", "name", "label", "label_de", "title", "acronym", "description", "why", "objective", "partner_sought",
    "website", "lat", "lon",
))  # fmt: skip
"""Fields in which records differ in wording or exactness, not in what they say; lists add up instead."""

COLUMNS = ("kind", "row", "field", "value")


def contradictions(
    tables: Mapping[str, pd.DataFrame], behind: Mapping[str, Evidence], frames: Mapping[str, pd.DataFrame]
) -> tuple[pd.DataFrame, Evidence]:
    """Return what the records of one thing or link say differently, field by field.

    Texts that differ in capitals alone say the same. Of what is said not to be so, the records that say it is count too
    where the graph keeps the denial (`denied_supplies`, `denied_needs`).

    Parameters
    ----------
    tables, behind : mapping by kind
        The rows of a graph and the records behind them, before links are derived.
    frames : mapping by kind
        The records, with `position`, `holds` and their fields, references as positions.

    Returns
    -------
    DataFrame with a row per value that is told: kind, row of the table of that kind, field (`holds` where it is told
    that it is so, and that it is not), value as text (of a reference the key); the value that counts comes first. And
    the records that tell it, the strongest first.
    """
    import pandas as pd

    parts = [part for name, kind in KINDS.items() for part in _of_kind(kind, tables, behind[name], frames[name])]
    parts += [_of_denied(name, tables, behind, frames) for name in KINDS if f"denied_{name}" in tables]
    told = pd.concat([_nothing(), *parts], ignore_index=True)
    group = told.groupby(["kind", "row", "field", "said"], sort=False).ngroup().to_numpy(np.int64)
    rows = told[~told.duplicated(["kind", "row", "field", "said"])][list(COLUMNS)].reset_index(drop=True)
    return rows, Evidence.from_pairs(group, told["position"].to_numpy(np.int64), len(rows))


def _nothing() -> pd.DataFrame:
    import pandas as pd

    texts = {name: pd.Series([], dtype="str") for name in ("kind", "field", "value", "said")}
    return pd.DataFrame({**texts, "row": np.zeros(0, np.int64), "position": np.zeros(0, np.int64)})


def _of_kind(
    kind: Kind, tables: Mapping[str, pd.DataFrame], behind: Evidence, frame: pd.DataFrame
) -> Iterator[pd.DataFrame]:
    import pandas as pd

    counts = np.diff(behind.offsets)
    several = np.flatnonzero(counts > 1)
    if not len(several):
        return
    positions = behind.select(several).positions
    told = frame.iloc[pd.Index(frame["position"]).get_indexer(positions)]
    row = np.repeat(several, counts[several])
    affirms = told["holds"].to_numpy(bool)
    if not affirms.all():
        yield _told(kind.name, HOLDS, row, positions, pd.Series(np.where(affirms, "yes", "no")))
    row, positions, told = row[affirms], positions[affirms], told[affirms]
    for field in kind.fields:
        if field.type != "list" and field.name not in _WORDING and field.name not in kind.identity:
            cells = _cells(told[field.name], field, tables)
            given = cells.notna().to_numpy(bool)
            yield _told(kind.name, field.name, row[given], positions[given], cells[given])


def _cells(cells: pd.Series, field: Field, tables: Mapping[str, pd.DataFrame]) -> pd.Series:
    """The cells of a field; of references the keys of the things, empty where the thing is not there."""
    if not field.refers:
        return cells
    return tables[field.refers]["key"].reindex(cells).set_axis(cells.index)


def _told(kind: str, field: str, row: Integers, positions: Integers, cells: pd.Series) -> pd.DataFrame:
    """What is told of the rows in which cells differ, in the order of the records."""
    found = _nothing()
    values = cells.to_numpy(object)
    steps = (row[1:] == row[:-1]) & (values[1:] != values[:-1])
    if not steps.any():
        return found
    some = np.isin(row, row[1:][steps])
    texts = cells[some].map(_text)
    said = texts.str.casefold()
    told = found.reindex(np.arange(some.sum())).assign(
        kind=kind, field=field, value=texts.to_numpy(object), said=said.to_numpy(object), row=row[some],
        position=positions[some],
    )  # fmt: skip
    differs = told.groupby("row")["said"].transform("nunique") > 1
    return told[differs]


def _text(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float | np.floating):
        return f"{value:.15g}"
    return str(value).strip()


def _of_denied(
    name: str, tables: Mapping[str, pd.DataFrame], behind: Mapping[str, Evidence], frames: Mapping[str, pd.DataFrame]
) -> pd.DataFrame:
    """What is said not to be so, and is said by others, who were set aside."""
    import pandas as pd

    denied = f"denied_{name}"
    identity = list(KINDS[name].identity)
    rows = tables[denied][identity].assign(row=np.arange(len(tables[denied])))
    others = frames[name][frames[name]["holds"].to_numpy(bool)].merge(rows, on=identity)
    if others.empty:
        return _nothing()
    disputed = np.unique(others["row"])
    counts = np.diff(behind[denied].offsets)[disputed]
    of_deniers = np.repeat(disputed, counts)
    row = np.concatenate([of_deniers, others["row"].to_numpy(np.int64)])
    positions = np.concatenate([behind[denied].select(disputed).positions, others["position"].to_numpy(np.int64)])
    says = np.repeat(["no", "yes"], [len(of_deniers), len(others)])
    order = np.argsort(row, kind="stable")
    return _told(denied, HOLDS, row[order], positions[order], pd.Series(says[order]))
