"""Links that are computed, not stored: collaborations from joint projects, guesses from project titles.

Each cites the records it comes from. A title tells what a project is about; all its partners inherit that, though each
covers a part, so what follows from titles is `inferred` with low confidence and never a declared offer.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from valuechain.model.merge import Evidence
from valuechain.model.schema import STATUS_OF_RANK, STATUS_RANK

if TYPE_CHECKING:
    import pandas as pd

TITLE_CONFIDENCE = 0.3
"""Confidence that a participant has the capability that a running project's title names."""

YEARLY_DECAY = 0.9
"""Factor on that confidence for each year since the project ended."""

HIGHEST_GUESS = 0.6
"""However many titles agree, a guess stays a guess."""


def as_date(text: str) -> date:
    """Return an ISO date, month or year as the first day that it names."""
    year, month, day = (int(part) for part in f"{text}-01-01".split("-")[:3])
    return date(year, month, day)


def years_between(earlier: pd.Series[str], later: str) -> pd.Series[float]:
    """Return the years from each ISO date in `earlier` to `later`; not a number where the date is missing."""
    import pandas as pd

    last = as_date(later).toordinal()
    day, distinct = pd.factorize(earlier)  # few days stand in many rows
    years = [(last - as_date(text).toordinal()) / 365.25 for text in distinct]
    return pd.Series(np.array([*years, np.nan])[day], index=earlier.index)


def title_matches(projects: pd.DataFrame, patterns: Mapping[int, str]) -> pd.DataFrame:
    """Return which project's title names which capability.

    Parameters
    ----------
    projects : DataFrame
        Column `title`; the index is the project's position.
    patterns : mapping of capability position to regular expression
        In RE2's syntax, searched anywhere in the title, whatever the case.

    Returns
    -------
    DataFrame with the integer columns `project` and `capability`.
    """
    import pandas as pd
    import pyarrow as pa
    import pyarrow.compute as pc

    titles = pa.array(projects["title"], type=pa.string(), from_pandas=True)
    found = [
        np.flatnonzero(pc.match_substring_regex(titles, pattern, ignore_case=True).fill_null(False))
        for pattern in patterns.values()
    ]
    counts = [len(positions) for positions in found]
    return pd.DataFrame(
        {
            "project": np.concatenate([np.zeros(0, dtype=np.int64), *found]),
            "capability": np.repeat(np.array(list(patterns), dtype=np.int64), counts),
        }
    )


def guess_capabilities(matches: pd.DataFrame, participations: pd.DataFrame, ages: pd.Series[float]) -> pd.DataFrame:
    """Return, for each organisation and capability named by titles of its projects, how sure the guess is.

    confidence = min(0.6, 1 - product over projects of (1 - 0.3 * 0.9 ** years since the project ended)); a project
    that runs or has no end counts 0 years.

    Parameters
    ----------
    matches : DataFrame
        From `title_matches`.
    participations : DataFrame
        Columns `organisation`, `project` (positions) and `as_of`.
    ages : Series
        Years since each project ended, by project position.

    Returns
    -------
    DataFrame with columns organisation, capability, confidence, as_of (of the newest participation).
    """
    pair = ["organisation", "capability"]
    joined = participations[["organisation", "project", "as_of"]].merge(matches, on="project")
    one_per_project = joined.drop_duplicates([*pair, "project"])
    years = ages.reindex(one_per_project["project"]).fillna(0.0).clip(lower=0.0).to_numpy()
    doubt = np.log1p(-TITLE_CONFIDENCE * YEARLY_DECAY**years)
    guesses = one_per_project.assign(doubt=doubt).groupby(pair, as_index=False)["doubt"].sum()
    guesses["confidence"] = np.minimum(HIGHEST_GUESS, -np.expm1(guesses.pop("doubt").to_numpy(float)))
    return guesses.assign(as_of=joined.groupby(pair)["as_of"].max().array)


def joint_projects(participations: pd.DataFrame) -> pd.DataFrame:
    """Return every pair of organisations in every project that they share.

    Returns
    -------
    DataFrame with columns organisation_first < organisation_second (positions), project, and participation_first,
    participation_second, the rows of `participations` that say so.
    """
    own = participations[["organisation", "project", "contribution_eur", "status", "confidence"]]
    own = own.assign(participation=np.arange(len(own))).drop_duplicates(["organisation", "project"])
    pairs = own.merge(own, on="project", suffixes=("_first", "_second"))
    return pairs[pairs["organisation_first"] < pairs["organisation_second"]].reset_index(drop=True)


