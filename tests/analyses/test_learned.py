"""What is learnt from dated joint projects, and that nothing later or made up ever reaches it."""

from __future__ import annotations

import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

import valuechain as vc
from tests.support.small import firms, graph_of, links
from valuechain.analyses import _learned
from valuechain.analyses._backtest_ranks import LEARNED, MATCHED, METHODS, ranks
from valuechain.analyses._learned import Learned, TooFew, default_split, learn, learned
from valuechain.analyses._link_examples import by_degree, examples, nearest, strangers
from valuechain.analyses._link_history import NEVER, Pairs, joint_project_history
from valuechain.analyses._link_model import fit
from valuechain.analyses._pair_features import FEATURES, NAMES, surroundings
from valuechain.kernels import pair_features as kernel
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, View

ROOT = Path(__file__).parents[2]
PHOTONICS = ROOT / "valuechain/reference/cordis-de-photonics"
EUROPE = ROOT / "tests/data/cordis-eu-2016/cordis-eu-2016.zip"


def loaded(path, place):
    session = vc.open(f"sqlite:///{place}/store.sqlite")
    session.import_(path)
    return session.graph()


@pytest.fixture(scope="module")
def photonics(tmp_path_factory):
    return loaded(PHOTONICS, tmp_path_factory.mktemp("photonics"))


@pytest.fixture(scope="module")
def europe(tmp_path_factory):
    place = tmp_path_factory.mktemp("europe")
    zipfile.ZipFile(EUROPE).extractall(place / "cordis-eu-2016")
    return loaded(place / "cordis-eu-2016", place)


@pytest.fixture(scope="module")
def model(photonics):
    found = learned(photonics)
    assert isinstance(found, Learned)
    return found


@pytest.fixture(scope="module")
def everything(photonics, model):
    return model.suggestions(photonics, np.arange(len(photonics["organisations"])), 10)


def day(text):
    return date.fromisoformat(text).toordinal()


def projects(**starts):
    return [{"id": one, "title": one, **({"start": start} if start else {})} for one, start in starts.items()]


SMALL = {
    "organisations": firms("a", "b", "c", "d"),
    "projects": projects(p="2015-01-01", q="2016-01-01", r="2018-01-01", s=""),
    "participations": links("participations", "a p", "b p", "b q", "c q", "a r", "c r", "d r", "a s", "d s"),
}


def names(graph, pairs):
    labels = graph["organisations"]["label"]
    return {(labels[one], labels[other]) for one, other in zip(pairs.first, pairs.second, strict=True)}


class TestHistory:
    def test_a_new_link_is_a_first_joint_project_of_two_who_were_known_before(self):
        graph = graph_of(SMALL)
        history = joint_project_history(graph)

        # In 2018 a and c first meet; d was not on record before, and a and d share a project without a date.
        assert names(graph, history.new_links(day("2017-01-01"), day("2019-01-01"))) == {("a", "c")}
        assert names(graph, history.new_links(day("2015-06-01"), day("2017-01-01"))) == set()
        assert names(graph, history.new_links(day("2019-01-01"), day("2020-01-01"))) == set()
        assert history.undated == 1
        assert (history.first_day, history.end) == (day("2015-01-01"), day("2018-01-01") + 1)

    def test_who_has_no_dated_project_is_not_known(self):
        rows = {**SMALL, "organisations": firms("a", "b", "c", "d", "e")}
        graph = graph_of(rows)
        history = joint_project_history(graph)
        known = dict(zip(graph["organisations"]["label"], history.known, strict=True))
        assert known["e"] == NEVER
        assert known["d"] == day("2018-01-01")

    @pytest.mark.parametrize("kind", ["organisations", "projects", "participations"])
    @pytest.mark.parametrize("status", ["synthetic", "planned"])
    def test_what_is_made_up_or_planned_is_never_learnt_from(self, kind, status):
        rows = {name: [{**row, "status": status} if name == kind else row for row in some]
                for name, some in SMALL.items()}  # fmt: skip
        everything = View(statuses=("confirmed", "declared", "inferred", "synthetic", "planned"))
        history = joint_project_history(graph_of(rows, everything))
        assert len(history.event) == 0
        assert len(history.pairs) == 0

    def test_two_of_one_legal_group_are_no_new_link(self):
        rows = {**SMALL, "ownerships": links("ownerships", "a c")}
        history = joint_project_history(graph_of(rows))
        assert len(history.new_links(day("2017-01-01"), day("2019-01-01"))) == 0


