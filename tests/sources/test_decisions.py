"""Decisions that an export brings along."""

from pathlib import Path

import pytest

from tests.sources.files import write_files
from valuechain.model.errors import DataError
from valuechain.model.history import Decision
from valuechain.sources.decisions import read_decisions

HEADER = "verdict,subject,object,who,at\n"


def test_come_in_the_order_of_the_file(tmp_path: Path):
    text = HEADER + "same,a:1,b:2,office,2026-03-31T08:00:00Z\nopen,laser welding,,,\n"
    folder = write_files(tmp_path, {"decisions.csv": text, "organisations.csv": "id,name\n"})

    assert read_decisions([folder]) == [
        Decision("same", "a:1", "b:2", "office", "2026-03-31T08:00:00Z"),
        Decision("open", "laser welding"),
    ]


def test_are_none_where_no_file_tells_of_any(tmp_path: Path):
    assert read_decisions([write_files(tmp_path, {"offers.csv": "x"})]) == []
    assert read_decisions([write_files(tmp_path, {"decisions.csv": ""})]) == []


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("perhaps,a:1,b:2,,\n", r"decisions\.csv, row 2: 'perhaps' is not a verdict"),
        ("same,,b:2,,\n", r"row 2: the subject is empty"),
    ],
)
def test_are_refused_whole_where_one_is_at_fault(tmp_path: Path, row: str, why: str):
    with pytest.raises(DataError, match=why):
        read_decisions([write_files(tmp_path, {"decisions.csv": HEADER + row})])
