"""Profiles of regions, against small cases worked out by hand."""

from __future__ import annotations

from typing import Any

import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._region_words import times
from valuechain.analyses.region_profile import region_profile
from valuechain.model.build import Reference, build
from valuechain.model.errors import QuestionError
from valuechain.model.example import delivery, snapshot
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result

CHAIN = chain("glass>lens", "lens>camera", "diode>laser", "laser>welder")


def at(region: str, *ids: str, **more: Any) -> list[dict[str, Any]]:
    return firms(*ids, region=region, country=region[:2], **more)


PLACED = [
    *at("DE211", "a", "b", "c", "d"),
    *at("FR101", "e", "f", "g", "h"),
    *at("NL310", "i", "j", "k", "l"),
]
OFFERS = links(
    "offers",
    *("a lens", "b lens", "c lens", "d glass", "a laser", "b laser", "c laser"),
    *("e lens", "f glass", "g glass", "h glass", "e laser", "f laser", "g laser"),
    *("i diode", "j diode", "k diode", "l lens"),
)
ROWS: dict[str, Any] = {**CHAIN, "organisations": PLACED, "offers": OFFERS}


def ask(rows: dict[str, Any], *regions: str, countries: tuple[str, ...] = (), **parameters: Any) -> Result:
    scope = Scope(regions=regions, countries=countries)
    return region_profile(graph_of({**ROWS, **rows}).within(scope), **parameters)


def of_kind(result: Result, kind: str) -> list[Finding]:
    return [one for one in result.findings if one.kind == kind]


def only(result: Result, kind: str) -> Finding:
    (finding,) = of_kind(result, kind)
    return finding


def line(result: Result, table: str, column: str, value: object) -> dict[str, Any]:
    rows: list[dict[str, Any]] = result.frame(table).to_dict("records")
    (found,) = [one for one in rows if one[column] == value]
    return found


class TestAQuotientInWords:
    @pytest.mark.parametrize(
        ("quotient", "words"),
        [
            (2.14, "2.1 times the average share"),
            (1.02, "about the average share"),
            (0.4, "0.4 times the average share"),
        ],
    )
    def test_is_times_the_average_share(self, quotient: float, words: str):
        assert times(quotient) == words


class TestSpecialisations:
    def test_stand_with_their_share_and_with_what_stands_behind_them(self):
        # lens: 3 of 7 here, 5 of 18 everywhere; laser the same with 6 of 18
        result = ask({}, "DE21")
        lens = line(result, "activities", "activity", "Lens")
        assert (lens["quotient"], lens["reading"], lens["count"], lens["backing"]) == (1.54, "specialised", 3, 3)
        assert (lens["share_here"], lens["share_everywhere"]) == (0.4286, 0.2778)
        first = of_kind(result, "specialisation")[0]
        assert first.title == "Lens: 1.5 times the average share in DE21 (3 organisations)"
        assert "With counts so small that may be chance: anything from" in first.explanation
        assert "a, b and c" in first.with_whom
        assert result.verdict.startswith(
            "By shares of organisations by capability, DE21 is specialised in 2 activities, none of them beyond what "
        )

    def test_are_as_sure_as_the_count_and_as_chance_allow(self):
        # 3 of 7 lenses where 5 of 18 are usual: fewer than 3 come by chance in 0.697 of cases; offers have 0.9
        assert of_kind(ask({}, "DE21"), "specialisation")[0].confidence == pytest.approx(0.9 * 0.6975, abs=1e-3)

    def test_need_enough_behind_them(self):
        result = ask({}, "DE21", least=4)
        assert line(result, "activities", "activity", "Lens")["reading"] == "too few to say"
        assert not of_kind(result, "specialisation")
        assert "nothing stands out in DE21: no activity above the average share has 4 independent" in result.verdict
        assert "2 activities above the average share have fewer than 4 independent organisations behind them" in str(
            result.notes
        )

    def test_that_are_all_beyond_chance_are_told_so_once(self):
        firms = [*at("DE211", *(f"x{n}" for n in range(40))), *at("FR101", *(f"y{n}" for n in range(80)))]
        offers = links(
            "offers",
            *(f"x{n} {what}" for n in range(40) for what in ("lens", "laser")),
            *(f"y{n} {what}" for n in range(80) for what in ("glass", "diode")),
        )
        result = ask({"organisations": firms, "offers": offers}, "DE21")
        assert "DE21 is specialised in 2 activities, all beyond what chance may give; the clearest is" in result.verdict

    def test_of_large_counts_are_beyond_chance(self):
        many = [*at("DE211", *(f"x{n}" for n in range(40))), *at("FR101", *(f"y{n}" for n in range(40)))]
        offers = links("offers", *(f"x{n} lens" for n in range(40)), *(f"y{n} glass" for n in range(40)))
        result = ask({"organisations": many, "offers": offers}, "DE21")
        assert "DE21 is specialised in one activity: lens, 2.0 times the average share." in result.verdict
        assert "Chance leaves this open: anything from 1.8 to 2.0 times" in only(result, "specialisation").explanation


