"""The wheel works by itself: built, installed, used from a folder that knows nothing of the repository."""

import json
import os
import subprocess
import sys
import venv
import zipfile

import pytest

from cpsim.cli.run import COMPILING
from tests.house.reading import PACKAGE, ROOT
from tests.journey.typing import cpsim

pytestmark = pytest.mark.journey

SMALL = ("--replications", "3", "--weeks", "8")
DATA = ("scenario/evidence.csv", "scenario/roles.csv", "scenario/resources.csv", "outputs/measures.csv")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True)
    [built] = folder.glob("*.whl")
    return built


def test_everything_is_in_the_wheel_and_nothing_else(wheel):
    with zipfile.ZipFile(wheel) as files:
        held = {name for name in files.namelist() if ".dist-info/" not in name}
        commands = next(files.read(name).decode() for name in files.namelist() if name.endswith("entry_points.txt"))
    sources = [file for file in PACKAGE.rglob("*") if file.is_file() and "__pycache__" not in file.parts]
    shipped = {f"cpsim/_scenarios/{file.name}" for file in ROOT.glob("scenarios/*.yaml")}
    assert held == {file.relative_to(ROOT).as_posix() for file in sources} | shipped
    assert {f"cpsim/{name}" for name in DATA} <= held
    assert "cpsim = cpsim.__main__:main" in commands


def test_unpacked_elsewhere_it_finds_its_own(wheel, tmp_path):
    site, elsewhere = tmp_path / "site", tmp_path / "elsewhere"
    with zipfile.ZipFile(wheel) as files:
        files.extractall(site)
    elsewhere.mkdir()
    where = subprocess.run(
        [sys.executable, "-c", "import cpsim; print(cpsim.__file__)"],
        cwd=elsewhere, check=True, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(site)},
    ).stdout  # fmt: skip
    assert where.startswith(str(site))
    assert "WTE in post" in cpsim("check", "third-sector", folder=elsewhere, PYTHONPATH=str(site))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """The folder of the commands of an environment that holds the wheel; what it needs is taken from this one."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    [packages] = folder.glob("lib/python*/site-packages") if os.name != "nt" else [folder / "Lib" / "site-packages"]
    commands = folder / ("Scripts" if os.name == "nt" else "bin")
    (packages / "ours.pth").write_text("\n".join(path for path in sys.path if path.endswith("site-packages")))
    install = [commands / "python", "-m", "pip", "install", "--no-deps", "--no-index", "--quiet", wheel]
    subprocess.run([*map(str, install)], check=True, env={**os.environ, "PYTHONPATH": ""})
    return commands


@pytest.mark.slow
def test_the_command_works_from_any_folder(installed, tmp_path):
    """Compiles once more: the compiled code of another place is another's."""
    clean = {"PYTHONPATH": "", "NUMBA_CACHE_DIR": str(tmp_path / "cache")}
    here = tmp_path / "a folder of mine"
    here.mkdir()

    def typed(*words):
        return cpsim(*words, folder=here, command=(installed / "cpsim",), **clean)

    assert typed("--version").startswith("cpsim 0.")
    assert "third-sector" in typed("scenarios")
    assert "parameters.contact_minutes = " in typed("parameters", "contact", "minutes")
    typed("new", "my-team.yaml")
    assert typed("check", "my-team.yaml").startswith("My team\n")
    typed("run", "third-sector", *SMALL, "--out", "third")
    typed("run", "my-team.yaml", *SMALL, "--out", "mine")
    assert typed("reproduce", "third").startswith("The same to the bit")
    assert json.loads((here / "third" / "manifest.json").read_text("utf-8"))["versions"]["cpsim"]
    assert "could take up CP" in (here / "mine" / "report.html").read_text("utf-8")
    assert sorted(path.name for path in here.iterdir()) == ["mine", "my-team.yaml", "third"]


@pytest.mark.slow
def test_preparing_is_announced_exactly_when_it_happens(tmp_path):
    """One clear line while nothing is compiled, none afterwards."""
    said = []
    for _ in range(2):
        done = subprocess.run(
            [sys.executable, "-m", "cpsim", "run", "third-sector", *SMALL, "--out", "mine", "--force"],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=True,
            env={**os.environ, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        )
        said.append(done.stderr)
    assert said == [f"{COMPILING}\n", ""]
