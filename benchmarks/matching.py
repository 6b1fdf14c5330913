"""CPU seconds and memory to find the pairs that may be one among made-up organisations, beside plain difflib.

    python -m benchmarks.matching [ORGANISATIONS]

By default 100,000 organisations, a tenth of them misspelt copies of others. `candidates` runs in a process of its own,
whose CPU time and greatest memory are told. The anchor, Python's difflib on the names of the same blocks, runs in
another process on the first 20,000 pairs and is carried forward to all of them.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from difflib import SequenceMatcher

import pandas as pd

SAMPLED = 20_000
"""Pairs on which the anchor is measured."""

_SYLLABLES = (
    "ba be bi bo da de di do fa fe ga ge ka ke ki ko la le li lo ma me mi mo na ne ni no pa pe ra re ri ro sa se"
)
_COMMON = "Technologies Systems Engineering Solutions Optik Laser Photonics Services Group Energy Medical Institut"
_FORMS = ("GmbH", "AG", "Ltd", "S.p.A.", "SAS", "B.V.", "GmbH & Co. KG")


def made_up(count: int) -> pd.DataFrame:
    """Organisations with names of one or two rare words, common words and a legal form; every tenth a copy."""
    chance = random.Random(1)
    rare = ["".join(chance.choices(_SYLLABLES.split(), k=chance.randint(2, 4))).title() for _ in range(count // 3)]
    rows: list[dict[str, str]] = []
    for number in range(count):
        if number % 10 == 9:
            row = dict(chance.choice(rows))
            place = chance.randrange(1, len(row["name"]))
            row["name"] = row["name"][: place - 1] + row["name"][place:]
        else:
            words = [
                *chance.choices(rare, k=chance.choice((1, 1, 2))),
                *chance.sample(_COMMON.split(), chance.choice((0, 1, 2))),
            ]
            row = {
                "name": f"{' '.join(words)} {chance.choice(_FORMS)}",
                "country": chance.choice(("DE", "FR", "IT", "NL")),
                "city": f"Town {chance.randrange(2000)}", "postcode": f"{chance.randrange(1000, 99999):05}",
            }  # fmt: skip
        rows.append({**row, "key": f"a:{number}"})
    return pd.DataFrame(rows)


def measure_candidates(count: int) -> str:
    """Find the candidates; return the figures as a line."""
    import resource

    from valuechain.matching.candidates import candidates

    organisations = made_up(count)
    start = time.process_time()
    found = candidates(organisations)
    seconds = time.process_time() - start
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"candidates           {seconds:8.1f} CPU s  {memory:6.0f} MiB at most  {len(found):,} pairs listed"


def measure_difflib(count: int) -> str:
    """Compare the names of the first pairs with difflib; return the figures for all pairs as a line."""
    from valuechain.matching.blocking import pairs
    from valuechain.matching.comparable import comparable

    some = comparable(made_up(count))
    first, second = pairs(some)
    texts = some.names["text"].tolist()
    sampled = list(zip(first[:SAMPLED], second[:SAMPLED], strict=True))
    start = time.process_time()
    for one, other in sampled:
        SequenceMatcher(None, texts[one], texts[other]).ratio()
    seconds = (time.process_time() - start) * len(first) / len(sampled)
    return f"difflib, same blocks {seconds:8.1f} CPU s  (anchor; {len(sampled):,} of {len(first):,} pairs measured)"


def main(count: int = 100_000) -> None:
    """Measure each in a process of its own, and print."""
    print(f"{count:,} organisations")
    for measure in (measure_candidates, measure_difflib):
        code = f"from benchmarks.matching import {measure.__name__} as it; print(it({count}))"
        print(subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True).stdout, end="")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
