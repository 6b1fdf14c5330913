"""Pairs of organisations that may be one, side by side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from rich.table import Table
from rich.text import Text

from valuechain.model.language import say, term
from valuechain.report.text import print_rows

if TYPE_CHECKING:
    from rich.console import Console

    from valuechain.model.history import Decision

FIELD_WORDS = {
    "key": term("Key"),
    "label": term("Name"),
    "aliases": term("Other names"),
    "kind": term("Kind"),
    "country": term("Country"),
    "postcode": term("Postcode"),
    "city": term("Town"),
    "website": term("Web site"),
    "vat": term("VAT number"),
    "euid": term("EUID"),
    "lei": term("LEI"),
    "pic": term("Participant code"),
    "group_id": term("Group"),
    "towns": term("Towns in its records"),
}
"""What people call what is compared of two organisations."""

_SAID = {
    "same": term("{one} and {other} are the same."),
    "different": term("{one} and {other} are different."),
    "later": term("{one} and {other} wait until later."),
    "open": term("The decision on {one} and {other} is taken back."),
}


def print_pair(console: Console, pair: Mapping[str, Any], number: int, of: int) -> None:
    """Print one pair side by side, as `Pair.to_dict` gives it, with what agrees and what contradicts."""
    later = " " + say("Put off until later.") if pair["later"] else ""
    head = say("Pair {number:,} of {of:,}. Score {score:.2f}.", number=number, of=of, score=pair["score"])
    console.print(Text(f"\n{head}{later}", "bold"))
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    for field, label in FIELD_WORDS.items():
        one, other = (_cell(pair[side].get(field)) for side in ("first", "second"))
        if {one, other} - {"", "1"}:
            table.add_row(Text(say(label), "dim"), Text(one), Text(other))
    console.print(table)
    console.print(Text(pair["why"]))


def print_waiting(console: Console, waiting: Mapping[str, Any]) -> None:
    """Print what waits, as `Waiting.to_dict` gives it, and the decisions that were made."""
    pairs, cut = waiting["pairs"], waiting["cut"]
    if not pairs:
        console.print(Text(say("No pair of organisations waits for a decision.")))
    for number, pair in enumerate(pairs, start=1):
        print_pair(console, pair, number, len(pairs) + cut)
    if cut:
        console.print(Text("\n" + say("More pairs: {count:,}; --limit 0 lists them all.", count=cut)))
    if waiting["decisions"]:
        console.print(Text("\n" + say("Decided so far; --take-back A B undoes one:"), "bold"))
        columns = ("verdict", "subject", "object", "who", "at")
        heads = (say("Verdict"), say("First"), say("Second"), say("By"), say("When (UTC)"))
        print_rows(console, heads, _rows(waiting["decisions"], columns))


def decided(decision: Decision) -> str:
    """Return what was decided, in a sentence."""
    return say(_SAID[decision.verdict], one=decision.subject, other=decision.object)


def _rows(lines: Iterable[Mapping[str, str]], columns: tuple[str, ...]) -> list[tuple[str, ...]]:
    return [tuple(line[name][:16].replace("T", " ") if name == "at" else line[name] for name in columns)
            for line in lines]  # fmt: skip


def _cell(value: Any) -> str:
    """A value as text; lists with a blank behind each sign that parts them."""
    return "" if value is None else str(value).replace(";", "; ")
