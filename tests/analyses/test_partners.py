"""Clusters that complement each other, against cases worked out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._partners import clusters
from valuechain.analyses._partners_market import market_asked
from valuechain.analyses.partners import partners
from valuechain.model.errors import NotFoundError
from valuechain.model.graph import Scope, View
from valuechain.model.result import Finding, Result
from valuechain.service import Service

ARCS = ("glass>lens", "coating>lens", "lens>camera", "camera>robot")
HEALTH = {"id": "market_health", "label": "Market: health", "chain": "c", "stage": "s", "kind": "market"}
CHAIN = chain(*ARCS)
CHAIN["capabilities"].append(HEALTH)
CLUSTERS = [{"id": name, "name": name, "kind": "cluster"} for name in ("North", "South")]


def network(**tables: Any) -> dict[str, Any]:
    """In North a makes lenses and b glass; in South x makes cameras and y coatings."""
    usual: dict[str, Any] = {
        **CHAIN,
        "organisations": [*CLUSTERS, *firms(*"abxy")],
        "memberships": links("memberships", "a North", "b North", "x South", "y South"),
        "offers": links("offers", "a lens", "b glass", "x camera", "y coating"),
    }
    return usual | tables


def health(*rows: str, scheme: str = "application", market: str = "market_health") -> list[dict[str, Any]]:
    """Rows such as "a exporting"."""
    told = [row.split() for row in rows]
    return [
        {"organisation": who, "market": f"test:{market}" if scheme == "application" else market, "scheme": scheme,
         "stage": stage}
        for who, stage in told
    ]  # fmt: skip


def ask(rows: dict[str, Any], cluster: str = "", view: View | None = None, **parameters: Any) -> Result:
    scope = Scope(clusters=tuple(f"test:{name}" for name in cluster.split()))
    return partners(graph_of(rows, view).within(scope), **parameters)


def line(result: Result, table: str, row: int = 0) -> dict[str, Any]:
    told: dict[str, Any] = result.frame(table).to_dict("records")[row]
    return told


def kinds(result: Result) -> list[str]:
    return [one.kind for one in result.findings]


def only(result: Result, kind: str) -> Finding:
    (finding,) = [one for one in result.findings if one.kind == kind]
    return finding


class TestAPairOfClusters:
    def test_complements_each_other_as_far_as_open_needs_are_met(self):
        # North needs glass (has it) and coating (open, y has it); South needs lens for cameras (open, a has it)
        one = line(ask(network()), "pairs")

        assert (one["cluster"], one["partner_cluster"]) == ("North", "South")
        assert (one["complementarity"], one["partner_meets"], one["cluster_meets"]) == (1.0, 1, 1)
        assert (one["similarity"], one["ties"], one["still_missing"]) == (0.0, 0, 0)

    def test_complements_less_where_needs_stay_open(self):
        # South needs robots too, which nobody offers: 2 of 3 open needs are met
        one = line(ask(network(needs=links("needs", "x robot"))), "pairs")
        assert (one["complementarity"], one["still_missing"]) == (pytest.approx(2 / 3, abs=1e-4), 1)

    def test_is_alike_as_far_as_it_offers_the_same(self):
        # both offer lenses: one of {lens, glass, camera, coating}
        rows = network(offers=links("offers", "a lens", "b glass", "x camera", "y coating", "x lens"))
        one = line(ask(rows), "pairs")
        assert (one["similarity"], one["shared"]) == (0.25, 1)

    def test_of_whom_nothing_is_needed_has_no_complementarity_and_not_none(self):
        rows = network(offers=links("offers", "b glass", "y glass"))
        one = line(ask(rows), "pairs")

        assert one["complementarity"] is None or np.isnan(one["complementarity"])
        assert one["similarity"] == 1.0
        assert kinds(ask(rows))[0] == "no-need-met"

    def test_counts_pairs_of_members_that_are_tied_and_leaves_those_of_both_aside(self):
        rows = network(
            supplies=links("supplies", "a x lens", "a b glass", "y a coating"),
            memberships=links("memberships", "a North", "b North", "x South", "y South", "y North"),
        )
        one = line(ask(rows), "pairs")

        # a-x is one; y belongs to both, so y-a does not count; a-b is within North
        assert (one["ties"], one["in_both"]) == (1, "y")

    def test_is_as_sure_as_what_would_be_met_and_as_what_is_known_of_the_chain(self):
        # offers and needs are declared, 0.9; the need of an input is as sure as the offer of what it goes into: 0.9.
        # North knows of 2 of 5 capabilities, South too (the market is none): 0.81 * (1 + 0.5) / 2
        one = line(ask(network()), "pairs")
        assert one["confidence"] == pytest.approx(0.81 * (1 + 2 / 5) / 2, abs=1e-3)

    def test_is_surer_where_more_was_asked(self):
        surveys = [{"chain": "c", "cluster": name, "asked": "2026-01-01", "answered": "2026-01-02"}
                   for name in ("North", "South")]  # fmt: skip
        one = line(ask(network(surveys=surveys)), "pairs")
        assert one["confidence"] == 0.81

    def test_that_is_made_up_is_not_compared_with_a_real_one(self):
        rows = network(organisations=[CLUSTERS[0], CLUSTERS[1] | {"status": "synthetic"}, *firms(*"abxy")])
        result = ask(rows, view=View(statuses=("declared", "synthetic")))

        assert result.verdict == "Not assessed: real clusters and made-up ones are not compared with each other."
        assert not result.frame("pairs").size


class TestManyClusters:
    ROWS = network(
        organisations=[*CLUSTERS, {"id": "East", "name": "East", "kind": "cluster"}, *firms(*"abxyz")],
        memberships=links("memberships", "a North", "b North", "x South", "y South", "z East"),
        offers=links("offers", "a lens", "b glass", "x camera", "y coating", "z glass"),
    )

    def test_are_compared_in_pairs_the_most_complementary_first(self):
        told = ask(self.ROWS).frame("pairs")[["cluster", "partner_cluster"]].to_numpy().tolist()

        # East neither lacks anything nor offers what North or South lack
        assert told[0] == ["North", "South"]
        assert sorted(map(sorted, told)) == [["East", "North"], ["East", "South"], ["North", "South"]]

    def test_are_compared_with_ours_alone_if_it_is_named(self):
        told = ask(self.ROWS, "South").frame("pairs")[["cluster", "partner_cluster"]].to_numpy().tolist()
        assert told == [["South", "North"], ["South", "East"]]

    def test_are_spelled_out_as_far_as_asked_and_the_rest_is_said(self):
        result = ask(self.ROWS, pairs=1)

        assert len(result.table("pairs").rows) == 1
        assert result.table("pairs").cut == 2
        assert "2 pairs of clusters are not spelled out; ask for more with --pairs." in result.notes
        assert result.verdict.endswith("3 pairs of clusters were compared.")

    def test_of_which_one_has_no_members_are_said(self):
        rows = network(memberships=links("memberships", "a North", "b North"))
        result = ask(rows)

        assert result.verdict == "Not assessed: North is the only cluster with members that is known."
        assert only(result, "no-members").title == "Of 1 cluster no member is known: South"

    def test_every_product_equals_what_counting_by_hand_gives(self):
        draw = np.random.default_rng(7)
        names = [f"m{at}" for at in range(30)]
        groups = [f"c{at}" for at in range(5)]
        capabilities = ["glass", "coating", "lens", "camera", "robot"]
        offers = {(one, capabilities[at]) for one in names for at in draw.integers(0, 5, 1)}
        needs = {(one, capabilities[at]) for one in names for at in draw.integers(0, 5, 2)}
        belongs = {(one, groups[at]) for one in names for at in draw.integers(0, 5, 2)}
        rows = {
            **chain(optional=["glass>lens", "coating>camera", "lens>robot"]), "inputs": [],
            "organisations": [*({"id": one, "name": one, "kind": "cluster"} for one in groups), *firms(*names)],
            "memberships": links("memberships", *(" ".join(one) for one in sorted(belongs))),
            "offers": links("offers", *(" ".join(one) for one in sorted(offers))),
            "needs": links("needs", *(" ".join(one) for one in sorted(needs))),
        }  # fmt: skip
        graph = graph_of(rows)
        known = clusters(graph, market_asked(graph, ""), 5.0)

        def held(group: str, pairs: set[tuple[str, str]]) -> set[str]:
            return {what for who, what in pairs if (who, group) in belongs}

        for one in range(5):
            for other in range(5):
                mine, yours = (held(known.label(at), offers) for at in (one, other))
                open_mine, open_yours = (held(known.label(at), needs) - held(known.label(at), offers)
                                         for at in (one, other))  # fmt: skip
                either = len(open_mine) + len(open_yours)
                met = len(open_mine & yours) + len(open_yours & mine)
                assert known.similarity[one, other] == pytest.approx(len(mine & yours) / len(mine | yours))
                assert known.complementarity[one, other] == pytest.approx(
                    met / either if either else np.nan, nan_ok=True
                )


class TestStages:
    ROWS = network(
        stages=[
            {"id": "s", "chain": "c", "label": "Parts", "order": 1},
            {"id": "t", "chain": "c", "label": "Devices", "order": 2},
        ],
        capabilities=[
            *({"id": one, "label": one.title(), "chain": "c", "stage": "s", "kind": "component"}
              for one in ("glass", "coating", "lens")),
            *({"id": one, "label": one.title(), "chain": "c", "stage": "t", "kind": "system"}
              for one in ("camera", "robot")),
        ],
    )  # fmt: skip

    def state(self, *asked: str) -> str:
        surveys = [
            {"chain": "c", "capability": one, "cluster": "North", "asked": "2026-01-01", "answered": "2026-01-02"}
            for one in asked
        ]
        stages = ask(self.ROWS | {"surveys": surveys}).frame("stages")
        row = stages[(stages["cluster"] == "North") & (stages["stage"] == "Devices")].iloc[0]
        return str(row["known"])

    def test_without_members_are_empty_only_where_all_was_asked(self):
        assert self.state() == "not asked"
        assert self.state("camera") == "nobody known (asked in part)"
        assert self.state("camera", "robot") == "nobody (asked)"

    def test_count_members_smes_and_those_in_the_market(self):
        rows = {**self.ROWS, "organisations": [*CLUSTERS, *firms("a", kind="large"), *firms(*"bxy")]}
        rows["markets"] = health("b exporting", scheme="country", market="US")
        one = line(ask(rows, market="US"), "stages")

        assert (one["stage"], one["members"], one["small_and_medium"], one["in_market"]) == ("Parts", 2, 1, 1)

    def test_that_one_cluster_alone_has_are_what_it_adds(self):
        one = line(ask(self.ROWS), "pairs")

        assert (one["shared_stages"], one["stages_partner_adds"], one["stages_cluster_adds"]) == (
            "Parts",
            "Devices",
            "",
        )
        assert "Only South is known to stand in: devices." in ask(self.ROWS).findings[0].explanation


class TestMeetings:
    def told(self, result: Result) -> list[list[Any]]:
        found: list[list[Any]] = result.frame("meetings")[["participant", "partner", "about"]].to_numpy().tolist()
        return found

    def test_join_who_offers_with_who_needs_and_lacks(self):
        assert self.told(ask(network())) == [["a", "x", "Lens"], ["a", "y", "Coating"]]

    def test_say_why_these_two(self):
        result = ask(network(needs=links("needs", "a coating")))
        why = dict(zip(result.frame("meetings")["partner"], result.frame("meetings")["why"], strict=True))

        assert why["x"] == "a offers lens, for what x makes."
        assert why["y"] == "y offers coating, which a says that it needs."

    def test_about_several_things_count_more(self):
        # 0.81 each: 1 - 0.19 ** 2
        rows = network(
            needs=links("needs", "x glass", "x lens"), offers=links("offers", "a lens", "a glass", "y coating")
        )
        one = line(ask(rows), "meetings")

        assert (sorted(one["about"].split("; ")), one["score"]) == (["Glass", "Lens"], 0.964)

    def test_leave_out_what_is_delivered_already_and_what_is_made_in_house(self):
        assert self.told(ask(network(supplies=links("supplies", "a x lens")))) == [["a", "y", "Coating"]]
        rows = network(offers=links("offers", "a lens", "x camera", "x lens"))
        assert self.told(ask(rows)) == []

    def test_leave_out_those_of_both_clusters_and_of_one_group(self):
        rows = network(memberships=links("memberships", "a North", "b North", "x South", "y South", "y North"))
        assert self.told(ask(rows)) == [["a", "x", "Lens"]]
        grouped = network(organisations=[*CLUSTERS, *firms("a", "x", group_id="g"), *firms("b", "y")])
        assert self.told(ask(grouped)) == [["a", "y", "Coating"]]

    def test_need_an_sme_on_one_side(self):
        rows = network(organisations=[*CLUSTERS, *firms("a", "x", kind="large"), *firms("b", "y")])
        assert self.told(ask(rows)) == [["a", "y", "Coating"]]

    def test_never_join_somebody_real_with_somebody_made_up(self):
        rows = network(organisations=[*CLUSTERS, *firms("a", "b", "y"), *firms("x", status="synthetic")])
        result = ask(rows, view=View(statuses=("declared", "inferred", "synthetic")))
        assert self.told(result) == [["a", "y", "Coating"]]

    def test_are_at_most_as_many_as_asked(self):
        assert len(ask(network(), meetings=1).table("meetings").rows) == 1

    def test_of_guesses_say_so(self):
        rows = network(offers=links("offers", "a lens", "b glass", "x camera", "y coating", status="inferred"))
        rows["organisations"] = [*CLUSTERS, *firms(*"aby"), *firms("x", kind="university")]
        told = ask(rows)
        why = dict(zip(told.frame("meetings")["partner"], told.frame("meetings")["why"], strict=True))

        assert why["x"] == "a seems to offer lens, for what x seems to work on."
        assert why["y"] == "y seems to offer coating, for what a seems to make."
        assert told.findings[0].explanation.startswith("Part of this is guessed from project titles")

    def test_with_one_name_for_many_count_the_surest_match_alone_and_say_so(self):
        many = [f"c{at}" for at in range(15)]
        rows = network(
            **chain(*ARCS, *(f"{one}>robot" for one in many)),
            offers=links("offers", "a lens", *(f"a {one}" for one in many), "x robot", "x camera"),
        )
        one = line(ask(rows), "meetings")

        assert (one["partner"], one["score"]) == ("x", 0.81)
        assert one["why"].endswith("a: one name for 16 capabilities: ask which unit.")

    def test_say_that_two_share_a_project(self):
        rows = network(
            projects=[{"id": "p", "title": "Together"}], participations=links("participations", "a p", "x p")
        )
        assert "They share 1 project." in line(ask(rows), "meetings")["why"]


class TestATargetMarket:
    MARKETS = health("a interested", "x established", "y exporting")

    def test_counts_smes_by_how_far_they_have_come(self):
        one = line(ask(network(markets=self.MARKETS), market="health"), "pairs")

        assert (one["cluster_interested"], one["cluster_exporting"], one["cluster_established"]) == (1, 0, 0)
        assert (one["partner_interested"], one["partner_exporting"], one["partner_established"]) == (0, 1, 1)

    def test_halves_a_meeting_in_which_one_alone_stands_there(self):
        rows = network(markets=health("a interested", "x established"))
        told = ask(rows, market="health").frame("meetings")[["partner", "score"]].to_numpy().tolist()

        assert told == [["x", 0.81], ["y", 0.405]]

    def test_is_one_that_projects_alone_tell_of_as_far_as_they_do(self):
        rows = network(
            markets=[{"organisation": "a", "market": "test:market_health", "scheme": "application"}],
            needs=links("needs", "x lens"),
        )
        one = line(ask(rows, market="health"), "meetings")
        assert (one["score"], one["in_market"]) == (0.405, "a has projects on health.")

    def test_leaves_out_meetings_of_nobody_there(self):
        assert not ask(network(markets=health("b interested")), market="health").table("meetings").rows

    def test_lists_who_stands_there(self):
        result = ask(network(markets=self.MARKETS), market="health")
        assert result.frame("smes")[["organisation", "market_stage"]].to_numpy().tolist() == [
            ["a", "interested"], ["x", "established"], ["y", "exporting"],
        ]  # fmt: skip

    def test_says_who_could_open_doors_for_whom(self):
        finding = only(ask(network(markets=self.MARKETS), market="health"), "open-doors")

        assert finding.title == "Market health: 2 of South are there already, 1 of North would like to get in"
        assert finding.explanation == "There already: x and y. Would like to: a."

    def test_is_a_field_or_a_country_and_never_both(self):
        rows = network(markets=[*self.MARKETS, *health("b exporting", scheme="country", market="US")])

        assert ask(rows, market="us").frame("smes")["organisation"].tolist() == ["b"]
        assert ask(rows, market="test:market_health").frame("smes")["organisation"].tolist() == ["a", "x", "y"]
        assert ask(rows, market="Health").frame("smes")["organisation"].tolist() == ["a", "x", "y"]

    def test_puts_clusters_with_somebody_there_on_both_sides_first(self):
        rows = {**TestManyClusters.ROWS, "markets": health("z exporting", "a exporting")}
        told = ask(rows, market="health").frame("pairs")[["cluster", "partner_cluster"]].to_numpy().tolist()
        assert told[0] == ["East", "North"]

    def test_that_is_not_known_is_said_with_the_nearest(self):
        with pytest.raises(NotFoundError, match=r"No market is called 'helth'.*\(health\).*two letters"):
            ask(network(), market="helth")


class TestWhatAClusterManagerForwards:
    def test_is_medium_where_an_essential_need_would_be_met(self):
        finding = only(ask(network()), "complementary-cluster")

        assert finding.severity == "medium"
        assert finding.title == "South could meet 1 open need of North, and North 1 of South"
        assert finding.with_whom == ("a with x: lens", "a with y: coating")

    def test_is_low_where_no_need_is_known_to_be_essential(self):
        rows = network(**chain(optional=["glass>lens", "coating>lens", "lens>camera"]))
        assert only(ask(rows), "complementary-cluster").severity == "low"

    def test_is_one_step_less_severe_where_it_is_doubtful(self):
        rows = network(offers=links("offers", "a lens", "b glass", "x camera", "y coating", confidence=0.5))
        finding = only(ask(rows), "complementary-cluster")
        assert (finding.severity, finding.confidence < 0.5) == ("low", True)

    def test_says_in_which_direction_alone_needs_are_met(self):
        rows = network(offers=links("offers", "a lens", "y glass"))
        finding = only(ask(rows), "complementary-cluster")
        assert finding.title == "South could meet 1 open need of North; the other way round none is known"

    def test_names_what_both_lack(self):
        finding = only(ask(network(needs=links("needs", "x robot", essential="yes"))), "still-missing")

        assert (finding.severity, finding.title) == (
            "low", "Together North and South still lack 1 capability that their members need",
        )  # fmt: skip
        assert finding.explanation == "Nobody is known to offer: robot. Not both clusters were asked about 1 of them."

    def test_names_who_belongs_to_both(self):
        rows = network(memberships=links("memberships", "a North", "b North", "x South", "y South", "y North"))
        finding = only(ask(rows), "in-both-clusters")
        assert (finding.severity, finding.explanation) == ("info", "y. They are not asked to meet anybody here.")

    def test_names_the_stages_that_nobody_was_asked_about(self):
        assert ask(TestStages.ROWS).findings[-1].title == "North: members were not asked about devices"

    def test_without_clusters_is_that_there_are_none(self):
        result = ask({"organisations": firms("a", "b"), **CHAIN})

        assert result.verdict == "Not assessed: no cluster with members is known in the whole data set."
        assert not result.findings


@pytest.fixture(scope="module")
def for_the_united_states(demo: Service) -> Result:
    return demo.run("partners", {"with": "synthetic", "market": "US", "cluster": "example-cluster:cluster"})


class TestOnTheDemo:
    def test_the_two_made_up_clusters_complement_each_other(self, for_the_united_states: Result):
        one = line(for_the_united_states, "pairs")
        assert (one["partner_meets"], one["cluster_meets"], one["ties"]) == (2, 9, 0)

    def test_the_laser_heads_should_meet_the_eye_lasers_first(self, for_the_united_states: Result):
        one = line(for_the_united_states, "meetings")
        assert (one["participant"], one["partner"]) == ("Example Laserhead GmbH", "Example Làsers Mèdics S.L.")

    def test_every_row_leads_to_records(self, for_the_united_states: Result):
        for table in for_the_united_states.tables:
            assert all(table.evidence), table.name

    def test_without_made_up_records_no_cluster_is_known(self, demo: Service):
        assert demo.run("partners").verdict.startswith("Not assessed: no cluster with members is known")
