"""One name for each form of a result."""

import json

import pytest

from tests.support.results import about, result
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.report.render import FORMATS, forms_of, render


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if one.had_by is None])
def test_every_form_is_made_and_text_is_utf8(form: str):
    content = render(result(), about(), form)

    assert content
    if FORMATS[form].is_text:
        content.decode()
    else:
        assert content.startswith(b"%PDF" if form == "pdf" else b"PK")


def test_json_is_the_result():
    assert json.loads(render(result(), about(), "json"))["verdict"] == "Two of three firms are wanting."


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if one.takes_table])
def test_one_table_may_be_chosen_where_the_form_holds_one(form: str):
    assert b"Laser AG" in render(result(), about(), form, "firms")
    with pytest.raises(NotFoundError, match="no table"):
        render(result(), about(), form, "other")


@pytest.mark.parametrize("form", [name for name, one in FORMATS.items() if not one.takes_table])
def test_a_form_that_holds_every_table_refuses_to_choose_one(form: str):
    with pytest.raises(QuestionError, match=f"{form} holds every table.*text, csv"):
        render(result(), about(), form, "firms")


def test_an_unknown_form_is_refused_with_the_known_ones():
    with pytest.raises(QuestionError, match=r"no format called 'doc'.*text, json, csv, html, xlsx"):
        render(result(), about(), "doc")


@pytest.mark.parametrize(("form", "mark"), [("text", "made up"), ("json", "synthetic"), ("csv", "synthetic")])
def test_every_form_says_what_is_made_up(form: str, mark: str):
    assert mark in render(result(), about(), form).decode()


def test_only_a_document_to_hand_on_has_the_form_to_go_on_writing():
    assert "docx" not in forms_of(result())
    with pytest.raises(QuestionError, match=r"sample is no document to go on writing.*brief, dossier"):
        render(result(), about(), "docx")
