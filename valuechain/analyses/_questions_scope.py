"""What is open in a scope of many organisations: their inputs, and what nobody there was asked about."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from valuechain.analyses._chain import known_needs, listed
from valuechain.analyses._failure import stated_offers
from valuechain.analyses._questions_open import OPEN, SURE, asked_rows
from valuechain.analyses._questions_priors import WEIGHT, share, worth

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.analyses._gap_states import Gap
    from valuechain.analyses._questions_open import Known

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
    alone = np.where(needers > 0, np.where((needers > 1) & lead_on, WEIGHT["high"], WEIGHT["medium"]), WEIGHT["low"])
    rows = pd.DataFrame(
        {
            "organisation": -1,
            "capability": [gap.capability for gap in unknown],
            "told": [f"Needed by {listed(names.iloc[list(gap.needers)])}" if gap.needers else "" for gap in unknown],
            "confidence": confidence,
            "status": [gap.status for gap in unknown],
            "evidence": [gap.evidence for gap in unknown],
        }
    )
    answers = [
        (absent, worth(nobody, confidence)),
        ((1 - absent) * sole, worth(alone, confidence)),
        ((1 - absent) * (1 - sole), 0.0),
    ]
    return asked_rows("survey", rows, answers)
