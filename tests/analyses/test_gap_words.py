"""What gaps say of the demand behind them, of what contradicts itself, and how sure they are."""

from __future__ import annotations

from typing import Any, ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import Rows, chain, firms, graph_of, links
from valuechain.analyses.gaps import gaps
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result

CHAIN = chain("glass>lens", "lens>head")
SURVEYS = [{"chain": "c", "asked": "2026-01-01", "answered": "2026-02-01"}]
ASKED: dict[str, Any] = {**CHAIN, "surveys": SURVEYS}


def ask(rows: Rows, **parameters: Any) -> Result:
    return gaps(graph_of(rows, View(valid_on="2026-06-01")), **parameters)


def row(result: Result, capability: str = "Glass") -> Any:
    return result.frame("gaps").set_index("capability").loc[capability]


def about(result: Result, capability: str) -> Finding:
    return next(one for one in result.findings if one.title.startswith(f"{capability}:"))


class TestDemand:
    ROWS: ClassVar[Rows] = {
        **ASKED,
        "organisations": firms("a", "b", "d"),
        "offers": [*links("offers", "b lens", access="own use"), *links("offers", "d head")],
        "needs": links("needs", "a glass"),
    }

    def test_says_who_needs_it_and_what_is_made_of_it_by_how_many(self):
        found = row(ask(self.ROWS))
        assert found[["needers", "downstream", "needed_for", "makers"]].tolist() == [2, 2, "head; lens", 2]

    def test_reads_as_an_advisor_would_say_it(self):
        words = about(ask(self.ROWS), "Glass").explanation
        assert words == (
            "The question was asked, and nobody said yes. 2 organisations in the whole data set need it, or seem to: a "
            "and b. 2 capabilities cannot be made without it, and 2 organisations in the whole data set make some of "
            "these: head; lens."
        )

    def test_who_only_seems_to_need_it_is_told_so(self):
        words = about(ask({**self.ROWS, "needs": []}), "Glass").explanation
        assert "1 organisation in the whole data set seems to need it: b." in words
        assert any("is taken to need what goes into it" in note for note in ask(self.ROWS).notes)

    def test_a_need_that_is_too_old_does_not_count(self):
        old = {**self.ROWS, "needs": links("needs", "a glass", as_of="2016-01-01")}
        assert row(ask(old))["needers"] == 1
        assert row(ask(old, freshness=20))["needers"] == 2

    def test_a_market_is_nothing_that_cannot_be_made(self):
        rows = {**chain("glass>lens", "lens>health", markets=["health"]), "organisations": firms("a")}
        assert row(ask(rows))["downstream"] == 1

    def test_what_comes_from_elsewhere_is_counted_apart(self):
        rows = {
            **ASKED,
            "organisations": [*firms("a", "b", region="DEG03"), *firms("out", region="DE212")],
            "offers": links("offers", "b glass"),
            "supplies": links("supplies", "b a glass", "out a glass", "out b lens"),
        }
        found = gaps(graph_of(rows).within(Scope(regions=("DEG",))))
        assert row(found)[["supplied", "imported"]].tolist() == [1, 1]
        assert row(found, "Lens")[["supplied", "imported"]].tolist() == [0, 1]
        assert "1 of them gets it from elsewhere." in about(found, "Lens").explanation

    def test_what_most_need_comes_first_among_equally_severe(self):
        rows = {**ASKED, "organisations": firms("a", "b"), "needs": links("needs", "a glass", "a lens", "b lens")}
        assert [one.title.split(":")[0] for one in ask(rows).findings[:2]] == ["Lens", "Glass"]


