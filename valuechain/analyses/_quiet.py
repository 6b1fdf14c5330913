"""A solver that writes to the standard output by itself, kept from getting among the data of a command."""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

_C = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
_ALONE = Lock()


@contextmanager
def quiet() -> Iterator[None]:
    """Let what compiled code writes to the standard output go to the error output meanwhile; one thread at a time.

    HiGHS 1.12 tells on the standard output that it mends a solution, whatever is asked of it.
    """
    with _ALONE:
        _C.fflush(None)
        output = os.dup(1)
        os.dup2(2, 1)
        try:
            yield
        finally:
            _C.fflush(None)
            os.dup2(output, 1)
            os.close(output)
