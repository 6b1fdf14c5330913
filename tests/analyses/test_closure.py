"""What an owner is told when a supplier closes: times, costs, what closes the gap, and what nobody said."""

import math
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import firms, graph_of
from valuechain.analyses._closure_words import severity
from valuechain.analyses.closure import closure
from valuechain.model.example import example
from valuechain.model.graph import Scope, ValueGraph, View
from valuechain.model.result import SEVERITIES, Result

NEEDS = """organisation, capability, essential, quantity, unit, lost_margin_eur, for_capability
           Laser,        Coating,    yes,       730,      kg,   1000,            Head"""


def shop(supplies: str, needs: str = NEEDS, **more: str) -> ValueGraph:
    return example(supplies=supplies, needs=needs, **more)


def inputs(result: Result) -> list[dict[str, Any]]:
    table = result.table("inputs")
    return [dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows]


def of(result: Result, supplier: str) -> dict[str, Any]:
    return next(row for row in inputs(result) if row["supplier"] == supplier)


ONLY = shop("""supplier, buyer, capability, stock_cover_days, recovery_days, lead_time_days, switching_days
               Coater,   Laser, Coating,    56,               60,            30,             90""")
SEVERAL = shop("""supplier, buyer, capability, share, stock_cover_days, recovery_days
                  Coater,   Laser, Coating,    0.6,   35,               90
                  Other,    Laser, Coating,    0.4,   35,               80""")


def test_the_stock_of_an_only_supplier_ends_before_it_is_back():
    result = closure(ONLY.within(Scope(organisation="example:Laser")))

    [found] = [one for one in result.findings if one.kind == "stock-ends"]
    assert found.title == "Coating: 4 days without if Coater closes"
    assert found.explanation == (
        "If Coater closes, the stock of coating ends after 56 days; Coater needs 60 to come back: 4 days without. "
        "Coater is the only known supplier. Nothing is made without it. A day without any of it costs 1,000 EUR: "
        "4,000 EUR in all."
    )
    assert found.action == (
        "Qualify a second supplier, which takes about 90 days; or close the gap with 4 more days of stock, about 8 kg."
    )
    assert (found.severity, found.subjects) == ("medium", ("example:Laser", "example:Coater", "example:Coating"))
    assert result.verdict == (
        "Laser runs short if Coater closes. The worst: Coating: 4 days without if Coater closes, 4,000 EUR in margin. "
        "1 of 1 possible closure could be assessed."
    )


def test_with_several_suppliers_the_stock_fills_only_what_one_delivers():
    # 35 days / 0.6 = 58.3; 90 - 58.3 = 31.7 days at 60 % = 19 days without any of it
    result = closure(SEVERAL.within(Scope(organisation="example:Laser")))
    row = of(result, "Coater")

    assert (row["time_to_survive"], row["short_days"], row["lost_days"], row["lost_eur"]) == (58.3, 31.7, 19.0, 19_000)
    assert of(result, "Other")["state"] == "lasts"  # 35 / 0.4 = 87.5 > 80
    [found] = [one for one in result.findings if one.kind == "stock-ends"]
    assert found.title == "Coating: 32 days with only 40% of it if Coater closes"
    assert "fill that for 58 days; it needs 90 to come back: 32 days with only 40% of what is needed" in (
        found.explanation
    )
    assert found.action.startswith("Ask Other what more could come from there; or qualify another supplier")


def test_what_ends_the_lack_can_be_chosen():
    assert of(closure(ONLY), "Coater")["time_to_recover"] == 60
    assert of(closure(ONLY, recovery="replacement"), "Coater")["time_to_recover"] == 120
    assert of(closure(ONLY, recovery="replacement"), "Coater")["back_by"] == "new supplier"
    assert of(closure(ONLY, days=200), "Coater")["time_to_recover"] == 120
    assert of(closure(ONLY, days=200, recovery="supplier"), "Coater")["time_to_recover"] == 200
    assert of(closure(ONLY, days=30), "Coater")["state"] == "lasts"


def test_a_supplier_who_is_qualified_already_needs_no_more_than_a_delivery():
    graph = shop("""supplier, buyer, capability, relation,  stock_cover_days, recovery_days, lead_time_days
                    Coater,   Laser, Coating,    active,    10,               60,            30
                    Ready,    Laser, Coating,    qualified, ,                 ,              20""")
    result = closure(graph.within(Scope(organisation="example:Laser")))

    assert (of(result, "Coater")["time_to_recover"], of(result, "Coater")["back_by"]) == (20, "qualified")
    [found] = [one for one in result.findings if one.kind == "stock-ends"]
    assert "; the first delivery of Ready, who is qualified already, takes 20: 10 days without" in found.explanation
    assert found.action.startswith("Order a part from Ready already now; or close the gap with 10 more days of stock")


