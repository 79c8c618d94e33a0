"""What a rule may not contain, so that compiled and plain Python give the same bits and facts stay in one place."""

import ast

import pytest

from tests.house.reading import PACKAGE, RULES, at, attributes_of, nodes, sources

pytestmark = pytest.mark.house

MAY_IMPORT = ("math", "cpsim.model")
NUMPY = {"np", "numpy"}


def imports(path):
    for node in nodes(path, ast.Import):
        yield from ((node, alias.name) for alias in node.names)
    yield from ((node, node.module or "") for node in nodes(path, ast.ImportFrom))


def is_role(node):
    return (isinstance(node, ast.Name) and node.id == "role") or (
        isinstance(node, ast.Attribute) and node.attr == "role"
    )


def has_reason(path, node):
    """Is there a comment on the line, to say why?"""
    return "  # " in path.read_text("utf-8").splitlines()[node.lineno - 1]


def unwanted_numbers(path):
    for node in nodes(path, ast.Constant):
        number = isinstance(node.value, int | float)  # booleans are 0 and 1
        reasoned = node.value == 2 and has_reason(path, node)  # a half, a square
        if number and node.value not in (0, 1) and not reasoned:
            yield node, f"the number {node.value} belongs into a parameter"


def faults(path):
    """(where, what) of everything in this file that a rule may not contain."""
    found = list(unwanted_numbers(path))
    found += [(node, f"imports {module}") for node, module in imports(path) if not module.startswith(MAY_IMPORT)]
    found += [
        (node, "** rounds differently compiled")
        for node in nodes(path, ast.BinOp | ast.AugAssign)
        if isinstance(node.op, ast.Pow)
    ]
    found += [
        (node, f"np.{node.attr} rounds differently compiled")
        for node in nodes(path, ast.Attribute)
        if isinstance(node.value, ast.Name) and node.value.id in NUMPY
    ]
    found += [(node, "a set has no fixed order") for node in nodes(path, ast.Set | ast.SetComp)]
    found += [
        (node, "a set has no fixed order")
        for node in nodes(path, ast.Call)
        if isinstance(node.func, ast.Name) and node.func.id in ("set", "frozenset")
    ]
    found += [
        (node, "what a role may do is a column of roles.csv")
        for node in nodes(path, ast.Compare)
        if any(map(is_role, [node.left, *node.comparators]))
    ]
    return [f"{at(path, node)} {what}" for node, what in found]


def test_rules_keep_to_plain_arithmetic():
    assert [fault for path in sources(RULES) for fault in faults(path)] == []


@pytest.mark.parametrize(
    "planted",
    [
        "x = 3.5",
        "x = y / 2",
        "x = y ** z",
        "import random",
        "import numpy as np",
        "x = np.exp(y)",
        "for i in set(x): pass",
        "x = {a, b}",
        "if role == 1: pass",
        "if worker.role != Role.NURSE: pass",
    ],
)
def test_the_check_bites(tmp_path, planted):
    path = tmp_path / "planted.py"
    path.write_text(planted)
    assert faults(path)


def test_a_clean_rule_passes(tmp_path):
    path = tmp_path / "clean.py"
    path.write_text(
        "import math\n\nfrom cpsim.model import draw\n\nx = 1.0 / (1.0 + math.exp(-y))\nz = y / 2  # a half\n"
    )
    assert faults(path) == []


def test_each_purpose_is_drawn_at_exactly_one_place():
    from cpsim.model.codes import Purpose

    written = attributes_of("Purpose", *(path for path in sources(PACKAGE) if path.name != "codes.py"))
    places = {purpose.name: written.get(purpose.name, []) for purpose in Purpose}
    assert {name: where for name, where in places.items() if len(where) != 1} == {}
