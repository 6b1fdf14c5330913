"""One question put to the program: which analysis, on what knowledge, about whom, for which reader."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from valuechain.model.analysis import Analysis, Parameter
from valuechain.model.cells import country_code
from valuechain.model.errors import QuestionError
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.language import LANGUAGES, say, spoken
from valuechain.model.schema import ORGANISATION_KINDS, READERS, STATUSES

VIEW_OPTIONS: tuple[Parameter, ...] = (
    Parameter("as_of", str, "", "What the store knew then: a revision number or a date"),
    Parameter("valid_on", str, "", "Facts by their own dates, and the day that ages count to (ISO date)"),
    Parameter("for_", str, "owner", "Who reads it", choices=READERS),
    Parameter("without", str, "", "Leave records of these statuses out, such as inferred"),
    Parameter("with_", str, "", "Let records of these statuses in: synthetic,planned"),
)
"""Options that say which knowledge is meant, and for whom."""

COMMON_OPTIONS: tuple[Parameter, ...] = (
    *VIEW_OPTIONS,
    Parameter("organisation", str, "", "Key of the organisation asked about"),
    Parameter("region", str, "", "Region codes; a code stands for all regions inside it"),
    Parameter("country", str, "", "Country codes"),
    Parameter("cluster", str, "", "Keys of clusters whose members are meant"),
    Parameter("kind", str, "", f"Kinds of organisation: {', '.join(ORGANISATION_KINDS)}"),
    Parameter("chain", str, "", "Name of a value chain"),
    Parameter("limit", int, 1000, "Rows per table; 0 = all", minimum=0),
    Parameter("lang", str, "en", "Language of the words", choices=LANGUAGES),
)
"""Options that every analysis takes; several values are separated by commas."""


@dataclass(frozen=True)
class Question:
    """A question with every option read and checked.

    `as_of` is a revision number or ISO date as given, or empty for now; `parameters` are the analysis's own.
    """

    analysis: str
    view: View
    scope: Scope
    as_of: str
    limit: int
    language: str
    parameters: tuple[tuple[str, int | float | str | bool], ...]

    @staticmethod
    def read(analysis: Analysis, options: Mapping[str, object]) -> Question:
        """Read options as given to any door; names may be written with hyphens or underscores.

        Without `lang` the answer is in the language that is spoken. Raises QuestionError for an unknown option or a
        value out of range.
        """
        values = _read({"lang": spoken(), **options}, (*COMMON_OPTIONS, *analysis.parameters), analysis.name)
        if analysis.asks_about_one and not values["organisation"]:
            raise QuestionError(
                say("{analysis} asks about one organisation.", analysis=analysis.name),
                say("Name it with --organisation KEY."),
            )
        return Question(
            analysis.name,
            _view(values),
            _scope(values),
            _as_of(values),
            int(values["limit"]),
            str(values["lang"]),
            tuple((one.name, values[one.name]) for one in analysis.parameters),
        )

    def resolved(self, graph: ValueGraph) -> dict[str, str | int | float | bool | None]:
        """Return every option as it was resolved on a graph, under the name that commands and URLs use."""
        scope = graph.scope
        asked: dict[str, str | int | float | bool | None] = {
            "as-of": graph.revision,
            "valid-on": graph.view.valid_on,
            "for": graph.view.reader,
            "statuses": ",".join(graph.view.statuses),
            "organisation": scope.organisation,
            "region": ",".join(scope.regions),
            "country": ",".join(scope.countries),
            "cluster": ",".join(scope.clusters),
            "kind": ",".join(scope.kinds),
            "chain": scope.chain,
            "limit": self.limit,
            "lang": self.language,
        }
        return {**asked, **{name.replace("_", "-"): value for name, value in self.parameters}}


def read_view(options: Mapping[str, object]) -> tuple[View, str]:
    """Read the options that say which knowledge is meant and for whom, without any analysis; return also `as_of`.

    Raises QuestionError for an option that is not one of these, or a value out of range.
    """
    values = _read(options, VIEW_OPTIONS, "This")
    return _view(values), _as_of(values)


def view_among(options: Mapping[str, object]) -> View:
    """Read those options of a question that say which knowledge is meant and for whom; others may stand beside them."""
    known = {option.option for option in VIEW_OPTIONS}
    view, _ = read_view({name: one for name, one in options.items() if name.replace("_", "-").strip("-") in known})
    return view


def _read(
    options: Mapping[str, object], parameters: tuple[Parameter, ...], asked: str
) -> dict[str, int | float | str | bool]:
    """Read the options given, and fill in the defaults of the others."""
    given = {name.replace("-", "_").strip("_"): value for name, value in options.items()}
    values = {}
    for parameter in parameters:
        value = given.pop(parameter.name.strip("_"), parameter.default)
        if value is None:
            raise QuestionError(
                say("{analysis} needs the option {option}.", analysis=asked, option=parameter.option),
                say(parameter.help),
            )
        values[parameter.name] = parameter.read(value)
    if given:
        known = ", ".join(one.option for one in parameters)
        raise QuestionError(
            say("{analysis} has no option {options}.", analysis=asked, options=", ".join(sorted(given))),
            say("It has: {options}.", options=known),
        )
    return values


def _view(values: Mapping[str, object]) -> View:
    valid_on = str(values["valid_on"])
    if valid_on and not _is_day(valid_on):
        raise QuestionError(say("valid-on: {text!r} is not a date.", text=valid_on), say("Write it as 2026-03-31."))
    return View(str(values["for_"]), _statuses(values), valid_on)


def _as_of(values: Mapping[str, object]) -> str:
    as_of = str(values["as_of"])
    if as_of and not as_of.isdecimal() and not _is_day(as_of):
        raise QuestionError(
            say("as-of: {text!r} is neither a revision nor a date.", text=as_of), say("Write it as 12 or 2026-03-31.")
        )
    return as_of


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _statuses(values: Mapping[str, object]) -> tuple[str, ...]:
    left_out, let_in = (_several(values[name], name.strip("_"), STATUSES) for name in ("without", "with_"))
    usual = (*View().statuses, *let_in)
    return tuple(status for status in STATUSES if status in usual and status not in left_out)


def _scope(values: Mapping[str, object]) -> Scope:
    return Scope(
        organisation=str(values["organisation"]),
        regions=_several(values["region"], "region"),
        countries=tuple(country_code(code) for code in _several(values["country"], "country")),
        clusters=_several(values["cluster"], "cluster"),
        kinds=_several(values["kind"], "kind", ORGANISATION_KINDS),
        chain=str(values["chain"]),
    )


def _several(value: object, option: str, choices: tuple[str, ...] = ()) -> tuple[str, ...]:
    words = tuple(word.strip() for word in str(value).split(",") if word.strip())
    unknown = [word for word in words if choices and word not in choices]
    if unknown:
        raise QuestionError(
            say("{option}: {text!r} is not known.", option=option, text=unknown[0]),
            say("Use one of: {choices}.", choices=", ".join(choices)),
        )
    return words
