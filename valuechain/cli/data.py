"""Commands that list what came, undo it, and take it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from valuechain.cli.group import Function, opened, store_option, tell
from valuechain.cli.output import console, write_folder, write_json, write_new

format_option: Callable[[Function], Function] = click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True
)


@click.command()
@format_option
@store_option
def history(form: str, store: str) -> None:
    """List every import, with its state now, oldest first."""
    from valuechain.report.imports import history_data, print_history

    imports, events = opened(store).store.history()
    if form == "json":
        write_json(history_data(imports, events))
    else:
        print_history(console(), imports)


@click.command()
@click.argument("id", type=int)
@store_option
def withdraw(id: int, store: str) -> None:
    """Undo import ID; the delivery of the same source before it counts again."""
    service = opened(store)
    _tell_state(service, id, service.store.withdraw(id, user()))


@click.command()
@click.argument("id", type=int)
@store_option
def restore(id: int, store: str) -> None:
    """Take the withdrawn import ID back in."""
    service = opened(store)
    _tell_state(service, id, service.store.restore(id, user()))


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), metavar="DIR")
@click.option("--as-of", default="", metavar="REVISION|DATE", help="What the store knew then.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "graphml", "gexf", "gephi"]),
    default="csv",
    show_default=True,
    help="csv: every record. Others: the graph, for programs that draw networks.",
)
@click.option("--with", "with_", default="", metavar="STATUSES", help="Let made-up or planned records into the graph.")
@store_option
def export(folder: Path, as_of: str, form: str, with_: str, store: str) -> None:
    """Write the active records and decisions to a new folder DIR; importing it gives the same data.

    As a network, links of a chain, offers and supplies become edges; the program reads these files, too.
    """
    from valuechain.model.question import read_view
    from valuechain.report.export import export_files
    from valuechain.report.network import graph_files

    service = opened(store)
    if form == "csv":
        snapshot = service.snapshot(as_of)
        files = {name: text.encode() for name, text in export_files(snapshot).items()}
        digest = snapshot.digest()
    else:
        view, _ = read_view({"with": with_})
        graph = service.graph(view, as_of)
        files, digest = graph_files(graph, form), graph.digest
    write_folder(folder, files)
    tell(f"{len(files)} files in {folder}. Digest: {digest}")


@click.command()
@click.argument(
    "path", type=click.Path(path_type=Path), default=Path("valuechain-template.xlsx"), metavar="[FILE.xlsx|DIR]"
)
def template(path: Path) -> None:
    """Write the empty tables to fill in: a workbook, or a folder of CSV files (default: valuechain-template.xlsx)."""
    from valuechain.sources.template import template_folder, template_workbook

    if path.suffix.lower() == ".xlsx":
        write_new(path, template_workbook())
    else:
        write_folder(path, template_folder())
    tell(f"Fill in {path}, then: valuechain import {path}")


def user() -> str:
    """Who is at work, for the history; empty where the system does not tell."""
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError):
        return ""


def _tell_state(service: Any, id: int, revision: int) -> None:
    imports, _ = service.store.history()
    source = next(one.source for one in imports if one.id == id)
    states = ", ".join(f"import {one.id} is {one.state}" for one in imports if one.source == source)
    click.echo(f"{source}: {states}. Revision {revision}.")
