"""What people read for the codes of records: statuses, kinds of organisation, and links as sentences."""

from __future__ import annotations

from valuechain.model.language import term

STATUS_WORDS = {
    "confirmed": term("confirmed"),
    "declared": term("declared"),
    "inferred": term("guessed"),
    "synthetic": term("made up"),
    "planned": term("planned"),
}

KIND_WORDS = {
    "sme": term("SME"),
    "large": term("large company"),
    "rto": term("research organisation"),
    "university": term("university"),
    "public": term("public body"),
    "cluster": term("cluster"),
    "investor": term("investor"),
    "user": term("user"),
    "partnership": term("partnership"),
    "other": term("other organisation"),
}

LINK_SENTENCES = {
    "ownerships": term("{owner} owns {owned}"),
    "inputs": term("{from_capability} goes into {to_capability}"),
    "offers": term("{organisation} offers {capability}"),
    "needs": term("{organisation} needs {capability}"),
    "supplies": term("{supplier} supplies {buyer} with {capability}"),
    "participations": term("{organisation} takes part in {project}"),
    "memberships": term("{organisation} belongs to {cluster}"),
    "sectors": term("{organisation} works in sector {code}"),
    "markets": term("{organisation} looks to {market}"),
    "surveys": term("asked about {capability}"),
}
"""A link in words; the names in braces are its fields."""
