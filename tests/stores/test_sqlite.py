"""What can be wrong with a file, and what an SQLite store says about it."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from tests.stores.samples import firms
from valuechain.model.errors import (
    StoreForeignError,
    StoreUnavailableError,
    StoreVersionError,
)
from valuechain.stores.base import FORMAT
from valuechain.stores.sqlite import SqliteStore


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "store.sqlite"


def run(file: Path, statement: str) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(statement)
        connection.commit()


def test_reading_a_store_that_is_not_there_makes_no_file(file: Path):
    with SqliteStore(file) as store:
        assert store.load().revision == 0

    assert not file.exists()


def test_an_empty_file_is_an_empty_store(file: Path):
    file.touch()

    with SqliteStore(file) as store:
        assert store.revision() == 0
        assert store.history() == ((), ())
        assert store.write(firms(1)).revision == 1


def test_the_file_is_marked_as_ours_and_kept_in_strict_tables(file: Path):
    SqliteStore(file).write(firms(1))

    with closing(sqlite3.connect(file)) as connection:
        strict = connection.execute("SELECT min(strict) FROM pragma_table_list WHERE schema = 'main' "
                                    "AND name NOT LIKE 'sqlite_%'").fetchone()  # fmt: skip
        mark = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        mode = connection.execute("PRAGMA journal_mode").fetchone()
    assert strict == (1,)
    assert mark == [0x56414C43, FORMAT]
    assert mode == ("wal",)


@pytest.mark.parametrize("statement", ["CREATE TABLE notes (text)", "PRAGMA application_id = 7"])
def test_a_database_of_another_program_is_left_alone(file: Path, statement: str):
    run(file, statement)
    before = file.read_bytes()

    with pytest.raises(StoreForeignError, match="another program"):
        SqliteStore(file)

    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_alone(file: Path):
    file.write_text("id;name\n" * 500)

    with pytest.raises(StoreForeignError, match="not a SQLite file"):
        SqliteStore(file)

    assert file.read_text() == "id;name\n" * 500


def test_a_file_of_a_newer_version_is_left_alone(file: Path):
    SqliteStore(file).write(firms(1))
    run(file, f"PRAGMA user_version = {FORMAT + 1}")

    with pytest.raises(StoreVersionError, match=f"format {FORMAT + 1}, known: {FORMAT}.*Update"):
        SqliteStore(file)


def test_a_missing_folder_is_said(tmp_path: Path):
    with pytest.raises(StoreUnavailableError, match=r"no folder .*nowhere.*Create it"):
        SqliteStore(tmp_path / "nowhere" / "store.sqlite")


def test_a_folder_is_no_store(tmp_path: Path):
    with pytest.raises(StoreForeignError, match="is a folder"):
        SqliteStore(tmp_path)


def test_a_damaged_file_is_said(file: Path):
    SqliteStore(file).write(firms(500))
    content = bytearray(file.read_bytes())
    content[8192:] = bytes(len(content) - 8192)
    file.write_bytes(content)

    with pytest.raises(StoreUnavailableError, match=r"cannot be used: .*malformed.*Check the file"):
        SqliteStore(file).load()


def test_no_second_import_of_the_same_number_can_slip_in(file: Path):
    with SqliteStore(file) as store:
        store.write(firms(1))
        run(file, 'INSERT INTO organisations ("import", "ordinal") VALUES (2, 0)')

        with pytest.raises(StoreUnavailableError, match="UNIQUE"):
            store.write(firms(1))
        assert store.revision() == 1


def test_a_file_from_before_a_field_or_kind_existed_reads_it_as_empty_and_gains_it_with_the_next_import(file: Path):
    with SqliteStore(file) as store:
        store.write(firms(1, "old"))
    run(file, "ALTER TABLE organisations DROP COLUMN group_id")
    run(file, "DROP TABLE calls")

    with SqliteStore(file) as store:
        before = store.load()
        store.write(firms(1, "new"))
        after = store.load()

    assert before.tables["organisations"].column("group_id").to_pylist() == [None]
    assert before.tables["calls"].num_rows == 0
    assert after.tables["organisations"].column("import").to_pylist() == [1, 2]
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (0,)
        assert connection.execute("SELECT group_id FROM organisations").fetchall() == [(None,), (None,)]


@pytest.mark.parametrize(
    ("fault", "found"),
    [
        ("DELETE FROM supplies WHERE ordinal = 3", r"Import 1 should have 6 records and has 5\."),
        (
            'INSERT INTO calls ("import", "ordinal") VALUES (9, 0)',
            r"1 records of import 9, which is not in the books\.",
        ),
        ("UPDATE organisations SET city = 'Jena' WHERE ordinal = 1", r"1 records of organisations .* 1-1 first\."),
        ("UPDATE events SET revision = 7", r"do not number the revisions"),
        ("UPDATE imports SET revision = 2", r"do not name the same deliveries"),
    ],
)
def test_the_check_finds_what_was_changed_behind_the_store(file: Path, fault: str, found: str):
    SqliteStore(file).write(firms(3))
    run(file, fault)

    assert any(re.search(found, problem) for problem in SqliteStore(file).check())


def damaged(file: Path, old: bytes, new: bytes) -> SqliteStore:
    """A store in whose file some bytes have changed, those that were written last."""
    SqliteStore(file).write(firms(500))
    run(file, "CREATE INDEX names ON organisations (name)")
    content = file.read_bytes()
    place = content.rindex(old)
    file.write_bytes(content[:place] + new + content[place + len(old) :])
    return SqliteStore(file)


def test_the_check_finds_damage_that_nothing_else_would_notice(file: Path):
    store = damaged(file, b"Firm 250", b"Firm 999")

    assert len(store.load().tables["organisations"]) == 500
    assert any(problem.startswith("The file is damaged: ") for problem in store.check())


def test_the_check_says_that_a_file_cannot_be_read(file: Path):
    SqliteStore(file).write(firms(500))
    content = file.read_bytes()
    half = len(content) // 2
    file.write_bytes(content[:half] + bytes(half))

    assert any("malformed" in problem for problem in SqliteStore(file).check())
