"""Files of rules: what they may say, and clear answers to what they may not."""

import pytest

from valuechain.model.build import Reference, build
from valuechain.model.call_rules import Rule, parse_call_rules
from valuechain.model.columnar import from_columns, to_columns
from valuechain.model.errors import QuestionError
from valuechain.model.example import snapshot
from valuechain.model.graph import View

OWN = """
name = "own"
title = "Our own call"
valid_from = 2024-01-01
valid_until = 2026-12-31
document = "Call text"
article = "Section 2"

[groups.north]
title = "the north"
codes = ["DE6", "DK"]

[groups.joined]
codes = { CH = 2025-01-01, NO = 2021-01-01 }

[[rules]]
kind = "members"
at_least = 3
at_most = 6

[[rules]]
kind = "countries"
at_least = 2
from = "north"
categories = ["transition"]
article = "Section 3"
varies = true

[[rules]]
kind = "readiness"
at_least = 5
"""


def test_a_file_says_which_rules_hold_when_and_where_they_are_from():
    own = parse_call_rules(OWN)

    assert (own.name, own.title, own.valid_from, own.valid_until) == ("own", "Our own call", "2024-01-01", "2026-12-31")
    assert own.rules == (
        Rule("members", 3, 6),
        Rule("countries", 2, 0, ("north",), ("transition",), "Section 3", True),
        Rule("readiness", 5),
    )
    assert [own.source(rule) for rule in own.rules[:2]] == ["Call text, Section 2", "Call text, Section 3"]


def test_rules_hold_between_their_days():
    own = parse_call_rules(OWN)
    assert [own.holds_on(day) for day in ("2023-12-31", "2024-01-01", "2026-12-31", "2027-01-01")] == [
        False, True, True, False,
    ]  # fmt: skip


def test_a_country_belongs_to_a_group_from_its_day_on():
    joined = parse_call_rules(OWN).groups["joined"]
    assert joined.on("2024-12-31") == {"NO"}
    assert joined.on("2025-01-01") == {"NO", "CH"}
    assert parse_call_rules(OWN).groups["north"].on("") == {"DE6", "DK"}


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("", "= ="), "cannot be read"),
        (('name = "own"', ""), "has no name"),
        (('title = "Our own call"', 'title = " "'), "has no title"),
        (('document = "Call text"', "size = 3"), "says 'size', which is not known"),
        (('kind = "members"', 'kind = "astronauts"'), "Rule 1 is of no known kind: 'astronauts'"),
        (("at_least = 3\nat_most = 6", ""), "Rule 1 .members. names no number"),
        (("at_least = 3", "at_least = -3"), "at_least is -3"),
        (("at_least = 3", 'at_least = "3"'), "at_least is '3'"),
        (("at_least = 3", "at_least = true"), "at_least is True"),
        (("at_least = 3", "atleast = 3"), "says 'atleast', which is not known"),
        (("at_least = 2", "at_least = 2\nat_most = 4"), "says 'at_most', which is not known"),
        (("at_most = 6", 'at_most = 6\nfrom = ["north"]'), "at_most counts all members"),
        (('from = "north"', 'from = "south"'), "names an unknown group: 'south'"),
        (('["transition"]', '["rich"]'), "names an unknown category: 'rich'"),
        (('["transition"]', "[1]"), "lists something that is no text"),
        (('codes = ["DE6", "DK"]', "codes = []"), "The group 'north' lists no codes"),
        (("valid_from = 2024-01-01", 'valid_from = "soon"'), "valid_from is 'soon', which is no day"),
        (("CH = 2025-01-01", "CH = 2025"), "CH is 2025, which is no day"),
    ],
)
def test_what_is_not_known_is_refused_with_what_is(change: tuple[str, str], why: str):
    old, new = change
    text = OWN.replace(old, new, 1) if old else OWN + new
    with pytest.raises(QuestionError, match=why) as problem:
        parse_call_rules(text)
    assert problem.value.advice


def test_a_file_without_rules_is_refused():
    with pytest.raises(QuestionError, match="states no rule"):
        parse_call_rules('name = "a"\ntitle = "A"')
    with pytest.raises(QuestionError, match="no known kind: None"):
        parse_call_rules('name = "a"\ntitle = "A"\nrules = ["members"]')


def test_the_text_of_rules_travels_with_a_kept_graph():
    graph = build(snapshot(), View(), Reference(call_rules={"own": OWN}))
    assert from_columns(*to_columns(graph)).call_rules == graph.call_rules == {"own": OWN}
