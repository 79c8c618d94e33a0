"""Type the README's commands, in order, in one shell, in a fresh copy of what git would keep.

Only blocks fenced as `sh` are run; `bat` blocks are for Windows and `python` blocks belong to tests/journey.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def shell_lines(text: str) -> list[str]:
    """The lines of all `sh` blocks, in order."""
    blocks = re.findall(r"^```sh\n(.*?)^```", text, flags=re.DOTALL | re.MULTILINE)
    return [line for block in blocks for line in block.splitlines() if line.strip()]


def copy_of_the_tree(to: Path) -> None:
    """Copy tracked files, and new ones that git does not ignore, as a clone would have them."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    for name in filter(None, listed.split("\0")):
        if (ROOT / name).is_file():
            (to / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, to / name)


def main() -> int:
    """Run the blocks; the shell's exit code is ours."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--without", action="append", default=[], help="a command to leave out, as it stands in the README"
    )
    left_out = parser.parse_args().without

    commands = [
        line
        for line in shell_lines((ROOT / "README.md").read_text("utf-8"))
        if line.split("#")[0].strip() not in left_out
    ]
    with tempfile.TemporaryDirectory() as scratch:
        copy_of_the_tree(Path(scratch))
        return subprocess.run(["bash", "-euxc", "\n".join(commands)], cwd=scratch, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