class TestLinkage:
    APART: ClassVar[Rows] = {
        **CHAIN,
        "organisations": firms("a", "b", "c"),
        "offers": links("offers", "a glass", "b lens"),
    }

    def test_a_supply_link_of_other_goods_joins_them_too(self):
        joined = ask({**self.APART, "supplies": links("supplies", "b a lens")})
        assert row(joined)[["state", "linked", "supplied"]].tolist() == ["sole source", 1, 0]

    def test_one_legal_group_is_joined_without_a_link(self):
        assert row(ask(self.APART))["state"] == "unlinked"
        owned = ask({**self.APART, "ownerships": links("ownerships", "a b", share=1.0)})
        assert row(owned)["state"] == "sole source"

    def test_a_tie_to_a_third_joins_nobody(self):
        assert (
            row(ask({**self.APART, "supplies": links("supplies", "a c glass", since="2020")}), "Glass")["linked"] == 1
        )
        third = {**self.APART, "projects": [{"id": "p", "title": "x"}], "participations": links(
            "participations", "a p", "c p")}  # fmt: skip
        assert row(ask(third))["state"] == "unlinked"

    def test_says_whom_to_introduce_to_whom(self):
        assert about(ask(self.APART), "Glass").with_whom == ("a with b",)
        assert any(note.startswith("No supply link and no joint project is known") for note in ask(self.APART).notes)

    def test_joint_projects_alone_are_said_to_be_all_that_joins(self):
        projects = {"projects": [{"id": "p", "title": "x"}], "participations": links("participations", "a p", "b p")}
        joined = ask({**self.APART, **projects})
        assert row(joined)["linked"] == 1
        assert any("from joint projects alone" in note for note in joined.notes)

    def test_is_as_sure_as_the_weakest_of_offer_need_and_tie(self):
        rows = {
            **CHAIN,
            "organisations": firms("a", "b"),
            "offers": links("offers", "a glass", "b lens", confidence=0.9),
            "supplies": links("supplies", "a b glass", confidence=0.6),
        }
        assert row(ask(rows))["linkage_confidence"] == pytest.approx(0.6)

    def test_a_guess_makes_it_unlinked_at_low_confidence(self):
        rows = {
            **CHAIN,
            "organisations": firms("a", "b"),
            "projects": [{"id": "p", "title": "Glass for all", "end": "2030-01-01"}],
            "participations": links("participations", "a p"),
            "needs": links("needs", "b glass"),
        }
        found = gaps(graph_of(rows, title_terms={"test:glass": "glass"}))
        assert row(found)[["state", "status"]].tolist() == ["unlinked", "inferred"]
        assert about(found, "Glass").severity == "low"
        assert about(found, "Glass").explanation.startswith(
            "1 organisation in the whole data set seems to offer it: a."
        )


class TestShares:
    def rows(self, *shares: float | None) -> Rows:
        names = "abcdef"[: len(shares)]
        offers = [
            {"organisation": one, "capability": "lens", "share": share}
            for one, share in zip(names, shares, strict=True)
        ]
        return {**CHAIN, "organisations": firms(*names), "offers": offers}

    @pytest.mark.parametrize(
        ("shares", "index", "state"),
        [
            ((0.6, 0.2, 0.2), 0.44, "concentrated"),
            ((0.5, 0.3, 0.2), 0.38, "covered"),
            ((None, None), 0.5, "concentrated"),
            ((0.7, None, None), 0.535, "concentrated"),
            ((0.9, 0.9, 0.9), 0.3333, "covered"),  # taken for a third each
            ((0.2, 0.1), 0.5556, "concentrated"),  # two thirds and one third of what is known
            ((0.0, 0.0), 0.5, "concentrated"),
            ((1.0, None), 1.0, "concentrated"),
        ],
    )
    def test_make_supply_concentrated_or_not(self, shares: tuple[float | None, ...], index: float, state: str):
        found = row(ask(self.rows(*shares)), "Lens")
        assert found["herfindahl"] == pytest.approx(index, abs=1e-4)
        assert found["state"] == state

    def test_exactly_at_the_limit_is_not_above_it(self):
        assert row(ask(self.rows(0.5, 0.5), concentrated=0.5), "Lens")["state"] == "covered"

    def test_that_add_up_to_more_than_one_are_said_to_be_wrong(self):
        notes = ask(self.rows(0.9, 0.9)).notes
        assert sum("add up to more than 1" in note for note in notes) == 1
        assert not any("add up" in note for note in ask(self.rows(0.5, 0.5)).notes)


class TestCircles:
    @pytest.mark.parametrize(
        ("arcs", "note"),
        [
            (("glass>lens", "lens>head", "head>glass"), "runs in a circle: Glass; Head; Lens. Each counts"),
            (("glass>lens", "lens>glass", "lens>head"), "runs in a circle: Glass; Lens. Each counts"),
            (("glass>glass", "glass>lens"), "Glass is said to go into itself."),
        ],
    )
    def test_of_inputs_are_named_and_end(self, arcs: tuple[str, ...], note: str):
        found = ask({**chain(*arcs), "organisations": firms("a"), "surveys": SURVEYS})
        assert sum(note in one for one in found.notes) == 1

    def test_without_one_nothing_is_said(self):
        assert not any("circle" in note for note in ask({**CHAIN, "organisations": firms("a")}).notes)

    def test_many_are_counted(self):
        arcs = [f"{one}{number}>{other}{number}" for number in range(5) for one, other in ("ab", "ba")]
        notes = ask({**chain(*arcs), "organisations": firms("a")}).notes
        assert sum("runs in a circle" in note for note in notes) == 3
        assert "2 more such circles are not named." in notes


