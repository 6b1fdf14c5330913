"""Commands that open the pages: `serve` on a store of one's own, `demo` on the data that the program carries."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import click

from valuechain.cli.group import opened, settings_for, store_option, tell
from valuechain.cli.output import console
from valuechain.cli.preparing import compiling_told
from valuechain.settings import Settings

if TYPE_CHECKING:
    from valuechain.service import Service

port_option = click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 = any.")


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="Whoever reaches this address reads as owner.")
@port_option
@store_option
def serve(host: str, port: int, store: str) -> None:
    """Open the pages and the HTTP interface on this machine."""
    _listen(replace(settings_for(store), host=host, port=port), opened(store))


@click.command()
@click.option("--no-serve", is_flag=True, help="Print the check, say where the store lies, and end.")
@port_option
def demo(no_serve: bool, port: int) -> None:
    """Show the check of a made-up firm among real organisations, then open the pages on the demo data."""
    from valuechain import registry
    from valuechain.demo import FIRM, demo_file, make_demo, store_address
    from valuechain.report.text import print_result

    file = demo_file()
    if not file.exists():
        tell("Importing the demo data, once ...")
        make_demo(file)
    address = store_address(file)
    service = opened(address)
    audit = registry.get("audit")
    with compiling_told():
        result = service.run(audit.name, {"organisation": FIRM})
    print_result(console(), result, audit)
    click.echo(f"\nThe demo's store: {address}")
    if not no_serve:
        _listen(replace(settings_for(address), port=port), service, f"/check/{FIRM}")


def _listen(settings: Settings, service: Service, page: str = "/") -> None:
    from valuechain.server import listen

    listen(settings, service, lambda address: tell(f"Open {address}{page} in a browser. Ctrl+C ends this."))
