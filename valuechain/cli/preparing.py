"""The first use of an analysis on a machine compiles it: said to the person who waits, once."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from valuechain.cli.group import tell

SECONDS = 5
"""About how long one analysis is compiled: 1 to 5 seconds of one processor, measured on all of them."""

PREPARING = f"Preparing this analysis for this machine, once; that takes about {SECONDS} seconds."


@contextmanager
def compiling_told() -> Iterator[None]:
    """Say it, once, when something is compiled in this context; what was compiled before is loaded without a word.

    Nothing is said where stderr is no terminal. An analysis that compiles anything has been imported by now, and numba
    with it, so that nothing is loaded here that is not needed.
    """
    if "numba" not in sys.modules or not sys.stderr.isatty():
        yield
        return
    from numba.core import event

    class Compiling(event.Listener):
        said = False

        def on_start(self, event: Any) -> None:
            if not self.said:
                self.said = True
                tell(PREPARING)

        def on_end(self, event: Any) -> None:
            """Nothing more to say."""

    with event.install_listener("numba:compile", Compiling()):
        yield
