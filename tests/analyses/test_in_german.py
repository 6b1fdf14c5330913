"""Every word of an answer can be translated: what is neither a message nor data is found.

German is replaced by a language in which what is translated stands between brackets (see `tests.support.every_word`),
so a half sentence that was glued to another, a list joined in English, or a word that somebody forgot stands outside.
"""

from collections.abc import Iterator
from html import escape
from pathlib import Path

import pytest

from tests.support.every_word import everything_known, everything_translated, leftovers
from tests.test_every_analysis import FIRM, options
from valuechain import registry
from valuechain.model.graph import ValueGraph
from valuechain.model.result import Result
from valuechain.service import Service
from valuechain.sources.reference import load_reference
from valuechain.stores.open import open_store

CODES = frozenset(
    {"access", "basis", "category", "could_be", "essential", "in_the_other", "kind", "known", "market_stage"}
    | {"outcome", "partner_kind", "plateau", "reading", "role", "severity", "side", "state", "status", "support"}
    | {"tie", "verdict"}
)
"""Columns whose cells are codes, which pages and reports put into words."""

ALSO_CODES = {"fixes": {"measure"}, "audit": {"name", "value"}, "directory": {"facet", "value"}}
"""The same of single analyses, whose columns of that name hold words elsewhere."""

ABOUT_ONE = {"with": "synthetic", "organisation": FIRM}
QUESTIONS = [
    *((name, options(name)) for name in registry.names()),
    *((name, ABOUT_ONE) for name in ("weak-links", "concentration", "closure", "fixes", "questions", "structure")),
    *((name, {"with": "synthetic", "region": "DEG0"}) for name in ("gaps", "freshness", "bridges", "questions")),
    ("bridges", {"between": "community", "region": "DEG0"}),
    ("closure", {"with": "synthetic", "region": "DEG0"}),
    ("freshness", {"with": "synthetic", "months": "3"}),
    ("gaps", {"kind": "sme", "region": "DEG0"}),
    ("systemic-risk", ABOUT_ONE),
    ("systemic-risk", {"with": "synthetic", "shock-region": "DEG0", "shock-loss": "0.5"}),
    ("weak-links", {"region": "DEG0"}),
]


@pytest.fixture(scope="module")
def service(demo_store: Path) -> Iterator[Service]:
    """A service of its own, so that nothing in brackets is kept for others."""
    with everything_translated(), open_store(f"sqlite:///{demo_store}") as store:
        yield Service(store, load_reference())


@pytest.mark.parametrize(("name", "asked"), QUESTIONS, ids=lambda one: one if isinstance(one, str) else "-".join(one))
def test_every_word_of_an_answer_can_be_translated(service: Service, name: str, asked: dict[str, str]):
    answer = service.run(name, {**asked, "limit": "20", "lang": "de"})
    page = "\n".join(f"<p>{escape(text)}</p>" for text in _texts(name, answer) if text)
    graph = everything_known(service)
    assert leftovers(page, graph, (*_typed(name), *_called(graph))) == []


def _typed(name: str) -> tuple[str, ...]:
    """Names of analyses, options and tables, which are the same in every language."""
    return (name, *registry.names(), *(one.option for one in registry.get(name).parameters), "valuechain interview")


def _called(graph: ValueGraph) -> Iterator[str]:
    """Names of data as sentences spell them: towns in small letters, organisations before a full stop."""
    organisations = graph["organisations"]
    yield from (word for city in organisations["city"].dropna().unique() for word in str(city).title().split())
    yield from (name.rstrip(".") for name in organisations["label"] if name.endswith("."))


def _texts(name: str, answer: Result) -> Iterator[str]:
    """Everything that people read in an answer."""
    yield answer.verdict
    yield from answer.notes
    for finding in answer.findings:
        yield from (finding.title, finding.explanation, finding.action, *finding.with_whom, finding.stage)
    for chart in answer.charts:
        yield from (chart.title, chart.alternative)
    codes = CODES | ALSO_CODES.get(name, set())
    for table in answer.tables:
        yield table.title
        for column in table.columns:
            yield from (column.description, column.unit)
        words = [column.name for column in table.columns if column.type == "text" and column.name not in codes]
        yield from (str(cell) for word in words for cell in table.column(word) if cell)
