"""What a row of a list says beside its organisation: offers, needs, partners, clusters, sectors, markets, projects."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Generator, Iterator
from dataclasses import dataclass, field

from valuechain.model.cells import Cell
from valuechain.model.language import listed, say
from valuechain.model.search import folded
from valuechain.model.terms import TERM, term_key
from valuechain.sources.cells.country_names import read_markets
from valuechain.sources.cells.lists import split_list
from valuechain.sources.lists.listing_names import Directory, slug
from valuechain.sources.lists.listing_words import sector_code
from valuechain.sources.lists.mapping_signs import has_legal_form, is_nothing
from valuechain.sources.lists.mapping_target import Target
from valuechain.sources.not_told import NOT_TOLD, not_told

Fields = dict[str, Cell]
Told = tuple[str, Fields]
"""A record to be: its kind, and its cells by field."""

_KEY = re.compile(r"[a-z][a-z0-9_-]*:[A-Za-z0-9_.-]+")
_BRACKETS = re.compile(r"\s*[(\[]([^()\[\]]*)[)\]]\s*")
_TRL = re.compile(r"\s*[(\[,]?\s*TRL\s*[:=]?\s*([1-9])\s*[)\]]?", re.IGNORECASE)
_CORDIS = re.compile(r"\d{6}|\d{9}")


@dataclass
class Links:
    """Turns cells into records of links, and keeps count of what had to be assumed.

    Parameters
    ----------
    known : Directory
        The organisations of the list, by name.
    source : str
        Name of the delivery.
    """

    known: Directory
    source: str
    _added: dict[str, str] = field(default_factory=dict)
    _counts: Counter[str] = field(default_factory=Counter)

    def of_cell(
        self, target: Target, organisation: str, cell: Cell, more: Fields, separators: str = ""
    ) -> Iterator[Told]:
        """Yield the records that one cell makes for the organisation of its row, with further fields."""
        text = str(cell)
        constants: Fields = {**dict(target.constants), **more}
        if target.kind == "markets":
            for market in read_markets(text, separators):
                told = {"market": market.market, "scheme": market.scheme, "stage": market.stage}
                filled = {name: value for name, value in told.items() if value}
                yield "markets", {"organisation": organisation, **constants, **filled}
            return
        for word in split_list(text, separators):
            if not is_nothing(word):
                yield from self.of_word(target, organisation, word, constants)

    def of_word(self, target: Target, organisation: str, word: str, more: Fields) -> Iterator[Told]:
        """Yield the records that one word makes, with further fields."""
        match target.kind, target.field:
            case ("offers" | "needs") as kind, _:
                level = _TRL.search(word)
                plain = _TRL.sub(" ", word).strip() if level else word
                if folded(plain):
                    found: Fields = {"trl": int(level[1])} if level else {}
                    named = {"capability": capability(plain), **as_written(plain)}
                    yield kind, {"organisation": organisation, **more, **named, **found}
            case "sectors", _:
                code, scheme = sector_code(word)
                yield "sectors", {"organisation": organisation, **more, "code": code, "scheme": scheme}
            case "participations", _:
                yield from self._project(organisation, word, more)
            case "memberships", _:
                cluster = yield from self._partner(word, {"kind": "cluster"})
                if cluster != organisation:
                    yield "memberships", {"organisation": organisation, "cluster": cluster, **more}
            case ("supplies" | "ownerships") as kind, end:
                yield from self._ends(kind, end, organisation, word, more)

    def cluster(self, name: str) -> Iterator[Told]:
        """Yield the organisation that a cluster named by id, key or name is, where the list does not have it."""
        if name not in self.known.ids and not _KEY.fullmatch(name):
            yield from self._partner(name, {"kind": "cluster"})

    def cluster_key(self, name: str) -> str:
        """Return the reference to the cluster named by id, key or name."""
        return name if name in self.known.ids or _KEY.fullmatch(name) else self._id_of(name)

    @property
    def said(self) -> list[str]:
        """What was assumed, in sentences."""
        told = []
        if self._added:
            names = listed([repr(name) for name in self._added.values()], 5)
            told.append(
                say(
                    "Partners that the list does not hold were added as organisations of their own: {names}.",
                    names=names,
                )
            )
        if count := self._counts["not told"]:
            what = say("It counts as one and the same, so several suppliers of a firm count as alternatives.")
            told.append(
                say("Links between supplier and customer that do not say what is delivered: {count:,}.", count=count)
                + f" {what}"
            )
        if count := self._counts["owners"]:
            told.append(
                say("Owners without a legal form may be persons and were not taken in: {count:,}.", count=count)
            )
        return told

    def _ends(self, kind: str, end: str, organisation: str, word: str, more: Fields) -> Iterator[Told]:
        other_end = {"supplier": "buyer", "buyer": "supplier", "owner": "owned", "owned": "owner"}[end]
        in_list = self.known.find(word) is not None
        remark = None if in_list else _BRACKETS.search(word)
        name = (_BRACKETS.sub(" ", word).strip() or word) if remark else word
        if kind == "ownerships" and self.known.find(name) is None and not has_legal_form(name):
            self._counts["owners"] += 1
            return
        partner = yield from self._partner(name, {})
        if partner == organisation:
            return
        beside = _remarked(kind, remark[1]) if remark else {}
        link: Fields = {end: partner, other_end: organisation, **beside, **more}
        if kind == "ownerships":
            yield kind, link
            return
        goods = [one for one in split_list(str(more.get("capability") or "")) if not is_nothing(one)]
        for one in goods:
            yield kind, {**link, "capability": capability(one), **as_written(one)}
        if not goods:
            self._counts["not told"] += 1
            yield "capabilities", not_told(self.source)
            yield kind, {**link, "capability": NOT_TOLD}

    def _project(self, organisation: str, word: str, more: Fields) -> Iterator[Told]:
        if _CORDIS.fullmatch(word):
            yield "participations", {"organisation": organisation, "project": f"cordis:{word}", **more}
            return
        yield "projects", {"id": slug(word), "title": word}
        yield "participations", {"organisation": organisation, "project": slug(word), **more}

    def _partner(self, name: str, more: Fields) -> Generator[Told, None, str]:
        found = self.known.find(name)
        if found:
            return found
        new = self._id_of(name)
        self._added.setdefault(new, name)
        yield "organisations", {"id": new, "name": self._added[new], **more}
        return new

    def _id_of(self, name: str) -> str:
        found = self.known.find(name)
        if found:
            return found
        return f"{slug(name)}-2" if slug(name) in self.known.ids else slug(name)


def _remarked(kind: str, remark: str) -> Fields:
    """What stands in brackets behind a partner: the share of an owner, or a remark."""
    share = re.fullmatch(r"\s*(\d{1,3}(?:[.,]\d+)?)\s*%\s*", remark)
    if kind == "ownerships" and share and (part := float(share[1].replace(",", ".")) / 100) <= 1:
        return {"share": part}
    return {"remark": remark} if remark.strip() else {}


def capability(word: str) -> str:
    """Return the reference to a capability: a key as it is, a word for people to say what it means."""
    return word if _KEY.fullmatch(word) else f"term:{word}"


def as_written(word: str) -> Fields:
    """Return the extra property that keeps the spelling of a word, where its reference loses it."""
    return {} if _KEY.fullmatch(word) or term_key(word) == f"{TERM}:{word}" else {"word": word}
