"""Which questions are asked, in which order, and whether answers change the findings as far as is foretold."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._questions_priors import WEIGHT, share, weak_point, worth
from valuechain.analyses.audit import audit
from valuechain.analyses.gaps import gaps
from valuechain.analyses.questions import questions
from valuechain.model.graph import Scope
from valuechain.model.result import Result
from valuechain.service import Service

Rows = dict[str, Any]
DAY = "2026-01-01"
CHAIN = chain("glass>lens", "steel>lens", optional=("paint>lens",))


REGION = Scope(regions=("DEG",))
GUESS = {"status": "inferred", "confidence": 0.3, "as_of": DAY}


def ask(rows: Rows, organisation: str = "l", **parameters: Any) -> Result:
    scope = Scope(organisation=f"test:{organisation}") if organisation else Scope()
    return questions(graph_of(rows).within(scope), **parameters)


def lines(result: Result) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = result.frame().to_dict("records")
    return found


def asked(rows: Rows, organisation: str = "l", **parameters: Any) -> list[str]:
    return [str(one["question"]) for one in lines(ask(rows, organisation, **parameters))]


def foretold(rows: Rows, kind: str, answer: str) -> float:
    """How far an answer to the only question of a kind is expected to change the findings."""
    (row,) = [one for one in lines(ask(rows)) if one["kind"] == kind]
    match = re.search(rf"(?:^|; ){answer}: \d+%, changes ([\d.]+)", row["answers"])
    assert match, row["answers"]
    return float(match[1])


def changed(before: Rows, after: Rows, organisation: str = "l") -> float:
    """How far the findings of the check differ: the sum over findings of the difference in weight x confidence."""

    def weights(rows: Rows) -> dict[str, float]:
        found = audit(graph_of(rows).within(Scope(organisation=f"test:{organisation}"))).findings
        # A link that is replaced keeps what it is about; whom it hangs on may be somebody else.
        return {f"{one.kind} {one.subjects}": WEIGHT[one.severity] * one.confidence for one in found}

    old, new = weights(before), weights(after)
    return sum(abs(old.get(name, 0.0) - new.get(name, 0.0)) for name in {*old, *new})


def with_rows(rows: Rows, **more: list[Any]) -> Rows:
    return {**rows, **{kind: [*rows.get(kind, []), *some] for kind, some in more.items()}}


NEEDS = {
    **CHAIN,
    "organisations": firms("l", "g", "s", "t", region="DEG03"),
    "needs": [
        *links("needs", "l glass", essential="yes", as_of=DAY),
        *links("needs", "l paint", essential="no", as_of=DAY),
    ],
}
SUPPLIED: Rows = {
    **CHAIN,
    "organisations": firms("l", "g", "s", "t", region="DEG03"),
    "needs": links("needs", "l glass", essential="yes", as_of=DAY),
    "supplies": links("supplies", "g l glass", as_of=DAY, lead_time_days=10, stock_cover_days=20),
}


class TestOrder:
    def test_an_essential_input_comes_before_one_that_is_not(self):
        assert asked(NEEDS) == ["Who supplies your glass?", "Who supplies your paint?"]

    def test_one_that_nobody_near_offers_comes_before_one_that_nobody_was_asked_about(self):
        surveyed = with_rows(
            NEEDS,
            needs=[*links("needs", "l steel", essential="yes", as_of=DAY)],
            surveys=[{"region": "DEG0", "capability": "steel", "asked": DAY, "answered": DAY, "as_of": DAY}],
        )
        assert asked(surveyed)[0] == "Who supplies your steel?"

    def test_who_is_asked_in_a_region_and_what_stands_in_each_line(self):
        rows = with_rows(
            NEEDS, organisations=firms("far", region="FR101"), needs=links("needs", "far glass", essential="yes")
        )
        result = questions(graph_of(rows).within(Scope(regions=("DEG",))))
        assert {one["organisation"] for one in lines(result)} == {"l", "Everybody in DEG"}
        survey = next(one for one in lines(result) if one["kind"] == "survey")
        assert survey["question"] == "Who makes or offers glass in DEG?"
        assert survey["why"] == "Needed by l; nobody was asked who offers it."
        assert result.findings[0].title.startswith(("l: ", "Everybody in DEG: "))
        everywhere = ask(rows, "")
        assert {"l", "far"} <= {one["organisation"] for one in lines(everywhere)}

    def test_findings_are_the_first_ones_and_say_how_to_make_a_form(self):
        result = ask(NEEDS)
        assert [one.title for one in result.findings] == asked(NEEDS)
        assert {one.severity for one in result.findings} == {"info"}
        assert result.findings[0].action.endswith("the interview in its check asks for it.")
        assert result.verdict == "2 questions could change the findings. Ask first: Who supplies your glass?"

    def test_no_more_are_listed_than_asked_for_and_the_rest_is_counted(self):
        assert (len(lines(ask(NEEDS, most=1))), ask(NEEDS, most=1).table().cut) == (1, 1)


class TestWhatIsNotAsked:
    def test_what_can_change_nothing(self):
        rows = with_rows(SUPPLIED, supplies=links("supplies", "s l glass", as_of=DAY))
        assert asked(rows) == []
        assert ask(rows).verdict == "No open question would change what is found about l."

    def test_how_long_the_stock_of_a_service_lasts(self):
        parts = [{**one, "kind": "service"} for one in CHAIN["capabilities"]]
        rows = {**SUPPLIED, "capabilities": parts, "supplies": links("supplies", "g l glass", as_of=DAY)}
        assert asked(rows) == []

    def test_who_supplies_what_it_makes_itself(self):
        rows = with_rows(NEEDS, offers=links("offers", "l glass", access="own use", as_of=DAY))
        assert "Who supplies your glass?" not in asked(rows)

    def test_of_somebody_of_whom_nothing_is_known(self):
        result = ask({"organisations": firms("l")})
        assert lines(result) == []
        assert result.verdict.startswith("Not assessed: nothing is known of what l makes or needs.")
        everybody = ask({"organisations": firms("l", "m")}, "")
        assert everybody.notes == (
            "Of 2 organisations in the whole data set nobody said what they make or need; ask them for that first.",
        )

    @pytest.mark.parametrize(
        ("day", "again", "left"), [("2025-12-01", 12, 1), ("2024-06-01", 12, 2), ("2025-12-01", 0, 2)]
    )
    def test_what_was_asked_lately_without_an_answer(self, day: str, again: int, left: int):
        rows = with_rows(NEEDS, surveys=[{"organisation": "l", "capability": "glass", "asked": day, "as_of": day}])
        assert len(asked(rows, again=again)) == left

    def test_who_supplies_what_was_answered_without_a_name(self):
        told = {"organisation": "l", "capability": "glass", "asked": DAY, "answered": DAY, "as_of": DAY}
        assert asked(with_rows(NEEDS, surveys=[told])) == ["Who supplies your paint?"]

    def test_times_that_were_not_told_when_the_supplier_was(self):
        told = {"organisation": "l", "capability": "glass", "asked": DAY, "answered": DAY, "as_of": DAY}
        rows = {**SUPPLIED, "supplies": links("supplies", "g l glass", as_of=DAY), "surveys": [told]}
        assert asked(rows) == ["How long does a new delivery of glass from g take, and how long does your stock last?"]


class TestForetold:
    """Each answer, given, changes the findings of the check as far as the question said."""

    @pytest.mark.parametrize("essential", ["yes", "no", None])
    def test_one_supplier_of_an_input(self, essential: str | None):
        rows = {
            **NEEDS,
            "needs": links("needs", "l glass", as_of=DAY, **({"essential": essential} if essential else {})),
        }
        after = with_rows(rows, supplies=links("supplies", "g l glass", as_of=DAY))
        assert foretold(rows, "supplier", "only one supplier") == pytest.approx(changed(rows, after), abs=0.05)

    def test_one_supplier_of_an_input_that_nobody_near_offers(self):
        told = {"region": "DEG0", "capability": "glass", "asked": DAY, "answered": DAY, "as_of": DAY}
        rows = with_rows({**NEEDS, "needs": NEEDS["needs"][:1]}, surveys=[told])
        one = with_rows(rows, supplies=links("supplies", "g l glass", as_of=DAY))
        two = with_rows(one, supplies=links("supplies", "s l glass", as_of=DAY))
        assert foretold(rows, "supplier", "only one supplier") == pytest.approx(changed(rows, one), abs=0.05)
        assert foretold(rows, "supplier", "several suppliers") == pytest.approx(changed(rows, two), abs=0.05)

    @pytest.mark.parametrize("essential", ["yes", "no"])
    def test_times_of_a_delivery(self, essential: str):
        needs = links("needs", "l glass", essential=essential, as_of=DAY)
        rows = {**SUPPLIED, "needs": needs, "supplies": links("supplies", "g l glass", as_of=DAY)}
        days = {"lead_time_days": 90, "stock_cover_days": 20}
        after = {**rows, "supplies": links("supplies", "g l glass", as_of=DAY, **days)}
        answer = "the stock ends before a new delivery arrives"
        assert foretold(rows, "times", answer) == pytest.approx(changed(rows, after), abs=0.05)
        assert foretold(rows, "times", "the stock lasts") == 0

    @pytest.mark.parametrize(
        ("answer", "essential"),
        [("nothing can be made without it", "yes"), ("some things can be made without it", "no")],
    )
    def test_whether_an_input_is_essential(self, answer: str, essential: str):
        rows = {**SUPPLIED, "needs": []}
        after = {**rows, "needs": links("needs", "l glass", essential=essential, as_of=DAY)}
        assert foretold(rows, "essential", answer) == pytest.approx(changed(rows, after), abs=0.05)

    @pytest.mark.parametrize("others", [0, 1])
    def test_whether_a_guessed_supplier_delivers(self, others: int):
        known = [*links("supplies", "s l glass", as_of=DAY)][:others]
        rows = {**SUPPLIED, "supplies": [*known, *links("supplies", "g l glass", **GUESS)]}
        yes = {**rows, "supplies": [*known, *links("supplies", "g l glass", as_of=DAY)]}
        no = {**rows, "supplies": known}
        assert foretold(rows, "link", "yes") == pytest.approx(changed(rows, yes), abs=0.05)
        assert foretold(rows, "link", "no") == pytest.approx(changed(rows, no), abs=0.05)

    def test_whether_one_customer_takes_most(self):
        rows = with_rows(NEEDS, supplies=links("supplies", "l t lens", as_of=DAY))
        after = with_rows(NEEDS, supplies=links("supplies", "l t lens", as_of=DAY, sales_share=0.7))
        assert foretold(rows, "sales", "one customer takes more than half") == pytest.approx(
            changed(rows, after), abs=0.05
        )

    def test_a_guess_that_is_not_true_takes_what_follows_from_it_away(self):
        offers = [*links("offers", "l lens", **GUESS), *links("offers", "g glass", "s steel", as_of=DAY)]
        rows = {**CHAIN, "organisations": NEEDS["organisations"], "offers": offers}
        no = {**rows, "offers": rows["offers"][1:]}
        assert "Is it right that you make or offer lens?" in asked(rows)
        assert foretold(rows, "offer", "no") >= changed(rows, no) - 0.05  # beside findings, those that are possible


class TestForetoldOfAScope:
    """The same for the findings on gaps in a region."""

    def rows(self, *offers: dict[str, Any], **more: list[Any]) -> Rows:
        return {**chain("head>unit"), "organisations": firms("a", "b", region="DEG03"), "offers": list(offers), **more}

    def expected(self, rows: Rows, kind: str, answer: str) -> float:
        result = questions(graph_of(rows).within(REGION))
        (row,) = [one for one in lines(result) if one["kind"] == kind and one["capability"] == "Head"]
        match = re.search(rf"(?:^|; ){answer}: \d+%, changes ([\d.]+)", row["answers"])
        assert match
        return float(match[1])

    def changed(self, before: Rows, after: Rows) -> float:
        def weights(rows: Rows) -> dict[str, float]:
            found = gaps(graph_of(rows).within(REGION)).findings
            return {f"{one.kind} {one.subjects}": WEIGHT[one.severity] * one.confidence for one in found}

        old, new = weights(before), weights(after)
        return sum(abs(old.get(name, 0.0) - new.get(name, 0.0)) for name in {*old, *new})

    @pytest.mark.parametrize("needed", [True, False])
    def test_whether_the_only_one_who_seems_to_offer_it_does(self, needed: bool):
        needs = links("needs", "b head", as_of=DAY) if needed else []
        (guess,), (said,) = links("offers", "a head", **GUESS), links("offers", "a head", as_of=DAY)
        rows = self.rows(guess, needs=needs)
        assert self.expected(rows, "offer", "yes") == pytest.approx(
            self.changed(rows, self.rows(said, needs=needs)), abs=0.06
        )
        assert self.expected(rows, "offer", "no") == pytest.approx(self.changed(rows, self.rows(needs=needs)), abs=0.06)

    def test_who_offers_what_nobody_was_asked_about(self):
        rows = self.rows(needs=links("needs", "b head", as_of=DAY))
        told = {"region": "DEG", "asked": DAY, "answered": DAY, "as_of": DAY}
        nobody = {**rows, "surveys": [{**told, "capability": "head"}]}
        assert self.expected(rows, "survey", "nobody") == pytest.approx(self.changed(rows, nobody), abs=0.06)


class TestOldAndDoubtful:
    def test_a_supplier_named_long_ago_is_asked_about_again(self):
        rows = {
            **SUPPLIED,
            "supplies": links("supplies", "g l glass", as_of="2020-01-01", lead_time_days=9, stock_cover_days=20),
        }
        (line,) = [one for one in lines(ask(rows)) if one["kind"] == "link"]
        assert line["question"] == "Does g still supply you with glass?"
        assert line["why"] == "This was said for 1 January 2020; suppliers change."

    def test_a_supplier_whose_name_is_withheld_is_not_named(self):
        organisations = [*firms("l"), {"id": "g", "name": "Name withheld", "named": "no"}]
        rows = {**SUPPLIED, "organisations": organisations, "supplies": links("supplies", "g l glass", as_of=DAY)}
        (line,) = lines(ask(rows))
        assert line["question"] == "How long does a new delivery of glass take, and how long does your stock last?"
        assert line["why"].startswith("Only one supplier is known. ")

    @pytest.mark.parametrize(
        ("known", "question"),
        [
            ({"lead_time_days": 9}, "How long does your stock of glass last?"),
            ({"stock_cover_days": 9}, "How long does a new delivery of glass from g take?"),
        ],
    )
    def test_only_the_time_that_is_missing_is_asked_for(self, known: dict[str, int], question: str):
        assert asked({**SUPPLIED, "supplies": links("supplies", "g l glass", as_of=DAY, **known)}) == [question]


class TestPriors:
    def test_what_nothing_is_known_of_is_as_likely_as_not(self):
        assert share(np.zeros(0, bool)) == 0.5
        assert share(np.array([True])) == pytest.approx(2 / 3)

    @given(st.lists(st.booleans(), max_size=50))
    def test_one_more_that_is_so_makes_it_likelier(self, said: list[bool]):
        assert share(np.array([*said, True], bool)) > share(np.array(said, bool)) - 1e-12
        assert 0 < share(np.array(said, bool)) < 1

    def test_the_more_inputs_hang_on_one_supplier_the_more_it_matters_who_supplies_another(self):
        def expected(*supplies: str) -> float:
            rows = {**NEEDS, "needs": NEEDS["needs"][:1], "supplies": links("supplies", *supplies, as_of=DAY)}
            return float(next(one["expected_change"] for one in lines(ask(rows)) if one["kind"] == "supplier"))

        assert expected("g t steel", "g s steel") > expected("g t steel") > expected("g t steel", "s t steel")

    @given(st.floats(0.01, 1), st.floats(0.01, 1), st.sampled_from([1.0, 2.0, 4.0, 8.0]))
    def test_a_surer_finding_weighs_no_less(self, one: float, other: float, weight: float):
        less, more = sorted((one, other))
        assert float(worth(weight, np.array(less))) <= float(worth(weight, np.array(more))) + 1e-12

    def test_weights_of_weak_points(self):
        essential = np.array([True, True, False, False, True, False, True])
        suppliers = np.array([1, 1, 1, 1, 2, 2, 2])
        groups = np.array([1, 1, 1, 1, 1, 1, 2])
        short = np.array([False, True, False, True, False, False, False])
        assert weak_point(essential, suppliers, groups, short).tolist() == [4, 8, 1, 2, 2, 1, 0]


things = st.sampled_from(["glass", "steel", "paint"])
who = st.sampled_from(["l", "g", "s", "t"])
said = st.fixed_dictionaries(
    {"as_of": st.sampled_from([DAY, "2019"])},
    optional={"lead_time_days": st.integers(0, 90), "stock_cover_days": st.integers(0, 90),
              "sales_share": st.floats(0, 1), "status": st.sampled_from(["declared", "inferred"])},
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(
    st.lists(st.tuples(who, who, things, said), max_size=8),
    st.lists(st.tuples(things, st.sampled_from(["yes", "no", None])), max_size=3, unique_by=lambda one: one[0]),
    st.sampled_from(["l", ""]),
)
def test_questions_are_ranked_and_each_can_change_something(supplies: list[Any], needs: list[Any], organisation: str):
    rows = {
        **CHAIN,
        "organisations": firms("l", "g", "s", "t", region="DEG03"),
        "supplies": [{"supplier": a, "buyer": b, "capability": c, **more} for a, b, c, more in supplies],
        "needs": [{"organisation": "l", "capability": c} | ({"essential": e} if e else {}) for c, e in needs],
        "offers": links("offers", "l lens", status="inferred", confidence=0.4, as_of=DAY),
    }
    result = ask(rows, organisation)
    expected = [one["expected_change"] for one in lines(result)]
    assert expected == sorted(expected, reverse=True)
    assert len(
        {(one["kind"], one["organisation_key"], one["capability_key"], one["about_key"]) for one in lines(result)}
    ) == len(expected)
    for one in lines(result):
        parts = [re.search(r": (\d+)%, changes ([\d.]+)$", part) for part in one["answers"].split("; ")]
        numbers = [(int(part[1]), float(part[2])) for part in parts if part]
        assert sum(likely for likely, _ in numbers) == pytest.approx(100, abs=2)
        assert one["expected_change"] >= 0
    assert ask(rows, organisation) == result


def test_the_demo_asks_its_firm_what_matters(demo: Service):
    result = demo.run("questions", {"organisation": "example-cluster:laserhead", "with": "synthetic"})
    table = demo.run("audit", {"organisation": "example-cluster:laserhead"}).table("questions")
    assert result.table().rows == table.rows  # one ranking, wherever it is shown
    assert all(evidence for evidence in result.table().evidence)
