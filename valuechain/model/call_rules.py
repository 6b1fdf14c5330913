"""The rules that a call for proposals sets for a consortium: dated data, read from the text of a file (TOML)."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from valuechain.model.errors import QuestionError
from valuechain.model.language import say
from valuechain.model.schema import KINDS

CATEGORIES = KINDS["regions"].field("category").choices
"""Categories of regions in cohesion policy."""

COUNTED = ("members", "firms", "smes", "countries", "regions")
"""What a rule may ask a least number of, of members also a greatest one."""

_COUNTS = frozenset({"at_least", "from", "categories"})
_KEYS = {
    **dict.fromkeys(COUNTED, _COUNTS),
    "members": _COUNTS | {"at_most"},
    "eligible": frozenset({"from"}),
    "readiness": frozenset({"at_least", "at_most"}),
    "shared_priority": frozenset[str](),
    "full_service": frozenset[str](),
}
_OF_EVERY_RULE = frozenset({"kind", "article", "varies"})
_OF_A_FILE = frozenset(
    {"name", "title", "valid_from", "valid_until", "document", "article", "url", "note", "groups", "rules"}
)


@dataclass(frozen=True)
class Places:
    """Countries or regions that a rule speaks of together.

    `since` maps a code to the first day on which it belongs, empty where it always did. A code of two letters is a
    country (ISO 3166-1 alpha-2), a longer one a region (NUTS) with all that lies in it.
    """

    title: str
    since: Mapping[str, str]

    def on(self, day: str) -> frozenset[str]:
        """Return the codes that belong on a day (ISO date)."""
        return frozenset(code for code, first in self.since.items() if first <= day)


@dataclass(frozen=True)
class Rule:
    """One rule.

    `kind` is one of COUNTED (a number of independent organisations, of firms or SMEs among them, of countries or
    regions that they lie in), `eligible` (where every member must lie), `readiness` (technology readiness level),
    `shared_priority` (the regions of all members name one priority) or `full_service` (every stage of the chain).
    `at_least` and `at_most` are 0 where there is no such bound. `places` names groups of the file, `categories` those
    of regions; empty does not restrict. `varies` says that it differs from call to call, or could not be verified.
    """

    kind: str
    at_least: int = 0
    at_most: int = 0
    places: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    article: str = ""
    varies: bool = False


@dataclass(frozen=True)
class CallRules:
    """The rules of one kind of call, with where they are from and when they hold (ISO dates, empty = open)."""

    name: str
    title: str
    valid_from: str
    valid_until: str
    document: str
    article: str
    url: str
    note: str
    groups: Mapping[str, Places]
    rules: tuple[Rule, ...]

    def source(self, rule: Rule) -> str:
        """Return where a rule is from, as people cite it."""
        article = rule.article or self.article
        return f"{say(self.document)}, {say(article)}" if article else say(self.document)

    def holds_on(self, day: str) -> bool:
        """Tell whether the rules hold on a day (ISO date)."""
        return self.valid_from <= day and (not self.valid_until or day <= self.valid_until)


def parse_call_rules(text: str) -> CallRules:
    """Return the rules that the text of a file (TOML) states.

    Raises QuestionError where it is no such file, says which rule is not known, and names those that are.
    """
    try:
        told = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        raise QuestionError(
            say("The file of rules cannot be read: {problem}.", problem=problem), say("It has to be TOML.")
        ) from None
    _only(told, _OF_A_FILE, say("The file of rules"))
    for needed in ("name", "title"):
        if not isinstance(told.get(needed), str) or not told[needed].strip():
            raise QuestionError(
                say("The file of rules has no {name}.", name=needed), say('Add a line {name} = "...".', name=needed)
            )
    groups = {name: _places(name, group) for name, group in told.get("groups", {}).items()}
    rules = tuple(_rule(number, rule, groups) for number, rule in enumerate(told.get("rules", ()), start=1))
    if not rules:
        raise QuestionError(say("The file states no rule."), say("Each rule is a table [[rules]] with a kind."))
    texts = {key: str(told.get(key, "")) for key in ("name", "title", "document", "article", "url", "note")}
    days = {key: _day(key, told.get(key)) for key in ("valid_from", "valid_until")}
    return CallRules(**texts, **days, groups=groups, rules=rules)


def _rule(number: int, told: Any, groups: Mapping[str, Places]) -> Rule:
    kind = told.get("kind") if isinstance(told, dict) else None
    if kind not in _KEYS:
        raise QuestionError(
            say("Rule {number} is of no known kind: {kind!r}.", number=number, kind=kind),
            say("Known kinds: {kinds}.", kinds=", ".join(_KEYS)),
        )
    _only(told, _KEYS[kind] | _OF_EVERY_RULE, say("Rule {number} ({kind})", number=number, kind=kind))
    for bound in ("at_least", "at_most"):
        value = told.get(bound, 0)
        if not isinstance(value, int) or isinstance(value, bool) or value < 0:
            raise QuestionError(
                say(
                    "Rule {number} ({kind}): {bound} is {value!r}.", number=number, kind=kind, bound=bound, value=value
                ),
                say("It has to be a whole number."),
            )
    if "at_least" in _KEYS[kind] and not (told.get("at_least") or told.get("at_most")):
        raise QuestionError(
            say("Rule {number} ({kind}) names no number.", number=number, kind=kind), say("Add at_least or at_most.")
        )
    places, categories = (_words(number, told.get(key, ())) for key in ("from", "categories"))
    for place in places:
        if place not in groups:
            what = say("Rule {number} names an unknown group: {name!r}.", number=number, name=place)
            raise QuestionError(what, _known(groups))
    for category in categories:
        if category not in CATEGORIES:
            what = say("Rule {number} names an unknown category: {name!r}.", number=number, name=category)
            raise QuestionError(what, _known(CATEGORIES))
    if kind == "members" and told.get("at_most") and (places or categories):
        raise QuestionError(
            say("Rule {number}: at_most counts all members.", number=number), say("Leave out from and categories.")
        )
    return Rule(
        kind, told.get("at_least", 0), told.get("at_most", 0), places, categories,
        str(told.get("article", "")), bool(told.get("varies", False)),
    )  # fmt: skip


def _words(number: int, told: Any) -> tuple[str, ...]:
    words = (told,) if isinstance(told, str) else tuple(told)
    if not all(isinstance(word, str) for word in words):
        raise QuestionError(
            say("Rule {number} lists something that is no text: {told!r}.", number=number, told=told),
            say("Write names in quotes."),
        )
    return words


def _known(names: Iterable[str]) -> str:
    return say("Known: {names}.", names=", ".join(names))


def _only(told: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = sorted(told.keys() - known)
    if unknown:
        raise QuestionError(
            say("{what} says {name!r}, which is not known.", what=what, name=unknown[0]), _known(sorted(known))
        )


def _places(name: str, told: Any) -> Places:
    codes = told.get("codes") if isinstance(told, dict) else None
    if not isinstance(codes, list | dict) or not codes:
        raise QuestionError(
            say("The group {name!r} lists no codes.", name=name),
            say('Add codes = ["AT", "BE"], or a table with days.'),
        )
    since = {str(code): _day(str(code), codes[code]) for code in codes} if isinstance(codes, dict) else None
    return Places(str(told.get("title", name)), since or dict.fromkeys(map(str, codes), ""))


def _day(name: str, told: Any) -> str:
    if told is None or told == "":
        return ""
    if not isinstance(told, date):
        raise QuestionError(
            say("{name} is {told!r}, which is no day.", name=name, told=told),
            say("Write days as 2021-01-01, without quotes."),
        )
    return told.isoformat()[:10]
