"""What one failure, or a shock to many, puts at risk: published figures, and networks worked out by hand."""

import numpy as np
import pytest

from valuechain.analyses.systemic_risk import systemic_risk
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.example import example
from valuechain.model.graph import Scope

LENSES = """
    supplier, buyer,  capability, value_eur
    Glass A,  Lenses, glass,      60
    Glass B,  Lenses, glass,      40
    Coater,   Lenses, coatings,   50
    Lenses,   Lasers, lenses,     150
"""


def at_risk(graph, **options):
    """Who puts how much at risk."""
    ranking = systemic_risk(graph, **options).table("ranking")
    return dict(zip(ranking.column("organisation"), ranking.column("at_risk"), strict=True))


def about(graph, name, **options):
    """The answer about one organisation of an example."""
    return systemic_risk(graph.within(Scope(organisation=f"example:{name}")), **options)


def eleven(capability="s{0}"):
    """The example network of Diem et al. (2022): eleven firms in five sectors, every link worth the same."""
    sector = [0, 1, 1, 2, 2, 2, 3, 3, 4, 4, 5, 5]
    arcs = [(3, 6), (4, 6), (4, 7), (5, 7), (6, 1), (6, 2), (7, 10), (7, 11), (8, 1), (8, 2), (9, 11)]
    lines = [f"f{one},f{other},{capability.format(sector[one])},1" for one, other in arcs]
    firms = [f"f{one},{sector[one] + 10}.1,nace2" for one in range(1, 12)]
    return example(
        supplies="\n".join(["supplier,buyer,capability,value_eur", *lines]),
        sectors="\n".join(["organisation,code,scheme", *firms]),
    )


PUBLISHED = [0.27778, 0.27778, 0.22222, 0.41667, 0.19444, 0.44444, 0.38889, 0.33333, 0.16667, 0.16667, 0.27778]
STOOD_IN = {3: 0.0942761, 5: 0.0892256, 9: 0.1111111}


def test_the_published_example_network_gives_the_published_figures():
    alone, stood_in = at_risk(eleven(), market="none"), at_risk(eleven())

    for firm, figure in enumerate(PUBLISHED, 1):
        assert alone[f"f{firm}"] == pytest.approx(figure, abs=5e-6)
        assert stood_in[f"f{firm}"] == pytest.approx(STOOD_IN.get(firm, alone[f"f{firm}"]), abs=5e-8)


def test_a_list_of_sectors_makes_sectors_the_inputs_as_published():
    sectors = range(11, 16)
    pairs = [f"{one},{other},2" for one in sectors for other in sectors]
    told = "\n".join(["supplier_sector,buyer_sector,essentiality", *pairs])

    found = at_risk(eleven(capability="anything"), market="none", essentiality=told)

    assert [found[f"f{firm}"] for firm in range(1, 12)] == pytest.approx(PUBLISHED, abs=5e-6)


def test_the_lens_maker_of_the_example():
    graph = example(supplies=LENSES)
    found = at_risk(graph)

    assert found["Glass A"] == pytest.approx((60 + 0.6 * 150 + 0.6 * 150) / 450)
    assert found["Coater"] == pytest.approx((50 + 150 + 150) / 450)
    assert found["Lasers"] == pytest.approx(1)
    assert at_risk(graph, weight="sales")["Glass A"] == pytest.approx((60 + 0.6 * 150) / 300)


def test_an_input_that_is_not_essential_is_missed_in_proportion_to_all_purchases():
    needs = "organisation, capability, essential\n Lenses, coatings, no"
    found = at_risk(example(supplies=LENSES, needs=needs))
    assert found["Coater"] == pytest.approx((50 + 150 / 3 + 150 / 3) / 450)


def test_what_a_buyer_is_stated_to_offer_itself_does_not_stop_it():
    offers = "organisation, capability\n Lenses, coatings"
    found = at_risk(example(supplies=LENSES, offers=offers))
    assert found["Coater"] == pytest.approx((50 + 150 / 3 + 150 / 3) / 450)


