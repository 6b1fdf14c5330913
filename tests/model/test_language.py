"""Words in the reader's language: gettext catalogues, separators, lists; nothing said where all languages share."""

import pytest

from valuechain.model.language import (
    LANGUAGES,
    country_name,
    country_names,
    listed,
    plural,
    say,
    separated,
    silence,
    speaking,
    spoken,
)


def test_english_is_spoken_unless_somebody_chose_another_language():
    assert spoken() == "en"
    assert LANGUAGES[0] == "en"
    with speaking("de"):
        assert spoken() == "de"
    assert spoken() == "en"


def test_values_stand_in_their_braces_with_the_separators_of_the_language():
    assert say("{count:,} left of {name}", count=1200, name="1,5 GmbH") == "1,200 left of 1,5 GmbH"
    with speaking("de"):
        assert say("{count:,} left of {name}", count=1200, name="1,5 GmbH") == "1.200 left of 1,5 GmbH"
        assert separated(1234.5, ",.1f") == "1.234,5"
        assert separated(0.23, ".0%") == "23\N{NO-BREAK SPACE}%"


def test_a_message_without_values_may_hold_braces():
    assert say("a {b} c") == "a {b} c"


def test_one_and_many():
    assert plural(1, "record") == "1 record"
    assert plural(1200, "capability", "capabilities") == "1,200 capabilities"


def test_names_are_listed_as_a_sentence_lists_them():
    assert listed([]) == ""
    assert listed(["a"]) == "a"
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert listed(["a", "b", "c", "d"]) == "a, b, c and 1 more"


def test_countries_are_called_as_the_language_calls_them_by_codes_of_iso_and_nuts():
    assert country_name("EL") == country_name("GR") == "Greece"
    assert country_names("UK") == ("United Kingdom", "Vereinigtes Königreich")
    with speaking("de"):
        assert country_name("AT") == "Österreich"
    with silence():
        assert country_name("AT") == "Austria"
    assert country_name("DE2") == country_name("QQ") == ""


def test_nothing_is_said_where_all_languages_share():
    with silence(), pytest.raises(RuntimeError, match="must hold no words"):
        say("anything")
