"""A question as any door puts it: every option read and checked, or refused in words."""

from __future__ import annotations

import pytest

from valuechain.model.analysis import Analysis, analysis
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.question import COMMON_OPTIONS, Question, read_view
from valuechain.model.result import Result


@analysis(version="1")
def anything(graph: ValueGraph, *, top_rows: int = 3) -> Result:
    """What is there?

    Parameters
    ----------
    top_rows : int, 1..9
        How many.
    """
    return Result()


@analysis(version="1", asks_about_one=True)
def somebody(graph: ValueGraph, *, colour: str) -> Result:
    """Who is it?

    Parameters
    ----------
    colour : str
        Which colour.
    """
    return Result()


def ask(asked: Analysis = anything, /, **options: object) -> Question:
    return Question.read(asked, options)


def test_without_options_it_is_about_everything_known_for_the_owner_now():
    assert ask() == Question("anything", View(), Scope(), "", 1000, "en", (("top_rows", 3),))
    assert View() == View("owner", ("confirmed", "declared", "inferred"), "")


def test_every_option_has_its_place():
    question = ask(
        as_of="12", valid_on="2026-03-31", for_="public", without="inferred", with_="synthetic,planned",
        organisation="a:1", region="DE2, DEG", country="de,EL", cluster="c:1", kind="sme,rto", chain="photonics",
        limit="5", lang="en", top_rows="7",
    )  # fmt: skip

    assert question == Question(
        "anything",
        View("public", ("confirmed", "declared", "synthetic", "planned"), "2026-03-31"),
        Scope("a:1", ("DE2", "DEG"), ("DE", "GR"), ("c:1",), ("sme", "rto"), "photonics"),
        "12",
        5,
        "en",
        (("top_rows", 7),),
    )


@pytest.mark.parametrize("name", ["valid-on", "valid_on"])
def test_names_may_be_written_with_hyphens_or_underscores(name: str):
    assert ask(**{name: "2026-01-01"}).view.valid_on == "2026-01-01"
    assert ask(**{"for": "cluster"}) == ask(for_="cluster")
    assert ask(**{"with": "planned"}) == ask(with_="planned")


def test_equal_questions_are_equal_and_can_be_remembered():
    assert len({ask(), ask(limit="1000"), ask(top_rows=4)}) == 2


def test_statuses_come_in_one_order_and_what_is_left_out_stays_out():
    assert ask(with_="planned,synthetic").view == ask(with_="synthetic,planned").view
    assert ask(with_="synthetic", without="synthetic").view == View()
    assert ask(without="confirmed,declared,inferred").view.statuses == ()


@pytest.mark.parametrize(
    ("options", "why"),
    [
        ({"colour": "red"}, "anything has no option colour. It has: as-of, "),
        ({"colour": 1, "age": 2}, "anything has no option age, colour. "),
        ({"top_rows": 10}, "top-rows: 10 is too large. The greatest value is 9."),
        ({"limit": -1}, "limit: -1 is too small. The least value is 0."),
        ({"for_": "everybody"}, "for: 'everybody' is not known. Use one of: public, cluster, advisor, owner."),
        ({"without": "guesses"}, "without: 'guesses' is not known. Use one of: confirmed, "),
        ({"with_": "synthetic,x"}, "with: 'x' is not known. "),
        ({"kind": "firm"}, "kind: 'firm' is not known. Use one of: sme, large, "),
        ({"lang": "la"}, "lang: 'la' is not known. Use one of: en, de."),
        ({"valid_on": "yesterday"}, "valid-on: 'yesterday' is not a date. Write it as 2026-03-31."),
        ({"valid_on": "2026"}, "valid-on: '2026' is not a date. "),
        ({"valid_on": "2026-02-30"}, "valid-on: '2026-02-30' is not a date. "),
        ({"as_of": "yesterday"}, "as-of: 'yesterday' is neither a revision nor a date. Write it as 12 or 2026-03-31."),
        ({"as_of": "2026-13-01"}, "as-of: '2026-13-01' is neither a revision nor a date. "),
        ({"limit": None}, "anything needs the option limit. Rows per table; 0 = all"),
    ],
)
def test_what_does_not_fit_is_refused_in_words(options: dict[str, object], why: str):
    with pytest.raises(QuestionError) as refused:
        ask(**options)

    assert str(refused.value).startswith(why)


def test_an_option_without_a_default_must_be_given():
    with pytest.raises(QuestionError, match=r"somebody needs the option colour\. Which colour\."):
        ask(somebody, organisation="a:1")


def test_an_analysis_that_asks_about_one_organisation_must_be_told_which():
    with pytest.raises(
        QuestionError, match=r"somebody asks about one organisation\. Name it with --organisation KEY\."
    ):
        ask(somebody, colour="red")


class TestTheViewAlone:
    def test_is_read_without_any_analysis(self):
        assert read_view({"for": "public", "as-of": 3, "with": "synthetic"}) == (
            View("public", ("confirmed", "declared", "inferred", "synthetic")),
            "3",
        )
        assert read_view({}) == (View(), "")

    def test_takes_no_other_option(self):
        with pytest.raises(
            QuestionError, match=r"This has no option region\. It has: as-of, valid-on, for, without, wi"
        ):
            read_view({"region": "DE2"})

    def test_checks_what_it_takes(self):
        with pytest.raises(QuestionError, match="neither a revision nor a date"):
            read_view({"as_of": "once"})


def test_common_options_are_those_that_the_documents_name():
    assert [one.option for one in COMMON_OPTIONS] == [
        *("as-of", "valid-on", "for", "without", "with"),
        *("organisation", "region", "country", "cluster", "kind", "chain"),
        *("limit", "lang"),
    ]
    assert all(one.help for one in COMMON_OPTIONS)
