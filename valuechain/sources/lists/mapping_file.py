"""Mapping files: which column of a list fills which field, as a person says it or as it was used before.

    kind of row: cluster             # what sort of organisation each row is; without it, the list or nothing says so
    cluster: optonet                 # the cluster that all of them belong to, by id, source:id or name
    separators: {Produkte: "/"}      # signs between the words of a cell, for columns where others than usual are meant
    matrix: {Spalte A: needs}        # what marks in a column mean: offers, needs, supplies
    columns:
      Firma: organisations.name
      Export: markets.market stage=exporting
      Notiz: leave out
      Bemerkung: keep

All keys but `columns` may be left out, and so may columns: what is not said is found out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping as Pairs
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from difflib import get_close_matches
from hashlib import blake2b
from pathlib import Path
from typing import TYPE_CHECKING

from valuechain.model.errors import DataError
from valuechain.model.language import say, term
from valuechain.model.names import normal_name
from valuechain.model.schema import ORGANISATION_KINDS
from valuechain.sources.lists.mapping_headers import KEEP, LEAVE_OUT
from valuechain.sources.lists.mapping_target import read_target
from valuechain.sources.tables.table import Table

if TYPE_CHECKING:
    import yaml

MOST_SIGNS = 200_000
"""Longest mapping file that is read."""
MATRIX_MEANINGS = ("offers", "needs", "supplies")

_KEYS = ("shape", "used", "kind of row", "cluster", "separators", "matrix", "columns")
_ADVICE = term("Write it as `columns:` with one line per column below, such as `Firma: organisations.name`.")


@dataclass(frozen=True)
class Mapping:
    """What is said about the columns of a list.

    Parameters
    ----------
    columns : mapping of column to text
        A target (see `read_target`), `keep` or `leave out`.
    row_kind : str
        What sort of organisation each row is, one of ORGANISATION_KINDS; empty: not said.
    cluster : str
        The cluster that every organisation of the list belongs to: id, `source:id` or name; empty: none.
    separators : mapping of column to signs
        What separates the words in a cell.
    matrix : mapping of column to meaning
        What marks in a column mean, one of MATRIX_MEANINGS.
    shape : str
        The shape of the table that it was used for, see `shape`.
    used : str
        ISO date of the import that used it.
    """

    columns: Pairs[str, str] = field(default_factory=dict)
    row_kind: str = ""
    cluster: str = ""
    separators: Pairs[str, str] = field(default_factory=dict)
    matrix: Pairs[str, str] = field(default_factory=dict)
    shape: str = ""
    used: str = ""


def read_mapping(text: str) -> Mapping:
    """Return what a mapping file says.

    Raises
    ------
    DataError
        If it is no YAML, or holds a key, field or kind that is not known here.
    """
    content = _content(text)
    for key in content:
        if key not in _KEYS:
            near = get_close_matches(key, _KEYS, 1)
            advice = (
                say("Write {near!r}.", near=near[0])
                if near
                else say("The keys are: {keys}.", keys=", ".join(_KEYS[2:]))
            )
            raise DataError(say("The mapping has a key {key!r} that is not known here.", key=key), advice)
    mapping = Mapping(
        _pairs(content, "columns"),
        _word(content, "kind of row").removeprefix("organisation"),
        _word(content, "cluster"),
        _pairs(content, "separators"),
        _pairs(content, "matrix"),
        _word(content, "shape"),
        _word(content, "used"),
    )
    if mapping.row_kind and mapping.row_kind not in ORGANISATION_KINDS:
        what = say("The mapping has a kind of row {row_kind!r} that is not known here.", row_kind=mapping.row_kind)
        raise DataError(
            what,
            say("Use organisation, or one of: {organisation_kinds}.", organisation_kinds=", ".join(ORGANISATION_KINDS)),
        )
    for column, said in mapping.columns.items():
        if said not in (KEEP, LEAVE_OUT):
            _check_target(column, said)
    for column, said in mapping.matrix.items():
        if said not in MATRIX_MEANINGS:
            what = say(
                "The mapping says that marks in {column!r} mean {said!r}, which is not known here.",
                column=column,
                said=said,
            )
            raise DataError(what, say("Use one of: {matrix_meanings}.", matrix_meanings=", ".join(MATRIX_MEANINGS)))
    return mapping


def write_mapping(mapping: Mapping) -> str:
    """Return a mapping as the text of a mapping file; `read_mapping` gives it back."""
    said: dict[str, object] = {
        "shape": mapping.shape,
        "used": mapping.used,
        "kind of row": mapping.row_kind,
        "cluster": mapping.cluster,
        "separators": dict(mapping.separators),
        "matrix": dict(mapping.matrix),
    }
    lines = [f"{key}: {quoted(value)}" for key, value in said.items() if isinstance(value, str) and value]
    for key in ("separators", "matrix"):
        lines += _block(key, said[key])
    return "\n".join([*lines, *_block("columns", dict(mapping.columns) or {}), ""])


def shape(table: Table) -> str:
    """Return what tables with the same columns have in common, whatever their order, capitals and signs."""
    names = sorted(normal_name(name) for name in table.columns)
    return blake2b("\n".join(names).encode(), digest_size=8).hexdigest()


def remember(folder: Path, mapping: Mapping) -> Path:
    """Keep a mapping that an import used, in a file of its own for its shape, and return the file.

    Raises DataError if the folder cannot be written to or the mapping has no shape.
    """
    if not re.fullmatch("[0-9a-f]{16}", mapping.shape):
        raise DataError(say("A mapping without a shape cannot be kept."), say("Take it from an import."))
    path = folder / f"{mapping.shape}.yaml"
    dated = replace(mapping, used=mapping.used or date.today().isoformat())
    try:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(write_mapping(dated), encoding="utf-8")
    except OSError as problem:
        raise DataError(
            say("{path} cannot be written: {strerror}.", path=path, strerror=problem.strerror),
            say("Check that the folder is open to you."),
        ) from None
    return path


def recall(folder: Path, shape: str) -> Mapping | None:
    """Return the mapping that was kept for tables of a shape; None if there is none or it can no longer be read."""
    path = folder / f"{shape}.yaml"
    try:
        return read_mapping(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, DataError):
        return None


def quoted(text: str) -> str:
    """Return a text as YAML in one line: in quotes unless it is plain words."""
    import yaml

    if re.fullmatch(r"[^\W\d_][\w./ -]*[\w.]", text) and yaml.safe_load(text) == text:
        return text
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=10**9)).strip()


def _block(key: str, pairs: object) -> Sequence[str]:
    if not isinstance(pairs, dict) or not pairs:
        return []
    return [f"{key}:", *(f"  {quoted(name)}: {quoted(value)}" for name, value in pairs.items())]


def _check_target(column: str, said: str) -> None:
    try:
        read_target(said)
    except DataError as problem:
        what = say("The mapping of the column {column!r} is not known here: {what}", column=column, what=problem.what)
        raise DataError(what, say("{advice} Or write keep, or leave out.", advice=problem.advice)) from None


def _content(text: str) -> dict[str, object]:
    """The keys of a mapping file; every plain value is a text, also `no` and `2026`."""
    import yaml

    if len(text) > MOST_SIGNS:
        raise DataError(
            say("The mapping is longer than {most_signs:,} signs.", most_signs=MOST_SIGNS),
            say("Name the columns of one list."),
        )
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
        content = _plain(node) if node else {}
    except yaml.YAMLError as problem:
        where = getattr(problem, "problem_mark", None)
        raise DataError(
            say("The mapping is not readable in line {line}.", line=where.line + 1)
            if where
            else say("The mapping is not readable."),
            say("{advice} Put quotes around unusual names.", advice=say(_ADVICE)),
        ) from None
    except RecursionError:
        raise DataError(say("The mapping is nested too deeply."), say(_ADVICE)) from None
    if not isinstance(content, dict):
        raise DataError(say("The mapping holds no keys."), say(_ADVICE))
    return content


def _plain(node: yaml.Node, depth: int = 0) -> object:
    import yaml

    if isinstance(node, yaml.ScalarNode):
        return str(node.value)
    if not isinstance(node, yaml.MappingNode) or depth > 1:
        raise DataError(
            say("Line {value} of the mapping is no pair of names.", value=node.start_mark.line + 1), say(_ADVICE)
        )
    pairs: dict[str, object] = {}
    for key, value in node.value:
        name = _plain(key, 2)
        if name in pairs:
            raise DataError(say("The mapping names {name!r} twice.", name=name), say("Delete one of the lines."))
        pairs[str(name)] = _plain(value, depth + 1)
    return pairs


def _pairs(content: Pairs[str, object], key: str) -> dict[str, str]:
    found = content.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(value, str) for value in found.values()):
        raise DataError(say("What stands below {key!r} in the mapping is no list of columns.", key=key), say(_ADVICE))
    return {name: " ".join(value.split()) or value for name, value in found.items()}


def _word(content: Pairs[str, object], key: str) -> str:
    found = content.get(key, "")
    if not isinstance(found, str):
        raise DataError(
            say("{key!r} in the mapping is no single value.", key=key), say("Write it as `{key}: value`.", key=key)
        )
    return found.strip()
