"""What supply links are worth where only some say it."""

import numpy as np
import pytest

from valuechain.analyses._link_values import link_values
from valuechain.model.example import example


def values(supplies, **tables):
    graph = example(supplies=supplies, **tables)
    links = graph["supplies"]
    names = graph["organisations"]["label"]
    return link_values(graph, links), [names.iloc[one] for one in links["supplier"]]


def worth(supplies, **tables):
    """The value of the link of each supplier."""
    found, suppliers = values(supplies, **tables)
    return dict(zip(suppliers, found.value.tolist(), strict=True))


def test_a_share_of_the_purchases_tells_the_value_where_another_link_states_its_own():
    found, _ = values(
        """supplier, buyer, capability, value_eur, share
           A,        Buyer, glass,      60,        0.6
           B,        Buyer, glass,      ,          0.3"""
    )
    assert sorted(found.value) == pytest.approx([30, 60])
    assert (found.stated.sum(), found.computed.sum(), found.known) == (1, 1, 1.0)
    assert found.bought_elsewhere.sum() == pytest.approx(10)
    assert any("For 1 more link it is computed" in note for note in found.notes())


def test_a_share_of_the_sales_tells_the_value_where_the_turnover_is_known():
    told = worth(
        """supplier, buyer, capability, value_eur, sales_share
           A,        Buyer, glass,      60,
           B,        Buyer, glass,      ,          0.1""",
        organisations="id, name, kind, turnover_eur\n B, B, sme, 500",
    )
    assert told == pytest.approx({"A": 60, "B": 50})


def test_where_half_is_known_the_others_get_the_median_of_their_capability_and_it_is_said():
    found, suppliers = values(
        """supplier, buyer, capability, value_eur
           A,        X,     glass,      10
           B,        X,     glass,      30
           C,        X,     coatings,   100
           D,        Y,     glass,
           E,        Y,     resins,     """
    )
    told = dict(zip(suppliers, found.value, strict=True))
    assert (told["D"], told["E"]) == (20, 30)
    assert any("For the other 2 it is estimated" in note for note in found.notes())


def test_where_less_is_known_no_value_is_mixed_with_a_guess():
    found, suppliers = values(
        """supplier, buyer, capability, value_eur, share
           A,        X,     glass,      1000,
           B,        X,     coatings,   ,          0.7
           C,        X,     coatings,   ,
           D,        X,     resins,     ,          0.25
           E,        X,     resins,     ,          0.25"""
    )
    assert found.in_inputs
    told = dict(zip(suppliers, found.value, strict=True))
    assert told == pytest.approx({"A": 1, "B": 0.7, "C": 0.3, "D": 0.25, "E": 0.25})
    assert found.bought_elsewhere.sum() == pytest.approx(0.5)
    assert found.sold_elsewhere.sum() == 0


def test_contradictory_shares_are_brought_to_one():
    told = worth(
        """supplier, buyer, capability, share
           A,        X,     glass,      0.9
           B,        X,     glass,      0.9
           C,        X,     glass,      """
    )
    assert sum(told.values()) == pytest.approx(1)
    assert told["A"] == told["B"] == told["C"]


def test_a_link_worth_nothing_does_not_count_and_is_said():
    found, _ = values("supplier, buyer, capability, value_eur\n A, X, glass, 0\n B, X, glass, 5")
    assert any("1 supplier link worth EUR 0 does not count" in note for note in found.notes())


@pytest.mark.parametrize("cell", ["0", ""])
def test_if_no_link_is_worth_anything_inputs_are_counted(cell):
    found, _ = values(f"supplier, buyer, capability, value_eur\n A, X, glass, {cell}\n B, X, glass, {cell}")
    assert found.in_inputs
    np.testing.assert_allclose(found.value, 0.5)
    assert not np.isnan(found.bought_elsewhere).any()
