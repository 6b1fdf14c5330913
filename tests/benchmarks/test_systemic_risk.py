"""The benchmark of the systemic-risk index runs, and its anchor finds the same figures."""

import re

from benchmarks import systemic_risk


def test_the_kernel_is_timed_beside_sparse_matrices_that_find_the_same(capsys):
    systemic_risk.main(300, 1_500, 40)

    told = capsys.readouterr().out
    (off,) = re.findall(r"\d\.\de-\d+", told)
    assert float(off) < 1e-12
    assert "sparse matrices (anchor)" in told
    assert "All 300 firms" in told
