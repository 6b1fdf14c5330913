"""Which inputs a buyer cannot do without, read from a list of sectors."""

import pytest

from valuechain.analyses._essentiality import division, read_essentiality
from valuechain.analyses.systemic_risk import systemic_risk
from valuechain.model.errors import QuestionError
from valuechain.model.example import example

HEADER = "supplier_sector,buyer_sector,essentiality\n"


@pytest.mark.parametrize(
    ("code", "found"), [("26", "26"), ("26.70", "26"), ("C26.7", "26"), ("NACE 26", "26"), ("optics", "optics")]
)
def test_a_nace_code_counts_by_its_division(code, found):
    assert division(code) == found


@pytest.mark.parametrize("separator", [",", ";", "\t"])
def test_pairs_of_sectors_are_read_whatever_separates_the_cells(separator):
    text = f"{HEADER}26,28.1,2\n\n28,26,0".replace(",", separator)
    assert read_essentiality(text) == {("26", "28"): 2, ("28", "26"): 0}


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        ("26,28,3", "line 2: essentiality '3' is not one of 0, 1, 2"),
        ("26,28,2\n26,,2", "line 3: a sector is missing"),
        ("26,28,2\n26.1,28,1", "line 3: 26 for 28 stands there already with 2"),
        ("26,28", "line 2: essentiality ''"),
    ],
)
def test_wrong_rows_are_named_by_line_with_what_may_stand_there(rows, problem):
    with pytest.raises(QuestionError, match=problem) as told:
        read_essentiality(HEADER + rows)
    assert "2 = essential" in told.value.advice


def test_a_list_without_its_columns_is_refused():
    with pytest.raises(QuestionError, match="the header lacks buyer_sector and essentiality"):
        read_essentiality("supplier_sector,x\n26,28")


def test_pairs_that_the_list_does_not_name_and_unknown_sectors_count_as_unstated():
    """A maker of optics buys from three: one whose pair the list names, one that it does not, one of no sector."""
    graph = example(
        supplies="""supplier, buyer, capability, value_eur
                    Named,    Buyer, x,          50
                    Unnamed,  Buyer, x,          30
                    Unknown,  Buyer, x,          20""",
        sectors="""organisation, code,  scheme
                   Named,        26.70, nace2
                   Unnamed,      25.61, nace2
                   Buyer,        28.41, nace2""",
    )
    result = systemic_risk(graph, essentiality=f"{HEADER}26,28,2", unstated="negligible")
    risk = dict(zip(result.table().column("organisation"), result.table().column("at_risk"), strict=True))

    assert risk == pytest.approx({"Buyer": 1, "Named": (50 + 100) / 200, "Unnamed": 30 / 200, "Unknown": 20 / 200})
    assert any("Nobody said so for 2 supplier links; these count as negligible." in note for note in result.notes)
    assert any("The sector of 1 organisation in the network is not known" in note for note in result.notes)
