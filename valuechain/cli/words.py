"""The command that lists words and decides what they mean."""

from __future__ import annotations

import click

from valuechain.cli.data import format_option, user
from valuechain.cli.group import opened, store_option, tell
from valuechain.cli.output import console, write_json


@click.command()
@click.option(
    "--means", nargs=2, multiple=True, metavar="WORD CAPABILITY", help="WORD means CAPABILITY, a key, id or label."
)
@click.option("--not-in-chain", multiple=True, metavar="WORD", help="WORD lies outside of every chain here.")
@click.option("--take-back", multiple=True, metavar="WORD", help="What was decided on WORD holds no longer.")
@click.option("--by", default="", metavar="NAME", help="Who decides; by default the name of the system's user.")
@format_option
@store_option
def words(
    means: tuple[tuple[str, str], ...],
    not_in_chain: tuple[str, ...],
    take_back: tuple[str, ...],
    by: str,
    form: str,
    store: str,
) -> None:
    """List the words that match no capability, with the nearest ones; decide what they mean.

    Decisions hold for later imports too. Several are one revision; the list shows what is left.
    """
    from valuechain.model.words import decide_word, open_words
    from valuechain.report.word_list import print_words, words_data

    service = opened(store)
    graph = service.graph()
    decisions = [
        *(decide_word(graph, word, "means", capability) for word, capability in means),
        *(decide_word(graph, word, "not in this chain") for word in not_in_chain),
        *(decide_word(graph, word, "open") for word in take_back),
    ]
    if decisions:
        revision = service.store.decide(decisions, by or user())
        tell(f"{len(decisions)} decided. Revision {revision}.")
    revision = service.revision()
    listed = open_words(service.snapshot(str(revision)), service.graph(as_of=str(revision)))
    if form == "json":
        write_json(words_data(listed, revision))
    else:
        print_words(console(), listed)
