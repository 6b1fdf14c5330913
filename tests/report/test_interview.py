"""The form to print: everything that can be answered has a place to answer it."""

from __future__ import annotations

import re
from typing import Any

from valuechain.model.interview import Links, form_of
from valuechain.report.interview import form_page

THING = {"capability": "Glass", "capability_key": "c:glass", "about": None, "about_key": None, "why": "Because."}


def page_of(*kinds: str, links: Links | None = None) -> str:
    rows: list[dict[str, Any]] = [{**THING, "kind": kind, "question": f"A question on {kind}?"} for kind in kinds]
    return form_page(form_of("m:1", "Müller & Söhne <GmbH>", 3, rows, links, is_known=True))


def text(page: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<body>")[2]).split())


def test_names_are_written_as_text():
    page = page_of("offer")
    assert "<h1>Interview: Müller &amp; Söhne &lt;GmbH&gt;</h1>" in page
    assert "default-src &#39;none&#39;; style-src &#39;sha256-" in page
    assert "<script" not in page


def test_choices_are_boxes_to_tick_and_everything_else_a_line_to_write_on():
    told = text(page_of("supplier"))
    assert "1 A question on supplier? Because. Name of the firm Town A new delivery takes (days)" in told
    assert "Instead of a name: exists, name withheld we make it ourselves we do not need it" in told
    assert "Could you go on without it? yes no don&#39;t know" in told
    offer = text(page_of("offer"))
    assert "A question on offer? Because. yes no don&#39;t know rather not say" in offer


def test_the_largest_customer_is_named_or_ticked_and_the_share_written():
    told = text(page_of("sales", links=Links(customers={"Kunde AG": ("k:1", "c:lens", "")})))
    assert "Name of the customer Town yes no don&#39;t know rather not say Kunde AG exists, name withheld" in told
    assert "About what share of your sales does it take, in %? Per cent" in told


def test_of_somebody_new_the_name_stands_there_already():
    page = form_page(form_of("", "Optik", 0))
    assert '<span class="given">Optik</span>' in page
    assert "firm with less than 250 staff" in text(page)
