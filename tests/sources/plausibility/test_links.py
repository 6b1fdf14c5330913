"""Links that cannot be so together."""

from typing import Any

import pytest

from tests.sources.plausibility.warned import warnings
from valuechain.sources.plausibility.links import rings


def supply(supplier: str, buyer: str, **more: Any) -> dict[str, Any]:
    return {"supplier": f"x:{supplier}", "buyer": f"x:{buyer}", "capability": "x:lens", **more}


def own(owner: str, owned: str, **more: Any) -> dict[str, Any]:
    return {"owner": f"x:{owner}", "owned": f"x:{owned}", **more}


class TestToItself:
    def test_nobody_supplies_or_owns_itself(self):
        one, other = warnings(supplies=[supply("a", "a")], ownerships=[own("a", "a")])
        assert (one.column, one.value, one.why) == ("supplier", "x:a", "An organisation is told to supply itself.")
        assert (other.column, other.why) == ("owner", "An organisation is told to own itself.")

    def test_nor_under_its_register_number(self):
        firm = {"id": "a", "name": "Alpha", "vat": "DE136695976"}
        row = {"supplier": "a", "buyer": "vat:DE136695976", "capability": "x:lens"}
        (fault,) = warnings(organisations=[firm], supplies=[row])
        assert fault.column == "supplier"

    def test_a_group_may_supply_itself(self):
        firms = [{"id": name, "name": name, "group_id": "g"} for name in "ab"]
        assert warnings(organisations=firms, supplies=[{"supplier": "a", "buyer": "b", "capability": "x:lens"}]) == ()

    @pytest.mark.parametrize("more", [{"holds": False}, {"status": "planned"}])
    def test_what_is_not_so_is_not_looked_at(self, more: dict[str, Any]):
        assert warnings(supplies=[supply("a", "a", **more)]) == ()


class TestRings:
    def test_of_owners_are_told_once_with_their_names(self):
        firms = [{"id": name, "name": name.upper()} for name in "abc"]
        rows: list[dict[str, Any]] = [
            {"owner": "a", "owned": "b"},
            {"owner": "b", "owned": "c", "share": 0.8},
            {"owner": "c", "owned": "a"},
        ]
        (fault,) = warnings(organisations=firms, ownerships=rows)
        assert (fault.column, fault.place.row) == ("owner", 2)
        assert fault.why in {
            f"These own each other in a ring: {ring}."
            for ring in ("A owns B owns C owns A", "B owns C owns A owns B", "C owns A owns B owns C")
        }

    def test_of_minority_shares_are_lawful(self):
        assert warnings(ownerships=[own("a", "b", share=0.5), own("b", "a", share=0.3)]) == ()

    def test_that_ended_are_past(self):
        assert warnings(ownerships=[own("a", "b", until="2019"), own("b", "a", since="2020")]) == ()

    def test_a_pyramid_is_none(self):
        assert (
            warnings(ownerships=[own("a", "b"), own("a", "c"), own("b", "d", share=0.5), own("c", "d", share=0.5)])
            == ()
        )

    @pytest.mark.parametrize(
        ("owners", "found"),
        [
            ({"a": "b", "b": "a"}, ["ab"]),
            ({"a": "cb", "b": "a"}, ["ab"]),
            ({"a": "b", "c": "b", "b": ""}, []),
            ({"a": "b", "b": "c", "c": "b"}, ["bc"]),
            ({"a": "b", "b": "a", "c": "d", "d": "c"}, ["ab", "cd"]),
        ],
    )
    def test_are_found_wherever_they_hang(self, owners: dict[str, str], found: list[str]):
        assert ["".join(ring) for ring in rings(owners)] == found

    def test_of_a_hundred_thousand_are_found(self):
        count = 100_000
        (ring,) = rings({str(one): [str((one + 1) % count)] for one in range(count)})
        assert len(ring) == count


class TestShares:
    def test_of_one_buyer_and_capability_add_up_to_the_whole_at_most(self):
        rows = [supply("a", "z", share=0.6), supply("b", "z", share=0.4), supply("c", "z"), supply("d", "y", share=1.0)]
        assert warnings(supplies=rows) == ()

    def test_over_the_whole_are_told_at_the_last_row(self):
        rows = [supply("a", "z", share=0.6), supply("b", "z", share=0.4), supply("c", "z", share=0.2)]
        (fault,) = warnings(supplies=rows)
        assert (fault.column, fault.value, fault.place.row) == ("share", "0.2", 4)
        assert fault.why == "With rows 2 and 3 the shares add up to 120% of what this buyer buys of it."

    def test_of_a_supplier_told_twice_count_once(self):
        rows = [
            supply("a", "z", share=0.9, since="2019"),
            supply("a", "z", share=0.8, since="2024"),
            supply("b", "z", share=0.1),
        ]
        assert warnings(supplies=rows) == ()

    @pytest.mark.parametrize(
        "more", [{"relation": "former"}, {"until": "2025"}, {"since": "2025", "status": "planned"}]
    )
    def test_of_supplies_that_do_not_go_on_do_not_count(self, more: dict[str, Any]):
        assert warnings(supplies=[supply("a", "z", share=0.9), supply("b", "z", share=0.9, **more)]) == ()

    def test_rounded_to_a_per_cent_may_be_a_little_over(self):
        rows = [supply(name, "z", share=share) for name, share in (("a", 0.335), ("b", 0.335), ("c", 0.335))]
        assert warnings(supplies=rows) == ()

    def test_of_sales_add_up_over_buyers_and_capabilities(self):
        rows = [supply("a", "y", sales_share=0.7), supply("a", "z", sales_share=0.4)]
        (fault,) = warnings(supplies=rows)
        assert fault.column == "sales_share"
        assert fault.why == "With row 2 the shares add up to 110% of what this supplier sells."

    def test_of_owners_add_up(self):
        (fault,) = warnings(ownerships=[own("a", "z", share=0.6), own("b", "z", share=0.6)])
        assert (fault.column, fault.place.row) == ("share", 3)
        assert fault.why == "With row 2 the shares add up to 120% of this organisation."

    def test_of_many_rows_name_five(self):
        (fault,) = warnings(supplies=[supply(str(one), "z", share=0.2) for one in range(9)])
        assert fault.why.startswith("With rows 2, 3, 4, 5, 6 and 3 more the shares add up to 180%")


class TestTheClosed:
    FIRMS = ({"id": "a", "name": "Alpha", "closed": "2025"}, {"id": "b", "name": "Beta"})

    def test_neither_supply_nor_buy(self):
        rows = [
            {"supplier": "a", "buyer": "b", "capability": "x:lens"},
            {"supplier": "b", "buyer": "a", "capability": "x:lens"},
        ]
        one, other = warnings(organisations=list(self.FIRMS), supplies=rows)
        assert (one.column, one.place.row) == ("supplier", 2)
        assert one.why == "The supplier closed in 2025, and the supply is told to go on."
        assert (other.column, other.place.row) == ("buyer", 3)

    @pytest.mark.parametrize("more", [{"until": "2025-06"}, {"relation": "former"}])
    def test_did_before(self, more: dict[str, Any]):
        row = {"supplier": "a", "buyer": "b", "capability": "x:lens", **more}
        assert warnings(organisations=list(self.FIRMS), supplies=[row]) == ()

    def test_are_not_closed_yet(self):
        firms = [{"id": "a", "name": "Alpha", "closed": "2026-12-31"}, self.FIRMS[1]]
        assert warnings(organisations=firms, supplies=[{"supplier": "a", "buyer": "b", "capability": "x:lens"}]) == ()