class TestOpportunities:
    """Glass, lenses and lasers are strengths together in three regions; in NL31 glass is missing; five make diodes."""

    PEOPLE = (
        *PLACED,
        *at("ES300", *"mno"),
        *(one for n in range(5) for one in at(f"IT{n}10", *(f"{n}{m}" for m in "abc"))),
    )
    OFFERS = (
        *links("offers", *(f"{one} {what}" for one in "abcefgmno" for what in ("glass", "lens", "laser"))),
        *links("offers", *(f"{one} {what}" for one in "ijk" for what in ("lens", "laser"))),
        *links("offers", *(f"{n}{m} diode" for n in range(5) for m in "abc")),
    )

    def asked(self, *more: str) -> Result:
        return ask({"organisations": self.PEOPLE, "offers": [*self.OFFERS, *links("offers", *more)]}, "NL31")

    def test_are_related_to_strengths_and_below_the_average_share(self):
        # of glass, lens and laser four of nine regions have both kin of glass: 400 / 9 = 44 in the mean region
        result = self.asked()
        found = only(result, "related-opportunity")
        assert found.title == "Glass: related to what NL31 does, and less common there than elsewhere"
        assert "100% is a strength here (44% in the mean region): Laser; Lens." in found.explanation
        assert "nobody is known here" in found.explanation
        told = line(result, "activities", "activity", "Glass")
        assert (told["reading"], told["density"], told["usual_density"]) == ("related opportunity", 100.0, 44.4)

    def test_name_who_does_it_already(self):
        found = only(self.asked("i glass"), "related-opportunity")
        assert (found.with_whom, found.status) == (("i",), "declared")
        assert "(1 organisation)" in found.explanation
        assert found.action.startswith("See first whether one of those here is large, which counts do not tell;")

    def test_are_no_nearer_to_regions_that_do_nothing_like_it(self):
        result = ask({"organisations": self.PEOPLE, "offers": self.OFFERS}, "IT01")
        assert line(result, "activities", "activity", "Glass")["reading"] == "unrelated"

    def test_are_not_told_from_few_regions(self):
        result = ask({}, "DE21")
        assert line(result, "activities", "activity", "Diode")["reading"] == "not assessed"
        assert not of_kind(result, "related-opportunity")


class TestNothingToCompare:
    def test_with_one_region_alone(self):
        result = ask({"organisations": at("DE211", *"abc"), "offers": links("offers", "a lens")}, "DE21")
        assert result.verdict.startswith("Not assessed: DE21 is the only NUTS 2 region known here")
        assert result.table("activities").rows == ()

    def test_where_nobody_offers_anything(self):
        result = ask({"organisations": [*PLACED, *at("AT130", "z")]}, "AT13")
        assert result.verdict.startswith("Not assessed: nothing is known of AT13 that could be counted as shares of")

    def test_of_a_code_that_is_not_of_nuts(self):
        with pytest.raises(QuestionError, match="DE2113 is no code of NUTS"):
            ask({"organisations": [*PLACED, *at("DE2113", "z")]}, "DE2113")


