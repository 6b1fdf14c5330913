"""The words of the pages: what people call what code, API and METHODS call by its term."""

from __future__ import annotations

from datetime import date

STATUS_WORDS = {
    "confirmed": "confirmed",
    "declared": "declared",
    "inferred": "guessed",
    "synthetic": "made up",
    "planned": "planned",
}

STATE_WORDS = {
    "unknown": "not asked yet",
    "no actor": "nobody here offers it",
    "unlinked": "here, but not connected",
    "sole source": "only one supplier",
    "sole known": "only one supplier known",
    "concentrated": "few suppliers",
    "covered": "covered",
}

SEVERITY_WORDS = {"critical": "Critical", "high": "High", "medium": "Medium", "low": "Low", "info": "To know"}

KIND_WORDS = {
    "sme": "SME",
    "large": "large company",
    "rto": "research organisation",
    "university": "university",
    "public": "public body",
    "cluster": "cluster",
    "investor": "investor",
    "user": "user",
    "partnership": "partnership",
    "other": "other organisation",
}

RECORD_WORDS = {
    "organisations": "organisation",
    "ownerships": "ownership",
    "capabilities": "capability",
    "stages": "stage",
    "inputs": "input of the chain",
    "offers": "offer",
    "needs": "need",
    "supplies": "supply link",
    "projects": "project",
    "participations": "participation",
    "memberships": "membership",
    "sectors": "sector",
    "markets": "market",
    "surveys": "survey",
    "regions": "region",
    "statistics": "figure",
    "priorities": "priority",
    "calls": "call",
}

VISIBILITY_WORDS = {
    "public": "Everybody may see what this page rests on.",
    "cluster": "This page rests on records for members of the cluster; do not pass it on beyond them.",
    "advisor": "This page rests on records for advisors; do not pass it on beyond them.",
    "owner": "This page rests on records for their owner alone; do not pass it on.",
}

ANALYSIS_WORDS = {"audit": "value-chain check", "heatmap": "stage by market", "closure": "if this firm stops"}

_COLUMN_WORDS = {
    "what_stops": "what stops without it",
    "replace_or_secure": "replace or secure",
    "could_be": "could be",
    "capability": "capability",
    "downstream": "needed by",
    "herfindahl": "Herfindahl index",
    "trl": "readiness level",
    "readiness": "readiness",
    "linked": "connected",
    "with_whom": "with whom",
    "way": "by which way",
    "hangs_on": "hangs on",
    "stops": "stop with it",
}

_UNIT_ENDINGS = ("_days", "_km", "_eur", "_share")


def column_words(name: str) -> str:
    """Return the head of a column: its name as words; the unit stands beside it."""
    if name in _COLUMN_WORDS:
        words = _COLUMN_WORDS[name]
    else:
        for ending in _UNIT_ENDINGS:
            name = name.removesuffix(ending)
        words = name.replace("_", " ")
    return words[:1].upper() + words[1:]


def analysis_words(name: str) -> str:
    """Return what pages call an analysis."""
    return ANALYSIS_WORDS.get(name, name.replace("-", " "))


def is_percentage(name: str, unit: str) -> bool:
    """Whether a column of 0..1 reads best as percent: shares and confidences do, an index does not."""
    return unit == "0..1" and any(word in name for word in ("share", "confidence", "probability"))


def number_words(value: int | float) -> str:
    """Return a number as people read it: thousands apart, at least three digits that count."""
    if isinstance(value, int) or float(value).is_integer():
        return f"{int(value):,}"
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


def day_words(iso: str) -> str:
    """Return an ISO date or time as "18 September 2026"; a text that is neither comes back as it is."""
    try:
        day = date.fromisoformat(iso[:10])
    except ValueError:
        return iso
    return f"{day.day} {day:%B %Y}"


def plural(count: int, one: str, several: str = "") -> str:
    """Return "1 record" or "1,200 records"."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def listed(names: list[str] | tuple[str, ...]) -> str:
    """Return "a", "a and b" or "a, b and c"."""
    return " and ".join(part for part in (", ".join(names[:-1]), *names[-1:]) if part)
