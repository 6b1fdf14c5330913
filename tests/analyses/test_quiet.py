import ctypes
import os

import pytest

from valuechain.analyses._quiet import quiet


def test_what_compiled_code_writes_goes_to_the_error_output_meanwhile(capfd: pytest.CaptureFixture[str]):
    c = ctypes.CDLL("ucrtbase" if os.name == "nt" else None)
    with quiet():
        c.puts(b"mending a solution")
    c.puts(b"data")
    c.fflush(None)
    assert capfd.readouterr() == ("data\n", "mending a solution\n")


def test_the_output_comes_back_after_a_failure(capfd: pytest.CaptureFixture[str]):
    with pytest.raises(ValueError, match="solver"), quiet():
        raise ValueError("solver")
    os.write(1, b"data\n")
    assert capfd.readouterr().out == "data\n"