class TestGaps:
    def test_that_somebody_told_of_are_findings_of_their_own(self):
        needs = links("needs", "a glass", "b glass")
        result = ask({"needs": needs}, "DE21")
        assert only(result, "unlinked").title == "Glass: here, but not connected"
        assert line(result, "gaps", "capability", "Glass")["state"] == "unlinked"
        assert "1 of 5 capabilities" not in result.verdict

    def test_that_follow_from_titles_alone_are_one_remark(self):
        offers = [{**one, "status": "inferred"} for one in OFFERS]
        result = ask({"offers": offers}, "NL31")
        found = only(result, "sole-source-by-titles")
        assert (found.severity, found.title) == (
            "low",
            "By project titles alone, one provider each: 1 capability in NL31",
        )
        assert "First of these: Lens: l." in found.explanation
        assert "1 capability hangs on one supplier known by project titles." in result.verdict

    def test_that_are_not_connected_by_titles_may_be_so_all_the_same(self):
        offers = [{**one, "status": "inferred"} for one in OFFERS]
        found = only(ask({"offers": offers}, "DE21"), "unlinked-by-titles")
        assert "Few ties are recorded: they may well know each other." in found.explanation

    def test_that_made_up_firms_wait_for_still_follow_from_titles(self):
        rows = {
            **ROWS,
            "offers": [{**one, "status": "inferred"} for one in OFFERS],
            "needs": links("needs", "i lens", status="synthetic"),
        }
        view = View(statuses=("confirmed", "declared", "inferred", "synthetic"))
        result = region_profile(graph_of(rows, view).within(Scope(regions=("NL31",))))
        found = only(result, "unlinked-by-titles")
        assert (found.status, of_kind(result, "unlinked")) == ("synthetic", [])

    def test_do_not_count_who_lies_elsewhere_by_its_postcode(self):
        munich = at("DE211", *(f"m{n}" for n in range(5)), postcode="80331", lat=48.1, lon=11.6)
        paris = at("FR101", *(f"p{n}" for n in range(5)), postcode="75001", lat=48.9, lon=2.3)
        wrong = firms("w", region="FR101", country="DE", postcode="80335", lat=48.1, lon=11.6)
        offers = links("offers", "w diode", "m1 diode", "p1 glass")
        result = ask({"organisations": [*munich, *paris, *wrong], "offers": offers}, "FR10")
        assert line(result, "gaps", "capability", "Diode")["state"] == "unknown"
        assert "because the postcode lies elsewhere: w." in only(result, "region-coverage").explanation
        assert line(result, "coverage", "what", "Whose postcode lies elsewhere, not counted")["value"] == "w"


class TestTies:
    PROJECTS = {  # noqa: RUF012
        "projects": [{"id": f"p{n}", "title": f"Project {n}"} for n in range(6)],
        "participations": links(
            "participations", "a p0", "e p0", "b p1", "e p1", "a p2", "f p2", "a p3", "i p3", "a p4", "b p4", "c p5"
        ),
        "supplies": links("supplies", "a e lens", "f a glass", "a b lens"),
    }

    def test_say_with_whom_and_what_sizes_suggest(self):
        # 4 projects with others here, 3 in FR10, 1 in NL31: 4 x 3 / 8 = 1.5
        result = ask(self.PROJECTS, "DE21")
        told = line(result, "ties", "partner_key", "FR10")
        assert (told["projects"], told["expected"], told["times_expected"]) == (3, 1.5, 2.0)
        assert (told["delivers"], told["receives"]) == (1, 1)
        assert (told["through_here"], told["through_there"]) == ("a; b", "e; f")
        found = only(result, "region-tie")
        assert found.title == "DE21 is tied most to FR10: 3 joint projects"
        assert "Then come NL31 (1)." in found.explanation
        assert "Of 6 projects with somebody from DE21, 1 (17%) join several organisations there." in found.explanation
        assert "It is tied most to FR10 (3 joint projects)." in result.verdict

    def test_of_few_projects_are_in_the_table_alone(self):
        result = ask(self.PROJECTS, "NL31")
        assert line(result, "ties", "partner_key", "DE21")["projects"] == 1
        assert not of_kind(result, "region-tie")

    def test_closer_than_chance_would_bring_are_a_finding(self):
        # DE21 has 20 projects with FR10 and 10 with NL31, FR10 has 100 more with IT31: 30 x 10 / 260 = 1.15 expected
        pairs = [*[("a", "e")] * 20, *[("a", "i")] * 10, *[("e", "m")] * 100]
        rows = {
            "organisations": [*PLACED, *at("IT310", "m")],
            "projects": [{"id": f"p{n}", "title": f"p{n}"} for n in range(len(pairs))],
            "participations": links("participations", *(f"{one} p{n}" for n, pair in enumerate(pairs) for one in pair)),
        }
        result = ask(rows, "DE21")
        assert only(result, "region-tie").title == "DE21 is tied most to FR10: 20 joint projects"
        close = only(result, "close-region")
        assert close.title == "DE21 works with NL31 8.7 times as often as their sizes suggest"
        assert "They share 10 projects; 1.2 would be expected" in close.explanation
        assert close.with_whom == ("a with i",)
        assert not of_kind(ask(rows, "NL31"), "close-region"), "the closest is also the one with most"

    def test_may_be_supply_links_alone(self):
        told = line(ask({"supplies": links("supplies", "a e lens")}, "DE21"), "ties", "partner_key", "FR10")
        assert (told["projects"], told["expected"], told["times_expected"], told["delivers"]) == (0, 0.0, None, 1)

    def test_of_regions_that_meet_each_other_alone_are_all_that_is_expected(self):
        parts = links("participations", *(f"{one} p{n}" for n in range(4) for one in "ae"))
        rows = {"projects": [{"id": f"p{n}", "title": f"p{n}"} for n in range(4)], "participations": parts}
        found = only(ask(rows, "DE21"), "region-tie")
        assert "From how many joint projects each has with whomever, 2.0 would be expected." in found.explanation
        assert "none joins several organisations there" in found.explanation

    def test_that_nobody_knows_are_said(self):
        assert "No joint project or supply link of DE21 with another region is known." in ask({}, "DE21").notes


