"""Remake the reference results: `make results`, or `python -m results.make NAME...` for some of them.

Each is one command of cpsim, run into runs/results/NAME (stopped half-way, the same call goes on). What a reader needs
is then kept in results/NAME: the page, the answer in words, the manifest and those tables that are small; and a picture
where another page shows it.

    --keep-only     run nothing; keep what runs/results holds already
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
MADE, KEPT = ROOT / "runs" / "results", ROOT / "results"
SMALL = 100_000  # bytes of a table that is kept
ANSWER = "answer.txt"
STUDIES = {
    "barriers": "barriers cmht",
    "sensitivity": "sensitivity cmht --method auto",
    "compare": "compare cmht protected-time fully-staffed training-and-supervision everything third-sector"
    " --replications 60",
    "trial": "trial study-2021 --trials 200 --replay",
    "difference": "difference cmht third-sector",
    "structure": "structure",
    "validation": "validate --ensemble shipped --settings 20",
}
NEVER_ASKS = ("validation",)  # whose command knows no --yes
PICTURES = {"trial": ("decomposition.svg",), "difference": ("due.svg",)}  # that other pages show


def make(name: str) -> None:
    """Run one study and write its answer beside its tables. Raises CalledProcessError when it fails."""
    words = [sys.executable, "-m", "cpsim", *STUDIES[name].split(), "--out", str((MADE / name).relative_to(ROOT))]
    words += [] if name in NEVER_ASKS else ["--yes"]
    told = subprocess.run(words, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    (MADE / name / ANSWER).write_text(f"$ cpsim {STUDIES[name]}\n\n{told}", encoding="utf-8")


def keep(name: str) -> None:
    """Copy what a reader needs."""
    to = KEPT / name
    shutil.rmtree(to, ignore_errors=True)
    to.mkdir(parents=True)
    for file in sorted((MADE / name).iterdir()):
        wanted = file.name in (ANSWER, "report.html", "manifest.json")
        if wanted or (file.suffix == ".csv" and file.stat().st_size <= SMALL):
            shutil.copy(file, to / file.name)
    for picture in PICTURES.get(name, ()):
        shutil.copy(MADE / name / "figures" / picture, to / picture)


def main() -> None:
    """All results, or those named."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join(STUDIES)}; all if none is given")
    parser.add_argument("--keep-only", action="store_true", help="run nothing")
    asked = parser.parse_args()
    unknown = [name for name in asked.names if name not in STUDIES]
    if unknown:
        parser.error(f"{', '.join(unknown)}: no such result; they are {', '.join(STUDIES)}")
    for name in asked.names or STUDIES:
        if not asked.keep_only:
            make(name)
        keep(name)
        print(f"results/{name}")


if __name__ == "__main__":
    main()
