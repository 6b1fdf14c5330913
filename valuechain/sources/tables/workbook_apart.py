"""Workbooks in binary forms (.xls, .xlsb), read in a process of their own.

Damage in them cannot be told beforehand, and may bring their reader down for want of memory; so it takes nothing else
along.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from contextlib import suppress

from valuechain.model.errors import DataError
from valuechain.model.language import say, speaking, spoken
from valuechain.sources.tables.grid import Grid
from valuechain.sources.tables.workbook_check import ADVICE

MOST_SECONDS = 300
MOST_MEMORY = 4 * 2**30
"""Bytes of address space that the process may take, where the system lets a process be limited."""


def read_apart(file: str, data: bytes) -> list[Grid]:
    """Return the sheets of a workbook, see `valuechain.sources.tables.workbook`; DataError if its reader gives up."""
    command = [sys.executable, "-m", "valuechain.sources.tables.workbook_apart", file, spoken()]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    try:
        done = subprocess.run(
            command, input=data, capture_output=True, env=environment, timeout=MOST_SECONDS, check=True
        )
    except subprocess.SubprocessError:
        what = say("{file} is not a readable workbook: it is damaged, or too large to be read.", file=file)
        raise DataError(what, say(ADVICE)) from None
    answer: list[Grid] | DataError = pickle.loads(done.stdout)
    if isinstance(answer, DataError):
        raise answer
    return answer


def _answer(file: str) -> None:
    """Read the workbook that comes in; its sheets, or why there are none, go out."""
    from valuechain.sources.tables.workbook import sheets_in

    with suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    try:
        answer: list[Grid] | DataError = sheets_in(file, sys.stdin.buffer.read())
    except DataError as problem:
        answer = problem
    pickle.dump(answer, sys.stdout.buffer)


if __name__ == "__main__":
    with speaking(sys.argv[2]):
        _answer(sys.argv[1])
