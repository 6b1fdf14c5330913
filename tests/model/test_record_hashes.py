"""The hash of a record is for ever: stores keep it, digests are made of it."""

import datetime
import json
from hashlib import blake2b
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from valuechain.model.batch import Place, Record, RowReader, read_record
from valuechain.model.schema import COMMON, KINDS, Field

GOLDEN: dict[str, list[str]] = json.loads(Path(__file__).with_name("record_hashes.json").read_text())
"""Hashes of `rows`, taken when records were first stored."""

_TEXTS = ("x", ' Ünïcode \t漢字 😀 "quoted" \\ \u2028 ', "12.0", "'; --", "\x7f end", "a;b;; c ")


def _cell(field: Field, number: int) -> Any:
    """What a table may hold in a field, as text or as a workbook's typed value; some fields stay empty."""
    if (len(field.name) + number) % 5 == 0 and not field.required:
        return ("", None, "  ", float("nan"))[number % 4]
    match field.type:
        case "integer":
            return ("3", 4.0, 5, "6.0", "7,0")[number % 5]
        case "number":
            return ("0.1", 0.25, 1, "1e-7", "0,3")[number % 5]
        case "boolean":
            return ("yes", False, "Nein", 1, "x")[number % 5]
        case "choice":
            return field.choices[number % len(field.choices)].upper()
        case "date":
            day = datetime.date(2026, 3, 31)
            return ("2026", day, "2026-03", datetime.datetime(2026, 3, 31, 9, 5), "2026-03-31T10:00")[number % 5]
        case "reference":
            return ("7", "b:ü 9", 12.0, "vat:de 1.2-3", "term:Laser Diöden")[number % 5]
        case _ if field.name == "id":
            return (f"id {number}", 7.0, "Ä", 8, "0012")[number % 5]
        case _ if field.name == "country":
            return ("de", "EL", "uk", "FR", "AT")[number % 5]
        case _ if field.name in ("vat", "euid", "lei", "pic", "cordis"):
            return ("de 12", 99.0, "X-1", 5, "a.b 2")[number % 5]
        case _:
            return _TEXTS[number % len(_TEXTS)] if number % 7 else 12.5


def rows(kind: str) -> list[dict[str, Any]]:
    """Rows of a kind that together hold every sort of cell in every sort of field."""
    fields = (*KINDS[kind].fields, *COMMON)
    extras: tuple[dict[str, Any], ...] = (
        {},
        {"Spalte": " x ", "b": 1.5, "leer": ""},
        {'Ä "': datetime.date(2026, 1, 2)},
    )
    return [{**{field.name: _cell(field, n) for field in fields}, **extras[n % 3]} for n in range(30)]


def read(kind: str, cells: dict[str, Any], row: int = 1) -> Record:
    record, faults = read_record(kind, "a", cells, Place("f.csv", "", row))
    assert record is not None, faults
    return record


def defined_hash(record: Record) -> str:
    """The definition, applied to what the record holds."""
    content = [record.kind, sorted(record.values.items()), sorted(record.extra.items())]
    return blake2b(json.dumps(content, ensure_ascii=False).encode(), digest_size=16).hexdigest()


@pytest.mark.parametrize("kind", KINDS)
def test_is_what_it_was_when_records_were_first_stored(kind: str):
    found = [read(kind, cells, number).hash for number, cells in enumerate(rows(kind))]

    assert found == GOLDEN[kind]


cells = st.one_of(
    st.text(max_size=6), st.sampled_from(["yes", "1", "0", "1.0", "2026-03", "a;b"]), st.booleans(),
    st.integers(0, 9), st.floats(0, 1), st.dates(), st.none(),
)  # fmt: skip


@given(
    st.lists(
        st.dictionaries(
            st.sampled_from(["name", "city", "holds", "as_of", "lat", "staff", "aliases", "Spalte", "é"]), cells
        ),
        max_size=8,
    )
)
def test_is_that_of_the_definition_whatever_was_read_before(rows: list[dict[str, Any]]):
    for row in rows:
        record, _ = read_record("organisations", "a", {"id": 1, **row}, Place("f.csv"))
        if record:
            assert record.hash == defined_hash(record)
            assert Record(record.kind, record.values, record.extra, record.place).hash == record.hash


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("remembered", [0, 2, 1_000])
def test_and_the_record_itself_do_not_depend_on_what_a_reader_has_in_mind(kind: str, remembered: int):
    reader = RowReader(kind, "a", remembered)
    table = [cells for cells in rows(kind) for _ in range(2)]

    found = [reader.read(cells, Place("f.csv", "", number)) for number, cells in enumerate(table)]

    assert found == [RowReader(kind, "a").read(cells, Place("f.csv", "", n)) for n, cells in enumerate(table)]
    assert [record.hash for record, _ in found if record] == [hash_ for hash_ in GOLDEN[kind] for _ in range(2)]