def test_where_nobody_said_how_essential_an_input_is_the_answer_says_what_was_taken():
    result = systemic_risk(example(supplies=LENSES), unstated="negligible")
    risk = dict(zip(result.table().column("organisation"), result.table().column("at_risk"), strict=True))

    assert risk["Coater"] == pytest.approx(50 / 450)
    assert any("Nobody said so for 4 supplier links; these count as negligible." in note for note in result.notes)


def test_a_small_customer_does_not_stop_a_large_supplier_whose_turnover_is_known():
    """The laser maker takes 150 of the 600 that the lens maker turns over."""
    graph = example(supplies=LENSES, organisations="id, name, kind, turnover_eur\n Lenses, Lenses, sme, 600")
    assert at_risk(graph)["Lasers"] == pytest.approx((150 + 150 / 4 + (60 + 40 + 50) / 4) / 450)
    assert at_risk(graph, elsewhere=False)["Lasers"] == pytest.approx(1)


def test_a_share_of_sales_tells_what_is_sold_elsewhere_too():
    supplies = LENSES.replace("0\n", "0,\n").replace("150,", "150, 0.25").replace("value_eur", "value_eur, sales_share")
    graph = example(supplies=supplies)
    assert at_risk(graph)["Lasers"] == pytest.approx((150 + 150 / 4 + (60 + 40 + 50) / 4) / 450)


def test_what_unknown_suppliers_deliver_goes_on():
    """The two known glass makers deliver 60 and 20% of the glass; a third, unknown one the rest."""
    graph = example(
        supplies="""supplier, buyer, capability, value_eur, share
                    A,        Buyer, glass,      60,        0.6
                    B,        Buyer, glass,      20,        0.2"""
    )
    assert at_risk(graph)["A"] == pytest.approx((60 + 0.6 * 80) / 160)
    assert at_risk(graph, elsewhere=False)["A"] == pytest.approx((60 + 0.75 * 80) / 160)
    assert any("1 buyer" in note and "suppliers not known here" in note for note in systemic_risk(graph).notes)


def test_turnover_can_be_what_counts_and_who_has_none_counts_nothing():
    organisations = "id, name, kind, turnover_eur\n Lenses, Lenses, sme, 300\n Coater, Coater, sme, 100"
    result = systemic_risk(example(supplies=LENSES, organisations=organisations), weight="turnover", elsewhere=False)

    assert dict(zip(result.table().column("organisation"), result.table().column("own"), strict=True)) == {
        "Lenses": 0.75, "Coater": 0.25, "Glass A": 0, "Glass B": 0, "Lasers": 0,
    }  # fmt: skip
    assert any("turnover of 3 organisations is not known" in note for note in result.notes)


def test_one_failure_among_unknown_organisations_and_no_link_is_not_assessed():
    graph = example(organisations="id, name, kind\n a, A, sme")
    result = systemic_risk(graph)

    assert result.verdict == "Not assessed: no supply link is known in the whole data set."
    assert [finding.kind for finding in result.findings] == ["not-assessed"]
    assert systemic_risk(graph, shock_region="", scenario="organisation,loss\na,1").verdict.startswith("Not assessed")


def test_an_organisation_without_links_is_not_assessed():
    graph = example(supplies=LENSES, organisations="id, name, kind\n Alone, Alone, sme")
    result = about(graph, "Alone")

    assert result.verdict == "Not assessed: no supply link of Alone is known."
    assert [finding.kind for finding in result.findings] == ["not-assessed"]
    assert result.findings[0].subjects == ("example:Alone",)


def test_who_is_hit_by_one_failure_and_whose_failure_hits_one():
    result = about(example(supplies=LENSES), "Lenses")
    spreads, hit_by = (result.frame(name).set_index("organisation") for name in ("spreads", "hit_by"))

    assert spreads["loss"].to_dict() == {"Lasers": 1, "Glass A": 1, "Coater": 1, "Glass B": 1}
    assert spreads.loc["Lasers", ["downstream_part", "upstream_part"]].tolist() == [1, 0]
    assert hit_by["loss"].to_dict() == pytest.approx({"Lasers": 1, "Coater": 1, "Glass A": 0.6, "Glass B": 0.4})
    assert "number 2 of 5 organisations" in result.verdict
    titles = [finding.title for finding in result.findings]
    assert "If Lenses fails, 100% of the output known here is at risk" in titles
    assert any("loses 100% of its output if" in title for title in titles)


