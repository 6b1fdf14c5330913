"""The command that looks a store over."""

from __future__ import annotations

import click

from valuechain.cli.group import Fault, opened, store_option


@click.command()
@store_option
def check(store: str) -> None:
    """Look the whole store over: every record there, none of an unfinished import, every hash as it should be."""
    service = opened(store)
    problems = service.store.check()
    if problems:
        raise Fault("\n".join(problems))
    click.echo(f"{service.store.url}: all is well at revision {service.store.revision()}.")
