"""Count the words of names in the two CORDIS slices, so that common words weigh little in a small store, too.

python tools/common_words.py > valuechain/reference/legal_forms/common_words.csv
"""

from __future__ import annotations

import csv
import io
import sys
import zipfile
from collections import Counter
from pathlib import Path

from valuechain.matching.names import plain_words

ROOT = Path(__file__).parents[1]
LEAST = 10
"""Names in which a word must stand to be listed."""


def names() -> set[tuple[str, str]]:
    """Return the distinct names of both slices, each with its country."""
    new = (ROOT / "valuechain/reference/cordis-de-photonics/organization.csv").read_text(encoding="utf-8")
    with zipfile.ZipFile(ROOT / "tests/data/cordis-eu-2016/cordis-eu-2016.zip") as archive:
        old = archive.read("organization.csv").decode("utf-8-sig")
    rows = (row for text in (new, old) for row in csv.DictReader(io.StringIO(text), delimiter=";"))
    return {(row["name"], row["country"]) for row in rows}


def main() -> None:
    """Write the list to stdout."""
    counts = Counter(word for name, country in names() for word in set(plain_words(name, country)))
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(["word", "count"])
    writer.writerows((word, count) for word, count in sorted(counts.items()) if count >= LEAST)


if __name__ == "__main__":
    main()
