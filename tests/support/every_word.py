"""Finds words on pages that no catalogue could translate: python -m tests.support.every_word [PATH ...]

German is replaced by a language in which what is translated stands between brackets. Of a message only its own words
do, so that a half sentence put into another message is found too. What is left then are data (names, keys, files,
numbers, days) and words that somebody forgot; the data are known and taken away.
"""

from __future__ import annotations

import re
import sys
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from babel import Locale
from starlette.testclient import TestClient

from valuechain.model import language
from valuechain.model.graph import ValueGraph, View
from valuechain.model.names import readable
from valuechain.model.schema import KINDS, STATUSES
from valuechain.service import Service

_PLACE = re.compile(r"(\{\w+(?:![rsa])?(?::[^{}]*)?\})")
_KEY = re.compile(r"\b[\w-]+:[\w-]+(?!\w)")
_READ_ALOUD = ("aria-label", "title", "alt", "placeholder", "data-l", "label")
_SILENT = ("script", "style", "code", "pre", "textarea")
_VOID = ("meta", "link", "input", "br", "img", "hr", "col", "path", "rect", "circle", "line", "use", "polygon")

KEPT = frozenset(
    {"valuechain", "EUR", "km", "TRL", "CSV", "XLSX", "PDF", "JSON", "ICS", "HTML", "DOCX"}
    | {"NACE", "NUTS", "CPC", "CORDIS", "PIC", "LEI", "EUID"}
)
"""Words that are the same in every language."""


class _Brackets:
    """A catalogue in which every message is translated: its own words stand between brackets."""

    def gettext(self, message: str) -> str:
        return "".join(part if _PLACE.fullmatch(part) else f"⟦{part}⟧" for part in _PLACE.split(message) if part)

    def ngettext(self, one: str, many: str, count: int) -> str:
        return self.gettext(one if count == 1 else many)


def _countries(spoken: str) -> dict[str, str]:
    return {code: f"⟦{name}⟧" for code, name in Locale.parse(spoken).territories.items()}


@contextmanager
def everything_translated() -> Iterator[None]:
    """Let German be the language of brackets inside."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(language, "_catalogue", lambda code: _Brackets())
        patch.setattr(language, "_countries", _countries)
        yield


class _Read(HTMLParser):
    """What a page says to eyes and ears; parts in a language of their own, code and what people typed are left out."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        own = dict(attributes)
        leaves_out = tag in _SILENT or (tag != "html" and "lang" in own) or own.get("translate") == "no"
        if self._silent or leaves_out:
            if tag not in _VOID:
                self._silent.append(tag)
            return
        self.texts += [f"\n{own[name]}\n" for name in _READ_ALOUD if own.get(name)]
        self._part(tag)

    def handle_endtag(self, tag: str) -> None:
        self._part(tag)
        if self._silent and tag in self._silent:
            while self._silent.pop() != tag:
                pass

    def _part(self, tag: str) -> None:
        """Texts apart stand on lines of their own; what a picture breaks or a mark sets off is still one."""
        self.texts.append(" " if tag in ("text", "tspan") else "" if tag in ("b", "span") else "\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def leftovers(page: str, graph: ValueGraph, typed: Iterable[str] = ()) -> list[str]:
    """Return the pieces of a page that are neither translated nor data nor what the reader typed, each once."""
    read = _Read()
    read.feed(page)
    text = re.sub(r"[^\S\n]+", " ", _outside_brackets("".join(read.texts)))
    text = _without_names(_KEY.sub(" ", text), (*_names(graph), *typed))
    found: dict[str, None] = {}
    for line in text.splitlines():
        words = [one for one in re.findall(r"[^\W\d_]{2,}", _without_codes(line)) if one not in KEPT]
        if words:
            found[" ".join(line.split())] = None
    return list(found)


def _without_names(text: str, names: Iterable[str]) -> str:
    small = text.lower()
    for name in names:
        if name and name.lower() in small:
            text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", " ", text, flags=re.IGNORECASE)
            small = text.lower()
    return text


def _outside_brackets(text: str) -> str:
    depth, kept = 0, []
    for piece in re.split(r"([⟦⟧])", text):
        if piece in "⟦⟧" and piece:
            depth += 1 if piece == "⟦" else -1
            kept.append(" ")
        elif not depth:
            kept.append(piece)
    return "".join(kept)


def _without_codes(line: str) -> str:
    """A line without file names, keys, addresses, `name=value`, months in German, and codes with digits."""
    line = re.sub(r"\S+\.(csv|xlsx|zip|json|pdf|yaml|toml|html)\b|\S+[:=]\S+|https?://\S+|\b\w*\d\w*\b", " ", line)
    return re.sub(r"\b(Januar|Februar|März|April|Mai|Ju[nl]i|August|September|Oktober|November|Dezember)\b", " ", line)


@lru_cache(maxsize=4)
def _names(graph: ValueGraph) -> tuple[str, ...]:
    """What data are called, longest first."""
    found: set[str] = {label for code, label in graph.region_labels.items() if len(code) > 2}
    for kind in KINDS.values():
        own = [one.name for one in kind.fields if one.type in ("text", "reference", "list") and one.name != "terms"]
        for name in (*own, "key", "label", *(f"label_{code}" for code in language.LANGUAGES)):
            if name in graph[kind.name]:
                found.update(form for one in graph[kind.name][name].dropna() for form in _forms(str(one)))
    for name in ("source", "file"):
        if name in graph.records:
            found.update(str(one) for one in graph.records[name].dropna().unique())
    return tuple(sorted((one for one in found if len(one) > 1), key=len, reverse=True))


def _forms(name: str) -> tuple[str, ...]:
    """A name as stored, in capitals and small letters, without its last stop; of a market without the word."""
    return " ".join(name.split()), readable(name), name.partition(": ")[2], name.rstrip(".")


def everything_known(service: Service) -> ValueGraph:
    """Return the graph of all records, made-up and planned ones too."""
    return service.graph(View("owner", STATUSES))


def untranslated(client: TestClient, path: str) -> list[str]:
    """Return what is not translated on a page, read in the language of brackets."""
    service: Service = client.app.state.service  # type: ignore[attr-defined]
    with everything_translated():
        answer = client.get(path, headers={"Accept-Language": "de"})
    typed = [value for values in parse_qs(urlsplit(path).query).values() for value in values]
    return leftovers(answer.text, everything_known(service), (*typed, *path.split("/")))


def main(paths: list[str]) -> None:
    """Print what is not translated on the pages named, on all of them where none is."""
    from tests.web.conftest import settings_of
    from tests.web.test_every_page import PAGES
    from valuechain.server import create_app
    from valuechain.sources.reference import demo_batches
    from valuechain.stores.open import open_store

    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "demo.sqlite"
        with open_store(f"sqlite:///{store}") as opened:
            for batch in demo_batches():
                opened.write(batch)
        with TestClient(create_app(settings_of(store)), follow_redirects=False) as client:
            for path in paths or PAGES.values():
                found = untranslated(client, path)
                sys.stdout.write(f"\n{path}: {len(found)}\n" + "".join(f"    {one[:150]}\n" for one in found))


if __name__ == "__main__":
    main(sys.argv[1:])
