"""The words that stand for capabilities, as text and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.report.text import print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.words import Word

NAMED = 3
"""Organisations named per word; how many more there are is said."""


def print_words(console: Console, words: Sequence[Word]) -> None:
    """Print the open words with what they may mean, then the decided ones."""
    waiting = [word for word in words if word.verdict == "open"]
    decided = [word for word in words if word.verdict != "open"]
    console.print(Text(f"{len(waiting):,} open words, {len(decided):,} decided."))
    if waiting:
        rows = ((word.word, *_use(word), "\n".join(_proposals(word)) or "nothing near") for word in waiting)
        print_rows(console, ("Open word", "Records", "Of whom", "Nearest capabilities (0..1)"), rows)
    if decided:
        told = ((word.word, *_use(word), word.capability or word.verdict, word.by) for word in decided)
        print_rows(console, ("Decided word", "Records", "Of whom", "Means", "By"), told)


def words_data(words: Iterable[Word], revision: int) -> dict[str, Any]:
    """Return the words as plain data."""
    return {"revision": revision, "words": [word.to_dict() for word in words]}


def _use(word: Word) -> tuple[str, str]:
    kinds = ", ".join(f"{count:,} {kind}" for kind, count in word.kinds.items())
    labels = list(word.organisations.values())
    more = f" and {len(labels) - NAMED:,} more" if len(labels) > NAMED else ""
    return kinds or "none now", ", ".join(labels[:NAMED]) + more


def _proposals(word: Word) -> list[str]:
    return [f"{one.capability} {one.score:.2f}" for one in word.nearest]
