"""The divisions of NACE, Rev. 2 and 2.1: the lists that the program carries."""

from __future__ import annotations

from valuechain.sources.reference_rows import reference_rows


def sector_labels() -> dict[str, str]:
    """Return a name of each NACE division by its two digits, as people call the trade.

    "Manufacture of" and what stands behind a semicolon are left out. Where both revisions know a division, they mean
    nearly the same by it, and Rev. 2 names it.
    """
    return {
        row["code"]: _called(row["name"])
        for edition in ("nace21", "nace2")
        for row in reference_rows(f"nace/{edition}.csv")
        if row["category"] == "DIVISION"
    }


def _called(name: str) -> str:
    short = name.partition(";")[0].removeprefix("Manufacture of ").strip()
    return short[:1].upper() + short[1:]
