"""JSON and CSV for programs."""

import csv
import io
import json

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.support.results import HOSTILE, TABLE, hostile, result
from valuechain.model.formulas import disarmed
from valuechain.report.data import csv_text, to_csv, to_json
from valuechain.sources.tables.mojibake import looks_torn
from valuechain.sources.tables.text import read_text


def test_json_is_the_result_and_nothing_else():
    expected = json.loads(json.dumps(result().to_dict()))
    assert json.loads(to_json(result())) == expected


def test_equal_results_are_equal_texts():
    assert to_json(result()) == to_json(result())
    names = list(json.loads(to_json(result())))
    assert names == sorted(names)


def test_a_table_as_csv_has_its_names_typed_cells_and_the_status():
    rows = list(csv.reader(io.StringIO(to_csv(TABLE))))

    assert rows[0] == [column.name for column in TABLE.columns]
    assert rows[1] == ["Optik GmbH", "a:optik", "unlinked", "12", "1234567.891", "yes", "2026-03-31", "declared"]
    assert rows[2][4:6] == ["", "no"]
    assert [row[-1] for row in rows[1:]] == ["declared", "inferred", "synthetic"]


@pytest.mark.parametrize("name", HOSTILE)
def test_no_cell_of_a_csv_begins_like_a_formula(name: str):
    [_, row] = csv.reader(io.StringIO(csv_text(["x"], [[name]]), newline=""))
    assert row[0][:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert row[0].removeprefix("'") == name


def test_numbers_below_zero_stay_numbers():
    assert csv_text(["x", "y"], [[-3, -0.5]]) == "x,y\n-3,-0.5\n"


def test_column_names_are_disarmed_too():
    assert csv_text(["=a", "b"], []) == "'=a,b\n"


def test_every_hostile_name_is_in_the_csv():
    assert to_csv(hostile().tables[0]).count("\n") > len(HOSTILE)


@given(st.text(st.characters(exclude_categories=["C"]), min_size=1).map(lambda text: f"{text}x"))
def test_what_is_disarmed_is_read_back_as_it_was(text: str):
    assume(not looks_torn(text))  # letters that were taken apart are put together again
    for prefix in ("", "=", "'", "'=", "''-", "@"):
        written = csv_text(["a", "b"], [[prefix + text, "1"]])
        table = read_text("file.csv", written.encode())
        assert table is not None
        assert [row.cells["a"] for row in table.rows] == [prefix + text]


def test_disarming_is_told_from_text_that_looks_disarmed():
    assert disarmed("=1") == "'=1"
    assert disarmed("'=1") == "''=1"
    assert disarmed("a=1") == "a=1"
    assert disarmed("'quoted'") == "'quoted'"
