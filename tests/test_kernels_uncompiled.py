"""The kernels are plain Python: compiling them changes how fast they answer, not what."""

import os
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).with_name("kernels")


def test_the_kernels_hold_to_their_specifications_without_being_compiled():
    """This is also how the lines inside them are measured: nobody sees which of them compiled code runs."""
    told = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", str(FOLDER)],
        env={**os.environ, "NUMBA_DISABLE_JIT": "1"},
        capture_output=True,
        text=True,
    )

    assert told.returncode == 0, told.stdout
