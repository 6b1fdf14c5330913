"""A result as one HTML file that works offline: findings, figures with their tables, and the records behind them."""

from __future__ import annotations

import json
from base64 import b64encode
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from valuechain.model.analysis import Analysis
from valuechain.model.language import day_words, plural, say, speaking, spoken
from valuechain.model.result import Column, Result, Table
from valuechain.report import words
from valuechain.report.document import Block, Document
from valuechain.report.say_in_html import say_in_html

_EMPTY_STYLE = ""
"""plotly.js adds an empty style element and fills it rule by rule; the policy lets that one in by its hash."""


def to_html(result: Result, analysis: Analysis) -> str:
    """Return the result as a page that loads nothing and runs nothing but what it carries, by hash."""
    return _template("report.html.j2").render(
        result=result,
        analysis=analysis,
        subject=words.subject_of(result, analysis),
        policy=policy(result),
        style=Markup(_text("report.css")),
        foreign_styles=_foreign_styles(result),
        scripts=[Markup(script) for script in _scripts(result)],
        figures={chart.name: _embedded(_figure(result, index)) for index, chart in enumerate(result.charts)},
        charts_of=_charts_of(result),
    )


def document_html(document: Document, result: Result) -> str:
    """Return a document as a page that loads nothing and runs nothing, under the same policy as the result's page."""
    return _template("document.html.j2").render(
        document=document, policy=policy(result), style=Markup(_text("report.css")), kind_of=_kind_of
    )


def _kind_of(block: Block) -> str:
    return type(block).__name__.lower()


def to_fragment(result: Result, rows: int = 10) -> str:
    """Return the result as a piece of HTML for notebooks: findings, and the first rows of each table."""
    with speaking(words.language_of(result)):
        return _template("fragment.html.j2").render(result=result, style=Markup(_text("fragment.css")), rows=rows)


def policy(result: Result) -> str:
    """Return the Content-Security-Policy of the result's page: nothing from outside, inline parts by their hashes."""
    scripts = " ".join(map(_hash, _scripts(result))) or "'none'"
    styles = [_text("report.css"), *([_EMPTY_STYLE] if result.charts else [])]
    return (
        f"default-src 'none'; script-src {scripts}; style-src {' '.join(map(_hash, styles))}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _scripts(result: Result) -> list[str]:
    if not result.charts:
        return []
    from valuechain.report.figures import plotly_script

    return [plotly_script(), _text("figures.js")]


def _foreign_styles(result: Result) -> list[str]:
    if not result.charts:
        return []
    from valuechain.report.figures import foreign_styles

    return foreign_styles()


def _figure(result: Result, index: int) -> dict[str, Any]:
    from valuechain.report.figures import description

    return description(result.charts[index], result)


def _embedded(data: object) -> Markup:
    """JSON that cannot end the script element around it."""
    return Markup(json.dumps(data, ensure_ascii=True).replace("<", "\\u003c").replace("&", "\\u0026"))


def _charts_of(result: Result) -> dict[str, list[Any]]:
    return {table.name: [chart for chart in result.charts if chart.table == table.name] for table in result.tables}


def _columns(table: Table) -> list[tuple[int, Column, int | None]]:
    """Position and declaration of the columns that are shown, each with the position of its key, which stands below."""
    place = {column.name: index for index, column in enumerate(table.columns)}
    return [
        (index, column, place.get(f"{column.name}_key"))
        for index, column in enumerate(table.columns)
        if not (column.type == "key" and column.name.removesuffix("_key") in place)
    ]


@cache
def _hash(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


@cache
def _text(name: str) -> str:
    return files("valuechain.report").joinpath("templates", name).read_text(encoding="utf-8")


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=PackageLoader("valuechain.report"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(words=words, columns=_columns, say=say_in_html, said=say, day=day_words, spoken=spoken)
    environment.filters.update(plural=plural)
    return environment.get_template(name)
