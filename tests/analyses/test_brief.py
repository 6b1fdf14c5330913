"""The regional brief: the numbers of the analyses that it is made of, and what is not known."""

from typing import Any

import pytest

from valuechain.model.errors import NotFoundError
from valuechain.model.result import Result
from valuechain.service import Service

PAIR = {"region": "DEG0", "with-region": "DE21"}


@pytest.fixture(scope="module")
def told(with_calls: Service) -> Result:
    return with_calls.run("brief", PAIR)


def rows(result: Result, name: str) -> list[dict[str, Any]]:
    table = result.table(name)
    return [table.cells(row) for row in range(len(table.rows))]


def test_its_numbers_are_those_of_the_collaboration(with_calls: Service, told: Result):
    asked = with_calls.run("collaboration", PAIR)
    quotients = {(row["gives"], row["capability_key"]): row["quotient"] for row in rows(asked, "adds")}

    given = rows(told, "brings")
    assert len(given) == 8
    assert all(row["quotient"] == quotients[row["gives"], row["capability_key"]] for row in given)
    assert rows(told, "partners")[0]["joint_projects"] == rows(asked, "partners")[0]["joint_projects"] == 14


def test_what_adds_most_comes_first_from_either_region(told: Result):
    given = [(row["gives_key"], row["capability_key"]) for row in rows(told, "brings")]

    assert [code for code, _ in given] == ["DE21"] * 4 + ["DEG0"] * 4
    assert given[0] == ("DE21", "photonics:quantum_comm")


def test_who_would_carry_it_lies_in_the_region_that_is_named(told: Result):
    for row in rows(told, "carriers"):
        assert row["region"] == {"DEG0": "Thüringen", "DE21": "Oberbayern"}[row["region_key"]]
        assert row["offers"] or row["would_use"]


def test_of_the_open_calls_the_one_that_closes_first_counts(told: Result):
    assert [row["call_key"] for row in rows(told, "calls")] == ["calls:open", "calls:later"]
    assert rows(told, "calls")[0]["days_left"] == 73  # from 31 August, the day of the newest record


def test_its_rules_are_those_that_consortia_holds_against_the_group(with_calls: Service, told: Result):
    keys = ",".join(str(row["capability_key"]) for row in rows(told, "brings"))
    asked = with_calls.run("consortia", {"region": "DEG0,DE21", "capabilities": keys, "call": "calls:open", "most": 1})
    wanted = {row["rule"]: row["verdict"] for row in rows(asked, "rules") if row["varies"]}

    assert {row["rule"]: row["verdict"] for row in rows(told, "rules")} == wanted
    assert set(wanted.values()) == {"met", "not met", "not known"}


def test_priorities_are_shared_that_name_the_same_capability(told: Result):
    assert [(row["priority"], row["shared"]) for row in rows(told, "priorities")] == [
        ("Photonics and quantum", True),
        ("Quantum technologies", True),
        ("Healthy living", False),
    ]


def test_a_call_that_is_named_counts_even_when_it_is_closed(with_calls: Service):
    told = with_calls.run("brief", {**PAIR, "call": "calls:past"})

    assert [row["call"] for row in rows(told, "calls")] == ["A call of last year"]
    assert any(one.title == "The call A call of last year is closed" for one in told.findings)


def test_without_a_call_it_says_so_instead_of_naming_rules(demo: Service):
    told = demo.run("brief", PAIR)

    assert not told.table("calls").rows
    assert not told.table("rules").rows
    abouts = [row["about"] for row in rows(told, "unknown")]
    assert abouts == ["Thüringen", "Oberbayern", "Priorities", "Call", "Willingness"]


def test_rules_may_be_named_where_no_call_is_recorded(demo: Service):
    told = demo.run("brief", {**PAIR, "rules": "i3-strand-1"})

    assert len(told.table("rules").rows) == 7
    assert "Call" not in [row["about"] for row in rows(told, "unknown")]


def test_without_regions_it_takes_the_pair_that_gains_most(demo: Service):
    best = rows(demo.run("collaboration", {"partners": 1}), "partners")[0]
    told = rows(demo.run("brief"), "partners")[0]

    assert (told["region_key"], told["partner_key"]) == (best["region_key"], best["partner_key"])


def test_where_no_two_regions_can_be_compared_it_says_why(demo: Service):
    told = demo.run("brief", {"region": "DEG0", "with-region": "DEG0"})

    assert told.verdict
    assert not told.table("brings").rows


def test_a_call_that_is_not_there_is_refused(demo: Service):
    with pytest.raises(NotFoundError):
        demo.run("brief", {**PAIR, "call": "no:call"})


def test_in_german_it_says_the_same_numbers(with_calls: Service, told: Result):
    german = with_calls.run("brief", {**PAIR, "lang": "de"})

    assert german.verdict != told.verdict
    for name in ("brings", "carriers", "calls"):
        numbers = [[cell for cell in row if isinstance(cell, int | float)] for row in told.table(name).rows]
        assert [[cell for cell in row if isinstance(cell, int | float)] for row in german.table(name).rows] == numbers
