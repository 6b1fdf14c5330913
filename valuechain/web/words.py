"""The words of the pages: what people call what code, API and METHODS call by its term."""

from __future__ import annotations

from datetime import date

from valuechain.report import words

STATUS_WORDS = words.STATUS_WORDS
SEVERITY_WORDS = words.SEVERITY_WORDS
STATE_WORDS = {**words.STATE_WORDS, "covered": "covered"}

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

ANALYSIS_WORDS = {
    "audit": "value-chain check",
    "heatmap": "stage by market",
    "closure": "if this firm stops",
    "systemic-risk": "knock-on effect",
    "questions": "what to ask next",
    "fixes": "what to mend first",
    "missing-links": "suggested partners",
    "backtest": "how good suggestions are",
    "support": "who can help",
    "region-profile": "profile of a region",
    "collaboration": "regions that complement each other",
    "partners": "clusters that complement each other",
    "meetings": "schedule of meetings",
}

_COLUMN_WORDS = {
    "what_stops": "what stops without it",
    "replace_or_secure": "replace or secure",
    "could_be": "could be",
    "column": "market or region",
    "downstream": "needed by",
    "herfindahl": "Herfindahl index",
    "trl": "readiness level",
    "readiness": "readiness",
    "linked": "connected",
    "with_whom": "with whom",
    "way": "by which way",
    "hangs_on": "hangs on",
    "stops": "stop with it",
    "supplied": "supplied from here",
    "imported": "supplied from outside",
    "makers": "makers of these",
    "pagerank": "PageRank",
    "country_herfindahl": "Herfindahl index of countries",
    "region_herfindahl": "Herfindahl index of regions",
    "largest_share": "largest share",
    "largest_region_share": "share of the largest region",
    "over": "or more",
    "cut_short": "stopped early",
    "turnover_known": "turnover known of",
    "sme_projects": "projects with SMEs",
}

_UNIT_ENDINGS = ("_days", "_weeks", "_km", "_eur", "_share")


def column_words(name: str) -> str:
    """Return the head of a column: its name as words; the unit stands beside it."""
    label = _COLUMN_WORDS.get(name, "")
    if not label:
        for ending in _UNIT_ENDINGS:
            name = name.removesuffix(ending)
        label = name.replace("_", " ")
    return label[:1].upper() + label[1:]


def analysis_words(name: str) -> str:
    """Return what pages call an analysis."""
    return ANALYSIS_WORDS.get(name, name.replace("-", " "))


def is_percentage(name: str, unit: str) -> bool:
    """Whether a column of 0..1 reads best as percent: shares and confidences do, an index does not."""
    return unit == "0..1" and any(word in name for word in ("share", "confidence", "probability"))


def number_words(value: int | float) -> str:
    """Return a number as people read it: thousands apart, about three telling digits, a real minus sign."""
    text = f"{int(value):,}" if float(value).is_integer() else words.number(value)
    return text.replace("-", "−")


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