def test_only_those_in_scope_are_ranked_but_failures_are_followed_everywhere():
    organisations = "id, name, kind, region, country\n Coater, Coater, sme, DE9, DE\n Lenses, Lenses, sme, DEG, DE"
    graph = example(supplies=LENSES, organisations=organisations).within(Scope(regions=("DE9",)))
    result = systemic_risk(graph)

    assert result.table().column("organisation") == ["Coater"]
    assert result.table().column("at_risk") == pytest.approx([350 / 450])
    assert any("followed everywhere" in note for note in result.notes)


def test_the_plateau_ends_where_half_of_the_first_is_no_longer_at_risk():
    ranking = systemic_risk(example(supplies=LENSES)).table()
    risks, groups = np.array(ranking.column("at_risk")), np.array(ranking.column("plateau"))

    assert (groups[risks >= 0.5] == "plateau").all()
    assert (groups[risks < 0.5] == "below").all()


def test_figures_say_how_far_they_were_followed():
    result = systemic_risk(example(supplies=LENSES), eps=0.001, max_iterations=1)
    ranking = result.frame()

    assert set(ranking["eps"]) == {0.001}
    assert set(ranking["steps"]) == {1}
    assert ranking["cut_short"].any()
    assert any("greatest number of steps was reached" in note for note in result.notes)


def test_severity_falls_where_values_essentiality_and_sectors_are_not_known():
    stated = "organisation, capability, essential\nLenses, glass, yes\nLenses, coatings, yes\nLasers, lenses, yes"
    sectors = "organisation, code, scheme\n" + "\n".join(
        f"{one}, 26.70, nace2" for one in ("Glass A", "Glass B", "Coater", "Lenses", "Lasers")
    )
    without_values = "\n".join(line.rsplit(",", 1)[0] for line in LENSES.strip().splitlines())
    told = {
        name: systemic_risk(graph).findings[0].confidence
        for name, graph in {
            "all": example(supplies=LENSES, needs=stated, sectors=sectors),
            "no sectors": example(supplies=LENSES, needs=stated),
            "no values": example(supplies=without_values, needs=stated, sectors=sectors),
            "links alone": example(supplies=without_values),
        }.items()
    }

    assert told["all"] == pytest.approx(0.9)
    assert told["no sectors"] == told["no values"] == pytest.approx(0.45)
    assert told["links alone"] == pytest.approx(0.9 / 8, abs=1e-3)


def test_without_values_every_input_counts_the_same_and_the_answer_says_so():
    without_values = "\n".join(line.rsplit(",", 1)[0] for line in LENSES.strip().splitlines())
    result = systemic_risk(example(supplies=without_values))
    risk = dict(zip(result.table().column("organisation"), result.table().column("at_risk"), strict=True))

    # Sold: half of an input, half, one, one; bought: two, one. The lens maker counts 2 of 5.
    assert risk["Glass A"] == pytest.approx((0.5 + 2 / 2 + 1 / 2) / 5)
    assert any("every input of every buyer counts the same" in note for note in result.notes)


AREA = """
    id,     name,   kind, region, country, lat,  lon
    Coater, Coater, sme,  DEG03,  DE,      50.9, 11.6
    Lenses, Lenses, sme,  DE91C,  DE,      51.5, 9.9
"""


def test_a_shock_to_a_region_is_compared_with_what_it_costs_in_the_end():
    result = systemic_risk(example(supplies=LENSES, organisations=AREA), shock_region="DEG", shock_loss=0.5)
    row = result.frame("shocks").iloc[0]

    assert row[["organisations", "not_linked"]].tolist() == [1, 0]
    assert row["at_once"] == pytest.approx(25 / 450)
    assert row["lost"] == pytest.approx((25 + 75 + 75) / 450)
    assert row["times"] == pytest.approx(7)
    assert (
        result.findings[0].severity == "high"
    )  # a third of the output: critical, one step less because half is not known
    assert "lose 50%, 5.6% of the output known here is lost at once, 39% in the end" in result.verdict
    regions = result.frame("regions").set_index("group")["loss"]
    assert regions["not known"] == pytest.approx(75 / 250)


