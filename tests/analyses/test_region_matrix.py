"""Regions and what they do, against matrices written out by hand."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from tests.support.small import chain, firms, graph_of, links
from valuechain.analyses._region_matrix import RegionMatrix, region_matrix
from valuechain.analyses._region_rows import Basis
from valuechain.model.graph import Scope
from valuechain.model.schema import STATUS_RANK

CHAIN = chain("glass>lens", "lens>camera", "camera>health", markets=["health"])


def at(region: str, *ids: str, **more: Any) -> list[dict[str, Any]]:
    return firms(*ids, region=region, country=region[:2], **more)


PLACED = [*at("DE211", "a", "b", "c"), *at("DE212", "d"), *at("FR101", "e", "f")]


def matrix(
    rows: dict[str, Any], basis: Basis = "organisations", level: int = 2, scope: Scope | None = None, **more: Any
) -> RegionMatrix:
    tables = {**CHAIN, "organisations": PLACED, **rows}
    return region_matrix(graph_of(tables).within(scope or Scope()), basis, level, **more)


class TestOrganisations:
    OFFERS = links("offers", "a glass", "b glass", "c glass", "d lens", "e lens", "f lens", "e glass")

    def test_count_once_for_each_capability_that_they_offer(self):
        found = matrix({"offers": self.OFFERS})
        assert (found.regions, found.labels) == (("DE21", "FR10"), ("Camera", "Glass", "Lens"))
        assert found.counts.tolist() == [[0, 3, 1], [0, 1, 2]]
        # glass: 3/4 here, 4/7 everywhere; lens: 1/4 here, 3/7 everywhere
        assert found.quotients[0, 1:] == pytest.approx([3 / 4 / (4 / 7), 1 / 4 / (3 / 7)])
        assert np.isnan(found.quotients[:, 0]).all()

    def test_make_a_specialisation_only_where_enough_stand_behind_it(self):
        assert matrix({"offers": self.OFFERS}).specialised.tolist() == [[False, True, False], [False, False, False]]
        assert matrix({"offers": self.OFFERS}, least=2).specialised[1].tolist() == [False, False, True]

    def test_of_one_legal_group_are_one_that_stands_behind_it(self):
        owned = [*at("DE211", "a", "b", "c", group_id="x"), *PLACED[3:]]
        found = matrix({"offers": self.OFFERS, "organisations": owned})
        assert (found.counts[0, 1], found.backing[0, 1], found.specialised[0, 1]) == (3, 1, False)

    def test_stand_behind_their_count_with_their_records(self):
        graph = graph_of({**CHAIN, "organisations": PLACED, "offers": self.OFFERS})
        found = region_matrix(graph, "organisations", 2)
        row, glass = found.row("DE21"), found.labels.index("Glass")
        keys = graph["organisations"]["key"]
        assert {keys[one] for one in found.organisations(row, glass)} == {"test:a", "test:b", "test:c"}
        told = graph.records.iloc[list(found.evidence(row, glass))]
        assert list(told["kind"]) == ["offers"] * 3
        assert found.evidence(found.row("FR10"), found.labels.index("Camera")) == ()

    def test_come_with_the_surest_first(self):
        offers = [*links("offers", "a glass", confidence=0.4), *links("offers", "b glass", confidence=0.9)]
        graph = graph_of({**CHAIN, "organisations": PLACED, "offers": offers})
        found = region_matrix(graph, "organisations", 2)
        assert [graph["organisations"]["key"][one] for one in found.organisations(0, 1)] == ["test:b", "test:a"]

    def test_are_as_sure_as_their_offers_on_average(self):
        offers = [*links("offers", "a glass", confidence=0.9), *links("offers", "b glass", confidence=0.4)]
        found = matrix({"offers": offers})
        assert found.confidence[0].tolist() == pytest.approx([0.0, 0.65, 0.0])

    def test_show_what_is_guessed_and_what_is_made_up(self):
        offers = [*links("offers", "a glass"), *links("offers", "b glass", "d lens", status="inferred")]
        found = matrix({"offers": offers})
        assert found.rank[0].tolist() == [-1, STATUS_RANK["declared"], STATUS_RANK["inferred"]]
        assert found.status(0, 1) == "declared"

    def test_whose_offer_is_too_old_do_not_count(self):
        offers = [*links("offers", "a glass", as_of="2026-01-01"), *links("offers", "b glass", as_of="2019-01-01")]
        assert matrix({"offers": offers}).counts.sum() == 1
        assert matrix({"offers": offers}, freshness=10.0).counts.sum() == 2

    def test_of_other_kinds_or_chains_are_left_out_but_not_other_regions(self):
        offers = self.OFFERS
        assert matrix({"offers": offers}, scope=Scope(regions=("DE21",))).counts.sum() == 7
        people = [*at("DE211", "a", "b", "c"), *at("DE212", "d"), *[{**one, "kind": "rto"} for one in PLACED[4:]]]
        assert matrix({"offers": offers, "organisations": people}, scope=Scope(kinds=("rto",))).counts.sum() == 3
        assert matrix({"offers": offers}, scope=Scope(chain="c")).counts.sum() == 7

    @pytest.mark.parametrize(
        ("level", "regions"),
        [(0, ("DE", "FR")), (1, ("DE2", "FR1")), (2, ("DE21", "FR10")), (3, ("DE211", "DE212", "FR101"))],
    )
    def test_lie_in_a_region_of_each_level(self, level: int, regions: tuple[str, ...]):
        assert matrix({"offers": self.OFFERS}, level=level).regions == regions


class TestWhoHasNoRegion:
    def test_is_left_out_and_counted(self):
        people = [*PLACED, *firms("g"), *firms("h", region="DE2", country="DE"), *firms("i")]
        offers = links("offers", "a glass", "g glass", "h glass", "h lens")
        found = matrix({"organisations": people, "offers": offers})
        assert (found.counts.sum(), found.source.nowhere, found.source.networks) == (1, 2, 0)

    def test_may_still_lie_in_a_country(self):
        people = [*firms("g", country="GR"), *firms("h", region="DE-BY", country="DE", region_scheme="iso3166-2")]
        found = matrix({"organisations": people, "offers": links("offers", "g glass", "h glass")}, level=0)
        assert found.regions == ("DE", "EL")
        assert matrix({"organisations": people, "offers": links("offers", "g glass", "h glass")}).source.nowhere == 2

    def test_is_a_network_with_sites_in_many_towns(self):
        site = {"name": "g", "kind": "rto", "region": "DE212", "pic": "1"}
        many = [site | {"id": f"g{number}", "city": town} for number, town in enumerate(("Jena", "Ulm", "Bonn"))]
        found = matrix({"organisations": [*PLACED, *many], "offers": links("offers", "a glass", "g0 glass")})
        assert (found.counts.sum(), found.source.networks, found.source.nowhere) == (1, 1, 0)


class TestParticipations:
    ROWS = {  # noqa: RUF012
        "capabilities": [{**one, "terms": one["id"]} for one in CHAIN["capabilities"]],
        "projects": [{"id": "p", "title": "A glass lens"}, {"id": "q", "title": "More glass"}],
        "participations": links("participations", "a p", "a q", "b q", "e p"),
    }

    def test_count_each_part_in_a_project_once_for_each_capability_in_its_title(self):
        found = matrix(self.ROWS, "participations")
        assert found.counts.tolist() == [[0, 3, 1], [0, 1, 1]]
        assert found.backing.tolist() == [[0, 2, 1], [0, 1, 1]]
        assert found.status(0, 1) == "inferred"

    def test_are_as_sure_as_title_matches_are_right(self):
        # declared participations have 0.9; 91 of 100 matches are right
        assert matrix(self.ROWS, "participations").confidence[0, 1] == pytest.approx(0.9 * 0.91)

    def test_in_several_roles_count_once(self):
        roles = [{"organisation": "a", "project": "p", "role": role} for role in ("coordinator", "participant")]
        assert matrix({**self.ROWS, "participations": roles}, "participations").counts.sum() == 2

    def test_lead_to_participation_project_and_capability(self):
        graph = graph_of({**CHAIN, "organisations": PLACED, **self.ROWS})
        found = region_matrix(graph, "participations", 2)
        told = graph.records.iloc[list(found.evidence(0, found.labels.index("Lens")))]
        assert sorted(told["kind"]) == ["capabilities", "participations", "projects"]


def figures(*texts: str, **more: Any) -> list[dict[str, Any]]:
    """Statistics from texts such as "DE21 26 2024 100"."""
    names = ("region", "sector", "year", "value")
    usual = {"measure": "jobs", "scheme": "nace2"}
    return [usual | dict(zip(names, text.split(), strict=True)) | more for text in texts]


class TestJobs:
    FIGURES = figures("DE21 26 2024 300", "DE21 32 2024 100", "FR10 26 2024 100", "FR10 32 2024 100")

    def test_are_counted_by_sector(self):
        found = matrix({"statistics": self.FIGURES}, "jobs")
        assert (found.regions, found.activities) == (("DE21", "FR10"), ("26", "32"))
        assert found.labels == ("NACE 26", "NACE 32")
        assert found.counts.tolist() == [[300, 100], [100, 100]]
        assert found.quotients[0] == pytest.approx([0.75 / (400 / 600), 0.25 / (200 / 600)])
        assert found.organisations(0, 0) == ()
        assert len(found.evidence(0, 0)) == 1

    def test_are_those_of_the_newest_year_that_tells_of_most_regions(self):
        more = figures("DE21 26 2025 1", "DE21 26 2023 7", "FR10 26 2023 7")
        found = matrix({"statistics": [*self.FIGURES, *more]}, "jobs")
        assert (found.source.year, found.counts.sum()) == (2024, 600)

    def test_of_sections_totals_and_classes_are_not_added_to_those_of_divisions(self):
        more = [*figures("DE21 C 2024 999", "DE21 26.70 2024 50"),
                {"region": "DE21", "measure": "jobs", "year": 2024, "value": 5000}]  # fmt: skip
        assert matrix({"statistics": [*self.FIGURES, *more]}, "jobs").counts.sum() == 600

    def test_of_sections_count_where_there_are_no_divisions(self):
        assert matrix({"statistics": figures("DE21 C 2024 9", "FR10 C 2024 3")}, "jobs").activities == ("C",)

    def test_of_another_measure_level_or_list_are_not_mixed_in(self):
        more = [
            *figures("DE21 26 2024 8", measure="turnover"),
            *figures("DE21 26 2024 8", measure="employees"),
            *figures("DE2 26 2024 8"),
            *figures("DE21 26 2024 8", scheme="nace2.1"),
        ]
        assert matrix({"statistics": [*self.FIGURES, *more]}, "jobs").counts.sum() == 600

    def test_that_nobody_told_make_an_empty_matrix(self):
        found = matrix({}, "jobs")
        assert (found.regions, found.counts.shape, found.specialised.shape) == ((), (0, 0), (0, 0))
        assert found.row("DE21") == -1


def seats(name: str, region: str, postcode: str, lat: float, lon: float) -> list[dict[str, Any]]:
    """Five organisations in one town."""
    place = {"kind": "sme", "country": "DE", "region": region, "lat": lat, "lon": lon}
    return [place | {"id": f"{name}{n}", "name": f"{name}{n}", "postcode": f"{postcode}{n}"} for n in range(5)]


class TestWhoseRegionAndPostcodeContradictEachOther:
    MUNICH = seats("m", "DE212", "8033", 48.14, 11.58)
    BERLIN = seats("b", "DE300", "1011", 52.52, 13.40)

    def test_has_no_region_but_its_country(self):
        wrong = {**self.MUNICH[0], "id": "w", "name": "w", "region": "DE300"}
        rows = {"organisations": [*self.MUNICH, *self.BERLIN, wrong], "offers": links("offers", "w glass", "m1 glass")}
        found = matrix(rows)
        assert (found.counts.sum(), found.source.nowhere) == (1, 1)
        assert matrix(rows, level=0).counts.sum() == 2

    def test_is_believed_where_too_few_others_are_known(self):
        wrong = {**self.MUNICH[0], "id": "w", "name": "w", "region": "DE300"}
        rows = {"organisations": [*self.MUNICH[:3], *self.BERLIN, wrong], "offers": links("offers", "w glass")}
        assert matrix(rows).source.nowhere == 0

    def test_is_believed_where_its_point_alone_speaks_against_it(self):
        lost = {**self.MUNICH[0], "id": "w", "name": "w", "lat": 52.52, "lon": 13.40}
        rows = {"organisations": [*self.MUNICH, *self.BERLIN, lost], "offers": links("offers", "w glass")}
        assert matrix(rows).source.nowhere == 0
