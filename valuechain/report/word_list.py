"""The words that stand for capabilities, as text and as data."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from rich.text import Text

from valuechain.model.language import listed, say, separated
from valuechain.report.text import print_rows
from valuechain.report.words import code_words

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.words import Word

NAMED = 3
"""Organisations named per word; how many more there are is said."""


def print_words(console: Console, words: Sequence[Word]) -> None:
    """Print the open words with what they may mean, then the decided ones."""
    waiting = [word for word in words if word.verdict == "open"]
    decided = [word for word in words if word.verdict != "open"]
    counted = say("{open:,} open words, {decided:,} decided.", open=len(waiting), decided=len(decided))
    console.print(Text(counted))
    used = (say("Records"), say("Of whom"))
    if waiting:
        rows = ((word.word, *_use(word), "\n".join(_proposals(word)) or say("nothing near")) for word in waiting)
        print_rows(console, (say("Open word"), *used, say("Nearest capabilities (0..1)")), rows)
    if decided:
        told = ((word.word, *_use(word), word.capability or word.verdict, word.by) for word in decided)
        print_rows(console, (say("Decided word"), *used, say("Means"), say("By")), told)


def words_data(words: Iterable[Word], revision: int) -> dict[str, Any]:
    """Return the words as plain data."""
    return {"revision": revision, "words": [word.to_dict() for word in words]}


def _use(word: Word) -> tuple[str, str]:
    kinds = "; ".join(f"{code_words('kind', kind)}: {separated(count, ',')}" for kind, count in word.kinds.items())
    return kinds or say("none now"), listed(word.organisations.values(), NAMED)


def _proposals(word: Word) -> list[str]:
    return [f"{one.capability} {one.score:.2f}" for one in word.nearest]
