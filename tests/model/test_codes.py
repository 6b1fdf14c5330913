"""What people read for the codes of records."""

from string import Formatter

from valuechain.model.codes import KIND_WORDS, LINK_SENTENCES, STATUS_WORDS
from valuechain.model.schema import KINDS, ORGANISATION_KINDS, STATUSES


def test_every_status_and_kind_of_organisation_has_a_word():
    assert set(STATUS_WORDS) == set(STATUSES)
    assert set(KIND_WORDS) == set(ORGANISATION_KINDS)


def test_a_sentence_about_a_link_names_fields_that_its_records_have():
    for kind, sentence in LINK_SENTENCES.items():
        named = {field for _, field, _, _ in Formatter().parse(sentence) if field}
        assert named <= {field.name for field in KINDS[kind].fields}
