"""Collect what the program says for translators, and compile what they wrote.

    python -m tools.messages collect              # valuechain/locale/*/LC_MESSAGES/valuechain.po follow the code
    python -m tools.messages merge de FILE.json   # add translations: {"message": "...", "one|many": ["...", "..."]}
    python -m tools.messages missing de           # what has no translation yet

Messages are the literal texts of `say`, `term` and `plural` in Python and templates, the columns of tables and their
units, what the analyses say of themselves, and the names in the reference data that the package brings along. A
language begins with an empty folder `valuechain/locale/CODE/LC_MESSAGES`.
"""

from __future__ import annotations

import ast
import csv
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from jinja2 import nodes

from valuechain import registry
from valuechain.model.analysis import Parameter
from valuechain.model.language import LOCALE
from valuechain.model.names import MANY_OF_KIND
from valuechain.model.question import COMMON_OPTIONS
from valuechain.model.schema import KINDS
from valuechain.report.words import column_label
from valuechain.sources.nace import sector_labels
from valuechain.web.page import environment

PACKAGE = LOCALE.parent

_HEADER = "# What valuechain says. Licence: EUPL-1.2, as the program."

Message = str | tuple[str, str]


class _Catalog(Catalog):
    """A catalogue that is the same whenever it is written: its head bears no date and no names."""

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        kept = ("Language", "Plural-Forms", "MIME-Version", "Content-Type", "Content-Transfer-Encoding")
        return [(name, value) for name, value in super().mime_headers if name in kept]


def messages() -> dict[Message, str]:
    """Return every message, a plural as two texts, and the file where it is found first."""
    found: dict[Message, str] = {}
    for path in sorted(PACKAGE.rglob("*.py")):
        for message in _of_python(ast.parse(path.read_text(encoding="utf-8"))):
            found.setdefault(message, str(path.relative_to(PACKAGE.parent)))
    for path in sorted((*PACKAGE.rglob("*.html"), *PACKAGE.rglob("*.j2"))):
        for message in _of_template(environment().parse(path.read_text(encoding="utf-8"))):
            found.setdefault(message, str(path.relative_to(PACKAGE.parent)))
    for message, place in (*_of_analyses(), *_of_fields(), *_of_reference()):
        found.setdefault(message, place)
    counted = {message[0] for message in found if isinstance(message, tuple)}
    return {message: place for message, place in found.items() if message not in counted and _has_letters(message)}


def _has_letters(message: Message) -> bool:
    return any(map(str.isalpha, "".join(message)))


def _of_python(tree: ast.AST) -> Iterator[Message]:
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
        texts = [one.value if isinstance(one, ast.Constant) else None for one in call.args]
        if name in ("say", "say_in_html", "term") and texts and isinstance(texts[0], str):
            yield texts[0]
        elif name == "plural" and len(texts) > 1:
            yield from _plural(texts[1:])
        elif name == "Column" and len(texts) > 2 and isinstance(texts[0], str) and isinstance(texts[2], str):
            yield column_label(texts[0])
            yield texts[2]
            yield from (text for text in texts[3:4] if isinstance(text, str))


def _of_template(tree: nodes.Template) -> Iterator[Message]:
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "say" and isinstance(call.args[0], nodes.Const):
            yield call.args[0].value
    for one in tree.find_all(nodes.Filter):
        if one.name == "plural":
            yield from _plural([arg.value if isinstance(arg, nodes.Const) else None for arg in one.args])


def _plural(nouns: Sequence[object]) -> Iterator[Message]:
    if all(isinstance(noun, str) for noun in nouns):
        one, many = str(nouns[0]), str(nouns[1]) if len(nouns) > 1 else f"{nouns[0]}s"
        yield one, many


def _of_analyses() -> Iterator[tuple[Message, str]]:
    for name in registry.names():
        analysis = registry.get(name)
        texts = [analysis.question, *analysis.summary.split("\n\n")]
        texts += [text for heading, text in analysis.method.items() if heading != "Example"]
        texts += list(analysis.method)
        texts += [text for one in analysis.parameters for text in _of_parameter(one)]
        yield from ((text, f"valuechain/analyses/{name.replace('-', '_')}.py") for text in texts)


