"""`import valuechain` gives the public names, quickly, and nothing else."""

import subprocess
import sys

import valuechain


def test_the_public_names_are_these():
    assert valuechain.__all__ == [
        "DataError", "NotFoundError", "QuestionError", "RefusedError", "StoreBusyError", "StoreError",
        "StoreForeignError", "StoreUnavailableError", "StoreVersionError", "ValuechainError", "open",
        "open_demo",
    ]  # fmt: skip


def test_every_public_name_is_there_and_explains_itself():
    for name in valuechain.__all__:
        assert getattr(valuechain, name).__doc__


def test_importing_the_package_imports_no_other():
    check = "import sys; before = set(sys.modules); import valuechain; print(*set(sys.modules) - before)"
    done = subprocess.run([sys.executable, "-c", check], capture_output=True, check=True, text=True)
    loaded = {name.partition(".")[0] for name in done.stdout.split()} - sys.stdlib_module_names

    assert loaded == {"valuechain"}
