"""`@rule`: compile a rule with numba, and keep its machine code in a folder named after all the sources.

numba watches only the file of the function it compiles: change a rule in another file and a cached `simulate` would go
on running the old one. So the cache folder carries a digest of every source that is compiled, of numba's version and
of the bounds-check switch. Other packages keep their own cache folder.
"""

import hashlib
import os
import shutil
import tempfile
import time
from pathlib import Path

import numba
import platformdirs

SOURCES = Path(__file__).parent, Path(__file__).parent.parent / "population"

KEPT_FOR = 60 * 86_400.0  # seconds: compiled code of versions not used for two months is deleted


def _digest():
    """Twelve letters that change with any compiled source or compile switch."""
    found = hashlib.sha256(f"{numba.__version__} {os.environ.get('NUMBA_BOUNDSCHECK', '')}".encode())
    for path in sorted(file for folder in SOURCES for file in folder.rglob("*.py")):
        found.update(path.read_bytes())
    return found.hexdigest()[:12]


def _cache_folder():
    """Where the compiled code of exactly these sources is kept; a temporary folder where nothing can be written."""
    chosen = os.environ.get("NUMBA_CACHE_DIR")
    above = Path(chosen) if chosen else Path(platformdirs.user_cache_dir("cpsim"))
    folder = above / f"rules-{_digest()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            pass
    except OSError:
        return Path(tempfile.mkdtemp(prefix="cpsim-"))
    for old in above.glob("rules-*"):
        if time.time() - old.stat().st_mtime > KEPT_FOR:
            shutil.rmtree(old, ignore_errors=True)
    return folder


CACHE = _cache_folder()


def _compile(function, **options):
    before = numba.config.CACHE_DIR
    numba.config.CACHE_DIR = str(CACHE)
    try:
        return numba.njit(nogil=True, _nrt=False, cache=function.__module__.startswith("cpsim."), **options)(function)
    finally:
        numba.config.CACHE_DIR = before


def rule(function):
    """A small function over rows, compiled; ordinary Python under NUMBA_DISABLE_JIT=1.

    One that takes the whole World (`w`) is merged into its callers: handing on some twenty arrays at every call cost
    a third of the engine's time.
    """
    return _compile(function, forceinline=function.__code__.co_varnames[:1] == ("w",))


def leaf(function):
    """A rule whose source is copied into its callers: for the innermost one only, since it doubles compile time."""
    return _compile(function, inline="always")


def is_compiled():
    """Is the machine code of exactly these sources there already?"""
    return numba.config.DISABLE_JIT or any(CACHE.glob("**/simulate.simulate-*.nbi"))