def add_derived(
    tables: dict[str, pd.DataFrame],
    behind: dict[str, Evidence],
    spoken_of: pd.DataFrame,
    patterns: Mapping[int, str],
    valid_on: str,
) -> None:
    """Add to `tables` and `behind` what follows from projects: matches, guessed offers and markets, collaborations.

    Guesses are added for pairs of organisation and capability that no record speaks of (`spoken_of`, columns
    organisation and capability): what somebody said, or denied, stands against any title.
    """
    projects, participations = tables["projects"], tables["participations"]
    matches = title_matches(projects, patterns)
    project_record = behind["projects"].first()
    capability_record = behind["capabilities"].first()
    participation_record = behind["participations"].first()
    pairs = np.column_stack([project_record[matches["project"]], capability_record[matches["capability"]]])
    tables["matches"] = matches
    behind["matches"] = _evidence_in_rows(pairs)

    guesses = guess_capabilities(matches, participations, years_between(projects["end"], valid_on))
    told = spoken_of.drop_duplicates().assign(told=True)
    guesses = guesses.merge(told, on=["organisation", "capability"], how="left")
    guesses = guesses[guesses.pop("told").isna()].reset_index(drop=True)
    sources = participations[["organisation", "project"]].assign(participation=np.arange(len(participations)))
    sources = sources.merge(matches, on="project").merge(
        guesses[["organisation", "capability"]].assign(guess=np.arange(len(guesses))),
        on=["organisation", "capability"],
    )
    evidence = Evidence.from_pairs(
        np.repeat(sources["guess"].to_numpy(np.int64), 2),
        np.column_stack([project_record[sources["project"]], participation_record[sources["participation"]]]).ravel(),
        len(guesses),
    )
    guesses["status"] = _least_certain(tables, sources, len(guesses))
    is_market = (tables["capabilities"]["kind"] == "market").to_numpy(bool)[guesses["capability"]]
    keys = tables["capabilities"]["key"]
    markets = guesses[is_market].assign(scheme="application", stage="interested")
    markets = markets.assign(market=keys.iloc[markets["capability"]].to_numpy())
    for name, rows, chosen in (("offers", guesses[~is_market], ~is_market), ("markets", markets, is_market)):
        tables[name] = _appended(tables[name], rows)
        behind[name] = behind[name].extended(evidence.select(np.flatnonzero(chosen)))

    _add_collaborations(tables, behind, participation_record)


def _least_certain(tables: Mapping[str, pd.DataFrame], sources: pd.DataFrame, count: int) -> pd.Series[str]:
    """The status of each guess: inferred, or what is less certain among the things it rests on."""
    import pandas as pd

    rank = np.full(count, STATUS_RANK["inferred"])
    for name, column in (("projects", "project"), ("participations", "participation"), ("capabilities", "capability")):
        told = tables[name]["status"].map(STATUS_RANK).to_numpy(np.int64)
        np.maximum.at(rank, sources["guess"], told[sources[column]])
    return pd.Series(rank).map(STATUS_OF_RANK).astype("str")


def _add_collaborations(
    tables: dict[str, pd.DataFrame], behind: dict[str, Evidence], participation_record: np.ndarray
) -> None:
    joint = joint_projects(tables["participations"])
    sides = ("first", "second")
    joint = joint.assign(
        contribution_eur=sum(joint[f"contribution_eur_{side}"].fillna(0.0) for side in sides),
        confidence=np.minimum(*(joint[f"confidence_{side}"] for side in sides)),
        rank=np.maximum(*(joint[f"status_{side}"].map(STATUS_RANK).astype("int64") for side in sides)),
    ).rename(columns={"organisation_first": "first", "organisation_second": "second"})
    grouped = joint.groupby(["first", "second"], sort=True)
    rows = grouped.agg(
        projects=("project", "size"),
        contribution_eur=("contribution_eur", "sum"),
        confidence=("confidence", "max"),
        rank=("rank", "min"),
    ).reset_index()
    tables["collaborations"] = rows.assign(status=rows.pop("rank").map(STATUS_OF_RANK).astype("str"))
    both = joint[["participation_first", "participation_second"]].to_numpy(np.int64)
    behind["collaborations"] = Evidence.from_pairs(
        np.repeat(grouped.ngroup().to_numpy(np.int64), 2), participation_record[both.ravel()], len(rows)
    )


def _evidence_in_rows(records: np.ndarray) -> Evidence:
    """Evidence from a matrix with one row of record positions per row of the table."""
    rows, width = records.shape
    return Evidence(np.arange(rows + 1, dtype=np.int64) * width, records.ravel().astype(np.int64))


def _appended(table: pd.DataFrame, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows added to a table; columns of text stay text where the rows leave them empty."""
    import pandas as pd

    aligned = rows.reindex(columns=table.columns)
    aligned = aligned.astype({name: "str" for name in table.columns if table[name].dtype == "str"})
    return pd.concat([table, aligned], ignore_index=True) if len(table) else aligned.reset_index(drop=True)
