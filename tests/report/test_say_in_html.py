"""Messages in HTML: markup is what the program wrote; what people wrote stays text."""

from pathlib import Path

import pytest
from jinja2 import nodes

import valuechain
from valuechain.report.say_in_html import say_in_html
from valuechain.web.page import environment

PACKAGE = Path(valuechain.__file__).parent
TEMPLATES = sorted((*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.j2")))


def test_values_are_escaped_and_the_tags_of_the_message_kept():
    assert say_in_html("<b>{name}</b> stops", name="<script>") == "<b>&lt;script&gt;</b> stops"


def test_a_value_that_is_markup_stays_so():
    assert say_in_html("Ask {who}", who=say_in_html("<b>{name}</b>", name="A & B")) == "Ask <b>A &amp; B</b>"


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_templates_take_for_markup_only_what_is_written_in_them(path: Path):
    tree = environment().parse(path.read_text(encoding="utf-8"))
    said = [call for call in tree.find_all(nodes.Call) if getattr(call.node, "name", "") == "say"]

    assert [call.lineno for call in said if not isinstance(call.args[0], nodes.Const)] == []
