"""What holds for every test: one kind each, and property-based tests that repeat themselves exactly."""

import pytest
from hypothesis import settings

KINDS = ("unit", "limit", "invariant", "identity", "snapshot", "journey", "house")

# The first call of a rule compiles it, so a deadline would measure numba; derandomised, a pass today is one tomorrow.
settings.register_profile("cpsim", derandomize=True, deadline=None)
settings.load_profile("cpsim")


def wrongly_marked(items):
    """Those tests that do not carry exactly one kind marker, with what they carry."""
    kinds = {item.nodeid: [kind for kind in KINDS if item.get_closest_marker(kind)] for item in items}
    return {name: found for name, found in kinds.items() if len(found) != 1}


def pytest_collection_modifyitems(items):
    wrong = wrongly_marked(items)
    if wrong:
        lines = [f"{name}: {' and '.join(found) or 'none'}" for name, found in wrong.items()]
        raise pytest.UsageError(f"each test needs exactly one kind of {', '.join(KINDS)}:\n  " + "\n  ".join(lines))