class TestExamples:
    def test_those_as_well_connected_are_nearest_as_a_ratio(self):
        degree = np.array([0, 1, 3, 7, 15, 31])
        # log2 of 1 + degree is 0, 1, 2, 3, 4, 5.
        assert set(nearest(degree, np.array([0, 1, 2, 4, 5]), 3, 2)) == {2, 4}
        assert set(nearest(degree, np.array([0, 1, 2]), 5, 2)) == {1, 2}
        assert set(nearest(degree, np.array([1]), 0, 5)) == {1}

    def test_of_many_equal_ones_chance_decides(self):
        degree = np.zeros(100, dtype=np.int64)
        order = by_degree(degree, np.ones(100, dtype=bool), np.random.default_rng(1))
        assert sorted(nearest(degree, order[order != 0], 0, 10)) != list(range(1, 11))

    def test_who_is_not_known_changes_no_draw(self):
        degree, known = np.zeros(9, dtype=np.int64), np.arange(9) % 3 > 0
        some = by_degree(degree[known], np.ones(6, dtype=bool), np.random.default_rng(1))
        assert by_degree(degree, known, np.random.default_rng(1)).tolist() == np.flatnonzero(known)[some].tolist()

    def test_pairs_to_learn_from_hold_every_new_link_from_both_ends_and_no_older_one(self, europe):
        history = joint_project_history(europe)
        since, until = day("2015-03-01"), day("2015-06-01")
        around, known = surroundings(europe, history, since), history.known_before(since)
        new = history.new_links(since, until)
        found = examples(around, new, known, np.random.default_rng(1))

        assert found.became.sum() == 2 * len(new)
        for place, one in enumerate(found.first):
            others = found.second[found.start[place] : found.start[place + 1]]
            partners = around.partner[around.start[one] : around.start[one + 1]]
            assert not set(others) & {one, *partners}
            assert known[others].all()
            assert len(set(others)) == len(others)

    def test_strangers_are_known_and_neither_partners_nor_about_to_be(self):
        graph = graph_of(SMALL)
        history = joint_project_history(graph)
        around = surroundings(graph, history, day("2017-01-01"))
        a, c = (graph.find("organisations", f"test:{one}") for one in "ac")
        left = strangers(around, history.known_before(day("2017-01-01")), a, np.array([c]))
        assert not left.any()


