"""Any table of a result as a page shows it."""

from dataclasses import replace

import pytest

from tests.support.results import TABLE, about, result
from tests.support.small import chain, delivery, firms, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.graph import View
from valuechain.model.result import Column, Table
from valuechain.web.address import Address
from valuechain.web.ask import Answer
from valuechain.web.sections import Plan, sections_of, split_verdict
from valuechain.web.tables import table_view, thing_link


@pytest.fixture(scope="module")
def answer():
    rows = chain("lens>optik", markets=["health"], optional=["lens>health"])
    rows["organisations"] = [*firms("optik", "laser", region="DE91C"), *firms("linse", status="synthetic")]
    view = View(statuses=("declared", "synthetic"))
    return Answer(
        about(), result(), build(snapshot(delivery(rows, "a")), view, Reference({}, {"DE9": "Niedersachsen"}))
    )


def view(answer, query=None, **more):
    return table_view(answer, TABLE, Address("/analysis/sample", query or {}), **more)


def test_columns_of_keys_are_not_shown_but_make_links(answer):
    shown = view(answer)

    assert [head.name for head in shown.heads] == ["firm", "state", "orders", "turnover", "asked", "since", "status"]
    assert shown.rows[0].cells[0].link == "/check/a:optik"


def test_a_column_that_says_in_every_row_whom_the_question_is_about_is_not_shown(answer):
    columns = (
        Column("buyer", "text", "Who needs it"), Column("buyer_key", "key", "Its key"),
        Column("supplier", "text", "Who offers it"), Column("supplier_key", "key", "Its key"),
    )  # fmt: skip
    rows = (("Optik", "a:optik", "Laser", "a:laser"), ("Optik", "a:optik", "Linse", "a:linse"))
    table = Table("links", "Links", columns, rows, ((), ()))

    def heads(organisation: str) -> list[str]:
        asked = replace(answer, options={"organisation": organisation})
        return [head.name for head in table_view(asked, table, Address("/x", {})).heads]

    assert heads("a:optik") == heads("optik") == ["supplier"]
    assert heads("a:laser") == heads("") == ["buyer", "supplier"]


def test_cells_are_drawn_by_what_they_are(answer):
    cells = view(answer).rows[0].by_name

    assert (cells["state"].look, cells["state"].text) == ("state", "unlinked")
    assert (cells["orders"].look, cells["orders"].text) == ("number", "12")
    assert (cells["turnover"].look, cells["turnover"].text) == ("number", "1,234,568")
    assert (cells["asked"].look, cells["asked"].text) == ("text", "yes")
    assert cells["status"].look == "status"


def test_numbers_of_one_column_have_the_same_number_of_decimals_on_whatever_page_they_stand(answer):
    columns = (Column("firm", "text", "Its name"), Column("gain", "number", "What it adds"))
    rows = (("Optik", 1.9), ("Laser", 2.64), ("Linse", 4.0))
    table = Table("gains", "Gains", columns, rows, ((),) * 3)

    shown = table_view(answer, table, Address("/x", {}), rows=[0, 2])

    assert [row.by_name["gain"].text for row in shown.rows] == ["1.90", "4.00"]


def test_a_number_bears_its_unit_where_the_head_of_its_column_is_not_shown(answer):
    cells = view(answer).rows[0].by_name

    assert (cells["turnover"].label, cells["state"].label) == ("Turnover, EUR", "State")


def test_a_time_reads_as_one(answer):
    table = Table("meetings", "Meetings", (Column("start", "datetime", "When"),), (("2026-10-01T09:05",),), ((),))

    (row,) = table_view(answer, table, Address("/x", {})).rows

    assert row.by_name["start"].text == "1 Oct 2026, 09:05"


def test_a_column_of_sentences_wants_room(answer):
    columns = (Column("firm", "text", "Its name"), Column("why", "text", "Why"))
    table = Table("reasons", "Reasons", columns, (("Optik", "It makes lenses. " * 8),), ((),))

    assert [head.long for head in table_view(answer, table, Address("/x", {})).heads] == [False, True]


def test_what_is_not_known_is_empty_and_opens_nothing(answer):
    cell = view(answer).rows[1].by_name["turnover"]

    assert (cell.text, cell.evidence) == ("", "")


def test_a_number_opens_the_records_of_its_row(answer):
    shown = view(answer)

    assert shown.rows[0].by_name["orders"].evidence == "/analysis/sample?evidence=firms.1.orders#firms-1"
    assert shown.rows[0].evidence == "/analysis/sample?evidence=firms.1#firms-1"
    assert shown.rows[2].evidence == ""


