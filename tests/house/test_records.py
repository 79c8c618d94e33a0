"""Rows that mean the same compiled and in plain Python."""

import numpy as np
import pytest

from cpsim.model import ledgers, records

pytestmark = pytest.mark.house

SAFE = {np.dtype("i8"), np.dtype("f8"), np.dtype("?")}
TAKEN = set(dir(np.record))  # row.mean would be a method in plain Python and a field compiled


def row_types():
    found = {**vars(records), **vars(ledgers)}
    return {name: kind for name, kind in found.items() if isinstance(kind, np.dtype) and kind.names}


def faults(kind):
    bases = {name: kind.fields[name][0].base for name in kind.names}
    return [f"{name}: {base} computes differently compiled" for name, base in bases.items() if base not in SAFE] + [
        f"{name}: np.record has an attribute of this name" for name in kind.names if name in TAKEN
    ]


def test_there_are_rows():
    assert {"PERSON", "PRACTITIONER", "PLACE", "TEAM", "WEEKLY", "OUTCOME"} <= set(row_types())


@pytest.mark.parametrize("name", sorted(row_types()))
def test_fields_are_safe(name):
    assert faults(row_types()[name]) == []


@pytest.mark.parametrize("planted", [("stage", "i1"), ("wait", "f4"), ("mean", "f8"), ("any", "f8")])
def test_the_check_bites(planted):
    assert faults(np.dtype([planted]))
