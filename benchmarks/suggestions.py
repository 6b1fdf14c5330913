"""Suggested partners: what learning and suggesting cost on a large network, and how good they are on real projects.

    python -m benchmarks.suggestions [ORGANISATIONS]

The network is made up to the measure of early Horizon 2020 (`tests/data/cordis-eu-2016`: 1,582 projects, 11,677
participations of 6,392 organisations): as many projects for each organisation, about as many partners in a project, few
who take part often. Cost is told for learning (with the test of its suggestions), for the first suggestion after it,
for ten suggestions to everybody, and for ten to one organisation, warm. CPU seconds of all cores are told beside those
on the clock.

Quality is the back-test (docs/suggestions.md) on both folders of real projects, beside preferential attachment and
common neighbours on the same split.
"""

from __future__ import annotations

import sys
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pyarrow as pa

import valuechain as vc
from benchmarks._links import SECTORS, power_law, zipf
from benchmarks._measure import Cost, alone, cost_of, peak_memory, show
from benchmarks.networks import Rows
from valuechain.analyses._learned import Learned, learned
from valuechain.analyses.backtest import backtest
from valuechain.model.build import Reference, build
from valuechain.model.graph import ValueGraph, View
from valuechain.model.history import Snapshot

ROOT = Path(__file__).parents[1]
FOLDERS = (ROOT / "valuechain/reference/cordis-de-photonics", ROOT / "tests/data/cordis-eu-2016")
PROJECTS, PARTNERS = 1582 / 6392, 7.38
"""Projects for each organisation, and organisations in a project, as in early Horizon 2020."""
AT_HOME = 0.7
"""Share of a project's partners that come from its own field."""
YEARS, CALLS = 7, 10
"""Years in which projects start, and calls of a field in each."""
MOST, ASKED = 10, 200


def research_network(organisations: int, seed: int = 1) -> ValueGraph:
    """Return a made-up network of dated joint projects; the same arguments give the same network."""
    chance = np.random.default_rng(seed)
    count = round(PROJECTS * organisations)
    weight = power_law(chance.standard_normal(organisations), 1.35)
    home = zipf(chance, SECTORS, organisations)
    order = np.argsort(home, kind="stable")
    inside = np.cumsum(weight[order])
    ends = np.concatenate([[0.0], inside[np.searchsorted(home[order], np.arange(SECTORS), "right") - 1]])
    field = zipf(chance, SECTORS, count)
    project = np.repeat(np.arange(count), chance.geometric(1 / PARTNERS, count))
    low = np.where(chance.random(len(project)) < AT_HOME, ends[field[project]], 0.0)
    high = np.where(low > 0, ends[field[project] + 1], inside[-1])
    place = np.searchsorted(inside, low + (high - low) * chance.random(len(project)))
    pairs = np.unique(project * organisations + order[np.minimum(place, organisations - 1)])
    days = np.sort(chance.integers(365 * YEARS, size=count))
    start = np.datetime_as_string(np.datetime64("2014-01-01") + days)
    topic = [
        f"F{f:02d}-{c:02d}-{d[:4]}" for f, c, d in zip(field, chance.integers(CALLS, size=count), start, strict=True)
    ]
    rows = Rows()
    who, what = (
        [f"{letter}{number:07d}" for number in range(size)] for letter, size in (("o", organisations), ("p", count))
    )
    country = pa.array(["DE", "FR", "IT", "ES", "NL", "PL", "SE", "AT"]).take(
        pa.array(chance.integers(8, size=organisations))
    )
    rows.add(
        "organisations", organisations, id=who, name=who, kind="sme", country=country,
        lat=45 + 10 * chance.random(organisations), lon=15 * chance.random(organisations),
    )  # fmt: skip
    rows.add("projects", count, id=what, title=what, start=start.tolist(), topic=topic)
    keys = [pa.array([f"made-up:{one}" for one in some]) for some in (who, what)]
    rows.add(
        "participations", len(pairs), organisation=keys[0].take(pa.array(pairs % organisations)),
        project=keys[1].take(pa.array(pairs // organisations)),
    )  # fmt: skip
    return build(Snapshot(1, "2026-01-01T00:00:00+00:00", (), (), rows.tables()), View(), Reference())


def _speed(organisations: int) -> tuple[dict[str, Cost], int, int]:
    """What each step costs, how many suggestions there are, and the peak of memory in MB."""
    learned(research_network(2_000))  # compiles
    graph = research_network(organisations)
    costs: dict[str, Cost] = {}
    costs["learn and test"], model = cost_of(lambda: learned(graph))
    assert isinstance(model, Learned)
    costs["first suggestion"], _ = cost_of(lambda: model.suggestions(graph, np.array([0]), MOST))
    costs["ten for everybody"], told = cost_of(lambda: model.suggestions(graph, np.arange(organisations), MOST))
    few = np.random.default_rng(7).integers(organisations, size=ASKED)
    each, _ = cost_of(lambda: [model.suggestions(graph, few[place : place + 1], MOST) for place in range(ASKED)])
    costs["ten for one, warm"] = Cost(each.cpu / ASKED, each.wall / ASKED)
    return costs, len(told), peak_memory()


def real_graph(folder: Path) -> ValueGraph:
    """Return the graph of a folder of CORDIS files, zipped or not, from a store of its own."""
    with tempfile.TemporaryDirectory() as scratch:
        for archive in folder.glob("*.zip"):
            zipfile.ZipFile(archive).extractall(scratch)
        files = Path(scratch) if any(folder.glob("*.zip")) else folder
        with tempfile.TemporaryDirectory() as place:
            session = vc.open(f"sqlite:///{place}/store.sqlite")
            session.import_(files)
            return session.graph()


def main(organisations: int = 100_000) -> None:
    """Measure and print."""
    costs, suggestions, memory = alone(_speed, organisations)
    show(
        f"Suggestions, {organisations:,} organisations, {suggestions:,} suggestions, peak of memory {memory:,} MB",
        ("", "CPU s", "wall s"),
        [(name, cost.cpu, cost.wall) for name, cost in costs.items()],
    )
    for folder in FOLDERS:
        found = backtest(real_graph(folder))
        print(f"\n{folder.name}: {found.verdict}")
        for name in ("figures", "measures", "calibration"):
            table = found.frame(name).drop(columns=["status", "meaning", "least_score"], errors="ignore")
            show(name, tuple(table.columns), table.fillna(float("nan")).itertuples(index=False))


if __name__ == "__main__":
    main(*(int(word.replace(",", "")) for word in sys.argv[1:]))