SPARE = """organisation, capability, capacity, unit
           Other,        Coating,    {capacity},     {unit}"""
WITH_SPARE = """supplier, buyer, capability, quantity, unit, stock_cover_days, recovery_days, lead_time_days
                Coater,   Laser, Coating,    365,      kg,   10,               60,            10
                Other,    Laser, Coating,    365,      kg,   10,               60,            {lead}"""


def with_spare(capacity: int, unit: str = "kg", lead: int = 5) -> Result:
    """The laser maker needs 2 kg a day and has 20 kg; each of two suppliers delivers 1 kg a day."""
    return closure(shop(WITH_SPARE.format(lead=lead), offers=SPARE.format(capacity=capacity, unit=unit)))


@pytest.mark.parametrize(("capacity", "lasts"), [(365, 20.0), (547.5, 40.0), (730, None)])
def test_spare_capacity_of_the_others_makes_the_stock_last_longer(capacity: int, lasts: float | None):
    """20 kg / (1 - spare) kg a day."""
    row = of(with_spare(capacity), "Coater")
    assert row["time_to_survive"] == lasts
    assert row["state"] == ("runs short" if lasts else "does not run out")
    assert row["lost_days"] == ({20.0: 20.0, 40.0: 5.0}[lasts] if lasts else 0)  # (60 - lasts) (1 - spare) / 2


def test_spare_capacity_in_another_unit_or_too_late_does_not_count():
    assert of(with_spare(730, unit="m2"), "Coater")["time_to_survive"] == 20
    assert "1 stated capacity not counted as spare" in " ".join(with_spare(730, unit="m2").notes)
    assert of(with_spare(730, lead=21), "Coater")["time_to_survive"] == 20


def test_buyers_share_the_spare_capacity_of_one_supplier():
    # Each buyer loses 1 kg a day and has 10 kg; the other supplier has 1 kg a day to spare: 20 / (2 - 1) = 20 days.
    links = "\n".join(
        f"{supplier}, {buyer}, Coating, 365, kg, 5, 60, 5, 0.5" for supplier in ("Coater", "Other") for buyer in "XY"
    )
    graph = example(
        supplies="supplier, buyer, capability, quantity, unit, stock_cover_days, recovery_days, lead_time_days, share\n"
        + links,
        needs="""organisation, capability, quantity, unit, lost_margin_eur
                 X,            Coating,    730,      kg,   100
                 Y,            Coating,    730,      kg,   300""",
        offers=SPARE.format(capacity=3 * 365, unit="kg"),
    )
    result = closure(graph)
    rows = {row["buyer"]: row for row in inputs(result) if row["supplier"] == "Coater"}

    assert [rows[one]["time_to_survive"] for one in ("X", "Y")] == [20, 20]
    # Over 60 days 60 kg can be added: y, to whom a kg is dearer, gets all its 50 kg, x 10 of its 50.
    assert [rows[one]["lost_days"] for one in ("X", "Y")] == [20, 0]
    assert rows["X"]["lost_eur"] == 2000


@pytest.mark.parametrize(
    ("links", "share", "basis"),
    [
        (("0.7, , , ", "0.3, , , "), 0.7, "stated"),
        ((", , , ", "0.3, , , "), 0.7, "what the others leave"),
        ((", 146, kg, ", ", 20, kg, "), 0.2, "quantity of the need"),
        ((", 30, m2, ", ", 10, m2, "), 0.75, "quantities"),
        ((", , , 300", ", , , 100"), 0.75, "values"),
        ((", 30, m2, ", ", 10, m, "), None, "units differ"),
        ((", , , ", ", , , "), None, "not known"),
        (("0.7, , , ", "0.7, , , "), None, "contradictory"),
    ],
)
def test_a_share_follows_from_the_best_that_is_known(links: tuple[str, str], share: float | None, basis: str):
    text = "supplier, buyer, capability, share, quantity, unit, value_eur, stock_cover_days, recovery_days"
    for supplier, link in zip(("Coater", "Other"), links, strict=True):
        text += f"\n{supplier}, Laser, Coating, {link}, 10, 90"
    row = of(closure(shop(text)), "Coater")

    assert (row["share"], row["share_from"]) == (pytest.approx(share) if share else None, basis)
    assert (row["state"] == "not assessed") == (share is None)
    assert bool(row["needed"]) == (share is None)


