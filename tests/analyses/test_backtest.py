"""The back-test: ranks, intervals, calibration and bias by hand, and its report on real projects."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array

from tests.support.command import valuechain
from tests.support.small import firms, graph_of, links
from valuechain.analyses import _backtest_tables
from valuechain.analyses import backtest as module
from valuechain.analyses._backtest_measures import (
    brier_skill,
    calibration_error,
    crossing,
    main_group,
    novelty,
    popularity,
)
from valuechain.analyses._backtest_ranks import (
    ALL,
    COMMON_PARTNERS,
    LEARNED,
    MATCHED,
    METHODS,
    Figure,
    figure,
    ranks,
    ratio,
)
from valuechain.analyses._learned import Bin
from valuechain.analyses._link_history import Pairs, joint_project_history
from valuechain.analyses._link_model import Model, Shown
from valuechain.analyses._pair_features import FEATURES
from valuechain.analyses.backtest import backtest
from valuechain.kernels.pair_features import COMMON, Surroundings, Weights
from valuechain.model.graph import Scope, View
from valuechain.service import Service

ONLY_COMMON = Model(
    Weights(np.eye(len(FEATURES))[COMMON], np.array([feature.scale for feature in FEATURES])), 1.0, 0.0, np.inf, 1
)
"""A model that looks at common partners alone."""


def around(ties, nodes):
    """Surroundings in which nothing but ties is known."""
    matrix = np.zeros((nodes, nodes))
    for one, other in ties:
        matrix[one, other] = matrix[other, one] = 1.0
    sparse = csr_array(matrix)
    nothing = np.zeros(nodes + 1, np.int64), np.zeros(0, np.int32), np.zeros(0)
    traits = np.zeros((nodes, 8))
    traits[:, 0] = matrix.sum(axis=1)
    return Surroundings(
        sparse.indptr.astype(np.int64), sparse.indices.astype(np.int32), sparse.data, matrix.sum(axis=1), nothing[0],
        nothing[1], nothing[2], np.zeros(1, np.int64), nothing[1], nothing[2], traits, 1000, 1000,
    )  # fmt: skip


def pairs(*ends):
    first, second = np.array(ends, dtype=np.int64).reshape(-1, 2).T
    return Pairs(first, second)


def shown(first, second, score, became):
    return Shown(np.array(first), np.array(second), np.array(score, dtype=float), np.array(became, dtype=bool))


class TestRanks:
    # 0 - 1 - 2, 1 - 3, and 4, 5 alone: of 0's strangers 2 and 3 have a common partner with it, 4 and 5 none.
    TIES = ((0, 1), (1, 2), (1, 3))

    def test_a_later_partner_gets_the_expected_rank_among_equal_ones(self):
        found = ranks(around(self.TIES, 6), ONLY_COMMON, pairs((0, 2)), np.ones(6, dtype=bool), 1)
        # Seen from 0 and from 2 alike: one other is level with the partner, two are below: rank 1 + 1/2.
        learnt = METHODS.index(LEARNED)
        np.testing.assert_allclose(found.reciprocal[1, learnt], [2 / 3, 2 / 3])
        np.testing.assert_allclose(found.hits[1, learnt], [1.0, 1.0])
        assert found.negatives[1] == 3

    def test_a_model_of_common_partners_alone_ranks_as_common_neighbours_do(self):
        found = ranks(around(self.TIES, 6), ONLY_COMMON, pairs((0, 2), (0, 4)), np.ones(6, dtype=bool), 1)
        ours, theirs = METHODS.index(LEARNED), METHODS.index(COMMON_PARTNERS)
        np.testing.assert_array_equal(found.reciprocal[:, ours], found.reciprocal[:, theirs])

    def test_other_later_partners_of_the_same_are_not_counted_against_one(self):
        found = ranks(around(self.TIES, 6), ONLY_COMMON, pairs((0, 2), (0, 3)), np.ones(6, dtype=bool), 1)
        # 0's partners 2 and 3 are each ranked against 4 and 5 alone: rank 1. 2 and 3 see 0 level with each other.
        np.testing.assert_allclose(found.reciprocal[1, METHODS.index(LEARNED)], [1.0, 2 / 3, 2 / 3])

    def test_who_was_not_known_is_no_candidate(self):
        known = np.array([True, True, True, False, True, True])
        found = ranks(around(self.TIES, 6), ONLY_COMMON, pairs((0, 2)), known, 1)
        assert found.negatives[1] == 2
        np.testing.assert_allclose(found.reciprocal[1, METHODS.index(LEARNED)], [1.0, 1.0])


class TestFigures:
    def test_the_interval_holds_the_mean_and_is_the_same_each_time(self):
        each = np.array([0.0, 1.0] * 50)
        found = figure(each, 1)
        assert found.value == 0.5
        # The standard error of a mean of 100 is 0.05.
        assert found.low == pytest.approx(0.4, abs=0.02)
        assert found.high == pytest.approx(0.6, abs=0.02)
        assert figure(each, 1) == found

    def test_a_ratio_of_the_same_is_one_without_doubt(self):
        each = np.linspace(0.1, 0.9, 20)
        found = ratio(each, each, 1)
        assert (found.value, found.low, found.high) == pytest.approx((1.0, 1.0, 1.0))
        assert ratio(2 * each, each, 1).low == pytest.approx(2.0)


class TestMeasures:
    def test_the_calibration_error_weighs_bins_by_what_was_shown(self):
        bins = (Bin(0.0, 30, 3, 0.2), Bin(1.0, 10, 5, 0.5))
        # 30/40 * |0.2 - 0.1| + 10/40 * |0.5 - 0.5|
        assert calibration_error(bins) == pytest.approx(0.075)

    def test_the_brier_skill_is_above_zero_where_chances_are_better_than_the_mean(self):
        became = np.array([True, False, False, False])
        # Against the mean 1/4: (9 + 1 + 1 + 1) / 16 = 0.75; told right to 0.1: 4 * 0.01.
        assert brier_skill(np.array([0.9, 0.1, 0.1, 0.1]), became) == pytest.approx(1 - 0.04 / 0.75)
        assert brier_skill(np.full(4, 0.25), became) == pytest.approx(0.0)
        assert brier_skill(np.full(4, 0.9), became) < 0
        assert np.isnan(brier_skill(np.full(2, 0.1), np.zeros(2, dtype=bool)))

    def test_the_main_group_is_named_by_most_rows(self):
        members = pd.DataFrame({"organisation": [0, 0, 0, 1, 1], "group": [2, 5, 5, 4, 3]})
        assert main_group(members, 3).tolist() == [5, 3, -1]

    def test_a_suggestion_crosses_groups_where_its_ends_differ(self):
        suggested = shown([0, 0, 1, 0], [1, 2, 2, 3], [1, 2, 3, 4], [False, True, False, False])
        found = crossing(suggested, np.array([7, 7, 8, -1]))
        assert found is not None
        assert (found.became, found.known) == (1.0, 3)
        assert found.suggested == pytest.approx(2 / 3)

    def test_where_no_group_is_known_nothing_is_said(self):
        assert crossing(shown([0], [1], [1], [True]), np.array([-1, 3])) is None

    def test_a_later_project_tells_nothing_of_a_sector(self):
        rows = {
            "organisations": firms("a", "b"),
            "projects": [{"id": "p", "title": "p", "start": "2015-01-01", "topic": "ICT-27-2015"},
                         {"id": "q", "title": "q", "start": "2015-01-01", "topic": "PHC-1-2015"},
                         {"id": "r", "title": "r", "start": "2018-01-01", "topic": "PHC-2-2018"}],
            "participations": links("participations", "a p", "b q", "a r", "b r"),
        }  # fmt: skip
        graph = graph_of(rows)
        suggested = shown([0], [1], [1], [True])
        history = joint_project_history(graph)
        crossed = novelty(graph, history, date(2017, 1, 1).toordinal(), suggested)
        assert crossed["sectors"] is not None
        assert (crossed["sectors"].suggested, crossed["regions"]) == (1.0, None)

    def test_popularity_tells_whom_suggestions_lead_to(self):
        degree, known = np.array([1, 9, 2, 4, 50]), np.array([True, True, True, True, False])
        suggested = shown([0, 2, 3, 0], [1, 1, 1, 3], [1, 1, 1, 1], [True, False, False, False])
        found = popularity(suggested, degree, known)

        assert (found.known, found.suggested, found.became) == (4.0, (9 * 3 + 4) / 4, 9.0)
        assert (found.top_share, found.reached) == (0.75, 0.5)
        assert found.most_suggested[:2].tolist() == [1, 3]
        assert found.times[:2].tolist() == [3, 1]

    def test_without_any_hit_no_partner_is_told(self):
        found = popularity(shown([0], [1], [1], [False]), np.array([1, 2]), np.ones(2, dtype=bool))
        assert found.became == 0.0


@pytest.fixture(scope="module")
def report(demo: Service):
    return demo.run("backtest", {})


@pytest.fixture(scope="module")
def photonics(demo: Service):
    return demo.graph(View())


class TestReport:
    def test_both_settings_are_told_beside_both_simple_rules(self, report):
        figures = report.frame("figures")
        assert list(zip(figures["setting"], figures["method"], strict=True)) == [
            (setting, method) for setting in (MATCHED, ALL) for method in METHODS
        ]
        for name in ("mrr", "hits"):
            assert (figures[f"{name}_low"] <= figures[name]).all()
            assert (figures[name] <= figures[f"{name}_high"]).all()

    def test_the_goals_are_met_on_the_photonics_projects(self, report):
        measures = report.frame("measures").set_index("measure")
        assert measures.loc[f"better than a simple rule, {MATCHED}", "value"] >= 1.5
        assert measures.loc["expected calibration error", "value"] <= 0.05
        assert measures.loc["Brier skill", "value"] > 0

    def test_the_verdict_tells_what_became_of_suggestions(self, report):
        bins = report.frame("calibration")
        assert f"{bins['shown'].sum():,} suggestions" in report.verdict
        assert f"{bins['became'].sum():,} (" in report.verdict
        assert "times as high as the better of two simple rules" in report.verdict

    def test_split_sizes_and_seed_are_told(self, report):
        split = report.frame("split").set_index("what")["value"]
        assert split["learnt from"].split(" to ")[1] == split["tested on"].split(" to ")[0]
        assert split["seed"] == "1"

    def test_popular_suggestions_are_a_finding_that_names_them(self, report):
        (finding,) = report.findings
        assert finding.kind == "popular-suggestions"
        assert len(finding.subjects) == 3
        assert finding.evidence

    def test_where_suggestions_lead_to_many_there_is_no_finding(self, photonics, monkeypatch):
        monkeypatch.setattr(module, "FEW", 0.0)
        assert backtest(photonics).findings == ()

    def test_a_model_that_may_be_no_better_than_a_rule_is_not_praised(self, photonics, monkeypatch):
        doubtful = Figure(1.1, 0.9, 1.3)
        monkeypatch.setattr(_backtest_tables.Tested, "better", (doubtful, doubtful))
        assert backtest(photonics).verdict.endswith("better of two simple rules is not shown.")

    def test_rows_lead_to_participations(self, report):
        kinds = {report.records[record].kind for table in report.tables for row in table.evidence for record in row}
        assert kinds == {"participations"}

    def test_made_up_records_change_nothing(self, demo: Service, report):
        assert demo.run("backtest", {"with": "synthetic"}).frame("figures").equals(report.frame("figures"))

    def test_the_scope_changes_nothing_and_that_is_said(self, demo: Service, report):
        found = demo.run("backtest", {"country": "DE"})
        assert found.frame("figures").equals(report.frame("figures"))
        assert any("whatever the scope" in note for note in found.notes)

    def test_the_command_is_the_same_as_run_backtest(self, demo_store, report):
        store = f"sqlite:///{demo_store}"
        first, second = (
            valuechain(*words, "--store", store, "--train-until", "2022-01-01", "--format", "json")
            for words in (("backtest",), ("run", "backtest"))
        )
        assert (first.code, first.errors) == (0, "")
        assert first.output == second.output

    def test_a_wrong_option_is_refused_as_by_any_command(self):
        assert valuechain("backtest", "--until", "2022").code == 2
        assert valuechain("backtest", "--train-until", "soon").code == 1


def test_where_too_little_is_known_it_says_so():
    rows = {
        "organisations": firms("a", "b"),
        "projects": [{"id": "p", "title": "p", "start": "2020-01-01"}],
        "participations": links("participations", "a p", "b p"),
    }
    found = backtest(graph_of(rows).within(Scope()))
    assert found.verdict.startswith("Not learnt: ")
    assert not found.tables
    assert found.findings[0].kind == "not-learnt"