class TestPriorities:
    CODED = {  # noqa: RUF012
        "capabilities": [{**one, "nace": {"lens": "26.70", "laser": "C26.11;28.41"}.get(one["id"], "")}
                         for one in CHAIN["capabilities"]]
    }  # fmt: skip

    def support(self, region: str = "DE21", **priority: Any) -> tuple[dict[str, Any], Finding]:
        rows = {**self.CODED, "priorities": [{"region": "DE2", "label": "The priority", **priority}]}
        result = ask(rows, region)
        (finding,) = [one for one in result.findings if one.kind.startswith("priority")]
        return result.frame("priorities").to_dict("records")[0], finding

    def test_in_which_the_region_is_specialised_are_a_strength(self):
        row, finding = self.support(capability="lens")
        assert (row["support"], row["organisations"], row["quotient"], row["strongest"]) == (
            "a strength",
            3,
            1.54,
            "Lens",
        )
        assert row["region"] == "DE2"
        assert finding.title == "Priority 'The priority': the chain supports it (3 organisations in DE21)"
        assert finding.severity == "info"

    def test_that_somebody_offers_are_present(self):
        row, finding = self.support(capability="glass")
        assert (row["support"], row["organisations"], row["quotient"]) == ("present", 1, None)
        assert "Too few stand behind any of them to compare." in finding.explanation

    def test_that_nobody_is_known_for_may_only_be_not_asked(self):
        row, finding = self.support(capability="diode")
        assert (row["support"], row["organisations"], finding.severity) == ("nobody known", 0, "medium")
        assert "Whether nobody is there or nobody asked is not known." in finding.explanation

    def test_in_a_sector_concern_the_capabilities_with_a_class_of_it(self):
        row, _ = self.support(sector="26")
        assert (row["support"], row["capabilities"], row["sector"]) == ("a strength", "laser; lens", "NACE 26")

    def test_in_a_sector_without_any_capability_have_no_stage_in_the_chain(self):
        row, finding = self.support(sector="C10")
        assert (row["support"], finding.severity) == ("no stage in the chain", "medium")
        assert "No capability of the chain belongs to NACE 10" in finding.explanation

    def test_in_words_alone_cannot_be_compared_but_have_a_nearest_word(self):
        row, finding = self.support(label="Lasers for all")
        assert (row["support"], finding.severity) == ("cannot be compared", "low")
        assert "By its words it may mean laser." in finding.explanation

    def test_of_another_region_do_not_hold_here(self):
        rows = {"priorities": [{"region": "FR", "label": "The priority", "capability": "lens"}]}
        result = ask(rows, "DE21")
        assert result.table("priorities").rows == ()
        assert "No smart-specialisation priority is recorded." in only(result, "region-coverage").explanation

    def test_count_who_works_in_the_sector(self):
        rows = {
            **self.CODED,
            "priorities": [{"region": "DE21", "label": "Optics", "sector": "26"}],
            "sectors": [{"organisation": one, "code": "26.70", "scheme": "nace2"} for one in ("a", "e")],
        }
        assert ask(rows, "DE21").frame("priorities")["in_sector"].tolist() == [1]


