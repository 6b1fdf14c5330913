"""@analysis: a typed function becomes an Analysis; its signature and docstring become every door's form and help."""

from __future__ import annotations

import inspect
import re
import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, NewType

from valuechain.model.errors import QuestionError
from valuechain.model.graph import ValueGraph
from valuechain.model.language import say, term
from valuechain.model.result import Result

_RANGE = re.compile(r"(-?[\d.]*\d)?\.\.(-?\d[\d.]*)?")
_SECTION = re.compile(r"^(\w[\w ]*)\n-{3,}\n", re.MULTILINE)


Contents = NewType("Contents", str)
"""The text of a small table (CSV). A command line names the file; other doors give the text itself, never a path."""


@dataclass(frozen=True)
class Parameter:
    """One option of a question, the same for command line, HTTP, page and Python.

    `type` is int, float, str or bool; `default` None means that the option must be given. `is_contents` says that the
    value is the text of a file.
    """

    name: str
    type: type
    default: int | float | str | bool | None
    help: str
    unit: str = ""
    minimum: float | None = None
    maximum: float | None = None
    choices: tuple[str, ...] = ()
    is_contents: bool = False

    @property
    def option(self) -> str:
        """The name as commands and URLs write it: hyphens for underscores."""
        return self.name.replace("_", "-").strip("-")

    def read(self, given: object) -> int | float | str | bool:
        """Return `given` (a typed value, or text from a command line or URL) as this parameter's type.

        Raises QuestionError where it does not fit.
        """
        try:
            value = _READ[self.type](given)
        except ValueError:
            what = say(_WANTED.get(self.type.__name__, _NO_TEXT), option=self.option, text=given)
            raise QuestionError(what, say(self.help)) from None
        if self.choices and value not in self.choices:
            raise QuestionError(
                say("{option}: {text!r} is not known.", option=self.option, text=given),
                say("Use one of: {choices}.", choices=", ".join(self.choices)),
            )
        number = value if isinstance(value, int | float) else None
        if number is not None and self.minimum is not None and number < self.minimum:
            raise QuestionError(
                say("{option}: {value} is too small.", option=self.option, value=str(given)),
                say("The least value is {least:g}.", least=self.minimum),
            )
        if number is not None and self.maximum is not None and number > self.maximum:
            raise QuestionError(
                say("{option}: {value} is too large.", option=self.option, value=str(given)),
                say("The greatest value is {most:g}.", most=self.maximum),
            )
        return value


def _read_bool(given: object) -> bool:
    text = str(given).strip().lower()
    if text not in ("true", "yes", "1", "false", "no", "0"):
        raise ValueError
    return text in ("true", "yes", "1")


def _read_int(given: object) -> int:
    number = float(str(given))
    if not number.is_integer():
        raise ValueError
    return int(number)


def _read_float(given: object) -> float:
    number = float(str(given))
    if number - number != 0:
        raise ValueError
    return number


_WANTED = {
    "int": term("{option}: {text!r} is not a whole number."),
    "float": term("{option}: {text!r} is not a number."),
    "bool": term("{option}: {text!r} is not yes or no."),
}
_NO_TEXT = term("{option}: {text!r} is not text.")

_READ: dict[type, Callable[[object], int | float | str | bool]] = {
    bool: _read_bool,
    int: _read_int,
    float: _read_float,
    str: lambda given: str(given).strip(),
}


@dataclass(frozen=True)
class Analysis:
    """A question that the program can answer.

    `name` is hyphenated. `question` is the docstring's first line, `method` its other sections by heading (Formula,
    Units, Reference). `asks_about_one` says that it needs `--organisation`; such an analysis of a made-up organisation
    lets made-up records in by itself.
    """

    name: str
    function: Callable[..., Result]
    version: str
    question: str
    summary: str
    method: Mapping[str, str]
    parameters: tuple[Parameter, ...]
    asks_about_one: bool

    def __call__(self, graph: ValueGraph, **parameters: Any) -> Result:
        """Answer the question on `graph`."""
        return self.function(graph, **parameters)


def analysis(version: str, asks_about_one: bool = False) -> Callable[[Callable[..., Result]], Analysis]:
    """Turn a typed function `f(graph, *, option: type = default, ...) -> Result` into an Analysis.

    The docstring is in numpy style. In its Parameters section the line `name : type, LOW..HIGH, unit` gives range and
    unit; the text below it is the help. The first line is the question; sections such as Formula, Units and Reference
    are shown as the method.
    """

    def wrap(function: Callable[..., Result]) -> Analysis:
        lead, sections = _sections(inspect.getdoc(function) or "")
        question, _, summary = lead.partition("\n")
        told = _parameter_help(sections.pop("Parameters", ""))
        hints = typing.get_type_hints(function, localns={"ValueGraph": ValueGraph, "Result": Result})
        return Analysis(
            name=function.__name__.replace("_", "-"),
            function=function,
            version=version,
            question=question.strip(),
            summary=_flowing(summary),
            method={heading: text.strip() for heading, text in sections.items()},
            parameters=tuple(
                _parameter(name, hints[name], one.default, *told[name])
                for name, one in inspect.signature(function).parameters.items()
                if name != "graph"
            ),
            asks_about_one=asks_about_one,
        )

    return wrap


def _parameter(name: str, hint: Any, default: Any, line: str, help: str) -> Parameter:
    choices: tuple[str, ...] = ()
    is_contents = hint is Contents
    hint = str if is_contents else hint
    if typing.get_origin(hint) is typing.Literal:
        choices, hint = typing.get_args(hint), str
    minimum = maximum = None
    unit = ""
    for part in line.split(",")[1:]:
        bounds = _RANGE.fullmatch(part.strip())
        if bounds:
            minimum, maximum = (float(bound) if bound else None for bound in bounds.groups())
        elif not choices:
            unit = part.strip()
    required = default is inspect.Parameter.empty
    return Parameter(name, hint, None if required else default, help, unit, minimum, maximum, choices, is_contents)


def _sections(text: str) -> tuple[str, dict[str, str]]:
    """Split a numpy-style docstring into its lead and its sections by heading."""
    lead, *parts = _SECTION.split(text)
    return lead, dict(zip(parts[::2], parts[1::2], strict=True))


def _parameter_help(text: str) -> dict[str, tuple[str, str]]:
    """Type line and help of every parameter in a Parameters section."""
    blocks = re.split(r"^(\w+) : (.*)$", text, flags=re.MULTILINE)[1:]
    return {
        name: (line, _flowing(body)) for name, line, body in zip(blocks[::3], blocks[1::3], blocks[2::3], strict=True)
    }


def _flowing(text: str) -> str:
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in text.strip().split("\n\n"))
