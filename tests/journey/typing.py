"""A user's shell: a command as a process of its own, in a folder of the user's."""

import os
import subprocess
import sys

COMMAND = (sys.executable, "-m", "cpsim")


def cpsim(*words, folder, code=0, command=COMMAND, **environment):
    """Type a command, return what it printed; no traceback, whatever happens."""
    done = subprocess.run(
        [*map(str, (*command, *words))],
        cwd=folder,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "COLUMNS": "120", **environment},
    )
    assert "Traceback" not in done.stderr, done.stderr
    assert done.returncode == code, done.stdout + done.stderr
    return done.stdout if code == 0 else done.stderr
