"""Measure, write bench/results.json, remake the table in bench/README.md.

python -m bench.run [--quick]
"""

import argparse
import json
import os
import platform
import re
from datetime import date
from importlib.metadata import version
from pathlib import Path

from bench.measurements import ALL, ESSENTIAL, Measurement
from bench.methods import METHODS
from bench.studies import STUDIES

HERE = Path(__file__).parent
RESULTS, PAGE = HERE / "results.json", HERE / "README.md"
BEGIN, END = "<!-- table: made by bench/run.py -->", "<!-- end of table -->"


def meets(measurement):
    """True or False where the reference asks for something, else None."""
    asked = re.fullmatch(r"at (most|least) ([\d.]+)", measurement.reference)
    if not asked:
        return None
    bound = float(asked[2])
    return measurement.value <= bound if asked[1] == "most" else measurement.value >= bound


def circumstances(quick):
    packages = {name: version(name) for name in ("cpsim", "numba", "numpy", "mesa")}
    return {
        "date": date.today().isoformat(),
        "quick": quick,
        "system": platform.system(),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
        **packages,
    }


def shown(value):
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"


def table(made, found):
    words = {True: "yes", False: "**no**", None: ""}
    lines = [f"| {m.name} | {shown(m.value)} | {m.unit} | {m.reference} | {words[meets(m)]} |" for m in found]
    about = ", ".join(f"{name} {value}" for name, value in made.items() if name != "quick")
    return "\n".join(
        [
            f"{'Quick run' if made['quick'] else 'Full run'}: {about}.",
            "",
            "| what | measured | unit | asked for | met |",
            "| --- | ---: | --- | --- | --- |",
            *lines,
        ]
    )


def write(made, found):
    RESULTS.write_text(
        json.dumps({"made": made, "measurements": [m._asdict() for m in found]}, indent=2) + "\n", "utf-8"
    )
    before, rest = PAGE.read_text("utf-8").split(BEGIN)
    PAGE.write_text(f"{before}{BEGIN}\n{table(made, found)}\n{END}{rest.split(END)[1]}", "utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="the essentials")
    quick = parser.parse_args().quick

    found: list[Measurement] = []
    for measure in [*(ESSENTIAL if quick else ALL), *STUDIES, *METHODS]:
        for measurement in measure(quick):
            print(
                f"{measurement.name}: {shown(measurement.value)} {measurement.unit}  {measurement.reference}",
                flush=True,
            )
            found.append(measurement)
    write(circumstances(quick), found)


if __name__ == "__main__":
    main()
