"""Words that firms write come near the capabilities that they mean, in English and German."""

import csv
from importlib.resources import files

import pandas as pd
import pytest

from valuechain.model.nearest import Names

ENGLISH = {
    "thin film coatings": "coatings",
    "laser diode manufacturing": "laser_diodes",
    "CMOS image sensor design": "image_sensors",
    "aspheric lenses": "precision_optics",
    "fibre Bragg grating sensors": "fibre_sensors",
    "femtosecond lasers": "solid_state_lasers",
    "hyperspectral cameras": "cameras",
    "laser welding machines": "laser_machines",
    "selective laser melting": "laser_am",
    "machine vision inspection": "optical_metrology",
    "OCT imaging": "oct",
    "PIC packaging": "photonic_packaging",
    "optical simulation and lens design": "optical_design",
    "Raman spectrometers": "spectroscopy",
    "quantum key distribution": "quantum_comm",
    "diffractive optical elements": "micro_optics",
    "single photon avalanche diodes": "single_photon_detectors",
}
GERMAN = {
    "Beschichtungen für Optiken": "coatings",
    "Laserdioden": "laser_diodes",
    "Ultrakurzpulslaser-Systeme": "solid_state_lasers",
    "Faserlaser": "fibre_lasers",
    "Spiegel und Prismen": "precision_optics",
    "Laserschweißen": "laser_machines",
    "3D-Messtechnik": "optical_metrology",
    "LED-Beleuchtung": "luminaires",
    "Glasfaserkabel": "optical_fibres",
    "Wärmemanagement für Laser": "drive_electronics",
    "Mikroskopie": "light_microscopes",
    "Spektroskopie im Infrarot": "spectroscopy",
    "Reinraum-Fertigung": "pic_foundry",
    "Solarzellen": "pv_modules",
    "Quarzglas": "fibre_preforms",
}


@pytest.fixture(scope="module")
def photonics() -> Names:
    path = files("valuechain").joinpath("reference/photonics/capabilities.csv")
    with path.open(encoding="utf-8") as text:
        rows = pd.DataFrame(csv.DictReader(text))
    return Names(rows.assign(key="photonics:" + rows["id"]))


@pytest.mark.parametrize(("language", "pairs"), [("English", ENGLISH), ("German", GERMAN)])
def test_the_meant_capability_is_among_the_three_nearest(
    photonics: Names, language: str, pairs: dict[str, str], capsys: pytest.CaptureFixture[str]
):
    found = {word: [one.capability.partition(":")[2] for one in photonics.nearest(word)] for word in pairs}
    missed = {word: found[word] for word, meant in pairs.items() if meant not in found[word]}
    first = sum(found[word][:1] == [meant] for word, meant in pairs.items())

    with capsys.disabled():
        recall = 1 - len(missed) / len(pairs)
        print(f"\n{language}: recall@3 {recall:.2f}, first {first} of {len(pairs)}, missed {sorted(missed)}")
    assert recall >= 0.9


def test_a_name_itself_comes_nearest_with_the_full_score(photonics: Names):
    best, second, _ = photonics.nearest("Optical thin-film coating")
    assert (best.capability, best.label, best.score) == ("photonics:coatings", "Optical thin-film coating", 1.0)
    assert second.score < 0.8


def test_the_score_is_the_mean_of_cosine_and_share():
    names = Names(pd.DataFrame({"key": ["c:1", "c:2"], "label": ["abc", "xyz"], "label_de": None, "terms": None}))
    [found] = names.nearest("abc def")
    # Five runs of "_abc_" weigh log(1 + 2/2) each, and five of "_def_", which no name has, log(1 + 2/1).
    known, unknown = 0.6931472, 1.0986123
    share = 5 * known / (5 * known + 5 * unknown)
    cosine = 5 * known**2 / ((5 * known**2 + 5 * unknown**2) ** 0.5 * (5 * known**2) ** 0.5)
    assert found.score == pytest.approx((cosine + share) / 2, abs=1e-3)


def test_terms_and_parts_of_labels_are_names_too():
    one = {
        "key": "c:1",
        "label": "Lenses, prisms and mirrors",
        "label_de": "Linsen",
        "terms": "spherical glass;doublet",
    }
    names = Names(pd.DataFrame([one, {"key": "c:2", "label": "Other", "label_de": None, "terms": None}]))
    for word in ("prisms", "mirrors", "linsen", "doublet"):
        assert names.nearest(word)[0].score == 1.0


def test_words_from_outside_the_chain_have_nothing_near(photonics: Names):
    for word in ("Drehen und Fräsen", "CNC milling", "Spritzguss", "Galvanik", "Steuerberatung"):
        assert photonics.nearest(word) == ()


def test_what_shares_nothing_with_any_name_has_no_nearest(photonics: Names):
    assert photonics.nearest("žž") == ()
    assert photonics.nearest("") == ()
    assert Names(pd.DataFrame(columns=["key", "label", "label_de", "terms"])).nearest("laser") == ()


def test_equal_scores_are_in_the_order_of_keys():
    rows = pd.DataFrame({"key": ["c:2", "c:1"], "label": ["Laser", "Laser"], "label_de": None, "terms": None})
    assert [one.capability for one in Names(rows).nearest("laser")] == ["c:1", "c:2"]
