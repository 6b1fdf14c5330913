"""What all commands share: how they fail, and which store they open."""

from __future__ import annotations

import io
import logging
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

import click

from valuechain.model.errors import ValuechainError
from valuechain.settings import DEFAULT_STORE, Settings

if TYPE_CHECKING:
    from valuechain.service import Service

Function = TypeVar("Function", bound=Callable[..., Any])

store_option: Callable[[Function], Function] = click.option(
    "--store",
    metavar="URL",
    envvar="VALUECHAIN_STORE",
    default=DEFAULT_STORE,
    show_default=True,
    show_envvar=True,
    help="Where the records are: sqlite:///path, or neo4j://user@host:7687/database.",
)


class Fault(click.ClickException):
    """The data or the question is at fault: told on stderr, exit code 1."""

    def show(self, file: Any = None) -> None:
        """Print the message as it is, one line per fault."""
        click.echo(self.message, err=True)


class Commands(click.Group):
    """Commands in the order in which people need them; whatever fails is told in words, never as a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands as they were added."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run a command; turn what it raises into a message and an exit code."""
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        # A driver's own remarks would stand beside the one message that tells what is wrong.
        logging.getLogger("neo4j").addHandler(logging.NullHandler())
        try:
            return super().invoke(ctx)
        except ValuechainError as problem:
            raise Fault(str(problem)) from problem
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise
        except Exception as problem:
            if os.environ.get("VALUECHAIN_DEBUG"):
                raise
            what = f"Sorry, the program failed ({type(problem).__name__}: {problem})."
            raise Fault(f"{what} VALUECHAIN_DEBUG=1 shows where.") from problem


def settings_for(store: str) -> Settings:
    """Return the settings of the environment, with the store that was named."""
    return replace(Settings.from_environment(), store=store)


def opened(store: str) -> Service:
    """Open the service on the store that was named; the store is closed when the command ends."""
    from valuechain.service import open_service

    service = open_service(settings_for(store))
    click.get_current_context().call_on_close(service.store.close)
    return service


def tell(text: str) -> None:
    """Tell a person how it goes, on stderr."""
    click.echo(text, err=True)
