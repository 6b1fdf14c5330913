"""One consortium as a page shows it: its members with what each brings, and every rule with its verdict."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from valuechain.model.language import term
from valuechain.web.ask import Answer
from valuechain.web.tables import RowView, TableView, table_view

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.web.address import Address

VERDICTS = {
    "not met": ("high", term("not fulfilled")),
    "not known": ("info", term("not known")),
    "met": ("good", term("fulfilled")),
}
"""The verdicts on a rule, the worst first: the mark of each and its word."""


@dataclass(frozen=True)
class Judged:
    """One rule, or one thing to bring, with its verdict. `evidence` opens the records behind it, as many as counted."""

    mark: str
    word: str
    rule: str
    found: str
    missing: str
    source: str
    varies: str
    row: RowView


@dataclass(frozen=True)
class Member:
    """One member. `kept` leads to groups that it has to be in, `left_out` to groups without it."""

    row: RowView
    kept: str
    left_out: str


@dataclass(frozen=True)
class Group:
    """One consortium: its outcome, how many rules came out how, and, where it is `open`, members and rules.

    `opens` is the link that shows it.
    """

    number: int
    names: str
    mark: str
    word: str
    counts: tuple[tuple[str, str, int], ...]
    is_open: bool
    opens: str
    members: tuple[Member, ...]
    rules: tuple[Judged, ...]


def groups_of(answer: Answer, address: Address) -> tuple[Group, ...]:
    """Return the consortia of an answer, best first; the one that the address chooses, else the first, is open."""
    table = answer.result.table("consortia")
    numbers = [int(str(number)) for number in table.column("consortium")]
    wanted = address.option("set")
    chosen = int(wanted) if wanted.isdecimal() and int(wanted) in numbers else min(numbers, default=0)
    verdicts = answer.result.table("rules")
    told = list(zip(verdicts.column("consortium"), verdicts.column("verdict"), strict=True))
    return tuple(
        Group(
            number,
            str(names),
            *VERDICTS[str(outcome)],
            tuple(
                (mark, word, count)
                for verdict, (mark, word) in VERDICTS.items()
                if (count := told.count((number, verdict)))
            ),
            number == chosen,
            address.here(set=str(number), evidence=None) + f"#group-{number}",
            _members(answer, address, number) if number == chosen else (),
            _rules(answer, address, number) if number == chosen else (),
        )
        for number, names, outcome in zip(numbers, table.column("members"), table.column("outcome"), strict=True)
    )


def _members(answer: Answer, address: Address, number: int) -> tuple[Member, ...]:
    members = answer.result.table("members")
    keys = dict(zip(members.column("organisation"), members.column("organisation_key"), strict=True))
    found = []
    for row in _rows(answer, address, "members", number).rows:
        key = str(keys[row.cells[0].text])
        found.append(Member(row, _with(address, "required", key), _with(address, "excluded", key)))
    return tuple(found)


def _with(address: Address, option: str, key: str) -> str:
    """The link to this page with one more name in a list of names."""
    present = [one for one in address.option(option).split(",") if one and one != key]
    return address.here(**{option: ",".join([*present, key])}, set=None, evidence=None)


def _rules(answer: Answer, address: Address, number: int) -> tuple[Judged, ...]:
    verdicts = answer.result.table("rules").column("verdict")
    order = list(VERDICTS)
    found = []
    for row in _rows(answer, address, "rules", number).rows:
        cells = {name: cell.text for name, cell in row.by_name.items()}
        verdict = str(verdicts[int(row.anchor.rpartition("-")[2]) - 1])
        mark, word = VERDICTS[verdict]
        rule, lacks, source = cells["rule"], cells["missing"], cells["source"]
        told = Judged(mark, word, rule, cells["found"], lacks, source, cells["varies"], row)
        found.append((order.index(verdict), told))
    return tuple(told for _, told in sorted(found, key=lambda one: one[0]))


def _rows(answer: Answer, address: Address, name: str, number: int) -> TableView:
    table = answer.result.table(name)
    rows = [row for row, one in enumerate(table.column("consortium")) if one == number]
    columns = [column.name for column in table.columns if column.name != "consortium"]
    return table_view(answer, table, address, columns=columns, first=len(rows), rows=rows)


def closing_day(graph: ValueGraph, call: str) -> str:
    """Return the last day of a call (ISO date), empty where nobody told it."""
    calls = graph["calls"]
    days = calls.loc[calls["key"] == call, "closes"].dropna()
    return str(days.iloc[0]) if len(days) else ""
