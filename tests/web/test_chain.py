"""The picture of the chain around an organisation: nothing overlaps, nothing is lost, what differs looks different."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.model.result import STATUS, Column, Finding, Result, Table
from valuechain.web.chain import entries, knowledge
from valuechain.web.strip import MIDDLE, MOST_BOXES, SIZES, WIDE, strip, wrapped

CHAIN = (
    "role", "capability", "capability_key", "stage", "stage_order", "state", "who", "organisations", "sales_share",
    "status",
)  # fmt: skip


def result(*boxes: dict, findings: tuple[Finding, ...] = ()) -> Result:
    """A check whose chain has these boxes, and whose inputs are those of role input."""

    def table(name: str, columns: tuple[str, ...], rows: list[dict]) -> Table:
        return Table.from_rows(name, name, [Column(column, "text", "") for column in columns], rows)

    usual = {"stage": "Stage", "stage_order": 1, "status": "declared"}
    rows = [usual | {"capability": box["capability_key"]} | box for box in boxes]
    inputs = [row | {"input_key": row["capability_key"]} for row in rows if row["role"] == "input"]
    return Result(tables=(table("chain", CHAIN, rows), table("inputs", ("input_key",), inputs)), findings=findings)


@pytest.fixture(scope="module")
def graph():
    rows = chain("glass>lens", "lens>head", "head>machine")
    rows["organisations"] = firms("Maker", "Second", "Head GmbH")
    rows["supplies"] = links("supplies", "Maker Second lens")
    return graph_of(rows)


INPUT = {"role": "input", "capability_key": "test:lens", "state": "sole source", "who": "Maker", "organisations": 1}
OWN = {"role": "own", "capability_key": "test:head", "who": "Head GmbH"}


@given(st.lists(st.integers(1, 30), max_size=12), st.sampled_from(SIZES))
def test_boxes_of_a_column_never_overlap_and_stay_in_the_picture(graph, lengths, size):
    boxes = [
        INPUT | {"capability": "word " * length, "capability_key": f"test:{n}"} for n, length in enumerate(lengths)
    ]
    picture = strip(result(*boxes, OWN), graph, size, "Head GmbH")

    column = sorted((box for box in picture.boxes if box.role == "input"), key=lambda box: box.y)
    assert all(upper.y + upper.height <= lower.y for upper, lower in pairwise(column))
    assert all(box.x >= 0 and box.right <= size.width for box in picture.boxes)
    assert all(box.y >= 0 and box.y + box.height <= picture.height for box in picture.boxes)


def test_columns_stand_side_by_side(graph):
    boxes = [{"role": role, "capability_key": f"test:{role}"} for role in ("supplier_input", "output", "market")]
    picture = strip(result(*boxes, INPUT, OWN), graph, WIDE, "Head GmbH")

    by_role = {box.role: box for box in picture.boxes}
    order = [by_role[role] for role in ("supplier_input", "input", "own", "output", "market")]
    assert all(left.right < right.x for left, right in pairwise(order))


def test_a_line_joins_what_is_supplied_and_is_cut_where_nothing_joins(graph):
    states = {"a": "covered", "b": "unlinked", "c": "no actor", "d": "unknown"}
    boxes = [INPUT | {"capability_key": f"test:{key}", "state": state} for key, state in states.items()]
    picture = strip(result(*boxes, OWN), graph, MIDDLE, "Head GmbH")

    assert [line.cut for line in picture.lines] == [False, True]


def test_what_a_supplier_buys_is_joined_to_what_is_made_of_it(graph):
    glass = {"role": "supplier_input", "capability_key": "test:glass"}
    picture = strip(result(glass, INPUT, OWN), graph, WIDE, "Head GmbH")

    assert [line.status for line in picture.lines] == ["chain", "declared"]


def test_boxes_beyond_the_most_are_counted_and_the_telling_ones_drawn(graph):
    unknown = [INPUT | {"capability_key": f"test:{number}", "state": "unknown"} for number in range(MOST_BOXES + 3)]
    picture = strip(result(*unknown, INPUT, OWN), graph, WIDE, "Head GmbH")

    assert picture.hidden == 4
    assert [box.state for box in picture.boxes].count("sole source") == 1


def test_an_organisation_of_which_nothing_is_known_stands_alone(graph):
    picture = strip(result(), graph, WIDE, "Head GmbH")

    assert [box.role for box in picture.boxes] == ["own"]
    assert "not asked yet" in " ".join(picture.boxes[0].below)


def test_what_it_seems_to_make_is_said_to_be_a_guess(graph):
    (own,) = strip(result(OWN | {"status": "inferred"}), graph, WIDE, "Head GmbH").boxes

    assert " ".join(own.below).endswith("guessed")


def test_of_many_things_that_it_makes_three_are_named_and_the_others_counted(graph):
    boxes = [OWN | {"capability": f"Thing {number}"} for number in range(5)]
    (own,) = strip(result(*boxes), graph, WIDE, "Head GmbH").boxes

    assert own.below == ("Thing 0", "Thing 1", "Thing 2", "and 2 more")


@pytest.mark.parametrize(
    ("box", "who"),
    [
        ({"state": "sole source", "who": "Maker", "organisations": 1}, "Maker, the only one"),
        ({"state": "sole source", "who": "Maker and Second", "organisations": 2}, "2 firms with one owner"),
        ({"state": "covered", "who": "Maker, Second and 3 more", "organisations": 5}, "5 suppliers"),
        ({"state": "no actor", "who": ""}, "nobody here offers it"),
        ({"state": "unknown", "who": "not asked yet"}, "not asked yet"),
        ({"role": "output", "who": "1 buyer: Maker", "organisations": 1, "sales_share": 0.72}, "1 buyer, 72% of sales"),
        ({"role": "market", "state": "", "who": "interested"}, "interested"),
        ({"role": "market", "state": "", "who": "interested", "status": "inferred"}, "interested, guessed"),
        ({"role": "market", "state": "", "who": "", "status": "inferred"}, "guessed"),
        ({"state": "unlinked", "who": "", "status": "inferred"}, "here, but not connected"),
    ],
)
def test_a_box_says_who_in_a_few_words(graph, box, who):
    assert entries(result(INPUT | {"sales_share": None} | box))[0].who == who


def test_a_box_carries_the_worst_finding_about_it_and_leads_to_its_row(graph):
    def finding(severity):
        return Finding("x", severity, 1.0, ("test:lens",), "", "", "")

    answer = result(INPUT, OWN, findings=(finding("low"), finding("critical"), finding("medium")))

    assert [(one.severity, one.link) for one in entries(answer)] == [("critical", "inputs-1"), ("", "chain-2")]


def test_what_nobody_was_asked_about_has_no_severity(graph):
    found = Finding("x", "high", 1.0, ("test:lens",), "", "", "")

    assert entries(result(INPUT | {"state": "unknown"}, findings=(found,)))[0].severity == ""


@given(text=st.text(alphabet="ab ", max_size=80), most=st.integers(1, 5))
def test_wrapping_loses_no_word_and_cuts_none(text, most):
    lines = wrapped(text, 60, 6, most)

    assert " ".join(lines).split() == text.split()
    assert len(lines) <= most


def test_known_inputs_are_counted_by_how_they_are_known():
    columns = (Column("suppliers", "text", ""), Column("state", "text", ""), STATUS)
    rows = (
        ("A", "covered", "declared"),
        ("B", "sole source", "inferred"),
        ("C", "covered", "declared"),
        ("", "no actor", "declared"),
        ("", "unlinked", "inferred"),
        ("", "unknown", "declared"),
    )

    assert knowledge(Table("inputs", "", columns, rows, ((),) * len(rows))) == (
        ("declared", 2),
        ("inferred", 1),
        ("lacking", 2),
        ("unknown", 1),
    )
