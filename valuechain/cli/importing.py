"""The command that brings data in."""

from __future__ import annotations

from pathlib import Path

import click

from valuechain.cli.data import format_option, user
from valuechain.cli.group import opened, store_option
from valuechain.cli.interview import print_changes
from valuechain.cli.output import console, read_text, write_folder, write_json, write_new
from valuechain.cli.progress import shown

_FILE = click.Path(path_type=Path)


@click.command("import")
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@click.option("--as", "as_", default="", metavar="KIND", help="What the files hold: a source's name or a record kind.")
@click.option("--source", default="", metavar="NAME", help="Name of the delivery; makes one of all paths.")
@click.option("--as-of", default="", metavar="DATE", help="The day for which rows hold that name none.")
@click.option("--mapping", type=_FILE, metavar="FILE", help="Which columns fill which fields (YAML).")
@click.option("--save-mapping", type=_FILE, metavar="FILE", help="Write what columns are taken for, to be edited.")
@click.option("--faults", type=_FILE, metavar="DIR", help="Write the files with their faults beside the rows.")
@click.option("--contacts", type=_FILE, metavar="FILE", help="Write what columns tell of persons; it is never stored.")
@click.option("--dry-run", is_flag=True, help="Check and report; write nothing.")
@click.option("--strict", is_flag=True, help="Write nothing if any row is at fault.")
@format_option
@store_option
def import_(
    paths: tuple[Path, ...],
    as_: str,
    source: str,
    as_of: str,
    mapping: Path | None,
    save_mapping: Path | None,
    faults: Path | None,
    contacts: Path | None,
    dry_run: bool,
    strict: bool,
    form: str,
    store: str,
) -> None:
    """Bring files in: tables of any kind, a folder or zip of them, CORDIS, networks, bills of materials.

    Each PATH is one delivery of one source; it replaces the delivery of the same source before. reference:photonics is
    the chain that comes with the program. As JSON, each delivery's report is one line.
    """
    from valuechain.report.imports import print_report
    from valuechain.sources.reading import Reading
    from valuechain.sources.reference import carried_path

    service = opened(store)
    paths = tuple(map(carried_path, paths))
    reading = Reading(as_, source, as_of, read_text(mapping) if mapping else "")
    if save_mapping:
        write_new(save_mapping, service.proposed_mapping(paths, reading).encode())
    if contacts:
        write_new(contacts, service.contacts(paths, reading).encode("utf-8-sig"))
    if faults:
        write_folder(faults, service.corrections(paths, reading))
    with shown("Importing", "records") as progress:
        reports = service.import_(paths, reading, dry_run, strict, user(), progress)
    for report in reports:
        if form == "json":
            write_json(report.to_dict())
        else:
            print_report(console(), report)
    if form == "text":
        print_changes(service, paths, reading, reports)
