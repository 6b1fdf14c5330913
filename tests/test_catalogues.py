"""Every language says everything: catalogues follow the code, hold the same values, and are compiled as written."""

import re

import pytest

from tools.messages import catalogue, compiled, messages
from valuechain.model.language import LANGUAGES, LOCALE

TRANSLATED = LANGUAGES[1:]


def values_of(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)(?::[^}]*)?\}", text))


def texts_of(language: str) -> dict[str | tuple[str, ...], tuple[str, ...]]:
    """What each message is called in a language; a plural has two texts."""
    return {
        message.id if isinstance(message.id, str) else tuple(message.id): (
            (message.string or "",) if isinstance(message.string, str | None) else tuple(message.string)
        )
        for message in catalogue(language)
        if message.id
    }


def test_german_is_among_them():
    assert "de" in TRANSLATED


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_catalogue_holds_what_the_program_says_and_nothing_else(language):
    assert set(texts_of(language)) == set(messages())


@pytest.mark.parametrize("language", TRANSLATED)
def test_nothing_is_left_untranslated(language):
    assert [message for message, texts in texts_of(language).items() if not all(texts)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_names_the_same_values(language):
    for message, texts in texts_of(language).items():
        if isinstance(message, str):
            assert values_of(texts[0]) == values_of(message), message


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_is_read_at_run_time_is_compiled_from_what_people_wrote(language):
    assert (LOCALE / language / "LC_MESSAGES" / "valuechain.mo").read_bytes() == compiled(catalogue(language))
