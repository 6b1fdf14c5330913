"""What the program carries with it: names of regions, words of capabilities, and the data of the demo."""

from __future__ import annotations

from importlib.resources import as_file, files
from pathlib import Path

from valuechain.model.batch import Batch
from valuechain.model.build import Reference
from valuechain.model.errors import DataError
from valuechain.model.language import say
from valuechain.sources.nace import sector_labels
from valuechain.sources.nuts import current_codes, former_labels, region_labels
from valuechain.sources.open import read
from valuechain.sources.reading import Reading
from valuechain.sources.reference_rows import reference_rows

PHOTONICS = "photonics"
CORDIS_RELEASE = "2026-08-31"
"""The files of the CORDIS slice do not tell their own day; their notice does."""


CARRIED = (PHOTONICS, "cordis-de-photonics", "example-cluster")
"""The deliveries that come with the program, by name."""


def carried_path(path: Path) -> Path:
    """Return where a delivery lies that the program carries, if `path` is `reference:NAME`; else the path as it is.

    Raises DataError if none is called so.
    """
    prefix, colon, name = str(path).partition(":")
    if prefix != "reference" or not colon:
        return path
    if name not in CARRIED:
        what = say("The program carries no data called {name!r}.", name=name)
        raise DataError(what, say("It carries: {names}.", names=", ".join(CARRIED)))
    return Path(str(files("valuechain").joinpath("reference", name)))


def load_reference() -> Reference:
    """Return what finds capabilities in titles, names and codes of regions, names of sectors, and rules of calls."""
    rows = reference_rows(f"{PHOTONICS}/title_terms.csv")
    terms = {f"{PHOTONICS}:{row['capability']}": row["expression"] for row in rows}
    labels = {**former_labels(), **region_labels()}
    return Reference(terms, labels, current_codes(), sector_labels(), call_rules())


def call_rules() -> dict[str, str]:
    """Return the text of each file of rules that a call sets for a consortium, by the name of the file."""
    folder = files("valuechain").joinpath("reference", "calls")
    found = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=lambda file: file.name)
    return {file.name.removesuffix(".toml"): file.read_text(encoding="utf-8") for file in found}


def demo_batches() -> list[Batch]:
    """Return what the demo shows: the photonics chain, German participants in CORDIS, and a made-up cluster."""
    with as_file(files("valuechain").joinpath("reference")) as folder:
        chain = read([folder / PHOTONICS])
        projects = read([folder / "cordis-de-photonics"], Reading(as_of=CORDIS_RELEASE))
        cluster = read([folder / "example-cluster"])
    return chain + projects + cluster
