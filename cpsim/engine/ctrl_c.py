"""What Ctrl-C does for a while, or from now on.

A process that was told to ignore Ctrl-C, as one in the background of a script is, goes on ignoring it; and only the
main thread may decide.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

IGNORE = signal.SIG_IGN
RAISE = signal.default_int_handler  # KeyboardInterrupt, at whatever line is running


def from_now_on(handler: Any) -> Any:
    """Let Ctrl-C do this; returns what it did before, or None when it was left alone."""
    before = signal.getsignal(signal.SIGINT)
    if before in (signal.SIG_IGN, None) or threading.current_thread() is not threading.main_thread():
        return None
    return signal.signal(signal.SIGINT, handler)


@contextmanager
def during(handler: Any) -> Iterator[None]:
    """Let Ctrl-C do this, then again what it did before."""
    before = from_now_on(handler)
    try:
        yield
    finally:
        if before is not None:
            signal.signal(signal.SIGINT, before)
