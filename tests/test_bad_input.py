"""Whatever is wrong with what people bring: one clear message through every door, and nothing written."""

import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from tests.sources.files import workbook
from tests.support.client import client_on
from tests.support.command import Done, valuechain
from tests.support.neo4j_server import Neo4jServer

ORGANISATIONS = b"id,name\n1,Optik\n"

FILES: dict[str, tuple[str, bytes, str]] = {
    "empty": ("organisations.csv", b"", "organisations.csv is empty"),
    "blank": ("organisations.csv", b"\n \n\n", "organisations.csv is empty"),
    "header alone": ("organisations.csv", b"id,name\n", "holds no rows below its headers"),
    "picture": ("organisations.csv", b"\x89PNG\r\n\x1a\n" + b"\0" * 99, "is an image"),
    "pdf": ("organisations.csv", b"%PDF-1.7\n", "PDF"),
    "web page": ("organisations.csv", b"<!doctype html><html></html>", "web page"),
    "wrong separator": ("organisations.csv", b"id:name\n1:Optik\n", "shows a single column"),
    "unreadable": ("organisations.csv", b"\xff\xfe\x00", "not readable text"),
    "unclosed quote": ("organisations.csv", b'id,name\n1,"Optik\n2,Laser\n', "quote that is never closed"),
    "missing column": ("organisations.csv", b"id,label\n1,Optik\n", "lacks the column 'name'"),
    "column twice": ("organisations.csv", b"id,name,Name\n1,A,B\n", "names a column twice"),
    "unknown kind": ("customers.csv", ORGANISATIONS, "not a kind of data known here"),
    "broken workbook": ("organisations.xlsx", b"PK\x03\x04broken", "not a whole workbook"),
    "empty workbook": ("organisations.xlsx", workbook({"Sheet1": []}), "is empty"),
    "broken zip": ("data.zip", b"PK\x05\x06" + b"\0" * 18, "holds no files"),
    "bad number": ("statistics.csv", b"region,measure,year,value\nDE2,staff,2020,many\n", "This is not a number."),
    "bad date": ("calls.csv", b"id,title,opens\n1,Light,31.02.2026\n", "This is not a date."),
    "bad word": ("organisations.csv", b"id,name,kind\n1,Optik,giant\n", "This word is not known here."),
    "bad country": ("organisations.csv", b"id,name,country\n1,Optik,Germany\n", "This is not a country code."),
    "out of range": ("offers.csv", b"organisation,capability,trl\nx:1,y:2,10\n", "The greatest value is 9."),
    "unknown organisation": ("offers.csv", b"organisation,capability\n7,x:y\n", "No row of organisations"),
    "empty cell": ("organisations.csv", b"id,name\n1,\n", "The cell is empty."),
    "colon in an id": ("organisations.csv", b"id,name\na:1,Optik\n", "must not hold a colon"),
    "too many cells": ("organisations.csv", b"id,name\n1,Optik,2\n", "more cells than the header"),
    "too large a number": ("organisations.csv", b"id,name,staff\n1,A,99999999999999999999\n", "too large"),
}


def is_told_in_words(done: Done, message: str) -> None:
    """Exit code 1, nothing on stdout, a message of few lines, no traceback."""
    assert done.code == 1, done.output
    assert done.output == ""
    assert re.search(message, done.errors), done.errors
    assert "Traceback" not in done.errors
    assert len(done.errors.splitlines()) <= 2
    assert all(line.endswith(".") for line in done.errors.splitlines())


@pytest.mark.parametrize("case", FILES)
def test_a_file_at_fault_is_told_on_the_command_line(tmp_path: Path, case: str):
    name, content, message = FILES[case]
    (tmp_path / name).write_bytes(content)
    done = valuechain("import", tmp_path / name, "--store", f"sqlite:///{tmp_path / 'store.sqlite'}")

    is_told_in_words(done, re.escape(message))
    assert not (tmp_path / "store.sqlite").exists()


