"""How often a need in words finds the capability that it means, beside plainer ways, on the phrases of the tests.

    python -m benchmarks.needs

The phrases are those of `tests/data/capability_phrases.csv`, the capabilities those of the photonics chain. Recall at 5
(and at 1) is the part of the phrases for which one of the right capabilities is among the first five (is the first).
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

import valuechain as vc
from benchmarks._measure import cost_of, show
from valuechain.analyses._capability_search import _names, _runs, search
from valuechain.analyses._chain import required_capabilities
from valuechain.model.graph import ValueGraph
from valuechain.model.nearest import Names
from valuechain.model.search import folded

PHRASES = Path(__file__).parents[1] / "tests/data/capability_phrases.csv"

PARTS = ("tuned", "written before", "held out")

Way = Callable[[str], Sequence[int]]
"""Gives the positions of capabilities for a need, the likest first."""


def ways(graph: ValueGraph) -> dict[str, Way]:
    """Return the ways that are compared."""
    required = required_capabilities(graph).sort_index()
    positions = required.index.to_numpy(np.int64)
    names = [folded(_names(row)) for row in required.to_dict("records")]
    titles = _titles(graph)
    place = {str(key): position for position, key in enumerate(graph["capabilities"]["key"])}
    nearest = Names(graph["capabilities"])
    return {
        "words of the names": _weighed(names, positions, str.split),
        "nearest names, as for words of lists": lambda need: [
            place[one.capability] for one in nearest.nearest(need, 5)
        ],
        "likeness of letters (rapidfuzz)": _fuzzy(graph, positions),
        "runs of letters in the names": _weighed(names, positions, _runs),
        "and in project titles": _weighed(
            [f"{name} {titles.get(int(at), '')}" for name, at in zip(names, positions, strict=True)], positions, _runs
        ),
        "and in everyday words (support)": lambda need: [one.capability for one in search(graph, need, 5)],
    }


def _titles(graph: ValueGraph) -> dict[int, str]:
    matches = graph["matches"]
    told = matches["project"].map(graph["projects"]["title"]).map(folded)
    return {int(str(one)): " ".join(rows) for one, rows in told.groupby(matches["capability"])}


def _weighed(texts: list[str], positions: np.ndarray, cut: Callable[[str], list[str]]) -> Way:
    """Cosine of TF-IDF weights of what texts are cut into."""
    from sklearn.feature_extraction.text import TfidfVectorizer

    weigh = TfidfVectorizer(analyzer=cut, sublinear_tf=True)
    weights = weigh.fit_transform(texts)

    def way(need: str) -> list[int]:
        scores = (weights @ weigh.transform([folded(need)]).T).toarray().ravel()
        return [int(positions[row]) for row in np.argsort(-scores, kind="stable")[:5] if scores[row] > 0]

    return way


def _fuzzy(graph: ValueGraph, positions: np.ndarray) -> Way:
    from rapidfuzz import fuzz

    told = graph["capabilities"][["label", "label_de", "terms"]].iloc[positions]
    names = [
        [folded(name) for text in row if isinstance(text, str) for name in text.split(";")]
        for row in told.itertuples(index=False)
    ]

    def way(need: str) -> list[int]:
        scores = np.array([max(fuzz.token_set_ratio(folded(need), name) for name in some) for some in names])
        return [int(positions[row]) for row in np.argsort(-scores, kind="stable")[:5]]

    return way


def recall(graph: ValueGraph, way: Way, part: str, language: str) -> tuple[float, float]:
    """Return the recall at 5 and at 1 on the phrases of a part and language."""
    ids = graph["capabilities"]["id"]
    hits = []
    with PHRASES.open(newline="") as file:
        for row in csv.DictReader(file):
            if row["capabilities"] and (row["part"], row["language"]) == (part, language):
                found = [ids.iloc[one] in row["capabilities"].split(";") for one in way(row["phrase"])]
                hits.append((any(found[:5]), any(found[:1])))
    at_five, at_one = np.mean(hits, axis=0)
    return float(at_five), float(at_one)


def main() -> None:
    """Print the figures."""
    graph = vc.open_demo().graph()
    rows = [
        (name, *(f"{five:.2f} ({one:.2f})" for part in PARTS for lang in ("en", "de")
                 for five, one in [recall(graph, way, part, lang)]))
        for name, way in ways(graph).items()
    ]  # fmt: skip
    heads = [f"{part}, {language}" for part in PARTS for language in ("en", "de")]
    show("Recall at 5 (at 1)", ["way", *heads], rows)
    again, _ = cost_of(lambda: [search(graph, "Löcher in Glas bohren", 5) for _ in range(20)])
    print(f"\nA need on a graph that was asked before: {again.cpu / 20 * 1000:.1f} ms of processors.")


if __name__ == "__main__":
    main()
