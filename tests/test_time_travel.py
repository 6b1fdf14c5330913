"""What the store knew then, and facts by their own dates: every analysis answers for the past as it did in the past."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.small import chain, delivery, firms, links
from valuechain import registry
from valuechain.model.errors import QuestionError
from valuechain.model.graph import View
from valuechain.model.history import Decision
from valuechain.service import Service
from valuechain.sources.reference import load_reference
from valuechain.stores.base import Store
from valuechain.stores.open import open_store

CHAIN = chain("glass>lens", "lens>camera", markets=("camera",))
FIRST = {
    **CHAIN,
    "organisations": firms("a", "b", "c", region="DE1", country="DE", staff=5, as_of="2020-06-01"),
    "offers": links("offers", "a glass", "b lens", as_of="2020-06-01"),
    "needs": links("needs", "b glass", "c lens", essential="yes", as_of="2020-06-01"),
    "supplies": links("supplies", "a b glass", "b c lens", since="2019", as_of="2020-06-01"),
    "sectors": [{"organisation": one, "code": code, "scheme": "nace2"} for one, code in (("a", "23"), ("b", "26"))],
}
SECOND = {
    **FIRST,
    "organisations": firms("a", "b", "c", "d", region="DE1", country="DE", as_of="2026-01-01"),
    "supplies": links("supplies", "a b glass", until="2021", as_of="2026-01-01")
    + links("supplies", "d b glass", since="2022", as_of="2026-01-01"),
}


def answers(store: Store, **options: str) -> dict[str, Any]:
    """What a program that starts anew says, by analysis."""
    service = Service(store, load_reference())
    asked = {name: {"organisation": "b"} if registry.get(name).asks_about_one else {} for name in registry.names()}
    return {name: service.run(name, {**more, **options}).to_dict() for name, more in asked.items()}


@pytest.fixture(scope="module")
def past(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, list[dict[str, Any]]]]:
    """A store after some changes, and what every analysis said after each of them."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('past') / 'store.sqlite'}") as store:
        changes: tuple[Callable[[], object], ...] = (
            lambda: store.write(delivery(FIRST, "s")),
            lambda: store.write(delivery(SECOND, "s")),
            lambda: store.decide([Decision("same", "s:a", "s:d")]),
            lambda: store.withdraw(2),
            lambda: store.restore(2),
        )
        then = []
        for change in changes:
            change()
            then.append(answers(store))
        yield store, then


@pytest.fixture(scope="module")
def store(past: tuple[Store, list[dict[str, Any]]]) -> Store:
    return past[0]


def test_an_analysis_as_of_an_earlier_revision_is_the_one_that_was_run_then(past: tuple[Store, list[dict[str, Any]]]):
    store, then = past

    for revision, told in enumerate(then, start=1):
        assert answers(store, as_of=str(revision)) == told
    assert len({str(told["weak-links"]["tables"]) for told in then}) >= 3, "the changes change what is told"


def test_before_the_first_import_nothing_is_known(store: Store):
    for name in registry.names():
        if not registry.get(name).asks_about_one:
            with pytest.raises(QuestionError, match="holds nothing"):
                Service(store, load_reference()).run(name, {"as_of": "0"})


@pytest.mark.parametrize("name", registry.names())
def test_the_day_that_an_answer_counts_to_gives_the_same_answer_when_asked_for(store: Store, name: str):
    service = Service(store, load_reference())
    asked = {"organisation": "b"} if registry.get(name).asks_about_one else {}
    usual = service.run(name, asked)

    assert usual.graph.valid_on == "2026-01-01"
    assert service.run(name, {**asked, "valid_on": "2026-01-01"}).to_dict() == usual.to_dict()


@pytest.mark.parametrize(("day", "ends"), [
    ("2018-12-31", []), ("2020-01-01", [("a", "b")]), ("2021-12-31", [("a", "b")]), ("2022-06-01", [("d", "b")]),
])  # fmt: skip
def test_facts_hold_from_their_first_day_to_their_last(tmp_path: Path, day: str, ends: list[tuple[str, str]]):
    links_of_b = [
        *links("supplies", "a b glass", since="2019", until="2021"), *links("supplies", "d b glass", since="2022"),
    ]  # fmt: skip
    with open_store(f"sqlite:///{tmp_path / 'store.sqlite'}") as store:
        store.write(delivery({**SECOND, "supplies": links_of_b}, "s"))
        graph = Service(store, load_reference()).graph(View(valid_on=day))

    names, supplies = graph["organisations"]["id"], graph["supplies"]
    told = zip(names.iloc[supplies["supplier"]], names.iloc[supplies["buyer"]], strict=True)
    assert list(told) == ends