@pytest.mark.parametrize("case", FILES)
def test_a_file_at_fault_is_a_problem_document_over_http(client: TestClient, case: str):
    name, content, message = FILES[case]
    answer = client.post("/api/v1/imports", files=[("files", (name, content))])

    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    assert message in answer.text.replace('\\"', '"')
    assert "/tmp" not in answer.text
    assert client.get("/api/v1/imports").json()["imports"] == []


@pytest.mark.parametrize(
    ("prepare", "message"),
    [
        (lambda path: None, "does not exist. Check the path."),
        (lambda path: path.mkdir(), "holds no files."),
        (lambda path: (path.mkdir(), (path / "photo.jpg").touch()), "is no table, nor are there tables in it"),
    ],
)
def test_a_path_that_leads_nowhere_is_told(tmp_path: Path, prepare: Callable[[Path], object], message: str):
    prepare(tmp_path / "data")
    is_told_in_words(
        valuechain("import", tmp_path / "data", "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"), message
    )
    assert not (tmp_path / "store.sqlite").exists()


def test_an_unknown_kind_of_data_is_told_with_the_known_ones(tmp_path: Path):
    (tmp_path / "a.csv").write_bytes(ORGANISATIONS)
    is_told_in_words(valuechain("import", tmp_path / "a.csv", "--as", "cheese"), "'cheese' is not a kind of data known")


def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE mine (x)")


def newer(path: Path) -> None:
    from valuechain.stores.sqlite import APPLICATION_ID

    with closing(sqlite3.connect(path)) as future:
        future.execute(f"PRAGMA application_id = {APPLICATION_ID}")
        future.execute("PRAGMA user_version = 999")


STORES: dict[str, tuple[Callable[[Path], object], str]] = {
    "a letter": (
        lambda path: path.write_text("Dear reader, this is no database at all. " * 20),
        "is not a SQLite file",
    ),
    "another program's": (foreign, "is a database of another program"),
    "of a newer version": (newer, "was written by a newer version of this program"),
    "a folder": (lambda path: path.mkdir(), "is a folder, not a file"),
}


@pytest.mark.parametrize("words", [["history"], ["run", "gaps"], ["export", "out"], ["withdraw", "1"], ["serve"]])
@pytest.mark.parametrize("case", STORES)
def test_a_store_that_is_not_ours_is_told_by_every_command(tmp_path: Path, case: str, words: list[str]):
    prepare, message = STORES[case]
    prepare(tmp_path / "store.sqlite")
    is_told_in_words(valuechain(*words, "--store", f"sqlite:///{tmp_path / 'store.sqlite'}"), message)


@pytest.mark.parametrize("case", [case for case in STORES if case != "a folder"])
def test_a_store_that_is_not_ours_any_more_makes_every_request_unavailable(tmp_path: Path, case: str):
    client = client_on(tmp_path / "store.sqlite")
    prepare, message = STORES[case]
    prepare(tmp_path / "store.sqlite")
    before = (tmp_path / "store.sqlite").read_bytes()

    upload = client.post("/api/v1/imports", files=[("files", ("organisations.csv", ORGANISATIONS))])
    for answer in (client.get("/health/ready"), client.get("/api/v1/analyses/gaps"), upload):
        assert answer.status_code == 503
        assert answer.headers["content-type"] == "application/problem+json"
        assert message in answer.json()["detail"]
    assert (tmp_path / "store.sqlite").read_bytes() == before


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("store.sqlite", "is not the address of a store"),
        ("sqlite://store.sqlite", "names no file"),
        ("mysql://host/base", "no kind of store called 'mysql'"),
        ("sqlite:////no/such/folder/store.sqlite", "no folder /no/such/folder"),
        ("neo4j://neo4j@127.0.0.1:1/neo4j", "cannot be reached"),
    ],
)
def test_an_address_that_leads_nowhere_is_told(address: str, message: str):
    is_told_in_words(valuechain("history", "--store", address, VALUECHAIN_NEO4J_PASSWORD="x"), message)


def test_a_wrong_password_is_told_without_the_password(neo4j_server: Neo4jServer):
    done = valuechain("history", "--store", neo4j_server.uri, VALUECHAIN_NEO4J_PASSWORD="definitely-not-the-password")

    is_told_in_words(done, "password")
    assert "definitely-not" not in done.errors
