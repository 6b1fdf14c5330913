"""The form of an interview as a page to print: A4, black on white, with room to write by hand."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from valuechain.model.interview import ANSWERS, DONT_KNOW, GO_ON, HEADINGS, REFUSED, Cell, Form, Line
from valuechain.model.language import say, spoken, term
from valuechain.report.say_in_html import say_in_html

_WIDE = ("answer", "who")
_LABELS = {
    ("makes", "answer"): term("What"),
    ("needs", "answer"): term("What you need"),
    ("needs", "who"): term("Who supplies it"),
    ("supplier", "who"): term("Name of the firm"),
    ("sales", "who"): term("Name of the customer"),
    ("field", "answer"): "",
    ("share", "answer"): term("Per cent"),
}
"""What stands beside a box, by the kind of line and the cell, where it is not the heading of the workbook."""


def box_label(line: Line, cell: Cell) -> str:
    """Return what stands beside the box of a cell; nothing where the question says it already."""
    label = _LABELS.get((line.id[0], cell), HEADINGS[cell])
    return say(label) if label else ""


def form_page(form: Form) -> str:
    """Return the form as one HTML page that loads and runs nothing."""
    return _template().render(
        form=form, style=Markup(_style()), policy=form_policy(), dont_know=say(DONT_KNOW), refused=say(REFUSED),
        boxes=_boxes, ticks=_ticks, language=spoken(),
    )  # fmt: skip


def form_policy() -> str:
    """Return the Content-Security-Policy of the page: nothing from outside, its own style by its hash."""
    digest = b64encode(sha256(_style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


@cache
def _style() -> str:
    return files("valuechain.report").joinpath("templates", "interview.css").read_text(encoding="utf-8")


def _boxes(line: Line) -> list[tuple[str, bool, str]]:
    """Label, whether it is wide, and what stands in it, of each box to write into."""
    written = [cell for cell in line.cells if cell != "go_on" and (cell != "answer" or line.free)]
    return [(box_label(line, cell), cell in _WIDE, line.given if cell == "answer" else "") for cell in written]


def _ticks(line: Line) -> list[tuple[str, tuple[str, ...]]]:
    """Choices to tick, each row with a label."""
    rows = []
    if "answer" in line.cells and line.answers:
        rows.append(("", _offered(line.answers)))
    if "who" in line.cells and line.whom:
        rows.append(("" if line.answers else say("Instead of a name:"), _offered(line.whom)))
    if "go_on" in line.cells:
        rows.append((say(HEADINGS["go_on"]), _offered(GO_ON)))
    return rows


def _offered(choices: Iterable[str]) -> tuple[str, ...]:
    """What may be chosen, in words; names of firms stay as they are."""
    return tuple(say(one) if one in ANSWERS else one for one in choices)


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("valuechain.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.globals.update(say=say_in_html, said=say)
    return environment.get_template("interview.html.j2")