def test_links_between_the_same_two_are_taken_together():
    graph = shop("""supplier, buyer, capability, share, since, stock_cover_days, recovery_days
                    Coater,   Laser, Coating,    0.3,   2020,  10,               50
                    Coater,   Laser, Coating,    0.5,   2024,  20,               90
                    Other,    Laser, Coating,    0.2,   2024,  20,               90""")
    row = of(closure(graph), "Coater")
    assert (row["share"], row["stock_days"], row["time_to_recover"], row["time_to_survive"]) == (0.8, 20, 90, 25)


def test_a_stock_that_outlasts_the_lack_of_all_needs_no_shares():
    graph = shop("""supplier, buyer, capability, stock_cover_days, recovery_days
                    Coater,   Laser, Coating,    90,               60
                    Other,    Laser, Coating,    90,               60""")
    assert {row["state"] for row in inputs(closure(graph))} == {"lasts"}


def test_what_lacks_is_listed_with_the_most_useful_answer_first():
    graph = shop(
        """supplier, buyer, capability, stock_cover_days, recovery_days, share
           Glass,    Laser, Lens,       ,                 ,
           Coater,   Laser, Coating,    ,                 60,            1
           Wire,     Laser, Cable,      20,               60,            1
           Pump,     Laser, Cooling,    5,                ,              1""",
        """organisation, capability, essential, lost_margin_eur
           Laser,        Coating,    yes,       500
           Laser,        Cable,      no,
           Laser,        Cooling,    yes,       900""",
    )
    result = closure(graph.within(Scope(organisation="example:Laser")))
    facts = result.table("facts")
    asked = list(zip(facts.column("input"), facts.column("fact"), facts.column("opens"), strict=True))

    assert [(what, fact.split()[2], opens) for what, fact, opens in asked if isinstance(fact, str)] == [
        ("Cooling", "days", 1), ("Coating", "days", 1), ("Cable", "margin", 1),
        ("Lens", "days", 0), ("Lens", "days", 0),
    ]  # fmt: skip
    [open_] = [one for one in result.findings if one.kind == "not-assessed"]
    assert open_.title == "Not assessed: 3 of 4 closures lack data"
    assert open_.action == (
        "Ask Laser first about cooling: How many days until the supplier is back, or another one is qualified and "
        "delivers?"
    )
    assert of(result, "Glass")["needed"] == "days of stock; days until deliveries begin again"


def test_suppliers_are_ranked_by_what_their_closure_costs_all_customers():
    graph = example(
        supplies="""supplier, buyer, capability, stock_cover_days, recovery_days
                    Coater,   a,     Coating,    10,               40
                    Coater,   b,     Coating,    30,               40
                    Coater,   b,     Lens,       20,               40
                    Glass,    a,     Lens,       10,               15
                    Wire,     a,     Cable,      0,                20
                    Stone,    c,     Rock,       90,               20
                    Pump,     c,     Cooling,    ,                 20""",
        needs="""organisation, capability, lost_margin_eur, for_capability
                 a,            Coating,    100,             Head
                 b,            Coating,    200,             Head
                 b,            Lens,       300,             Head
                 a,            Lens,       60,              Head""",
    )
    result = closure(graph)
    table = result.table("suppliers")
    told = {row[0]: dict(zip((column.name for column in table.columns), row, strict=True)) for row in table.rows}

    # coater: a 30 days x 100; b lacks two inputs for one product: the larger, 20 days x 300 (and not + 10 x 200)
    assert list(told) == ["Coater", "Glass", "Wire", "Stone", "Pump"]
    assert (told["Coater"]["impact_eur"], told["Glass"]["impact_eur"], told["Wire"]["impact_eur"]) == (9000, 300, None)
    assert told["Glass"]["exposure_index"] == pytest.approx(300 / 9000, abs=1e-3)
    assert (told["Coater"]["days_without"], told["Coater"]["short"], told["Coater"]["first_days"]) == (50, 2, 10)
    assert told["Wire"]["days_index"] == pytest.approx(20 / 50)
    assert (told["Stone"]["impact_eur"], told["Stone"]["days_without"]) == (0, 0)
    assert (told["Pump"]["impact_eur"], told["Pump"]["days_without"], told["Pump"]["not_assessed"]) == (None, None, 1)
    assert result.verdict == (
        "3 suppliers would leave somebody in the whole data set short by closing. The worst is Coater: 2 customers "
        "would be short, for 50 days in all, at 9,000 EUR in margin. 6 of 7 inputs could be assessed, each with one "
        "supplier closed."
    )
    assert result.findings[0].title == "If Coater closes, 2 customers run short, the first after 10 days"
    assert result.findings[0].explanation == (
        "Short of supply until deliveries begin again: a for 30 days (coating); b for 20 days (lens); b for 10 days "
        "(coating). It costs at least 9,000 EUR in margin."
    )


