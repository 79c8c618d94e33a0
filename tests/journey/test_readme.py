"""The README's Python lines do what they say."""

import os
import re

import pytest

from tests.house.reading import ROOT

pytestmark = pytest.mark.journey

BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "README.md").read_text("utf-8"), flags=re.DOTALL | re.MULTILINE)


def test_there_are_lines_for_python_and_for_mesa():
    assert len(BLOCKS) >= 2


@pytest.mark.parametrize("block", BLOCKS, ids=[f"block {number + 1}" for number in range(len(BLOCKS))])
def test_a_block_of_the_readme_runs(block, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    exec(compile(block, "README.md", "exec"), {"__name__": "__main__"})
    assert os.listdir(tmp_path) == []
