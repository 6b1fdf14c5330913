"""Commands that ask: `run` has one command per analysis, made from its signature and docstring."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from valuechain.cli.group import opened, store_option
from valuechain.cli.output import console, is_terminal, write_bytes, write_json
from valuechain.cli.preparing import compiling_told
from valuechain.cli.progress import shown
from valuechain.model.errors import QuestionError

_METAVARS = {int: "N", float: "X", bool: "yes|no", str: "TEXT"}


class Analyses(click.Group):
    """One command per analysis that the registry finds; its options are the analysis's parameters."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of all analyses."""
        from valuechain import registry

        return list(registry.names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of one analysis, None if there is none of that name."""
        from valuechain import registry

        if cmd_name not in registry.names():
            return None
        return _command(cmd_name)

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Say which analyses there are where an unknown one is named."""
        if args[0] not in self.list_commands(ctx) and not args[0].startswith("-"):
            ctx.fail(f"No analysis is called {args[0]!r}. There are: {', '.join(self.list_commands(ctx))}.")
        return super().resolve_command(ctx, args)


@click.group(cls=Analyses, subcommand_metavar="ANALYSIS [OPTIONS]")
def run() -> None:
    """Run an analysis and give out its result."""


@click.command()
@click.argument("name", default="")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", show_default=True)
def analyses(name: str, form: str) -> None:
    """List the analyses and the questions that they answer; with NAME, tell the method of one."""
    from valuechain import registry
    from valuechain.report.catalogue import describe
    from valuechain.report.text import print_method, print_rows

    found = [registry.get(one) for one in ([name] if name else registry.names())]
    if form == "json":
        write_json([describe(one) for one in found])
    elif name:
        print_method(console(), found[0])
    else:
        print_rows(console(), ("Analysis", "Question"), ((one.name, one.question) for one in found))
        console().print("valuechain analyses NAME tells the method of one, run NAME --help its options.", markup=False)


@click.command(context_settings={"ignore_unknown_options": True}, add_help_option=False)
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
@click.pass_context
def backtest(context: click.Context, words: tuple[str, ...]) -> None:
    """Learn from the past who will work with whom, and test it: the same as run backtest."""
    command = _command("backtest")
    with command.make_context("backtest", list(words), parent=context.parent) as inner:
        command.invoke(inner)


def _command(name: str) -> click.Command:
    """Make the command of an analysis: its own options first, then those common to all."""
    from valuechain import registry
    from valuechain.model.question import COMMON_OPTIONS
    from valuechain.report.catalogue import allowed
    from valuechain.report.render import FORMATS, form_of

    analysis = registry.get(name)
    options = []
    for parameter in (*analysis.parameters, *COMMON_OPTIONS):
        notes = [parameter.help.rstrip("."), f"[{allowed(parameter)}]" if allowed(parameter) else ""]
        if parameter.default not in ("", None):
            notes.append(f"(default {parameter.default})")
        options.append(
            click.Option(
                [f"--{parameter.option}", parameter.name],
                type=click.File(encoding="utf-8-sig") if parameter.is_contents else None,
                metavar="FILE" if parameter.is_contents else _METAVARS[parameter.type],
                help=" ".join(filter(None, notes)),
            )
        )

    @click.option("--format", "form", type=click.Choice(list(FORMATS)), help="Default: as FILE ends, else text.")
    @click.option("--table", default="", metavar="NAME", help="One table alone, as text or csv.")
    @click.option("-o", "--output", "file", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file.")
    @store_option
    def command(form: str | None, table: str, file: Path | None, store: str, **given: Any) -> None:
        asked = {name: _text(value) for name, value in given.items() if value is not None}
        chosen = form or (form_of(file) if file else "") or "text"
        with shown(f"Working on {name}", "steps") as progress, compiling_told():
            result = opened(store).run(name, asked, progress)
        _give_out(name, result, chosen, table, file)

    made = click.command(name, help=f"{analysis.question}\n\n{analysis.summary}", short_help=analysis.question)(command)
    made.params = [*options, *made.params]
    return made


def _text(given: Any) -> str:
    """What was given to an option: the contents of a file where it names one."""
    if isinstance(given, str):
        return given
    try:
        return str(given.read())
    except UnicodeDecodeError:
        raise QuestionError(f"{given.name} is not text in UTF-8.", "Save it as CSV in UTF-8.") from None


def _give_out(name: str, result: Any, form: str, table: str, file: Path | None) -> None:
    from valuechain import registry
    from valuechain.report.render import FORMATS, render
    from valuechain.report.text import print_result

    if form == "text" and file is None:
        print_result(console(), result, registry.get(name), table)
        return
    if file is None and not FORMATS[form].is_text and is_terminal():
        raise QuestionError(f"A terminal cannot show {form}.", "Name a file with -o FILE.")
    write_bytes(render(result, registry.get(name), form, table), file)
