"""The benchmark of consortia runs, on a network so small that nothing is measured."""

import re

from benchmarks import consortia


def test_the_best_consortium_costs_the_same_if_nobody_is_left_out(capsys):
    consortia.main(300)
    told = capsys.readouterr().out
    assert len(re.findall(r"\bsame\b", told)) == len(consortia.QUESTIONS)
    assert "NO:" not in told
