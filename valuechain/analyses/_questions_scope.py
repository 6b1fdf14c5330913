"""What is open in a scope of many organisations: their inputs, and what nobody there was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import known_needs
from valuechain.analyses._failure import stated_offers
from valuechain.analyses._questions_open import OPEN, SURE, asked_rows
from valuechain.analyses._questions_priors import WEIGHT, share, worth
from valuechain.model.language import listed

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._gap_states import Gap
    from valuechain.analyses._questions_open import Known
    from valuechain.model.arrays import Booleans, Floats, Integers

_PAIR = ["organisation", "capability"]


def open_inputs_of_scope(known: Known, gaps: Sequence[Gap]) -> pd.DataFrame:
    """Return the inputs without a known supplier of all who are asked, with the columns OPEN and those of the needs.

    The state of an input is that of the scope: nobody here offers it, here but not connected, else not asked yet.
    """
    import pandas as pd

    needs = known.graph.once(known_needs)
    needs = needs[known.asked[needs["organisation"].to_numpy(np.int64)]]
    required = {gap.capability: gap.state for gap in gaps}
    supplied = known.dependencies.inputs[["buyer", "capability"]].set_axis(_PAIR, axis=1)
    settled = pd.MultiIndex.from_frame(pd.concat([supplied, stated_offers(known.graph)]))
    is_open = needs["capability"].isin(required).to_numpy(bool) & ~pd.MultiIndex.from_frame(needs[_PAIR]).isin(settled)
    needs = needs[is_open]
    states = needs["capability"].map(required)
    states = states.where(states.isin(["no actor", "unlinked"]), "unknown")
    needs = needs.assign(state=states, evidence=None, evidence_of="needs", row=needs.index)
    return needs[[*OPEN, "evidence_of", "row", *(name for name in needs if name not in (*OPEN, "evidence_of", "row"))]]


def survey_questions(known: Known, gaps: Sequence[Gap]) -> pd.DataFrame:
    """Who in the scope offers what nobody was asked about.

    Nobody: high where somebody needs it, else medium; only one: high where at least two need it and other capabilities
    cannot be made without it, medium where one does, else low; several: nothing.
    """
    import pandas as pd

    unknown = [gap for gap in gaps if gap.state == "unknown"]
    absent = share(np.array([gap.state == "no actor" for gap in gaps if gap.surveyed], dtype=bool))
    sole = known.priors.sole
    names = known.graph["organisations"]["label"]
    confidence = np.full(len(unknown), SURE)
    needers = np.array([len(gap.needers) for gap in unknown], dtype=np.int64)
    lead_on = np.array([bool(gap.downstream) for gap in unknown], dtype=bool)
    nobody = np.where(needers > 0, WEIGHT["high"], WEIGHT["medium"])
    rows = pd.DataFrame(
        {
            "organisation": -1,
            "capability": [gap.capability for gap in unknown],
            "told": [listed(names.iloc[list(gap.needers)]) for gap in unknown],
            "confidence": confidence,
            "status": [gap.status for gap in unknown],
            "evidence": [gap.evidence for gap in unknown],
        }
    )
    answers = [
        (absent, worth(nobody, confidence)),
        ((1 - absent) * sole, worth(_only_one(needers, lead_on), confidence)),
        ((1 - absent) * (1 - sole), 0.0),
    ]
    return asked_rows("survey", rows, answers)


def with_gaps(offers: pd.DataFrame, gaps: Sequence[Gap]) -> pd.DataFrame:
    """Return questions about offers, the change of each answer raised by that of the gap that rests on it alone.

    A capability that a single guess says to be here is a finding: only one supplier is known, or it is here but not
    connected. Yes makes that finding as sure as a declared record; no takes it away.
    """
    import pandas as pd

    alone = [gap for gap in gaps if gap.state in ("unlinked", "sole source") and len(gap.offerers) == 1]
    needers = np.array([len(gap.needers) for gap in alone], dtype=np.int64)
    lead_on = np.array([bool(gap.downstream) for gap in alone], dtype=bool)
    linked = np.array([gap.state != "unlinked" for gap in alone], dtype=bool)
    presence = np.array([gap.presence_confidence for gap in alone], dtype=float)
    now = np.where(linked, presence, np.array([gap.linkage_confidence for gap in alone], dtype=float))
    weight = np.where(linked, _only_one(needers, lead_on), WEIGHT["medium"])
    sure = now * np.maximum(presence, SURE) / np.where(presence > 0, presence, 1.0)
    before = worth(weight, now)
    rows = pd.DataFrame(
        {
            "organisation": [gap.offerers[0] for gap in alone],
            "capability": [gap.capability for gap in alone],
            "gain": np.abs(worth(weight, sure) - before),
            "now": before,
        }
    ).astype({"organisation": "int64", "capability": "int64"})
    joined = offers.merge(rows, on=["organisation", "capability"], how="left")
    return offers.assign(
        change_1=offers["change_1"].to_numpy(float) + joined["gain"].fillna(0.0).to_numpy(float),
        change_2=offers["change_2"].to_numpy(float) + joined["now"].fillna(0.0).to_numpy(float),
    )


def _only_one(needers: Integers, lead_on: Booleans) -> Floats:
    """What weighs that a capability has one supplier: high where two need it and other things hang on it, and so on."""
    needed = np.where((needers > 1) & lead_on, WEIGHT["high"], WEIGHT["medium"])
    found: Floats = np.where(needers > 0, needed, WEIGHT["low"])
    return found
