"""Which region complements which, on what, and through whom: against published figures and cases worked by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses.collaboration import collaboration
from valuechain.model.errors import NotFoundError, QuestionError
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

NORTH, SOUTH, EAST = "DE91", "DE21", "DED2"

CHAIN = chain("glass>lens", "lens>camera", "sensor>camera")

OFFERS = links("offers", "n glass", "n lens", "s camera", "s sensor", "e lens", "e camera")


def world(**tables: Any) -> dict[str, Any]:
    """The north makes glass and lenses, the south cameras and sensors, the east lenses and cameras."""
    organisations = [*firms("n", region=NORTH), *firms("s", region=SOUTH), *firms("e", region=EAST)]
    return {**CHAIN, "organisations": organisations, "offers": OFFERS, **tables}


def ask(rows: dict[str, Any], *regions: str, view: View | None = None, scope: Any = None, **parameters: Any) -> Result:
    graph = graph_of(rows, view).within(Scope(regions=regions, **(scope or {})))
    return collaboration(graph, **{"least": 1, **parameters})


def lines(result: Result, table: str, partner: str = "") -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = result.frame(table).to_dict("records")
    return [row for row in told if partner in ("", row["partner_key"])]


def line(result: Result, partner: str, table: str = "partners") -> dict[str, Any]:
    (told,) = lines(result, table, partner)
    return told


def finding(result: Result, partner: str) -> Finding:
    (found,) = [one for one in result.findings if one.subjects[1] == partner]
    return found


COUNTS = {
    "DE11": (100, 0, 0, 0, 0), "DE12": (0, 15, 5, 70, 10), "DE13": (0, 20, 10, 20, 50), "DE14": (0, 25, 30, 5, 40),
    "DE21": (0, 40, 55, 5, 0),
}  # fmt: skip
"""Five regions by five activities, the example of the R package EconGeo."""


@pytest.fixture(scope="module")
def published() -> Result:
    """What the second region of the example has of the others."""
    organisations, offers = [], []
    for code, counts in COUNTS.items():
        for activity, count in enumerate(counts, start=1):
            names = [f"{code}-{activity}-{number}" for number in range(count)]
            organisations += firms(*names, region=code)
            offers += links("offers", *(f"{name} a{activity}" for name in names))
    activities = [{"id": f"a{one}", "label": f"a{one}", "chain": "c", "kind": "component"} for one in range(1, 6)]
    return ask({"organisations": organisations, "offers": offers, "capabilities": activities}, "DE12", least=3)


class TestPublishedFigures:
    def test_density_is_that_of_the_example(self, published: Result):
        found = {
            row["capability"]: row["density"] for row in lines(published, "openings", "DE13") if row["gains"] == "DE12"
        }
        assert found == {"a2": 24.71, "a3": 0.0, "a5": 32.45}

    def test_quotients_are_those_of_the_example(self, published: Result):
        found = {
            row["capability"]: row["quotient"] for row in lines(published, "adds", "DE21") if row["gains"] == "DE12"
        }
        assert found == {"a2": 2.0, "a3": 2.75}

    def test_added_density_brings_a_region_to_that_of_both(self, published: Result):
        """The third region has all that is related to activity 3, so with it the second has 100 of it."""
        (found,) = [
            row for row in lines(published, "openings", "DE13") if row["gains"] == "DE12" and row["capability"] == "a3"
        ]
        assert (found["added_density"], found["together"]) == (100.0, 100.0)

    def test_similarity_is_the_part_of_specialisations_that_both_have(self, published: Result):
        assert line(published, "DE13")["similarity"] == 0.333  # the fourth activity, of the second, fourth and fifth

    def test_nothing_is_added_by_a_region_that_is_related_to_nobody(self, published: Result):
        one = line(published, "DE11")
        of_the_second = (24.71 + 0 + 0 + 32.45) / 4  # its density in what is related to any
        assert (one["gain_here"], one["gain_there"], one["gain_both"]) == (0.0, round(of_the_second, 2), 0.0)


class TestPartners:
    def test_are_ranked_by_what_both_would_gain(self):
        result = ask(world(), NORTH)
        told = [[row[name] for name in ("rank", "partner_key", "gain_here", "gain_there", "gain_both")]
                for row in lines(result, "partners")]  # fmt: skip
        assert told == [[1, SOUTH, 50.0, 50.0, 50.0], [2, EAST, 35.36, 14.64, 22.75]]

    def test_gain_for_the_capability_asked_about_alone(self):
        result = ask(world(), NORTH, capability="test:camera")
        assert line(result, SOUTH)["gain_here"] == 58.58  # 0.707 of sensors / (0.707 + 0.5)
        assert [row["capability"] for row in lines(result, "adds", SOUTH) if row["gains"] == NORTH] == ["Sensor"]
        assert "in Camera (basis: organisations; NUTS 2 regions)" in result.tables[0].title

    def test_gain_for_a_stage_by_its_name(self):
        assert ask(world(), NORTH, stage="Stage").frame("partners").equals(ask(world(), NORTH).frame("partners"))

    def test_say_how_far_away_they_are_from_the_middle_of_their_organisations(self):
        organisations = [
            *firms("n", region=NORTH, lat=52.0, lon=10.0), *firms("s", region=SOUTH, lat=47.0, lon=10.0),
            *firms("t", region=SOUTH, lat=49.0, lon=10.0), *firms("e", region=EAST),
        ]  # fmt: skip
        result = ask(world(organisations=organisations), NORTH)
        assert line(result, SOUTH)["distance_km"] == 445  # four degrees of a meridian of 20,015 km
        assert np.isnan(line(result, EAST)["distance_km"])
        assert [row["partner_key"] for row in lines(ask(world(organisations=organisations), NORTH, within_km=500),
                                                     "partners")] == [SOUTH]  # fmt: skip

    def test_can_be_kept_to_countries(self):
        organisations = [*firms("n", region=NORTH), *firms("s", region="EL30"), *firms("e", region=EAST)]
        rows = world(organisations=organisations)
        for code in ("GR", "EL"):
            assert [row["partner_key"] for row in lines(ask(rows, NORTH, partner_country=code), "partners")] == ["EL30"]

    def test_of_equal_gain_come_in_the_order_of_what_the_region_gains_and_then_of_their_codes(self):
        organisations = firms("n", region=NORTH) + firms("s", region=SOUTH) + firms("t", region="DE22")
        offers = links("offers", "n glass", "n lens", "s camera", "s sensor", "t camera", "t sensor")
        result = ask(world(organisations=organisations, offers=offers), NORTH)
        assert [row["partner_key"] for row in lines(result, "partners")] == [SOUTH, "DE22"]

    def test_need_so_many_organisations_behind_a_specialisation(self):
        result = ask(world(), NORTH, least=2)
        assert result.verdict.startswith("Not assessed: no region is specialised both in what is asked about")

    def test_of_several_regions_count_each_pair_once(self):
        told = lines(ask(world(), NORTH, SOUTH), "partners")
        assert {(row["region_key"], row["partner_key"]) for row in told} == {
            (SOUTH, NORTH), (NORTH, EAST), (SOUTH, EAST),
        }  # fmt: skip

    def test_of_all_regions_are_all_pairs(self):
        result = ask(world())
        assert result.verdict.startswith("Of 3 pairs of NUTS 2 regions, DE21 and DE91 come first.")
        assert len(lines(result, "partners")) == 3
        assert result.charts[0].kind == "heatmap"
        assert len(lines(ask(world(), partners=1), "partners")) == 1

    def test_on_another_level_than_the_code_are_compared_on_that_level(self):
        told = lines(ask(world(), "DE9", level=2), "partners")
        assert {row["region_key"] for row in told} == {NORTH}
        assert {row["partner_key"] for row in lines(ask(world(), "DE9"), "partners")} == {"DE2", "DED"}
        with pytest.raises(
            QuestionError, match=r"DE91 \(DE91\) is smaller than NUTS 1 regions\..*--level 2, or for DE9"
        ):
            ask(world(), NORTH, level=1)

    def test_of_countries_need_no_code_of_a_region(self):
        organisations = [*firms("n", country="DE"), *firms("s", country="FR"), *firms("e", country="GR")]
        result = ask(world(organisations=organisations), level=0)
        assert {row["partner_key"] for row in lines(result, "partners")} == {"EL", "FR"}
        assert {row["capability"] for row in lines(result, "fills") if row["gains"] == "Germany"} == {
            "Camera", "Lens", "Sensor",
        }  # fmt: skip

    @settings(max_examples=10, deadline=None)
    @given(
        st.lists(st.tuples(st.sampled_from("nse"), st.sampled_from(["glass", "lens", "camera", "sensor"])), min_size=2)
    )
    def test_gain_what_the_capabilities_add_that_are_listed(self, pairs: list[tuple[str, str]]):
        rows = world(offers=links("offers", *{f"{who} {what}" for who, what in pairs}))
        result = ask(rows)
        for match in lines(result, "partners"):
            for code, figure in ((match["region_key"], "gain_here"), (match["partner_key"], "gain_there")):
                parts = [
                    row["gain"]
                    for row in lines(result, "adds", match["partner_key"])
                    if row["region_key"] == match["region_key"] and row["gains"] == code
                ]
                assert sum(parts) == pytest.approx(match[figure], abs=0.02)


class TestRanks:
    def test_hang_on_single_organisations_where_counts_are_small(self):
        """The south has two behind each specialisation, the east one: with two behind each the east is no partner."""
        organisations = [*world()["organisations"], *firms("n2", region=NORTH), *firms("s2", region=SOUTH)]
        more = links("offers", "n2 glass", "n2 lens", "s2 camera", "s2 sensor")
        rows = world(organisations=[*organisations, *firms("w", region="DEF0")], offers=[*OFFERS, *more,
                     *links("offers", "w sensor", "w camera")])  # fmt: skip
        result = ask(rows, NORTH, least=1)
        ranks = {
            row["partner_key"]: (row["rank"], row["rank_from"], row["rank_to"]) for row in lines(result, "partners")
        }
        assert ranks[SOUTH] == (1, 1, 1)
        assert ranks["DEF0"] == (2, 2, 3)
        assert "Its rank lies between 2 and 3 if 2 had to stand behind" in finding(result, "DEF0").explanation

    def test_of_more_than_one_are_tried_with_one_more_and_one_fewer(self):
        double = [row | {"organisation": f"{row['organisation']}2"} for row in OFFERS]
        more = [*firms("n2", region=NORTH), *firms("s2", region=SOUTH), *firms("e2", region=EAST)]
        result = ask(world(organisations=[*world()["organisations"], *more], offers=[*OFFERS, *double]), NORTH, least=2)
        assert [(row["rank_from"], row["rank_to"]) for row in lines(result, "partners")] == [(1, 1), (2, 2)]


class TestGapsThatAreFilled:
    def test_are_those_with_nobody_or_one_known(self):
        told = {row["capability"]: row for row in lines(ask(world(), NORTH), "fills", EAST) if row["gains"] == NORTH}
        assert {name: row["state"] for name, row in told.items()} == {
            "Camera": "nobody known here, not asked yet", "Lens": "only one supplier (known)",
        }  # fmt: skip
        assert (told["Lens"]["only_one"], told["Lens"]["who"], told["Lens"]["offered_by"]) == ("n", "e", 1)

    def test_are_sure_where_everybody_was_asked(self):
        rows = world(
            surveys=[{"region": NORTH, "chain": "c", "answered": "2026-01-01"}],
            needs=links("needs", "n camera"),
        )
        result = ask(rows, NORTH)
        (camera,) = [row for row in lines(result, "fills", SOUTH) if row["capability"] == "Camera"]
        assert (camera["state"], camera["needed_by"], camera["confidence"]) == ("nobody here offers it", 1, 0.81)
        found = finding(result, SOUTH)
        assert (found.severity, found.confidence) == ("medium", 0.9)
        assert found.explanation.startswith("Nobody in DE91 offers camera; sensor (all were asked): DE21 does.")

    def test_in_which_the_partner_is_not_strong_do_not_count_unless_everybody_was_asked(self):
        offers = [*OFFERS, *links("offers", "s2 camera", "s3 camera", "s4 camera", "s glass")]
        organisations = [*world()["organisations"], *firms("s2", "s3", "s4", region=SOUTH)]
        rows = world(offers=offers, organisations=organisations)
        told = [row for row in lines(ask(rows, EAST), "fills", SOUTH) if row["gains"] == EAST]
        assert {row["capability"]: row["specialised"] for row in told} == {
            "Camera": True, "Sensor": True, "Glass": False,
        }  # fmt: skip
        assert line(ask(rows, EAST), SOUTH)["fills_here"] == 2
        asked = rows | {"surveys": [{"region": EAST, "chain": "c", "answered": "2026-01-01"}]}
        assert line(ask(asked, EAST), SOUTH)["fills_here"] == 3

    def test_are_not_filled_by_another_site_of_the_only_one_who_offers_it(self):
        organisations = [*firms("n", "e", group_id="g"), *firms("s", region=SOUTH)]
        organisations[0]["region"], organisations[1]["region"] = NORTH, EAST
        told = lines(ask(world(organisations=organisations), NORTH), "fills", EAST)
        assert "Lens" not in {row["capability"] for row in told}

    def test_are_none_in_a_region_where_nobody_offers_anything(self):
        organisations = [*world()["organisations"], *firms("x", region="DE30")]
        assert "DE30" not in {
            row["partner_key"] for row in lines(ask(world(organisations=organisations), NORTH), "fills")
        }

    def test_by_offers_that_are_too_old_do_not_count(self):
        old = links("offers", "s glass", as_of="2010-01-01") + links("offers", "e glass", as_of="2026-01-01")
        told = lines(ask(world(offers=[*OFFERS, *old]), SOUTH, freshness=5.0), "fills")
        assert {row["partner_key"] for row in told if row["capability"] == "Glass" and row["gains"] == SOUTH} == {
            NORTH, EAST,
        }  # fmt: skip


class TestCarriers:
    def test_are_who_offers_it_and_who_would_use_it(self):
        told = lines(ask(world(), EAST), "carriers", SOUTH)
        sensor = [row for row in told if row["capability"] == "Sensor"]
        assert [(row["side"], row["organisation"], row["lies_in"], row["reason"]) for row in sensor] == [
            ("offers it", "s", SOUTH, "offers it"),
            ("would use it", "e", EAST, "its camera would take it as an input"),
        ]

    def test_who_buys_or_says_that_it_needs_it_would_use_it(self):
        rows = world(
            needs=links("needs", "e glass"), supplies=links("supplies", "n s lens"), inputs=[],
        )  # fmt: skip
        glass = [row for row in lines(ask(rows, EAST), "carriers", NORTH) if row["capability"] == "Glass"]
        assert glass[-1]["reason"] == "says that it needs it"
        lens = [row for row in lines(ask(rows, SOUTH), "carriers", NORTH) if row["capability"] == "Lens"]
        assert lens[-1]["reason"] == "buys it already"

    def test_who_works_with_the_other_region_already_comes_first(self):
        organisations = [*world()["organisations"], *firms("a", region=SOUTH)]
        rows = world(
            organisations=organisations,
            offers=[*OFFERS, *links("offers", "a sensor")],
            projects=[{"id": "p", "title": "Together"}],
            participations=links("participations", "s p", "e p"),
        )
        told = [row for row in lines(ask(rows, EAST), "carriers", SOUTH) if row["capability"] == "Sensor"]
        assert [(row["organisation"], row["joint_projects"]) for row in told] == [("s", 1), ("a", 0), ("e", 1)]
        assert told[0]["reason"] == "offers it; 1 joint project with DED2"
        assert told[2]["reason"] == "its camera would take it as an input; 1 joint project with DE21"

    def test_who_stands_for_many_is_marked(self):
        broad = [f"c{number}" for number in range(15)]
        capabilities = [*CHAIN["capabilities"], *({"id": one, "label": one, "chain": "c"} for one in broad)]
        rows = world(capabilities=capabilities, offers=[*OFFERS, *links("offers", *(f"s {one}" for one in broad))])
        (told,) = [row for row in lines(ask(rows, NORTH, carriers=1), "carriers", SOUTH) if row["capability"] == "c0"]
        assert told["reason"] == "offers it; one name for 17 capabilities: ask which unit"

    def test_who_are_real_are_not_asked_to_meet_somebody_made_up(self):
        rows = world(organisations=[*world()["organisations"], *firms("m", region=SOUTH, status="synthetic")])
        rows["offers"] = [*OFFERS, *links("offers", "m camera", status="synthetic")]
        rows["needs"] = links("needs", "m glass", status="synthetic")
        result = ask(rows, NORTH, view=View(statuses=("declared", "synthetic")))
        assert "m" in {row["organisation"] for row in lines(result, "carriers", SOUTH)}
        assert "Camera: s (DE21)" in finding(result, SOUTH).with_whom
        assert "m (DE21)" not in " ".join(finding(result, SOUTH).with_whom)

    def test_can_be_left_out(self):
        assert lines(ask(world(), NORTH, carriers=0), "carriers") == []
        assert finding(ask(world(), NORTH, carriers=0), SOUTH).with_whom == ()

    def test_are_named_in_the_finding_with_their_towns_one_of_research_and_one_that_delivers(self):
        organisations = [
            *firms("n", region=NORTH, city="Hannover"), *firms("s", "t", region=SOUTH), *firms("e", region=EAST),
            {"id": "u", "name": "u", "kind": "university", "region": SOUTH, "city": "Garching"},
        ]  # fmt: skip
        offers = [*OFFERS, *links("offers", "t camera", "u camera", "u sensor")]
        result = ask(world(organisations=organisations, offers=offers), NORTH)
        assert finding(result, SOUTH).with_whom == (
            "Camera: s (DE21) and u (Garching)",
            "Sensor: s (DE21) and u (Garching)",
            "Lens: n (Hannover), for s (DE21)",
            "Glass: n (Hannover)",
        )
        assert finding(result, SOUTH).title.startswith("DE91 and DE21: ")


class TestTies:
    ROWS = world(
        projects=[
            {"id": "p", "title": "Seeing", "acronym": "SEE", "programme": "Horizon Europe", "end": "2027-01-01"},
            {"id": "q", "title": "Older", "programme": "Horizon 2020", "end": "2020-01-01"},
        ],
        participations=links("participations", "n p", "s p", "n q", "s q", "e q", as_of="2026-01-01"),
        supplies=links("supplies", "n s lens", "s n camera", until="2030-01-01"),
    )  # fmt: skip

    def test_are_projects_and_deliveries_between_two_regions(self):
        one = line(ask(self.ROWS, NORTH), SOUTH)
        assert (one["joint_projects"], one["supplies_to"], one["supplies_from"]) == (2, 1, 1)
        assert one["running_projects"] == 1
        assert one["expected_projects"] == 1.1  # 3 x 3 / 8: of eight ends, each of these two regions has three

    def test_are_those_of_one_programme_where_it_is_named(self):
        result = ask(self.ROWS, NORTH, programme="horizon europe")
        assert (line(result, SOUTH)["joint_projects"], line(result, EAST)["joint_projects"]) == (1, 0)
        assert "ties: projects of horizon europe" in result.tables[0].title
        with pytest.raises(NotFoundError, match="Programmes that are known: Horizon 2020, Horizon Europe"):
            ask(self.ROWS, NORTH, programme="FP7")

    def test_of_a_pair_are_listed_one_by_one(self):
        told = lines(ask(self.ROWS, NORTH, with_region=SOUTH), "ties")
        assert [(row["tie"], row["name"], row["organisations_here"], row["organisations_there"]) for row in told] == [
            ("joint project", "SEE: Seeing", "n", "s"),
            ("joint project", "Older", "n", "s"),
            ("supply link", "Lens", "n", "s"),
            ("supply link", "Camera", "n", "s"),
        ]
        assert [row["direction"] for row in told[2:]] == ["DE91 to DE21", "DE21 to DE91"]

    def test_that_are_made_up_show_in_the_row_and_in_the_finding(self):
        rows = self.ROWS | {"supplies": links("supplies", "n s lens", status="synthetic")}
        result = ask(rows, NORTH, view=View(statuses=("declared", "synthetic")))
        assert line(result, SOUTH)["status"] == finding(result, SOUTH).status == "synthetic"
        assert line(result, EAST)["status"] == "declared"

    def test_are_told_in_the_verdict_and_the_finding(self):
        result = ask(self.ROWS, NORTH, with_region=SOUTH)
        assert result.verdict == (
            "DE21 has 2 specialisations that DE91 has not, DE91 2 that DE21 has not. 2 joint projects and 2 supply "
            "links tie them today."
        )
        found = finding(result, SOUTH)
        assert found.title == (
            "DE91 and DE21: DE21 adds 2 specialisations, DE91 2; 2 joint projects and 2 supply links already"
        )
        assert (
            "They have 2 joint projects (1 running); 1.1 would be usual for two regions with as many"
            in found.explanation
        )
        assert found.action.startswith("Start from n and s, who take part in most of the joint projects")

    def test_that_are_missing_call_for_a_first_meeting(self):
        found = finding(ask(world(), NORTH), SOUTH)
        assert found.title.endswith("; no tie yet")
        assert found.action.startswith("Arrange a first meeting")
        rows = world(supplies=links("supplies", "n s lens"))
        assert finding(ask(rows, NORTH), SOUTH).action.startswith("Start from those who deliver to each other")
        assert "1 supply link joins them." in finding(ask(rows, NORTH), SOUTH).explanation


class TestWhatIsCounted:
    def test_parts_in_projects(self):
        rows = world(
            offers=[],
            projects=[{"id": one, "title": one} for one in ("glass", "lens", "camera", "sensor")],
            participations=links("participations", "n glass", "n lens", "s camera", "s sensor", "e lens", "e camera"),
        )
        rows["capabilities"] = [row | {"terms": row["id"]} for row in rows["capabilities"]]
        result = ask(rows, NORTH, basis="participations")
        assert line(result, SOUTH)["gain_both"] == 50.0
        assert "basis: parts in projects" in result.tables[0].title
        assert any("Projects are not an economy" in note for note in result.notes)

    def test_jobs_by_sector(self):
        told = {NORTH: ("23", "26"), SOUTH: ("27", "28"), EAST: ("26", "27")}
        rows = world(statistics=[
            {"region": code, "sector": sector, "scheme": "nace2", "measure": "jobs", "year": 2024, "value": 1000}
            for code, sectors in told.items() for sector in sectors
        ])  # fmt: skip
        result = ask(rows, NORTH, basis="jobs")
        assert line(result, SOUTH)["gain_both"] == 50.0
        assert {row["capability"] for row in lines(result, "adds", SOUTH) if row["gains"] == NORTH} == {
            "NACE 27", "NACE 28",
        }  # fmt: skip
        assert line(result, SOUTH)["fills_here"] == 0
        assert result.tables[0].title == "Partners of DE91 in all sectors (basis: jobs; NUTS 2 regions)"
        assert result.charts[0].title == "What both would gain (basis: jobs)"
        assert {row["side"] for row in lines(result, "carriers", SOUTH)} == {"offers it", "would use it"}
        assert any("Jobs of 2024" in note for note in result.notes)
        with pytest.raises(QuestionError, match="Jobs are told by sector"):
            ask(rows, NORTH, basis="jobs", stage="s")

    def test_the_kinds_asked_about_alone(self):
        organisations = [*world()["organisations"], {"id": "u", "name": "u", "kind": "university", "region": NORTH}]
        rows = world(organisations=organisations, offers=[*OFFERS, *links("offers", "u camera", "u sensor")])
        result = ask(rows, NORTH, scope={"kinds": ("sme",)})
        assert line(result, SOUTH)["gain_both"] == 50.0
        assert line(result, SOUTH)["organisations"] == 1
        assert result.tables[0].title == ("Partners of DE91 in c (basis: organisations, among SMEs; NUTS 2 regions)")

    def test_networks_with_sites_in_many_places_count_in_no_region(self):
        broad = [f"c{number}" for number in range(25)]
        capabilities = [*CHAIN["capabilities"], *({"id": one, "label": one, "chain": "c"} for one in broad)]
        society = {"id": "f", "name": "Society", "kind": "rto", "region": NORTH}
        rows = world(
            capabilities=capabilities,
            organisations=[*world()["organisations"], society],
            offers=[*OFFERS, *links("offers", *(f"f {one}" for one in broad))],
        )
        result = ask(rows, NORTH)
        assert line(result, SOUTH)["gain_both"] == 50.0
        assert any(note.startswith("Society has sites in many places") for note in result.notes)

    def test_regions_without_data_or_specialisation_are_told(self):
        organisations = [*world()["organisations"], *firms("x", region="DE30"), *firms("y", region="DE40")]
        rows = world(organisations=organisations, offers=[*OFFERS, *links("offers", "y lens", "y glass")])
        extra = [
            *rows["organisations"],
            *firms("n2", region=NORTH),
            *firms("s2", region=SOUTH),
            *firms("e2", region=EAST),
        ]
        double = [row | {"organisation": f"{row['organisation']}2"} for row in OFFERS]
        rows |= {"organisations": extra, "offers": [*rows["offers"], *double]}
        result = ask(rows, NORTH, least=2)
        assert any(note.startswith("1 region with data has no specialisation") for note in result.notes)
        assert "Of 1 region nothing is known that counts: not assessed." in result.notes
        assert "DE30" not in {row["partner_key"] for row in lines(result, "partners")}
        poor = finding(result, "DE40")
        assert (poor.severity, line(result, "DE40")["gain_both"]) == ("info", 0.0)
        assert "DE40 has no specialisation that DE91 lacks." in poor.explanation
        assert poor.action.startswith("Ask what the side that gains nothing")
        only = ask(rows, NORTH, least=2, with_region="DE40")
        assert only.verdict.startswith("DE40 has 0 specialisations that DE91 has not")

    def test_that_nobody_would_both_give_and_gain_is_told(self):
        organisations = [*world()["organisations"], *firms("y", region="DE40")]
        rows = world(organisations=organisations, offers=[*OFFERS, *links("offers", "y lens")])
        result = ask(rows, "DE40", least=1, partner_country="DE", capability="test:glass")
        assert result.verdict.startswith("By these counts none of 3 possible partners of DE40 has something to gain")


class TestNotAssessed:
    @pytest.mark.parametrize(
        ("rows", "parameters", "verdict"),
        [
            (world(offers=[]), {}, "no capability that somebody offers is known in any of the NUTS 2 regions."),
            (world(), {"basis": "jobs"}, "no jobs by sector is known in any of the NUTS 2 regions."),
            (
                world(offers=links("offers", "s lens", "e lens")), {},
                "no capability that somebody offers is known in DE91 on the level of NUTS 2 regions.",
            ),
            (
                world(offers=links("offers", "n lens")), {},
                "of NUTS 2 regions, something is known of DE91 (DE91) alone.",
            ),
            (world(), {"partner_country": "FR"}, "no capability that somebody offers is known in the partner"),
            (world(), {"with_region": NORTH}, "a region is no partner of itself."),
            (world(offers=links("offers", "n lens", "s lens")), {}, "no region is specialised both in what"),
            (world(), {"within_km": 10.0}, "no partner lies within 10 km, as far as places are known."),
        ],
    )  # fmt: skip
    def test_says_why(self, rows: dict[str, Any], parameters: dict[str, Any], verdict: str):
        result = ask(rows, NORTH, **parameters)
        assert result.verdict.startswith(f"Not assessed: {verdict}")
        assert not result.findings
        assert not result.table("partners").rows
        assert not result.notes

    def test_a_partner_of_which_nothing_is_known(self):
        names = {"DE30": "Berlin", "DE99": "Sachsen", EAST: "Sachsen"}
        rows = world(regions=[{"code": one, "scheme": "nuts2024", "label": name} for one, name in names.items()])
        assert ask(rows, NORTH, with_region="DE30").verdict == (
            "Not assessed: no capability that somebody offers is known in Berlin (DE30)."
        )
        assert ask(rows, NORTH, with_region="DE99").verdict == (
            "Not assessed: no capability that somebody offers is known in Sachsen (DE99). Sachsen (DE99) goes by the "
            "code DED2 now."
        )


class TestWrongWords:
    def test_a_partner_that_is_no_region_leads_to_the_nearest(self):
        with pytest.raises(NotFoundError, match=r"No region has the code 'DE92'\. Nearest: DE91"):
            ask(world(), SOUTH, with_region="DE92")
        with pytest.raises(NotFoundError, match="Write its code"):
            ask(world(), SOUTH, with_region="?")

    def test_a_stage_or_capability_that_is_none_is_refused(self):
        with pytest.raises(NotFoundError, match="Stages that are known: s"):
            ask(world(), NORTH, stage="t")
        with pytest.raises(NotFoundError, match="has the key 'lenses'"):
            ask(world(), NORTH, capability="lenses")
        market = {**world(), **chain("glass>lens", "lens>health", markets=["health"])}
        market["offers"] = links("offers", "n lens")
        with pytest.raises(QuestionError, match="Health is no capability that is asked about here"):
            ask(market, NORTH, capability="test:health")


def test_the_demo_names_partners_of_thuringia_from_real_projects(demo: Service):
    result = demo.run("collaboration", {"region": "DEG0"})
    assert result.verdict.startswith("Of 35 possible partners of Thüringen, ")
    assert {finding.status for finding in result.findings} == {"inferred"}
    assert all(finding.severity == "low" for finding in result.findings)
    assert any("Fraunhofer" in note for note in result.notes)
    assert result.frame("partners")["joint_projects"].sum() > 0
