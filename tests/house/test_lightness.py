"""What a user types first must answer at once, so heavy packages wait until they are needed."""

import subprocess
import sys

import pytest

pytestmark = pytest.mark.house

HEAVY = {"numba", "pandas", "mesa", "matplotlib", "scipy", "SALib", "pyarrow", "pydantic", "seaborn", "numpy"}

FACE = "import cpsim"
HELP = """
import contextlib, io
from cpsim.cli.main import main
sys.argv = ["cpsim", "--help"]
with contextlib.redirect_stdout(io.StringIO()) as page, contextlib.suppress(SystemExit):
    main()
assert "run" in page.getvalue(), page.getvalue()
"""


@pytest.mark.parametrize("words", [FACE, HELP], ids=["import cpsim", "cpsim --help"])
def test_nothing_heavy_is_imported(words):
    code = f"import sys\n{words}\nprint(*{{name.split('.')[0] for name in sys.modules}}, sep='\\n')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stderr
    assert not HEAVY.intersection(done.stdout.split())
