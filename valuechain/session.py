"""The program in Python and notebooks: open a store, import, ask."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Self

from valuechain import registry
from valuechain.demo import demo_file, make_demo, store_address
from valuechain.model.analysis import Analysis
from valuechain.model.difference import Difference
from valuechain.model.errors import NotFoundError
from valuechain.model.import_report import ImportReport
from valuechain.model.language import say
from valuechain.model.question import read_view
from valuechain.model.result import Result
from valuechain.service import Service, open_service
from valuechain.settings import Settings
from valuechain.sources.reading import Reading

if TYPE_CHECKING:
    from plotly.graph_objects import Figure

    from valuechain.model.graph import ValueGraph


@dataclass(frozen=True, kw_only=True)
class Answer(Result):
    """A result that shows itself in a notebook and draws its charts; `about` is the analysis that gave it."""

    about: Analysis

    def figure(self, name: str = "") -> Figure:
        """Draw the chart called `name`, or the first, with plotly; NotFoundError if there is none."""
        from valuechain.report.figures import figure

        for chart in self.charts:
            if name in ("", chart.name):
                return figure(chart, self)
        known = ", ".join(chart.name for chart in self.charts) or say("none")
        raise NotFoundError(
            say("This result has no chart {name!r}.", name=name), say("It has: {charts}.", charts=known)
        )

    def save(self, file: str | Path) -> None:
        """Write the result to a file, in the form that its ending stands for: .html, .xlsx, .json, .csv or .txt."""
        from valuechain.report.render import form_of, render

        file = Path(file)
        file.write_bytes(render(self, self.about, form_of(file) or file.suffix))

    def _repr_html_(self) -> str:
        from valuechain.report.html import to_fragment

        return to_fragment(self)


class Session:
    """One open store; `with` closes it at the end.

    >>> session = vc.open("sqlite:///valuechain.sqlite")            # doctest: +SKIP
    >>> session.run("gaps", region="DE2").frame("gaps")             # doctest: +SKIP
    """

    def __init__(self, service: Service) -> None:
        self._service = service

    def close(self) -> None:
        """Let go of the store."""
        self._service.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exc: object) -> None:
        self.close()

    def import_(
        self,
        *paths: str | Path,
        as_: str = "",
        source: str = "",
        as_of: str = "",
        mapping: str = "",
        dry_run: bool = False,
        strict: bool = False,
        by: str = "",
    ) -> list[ImportReport]:
        """Read files, folders or zips and store them; return one report per delivery. See `Service.import_`.

        `mapping` is the text of a mapping file (YAML), the others as `valuechain.sources.reading.Reading` has them.
        """
        reading = Reading(as_, source, as_of, mapping)
        return self._service.import_([Path(path) for path in paths], reading, dry_run, strict, by)

    def run(self, name: str, **options: object) -> Answer:
        """Answer the question of the analysis `name`.

        Options are those of the command line, with underscores for hyphens, and one behind Python's own words:
        `region="DE2"`, `with_="synthetic"`, `for_="public"`.

        Raises
        ------
        NotFoundError
            For an unknown analysis or organisation.
        QuestionError
            For an option that is not known or does not fit.
        """
        result = self._service.run(name, options)
        given = {field.name: getattr(result, field.name) for field in fields(result)}
        return Answer(**given, about=registry.get(name))

    def graph(self, **options: object) -> ValueGraph:
        """Return the graph; options say which knowledge: `as_of`, `valid_on`, `for_`, `with_`, `without`."""
        view, as_of = read_view(options)
        return self._service.graph(view, as_of)

    def compare(
        self, before: str | int = "", after: str | int = "", plan: bool = False, **options: object
    ) -> Difference:
        """Return what differs between two revisions or dates, and with `plan` what that adds; see `Service.compare`."""
        return self._service.compare(str(before), str(after), options, plan)

    def analyses(self) -> dict[str, str]:
        """Return the names of all analyses with their questions."""
        return {name: registry.get(name).question for name in registry.names()}


def open_session(url: str) -> Session:
    """Open the store at `url`, or, if that is empty, the one that the environment names."""
    settings = Settings.from_environment()
    return Session(open_service(replace(settings, store=url) if url else settings))


def open_demo() -> Session:
    """Open the demo's store; make it if it is not there yet."""
    file = demo_file()
    if not file.exists():
        make_demo(file)
    return open_session(store_address(file))
