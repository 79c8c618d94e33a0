"""Ctrl-C on the command line: at whatever moment it comes, a word and exit code 130, never a traceback.

Until there is something to keep, it ends the process at once (`leave`). While futures are simulated, the engine heeds
it and hands over what is finished. While the page is drawn it is an exception, after which the tables are saved alone.
While these are saved, and when everything is done, it is ignored.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import suppress
from typing import Any, NoReturn

from cpsim.errors import Stopped

NOTHING_SAVED = "Stopped; nothing was saved."
THREADS = "cpsim-team"  # what the engine calls them; importing it here would load the compiler


def leave(*_: Any) -> NoReturn:
    """Say that nothing was saved and end the process, whatever it is doing: an import, a compilation."""
    with suppress(OSError):  # not print: it may be in the middle of printing
        os.write(2, f"{NOTHING_SAVED}\n".encode())
    os._exit(Stopped.exit_code)


def end(code: int) -> NoReturn:
    """End the process; at once when a thread still compiles, which cannot be stopped and takes half a minute."""
    if any(thread.name.startswith(THREADS) for thread in threading.enumerate()):
        for stream in (sys.stdout, sys.stderr):
            with suppress(OSError, ValueError, AttributeError):
                stream.flush()
        os._exit(code)
    sys.exit(code)
