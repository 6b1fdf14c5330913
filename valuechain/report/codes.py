"""What people read for the codes in results: severities, statuses, states, kinds, readers."""

from __future__ import annotations

from collections.abc import Mapping

from valuechain.model.actions import ACTION_WORDS
from valuechain.model.codes import KIND_WORDS, STATUS_WORDS
from valuechain.model.language import term
from valuechain.model.result import Severity

SEVERITY_WORDS: dict[Severity, str] = {
    "critical": term("Critical"),
    "high": term("High"),
    "medium": term("Medium"),
    "low": term("Low"),
    "info": term("For information"),
}

STATE_WORDS = {
    "no actor": term("nobody here offers it"),
    "unlinked": term("here, but not connected"),
    "sole source": term("only one supplier known"),
    "concentrated": term("few suppliers"),
    "unknown": term("not asked yet"),
    "covered": term("covered"),
    "several suppliers": term("several suppliers"),
    "known": term("known"),
    "nothing known": term("nothing known"),
    "lasts": term("lasts"),
    "runs short": term("runs short"),
    "not assessed": term("not assessed"),
    "fresh": term("fresh"),
    "out of date": term("out of date"),
    "not dated": term("not dated"),
    "does not run out": term("does not run out"),
    "makes it itself": term("makes it itself"),
    "as many": term("as many as expected"),
    "fewer": term("fewer than expected"),
    "more": term("more than expected"),
}

CAPABILITY_WORDS = {
    "material": term("material"),
    "component": term("component"),
    "module": term("module"),
    "process": term("process"),
    "service": term("service"),
    "facility": term("facility"),
    "system": term("system"),
    "market": term("market"),
}

RECORD_WORDS = {
    "organisations": term("organisation"),
    "ownerships": term("ownership"),
    "capabilities": term("capability"),
    "stages": term("stage"),
    "inputs": term("input of the chain"),
    "offers": term("offer"),
    "needs": term("need"),
    "supplies": term("supply link"),
    "projects": term("project"),
    "participations": term("participation"),
    "memberships": term("membership"),
    "sectors": term("sector"),
    "markets": term("market"),
    "surveys": term("survey"),
    "regions": term("region"),
    "statistics": term("figure"),
    "priorities": term("priority"),
    "calls": term("call"),
    "actions": term("agreed action"),
}

READER_WORDS = {
    "public": term("everybody"),
    "cluster": term("members of the cluster"),
    "advisor": term("advisors"),
    "owner": term("the owner of the data"),
}
"""Who may see something, by the code of the reader."""

_MARKET_STAGE_WORDS = {
    "interested": term("would like to get in"),
    "exporting": term("exports there"),
    "established": term("is established there"),
    "not stated": term("has projects on it; how far it has come is not known"),
}

_ASKED_WORDS = {
    "here": term("here"),
    "nobody (asked)": term("nobody (asked)"),
    "nobody known (asked in part)": term("nobody known (asked in part)"),
    "not asked": term("not asked"),
    "asked: nobody offers it": term("asked: nobody offers it"),
}

_VERDICT_WORDS = {"met": term("met"), "not met": term("not met"), "not known": term("not known")}

_QUESTION_WORDS = {
    "supplier": term("supplier"),
    "times": term("delivery time and stock"),
    "essential": term("essential"),
    "link": term("supply link"),
    "offer": term("offer"),
    "sales": term("share of sales"),
    "survey": term("survey"),
}

_PARTNER_WORDS = {
    "supplier": term("supplier"),
    "customer": term("customer"),
    "joint project": term("joint project"),
}

_BASIS_WORDS = {
    "stated": term("stated"),
    "by value": term("by value"),
    "stated in part": term("stated in part"),
    "assumed equal": term("assumed equal"),
    "every buyer counts once": term("every buyer counts once"),
    "value over turnover": term("value over turnover"),
    "contradictory": term("contradictory"),
}

ON_SCREEN = "on screen"
"""How the file is called in which what was said on a page stands."""

CODE_WORDS: Mapping[str, Mapping[str, str]] = {
    "file": {ON_SCREEN: term("on screen")},
    "status": STATUS_WORDS,
    "severity": {str(code): word for code, word in SEVERITY_WORDS.items()},
    "state": STATE_WORDS,
    "kind": {**_QUESTION_WORDS, **_PARTNER_WORDS, **CAPABILITY_WORDS, **RECORD_WORDS, **KIND_WORDS},
    "partner_kind": KIND_WORDS,
    "access": {"own use": term("its own use"), "customers": term("customers"), "open": term("open to everybody")},
    "essential": {"yes": term("yes"), "no": term("no"), "assumed": term("assumed")},
    "basis": _BASIS_WORDS,
    "role": {
        "supplier_input": term("what its suppliers buy"),
        "input": term("what it buys"),
        "own": term("what it makes"),
        "output": term("what its buyers make"),
        "market": term("where it sells"),
    },
    "could_be": {"customer": term("customer"), "supplier": term("supplier")},
    "plateau": {"plateau": term("plateau"), "below": term("below")},
    "verdict": _VERDICT_WORDS,
    "outcome": _VERDICT_WORDS,
    "reading": {
        "specialised": term("specialised"),
        "related opportunity": term("within reach"),
        "below average": term("below average"),
        "too few to say": term("too few to say"),
        "not assessed": term("not assessed"),
    },
    "side": {"offers it": term("offers it"), "would use it": term("would use it")},
    "tie": {"joint project": term("joint project"), "supply link": term("supply link")},
    "progress": ACTION_WORDS,
    "market_stage": _MARKET_STAGE_WORDS,
    "known": _ASKED_WORDS,
    "in_the_other": _ASKED_WORDS,
    "category": {
        "less developed": term("less developed"),
        "transition": term("transition"),
        "more developed": term("more developed"),
        "not known": term("not known"),
    },
    "measure": {"new link": term("new link"), "secured link": term("secured link")},
}
"""What people read for the codes in cells, by the name of the column."""

ANALYSIS_WORDS = {
    "audit": term("Value-chain check"),
    "backtest": term("How good suggestions are"),
    "bridges": term("Bridges"),
    "brief": term("Regional brief"),
    "closure": term("If this firm stops"),
    "collaboration": term("Regions that complement each other"),
    "communities": term("Communities"),
    "concentration": term("Concentration"),
    "connection": term("Connection"),
    "consortia": term("Consortia"),
    "contradictions": term("Contradictions"),
    "dossier": term("Mission dossier"),
    "fixes": term("What to mend first"),
    "freshness": term("Freshness"),
    "gaps": term("Gaps"),
    "heatmap": term("Stage by market"),
    "meetings": term("Schedule of meetings"),
    "missing-links": term("Suggested partners"),
    "neighbourhood": term("Neighbourhood"),
    "partners": term("Clusters that complement each other"),
    "questions": term("What to ask next"),
    "region-profile": term("Profile of a region"),
    "structure": term("Structure"),
    "support": term("Who can help"),
    "systemic-risk": term("Knock-on effect"),
    "weak-links": term("Weak links"),
}
"""What people call the analyses, as headings."""

FACT_WORDS = {
    "name": term("name"),
    "kind": term("kind"),
    "staff": term("staff"),
    "place": term("place"),
    "makes": term("makes"),
    "cluster": term("cluster"),
    "inputs known": term("inputs known"),
    "newest record": term("newest record"),
    "oldest record": term("oldest record"),
}
"""What people read for the names of facts."""
