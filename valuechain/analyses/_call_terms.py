"""Which rules a question names: carried ones, those of a call, or a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from valuechain.analyses._keys import find
from valuechain.model.call_rules import CallRules, Rule, parse_call_rules
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.language import day_words, say, term

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

NO_DAY = date.min.isoformat()
"""What the graph's day is where no record tells one."""

NO_RULES = CallRules("", term("no rules of a call"), "", "", "", "", "", "", {}, ())
"""What holds where no rules are named: the capabilities have to be covered, nothing else."""


@dataclass(frozen=True)
class Terms:
    """The rules of a question, the call that binds them (its row; None without one), and what to mind of their dates.

    `too_late` says that the call is closed or the rules no longer hold on the day asked about; `remarks` are sentences.
    """

    rules: CallRules
    call: Any
    too_late: str
    remarks: tuple[str, ...]

    @property
    def readiness(self) -> int:
        """The least technology readiness level asked for, 0 if none is."""
        return max((rule.at_least for rule in self.rules.rules if rule.kind == "readiness"), default=0)

    @property
    def most_members(self) -> int:
        """At most so many members, 0 if there is no bound."""
        return min((rule.at_most for rule in self.rules.rules if rule.kind == "members" and rule.at_most), default=0)

    def asks(self, kind: str) -> Rule | None:
        """Return the first rule of a kind, if there is one."""
        return next((rule for rule in self.rules.rules if rule.kind == kind), None)


def terms(graph: ValueGraph, rules: str, call: str, rules_file: str) -> Terms:
    """Return the rules that a question names.

    Raises QuestionError where several are named or a file cannot be read, NotFoundError where there is none of a name.
    """
    if sum(map(bool, (rules, call, rules_file))) > 1:
        raise QuestionError(say("Rules are named twice."), say("Use one of --rules, --call and --rules-file."))
    row = graph["calls"].iloc[find(graph, "calls", call)] if call else None
    if row is not None:
        rules = row["rules"] if isinstance(row["rules"], str) else ""
    found = parse_call_rules(rules_file) if rules_file else _carried(graph, rules) if rules else NO_RULES
    if row is not None:
        found = _with_readiness(found, row)
    return Terms(
        found, row, _too_late(graph.view.valid_on, found, row), tuple(_remarks(graph.view.valid_on, found, row))
    )


def _carried(graph: ValueGraph, name: str) -> CallRules:
    if name not in graph.call_rules:
        known = ", ".join(graph.call_rules) or say("none")
        raise NotFoundError(
            say("No rules are called {name!r}.", name=name),
            say("Known rules: {rules}; or give a file of your own.", rules=known),
        )
    return parse_call_rules(graph.call_rules[name])


def _with_readiness(rules: CallRules, call: Any) -> CallRules:
    """The rules of a call, with its own readiness level in place of what its kind of call usually asks."""
    if call["trl_min"] != call["trl_min"]:
        return rules
    highest = 0 if call["trl_max"] != call["trl_max"] else int(call["trl_max"])
    article = say("call {call}", call=call["title"])
    own = Rule("readiness", int(call["trl_min"]), highest, article=article)
    return replace(rules, rules=(*(rule for rule in rules.rules if rule.kind != "readiness"), own))


def _too_late(day: str, rules: CallRules, call: Any) -> str:
    if call is not None and isinstance(call["closes"], str) and call["closes"] + "~" < day:
        return say("The call {call} closed on {day}", call=call["title"], day=day_words(call["closes"]))
    if day == NO_DAY or rules.holds_on(day):
        return ""
    if day < rules.valid_from:
        return say("The rules of {rules} hold from {day} on", rules=say(rules.title), day=day_words(rules.valid_from))
    return say("The rules of {rules} held until {day}", rules=say(rules.title), day=day_words(rules.valid_until))


def _remarks(day: str, rules: CallRules, call: Any) -> list[str]:
    remarks = [say(rules.note)] if rules.note else []
    if day == NO_DAY and rules.rules:
        remarks.append(say("The data tell no day: say with --valid-on on which day the rules are to be looked at."))
    if call is None:
        return remarks
    if isinstance(call["opens"], str) and call["opens"] > day:
        remarks.append(say("The call {call} opens on {day}.", call=call["title"], day=day_words(call["opens"])))
    money = []
    if call["max_eur"] == call["max_eur"]:
        money.append(say("EUR {amount:,.0f} at most", amount=call["max_eur"]))
    if call["grant_rate"] == call["grant_rate"]:
        money.append(say("{share:.0%} of the costs", share=call["grant_rate"]))
    if money:
        remarks.append(say("The call pays {money}; what a consortium costs is not known here.", money=", ".join(money)))
    if not rules.rules:
        remarks.append(say("The call {call} names no rules: only the capabilities are looked at.", call=call["title"]))
    return remarks
