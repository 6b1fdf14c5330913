"""Compiling is said to a person who waits for it, once, and nowhere else."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from valuechain.cli.preparing import PREPARING, compiling_told

PROGRAM = Path(sys.executable).with_name("valuechain")


def fresh():
    """A function that has to be compiled when it is called."""
    from numba import njit

    return njit(lambda number: number + 1)


def test_it_is_said_once_however_much_is_compiled(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    first, second = fresh(), fresh()

    with compiling_told():
        first(1), first(1.5), second(1)

    assert capsys.readouterr() == ("", PREPARING + "\n")


def test_nothing_is_said_of_what_is_compiled_already_or_later(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    ready, later = fresh(), fresh()
    ready(1)

    with compiling_told():
        ready(2)
    later(1)

    assert capsys.readouterr() == ("", "")


def test_without_anything_to_compile_nothing_is_loaded(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    monkeypatch.delitem(sys.modules, "numba", raising=False)

    with compiling_told():
        pass

    assert "numba" not in sys.modules


def test_where_nobody_looks_nothing_is_said(capsys: pytest.CaptureFixture[str]):
    with compiling_told():
        fresh()(1)

    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform == "win32", reason="no pseudo-terminals there")
def test_a_person_reads_it_at_the_first_run_and_not_at_the_second(demo_store: Path, tmp_path: Path):
    def errors_of_a_run() -> str:
        reader, writer = os.openpty()
        told: list[bytes] = []
        running = subprocess.Popen(
            [str(PROGRAM), "run", "structure", "--store", f"sqlite:///{demo_store}", "-o", str(tmp_path / "out.json")],
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "compiled"), "NUMBA_DISABLE_JIT": "0"},
            stderr=writer,
        )
        os.close(writer)
        with contextlib.suppress(OSError):  # how Linux says that nobody holds the other end any more
            while more := os.read(reader, 65536):
                told.append(more)
        os.close(reader)
        assert running.wait() == 0
        return b"".join(told).decode()

    assert errors_of_a_run().count(PREPARING) == 1
    assert PREPARING not in errors_of_a_run()
