"""Nobody reads a long file to the end."""

import ast

import pytest

from tests.house.reading import PACKAGE, at, name, nodes, sources

pytestmark = pytest.mark.house

FILE_LINES = 400
FUNCTION_LINES = 40


def long_functions(path):
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef)
    lengths = {f"{at(path, node)} {node.name}": node.end_lineno - node.lineno + 1 for node in nodes(path, kinds)}
    return {where: lines for where, lines in lengths.items() if lines > FUNCTION_LINES}


def test_no_file_is_long():
    lengths = {name(path): len(path.read_text("utf-8").splitlines()) for path in sources(PACKAGE)}
    assert {path: lines for path, lines in lengths.items() if lines > FILE_LINES} == {}


def test_no_function_is_long():
    assert {where: lines for path in sources(PACKAGE) for where, lines in long_functions(path).items()} == {}


def test_the_check_bites(tmp_path):
    planted = tmp_path / "long.py"
    planted.write_text("def short():\n    pass\n\n\ndef long():\n" + "    pass\n" * FUNCTION_LINES)
    assert list(long_functions(planted).values()) == [FUNCTION_LINES + 1]
