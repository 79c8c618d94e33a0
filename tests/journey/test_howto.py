"""What the how-to pages show in Python runs as it stands, with fewer worlds."""

import re

import pytest

from tests.house.reading import ROOT

pytestmark = pytest.mark.journey
PAGES = sorted((ROOT / "docs" / "howto").glob("*.md"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_python_blocks_run(page, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    names = {}
    for block in re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL):
        if not block.startswith(">>>"):  # the page has a doctest of its own
            exec(block.replace("range(100)", "range(2)"), names)
