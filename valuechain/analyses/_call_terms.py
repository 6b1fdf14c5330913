"""Which rules a question names: carried ones, those of a call, or a file of one's own."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any

from valuechain.analyses._keys import find
from valuechain.model.call_rules import CallRules, Rule, parse_call_rules
from valuechain.model.errors import NotFoundError, QuestionError

if TYPE_CHECKING:
    from valuechain.model.graph import ValueGraph

NO_DAY = date.min.isoformat()
"""What the graph's day is where no record tells one."""

NO_RULES = CallRules("", "no rules of a call", "", "", "", "", "", "", {}, ())
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
        raise QuestionError("Rules are named twice.", "Use one of --rules, --call and --rules-file.")
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
        known = ", ".join(graph.call_rules) or "none"
        raise NotFoundError(f"No rules are called {name!r}.", f"Known rules: {known}; or give a file of your own.")
    return parse_call_rules(graph.call_rules[name])


def _with_readiness(rules: CallRules, call: Any) -> CallRules:
    """The rules of a call, with its own readiness level in place of what its kind of call usually asks."""
    if call["trl_min"] != call["trl_min"]:
        return rules
    highest = 0 if call["trl_max"] != call["trl_max"] else int(call["trl_max"])
    own = Rule("readiness", int(call["trl_min"]), highest, article=f"call {call['title']}")
    return replace(rules, rules=(*(rule for rule in rules.rules if rule.kind != "readiness"), own))


def _too_late(day: str, rules: CallRules, call: Any) -> str:
    if call is not None and isinstance(call["closes"], str) and call["closes"] + "~" < day:
        return f"The call {call['title']} closed on {call['closes']}"
    if day == NO_DAY or rules.holds_on(day):
        return ""
    if day < rules.valid_from:
        return f"The rules of {rules.title} hold from {rules.valid_from} on"
    return f"The rules of {rules.title} held until {rules.valid_until}"


def _remarks(day: str, rules: CallRules, call: Any) -> list[str]:
    remarks = [rules.note] if rules.note else []
    if day == NO_DAY and rules.rules:
        remarks.append("The data tell no day: say with --valid-on on which day the rules are to be looked at.")
    if call is None:
        return remarks
    if isinstance(call["opens"], str) and call["opens"] > day:
        remarks.append(f"The call {call['title']} opens on {call['opens']}.")
    money = []
    if call["max_eur"] == call["max_eur"]:
        money.append(f"EUR {call['max_eur']:,.0f} at most")
    if call["grant_rate"] == call["grant_rate"]:
        money.append(f"{call['grant_rate']:.0%} of the costs")
    if money:
        remarks.append(f"The call pays {', '.join(money)}; what a consortium costs is not known here.")
    if not rules.rules:
        remarks.append(f"The call {call['title']} names no rules: only the capabilities are looked at.")
    return remarks