class TestCoverage:
    def test_tells_how_much_is_known_and_how_old_it_is(self):
        offers = [*links("offers", "a lens", as_of="2025-03-01"), *links("offers", "b lens", as_of="2026-02-01"),
                  *links("offers", "c glass", status="inferred")]  # fmt: skip
        surveys = [{"region": "DE2", "chain": "c", "answered": "2026-01-01"}]
        regions = [{"code": "DE21", "scheme": "nuts2024", "category": "more developed", "population": 4_700_000}]
        result = ask({"offers": offers, "surveys": surveys, "regions": regions}, "DE21")
        told = dict(result.frame("coverage")[["what", "value"]].values.tolist())
        assert told["Organisations"] == "4: 4 SMEs"
        assert (told["with a known or guessed offer"], told["who stated one themselves"]) == ("3", "2")
        assert told["Newest and oldest offer"] == "1 February 2026, 1 March 2025"
        assert told["Surveys answered that asked here"] == "1"
        assert (told["Cohesion policy category"], told["Inhabitants"]) == ("more developed", "4,700,000")
        words = only(result, "region-coverage").explanation
        assert "Nothing says what 1 of 4 organisations offer. What 1 of the others offer is guessed" in words
        assert "No survey" not in words

    def test_of_few_says_so_in_the_title(self):
        found = only(ask({}, "NL31"), "region-coverage")
        assert (found.title, found.severity) == ("NL31: something is known of 4 organisations alone", "low")
        assert "They all stated what they offer." in found.explanation

    def test_takes_the_category_of_the_region_around_a_small_one(self):
        regions = [{"code": "DE21", "scheme": "nuts2024", "category": "more developed", "population": 4_700_000}]
        told = dict(ask({"regions": regions}, "DE211").frame("coverage")[["what", "value"]].values.tolist())
        assert (told["Cohesion policy category"], "Inhabitants" in told) == ("more developed", False)
        assert ask({"regions": regions}, level=3).table().column("category") == ["more developed", "", ""]

    def test_names_networks_that_count_in_no_region(self):
        site = {"name": "Society", "kind": "rto", "region": "DE212", "country": "DE", "pic": "1"}
        many = [site | {"id": f"s{n}", "city": town} for n, town in enumerate(("Jena", "Ulm", "Bonn"))]
        result = ask({"organisations": [*PLACED, *many]}, "DE21")
        words = "Society: one name for sites in many places, so counted in no region, though some may lie here."
        assert words in only(result, "region-coverage").explanation
        assert words in only(ask({"organisations": [*PLACED, *many]}, "FR10"), "region-coverage").explanation
        assert line(result, "coverage", "what", "Networks with their seat here, not counted")["value"] == "Society"


class TestParticipations:
    def test_stand_in_title_and_findings_with_the_organisations_behind_them(self):
        rows = {
            "capabilities": [{**one, "terms": one["id"]} for one in CHAIN["capabilities"]],
            "projects": [{"id": "p", "title": "A lens"}, {"id": "q", "title": "Glass"}],
            "participations": links("participations", "a p", "b p", "c p", "d q", "e q", "f q", "g q"),
        }
        result = ask(rows, "DE21", basis="participations")
        assert result.table("activities").title.endswith(
            "by shares of participations in research projects by capability"
        )
        # lens: 3 of 4 here, 3 of 7 everywhere
        found = only(result, "specialisation")
        assert found.title == "Lens: 1.8 times the average share in DE21 (3 participations of 3 organisations)"
        assert found.with_whom == ("a, b and c (guessed from project titles)",)
        assert "are not an economy" in result.notes[0]


class TestKindsAndClusters:
    def test_pick_whom_to_count_and_stand_in_the_title(self):
        people = [*PLACED[:2], *({**one, "kind": "rto"} for one in PLACED[2:])]
        graph = graph_of({**ROWS, "organisations": people}).within(Scope(kinds=("rto",)))
        table = region_profile(graph).table()
        assert (
            table.title
            == "What NUTS 2 regions do, by shares of organisations by capability among research organisations"
        )
        assert table.column("counted") == [7, 4, 3]


def figures(*texts: str) -> list[dict[str, Any]]:
    names = ("region", "sector", "year", "value")
    return [{"measure": "jobs", "scheme": "nace2", **dict(zip(names, text.split(), strict=True))} for text in texts]