def test_the_closure_of_the_firm_itself_is_told_by_its_customers():
    result = closure(ONLY.within(Scope(organisation="example:Coater")))
    assert result.table("customers").column("buyer") == ["Laser"]
    [found] = [one for one in result.findings if one.kind == "closure"]
    assert found.title == "If Coater closes, Laser runs short, after 56 days"
    assert result.verdict.startswith("Not assessed: nobody said who supplies Coater. Ask who supplies what")


def test_what_a_firm_makes_itself_it_does_not_lack():
    graph = shop(
        "supplier, buyer, capability, stock_cover_days, recovery_days\nCoater, Laser, Coating, 1, 60",
        offers="organisation, capability, access\nLaser, Coating, own use",
    )
    assert inputs(closure(graph)) == []
    own = shop("supplier, buyer, capability, stock_cover_days, recovery_days\nLaser, Laser, Coating, 1, 60")
    assert inputs(closure(own)) == []


def test_a_service_is_not_kept_in_stock():
    graph = shop(
        "supplier, buyer, capability, stock_cover_days, recovery_days\nLab, Laser, Testing, 5, 60",
        capabilities="id, label, kind\nTesting, Testing, service",
    )
    [found] = [
        one for one in closure(graph.within(Scope(organisation="example:Laser"))).findings if one.kind == "stock-ends"
    ]
    assert found.explanation.startswith("If Lab closes, work goes on without testing for 5 days; Lab needs 60")
    assert found.action == "Qualify a second supplier."


def test_only_buyers_in_scope_are_counted():
    rows = {
        "organisations": [*firms("a", region="DE1"), *firms("b", region="DE2"), *firms("s", region="DE3")],
        "capabilities": [{"id": "lens", "label": "Lens", "chain": "c", "kind": "component"}],
        "supplies": [
            {"supplier": "s", "buyer": buyer, "capability": "lens", "stock_cover_days": 1, "recovery_days": 9}
            for buyer in "ab"
        ],
    }
    graph = graph_of(rows)
    assert len(inputs(closure(graph))) == 2
    assert [row["buyer"] for row in inputs(closure(graph.within(Scope(regions=("DE1",)))))] == ["a"]
    assert closure(graph.within(Scope(regions=("DE3",)))).verdict.startswith("Not assessed: no supplier link to any")


@pytest.mark.parametrize(
    "rows",
    [
        {"organisations": firms("a")},
        {"organisations": firms("a", "b"), "capabilities": [{"id": "x", "label": "X"}]},
        {"organisations": firms("a", "b", status="synthetic")},
    ],
)
def test_where_nobody_said_who_supplies_whom_nothing_is_assessed(rows: dict[str, Any]):
    graph = graph_of(rows, View(statuses=("declared", "synthetic")))
    result = closure(graph)
    assert result.verdict.startswith(
        "Not assessed: no supplier link to anybody in the whole data set is known. Ask who"
    )
    assert result.findings == ()
    assert closure(graph.within(Scope(organisation="test:a"))).verdict.startswith("Not assessed: nobody said who")


def test_nobody_runs_short_where_every_stock_lasts():
    calm = shop("supplier, buyer, capability, stock_cover_days, recovery_days\nCoater, Laser, Coating, 90, 60")
    assert closure(calm).verdict == (
        "Nobody in the whole data set runs short when one supplier closes: stocks or others outlast every closure."
    )
    said = closure(calm.within(Scope(organisation="example:Laser"))).verdict
    assert said == (
        "Laser is not known to run short when one of its suppliers closes. 1 of 1 possible closure could be assessed."
    )
    silent = shop("supplier, buyer, capability\nCoater, Laser, Coating")
    assert closure(silent).verdict == (
        "Nobody is known to run short in the whole data set when one supplier closes. 0 of 1 input could be assessed, "
        "each with one supplier closed."
    )