class TestNothingLaterIsSeen:
    def test_deleting_all_later_projects_leaves_what_was_known_unchanged(self, tmp_path):
        split = "2015-06-01"
        folder = tmp_path / "all"
        zipfile.ZipFile(EUROPE).extractall(folder)
        rows = (folder / "project.csv").read_text("utf-8").splitlines(keepends=True)
        head = rows[0].replace('"', "").split(";")
        earlier = [row for row in rows[1:] if row.split(";")[head.index("startDate")].strip('"') < split]
        numbers = {row.split(";")[0].strip('"') for row in earlier}
        cut = tmp_path / "cordis-eu-2016"
        cut.mkdir()
        (cut / "project.csv").write_text(rows[0] + "".join(earlier), "utf-8")
        people = (folder / "organization.csv").read_text("utf-8").splitlines(keepends=True)
        kept = [row for row in people[1:] if row.split(";")[0].strip('"') in numbers]
        (cut / "organization.csv").write_text(people[0] + "".join(kept), "utf-8")
        folder.rename(tmp_path / "whole")
        whole_folder = tmp_path / "of" / "cordis-eu-2016"
        whole_folder.parent.mkdir()
        (tmp_path / "whole").rename(whole_folder)

        before, whole = (loaded(one, one.parent) for one in (cut, whole_folder))
        tables = []
        for graph in (before, whole):
            keys = graph["organisations"]["key"]
            chosen = keys[keys.isin(before["organisations"]["key"])].sort_values().index.to_numpy()[:400]
            around = surroundings(graph, joint_project_history(graph), day(split))
            # What bears no date, as the country, may be told differently by later rows: it is left out here.
            pairs = np.arange(len(chosen) + 1) * len(chosen)
            rows_of = kernel.features_of(around, chosen, pairs, np.tile(chosen, len(chosen)))
            undated = [kernel.COUNTRY, kernel.NEARNESS, kernel.KIND]
            tables.append(np.delete(rows_of, undated, axis=1))
        assert len(before["organisations"]) < len(whole["organisations"])
        np.testing.assert_allclose(tables[0], tables[1], atol=1e-9)

    def test_features_do_not_change_when_later_links_are_taken_away(self, europe):
        history = joint_project_history(europe)
        split = day("2015-09-01")
        dated = history.day[history.event] < split
        cut = replace(history, organisation=history.organisation[dated], event=history.event[dated])
        for one, other in zip(surroundings(europe, history, split), surroundings(europe, cut, split), strict=True):
            np.testing.assert_array_equal(one, other)

    def test_shuffled_links_are_ranked_as_by_chance(self, europe):
        history = joint_project_history(europe)
        since, until, end = day("2015-03-01"), day("2016-01-01"), history.end
        chance = np.random.default_rng(5)

        def shuffled(before):
            known = np.flatnonzero(history.known_before(before))
            ends = np.sort(chance.choice(known, (2000, 2)), axis=1)
            ends = np.unique(ends[ends[:, 0] != ends[:, 1]], axis=0)
            return ends[:, 0], ends[:, 1]

        (first, second), (later_first, later_second) = shuffled(since), shuffled(until)
        made_up = replace(
            history,
            pairs=Pairs(np.concatenate([first, later_first]), np.concatenate([second, later_second])),
            met=np.concatenate([np.full(len(first), since), np.full(len(later_first), until)]),
        )
        model = fit(surroundings(europe, history, since), made_up, since, until, seed=1)
        around, known = surroundings(europe, history, until), history.known_before(until)
        found = ranks(around, model, made_up.new_links(until, end), known, seed=1)

        # The mean of 1 / rank among 101 in an order of chance is (1 + 1/2 + ... + 1/101) / 101 = 0.0515.
        mrr = found.reciprocal[0, METHODS.index(LEARNED)].mean()
        assert MATCHED == "as well connected"
        assert mrr == pytest.approx(sum(1 / rank for rank in range(1, 102)) / 101, abs=0.012)


class TestLearned:
    def test_too_few_links_are_said_and_nothing_is_learnt(self):
        found = learned(graph_of(SMALL))
        assert isinstance(found, TooFew)
        assert "100 are needed" in found.reason
        assert found.reason.endswith(".")

    def test_without_any_dated_project_nothing_is_learnt(self):
        found = learned(graph_of({"organisations": firms("a")}))
        assert isinstance(found, TooFew)
        assert isinstance(learned(graph_of({"organisations": firms("a")}), "2020-01-01"), TooFew)

    def test_a_split_after_which_too_little_came_is_said(self, photonics):
        found = learned(photonics, "2026-11-01")
        assert isinstance(found, TooFew)

    def test_a_split_must_leave_enough_links_to_test_on(self, photonics, monkeypatch):
        monkeypatch.setattr(_learned, "LEAST_LINKS", 300)
        found = learned(photonics, "2024-06-01")
        assert isinstance(found, TooFew)

    @pytest.mark.parametrize("wrong", ["soon", "2020-13-01"])
    def test_a_split_that_is_no_date_is_refused(self, photonics, wrong):
        with pytest.raises(QuestionError, match="is no date"):
            learned(photonics, wrong)

    def test_by_default_two_fifths_of_the_new_links_come_after_the_split(self, photonics):
        history = joint_project_history(photonics)
        split = default_split(history)
        first, second = history.pairs.first, history.pairs.second
        late = history.met[(history.known[first] < history.met) & (history.known[second] < history.met)]
        assert (late > split).mean() <= 0.4 <= (late >= split).mean()

    def test_both_spans_are_as_long_and_the_split_is_the_one_asked_for(self, photonics):
        found = learned(photonics, "2022-01-01")
        assert isinstance(found, Learned)
        assert found.split.until == day("2022-01-01")
        assert found.split.until - found.split.since == found.split.end - found.split.until

    def test_the_same_data_give_the_same_model(self, photonics):
        history = joint_project_history(photonics)
        first, second = (learn(photonics, history, default_split(history)) for _ in range(2))
        assert isinstance(first, Learned)
        assert isinstance(second, Learned)
        np.testing.assert_array_equal(first.model.weights.weight, second.model.weights.weight)
        assert first.bins == second.bins

    def test_it_is_learnt_once_for_a_graph_whatever_the_scope(self, photonics):
        assert learned(photonics.within(Scope(countries=("DE",)))) is learned(photonics)

    def test_bins_hold_all_that_was_tested_in_equal_parts(self, photonics):
        found = learned(photonics)
        assert isinstance(found, Learned)
        sizes = [one.shown for one in found.bins]
        assert sum(sizes) == len(found.tested.score)
        assert max(sizes) - min(sizes) <= 1
        assert sum(one.became for one in found.bins) == found.tested.became.sum()
        assert [one.least for one in found.bins] == sorted(one.least for one in found.bins)

    def test_no_chance_is_higher_than_what_became_of_the_surest(self, model):
        known = model.model.known_then
        told = model.model.probability(np.array([1e9, 1e6, 0.0]), known)

        assert told[0] == told[1] == pytest.approx(1 / (1 + np.exp(-model.model.highest)))
        assert told[2] < told[0] < 0.5

    def test_what_nobody_took_up_has_a_small_even_chance(self):
        from valuechain.analyses._link_model import _calibrated

        slope, offset = _calibrated(np.array([1.0, 2.0]), np.array([False, False]))
        assert (slope, offset) == (0.0, np.log(0.5 / 2.5))


