"""Forms follow from an analysis's signature and from what the graph holds."""

from typing import Literal

from tests.support.small import firms, graph_of, links
from valuechain.model.analysis import Contents, analysis
from valuechain.model.language import speaking
from valuechain.model.result import Result
from valuechain.web.address import Address
from valuechain.web.forms import organisation_field, own_fields, scope_fields


@analysis(version="1")
def sample(
    graph,
    *,
    share: float = 0.5,
    most: int,
    deep: bool = False,
    by: Literal["region", "market"] = "market",
    with_cluster: str = "",
    rows: Contents = Contents(""),  # noqa: B008
) -> Result:
    """What is it?

    Parameters
    ----------
    share : float, 0..1, of all
        How much.
    most : int, 1.., most
        How many.
    deep : bool
        Whether to look twice.
    by : str
        Against what.
    with_cluster : str
        Whom to meet.
    rows : str
        CSV with who and how much.
    """
    raise NotImplementedError


def fields(query):
    return {one.name: one for one in own_fields(sample, graph_of({}), Address("/x", query))}


def test_a_number_has_its_range_unit_and_default():
    field = fields({})["share"]

    assert (field.type, field.minimum, field.maximum, field.unit, field.value) == ("number", 0, 1, "of all", "0.5")
    assert not field.changed


def test_a_whole_number_steps_by_one_and_what_has_no_default_is_required():
    field = fields({})["most"]

    assert (field.step, field.required, field.value) == ("1", True, "")


def test_a_unit_is_not_said_twice():
    assert fields({})["most"].label == "Most"
    assert fields({})["most"].unit == ""


def test_the_text_of_a_small_table_is_written_on_several_lines():
    field = fields({"rows": "who,how much\na,1"})["rows"]

    assert (field.type, field.value, field.changed) == ("area", "who,how much\na,1", True)
    assert not fields({})["rows"].required


def test_yes_or_no_and_named_choices_are_chosen():
    found = fields({})

    assert found["deep"].choices == (("yes", "yes"), ("no", "no"))
    assert found["deep"].value == "no"
    assert [value for value, _ in found["by"].choices] == ["region", "market"]


def test_what_the_address_says_stands_in_the_field():
    found = fields({"share": "0.7", "by": "market"})

    assert (found["share"].value, found["share"].changed) == ("0.7", True)
    assert not found["by"].changed


def test_a_field_that_names_another_cluster_offers_those_with_members():
    club = {"id": "club", "name": "Club", "kind": "cluster"}
    graph = graph_of({"organisations": [*firms("a"), club], "memberships": links("memberships", "a club")})
    found = {one.name: one for one in own_fields(sample, graph, Address("/x", {}))}

    assert found["with-cluster"].suggestions == (("test:club", "Club"),)
    assert found["by"].suggestions == ()


def test_the_scope_offers_what_the_graph_holds():
    graph = graph_of(
        {
            "organisations": [*firms("a", country="DE"), {"id": "club", "name": "Club", "kind": "cluster"}],
            "memberships": links("memberships", "a club"),
        }
    )
    found = {one.name: one for one in scope_fields(graph, Address("/x", {"cluster": "test:club", "kind": "odd"}))}

    assert found["cluster"].choices == (("", "all"), ("test:club", "Club"))
    assert found["country"].suggestions == (("DE", "Germany"),)
    with speaking("de"):
        german = {one.name: one for one in scope_fields(graph, Address("/x", {}))}
    assert german["country"].suggestions == (("DE", "Deutschland"),)
    assert ("odd", "odd") in found["kind"].choices, "what was asked for is shown, even if it is not known"
    assert "chain" not in found, "there is none to choose"


def test_an_organisation_is_required_only_where_the_question_is_about_one():
    assert organisation_field(Address("/x", {"organisation": "a"}), True).required
    assert not organisation_field(Address("/x", {}), False).required
