"""How a person wants files to be read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path


@dataclass(frozen=True)
class Reading:
    """What is told about files beside their content; what is empty is found out.

    Parameters
    ----------
    as_ : str
        What the files hold: the name of a source (`cordis`, `tabular`) or of a record kind.
    source : str
        Name of the delivery; empty means the name of the folder, zip, workbook or file.
    as_of : str
        ISO date on which the data hold, for files that do not say so themselves.
    mapping : str
        Which columns fill which fields, as the text of a mapping file (YAML).
    remembered : Path, optional
        The folder of mappings that were used before, offered again for files of the same shape.
    today : str
        ISO date; later dates are in the future.
    """

    as_: str = ""
    source: str = ""
    as_of: str = ""
    mapping: str = ""
    remembered: Path | None = None
    today: str = field(default_factory=lambda: date.today().isoformat())
