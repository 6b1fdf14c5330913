"""Names of organisations as they are compared: without legal form, accents, capitals and signs."""

from __future__ import annotations

from valuechain.matching.legal_forms import Words, forms_after, forms_before, unspaced_forms, words_of

_LOST = "\N{REPLACEMENT CHARACTER}"
"""Stands for a letter that a wrong encoding lost. Any letter in its place keeps the word one word, only misspelt."""

_LONGEST = 9
"""Words of the longest legal form that is looked for."""

_SMALL = """
    a al an and at au aus bei d da das de del dell dem den der des di die do dos du e ed en et for fur im in la le les
    los of och og on per pour sur the to und van vom von voor y za zu zum zur
"""

_SMALL_WORDS = frozenset(_SMALL.split())

_TRANSLATED = {
    word: meaning
    for meaning, words in {
        "university": "uni univ universidad universidade universita universitat universitate universitatea universite"
        " universiteit universitet universitetet universiti univerzita univerzitet univerza uniwersytet yliopisto",
        "institute": "inst institut instituto institutul instituut instytut istituto institutet",
        "technical": "technische technischen technischer technica tecnica technique techniczna tekniska tekniske",
        "center": "centar centre centro centrul centrum keskus zentrum",
        "foundation": "fondation fondazione fundacao fundacio fundacion fundacja stichting stiftelsen stiftung",
    }.items()
    for word in words.split()
}
"""Words that say what sort of organisation it is, which sources write in one language or another."""


def plain_words(name: str, country: str = "") -> Words:
    """Return the words of a name without its legal forms, before, after or behind a dash.

    Nothing is taken away that would leave no name.
    """
    name = name.replace(_LOST, "a")
    for form in unspaced_forms():
        if form in name:
            name = name.replace(form, " ")
    words = tuple(_TRANSLATED.get(word, word) for word in words_of(name))
    return _within(_at_the_ends(words, forms_before(country), forms_after(country)), forms_before(country)) or words


def plain_name(name: str, country: str = "") -> str:
    """Return `plain_words` as one text."""
    return " ".join(plain_words(name, country))


def initials(words: Words) -> str:
    """Return the first letters of the words that carry meaning: "iaof" of Institut für Angewandte Optik und Fein..."""
    return "".join(word[0] for word in words if word not in _SMALL_WORDS)


def is_short_for(short: str, words: Words) -> bool:
    """Whether `short` can stand for these words: at least two of their first letters, in order, the first among them.

    IOF can stand for Institut für Angewandte Optik und Feinmechanik. Anything of more than six letters is a word.
    """
    letters = initials(words)
    if not 2 <= len(short) <= 6 or not letters or short[0] != letters[0]:
        return False
    left = iter(letters)
    return all(letter in left for letter in short)


def _at_the_ends(words: Words, before: frozenset[Words], after: frozenset[Words]) -> Words:
    """Take legal forms off both ends until none is left there or only one word remains."""
    while True:
        for length in range(min(_LONGEST, len(words) - 1), 0, -1):
            if words[-length:] in after:
                words = words[:-length]
                break
            if words[:length] in before:
                words = words[length:]
                break
        else:
            return words


def _within(words: Words, forms: frozenset[Words]) -> Words:
    """Take out single words that are nothing but a legal form, such as the GmbH of "IHP GmbH - Leibniz-Institut"."""
    left = tuple(word for word in words if len(word) < 3 or (word,) not in forms)
    return left or words