class TestSuggestions:
    def test_each_is_told_with_its_chance_what_became_of_such_and_why(self, everything, model):
        assert list(everything) == ["first", "second", "score", "probability", "of", "became", *NAMES]
        assert everything["probability"].between(0, 1).all()
        assert set(everything["of"]) == {one.shown for one in model.bins}
        assert (everything["became"] <= everything["of"]).all()
        assert everything.groupby("first")["score"].is_monotonic_decreasing.all()
        assert (everything.groupby("first").size() <= 10).all()
        assert np.isfinite(everything.to_numpy(float)).all()
        assert len(FEATURES) == kernel.FEATURES

    def test_a_surer_suggestion_has_the_better_record(self, everything, model):
        surest = everything[everything["score"] >= model.bins[-1].least]
        assert (surest["became"] == model.bins[-1].became).all()
        least = everything[everything["score"] < model.bins[1].least]
        assert (least["became"] == model.bins[0].became).all()

    def test_nobody_is_suggested_who_is_linked_already(self, photonics, everything):
        told = photonics["collaborations"]
        linked = set(zip(told["first"], told["second"], strict=True))
        pairs = np.sort(everything[["first", "second"]].to_numpy(), axis=1)
        assert not {tuple(pair) for pair in pairs.tolist()} & linked
        assert (pairs[:, 0] != pairs[:, 1]).all()

    def test_pairs_that_are_left_out_are_not_suggested(self, photonics, model, everything):
        one, other = (int(everything[end].iloc[0]) for end in ("first", "second"))
        count = len(photonics["organisations"])
        without = csr_array((np.ones(2), ([one, other], [other, one])), shape=(count, count))
        again = model.suggestions(photonics, np.array([one]), 10, without)
        assert other not in set(again["second"])
        assert len(again) == 10

    def test_one_organisation_gets_what_it_gets_among_all(self, photonics, model, everything):
        one = int(everything["first"].iloc[0])
        alone = model.suggestions(photonics, np.array([one]), 10)
        among = everything[everything["first"] == one].reset_index(drop=True)
        assert alone.equals(among)

    @pytest.mark.parametrize(("column", "value"), [("closed", "2020-01-01"), ("named", False)])
    def test_who_has_closed_or_withholds_its_name_is_not_suggested(self, photonics, model, everything, column, value):
        other = int(everything["second"].mode()[0])
        organisations = photonics["organisations"]
        organisations[column] = organisations[column].astype("object")
        organisations.loc[other, column] = value
        changed = replace(photonics, tables={**photonics.tables, "organisations": organisations}, _made={})
        found = model.suggestions(changed, np.arange(len(organisations)), 10)
        assert other not in set(found["second"])

    def test_who_owns_whom_is_not_suggested(self, photonics, model, everything):
        one, other = (int(everything[end].iloc[0]) for end in ("first", "second"))
        organisations = photonics["organisations"]
        organisations["group_id"] = organisations["group_id"].astype("object")
        organisations.loc[[one, other], "group_id"] = "together"
        changed = replace(photonics, tables={**photonics.tables, "organisations": organisations}, _made={})
        assert other not in set(model.suggestions(changed, np.array([one]), 10)["second"])
