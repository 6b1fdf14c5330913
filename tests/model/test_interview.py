"""What a form asks: of whom, in which order, at most how much."""

from __future__ import annotations

import json
from typing import Any

from tests.support.small import chain, firms, graph_of, links
from valuechain.model.interview import CELLS_OF, MOST, Form, Line, Links, form_of, known_links


def row(kind: str, number: int = 1, **more: Any) -> dict[str, Any]:
    thing = f"c:{number}"
    return {"kind": kind, "question": f"Question {number}?", "why": "Because.", "capability": f"Thing {number}",
            "capability_key": thing, "about": None, "about_key": None, **more}  # fmt: skip


def lines(form: Form) -> list[Line]:
    return [line for section in form.sections for line in section.lines]


def titles(form: Form) -> list[str]:
    return [section.title for section in form.sections]


def test_of_somebody_new_it_asks_who_they_are_what_they_make_and_what_they_need():
    form = form_of("", "Optik Muster GmbH", 0)
    assert titles(form) == ["About you", "What you make", "What you need for it"]
    assert lines(form)[0].given == "Optik Muster GmbH"
    assert form.source == "interview-optik-muster-gmbh-0"


def test_of_somebody_of_whom_nothing_is_known_it_asks_what_they_make():
    assert titles(form_of("a:1", "A", 3)) == ["What you make", "What you need for it"]


def test_it_asks_twelve_questions_at_most_and_leaves_room_where_there_are_fewer():
    many = form_of("a:1", "A", 3, [row("offer", number) for number in range(1, 40)], is_known=True)
    few = form_of("a:1", "A", 3, [row("offer")], is_known=True)
    assert [line.number for line in lines(many)] == [str(number) for number in range(1, MOST + 1)]
    assert titles(few) == ["Questions", "What is missing here"]


def test_forms_made_at_different_revisions_are_different_sources():
    assert {form_of("a:1", "A", revision).source for revision in (3, 4)} == {"interview-a-1-3", "interview-a-1-4"}
    assert form_of("", "???", 0).source == "interview-organisation-0"
    again = form_of("interview-optik-0:optik", "Optik", 5)
    assert again.source == "interview-optik-5"


def test_every_line_says_what_it_means_in_an_id_of_its_own():
    kinds = ("supplier", "times", "essential", "link", "offer", "sales", "survey")
    rows = [row(kind, number) for number, kind in enumerate(kinds)]
    form = form_of("", "A", 0, rows)
    ids = [line.written_id for line in lines(form)]
    assert len(set(ids)) == len(ids)
    for line in lines(form):
        assert tuple(json.loads(line.written_id)) == line.id
        assert set(line.cells) <= set(CELLS_OF[line.id[0]])
    assert "survey" not in {line.id[0] for line in lines(form)}  # that is no question to one organisation


def test_nobody_is_asked_how_long_the_stock_of_a_service_lasts():
    form = form_of("a:1", "A", 3, [row("supplier")], Links(services=frozenset({"c:1"})), is_known=True)
    assert "stock_cover_days" not in lines(form)[0].cells
    assert "stock_cover_days" in lines(form_of("a:1", "A", 3, [row("supplier")], is_known=True))[0].cells


def test_known_customers_are_offered_by_name_and_links_keep_the_day_on_which_they_began():
    rows = {
        **chain("glass>lens"),
        "organisations": firms("a", "g", "k"),
        "supplies": [*links("supplies", "g a glass", since="2019"), *links("supplies", "a k lens")],
    }
    rows["capabilities"][0]["kind"] = "service"
    graph = graph_of(rows)
    known = known_links(graph, graph.find("organisations", "test:a"))
    assert known.since == {("test:g", "test:glass"): "2019"}
    assert known.customers == {"k": ("test:k", "test:lens", "")}
    assert known.services == {"test:glass"}
    asked = [row("times", capability_key="test:glass", about_key="test:g"), row("sales", 2)]
    times, sales, _ = lines(form_of("test:a", "a", 1, asked, known, is_known=True))[:3]
    assert times.id == ("times", "test:glass", "test:g", "2019")
    assert sales.whom[0] == "k"