@pytest.mark.parametrize(
    ("essential", "days", "confidence", "severe"),
    [
        ("yes", 30, 0.9, "critical"), ("yes", 29, 0.9, "high"), ("yes", 6, 0.9, "medium"), ("no", 30, 0.9, "high"),
        ("no", 1, 0.9, "low"), ("assumed", 30, 0.4, "high"), ("no", 1, 0.1, "low"),
    ],
)  # fmt: skip
def test_severity_follows_from_lost_days(essential: str, days: float, confidence: float, severe: str):
    assert severity(essential, days, confidence) == severe


@given(st.floats(0, 400), st.floats(0, 400), st.floats(0, 1), st.floats(0, 1))
def test_more_lost_days_and_surer_ones_are_never_less_severe(one: float, other: float, sure: float, surer: float):
    low, high = sorted((one, other))
    less, more = sorted((sure, surer))
    assert SEVERITIES.index(severity("yes", high, more)) <= SEVERITIES.index(severity("yes", low, less))


def test_more_stock_never_costs_more_nor_shortens_survival():
    stocks, shares, recoveries = (0, 1, 20, 56, 300), (0.1, 0.5, 0.95, 1.0), (0, 7, 60, 365)
    cases = {
        f"b{number}": case for number, case in enumerate((a, b, c) for a in shares for b in recoveries for c in stocks)
    }
    links = "\n".join(f"Coater, {buyer}, Coating, {a}, {c}, {b}" for buyer, (a, b, c) in cases.items())
    needs = "\n".join(f"{buyer}, Coating, 100" for buyer in cases)
    result = closure(
        shop(
            f"supplier, buyer, capability, share, stock_cover_days, recovery_days\n{links}",
            f"organisation, capability, lost_margin_eur\n{needs}",
        )
    )
    found = {row["buyer"]: row for row in inputs(result)}
    for buyer, (share, recovery, stock) in cases.items():
        assert found[buyer]["lost_days"] == pytest.approx(max(0.0, share * recovery - stock), abs=0.051)
        assert found[buyer]["time_to_survive"] == pytest.approx(stock / share, abs=0.051)
    ordered = [found[buyer] for buyer in cases]
    for less, more in pairwise(ordered):
        if more["stock_days"] > less["stock_days"]:
            assert more["time_to_survive"] >= less["time_to_survive"]
            assert more["lost_eur"] <= less["lost_eur"]


def test_a_finding_is_no_surer_than_the_links_it_rests_on():
    unsure = shop("""supplier, buyer, capability, stock_cover_days, recovery_days, confidence
                     Coater,   Laser, Coating,    1,                60,            0.4""")
    [found] = closure(unsure).findings
    assert (found.confidence, found.severity) == (0.4, "high")  # critical if it were sure


def test_no_cell_is_infinite_or_not_a_number():
    for result in (with_spare(730), closure(SEVERAL), closure(shop("supplier, buyer, capability\na, Laser, Coating"))):
        cells = [cell for table in result.tables for row in table.rows for cell in row if isinstance(cell, float)]
        assert all(math.isfinite(cell) for cell in cells)


def test_another_supplier_is_told_with_what_it_takes():
    graph = ONLY.within(Scope(organisation="example:Laser"))
    [found] = [one for one in closure(graph, recovery="replacement").findings if one.kind == "stock-ends"]
    assert "ends after 56 days; another supplier needs 120 (90 to qualify it, 30 to deliver): 64 days without" in (
        found.explanation
    )


def test_a_recovery_that_nobody_told_may_be_sooner_than_another_supplier():
    graph = shop("""supplier, buyer, capability, stock_cover_days, lead_time_days, switching_days
                    Coater,   Laser, Coating,    10,               30,             90""")
    result = closure(graph.within(Scope(organisation="example:Laser")))
    assert "How long Coater needs to come back, nobody said; it may be sooner." in result.findings[0].explanation


def test_only_the_inputs_of_one_chain_are_looked_at():
    graph = shop(
        """supplier, buyer, capability, stock_cover_days, recovery_days
           Coater,   Laser, Coating,    1,                60
           Coater,   Laser, Cake,       1,                60""",
        capabilities="id, label, chain\nCake, Cake, food",
    )
    assert [row["input"] for row in inputs(closure(graph.within(Scope(chain="food"))))] == ["Cake"]
    assert len(inputs(closure(graph))) == 2


def test_the_worst_twenty_are_spelled_out_and_the_rest_counted():
    links = "\n".join(f"S{number}, Laser, Part{number}, {number}, 60" for number in range(23))
    result = closure(shop(f"supplier, buyer, capability, stock_cover_days, recovery_days\n{links}"))
    assert len(result.findings) == 20
    assert result.notes[1] == "3 more closures not spelled out; the tables hold them all."
    assert len(inputs(result)) == 23
