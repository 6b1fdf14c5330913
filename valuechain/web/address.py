"""The address bar holds the whole state: which options a page was opened with, and links that change some of them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from starlette.requests import Request

KNOWLEDGE = ("as-of", "valid-on", "for", "without", "with", "lang")
"""Options that say on what knowledge, for whom and in which language; they travel from page to page."""

SCOPE = ("region", "country", "cluster", "kind", "chain")
"""Options that say about whom; a form sets them."""

PRESENTATION = (
    "evidence",
    "records",
    "show",
    "sort",
    "capability",
    "input",
    "state",
    "cell",
    "community",
    "measure",
    "set",
    "view",
    "colour",
    "size",
    "overlay",
    "q",
)
"""Options that change what is shown of an answer, not the answer."""


@dataclass(frozen=True)
class Address:
    """Where a reader is: a path and the options that are not empty.

    In the methods below an option's name may be written with underscores, and None takes an option away.
    """

    path: str
    options: Mapping[str, str]

    @staticmethod
    def of(request: Request) -> Address:
        """Read a request's address; an option given several times becomes one, separated by commas."""
        options: dict[str, str] = {}
        for name, value in request.query_params.multi_items():
            if value.strip():
                options[name] = f"{options[name]},{value.strip()}" if name in options else value.strip()
        return Address(request.url.path, options)

    def option(self, name: str) -> str:
        """Return what an option says, empty where it is not given."""
        return self.options.get(name, "")

    @property
    def question(self) -> dict[str, str]:
        """The options that change the answer."""
        return self.asked(())

    def asked(self, own: Collection[str]) -> dict[str, str]:
        """Return the options that change the answer of an analysis that has `own` options, whatever pages call so."""
        return {name: value for name, value in self.options.items() if name in own or name not in PRESENTATION}

    def here(self, **changes: str | None) -> str:
        """Return the link to this page with some options changed."""
        return _link(self.path, {**self.options, **_named(changes)})

    def to(self, path: str, **options: str | None) -> str:
        """Return the link to another page, read on the same knowledge and by the same reader."""
        kept = {name: self.options[name] for name in KNOWLEDGE if name in self.options}
        return _link(path, {**kept, **_named(options)})

    def check(self, key: str, part: str = "") -> str:
        """Return the link to the check of the organisation with this key, or to a part of it such as `/interview`."""
        return self.to(f"/check/{quote(key, safe=':')}{part}")

    def without(self, status: str, left_out: bool) -> str:
        """Return the link to this page with the records of a status left out, or let in again."""
        present = [word for word in self.option("without").split(",") if word and word != status]
        return self.here(without=",".join([*present, status] if left_out else present) or None, evidence=None)

    def with_(self, status: str, let_in: bool) -> str:
        """Return the link to this page with the records of a status let in, or left out again."""
        present = [word for word in self.option("with").split(",") if word and word != status]
        return self.here(with_=",".join([*present, status] if let_in else present) or None, evidence=None)


def _named(options: Mapping[str, str | None]) -> dict[str, str | None]:
    return {name.rstrip("_").replace("_", "-"): value for name, value in options.items()}


def _link(path: str, options: Mapping[str, str | None]) -> str:
    query = urlencode({name: value for name, value in options.items() if value}, safe=":,/.")
    return f"{path}?{query}" if query else path