class TestJobs:
    ROWS = {  # noqa: RUF012
        "statistics": figures("DE21 26 2024 300", "DE21 32 2024 100", "FR10 26 2024 100", "FR10 32 2024 100")
    }

    def test_stand_in_the_title_with_their_year_and_have_no_bounds(self):
        result = ask(self.ROWS, "DE21", basis="jobs")
        assert result.table("activities").title == "What DE21 does, by shares of jobs by sector, 2024"
        row = line(result, "activities", "activity", "NACE 26")
        assert (row["quotient"], row["count"], row["low"], row["backing"]) == (1.12, 300, None, None)
        found = only(result, "specialisation")
        assert found.title == "NACE 26: 1.1 times the average share in DE21 (300 jobs)"
        assert found.subjects == ("DE21", "26")
        assert "Shares are shares of jobs by sector" in result.notes[0]

    def test_leave_ties_gaps_and_priorities_to_what_organisations_offer(self):
        rows = {**self.ROWS, "priorities": [{"region": "DE21", "label": "Lenses", "capability": "lens"}]}
        assert ask(rows, "DE21", basis="jobs").frame("priorities")["support"].tolist() == ["a strength"]

    def test_of_all_regions_stand_beside_each_other(self):
        result = ask(self.ROWS, basis="jobs")
        assert result.table().column("strongest") == ["NACE 26", "NACE 32"]
        assert result.table().column("low") == [None, None]

    def test_that_nobody_told_are_not_assessed(self):
        assert ask({}, "DE21", basis="jobs").verdict.startswith("Not assessed: nothing is known of DE21")
        assert ask({}, basis="jobs").verdict.startswith("Not assessed: nothing is known that could be counted")


class TestAllRegions:
    def test_have_one_row_each_with_those_first_of_which_most_is_known(self):
        table = ask({}).table()
        assert table.title == "What NUTS 2 regions do, by shares of organisations by capability"
        assert table.column("region_key") == ["DE21", "FR10", "NL31"]
        assert table.column("counted") == [7, 7, 4]
        assert table.column("specialisations") == [2, 2, 1]
        assert table.column("strongest") == ["Lens", "Glass", "Diode"]
        assert table.column("single") == [1, 1, 1]

    def test_are_those_of_the_level_asked_for(self):
        assert ask({}, level=0).table().column("region_key") == ["DE", "FR", "NL"]
        assert ask({}, level=3).table().column("region_key") == ["DE211", "FR101", "NL310"]

    def test_are_compared_with_all_others_even_where_some_are_asked_about(self):
        table = ask({}, countries=("DE",)).table()
        assert (table.column("region_key"), table.column("quotient")) == (["DE21"], [1.54])
        assert ask({}, "DE21", "NL3").table().column("region_key") == ["DE21", "NL31"]

    def test_lead_with_the_clearest_specialisations(self):
        result = ask({})
        assert result.verdict.startswith(
            "By shares of organisations by capability, 3 of 3 NUTS 2 regions in the whole data set have a "
            "specialisation; the clearest is diode in NL31, 4.5 times the average share."
        )
        assert [one.subjects[0] for one in result.findings] == ["NL31", "FR10", "DE21"]

    def test_without_any_specialisation_say_so(self):
        result = ask({}, least=9)
        assert result.verdict.endswith("0 of 3 NUTS 2 regions in the whole data set have a specialisation.")
        assert (result.findings, result.table().column("strongest")) == ((), ["", "", ""])

    def test_say_who_is_left_out(self):
        people = [*PLACED, *firms("z"), *[{"id": f"s{n}", "name": "s", "kind": "rto", "pic": "1", "city": town,
                  "region": "DE212"} for n, town in enumerate(("Jena", "Ulm", "Bonn"))]]  # fmt: skip
        notes = ask({"organisations": people, "offers": [*OFFERS, *links("offers", "z lens", "s0 lens")]}).notes
        assert "1 organisation with one name for sites in many places counts in no region." in notes
        assert any(note.startswith("1 organisation tells no region of this level") for note in notes)

    def test_of_which_there_is_one_are_not_assessed(self):
        result = ask({"organisations": at("DE211", *"abc"), "offers": links("offers", "a lens", "b lens", "c lens")})
        assert result.verdict == "Not assessed: DE21 is the only NUTS 2 region known here."
        assert (result.findings, result.table().column("specialisations")) == ((), [0])


class TestCodes:
    def test_of_an_older_list_are_brought_up_to_date(self):
        rows = {**ROWS, "organisations": [*PLACED[:-4], *at("NL999", *"ijkl")]}
        graph = build(snapshot(delivery(rows, "test")), View(), Reference(current_regions={"NL999": "NL350"}))
        assert region_profile(graph).table().column("region_key") == ["DE21", "FR10", "NL35"]

    def test_of_a_region_of_which_nothing_is_known_lead_to_one_that_is(self):
        with pytest.raises(QuestionError, match="No organisation is known in DE22"):
            ask({}, "DE22")
