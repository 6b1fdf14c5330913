"""What is old says less, by a rule that everybody can read; what tells no day is not punished."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import firms, graph_of, links
from valuechain.model.derive import TITLE_CONFIDENCE
from valuechain.model.freshness import LEAST, months_between, weakened, worth
from valuechain.model.graph import View
from valuechain.model.schema import CHANGING, KINDS

DAY = View(valid_on="2026-01-01")
LENS = {"capabilities": [{"id": "lens", "label": "Lens", "chain": "c", "as_of": "2010"}]}


def offer(**more: Any) -> float:
    """How sure an offer is on the day."""
    rows = {**LENS, "organisations": firms("a"), "offers": links("offers", "a lens", **more)}
    return float(graph_of(rows, DAY)["offers"]["confidence"].iloc[0])


class TestAStatement:
    def test_is_as_sure_as_its_record_while_it_is_fresh(self):
        assert offer(as_of="2024-01-02") == offer(as_of="2026-01-01") == pytest.approx(0.9)

    def test_is_half_as_sure_for_each_year_beyond(self):
        assert offer(as_of="2023-01-01") == pytest.approx(0.45, rel=0.01)
        assert offer(as_of="2022-07-01") == pytest.approx(0.9 * 0.5**1.5, rel=0.01)

    def test_keeps_a_quarter_however_old_it_is(self):
        assert offer(as_of="2022-01-01") == pytest.approx(0.225, rel=0.01)
        assert offer(as_of="1998") == offer(as_of="2012") == pytest.approx(0.9 * LEAST)

    def test_that_tells_no_day_keeps_all(self):
        assert offer() == pytest.approx(0.9)

    def test_of_a_later_day_keeps_all(self):
        assert offer(as_of="2030-01-01") == pytest.approx(0.9)

    def test_that_says_itself_how_sure_it_is_weakens_from_there(self):
        assert offer(as_of="2023-01-01", confidence=0.4) == pytest.approx(0.2, rel=0.01)

    def test_is_as_old_as_the_record_that_wins(self):
        rows = {**LENS, "organisations": firms("a"), "offers": [
            *links("offers", "a lens", as_of="2015", trl=9), *links("offers", "a lens", as_of="2026-01-01"),
        ]}  # fmt: skip

        [told] = graph_of(rows, DAY)["offers"][["confidence", "trl"]].to_numpy(float)
        assert told.tolist() == [0.9, 9.0]


class TestWhatDoesNotAge:
    def test_keeps_its_confidence(self):
        rows: dict[str, list[dict[str, Any]]] = {
            "stages": [{"id": "s", "chain": "c", "label": "S", "order": 1, "as_of": "1990"}],
            "capabilities": [
                {"id": name, "label": name, "stage": "s", "chain": "c", "as_of": "1990"} for name in ("lens", "glass")
            ],
            "inputs": [{"from_capability": "glass", "to_capability": "lens", "as_of": "1990"}],
            "organisations": firms("a", as_of="1990", staff=3),
            "projects": [{"id": "p", "title": "Lens", "as_of": "1990"}],
            "participations": links("participations", "a p", as_of="1990"),
        }
        graph = graph_of(rows, DAY)

        for name in rows:
            assert graph[name]["confidence"].tolist() == [0.9] * len(rows[name]), name

    def test_is_a_guess_from_a_title_which_weakens_by_its_project_alone(self):
        rows = {
            **LENS,
            "organisations": firms("a"),
            "projects": [{"id": "p", "title": "A new lens", "as_of": "2010"}],
            "participations": links("participations", "a p", as_of="2010"),
        }

        graph = graph_of(rows, DAY, {"test:lens": "lens"})
        assert graph["offers"]["confidence"].tolist() == pytest.approx([TITLE_CONFIDENCE])


def test_what_changes_with_the_business_ages_and_what_is_knowledge_does_not():
    ages = {name for name, kind in KINDS.items() if kind.fresh_months == CHANGING}
    assert ages == {"ownerships", "offers", "needs", "supplies", "memberships", "markets", "surveys"}
    fields = {one.name for one in KINDS["organisations"].fields if one.fresh_months == CHANGING}
    assert fields == {
        "staff", "staff_min", "staff_max", "turnover_eur", "turnover_min_eur", "turnover_max_eur", "balance_eur",
    }  # fmt: skip


def test_ages_count_months_from_the_first_day_that_is_told():
    ages = months_between(pd.Series(["2025-01-01", "2025-01", "2025", None, "2026-07-01"], dtype="str"), "2026-01-01")

    assert ages[:3] == pytest.approx([12, 12, 12], abs=0.05)
    assert np.isnan(ages[3])
    assert ages[4] == pytest.approx(-6, abs=0.1)


@given(st.lists(st.floats(-100, 1000), min_size=1), st.integers(0, 120))
def test_the_older_the_less(months: list[float], limit: int):
    kept = worth(np.sort(np.array(months)), limit)

    assert (np.diff(kept) <= 0).all()
    assert ((kept >= LEAST) & (kept <= 1)).all()
    assert (kept[np.sort(np.array(months)) <= limit] == 1).all()


def test_no_row_at_all_stays_none():
    empty = pd.DataFrame({"confidence": pd.Series(dtype=float), "as_of": pd.Series(dtype="str")})
    assert weakened(empty, KINDS["offers"], "2026-01-01").empty