def test_the_number_whose_evidence_is_open_is_picked_alone(answer):
    shown = view(answer, {"evidence": "firms.1.orders"})

    assert [row.picked for row in shown.rows] == [True, False, False]
    assert [cell.name for row in shown.rows for cell in row.cells if cell.picked] == ["orders"]


@pytest.mark.parametrize(
    ("sort", "anchors", "sorted_"),
    [
        ("firms.-orders", ["firms-1", "firms-2", "firms-3"], "descending"),
        ("firms.orders", ["firms-2", "firms-1", "firms-3"], "ascending"),
        ("firms.firm", ["firms-2", "firms-3", "firms-1"], "ascending"),
        ("firms.nothing", ["firms-1", "firms-2", "firms-3"], ""),
        ("other.orders", ["firms-1", "firms-2", "firms-3"], ""),
    ],
)
def test_sorting_keeps_each_rows_own_number_and_puts_the_unknown_last(answer, sort, anchors, sorted_):
    shown = view(answer, {"sort": sort})

    assert [row.anchor for row in shown.rows] == anchors
    assert sorted_ in {head.sorted for head in shown.heads}


def test_the_head_of_the_sorted_column_turns_the_order_around(answer):
    heads = {head.name: head for head in view(answer, {"sort": "firms.-orders"}).heads}

    assert heads["orders"].sorts == "/analysis/sample?sort=firms.orders#t-firms"
    assert heads["turnover"].sorts == "/analysis/sample?sort=firms.-turnover#t-firms"
    assert heads["firm"].sorts == "/analysis/sample?sort=firms.firm#t-firms"


def test_rows_beyond_the_first_are_counted_and_one_link_away(answer):
    large = replace(TABLE, rows=TABLE.rows * 5, evidence=TABLE.evidence * 5)
    shown = table_view(answer, large, Address("/x", {}), first=4)

    assert (len(shown.rows), shown.total, shown.hidden, shown.cut) == (4, 15, 11, 7)
    assert shown.shows_all == "/x?show=firms#t-firms"
    assert table_view(answer, large, Address("/x", {"show": "other,firms"}), first=4).hidden == 0


def test_only_the_wanted_columns_and_rows_are_shown(answer):
    shown = view(answer, columns=("status", "firm", "missing"), rows=[2])

    assert [head.name for head in shown.heads] == ["status", "firm"]
    assert [row.anchor for row in shown.rows] == ["firms-3"]
    assert shown.filtered


def test_planned_tables_come_first_and_no_table_is_forgotten(answer):
    both = Answer(answer.analysis, result(), answer.graph)
    found = sections_of(both, Address("/x", {}), {"missing": Plan("Not there"), "firms": Plan("Firms", word="F")})

    assert [(one.heading, one.word) for one in found] == [("Firms", "F")]
    assert sections_of(both, Address("/x", {}), {}, apart=["firms"]) == ()
    assert sections_of(both, Address("/x", {}), {})[0].heading == TABLE.title


@pytest.mark.parametrize(
    ("verdict", "first", "rest"),
    [
        ("One stops it. Nobody offers lenses.", "One stops it.", "Nobody offers lenses."),
        ("61 of 72 in Example Cluster e. V.; of these, 27.", "61 of 72 in Example Cluster e. V.;", "of these, 27."),
        ("It is known", "It is known", ""),
        ("Example AB fails. 9 of 14 are known.", "Example AB fails.", "9 of 14 are known."),
    ],
)
def test_a_verdict_opens_with_the_finding(verdict, first, rest):
    assert split_verdict(verdict) == (first, rest)


def test_no_verdict_is_none():
    assert split_verdict("") is None


@pytest.mark.parametrize(
    ("column", "key", "link"),
    [
        ("organisation", "a:laser", "/check/a:laser"),
        ("hangs_on", "a:optik", "/check/a:optik"),
        ("input", "a:optik", "/gaps?capability=a:optik"),
        ("column", "a:lens", "/gaps?capability=a:lens"),
        ("column", "a:health", ""),
        ("column", "DE9", "/regions/DE9"),
        ("record", "3-17", "/records/3-17"),
        ("organisation", "a:gone", ""),
    ],
)
def test_a_key_leads_to_the_page_of_what_it_names(answer, column, key, link):
    assert thing_link(column, key, answer.graph, Address("/x", {})) == link
