"""Days in the wrong order, and days that have not come yet. Today is 22 November 2026."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.plausibility.warned import of_organisation, warnings
from valuechain.sources.plausibility.dates import comes_after

SUPPLY = {"supplier": "x:a", "buyer": "x:b", "capability": "x:lens"}
ROWS: dict[str, dict[str, Any]] = {
    "organisations": {"id": "a", "name": "Alpha"},
    "ownerships": {"owner": "x:a", "owned": "x:b"},
    "supplies": SUPPLY,
    "memberships": {"organisation": "x:a", "cluster": "x:c"},
    "priorities": {"region": "DE2", "label": "Light"},
    "projects": {"id": "p", "title": "P"},
    "surveys": {"region": "DE2"},
    "calls": {"id": "c", "title": "C"},
}
IN_ORDER = [
    ("organisations", "founded", "closed"), ("ownerships", "since", "until"), ("supplies", "since", "until"),
    ("memberships", "since", "until"), ("priorities", "since", "until"), ("projects", "start", "end"),
    ("surveys", "asked", "answered"), ("calls", "opens", "closes"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "first", "last"), IN_ORDER)
def test_what_ends_before_it_begins_is_told(kind: str, first: str, last: str):
    (fault,) = warnings(**{kind: [{**ROWS[kind], first: "2021-05-01", last: "2020-04-30"}]})
    assert (fault.column, fault.value) == (first, "2021-05-01")
    assert fault.why == f"{first} is 2021-05-01, after {last}, 2020-04-30."


@pytest.mark.parametrize(("first", "last"), [("2020-05-01", "2020-05-01"), ("2020-05-01", "2020"), ("2020", "2020-01")])
def test_what_may_be_in_order_is_let_be(first: str, last: str):
    assert warnings(projects=[{**ROWS["projects"], "start": first, "end": last}]) == ()


@pytest.mark.parametrize(
    ("kind", "field"),
    [
        ("organisations", "founded"),
        ("ownerships", "since"),
        ("supplies", "since"),
        ("memberships", "since"),
        ("surveys", "asked"),
        ("surveys", "answered"),
        ("projects", "as_of"),
        ("supplies", "as_of"),
    ],
)
def test_what_is_told_of_a_day_to_come_is_told_unless_it_is_planned(kind: str, field: str):
    row = {**ROWS[kind], field: "2026-11-23"}
    (fault,) = warnings(**{kind: [row]})
    assert (fault.column, fault.why) == (field, "2026-11-23 lies in the future; today is 2026-11-22.")
    assert warnings(**{kind: [{**row, "status": "planned"}]}) == ()


@pytest.mark.parametrize("day", ["2026-11-22", "2026-11", "2026", "1846"])
def test_today_and_what_may_be_past_is_let_be(day: str):
    assert of_organisation(founded=day) == []


@pytest.mark.parametrize("day", ["2027", "2026-12"])
def test_a_month_or_a_year_to_come_is_in_the_future(day: str):
    assert [field for field, _ in of_organisation(founded=day)] == ["founded"]


def test_projects_and_calls_are_announced_ahead():
    assert warnings(projects=[{**ROWS["projects"], "start": "2027-09-01", "end": "2032"}]) == ()
    assert warnings(calls=[{**ROWS["calls"], "opens": "2027", "closes": "2028"}]) == ()


@given(st.dates(), st.dates(), st.sampled_from([4, 7, 10]), st.sampled_from([4, 7, 10]))
def test_a_date_comes_after_another_only_if_every_day_of_it_does(first, last, precision, other_precision):
    one, other = first.isoformat()[:precision], last.isoformat()[:other_precision]
    assert comes_after(one, other) == (one > other and not one.startswith(other))
    assert not (comes_after(one, other) and comes_after(other, one))
