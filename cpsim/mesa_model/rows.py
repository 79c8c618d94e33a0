"""A live view of one row: each field is an attribute, read from the row and written to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import index as whole
from typing import TYPE_CHECKING, Any

import numpy as np

TAKEN = {"rows", "index", "model", "unique_id", "pos"}  # set on every agent, so no field can have these names


class Field:
    """One field of a row. A code is read as its enum; a whole number refuses a fraction instead of cutting it off."""

    def __init__(self, name: str, dtype: np.dtype, code: Callable[[int], Any] | None) -> None:
        self.name = name
        self.code = code
        self.accept = whole if dtype.kind == "i" else float

    def __get__(self, view: Row | None, owner: type[Row]) -> Any:
        if view is None:
            return self
        value = view.rows[view.index][self.name].item()
        return self.code(value) if self.code else value

    def __set__(self, view: Row, value: Any) -> None:
        view.rows[view.index][self.name] = self.accept(value)


class Row:
    """What has a row in the World.

    rows: the array. index: the number of the row there. Not the row itself is kept: copied with a model, it would be
    cut off from its array. The fields of a row, their units and meanings are listed in `cpsim/model/records.py`; a
    field whose name means something else here is `renamed`.
    """

    rows: np.ndarray
    index: int

    def __init_subclass__(
        cls,
        fields: np.dtype | None = None,
        renamed: Mapping[str, str] | None = None,
        codes: Mapping[str, Callable[[int], Any]] | None = None,
    ) -> None:
        super().__init_subclass__()
        for name, (dtype, *_) in (fields.fields or {}).items() if fields else ():
            attribute = (renamed or {}).get(name, name)
            if hasattr(cls, attribute) or attribute in TAKEN:
                raise TypeError(f"{cls.__name__}.{attribute} means something else already: give the field another name")
            setattr(cls, attribute, Field(name, dtype, (codes or {}).get(name)))

    @property
    def row(self) -> Any:
        """The row itself, a view into the array: `row["stage"]`."""
        return self.rows[self.index]

    if TYPE_CHECKING:  # every field is an attribute

        def __getattr__(self, name: str) -> Any: ...
        def __setattr__(self, name: str, value: Any) -> None: ...
