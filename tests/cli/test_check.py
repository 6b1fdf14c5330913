"""Looking a store over on the command line."""

import sqlite3
from contextlib import closing
from pathlib import Path

from tests.cli.test_data import FIRMS, bring
from tests.support.command import valuechain


def test_a_whole_store_is_well(tmp_path: Path):
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    assert valuechain("check", "--store", store).output == f"{store}: all is well at revision 0.\n"
    bring(tmp_path / "firms", FIRMS, store)
    assert valuechain("check", "--store", store).output == f"{store}: all is well at revision 1.\n"


def test_what_is_wrong_is_a_line_each_and_ends_with_one(tmp_path: Path):
    store = f"sqlite:///{tmp_path / 'store.sqlite'}"
    bring(tmp_path / "firms", FIRMS, store)
    with closing(sqlite3.connect(tmp_path / "store.sqlite")) as connection:
        connection.execute("DELETE FROM organisations WHERE id = '2'")
        connection.commit()

    done = valuechain("check", "--store", store)

    assert (done.code, done.output) == (1, "")
    assert done.errors == "Import 1 should have 2 records and has 1.\n"
