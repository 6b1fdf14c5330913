"""How long the program takes to start, beside Python alone and `import pandas`, measured in one run.

    python benchmarks/start_time.py [ROUNDS]

Each command runs ROUNDS times (default 15), the commands taking turns so that a busy moment strikes all alike.
Printed are the median in milliseconds and its ratio to `python -c pass` and to `import pandas`.
"""

import statistics
import subprocess
import sys
import time
from pathlib import Path

PYTHON = sys.executable
COMMANDS = {
    "python -c pass": [PYTHON, "-c", "pass"],
    "import pandas": [PYTHON, "-c", "import pandas"],
    "import valuechain": [PYTHON, "-c", "import valuechain"],
    "valuechain --help": [str(Path(PYTHON).with_name("valuechain")), "--help"],
}


def seconds(command: list[str]) -> float:
    """Run a command and return the wall-clock seconds it took."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def medians(rounds: int) -> dict[str, float]:
    """Return the median seconds of each command, after one round that only warms the file cache."""
    measured = [{name: seconds(command) for name, command in COMMANDS.items()} for _ in range(rounds + 1)][1:]
    return {name: statistics.median(each[name] for each in measured) for name in COMMANDS}


def main(rounds: int = 15) -> None:
    """Measure and print."""
    found = medians(rounds)
    print(f"{'median of ' + str(rounds):20} {'ms':>7} {'x python':>9} {'x pandas':>9}")
    for name, took in found.items():
        python, pandas = took / found["python -c pass"], took / found["import pandas"]
        print(f"{name:20} {took * 1000:7.0f} {python:9.1f} {pandas:9.2f}")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:2]))
