"""A small team under a mathematics library whose last digit is another, uncompiled; its rows go into a file.

`python -m tests.randomness.another_libm FILE`, with NUMBA_DISABLE_JIT=1.
"""

import math
import pickle
import sys

from cpsim.model.day import run_day
from tests.mesa_model.walks import engine_world, small

DAYS = 56
ROUNDED_OTHERWISE = ("log", "exp", "cos", "sin", "pow")


def one_digit_up(function):
    """The same function, wrong by one in the last of its 53 binary digits."""
    return lambda *numbers: math.nextafter(function(*numbers), math.inf)


def last_states(days=DAYS):
    """The rows of a small team after so many days, by name."""
    world = engine_world(small(1), seed=3)
    for _ in range(days):
        run_day(world)
    return {name: rows.copy() for name, rows in world._asdict().items() if name != "seed"}


if __name__ == "__main__":
    for name in ROUNDED_OTHERWISE:
        setattr(math, name, one_digit_up(getattr(math, name)))
    with open(sys.argv[1], "wb") as file:
        pickle.dump(last_states(), file)
