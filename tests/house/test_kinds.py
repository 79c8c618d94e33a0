"""A test without a kind is refused before anything runs."""

import subprocess
import sys

import pytest

from tests.house.reading import ROOT

pytestmark = pytest.mark.house


@pytest.mark.parametrize(
    ("marks", "accepted"),
    [
        ("@pytest.mark.unit", True),
        ("", False),
        ("@pytest.mark.unit\n@pytest.mark.house", False),
        ("@pytest.mark.rules", False),
    ],
)
def test_exactly_one_kind(tmp_path, marks, accepted):
    test = tmp_path / "test_planted.py"
    test.write_text(f"import pytest\n\n{marks}\ndef test_planted():\n    pass\n")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "tests.conftest", str(test)]
    done = subprocess.run(
        [*command, f"--rootdir={ROOT}", "-c", str(ROOT / "pyproject.toml")],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode == 0) == accepted, done.stdout + done.stderr
    assert accepted or "exactly one kind" in done.stdout + done.stderr
