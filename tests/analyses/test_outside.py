"""Who outside could fill a gap: never somebody inside, and always with the reason."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._umbrellas import BROAD
from valuechain.analyses.gaps import gaps
from valuechain.model.graph import Scope, View
from valuechain.model.result import Result

HERE = Scope(regions=("DEG",))


def ask(scope: Scope = HERE, candidates: int = 5, **more: Any) -> Result:
    rows = {
        **chain("glass>lens"),
        "organisations": [
            *firms("here", "too", region="DEG03", country="DE", lat=50.93, lon=11.59),
            *firms("near", region="DED21", country="DE", lat=51.05, lon=13.74),
            *firms("far", region="DE212", country="DE", lat=48.14, lon=11.58),
            *firms("abroad", region="FRK26", country="FR", lat=45.76, lon=4.84),
            *firms("nowhere", region="DE3", country="DE"),
        ],
        "offers": links("offers", "near glass", "far glass", "abroad glass", "nowhere glass"),
        **more,
    }
    return gaps(graph_of(rows, View(valid_on="2026-06-01")).within(scope), candidates=candidates)


def named(result: Result, capability: str = "Glass") -> list[str]:
    rows = result.frame("candidates")
    return [str(name) for name in rows[rows["capability"] == capability]["organisation"]]


def reason(result: Result, name: str) -> str:
    rows = result.frame("candidates").set_index("organisation")
    return str(rows.loc[name, "reason"])


def test_whose_kind_nobody_told_is_another_organisation():
    result = ask(
        organisations=[*firms("here", region="DEG03"), {"id": "near", "name": "near", "region": "DED21"}],
        offers=links("offers", "near glass"),
    )

    assert set(result.frame("candidates")["kind"]) == {"other"}


def test_among_equals_those_of_the_country_come_first_and_then_the_nearest():
    result = ask()
    assert named(result) == ["near", "far", "nowhere", "abroad"]
    rows = result.frame("candidates").set_index("organisation")
    # Jena to Dresden 151 km, to Munich 310 km: great circles between the points above
    assert rows.loc[["near", "far"], "distance_km"].tolist() == [151, 310]
    assert rows["distance_km"].isna().tolist() == [False, False, True, False]
    assert reason(result, "near") == "offers it; 151 km away"
    assert reason(result, "nowhere") == "offers it"


@pytest.mark.parametrize(
    "scope",
    [HERE, Scope(countries=("FR",)), Scope(kinds=("sme",)), Scope(regions=("DE",)), Scope(countries=("DE", "FR"))],
)
def test_nobody_inside_is_a_candidate(scope: Scope):
    inside = {"regions": ("DE",), "countries": ("DE",)}
    result = ask(scope)
    organisations = {"near": "DE", "far": "DE", "abroad": "FR", "nowhere": "DE"}
    for name in named(result):
        assert not scope.kinds
        assert organisations[name] not in scope.countries
        assert scope.regions != inside["regions"] or organisations[name] == "FR"


def test_in_a_place_those_of_another_kind_may_help():
    result = ask(Scope(regions=("DEG",), kinds=("large",)), organisations=[
        *firms("big", region="DEG03", kind="large"), *firms("small", region="DEG03")
    ], offers=links("offers", "small glass"))  # fmt: skip
    assert named(result) == ["small"]
    assert result.table("candidates").title == "Who could fill the gaps beside those among large companies in DEG"


def test_who_delivers_here_already_comes_before_the_nearer_and_says_to_whom():
    supplies = links("supplies", "far here glass", "far nowhere glass")
    result = ask(supplies=supplies)
    assert named(result)[0] == "far"
    assert reason(result, "far") == (
        "offers it; delivers it to here here already; delivers it to 1 organisation elsewhere; 310 km away"
    )


def test_who_has_joint_projects_with_somebody_here_names_them_and_comes_first():
    projects = [{"id": "p", "title": "x"}, {"id": "q", "title": "y"}]
    taking_part = links("participations", "abroad p", "here p", "too q", "abroad q")
    result = ask(projects=projects, participations=taking_part)
    assert named(result)[0] == "abroad"
    assert reason(result, "abroad").startswith("offers it; 2 joint projects with here and too; ")


def test_readiness_is_told_and_the_higher_comes_first_among_equals():
    offers = [
        *links("offers", "near glass"),
        *links("offers", "far glass", trl=9),
        *links("offers", "nowhere glass", trl=6),
    ]
    result = ask(offers=offers)
    assert named(result) == ["far", "nowhere", "near"]
    assert reason(result, "far").startswith("offers it at readiness level 9; ")
    assert result.frame("candidates")["readiness"].tolist()[:2] == [9, 6]


def test_a_surer_offer_outweighs_being_near():
    offers = [*links("offers", "near glass", confidence=0.5), *links("offers", "abroad glass", confidence=0.9)]
    assert named(ask(offers=offers)) == ["abroad", "near"]


def test_an_offer_for_own_use_or_too_old_makes_no_candidate():
    offers = [
        *links("offers", "near glass", access="own use"),
        *links("offers", "far glass", as_of="2015-01-01"),
        *links("offers", "abroad glass", access="open"),
    ]
    result = ask(offers=offers)
    assert named(result) == ["abroad"]
    assert reason(result, "abroad").startswith("offers it, open to everybody; ")


def test_another_site_of_the_only_supplier_is_no_second_source():
    offers = links("offers", "here glass", "near glass", "far glass")
    result = ask(offers=offers, ownerships=links("ownerships", "near here", share=1.0))
    assert named(result) == ["far"]


def test_one_name_for_many_capabilities_says_so():
    rows = chain(*(f"c{number}>end" for number in range(BROAD)))
    offers = links("offers", *(f"society c{number}" for number in range(BROAD)))
    society = {"id": "society", "name": "society", "kind": "rto", "region": "DE212", "lat": 48.1, "lon": 11.6}
    here = firms("here", region="DEG03", lat=50.93, lon=11.59)
    graph = graph_of({**rows, "organisations": [*here, society], "offers": offers})
    reasons = gaps(graph.within(HERE)).table("candidates").column("reason")
    assert reasons[0] == (f"offers it; its seat 315 km away; one name for {BROAD} capabilities: ask which institute")


def test_one_name_for_sites_in_many_towns_has_no_distance_and_says_so():
    sites = [
        {"id": f"s{town}", "name": "Society", "kind": "rto", "city": town, "vat": "DE1", "lat": 48.1, "lon": 11.6}
        for town in ("Aachen", "Berlin", "Chemnitz")
    ]
    graph = graph_of(
        {
            **chain("glass>lens"),
            "organisations": [*firms("here", region="DEG03", lat=50.93, lon=11.59), *sites],
            "offers": links("offers", "sAachen glass"),
        }
    )
    row = gaps(graph.within(HERE)).frame("candidates").iloc[0]
    assert row["reason"] == "offers it; one name for sites in 3 towns: ask which institute"
    assert row["distance_km"] is None or row["distance_km"] != row["distance_km"]


def test_where_nobody_is_known_elsewhere_it_is_said():
    result = ask(offers=[], surveys=[{"chain": "c", "asked": "2026-01-01", "answered": "2026-02-01"}])
    assert "Nobody outside is known to offer glass; lens." in result.notes
    glass = next(one for one in result.findings if one.title.startswith("Glass"))
    assert "Nobody elsewhere is known to offer it either." in glass.explanation
    assert glass.with_whom == ()
    assert not glass.action.startswith("Find a supplier outside")


def test_nobody_is_looked_for_where_none_are_wanted_or_nobody_is_outside():
    assert ask(candidates=0).table("candidates").rows == ()
    assert not any("outside" in note for note in ask(candidates=0).notes)
    whole = ask(Scope())
    assert whole.table("candidates").rows == ()
    assert any("there is no outside" in note for note in whole.notes)


def test_a_guess_names_the_projects_that_it_follows_from():
    rows = {
        **chain("glass>lens"),
        "organisations": [
            *firms("here", region="DEG03", lat=50.93, lon=11.59),
            *firms("next", region="DEG0J", lat=50.935, lon=11.59),
        ],
        "projects": [{"id": "p", "acronym": "CLEAR", "title": "Glass for all", "end": "2030-01-01"}],
        "participations": links("participations", "next p"),
    }
    result = gaps(graph_of(rows, title_terms={"test:glass": "glass"}).within(Scope(regions=("DEG03",))))
    assert reason(result, "next") == "1 project on it: CLEAR (to 2030); less than 1 km away"
