"""Who is a small or medium-sized enterprise (Recommendation 2003/361/EC), with partner and linked enterprises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.language import listed, say, term

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Floats, Integers
    from valuechain.model.graph import ValueGraph

NO, MAYBE, YES = 0, 1, 2
"""Whether something holds; maybe where the data do not tell. Of several ways to hold the largest number counts."""

CEILINGS = (
    (term("micro"), 10, 2e6, 2e6),
    (term("small"), 50, 10e6, 10e6),
    (term("medium-sized"), 250, 50e6, 43e6),
)
"""Below so many staff, and at most so much turnover or so large a balance sheet, in EUR (Annex, Article 2)."""

PARTNER, LINKED = 0.25, 0.5
"""From the first share on two are partners (their figures count in proportion), above the second linked (in full)."""

NO_FIRMS = {
    "rto": term("research organisation"),
    "university": term("university"),
    "public": term("public body"),
    "cluster": term("cluster"),
    "partnership": term("partnership"),
}
"""Kinds that are not counted as enterprises, in words."""

EXEMPT_OWNERS = frozenset({"university", "rto", "investor"})
"""Who may hold up to half of a firm without becoming its partner (Annex, Article 3(2))."""

_FIGURES = (
    ("staff", "staff", "staff_min", "staff_max"),
    ("turnover", "turnover_eur", "turnover_min_eur", "turnover_max_eur"),
    ("balance sheet", "balance_eur", None, None),
)


@dataclass(frozen=True, eq=False)
class SmeStatuses:
    """Who is an SME: `status` is YES, NO or MAYBE for each organisation.

    `least` and `most` (3 x organisations: staff, turnover, balance sheet) bound the figures with those of linked and
    partner enterprises; `most` is infinite where some are not known. `by_figures` says whether these decide, or else
    the kind that was declared; `public` whether public bodies hold a quarter or more; `others` how many organisations
    beside itself its figures hold.
    """

    graph: ValueGraph
    status: Integers
    least: Floats
    most: Floats
    by_figures: Booleans
    public: Booleans
    others: Integers

    def words(self, organisation: int) -> str:
        """Return the status in words, with what is missing where it is not known."""
        kind = self.graph["organisations"]["kind"].iloc[organisation]
        if kind in NO_FIRMS:
            return say("no firm: {kind}", kind=say(NO_FIRMS[kind]))
        if self.public[organisation]:
            return say("not an SME: public bodies hold a quarter or more")
        if not self.by_figures[organisation]:
            missing = say("figures missing: {figures}", figures=listed(self._missing(organisation)))
            return f"{say(_DECLARED[int(self.status[organisation])])}; {missing}"
        size = self._size(organisation)
        if self.others[organisation]:
            size = say("{size}, with {count} linked or partner firms", size=size, count=int(self.others[organisation]))
        return say("{size} (declared an SME)", size=size) if self._denied(organisation, kind) else size

    def _size(self, organisation: int) -> str:
        if self.status[organisation] == NO:
            return say("large")
        within = [name for name, *ceiling in CEILINGS if _below(self.most[:, organisation], ceiling)]
        sizes = [name for name, *ceiling in CEILINGS if not _above(self.least[:, organisation], ceiling)]
        if within[0] == sizes[0]:
            return say(within[0])
        return say("SME ({sizes})", sizes=either(list(map(say, sizes[: sizes.index(within[0]) + 1]))))

    def _denied(self, organisation: int, kind: object) -> bool:
        return kind == "sme" and self.status[organisation] == NO

    def _missing(self, organisation: int) -> list[str]:
        staff, *money = np.isinf(self.most[:, organisation]).tolist()
        missing = [say("staff")] if staff else []
        if all(money):
            return [*missing, say("turnover or balance sheet")]
        names = (say("turnover"), say("balance sheet"))
        return [*missing, *(name for name, unknown in zip(names, money, strict=True) if unknown)]


_DECLARED = {YES: term("SME as declared"), NO: term("large as declared"), MAYBE: term("not known")}


def either(names: Sequence[str]) -> str:
    """Return names of which one holds: "A or B"."""
    if len(names) < 2:
        return "".join(names)
    return say("{names} or {last}", names=either(names[:-1]), last=names[-1])


def sme_statuses(graph: ValueGraph) -> SmeStatuses:
    """Return who is an SME, made once for a graph.

    Figures of a firm count with those of all linked to it (its legal group) in full, and with those of partners of any
    of them, and all linked to the partner, in proportion to the share; of cross-holdings the larger share counts
    (Annex, Article 6). Where the figures do not decide, the declared kind does. The status of one year counts: that it
    changes only after two (Article 4) cannot be told.
    """
    return graph.once(_sme_statuses)


def _sme_statuses(graph: ValueGraph) -> SmeStatuses:
    organisations = graph["organisations"]
    groups = graph.legal_groups
    count = int(groups.max(initial=-1)) + 1
    pairs = _partners(graph, groups)
    first, second = (pairs[end].to_numpy(np.int64) for end in ("first", "second"))
    share = pairs["share"].to_numpy(float)

    def with_others(own: Floats) -> Floats:
        whole = np.bincount(groups, own, count)
        return np.asarray((whole + np.bincount(first, share * whole[second], count))[groups], dtype=float)

    bounds = [_bounds(organisations, *columns) for _, *columns in _FIGURES]
    least, most = (np.stack([with_others(bound[side]) for bound in bounds]) for side in (0, 1))
    size = np.bincount(groups, minlength=count)
    others = size - 1 + np.bincount(first, size[second], count).astype(np.int64)
    public = np.bincount(groups, _publicly_held(graph), count)[groups] > 0
    kind = organisations["kind"].to_numpy(object, na_value="")
    ceiling = CEILINGS[-1][1:]
    yes, no = _below(most, ceiling), _above(least, ceiling)
    declared = np.select([kind == "sme", kind == "large"], [YES, NO], MAYBE)
    status = np.select([np.isin(kind, list(NO_FIRMS)) | public | no, yes], [NO, YES], declared)
    return SmeStatuses(graph, status.astype(np.int64), least, most, yes | no, public, others[groups])


def _below(most: Floats, ceiling: tuple[float, ...] | list[float]) -> Booleans:
    """Whether staff is below its ceiling, and turnover or balance sheet at most at theirs."""
    staff, turnover, balance = ceiling
    return np.asarray((most[0] < staff) & ((most[1] <= turnover) | (most[2] <= balance)), dtype=bool)


def _above(least: Floats, ceiling: tuple[float, ...] | list[float]) -> Booleans:
    """Whether the least figures rule out that it is below."""
    staff, turnover, balance = ceiling
    return np.asarray((least[0] >= staff) | ((least[1] > turnover) & (least[2] > balance)), dtype=bool)


def _bounds(organisations: pd.DataFrame, exact: str, low: str | None, high: str | None) -> tuple[Floats, Floats]:
    """The least and the greatest that a figure can be; 0 and infinity where nobody said."""
    told = organisations[exact].to_numpy(float, na_value=np.nan)
    least = told if low is None else np.where(np.isnan(told), organisations[low].to_numpy(float, na_value=np.nan), told)
    most = (
        told if high is None else np.where(np.isnan(told), organisations[high].to_numpy(float, na_value=np.nan), told)
    )
    return np.where(np.isnan(least), 0.0, least), np.where(np.isnan(most), np.inf, most)


def _partners(graph: ValueGraph, groups: Integers) -> pd.DataFrame:
    """Legal groups of which one holds a quarter to a half of the other, from both ends: first, second, share (0..1)."""
    import pandas as pd

    owned, kinds = graph["ownerships"], graph["organisations"]["kind"]
    holder, held = (groups[owned[end].to_numpy(np.int64)] for end in ("owner", "owned"))
    exempt = kinds.iloc[owned["owner"]].isin(EXEMPT_OWNERS).to_numpy(bool)
    chosen = owned["share"].between(PARTNER, LINKED).to_numpy(bool) & (holder != held) & ~exempt
    told = pd.DataFrame({"first": holder, "second": held, "share": owned["share"].to_numpy(float)})[chosen]
    one_way = told.groupby(["first", "second"], as_index=False)["share"].sum()
    other_way = one_way.rename(columns={"first": "second", "second": "first"})
    both = pd.concat([one_way, other_way], ignore_index=True)
    larger = both.groupby(["first", "second"], as_index=False)["share"].max()
    return larger.assign(share=larger["share"].clip(upper=1.0))


def _publicly_held(graph: ValueGraph) -> Floats:
    """1 for each organisation of which public bodies hold a quarter or more; an unknown share counts as more."""
    owned, kinds = graph["ownerships"], graph["organisations"]["kind"]
    public = owned[kinds.iloc[owned["owner"]].eq("public").to_numpy(bool)]
    held = np.bincount(public["owned"].to_numpy(np.int64), public["share"].fillna(1.0).to_numpy(float), len(kinds))
    return np.asarray(held >= PARTNER, dtype=float)
