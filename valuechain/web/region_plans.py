"""Which tables of the regions' pages stand where, and what is said of them."""

from __future__ import annotations

from valuechain.model.language import term
from valuechain.web.sections import Plan

ALL_PLANS = {
    "regions": Plan(
        term("The same as a table"),
        term("A region opens its profile."),
        ("region", "organisations", "specialisations", "strongest", "quotient", "single", "projects", "status"),
        60,
        term("Regions"),
    ),
    "flows": Plan(
        term("Which regions work together"),
        term("A region of each pair opens its profile."),
        ("region", "partner", "projects", "status"),
        12,
        term("Ties"),
    ),
}

PROFILE_PLANS = {
    "activities": Plan(
        term("What it does more, and what is within reach"),
        term("Shares beside the average share; a small count leaves much to chance, which the bounds say."),
        ("activity", "reading", "quotient", "low", "high", "count", "density", "usual_density", "regions", "status"),
        14,
        term("Activities"),
    ),
    "gaps": Plan(
        term("What is lacking, and what hangs on one"),
        "",
        ("capability", "stage", "state", "offered_by", "needers", "candidates", "status"),
        14,
        term("Gaps"),
    ),
    "ties": Plan(
        term("To whom it is tied"),
        term("Joint projects beside those expected from how many each has with whomever."),
        ("partner", "projects", "expected", "through_here", "through_there", "delivers", "receives", "status"),
        14,
        term("Ties"),
    ),
    "flows": Plan(
        term("Through whom"),
        term("Each organisation here, and the regions of its partners."),
        ("organisation", "partner", "projects", "status"),
        10,
        term("Flows"),
    ),
    "deliveries": Plan(
        term("From stage to stage"),
        term("What is delivered from here and to here, by what it is and what the buyer makes with it."),
        ("from_stage", "to_stage", "links", "status"),
        10,
        term("Deliveries"),
        term("No supply link with an end here is known."),
    ),
    "priorities": Plan(
        term("Smart-specialisation priorities"), "", (), 20, term("Priorities"), term("No priority is recorded.")
    ),
    "coverage": Plan(term("How much is known"), "", (), 20, term("Coverage")),
}

PARTNER_PLANS = {
    "partners": Plan(
        term("Whom it complements"),
        term(
            "Gain, similarity and existing ties stand side by side; a partner opens what the two would add to each "
            "other."
        ),
        ("partner", "gain_here", "gain_there", "similarity", "joint_projects", "fills_here", "fills_there", "status"),
        25,
        term("Partners"),
    ),
}

PAIR_PLANS = {
    "ties": Plan(
        term("Who already works together"),
        term("Joint projects and supply links of the two regions."),
        ("name", "tie", "until", "organisations_here", "organisations_there", "programme", "status"),
        12,
        term("Ties"),
        term("No joint project and no supply link of the two is known."),
    ),
    "fills": Plan(
        term("What one has that the other lacks"),
        "",
        ("capability", "gains", "state", "who", "needed_by", "only_one", "status"),
        12,
        term("Fills"),
    ),
    "openings": Plan(
        term("What each could move into with the other"),
        term("What is near to the strengths of both together, though not of one alone."),
        ("capability", "gains", "density", "added_density", "together", "status"),
        8,
        term("Openings"),
    ),
    "carriers": Plan(
        term("Who would carry it"),
        "",
        ("organisation", "capability", "side", "reason", "place", "status"),
        16,
        term("Carriers"),
    ),
}
