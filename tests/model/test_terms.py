"""A word names a capability once people, or the chain itself, have said which."""

import pandas as pd

from valuechain.model.cells import qualify
from valuechain.model.history import Decision
from valuechain.model.terms import meanings, term_key

CAPABILITIES = pd.DataFrame(
    {
        "key": ["c:laser", "c:lens", "c:lens_design"],
        "label": ["Laser", "Lens", "Lens design"],
        "label_de": [None, "Linse", None],
        "terms": ["laser source;LASERS", "optic", "optic"],
    }
)


def test_a_word_is_known_by_its_letters_alone():
    assert term_key("  Laser-Schweißen ") == term_key("laser schweissen") == "term:laser schweissen"
    assert qualify("capabilities", "term:Laser  Welding", "mine") == "term:laser welding"


def test_labels_and_terms_of_one_capability_mean_it():
    found = meanings(CAPABILITIES, [])
    assert {word: found[term_key(word)] for word in ("laser", "Lasers", "linse", "lens design")} == {
        "laser": 0, "Lasers": 0, "linse": 1, "lens design": 2,
    }  # fmt: skip


def test_a_word_of_several_capabilities_means_none_until_somebody_says_which():
    assert term_key("optic") not in meanings(CAPABILITIES, [])
    assert meanings(CAPABILITIES, [Decision("means", term_key("Optic"), "c:lens")])[term_key("optic")] == 1


def test_people_have_the_last_word():
    said = [Decision("means", term_key("laser"), "c:lens"), Decision("not in this chain", term_key("linse"))]
    found = meanings(CAPABILITIES, said)
    assert found[term_key("laser")] == 1
    assert term_key("linse") not in found


def test_a_decision_for_a_capability_that_is_not_there_waits():
    assert term_key("mirror") not in meanings(CAPABILITIES, [Decision("means", term_key("mirror"), "c:mirror")])
