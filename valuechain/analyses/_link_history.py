"""Who began to work with whom, and when: the dated joint projects that a model can learn from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.derive import as_date

if TYPE_CHECKING:
    import pandas as pd

    from valuechain.model.arrays import Booleans, Integers
    from valuechain.model.graph import ValueGraph

NOT_REAL = ("synthetic", "planned")
"""What is made up or planned is neither learnt from nor tested on."""

NEVER = np.iinfo(np.int64).max


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of organisations, `first` < `second` (positions), each once."""

    first: Integers
    second: Integers

    def __len__(self) -> int:
        return len(self.first)


@dataclass(frozen=True, eq=False)
class History:
    """Dated events at which organisations worked together.

    `organisation` and `event` hold who took part in what, each once, and `row` the row that says so; `day` is the
    ordinal day on which an event began.
    `pairs` are all who ever met and `met` the day of each first meeting; `known` is the day from which an organisation
    is on record, NEVER where it is not; `group` its legal group. `undated` events are left out.
    """

    organisation: Integers
    event: Integers
    row: Integers
    day: Integers
    pairs: Pairs
    met: Integers
    known: Integers
    group: Integers
    undated: int

    @property
    def first_day(self) -> int:
        """The day on which the first event began."""
        return int(self.day[self.event].min())

    @property
    def end(self) -> int:
        """The day after the last event began: until then the links are known."""
        return int(self.day[self.event].max()) + 1

    def known_before(self, day: int) -> Booleans:
        """Return who is on record before a day."""
        before: Booleans = self.known < day
        return before

    def new_links(self, since: int, until: int) -> Pairs:
        """Return who first met from `since` on and before `until`, both on record before `since`, of two groups."""
        first, second = self.pairs.first, self.pairs.second
        chosen = (self.met >= since) & (self.met < until) & (self.group[first] != self.group[second])
        chosen &= (self.known[first] < since) & (self.known[second] < since)
        return Pairs(first[chosen], second[chosen])


def joint_project_history(graph: ValueGraph) -> History:
    """Return the history of joint projects, made-up and planned records left out."""
    organisations, projects = graph["organisations"], graph["projects"]
    taking_part = graph["participations"]
    real = ~taking_part["status"].isin(NOT_REAL).to_numpy(bool)
    for table, column in ((organisations, "organisation"), (projects, "project")):
        made_up = table["status"].isin(NOT_REAL).to_numpy(bool)
        real &= ~made_up[taking_part[column].to_numpy(np.int64)]
    events = taking_part.loc[real, ["organisation", "project"]].rename(columns={"project": "event"})
    return history(events, projects["start"], graph.legal_groups)


def history(events: pd.DataFrame, days: pd.Series[str], group: Integers) -> History:
    """Return the history that events give; links of another kind, such as dated supplies, can be told in the same way.

    Parameters
    ----------
    events : DataFrame
        Columns organisation and event (positions): who took part in what. The index is the row that says so.
    days : Series
        ISO date on which each event began, by position; empty where not known.
    group : integers (N,)
        Legal group of each organisation.
    """
    import pandas as pd

    day = days.map(lambda text: as_date(text).toordinal(), na_action="ignore").astype("float64").fillna(-1.0)
    start = day.to_numpy().astype(np.int64)
    events = events.drop_duplicates()
    is_dated = start[events["event"].to_numpy(np.int64)] >= 0
    undated = int(events.loc[~is_dated, "event"].nunique())
    dated = events[is_dated]
    joint = dated.merge(dated, on="event", suffixes=("_first", "_second"))
    joint = joint[joint["organisation_first"] < joint["organisation_second"]]
    met = pd.DataFrame(
        {
            "first": joint["organisation_first"],
            "second": joint["organisation_second"],
            "day": start[joint["event"].to_numpy(np.int64)],
        }
    )
    met = met.groupby(["first", "second"], as_index=False)["day"].min()
    organisation, event = (dated[name].to_numpy(np.int64) for name in ("organisation", "event"))
    known = np.full(len(group), NEVER, dtype=np.int64)
    np.minimum.at(known, organisation, start[event])
    pairs = Pairs(met["first"].to_numpy(np.int64), met["second"].to_numpy(np.int64))
    row = dated.index.to_numpy(np.int64)
    return History(organisation, event, row, start, pairs, met["day"].to_numpy(np.int64), known, group, undated)


def iso(day: int) -> str:
    """Return an ordinal day as an ISO date."""
    return date.fromordinal(day).isoformat()
