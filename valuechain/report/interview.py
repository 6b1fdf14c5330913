"""The form of an interview as a page to print: A4, black on white, with room to write by hand."""

from __future__ import annotations

from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from valuechain.model.interview import DONT_KNOW, HEADINGS, REFUSED, Form, Line

_WIDE = ("answer", "who")
_LABELS = {
    ("makes", "answer"): "What",
    ("needs", "answer"): "What you need",
    ("needs", "who"): "Who supplies it",
    ("supplier", "who"): "Name of the firm",
    ("sales", "who"): "Name of the customer",
    ("field", "answer"): "",
    ("share", "answer"): "Per cent",
}
"""What stands below a box, by the kind of line and the cell, where it is not the heading of the workbook."""


def form_page(form: Form) -> str:
    """Return the form as one HTML page that loads and runs nothing."""
    style = files("valuechain.report").joinpath("templates", "interview.css").read_text(encoding="utf-8")
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return _template().render(
        form=form, style=Markup(style), style_hash=f"'sha256-{digest}'", dont_know=DONT_KNOW, refused=REFUSED,
        boxes=_boxes, ticks=_ticks,
    )  # fmt: skip


def _boxes(line: Line) -> list[tuple[str, bool, str]]:
    """Label, whether it is wide, and what stands in it, of each box to write into."""
    written = [cell for cell in line.cells if cell != "go_on" and (cell != "answer" or line.free)]
    return [
        (_LABELS.get((line.id[0], cell), HEADINGS[cell]), cell in _WIDE, line.given if cell == "answer" else "")
        for cell in written
    ]


def _ticks(line: Line) -> list[tuple[str, tuple[str, ...]]]:
    """Choices to tick, each row with a label."""
    rows = []
    if "answer" in line.cells and line.answers:
        rows.append(("", line.answers))
    if "who" in line.cells and line.whom:
        rows.append(("" if line.answers else "Instead of a name:", line.whom))
    if "go_on" in line.cells:
        rows.append((HEADINGS["go_on"], ("yes", "no", DONT_KNOW)))
    return rows


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("valuechain.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    return environment.get_template("interview.html.j2")
