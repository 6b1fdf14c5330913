"""Renders templates: one environment, everything escaped, an undefined name is an error."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from valuechain.model.codes import KIND_WORDS, STATUS_WORDS
from valuechain.model.language import LANGUAGES, SOURCE, day_words, listed, plural, say, spoken, term
from valuechain.report.render import forms_of
from valuechain.report.say_in_html import say_in_html
from valuechain.report.words import analysis_words, code_words, weight_words
from valuechain.web import words
from valuechain.web.address import KNOWLEDGE, Address
from valuechain.web.ask import cluster_keys, made_up_keys, mentions
from valuechain.web.frame import Honesty, frame_of, honesty_of_graph, places

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph
    from valuechain.model.result import Result

THEMES = {"auto": term("Auto"), "light": term("Light"), "dark": term("Dark")}
"""Which colours a reader can choose, and what they are called."""


@cache
def environment() -> Environment:
    """Return the templates with the words and formats that they use."""
    made = Environment(
        loader=PackageLoader("valuechain.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(
        day=day_words,
        number=words.number_words,
        plural=plural,
        listed=lambda names, most=0: listed(names, most or len(names)),
        analysis=analysis_words,
        column=words.column_words,
        taken_for=words.taken_for_words,
        file=lambda name: code_words("file", name),
    )
    made.globals.update(
        STATUS_WORDS=STATUS_WORDS,
        STATE_WORDS=words.STATE_WORDS,
        SEVERITY_WORDS=words.SEVERITY_WORDS,
        KIND_WORDS=KIND_WORDS,
        RECORD_WORDS=words.RECORD_WORDS,
        VISIBILITY_WORDS=words.VISIBILITY_WORDS,
        AUDIENCE_WORDS=words.AUDIENCE_WORDS,
        KNOWLEDGE=KNOWLEDGE,
        LANGUAGES=LANGUAGES,
        LANGUAGE_NAMES=words.LANGUAGE_NAMES,
        THEMES=THEMES,
        newest_day=newest_day,
        api_link=api_link,
        copies=copies,
        weight_words=weight_words,
        say=say_in_html,
        said=say,
        spoken=spoken,
    )
    return made


def render(
    request: Request,
    template: str,
    graph: ValueGraph | None,
    honesty: Honesty | None = None,
    status_code: int = 200,
    **context: Any,
) -> HTMLResponse:
    """Return a page.

    Parameters
    ----------
    request : Request
        Says where the reader is and which colours the reader chose.
    template : str
        File name of the template.
    graph : ValueGraph or None
        What the page rests on; None where nothing could be read, so that the page says nothing about it.
    honesty : Honesty, optional
        How sure the page is; by default that of all links of the graph.
    status_code : int
        HTTP status.
    **context
        What the template shows.
    """
    address = Address.of(request)
    theme = request.cookies.get("theme", "auto")
    if graph is not None:
        honesty = honesty or honesty_of_graph(request, graph)
    page = environment().get_template(template)
    return HTMLResponse(
        page.render(
            address=address,
            theme=theme if theme in THEMES else "auto",
            places=places(address),
            frame=None if graph is None else frame_of(request, graph),
            honesty=honesty,
            mentions=lambda text: mentions(text, graph) if graph is not None else [(text, "")],
            clusters=frozenset() if graph is None else graph.once(cluster_keys),
            made_up=frozenset() if graph is None else graph.once(made_up_keys),
            stages=() if graph is None else stages_of(graph),
            **context,
        ),
        status_code,
    )


def stages_of(graph: ValueGraph) -> tuple[str, ...]:
    """Return the labels of the stages in order, of the chain with the most stages."""
    stages = graph["stages"].sort_values("order")
    return max((tuple(rows["label"]) for _, rows in stages.groupby("chain")), key=len, default=())


def newest_day(result: Result, evidence: Sequence[int]) -> str:
    """Return the newest day among the records behind something, empty where none tells its day."""
    return max((result.records[index].as_of or "" for index in evidence), default="")


COPIES = {
    "pdf": term("Report, PDF"),
    "docx": term("Document to edit, DOCX"),
    "xlsx": term("Workbook, XLSX"),
    "html": term("One-file page, HTML"),
    "csv": term("Table, CSV"),
    "json": term("Data, JSON"),
    "ics": term("Calendar, ICS"),
}


def copies(result: Result) -> list[tuple[str, str]]:
    """Return the forms in which an answer can be taken along: ending of the path (none for JSON) and word."""
    had = forms_of(result)
    return [("" if name == "json" else f".{name}", word) for name, word in COPIES.items() if name in had]


def api_link(name: str, ending: str, options: Mapping[str, str]) -> str:
    """Return where the same answer, in the reader's language, is had in another form, such as `.csv`; else as JSON."""
    language = {} if spoken() == SOURCE else {"lang": spoken()}
    query = urlencode({**options, **language}, safe=":,/.")
    return f"/api/v1/analyses/{name}{ending}{'?' if query else ''}{query}"
