"""Real processes that make runs: a small script, started, killed and asked."""

import os
import subprocess
import sys
import time
from pathlib import Path

# A study of many short runs, so that there is time to interrupt it. Prints "complete" when it has an answer.
STUDY = """
import sys
from pathlib import Path
import cpsim
from cpsim.errors import CpsimError
from cpsim.experiments.design import Design, Point
from cpsim.experiments.execute import run_design

folder, worlds, options = Path(sys.argv[1]), int(sys.argv[2]), eval(sys.argv[3])
base = cpsim.load("third-sector").with_(weeks=2)
points = [Point("base"), Point("known", {"parameters.known_at_start": 0.5}), Point("short", scenario="understaffed")]
try:
    runs = run_design(Design.crossed(base, points, range(worlds)), folder, **options)
    print("complete", len(runs), flush=True)
except CpsimError as error:
    print(error, flush=True)
    sys.exit(error.exit_code)
"""


def environment():
    return {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}


def start(folder, worlds, **options):
    """The study in a process of its own."""
    command = [sys.executable, "-c", STUDY, str(folder), str(worlds), repr(options)]
    pipe = subprocess.PIPE
    return subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, env=environment())


def ended(process, seconds=120):
    """Exit code and everything it said."""
    out, err = process.communicate(timeout=seconds)
    assert "Traceback" not in err, err
    return process.returncode, out + err


def parts(folder):
    return sorted(Path(folder, "runs").glob("part-*.parquet"))


def until(found, process, seconds=120):
    """Wait until something is seen, while the process goes on."""
    end = time.monotonic() + seconds
    while not found():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < end, "it never came"
        time.sleep(0.002)
