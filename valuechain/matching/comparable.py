"""Organisations made ready for comparing: names as weighted words, places and ids as numbers."""

from __future__ import annotations

import csv
import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

import numpy as np

from valuechain.matching.legal_forms import Words, words_of
from valuechain.matching.names import plain_words
from valuechain.model.schema import STRONG_IDS

if TYPE_CHECKING:
    import pandas as pd
    from scipy.sparse import csr_array

    from valuechain.model.arrays import Integers

IDS = STRONG_IDS["organisations"]

MOST_NAMES = 6
"""Names of one organisation that are compared: its name, and the first of its other names."""

_BACKGROUND = 7099
"""Names that the counts of common words are from; see the notice beside them."""

_KINDS = {"sme": "firm", "large": "firm", "other": ""}
"""Kinds that sources tell apart by other rules, and the one that tells nothing."""

_NOBODYS = (
    "facebook.com", "linkedin.com", "xing.com", "instagram.com", "google.com", "youtube.com", "x.com", "twitter.com",
)  # fmt: skip
"""Sites on which many have a page."""


@dataclass(frozen=True, eq=False)
class Comparable:
    """What of some organisations is compared; a row of each array is an organisation unless it says otherwise.

    `names` has a row per name: organisation (its row), text and words without legal form. `weights` is the sparse
    matrix names x words of `rarity`, how rare each word is (inverse document frequency), `towns` the
    same for the words of the town that the name does not tell. `codes` numbers the values of ids,
    domain, postcode, country, kind and group; equal numbers are equal values, -1 is none. `city` and
    `postcode` are texts.
    """

    keys: list[str]
    names: pd.DataFrame
    weights: csr_array
    towns: csr_array
    rarity: dict[str, float]
    codes: dict[str, Integers]
    city: list[str]
    postcode: list[str]


def comparable(organisations: pd.DataFrame) -> Comparable:
    """Make organisations ready for comparing.

    Parameters
    ----------
    organisations : DataFrame
        Columns key, name; and, where known, aliases (`;`), named, kind, country, city, postcode, website, group_id,
        vat, euid, lei, pic. One whose name is withheld (`named` = no) has no name to compare.
    """
    table = organisations.reset_index(drop=True)
    texts = {name: _texts(table, name) for name in ("kind", "country", "city", "postcode", "website", "group_id", *IDS)}
    names = _names(table, texts["country"])
    places = [f"{country}{_bare(code)}" if code else "" for country, code in _pairs(texts, "country", "postcode")]
    codes = {name: _codes(texts[name]) for name in ("country", "group_id", *IDS)}
    codes |= {"postcode": _codes(places), "domain": _codes([domain(one) for one in texts["website"]])}
    codes["kind"] = _codes([_KINDS.get(kind, kind) for kind in texts["kind"]])
    city = [words_of(one) for one in texts["city"]]
    rarity = _rarity(names["words"], len(table))
    told = zip(names["organisation"], names["words"], strict=True)
    towns = [tuple(word for word in city[place] if word in rarity and word not in words) for place, words in told]
    return Comparable(
        [str(key) for key in table["key"]], names, _weights(names["words"], rarity), _weights(towns, rarity), rarity,
        codes, [" ".join(words) for words in city], [_bare(code) for code in texts["postcode"]],
    )  # fmt: skip


def domain(website: str) -> str:
    """Return the domain of a web address without `www.`; empty for pages on somebody else's site."""
    host = re.sub(r"^[a-z]+://", "", website.strip().casefold()).split("/")[0].split("?")[0].rpartition("@")[2]
    host = host.partition(":")[0].removeprefix("www.").rstrip(".")
    return "" if host in _NOBODYS or "." not in host else host


def _names(table: pd.DataFrame, countries: list[str]) -> pd.DataFrame:
    """A row for each distinct name of each organisation: its name first, then its other names."""
    import pandas as pd

    withheld = table["named"].eq(False).to_numpy(bool) if "named" in table else np.zeros(len(table), dtype=bool)
    rows: list[tuple[int, str, Words]] = []
    told = zip(_texts(table, "name"), _texts(table, "aliases"), countries, withheld, strict=True)
    for place, (name, aliases, country, nameless) in enumerate(told):
        several = [] if nameless else [name, *aliases.split(";")]
        distinct = dict.fromkeys(plain_words(one, country) for one in several)
        rows += [(place, " ".join(words), words) for words in list(distinct)[:MOST_NAMES] if words]
    return pd.DataFrame(rows, columns=["organisation", "text", "words"])


def _rarity(names: Iterable[Words], organisations: int) -> dict[str, float]:
    """How rare each word is: the log of how many names there are for one that has it.

    Counted in these names together with those of a larger collection, so that in a small one not every word is rare.
    """
    counts = Counter(word for words in names for word in set(words))
    common, together = common_words(), organisations + _BACKGROUND
    return {word: max(math.log(together / (count + common.get(word, 0))), 0.1) for word, count in counts.items()}


def _weights(names: Iterable[Words], rarity: dict[str, float]) -> csr_array:
    """The rarity of each word of each name."""
    from scipy.sparse import csr_array

    number = {word: place for place, word in enumerate(rarity)}
    rows = [sorted({number[word]: rarity[word] for word in words}.items()) for words in names]
    indptr = np.concatenate([[0], np.cumsum([len(row) for row in rows])]).astype(np.int64)
    data = np.array([weight for row in rows for _, weight in row], dtype=np.float64)
    indices = np.array([place for row in rows for place, _ in row], dtype=np.int64)
    return csr_array((data, indices, indptr), shape=(len(rows), len(number)))


@cache
def common_words() -> dict[str, int]:
    """Return in how many of the names of a large collection each common word stands."""
    path = files("valuechain").joinpath("reference/legal_forms/common_words.csv")
    with path.open(encoding="utf-8") as text:
        return {row["word"]: int(row["count"]) for row in csv.DictReader(text)}


def _texts(table: pd.DataFrame, column: str) -> list[str]:
    if column not in table:
        return [""] * len(table)
    return [value if isinstance(value, str) else "" for value in table[column]]


def _pairs(texts: dict[str, list[str]], first: str, second: str) -> Iterable[tuple[str, str]]:
    return zip(texts[first], texts[second], strict=True)


def _bare(postcode: str) -> str:
    return re.sub(r"[\W_]", "", postcode).upper()


def _codes(values: Iterable[str]) -> Integers:
    """Number distinct values; -1 for an empty one."""
    seen: dict[str, int] = {}
    return np.array([seen.setdefault(value, len(seen)) if value else -1 for value in values], dtype=np.int64)