class TestVerdict:
    def test_without_capabilities_nothing_is_assessed(self):
        found = ask({"organisations": firms("a")})
        assert found.verdict.startswith("Not assessed: no value chain")
        assert (found.findings, found.table("gaps").rows) == ((), ())

    def test_counts_every_state(self):
        rows = {**ASKED, "organisations": firms("a", "b"), "offers": links("offers", "a lens", "b lens", "a head")}
        assert ask(rows).verdict == (
            "Something is known of 3 of 3 capabilities in the whole data set: nobody here offers 1, 1 hangs on one "
            "supplier (known) and 1 hangs on few suppliers."
        )

    def test_what_was_known_once_is_told_apart_from_what_never_was(self):
        rows = {**CHAIN, "organisations": firms("a"), "offers": links("offers", "a glass", as_of="2010-01-01")}
        assert "that is not too old to count" in ask(rows).verdict
        assert "too old" not in ask({**CHAIN, "organisations": firms("a")}).verdict

    def test_more_findings_than_are_spelled_out_are_counted(self):
        many = chain(*(f"c{number}>end" for number in range(25)))
        found = ask({**many, "organisations": firms("a"), "surveys": SURVEYS})
        assert len(found.findings) == 20
        assert found.notes[0] == "The worst 20 of 26 findings are spelled out; the table holds all."


OFFER = st.tuples(st.sampled_from("abcd"), st.sampled_from(["glass", "lens", "head"]), st.floats(0.05, 1.0))
TIE = st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"), st.floats(0.05, 1.0)).filter(
    lambda at: at[0] != at[1]
)


def sure_of(offers: dict[tuple[str, str], float], ties: dict[tuple[str, str], float]) -> Any:
    """Each capability with its two confidences."""
    rows = {
        **CHAIN,
        "organisations": firms(*"abcd"),
        "offers": [
            {"organisation": one, "capability": what, "confidence": sure} for (one, what), sure in offers.items()
        ],
        "projects": [{"id": one + other, "title": "x"} for one, other in ties],
        "participations": [
            {"organisation": end, "project": one + other, "confidence": sure}
            for (one, other), sure in ties.items()
            for end in (one, other)
        ],
    }
    return ask(rows).frame("gaps").set_index("capability")


@settings(max_examples=10, deadline=None)
@given(st.lists(OFFER, min_size=1, max_size=6), st.lists(TIE, max_size=4), OFFER)
def test_a_further_or_surer_offer_never_lowers_how_sure_presence_is(offers, ties, more):
    told = {(one, what): sure for one, what, sure in offers}
    links_ = {(one, other): sure for one, other, sure in ties}
    surer = told | {more[:2]: max(more[2], told.get(more[:2], 0.0))}
    before, after = sure_of(told, links_), sure_of(surer, links_)
    for name in before.index:
        low, high = before.loc[name, "presence_confidence"], after.loc[name, "presence_confidence"]
        assert low is None or low != low or high >= low - 1e-9


@settings(max_examples=10, deadline=None)
@given(st.lists(OFFER, min_size=2, max_size=6), st.lists(TIE, max_size=4), TIE)
def test_a_further_or_surer_tie_never_lowers_how_sure_a_linkage_is(offers, ties, more):
    told = {(one, what): sure for one, what, sure in offers}
    links_ = {(one, other): sure for one, other, sure in ties}
    surer = links_ | {more[:2]: max(more[2], links_.get(more[:2], 0.0))}
    before, after = sure_of(told, links_), sure_of(told, surer)
    for name in before.index[before["state"] != "unlinked"]:
        low, high = before.loc[name, "linkage_confidence"], after.loc[name, "linkage_confidence"]
        assert low is None or low != low or high >= low - 1e-9
        assert after.loc[name, "linked"] >= before.loc[name, "linked"]
