"""What all records of an import agree on is made anew, not read."""

import sqlite3
from contextlib import closing
from pathlib import Path

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.stores.samples import batch, firms, loaded_rows, organisation, small_world
from valuechain.stores.sqlite import SqliteStore
from valuechain.stores.sqlite_uniform import Notes, uniform_columns

VALUES = st.sampled_from([None, 0, 1, 7])


def noted(*parts: list[int | None]) -> dict[str, str]:
    notes = Notes()
    for part in parts:
        notes.take("offers", pa.table({"trl": pa.array(part, pa.int64())}))
    return {column: value for _, _, column, value in notes.rows(1)}


@given(st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=4))
def test_a_column_is_noted_if_every_record_holds_the_same(parts: list[list[int | None]]):
    assert bool(noted(*parts)) == (len({value for part in parts for value in part}) == 1)


def test_a_column_is_left_out_only_if_each_import_has_one_value():
    rows = [(1, "trl", "7"), (1, "unit", "null"), (2, "trl", "8")]
    assert uniform_columns(rows, [1, 2], [1, 2]) == {"trl": {1: 7, 2: 8}}
    assert uniform_columns(rows, [1], [1, 2]) == {}


@pytest.mark.parametrize("notes", [True, False])
def test_records_are_the_same_with_notes_and_without(tmp_path: Path, notes: bool):
    file = tmp_path / "store.sqlite"
    with SqliteStore(file) as store:
        for one in (firms(3), firms(2, source="b", first=7), batch(organisation(9, city="Jena"), source="c")):
            store.write(one)
        store.write(small_world("d"))
        before = loaded_rows(store.load())
        if not notes:
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("DROP TABLE uniform")
                connection.commit()
        assert loaded_rows(store.load()) == before
        store.write(firms(1, source="e"))
        assert len(store.load().tables["organisations"]) == len(before["organisations"]) + 1
        assert store.check() == ()
