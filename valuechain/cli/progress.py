"""How far a long work is, shown on stderr while a person looks at it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Task

    from valuechain.model.watching import Progress


@contextmanager
def shown(what: str, things: str) -> Iterator[Progress]:
    """Give what a long work tells its progress to: how many `things` are done of all, the rate, and the time left.

    Nothing is shown where stderr is no terminal. While nothing was told yet, `what` is all.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
    from rich.text import Text

    class Rate(TextColumn):
        def render(self, task: Task) -> Text:
            return Text(f"{task.speed:,.0f} {things}/s" if task.speed else "")

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), Rate(""), TimeRemainingColumn())
    with Progress(
        *columns, console=Console(file=sys.stderr), transient=True, disable=not sys.stderr.isatty()
    ) as display:
        task = display.add_task(what, total=None)

        def tell(done: int, total: int) -> None:
            display.update(task, completed=done, total=total or None)

        yield tell