def _of_parameter(one: Parameter) -> tuple[str, ...]:
    return one.help, one.unit, column_label(one.name.strip("_")), *one.choices


def _of_fields() -> Iterator[tuple[Message, str]]:
    for option in COMMON_OPTIONS:
        yield from ((text, "valuechain/model/question.py") for text in _of_parameter(option))
    for kind in KINDS.values():
        texts = [text for one in kind.fields for text in (column_label(one.name), one.help, one.unit, *one.choices)]
        yield from ((text, "valuechain/model/schema.py") for text in (kind.help, *texts))
    yield from ((text, "valuechain/model/names.py") for text in MANY_OF_KIND.values())


def _of_reference() -> Iterator[tuple[Message, str]]:
    with (PACKAGE / "reference" / "photonics" / "stages.csv").open(encoding="utf-8", newline="") as file:
        yield from ((row["label"], "valuechain/reference/photonics/stages.csv") for row in csv.DictReader(file))
    yield from ((name, "valuechain/reference/nace/nace2.csv") for name in sector_labels().values())
    for rules in sorted((PACKAGE / "reference" / "calls").glob("*.toml")):
        told = tomllib.loads(rules.read_text(encoding="utf-8"))
        texts = [told.get(name) for name in ("title", "document", "article", "note")]
        texts += [
            one.get(name) for name in ("title", "article") for one in (*told.get("groups", {}).values(), *told["rules"])
        ]
        yield from ((text, f"valuechain/reference/calls/{rules.name}") for text in texts if text)


def catalogue(language: str) -> Catalog:
    """Return the catalogue of a language as its file has it, empty where there is none yet."""
    made = _Catalog(language, header_comment=_HEADER, fuzzy=False)
    path = LOCALE / language / "LC_MESSAGES" / "valuechain.po"
    if path.exists():
        with path.open(encoding="utf-8") as file:
            for message in read_po(file, locale=language):
                if message.id:
                    made[message.id] = message
    return made


def collect(language: str) -> None:
    """Let the catalogue of a language follow the code: new messages without a text, old ones gone."""
    _write(language, _following(catalogue(language)))


def merge(language: str, files: list[Path]) -> None:
    """Add translations to the catalogue of a language; later files win."""
    made = _following(catalogue(language))
    known = {message.id if isinstance(message.id, str) else "|".join(message.id): message for message in made}
    for path in files:
        for name, text in json.loads(path.read_text(encoding="utf-8")).items():
            if name in known:
                known[name].string = tuple(text) if isinstance(text, list) else text
    _write(language, made)


def missing(language: str) -> list[Message]:
    """Return the messages that have no text in a language yet."""
    texts = {message.id: message.string for message in catalogue(language)}
    return [message for message in messages() if not all(texts.get(message) or ("",))]


def compiled(made: Catalog) -> bytes:
    """Return a catalogue in the form that is read at run time."""
    content = BytesIO()
    write_mo(content, made)
    return content.getvalue()


def _following(before: Catalog) -> Catalog:
    made = _Catalog(before.locale, header_comment=_HEADER, fuzzy=False)
    said = {message.id: message.string for message in before}
    for message, place in sorted(messages().items(), key=lambda one: (one[1], str(one[0]))):
        text = said.get(message) or (("", "") if isinstance(message, tuple) else "")
        made.add(message, text, locations=[(place, 1)])
    return made


def _write(language: str, made: Catalog) -> None:
    folder = LOCALE / language / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    text = BytesIO()
    write_po(text, made, width=118, include_lineno=False)
    for ending, content in (("po", text.getvalue()), ("mo", compiled(made))):
        new = folder / f"valuechain.{ending}.new"
        new.write_bytes(content)
        new.replace(folder / f"valuechain.{ending}")


def main(arguments: list[str]) -> None:
    """Run the command that the arguments name."""
    match arguments:
        case ["collect"]:
            for folder in sorted(LOCALE.iterdir()):
                collect(folder.name)
        case ["merge", language, *files]:
            merge(language, [Path(file) for file in files])
        case ["missing", language]:
            sys.stdout.write(json.dumps(missing(language), ensure_ascii=False, indent=1) + "\n")
        case _:
            sys.exit(__doc__)


if __name__ == "__main__":
    main(sys.argv[1:])
