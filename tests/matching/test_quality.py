"""The figures in docs/identity.md are those of the command that they name."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from benchmarks.matching import made_up
from benchmarks.matching_quality import SAMPLE, Share, figures, sample
from tools import matching_sample
from valuechain.matching import score
from valuechain.matching.candidates import LISTED, candidates
from valuechain.matching.legal_forms import forms_before

DOCUMENT = (Path(__file__).parents[2] / "docs/identity.md").read_text(encoding="utf-8")
TOLD = re.findall(r"^\| ([^|]+) \| ([^|]+) \| (.*\d of \d+\).*) \|$", DOCUMENT, flags=re.MULTILINE)


@pytest.fixture(scope="module")
def measured() -> dict[tuple[str, str], tuple[Share, ...]]:
    return figures("test")


def test_every_figure_told_lies_within_the_interval_of_the_one_measured(measured):
    assert {(title, detail) for title, detail, _ in TOLD} == set(measured)
    for title, detail, cells in TOLD:
        told = [float(part) / float(whole) for part, whole in re.findall(r"(\d+) of (\d+)", cells)]
        assert len(told) == len(measured[title, detail])
        for share, (low, high) in zip(told, (one.interval for one in measured[title, detail]), strict=True):
            assert low <= share <= high, (title, detail)


def test_real_organisations_are_found_and_not_confused(measured):
    precision, recall = measured["real", str(LISTED)]

    assert precision.interval[0] > 0.9
    assert recall.interval[0] > 0.85


def test_the_weights_told_are_those_in_use():
    told = dict(re.findall(r"^\| ([^|]*`[^|]+`) \| [^|]* \| ([^|(]+)", DOCUMENT, flags=re.MULTILINE))
    weights = {
        name: float(weight)
        for names, cells in told.items()
        for name, weight in zip(re.findall(r"`(\w+)`", names), cells.split(","), strict=True)
    }

    assert weights == score.FITTED | score.BY_HAND
    assert f"| intercept | | {score.INTERCEPT} |" in DOCUMENT
    assert f"listed from {LISTED} on" in DOCUMENT


def test_wilsons_interval_is_that_of_the_literature():
    """Newcombe 1998, Statistics in Medicine 17, 857-872, table I, method 3: 81 of 263 gives 0.2553 to 0.3662."""
    low, high = Share(81, 263).interval

    assert (round(low, 4), round(high, 4)) == (0.2553, 0.3662)


def test_the_sample_is_what_its_tool_makes(capsys: pytest.CaptureFixture[str]):
    matching_sample.main()

    assert capsys.readouterr().out == SAMPLE.read_text(encoding="utf-8")


def test_no_organisation_is_in_both_halves():
    train, test = (set(sample(half)["key"].str.partition("-")[2]) for half in ("train", "test"))

    assert not train & test


def test_misspelt_copies_among_many_are_found():
    rows = made_up(2000)

    found = candidates(rows)

    assert 0.8 * 200 <= len(found) <= 1.5 * 200


def test_the_number_of_legal_forms_told_is_right():
    path = Path(__file__).parents[2] / "valuechain/reference/legal_forms/legal_forms.csv"
    lines = path.read_text(encoding="utf-8").splitlines()

    assert f"{len(lines) - 1:,} forms" in DOCUMENT
    assert len(forms_before("DE")) > 20