def test_an_area_hits_those_near_it_and_counts_those_whose_place_is_not_known():
    graph = example(supplies=LENSES, organisations=AREA)
    near = systemic_risk(graph, shock_lat=50.93, shock_lon=11.59, shock_km=10)
    wide = systemic_risk(graph, shock_lat=50.93, shock_lon=11.59, shock_km=150)

    assert near.frame("shocks")["organisations"].tolist() == [1]
    assert wide.frame("shocks")["organisations"].tolist() == [2]
    assert any("Where 3 organisations lie is not known" in note for note in near.notes)


def test_a_shock_to_a_sector_hits_whoever_works_in_it():
    sectors = "organisation, code, scheme\n Coater, 25.61, nace2\n Coater, 26.70, nace2\n Lenses, 26.70, nace2"
    graph = example(supplies=LENSES, sectors=sectors)
    assert systemic_risk(graph, shock_sector="25").frame("shocks")["organisations"].tolist() == [1]
    assert systemic_risk(graph, shock_sector="26.7").frame("shocks")["organisations"].tolist() == [2]


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        ({"shock_km": 10.0}, "the centre is missing"),
        ({"shock_lat": 50.0}, "the radius is missing"),
        ({"shock_sector": "99"}, "hits nobody"),
        ({"shock_region": "XX", "shock_sector": "1"}, "hits nobody"),
    ],
)
def test_a_shock_that_cannot_be_is_refused(options, problem):
    with pytest.raises((QuestionError, NotFoundError), match=problem):
        systemic_risk(example(supplies=LENSES, organisations=AREA), **options)


def test_scenarios_are_told_one_by_one():
    scenario = "scenario;organisation;loss\nmild;Coater;0.2\nsevere;Coater;1\nsevere;example:Lasers;1"
    result = systemic_risk(example(supplies=LENSES), scenario=scenario)
    shocks = result.frame("shocks").set_index("shock")

    assert shocks.loc["mild", "lost"] == pytest.approx(0.2 * 350 / 450)
    assert shocks.loc["severe", "organisations"] == 2
    assert len({finding.id for finding in result.findings}) == 2
    assert result.verdict.startswith("In the scenario 'severe', ")


def test_what_remains_can_be_given_instead_of_what_is_lost():
    result = systemic_risk(example(supplies=LENSES), scenario="organisation\tremaining\nCoater\t0.8")
    assert result.frame("shocks")["at_once"].tolist() == pytest.approx([0.2 * 50 / 450])


@pytest.mark.parametrize(
    ("scenario", "problem"),
    [
        ("organisation,loss\nNobody,1", "line 2: no organisation is called 'Nobody'"),
        ("organisation,loss\nCoater,much", "line 2: loss 'much' is not a number in 0..1"),
        ("organisation,loss\nCoater,0.5\nLenses,1.5", "line 3: loss '1.5' is not a number in 0..1"),
        ("organisation,loss\nCoater,1\nCoater,0.5", "line 3: Coater stands in this scenario already"),
        ("organisation,loss,remaining\nCoater,1,0", "both loss and remaining"),
        ("organisation,share\nCoater,1", "neither loss nor remaining"),
        ("who,loss\nCoater,1", "the header lacks organisation"),
        ("organisation,loss\n,", "there is no row below the header"),
        ("organisation,loss\n" + "Nobody,1\n" * 7, "and 2 more"),
    ],
)
def test_wrong_rows_of_a_scenario_are_named_by_line(scenario, problem):
    with pytest.raises(QuestionError, match=problem):
        systemic_risk(example(supplies=LENSES), scenario=scenario)


def test_a_name_that_two_bear_is_refused_in_a_scenario():
    graph = example(supplies=LENSES, organisations="id, name, kind\n x, Twin, sme\n y, Twin, sme")
    with pytest.raises(QuestionError, match="line 2: 2 organisations are called 'Twin'"):
        systemic_risk(graph, scenario="organisation,loss\nTwin,1")
