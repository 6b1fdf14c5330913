"""What is out of date, and whom to ask again."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import Rows, chain, firms, graph_of, links
from valuechain.analyses.freshness import freshness
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import Result

OLD, NEW = "2020-01-01", "2025-06-30"


def asked(rows: Rows, **scope: Any) -> ValueGraph:
    everything = {**chain("glass>lens"), "organisations": firms("a", "b"), **rows}
    return graph_of(everything, View(valid_on="2026-01-01"), {"test:lens": "lens"}).within(Scope(**scope))


def told(result: Result) -> list[tuple[Any, ...]]:
    """Who is asked what, and why."""
    names = ("organisation", "what", "state")
    return list(zip(*(result.table("statements").column(name) for name in names), strict=True))


class TestWhatIsListed:
    @pytest.mark.parametrize(
        ("rows", "whom", "what"),
        [
            ({"offers": links("offers", "a lens", as_of=OLD)}, "a", "offers lens"),
            ({"needs": links("needs", "a lens", as_of=OLD)}, "a", "needs lens"),
            ({"supplies": links("supplies", "a b lens", as_of=OLD)}, "b", "buys lens from a"),
            ({"ownerships": links("ownerships", "a b", as_of=OLD)}, "b", "is owned by a"),
            ({"memberships": links("memberships", "a b", as_of=OLD)}, "a", "is a member of b"),
            ({"markets": [{"organisation": "a", "market": "FR", "scheme": "country", "as_of": OLD}]}, "a",
             "sells to FR"),
            ({**chain("glass>cars", markets=("cars",)),
              "markets": [{"organisation": "a", "market": "cars", "scheme": "application", "stage": "interested",
                           "as_of": OLD}]}, "a", "is interested in cars"),
            ({"organisations": firms("a", staff=5, staff_min=1, turnover_eur=9, as_of=OLD)}, "a",
             "has staff and turnover as told"),
        ],
    )  # fmt: skip
    def test_says_whom_to_ask_what(self, rows: Rows, whom: str, what: str):
        assert told(freshness(asked(rows))) == [(whom, what, "out of date")]

    def test_is_not_what_is_fresh_or_does_not_age(self):
        rows = {
            "organisations": firms("a", as_of=OLD),
            "offers": links("offers", "a lens", as_of=NEW),
            "projects": [{"id": "p", "title": "A lens", "as_of": OLD}],
            "participations": links("participations", "a p", as_of=OLD),
        }
        assert told(freshness(asked(rows))) == []

    def test_is_no_guess_from_a_title(self):
        rows = {
            "organisations": firms("a"),
            "projects": [{"id": "p", "title": "A lens", "end": "2010"}],
            "participations": links("participations", "a p", as_of="2010"),
        }
        graph = asked(rows)

        assert len(graph["offers"]) == 1
        assert told(freshness(graph)) == []

    def test_begins_with_the_oldest_and_ends_with_what_tells_no_day(self):
        offers = [
            *links("offers", "a glass"), *links("offers", "b glass", as_of="2023"),
            *links("offers", "a lens", as_of=OLD), *links("offers", "b lens", as_of=NEW),
        ]  # fmt: skip
        table = freshness(asked({"offers": offers})).table("statements")

        assert table.column("as_of") == [OLD, "2023", None]
        assert table.column("age") == [72, 36, None]
        assert table.column("limit") == [24, 24, 24]

    def test_is_within_the_scope_and_chain_that_are_asked_about(self):
        rows = {
            "organisations": [*firms("a", region="DE1"), *firms("b", region="DE2")],
            "offers": links("offers", "a lens", "b lens", as_of=OLD),
        }
        assert [whom for whom, *_ in told(freshness(asked(rows, regions=("DE2",))))] == ["b"]
        assert [whom for whom, *_ in told(freshness(asked(rows, organisation="test:a")))] == ["a"]
        elsewhere = {**rows, "capabilities": [*chain("glass>lens")["capabilities"],
                                              {"id": "rope", "label": "Rope", "chain": "other"}]}  # fmt: skip
        assert told(freshness(asked(elsewhere, chain="other"))) == []

    def test_may_be_asked_with_a_limit_of_ones_own(self):
        graph = asked({"offers": links("offers", "a lens", as_of=NEW)})

        assert told(freshness(graph, months=3)) == [("a", "offers lens", "out of date")]
        assert told(freshness(graph, months=12)) == []


class TestFindings:
    def test_name_each_organisation_once_with_what_to_ask(self):
        offers = links("offers", "a lens", "a glass", as_of=OLD) + links("offers", "b lens", as_of="2021")
        result = freshness(asked({"offers": offers}))

        assert [one.title for one in result.findings] == [
            "a: 2 of 2 statements out of date", "b: 1 of 1 statement out of date",
        ]  # fmt: skip
        assert result.findings[0].action == "Ask a what still holds: offers lens; offers glass."
        assert result.findings[0].subjects == ("test:a",)
        assert result.verdict == (
            "3 of 3 statements in the whole data set are out of date on 1 January 2026: ask 2 organisations again."
        )

    def test_are_medium_where_most_of_what_is_told_of_somebody_is_old(self):
        old = links("offers", "a lens", "a glass", as_of=OLD) + links("needs", "a lens", as_of=OLD)
        fresh = links("needs", "a glass", as_of=NEW) + links("memberships", "a b", as_of=NEW)

        [finding] = freshness(asked({"offers": old[:2], "needs": [old[2], fresh[0]]})).findings
        assert finding.severity == "medium"
        more = {"offers": old[:2], "needs": [old[2], fresh[0]], "memberships": fresh[1:],
                "supplies": links("supplies", "b a lens", as_of=NEW)}  # fmt: skip
        [finding] = freshness(asked(more)).findings
        assert finding.severity == "low"

    def test_spell_out_twenty_and_count_the_rest(self):
        names = [f"o{number}" for number in range(23)]
        rows = {"organisations": firms(*names), "offers": links("offers", *(f"{one} lens" for one in names), as_of=OLD)}
        result = freshness(asked(rows))

        assert len(result.findings) == 20
        assert result.notes == ("3 more organisations are not spelled out; the table holds them all.",)


def test_the_summary_counts_every_statement():
    offers = [*links("offers", "a glass"), *links("offers", "a lens", as_of=OLD), *links("offers", "b lens", as_of=NEW)]
    table = freshness(asked({"offers": offers})).table("kinds")

    assert list(zip(table.column("state"), table.column("statements"), strict=True)) == [
        ("out of date", 1), ("not dated", 1), ("fresh", 1),
    ]  # fmt: skip


def test_nothing_told_and_nothing_old_are_said_apart():
    assert freshness(asked({})).verdict == "Nothing that ages is told in the whole data set."
    fresh = freshness(asked({"offers": links("offers", "a lens", as_of=NEW)}))
    assert fresh.verdict == "None of 1 statement in the whole data set is out of date on 1 January 2026."
    undated = freshness(asked({"offers": links("offers", "a lens")}))
    assert undated.notes == ("1 statement without a day: nobody can say how old they are.",)
