"""What is made up for the demo never touches what is said of real organisations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import cycle, repeat
from typing import Any

import pytest

from valuechain import registry
from valuechain.model.analysis import Analysis
from valuechain.model.graph import ValueGraph, View
from valuechain.model.result import Result
from valuechain.model.schema import STATUSES
from valuechain.service import Service
from valuechain.sources.reference import demo_batches, load_reference
from valuechain.stores.open import open_store

MADE_UP = "example-cluster"
REAL_FIRMS = ("LZH LASERZENTRUM HANNOVER EV", "CARL ZEISS MICROSCOPY GMBH")
MADE_UP_FIRMS = tuple(f"{MADE_UP}:{firm}" for firm in ("laserhead", "optik-goettingen", "duennschicht"))
QUESTIONS: tuple[dict[str, str], ...] = ({}, {"region": "DE2"}, {"for": "public", "without": "inferred"})


@pytest.fixture(scope="module")
def without_made_up(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """The demo's store had it never held the made-up cluster."""
    with open_store(f"sqlite:///{tmp_path_factory.mktemp('real')}/real.sqlite") as store:
        for batch in demo_batches():
            if batch.source != MADE_UP:
                store.write(batch)
        yield Service(store, load_reference())


@pytest.fixture(params=registry.names(), scope="module")
def analysis(request: pytest.FixtureRequest) -> Analysis:
    return registry.get(str(request.param))


def questions(analysis: Analysis) -> list[dict[str, Any]]:
    """What is asked of an analysis: each question, and each choice that it offers; of real firms in turn."""
    choices = [{one.option: choice} for one in analysis.parameters for choice in one.choices if choice != one.default]
    firms = cycle({"organisation": firm} for firm in REAL_FIRMS) if analysis.asks_about_one else repeat({})
    return [{**asked, **firm} for asked, firm in zip((*QUESTIONS, *choices), firms, strict=False)]


def said(result: Result) -> dict[str, Any]:
    """The answer without what tells one store from another: revision, digest, and numbers of imports."""
    told = result.to_dict()
    told["graph"] = {name: told["graph"][name] for name in ("valid_on", "reader", "visibility")}
    del told["analysis"]["parameters"]["as-of"]
    for record in told["records"]:
        del record["id"], record["import"]
    return told


def test_without_asking_for_it_every_answer_is_as_if_it_had_never_been(
    demo: Service, without_made_up: Service, analysis: Analysis
):
    for asked in questions(analysis):
        with_it, without_it = (said(service.run(analysis.name, asked)) for service in (demo, without_made_up))

        assert with_it == without_it, asked
        assert not any(record["status"] == "synthetic" for record in with_it["records"])


@pytest.fixture(scope="module")
def with_made_up(demo: Service) -> ValueGraph:
    return demo.graph(View(statuses=STATUSES))


@pytest.fixture(scope="module")
def is_real(with_made_up: ValueGraph) -> Mapping[str, bool]:
    """Whether each organisation is real, by its key."""
    organisations = with_made_up["organisations"]
    return dict(zip(organisations["key"], organisations["status"] != "synthetic", strict=True))


def rows_of_real(result: Result, is_real: Mapping[str, bool]) -> list[tuple[str, tuple[int, ...]]]:
    """Where a result speaks of a real organisation: table or finding, and the evidence."""
    rows = [
        (table.name, evidence)
        for table in result.tables
        for row, evidence in zip(table.rows, table.evidence, strict=True)
        if any(is_real.get(str(cell)) for cell, column in zip(row, table.columns, strict=True) if column.type == "key")
    ]
    return rows + [(one.kind, one.evidence) for one in result.findings if any(map(is_real.get, one.subjects))]


def made_up_evidence(result: Result, is_real: Mapping[str, bool]) -> set[tuple[str, str]]:
    """Tables and findings that cite a made-up record for a real organisation, and the kind of that record."""
    return {
        (where, result.records[index].kind)
        for where, evidence in rows_of_real(result, is_real)
        for index in evidence
        if result.records[index].status == "synthetic"
    }


def test_most_organisations_of_the_demo_are_real_and_some_are_made_up(is_real: Mapping[str, bool]):
    assert (sum(is_real.values()), sum(not real for real in is_real.values())) == (699, 121)


@pytest.mark.parametrize("firm", MADE_UP_FIRMS)
def test_the_check_of_a_made_up_firm_says_nothing_of_a_real_one_that_rests_on_made_up_records(
    demo: Service, is_real: Mapping[str, bool], firm: str
):
    result = demo.run("audit", {"organisation": firm})

    assert any(record.status == "synthetic" for record in result.records)
    assert len(rows_of_real(result, is_real)) > 0
    assert made_up_evidence(result, is_real) == set()


@pytest.mark.parametrize("asked", [{}, {"region": "DE9"}])
def test_nor_does_any_analysis_that_lets_made_up_records_in(
    demo: Service, is_real: Mapping[str, bool], analysis: Analysis, asked: dict[str, str]
):
    firm = {"organisation": MADE_UP_FIRMS[0]} if analysis.asks_about_one else {}

    result = demo.run(analysis.name, {**asked, **firm, "with": "synthetic", "limit": 0})

    assert made_up_evidence(result, is_real) == set()


def test_no_link_joins_a_real_organisation_with_a_made_up_one(with_made_up: ValueGraph):
    made_up = (with_made_up["organisations"]["status"] == "synthetic").to_numpy(bool)
    for table, ends in {
        "supplies": ("supplier", "buyer"),
        "ownerships": ("owner", "owned"),
        "memberships": ("organisation", "cluster"),
        "collaborations": ("first", "second"),
    }.items():
        one, other = (made_up[with_made_up[table][end].to_numpy()] for end in ends)
        assert len(one) > 0
        assert (one == other).all(), table
