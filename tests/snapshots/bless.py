"""Renew the kept results; show old, new and change against simulation error.

    python -m tests.snapshots.bless

Refuses while CHANGELOG.md has nothing under "Changes results" of what is not yet released.
"""

import re
import sys

from tests.house.reading import ROOT
from tests.snapshots.worlds import WORLDS, kept, kept_at, run


def changes_are_named(changelog):
    """Is there at least one line under "Changes results" of the unreleased part?"""
    unreleased = re.split(r"^## ", changelog, flags=re.MULTILINE)[1]
    named = re.search(r"^### Changes results\n+(- .+)", unreleased, flags=re.MULTILINE)
    return unreleased.startswith("[Unreleased]") and bool(named)


def differences(old, new):
    """A row a measure that moved: old and new mean over seeds, the change, and the change in standard errors."""
    shared = [column for column in new.select_dtypes("number") if column in old]
    mean = {"old": old[shared].mean(), "new": new[shared].mean(), "error": old[shared].sem()}
    for name in shared:
        change = mean["new"][name] - mean["old"][name]
        if not old[name].equals(new[name]):
            error = mean["error"][name]
            yield name, mean["old"][name], mean["new"][name], change, change / error if error else float("nan")


def bless(world):
    new = run(world)
    if kept_at(world).exists():
        old = kept(world)
        print(f"{world}: {'measure':40} {'old':>12} {'new':>12} {'change':>12} {'in SE':>8}")
        for name, *numbers, errors in differences(old, new):
            print(
                f"{'':{len(world)}}  {name:40} " + " ".join(f"{number:12.5g}" for number in numbers) + f" {errors:8.1f}"
            )
        for name in sorted(set(old) ^ set(new)):
            print(f"{'':{len(world)}}  {name:40} {'gone' if name in old else 'added'}")
    new.to_csv(kept_at(world))


def main():
    if not changes_are_named((ROOT / "CHANGELOG.md").read_text("utf-8")):
        sys.exit('First say what moves, and why, under "### Changes results" of [Unreleased] in CHANGELOG.md.')
    for world in WORLDS:
        bless(world)


if __name__ == "__main__":
    main()
