"""The command that puts pairs of organisations before people, and remembers what they say."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import click

from valuechain.cli.data import format_option, user
from valuechain.cli.group import opened, store_option
from valuechain.cli.output import console, is_terminal, write_json
from valuechain.model.errors import QuestionError

if TYPE_CHECKING:
    from valuechain.service import Service

_ANSWERS = {"s": "same", "d": "different", "l": "later"}
_PAIR: Any = {"nargs": 2, "default": None, "metavar": "A B"}


@click.command()
@click.option("--same", **_PAIR, help="They are one organisation.")
@click.option("--different", **_PAIR, help="They are two, whatever ids they share.")
@click.option("--later", **_PAIR, help="Ask again at the end of the list.")
@click.option("--take-back", **_PAIR, help="Undo what was said of the two.")
@click.option("--by", default="", metavar="NAME", help="Who decides; default: the user of this machine.")
@click.option("--for", "for_", default="owner", metavar="READER", help="Show what this reader may see.")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Pairs listed, 0 = all.")
@format_option
@store_option
def match(
    same: tuple[str, str] | None,
    different: tuple[str, str] | None,
    later: tuple[str, str] | None,
    take_back: tuple[str, str] | None,
    by: str,
    for_: str,
    limit: int,
    form: str,
    store: str,
) -> None:
    """List pairs of organisations that may be one, best first, and decide on them.

    In a terminal it asks pair by pair. What is decided holds for later imports too, until it is taken back. A and B are
    keys, VAT numbers and the like (vat:DE...), or names.
    """
    from valuechain.model.question import read_view
    from valuechain.report.matches import decided, print_waiting

    verdicts = {"same": same, "different": different, "later": later, "open": take_back}
    said = [(verdict, pair) for verdict, pair in verdicts.items() if pair]
    if len(said) > 1:
        raise click.UsageError("Decide on one pair at a time.")
    service = opened(store)
    view, _ = read_view({"for": for_})
    who = by or user()
    if said:
        [(verdict, (first, second))] = said
        decision = service.decide(verdict, first, second, who, view)
        if form == "json":
            write_json({**vars(decision), "revision": service.revision()})
        else:
            click.echo(f"{decided(decision)} Revision {service.revision()}.")
        return
    waiting = service.waiting(view)
    if form == "json":
        write_json(waiting.to_dict(limit))
    elif is_terminal() and asked() and waiting.pairs:
        _ask(service, view, waiting.to_dict(0)["pairs"], who)
    else:
        print_waiting(console(), waiting.to_dict(limit))


def asked() -> bool:
    """Whether a person sits at stdin and can answer."""
    return sys.stdin.isatty()


def _ask(service: Service, view: Any, pairs: list[dict[str, Any]], who: str) -> None:
    """Ask pair by pair and remember each answer at once; a pair that answers before have settled is not asked."""
    from valuechain.model.history import Decision
    from valuechain.model.identity import canonical_keys
    from valuechain.report.matches import decided, print_pair

    keys = [(pair["first"]["key"], pair["second"]["key"]) for pair in pairs]
    told: list[Decision] = []
    for number, (pair, (first, second)) in enumerate(zip(pairs, keys, strict=True), start=1):
        joined = canonical_keys({key for both in keys for key in both}, (), told)
        if joined[first] == joined[second]:
            continue
        print_pair(console(), pair, number, len(pairs))
        answer = click.prompt(
            "Same, different, later, or quit", type=click.Choice([*_ANSWERS, "q"]), default="l", err=True
        )
        if answer == "q":
            break
        try:
            told.append(service.decide(_ANSWERS[answer], first, second, who, view))
        except QuestionError as problem:  # somebody else has decided meanwhile
            click.echo(str(problem), err=True)
            continue
        click.echo(decided(told[-1]))
    click.echo(f"{len(told):,} decided. Revision {service.revision()}.")
