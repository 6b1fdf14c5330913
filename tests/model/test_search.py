"""Finding things by what people type."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.support.small import Rows, delivery, graph_of, snapshot
from valuechain.model.build import Reference, build
from valuechain.model.errors import QuestionError
from valuechain.model.graph import View
from valuechain.model.language import speaking
from valuechain.model.search import Hit, find_organisation, folded, search

ROWS: Rows = {
    "organisations": [
        {"id": "koeln", "name": "UNIVERSITAT ZU KOLN", "kind": "university", "city": "Köln", "region": "DEA23"},
        {"id": "goe", "name": "Optik Göttingen GmbH", "kind": "sme", "region": "DE91C", "vat": "DE1"},
        {"id": "lens", "name": "Lens Makers", "aliases": "LM;Linsenmacher"},
        {"id": "lenses", "name": "Lens"},
        {"id": "big", "name": "Makers of Lenses"},
        {"id": "twin1", "name": "Twin GmbH"},
        {"id": "twin2", "name": "TWIN GMBH"},
        {"id": "greek", "name": "Οπτικά Αθήνα"},
        {"id": "lzh", "name": "LASERZENTRUM HANNOVER EV"},
    ],
    "capabilities": [
        {"id": "lenses", "label": "Precision lenses", "label_de": "Präzisionsoptik", "chain": "photonics"},
    ],
    "projects": [{"id": "p", "title": "Light for all", "acronym": "LENSES4ALL"}],
}
GRAPH = build(
    snapshot(delivery(ROWS)),
    View(),
    Reference(region_labels={"DE": "Deutschland", "DE9": "Niedersachsen", "DEA": "Nordrhein-Westfalen"}),
)


class TestSpellings:
    @pytest.mark.parametrize(
        "spellings",
        [
            ("Köln", "KOELN", "koln", "KÖLN", "Ko\u0308ln"),
            ("Müller & Söhne", "MUELLER SOEHNE", "Muller, Sohne", "mueller   söhne"),
            ("Straße", "STRASSE", "Strasse"),
            ("Würth e.V.", "WURTH E V"),
            ("Électronique", "electronique"),
            ("Łódź", "lodz"),
            ("Ørsted", "orsted", "Oersted"),
            ("Αθήνα", "ΑΘΗΝΑ", "αθηνα"),
            ("София", "СОФИЯ"),
        ],
    )
    def test_with_and_without_accents_capitals_and_signs_are_one(self, spellings: tuple[str, ...]):
        assert len({folded(one) for one in spellings}) == 1

    @pytest.mark.parametrize(
        ("one", "other"), [("Optik A", "Optik B"), ("Софи", "София"), ("3D", "4D"), ("Kiel", "Kehl")]
    )
    def test_of_different_names_are_different(self, one: str, other: str):
        assert folded(one) != folded(other)

    def test_of_signs_alone_are_nothing(self):
        assert folded(" - & . ") == ""

    @given(st.text())
    def test_are_stable(self, text: str):
        assert folded(folded(text)) == folded(text)


class TestOneOrganisation:
    @pytest.mark.parametrize(
        ("text", "id"),
        [
            ("test:goe", "goe"),
            ("vat:DE1", "goe"),
            ("goe", "goe"),
            ("optik GOETTINGEN gmbh", "goe"),
            ("Universität zu Köln", "koeln"),
            ("Lens", "lenses"),
            ("οπτικα αθηνα", "greek"),
            ("LASERZENTRUM HANNOVER EV", "lzh"),
            ("Laserzentrum Hannover e.V.", "lzh"),
            ("Laserzentrum Hannover e. V.", "lzh"),
        ],
    )
    def test_is_found_by_key_strong_id_bare_id_or_full_name(self, text: str, id: str):
        found = find_organisation(GRAPH, text)

        assert found == GRAPH.find("organisations", f"test:{id}")

    @pytest.mark.parametrize("text", ["", "Optik", "test:nobody", "vat:DE9", " & "])
    def test_is_not_found_by_a_part_of_a_name_or_by_nothing(self, text: str):
        assert find_organisation(GRAPH, text) is None

    def test_of_several_of_the_same_name_must_be_named_by_its_key(self):
        with pytest.raises(
            QuestionError,
            match=r"2 organisations are called 'twin gmbh'\. Name one by its key: test:twin1, test:twin2\.",
        ):
            find_organisation(GRAPH, "twin gmbh")

    def test_with_a_name_of_signs_alone_is_found_by_its_key_alone(self):
        graph = graph_of({"organisations": [{"id": "1", "name": "***"}, {"id": "2", "name": "&"}]})

        assert find_organisation(graph, "--") is None
        assert find_organisation(graph, "test:2") == 1


class TestSearching:
    @staticmethod
    def labels(text: str, limit: int = 20) -> list[str]:
        return [hit.label for hit in search(GRAPH, text, limit)]

    def test_finds_whatever_holds_every_word_in_any_order(self):
        assert self.labels("makers lens") == ["Lens Makers", "Makers of Lenses"]
        assert self.labels("koeln universitaet") == self.labels("Köln") == ["Universitat zu Koln"]
        assert self.labels("makers of glass") == []

    def test_puts_names_that_begin_with_it_first_and_shorter_ones_before_longer(self):
        assert self.labels("lens") == [
            *("Lens", "Lens Makers"),
            *("Light for all", "Makers of Lenses", "Precision lenses"),
        ]

    def test_looks_at_other_names_acronyms_towns_and_keys_too(self):
        assert self.labels("hannover ev") == self.labels("hannover e.v.") == ["Laserzentrum Hannover e.V."]
        assert self.labels("prazisionsoptik") == ["Precision lenses"]
        assert self.labels("Linsenmacher") == ["Lens Makers"]
        assert self.labels("lenses4all") == ["Light for all"]
        assert self.labels("test:goe") == ["Optik Göttingen GmbH"]

    def test_finds_regions_that_hold_somebody(self):
        assert search(GRAPH, "sachsen") == [Hit("region", "DE9", "Niedersachsen", "DE9")]

    def test_finds_countries_by_their_name_in_every_language(self):
        assert self.labels("deutschland") == self.labels("germany") == ["Germany"]
        with speaking("de"):
            assert self.labels("germany") == ["Deutschland"]

    def test_tells_things_apart(self):
        assert search(GRAPH, "universität") == [
            Hit("organisation", "test:koeln", "Universitat zu Koln", "university, Köln")
        ]
        assert search(GRAPH, "precision") == [Hit("capability", "test:lenses", "Precision lenses", "photonics")]
        assert [hit.key for hit in search(GRAPH, "twin")] == ["test:twin1", "test:twin2"]

    def test_finds_no_more_than_asked_for(self):
        assert self.labels("lens", 2) == ["Lens", "Lens Makers"]

    @pytest.mark.parametrize("text", ["", "  ", "-", "nothing of that name"])
    def test_finds_nothing_by_nothing(self, text: str):
        assert search(GRAPH, text) == []

    def test_finds_nothing_in_an_empty_store(self):
        assert search(graph_of({}), "lens") == []
